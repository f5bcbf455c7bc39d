"""Print plans full of hostile text, and kill what prints: there is a PDF or a plain page, and no call out."""

from __future__ import annotations

import os
import random
import resource
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from unittest.mock import patch

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from attacks.hostile import VALUES, drawn
from attacks.in_process import portal
from attacks.people import PEOPLE
from attacks.reading import read
from attacks.report import Place, Report
from portal.document.printing import press
from portal.document.printing.plan import render_plan
from portal.document.printing.press import NotPrinted
from portal.document.rules.content import PlanDocument
from portal.document.samples.brim import full
from portal.document.samples.usual import usual
from portal.paths import TRANSLATIONS
from portal.words import Language, read_languages

MOST_SECONDS = 10.0
"""Of processor time that one PDF may take, or the attempt at it."""
MOST_MEMORY = 2**30
_LONGEST_WAIT = 60

_SCRIPTS = (
    "سلام علیکم ", "שלום עולם ", "日本語のテキスト", "ไม่มีช่องว่างระหว่างคำ",
    "नमस्ते दुनिया ", "👩‍👩‍👧‍👦", "ﷺ", "e\u0301\u0302\u0303",
)  # fmt: skip


def texts(chance: random.Random, address: str) -> str:
    """A text that is hard to print: without an end, in many scripts, in very many lines, or full of markup.

    :param address: of somebody who notices when the printer calls.
    """
    sheets = f'<link rel=stylesheet href={address}/b.css><style>@import "{address}/c";</style>'
    out = f'<img src="{address}/a.png">{sheets}'
    return chance.choice(
        (
            lambda: chance.choice("xWñ﷽ه") * chance.choice((300, 4000)),
            lambda: "\n".join(["a"] * chance.choice((100, 2000))),
            lambda: "".join(chance.choices(_SCRIPTS, k=150)),
            lambda: "\u202e" + "right to left " * 80 + "\u202c",
            lambda: chance.choice(VALUES)[:4000],
            lambda: drawn(chance),
            lambda: out,
            lambda: f"<table><td colspan=1000000>{out}" + "<div>" * 500,
            lambda: "&#x0;&lt;&amp;]]>" * 100,
            lambda: "{{ 7919*7907 }} {% include '/etc/passwd' %} " * 20,
        )
    )()


def hostile_plan(chance: random.Random, address: str) -> PlanDocument:
    """A plan in which some of what people type is hostile."""
    plan = full() if chance.random() < 0.1 else usual()

    def some(kept: str) -> str:
        return texts(chance, address)[:4000] if chance.random() < 0.3 else kept

    needs = tuple(need.model_copy(update={"own_words": some(need.own_words)}) for need in plan.needs)
    lines = tuple(line.model_copy(update={"what": some(line.what)[:200]}) for line in plan.lines)
    backups = tuple(each.model_copy(update={"then": some(each.then)}) for each in plan.setbacks)
    person = plan.person.model_copy(update={"name": some(plan.person.name)[:200]})
    changes = {"needs": needs, "lines": lines, "setbacks": backups, "person": person}
    return plan.model_copy(update={**changes, "important": some(plan.important)})


class _Listening:
    """Somebody outside who counts how often the printer calls."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                self.socket.accept()[0].close()
            except OSError:
                return
            self.calls += 1


def _spent() -> tuple[float, int]:
    """Processor seconds of all that has printed so far, and the most memory one of it had, in bytes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def _print_plans(plans: int, came: Report) -> None:
    chance, outside, outcomes = random.Random(1), _Listening(), Counter[str]()
    english: Language = read_languages(TRANSLATIONS)["en"]
    slowest = 0.0
    for number in range(plans):
        document = hostile_plan(chance, outside.address)
        before = _spent()[0]
        try:
            outcomes["printed"] += render_plan(document, english).startswith(b"%PDF")
        except NotPrinted as plainly:
            outcomes[plainly.reason] += 1
            if plainly.reason in {"broken", "busy"}:
                came.wrong.append(f"plan {number}: {plainly.reason}: {str(plainly)[-300:]}")
        except Exception as wrong:  # noqa: BLE001 - whatever it is, the person would see an error
            came.wrong.append(f"plan {number}: {type(wrong).__name__}: {str(wrong)[:200]}")
        took = _spent()[0] - before
        slowest = max(slowest, took)
        if took > MOST_SECONDS:
            came.wrong.append(f"plan {number}: {took:.1f} s of processor time")
    outside.socket.close()
    memory = _spent()[1]
    if outside.calls:
        came.wrong.append(f"the printer called an outside address {outside.calls} times")
    if memory > MOST_MEMORY:
        came.wrong.append(f"the printer had {memory / 2**20:.0f} MiB of memory")
    came.figures |= {"plans": plans, **outcomes, "slowest in s of processor time": slowest}
    came.figures |= {"calls outside": outside.calls, "most memory in MiB": memory / 2**20}


def _printer() -> int | None:
    """The process that is printing, made by this one."""
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            ours = os.getpgid(int(status.parent.name)) == os.getpgid(0)
            if ours and b"portal.document.printing.worker" in status.read_bytes():
                return int(status.parent.name)
        except (OSError, ProcessLookupError):
            continue
    return None


def _kill_the_printer(client: FlaskClient, came: Report) -> None:
    """While somebody waits for their PDF: they get a plain page, and the next one who asks a PDF."""
    address = _pdf_of(client)

    def kill() -> None:
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            if (found := _printer()) is not None:
                os.kill(found, signal.SIGKILL)
                return
            time.sleep(0.005)

    killing = threading.Thread(target=kill)
    killing.start()
    answer = _answered(client, address)
    killing.join()
    page = answer.get_data(as_text=True)
    if answer.status_code != 503 or "<h1" not in page or "Traceback" in page:
        came.wrong.append(f"when what prints was killed, the answer was {answer.status_code}")
    again = _answered(client, address)
    if again.status_code != 200 or not again.data.startswith(b"%PDF"):
        came.wrong.append(f"after that, the next PDF was answered with {again.status_code}")
    came.figures["killed while printing"] = 1


def _answered(client: FlaskClient, address: str) -> TestResponse:
    """The answer once it is no longer "being made"."""
    ends = time.monotonic() + _LONGEST_WAIT
    while (answer := client.get(address)).status_code == HTTPStatus.ACCEPTED and time.monotonic() < ends:
        time.sleep(0.2)
    return answer


def _pdf_of(client: FlaskClient) -> str:
    PEOPLE["a person with a plan"](client)
    forms, _links = read("/document/check", client.get("/document/check").get_data(as_text=True))
    form = next(each for each in forms if each.action.startswith("/document/check"))
    assert client.post(form.action, data=dict(form.sent)).status_code == 303
    _forms, links = read("/document/ready", client.get("/document/ready").get_data(as_text=True))
    return next(link for link in links if ".pdf" in link and "plan-" in link)


def report(place: Place, *, plans: int, fault: str = "") -> Report:
    """Print so many hostile plans, then kill the printer once.

    :param plans: how many.
    """
    came = Report()
    with _spoiled(fault):
        _print_plans(plans, came)
        if not came.wrong:
            with portal(place.folder, place.address) as app:
                _kill_the_printer(app.test_client(), came)
    return came


@contextmanager
def _spoiled(fault: str) -> Iterator[None]:
    real = press.print_pdf

    def calls_out(html: str, *_rest: object) -> bytes:
        address = html.partition("src=&#34;")[2].partition("/a.png")[0]
        if address:
            socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))).close()
        return b"%PDF"

    def raises(*_rest: object) -> bytes:
        raise RuntimeError("the printer is broken")

    spoiled: Mapping[str, object] = {"calls outside": calls_out, "an error": raises}
    with patch("portal.document.printing.plan.print_pdf", spoiled.get(fault, real)):
        yield
