"""Who sends slowly waits outside: the few who are served at once have sent everything."""

from __future__ import annotations

import threading
import time
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, request

from portal import waiting
from portal.serving import AT_ONCE_IN_TURN
from portal.turns import others_turn
from portal.waiting import SHORT, in_turn, whole_first

LONGEST = 4 * SHORT


class Slow(BytesIO):
    """A body that does not come until it is let."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.asked, self.come = threading.Event(), threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        self.asked.set()
        assert self.come.wait(10)
        return super().read(size)


@pytest.fixture
def app() -> Flask:
    """An application that serves one at a time and says what it was given."""
    made = Flask(__name__)
    made.config["MAX_CONTENT_LENGTH"] = 2 * SHORT

    @made.route("/", methods=["GET", "POST"])
    def told() -> str:
        return f"{len(request.get_data(cache=True))} {request.form.get('a', '')[:5]}"

    made.wsgi_app = whole_first(made.wsgi_app, 1, LONGEST)  # type: ignore[method-assign, assignment]
    return made


def form(body: bytes, **more: Any) -> dict[str, Any]:
    return {"data": body, "content_type": "application/x-www-form-urlencoded", **more}


def slowly(app: Flask, body: bytes) -> tuple[Slow, threading.Thread, list[int]]:
    """Somebody who has begun to send a form."""
    slow, answers = Slow(body), []

    def send() -> None:
        environ = {"wsgi.input": slow, "CONTENT_LENGTH": str(len(body))}
        answers.append(app.test_client().post("/", environ_overrides=environ).status_code)

    thread = threading.Thread(target=send)
    thread.start()
    assert slow.asked.wait(10)
    return slow, thread, answers


def test_a_page_is_served_while_somebody_is_still_sending(app: Flask) -> None:
    slow, thread, answers = slowly(app, b"a=hello")
    assert app.test_client().get("/").status_code == 200
    assert app.test_client().post("/", **form(b"a=other")).get_data(as_text=True).endswith("other")
    assert answers == []
    slow.come.set()
    thread.join(10)
    assert answers == [200]


def test_a_request_of_unknown_length_is_read_only_as_far_as_a_form_may_go(app: Flask) -> None:
    body = b"a=" + b"b" * (3 * SHORT)
    environ = {"wsgi.input": BytesIO(body), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    answer = app.test_client().post("/", environ_overrides=environ)
    assert answer.get_data(as_text=True).startswith(f"{SHORT} ")


def test_one_that_is_too_long_is_refused_without_being_read(app: Flask) -> None:
    slow = Slow(b"")
    environ = {"wsgi.input": slow, "CONTENT_LENGTH": str(LONGEST + 1)}
    assert app.test_client().post("/", environ_overrides=environ).status_code == 413
    assert not slow.asked.is_set()


def test_only_so_many_files_are_on_their_way_at_once(app: Flask, monkeypatch) -> None:
    monkeypatch.setattr(waiting, "MOST_LONG", 1)
    app.wsgi_app = whole_first(app.wsgi_app, 1, LONGEST)  # type: ignore[method-assign, assignment]
    slow, thread, answers = slowly(app, b"a=" + b"b" * SHORT)
    refused = app.test_client().post("/", **form(b"a=" + b"b" * SHORT))
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert app.test_client().post("/", **form(b"a=short")).status_code == 200
    slow.come.set()
    thread.join(10)
    assert answers == [200]
    assert app.test_client().post("/", **form(b"a=" + b"b" * SHORT)).status_code == 200


def test_requests_compute_one_at_a_time_and_let_others_in_while_they_wait() -> None:
    computing, most, lock = 0, 0, threading.Lock()
    all_wait = threading.Barrier(4)
    app = Flask(__name__)

    def compute() -> None:
        nonlocal computing, most
        with lock:
            computing += 1
            most = max(most, computing)
        time.sleep(0.005)
        with lock:
            computing -= 1

    @app.get("/")
    def page() -> str:
        compute()
        with others_turn():
            # Comes to an end only when all four wait at the same time.
            all_wait.wait(10)
        compute()
        return "done"

    app.wsgi_app = whole_first(in_turn(app.wsgi_app), 4, LONGEST)  # type: ignore[method-assign, assignment]
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda: answers.append(app.test_client().get("/").text)) for _each in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert answers == ["done"] * 4
    assert most == 1


def test_a_page_that_fails_gives_its_turn_up() -> None:
    def fails(_environ: dict[str, Any], _start: Any) -> list[bytes]:
        with others_turn():
            raise OSError("away")

    for _twice in range(2):
        with pytest.raises(OSError, match="away"):
            in_turn(fails)({}, None)


def test_a_page_does_not_wait_for_a_disk_that_many_others_wait_for() -> None:
    written, waiting_now = threading.Event(), threading.Semaphore(0)

    def inner(environ: dict[str, Any], _start: Any) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            with others_turn():
                waiting_now.release()
                assert written.wait(10)
        return [b"answered"]

    served = whole_first(in_turn(inner), AT_ONCE_IN_TURN, LONGEST)
    body = {"REQUEST_METHOD": "POST", "wsgi.input": BytesIO(b""), "CONTENT_LENGTH": "0"}
    saves = [threading.Thread(target=served, args=({**body}, None)) for _each in range(8)]
    for save in saves:
        save.start()
    assert all(waiting_now.acquire(timeout=5) for _each in saves)
    page: list[Any] = []
    reader = threading.Thread(target=lambda: page.append(served({"REQUEST_METHOD": "GET"}, None)))
    reader.start()
    reader.join(5)
    assert page == [[b"answered"]]
    written.set()
    for save in saves:
        save.join(5)
