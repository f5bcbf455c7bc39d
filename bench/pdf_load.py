"""PDFs a minute with two at once, while question pages are being served, and what that does to the pages.

    python -m bench.pdf_load [--seconds 60] [--workers 2]

A server with two processes of four threads each. Two people ask for their plan again and again, each PDF made
anew; somebody else opens a question page all the while, one after another. Each keeps one connection, as a
browser does. The question page is timed without the PDFs first. Times are wall-clock: what a person waits.
The load of the machine is told beside them: everything else that runs takes its share.
"""

from __future__ import annotations

import argparse
import http.client
import os
import secrets
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench.requests import prepare
from bench.serving import Server, serving
from portal.app import create_app
from portal.settings import Settings
from tests.browsing import Visitor

AT_ONCE = 2
EDITIONS = ("plan-1.pdf", "plan-1/large-print.pdf")
"""What the two people ask for."""


def plan_of_somebody(settings: Settings) -> str:
    """The cookie of somebody whose plan is ready to print."""
    app = create_app(settings)
    app.test_client_class = Visitor
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    visitor.environ_base["HTTP_REFERER"] = "http://localhost/"
    sample = next(one.id for one in app.extensions["pack"].samples if one.stage == "plan_ready")
    visitor.send("/", to=f"/demo/{sample}")
    visitor.send("/document/check", to="/document/check")
    app.extensions["engine"].dispose()
    cookie = visitor.get_cookie("visit")
    assert cookie is not None
    return f"visit={cookie.value}"


def browser_of(server: Server, cookie: str) -> Callable[[str], tuple[int, bytes]]:
    """Opens pages, one after another on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)

    def get(path: str) -> tuple[int, bytes]:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        return answer.status, answer.read()

    return get


def print_plans(server: Server, path: str, cookie: str, ended: threading.Event, made: list[bytes]) -> None:
    """Ask for a PDF again and again; where it is still being made, a little later once more."""
    get = browser_of(server, cookie)
    while not ended.is_set():
        status, body = get(f"/document/{path}")
        if status == http.client.OK:
            made.append(body)
        elif status == http.client.ACCEPTED:
            time.sleep(0.25)
        else:
            raise SystemExit(f"answered {status}")


def timed(show: Callable[[], object], seconds: float) -> list[float]:
    """What each page took, one after another, in milliseconds."""
    took, ends = [], time.monotonic() + seconds
    while time.monotonic() < ends:
        before = time.monotonic()
        show()
        took.append((time.monotonic() - before) * 1000)
    return took


def main() -> None:
    """Measure and print."""
    reading = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reading.add_argument("--seconds", type=float, default=60)
    reading.add_argument("--workers", type=int, default=2)
    given = reading.parse_args()
    seconds = given.seconds
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
            "PORTAL_ENCRYPTION_KEY": secrets.token_urlsafe(48),
            "PORTAL_DATABASE_URL": f"sqlite:///{folder}/portal.sqlite",
            "PORTAL_DEMONSTRATION": "1",
            "PORTAL_SECURE_COOKIES": "0",
        }
        settings = Settings.from_environment(environment)
        visit, cookie = prepare(settings), plan_of_somebody(settings)
        with serving("portal.serving:application", environment, given.workers) as server:
            open_page = browser_of(server, visit.cookie)

            def show() -> None:
                status, _body = open_page(visit.question)
                assert status == http.client.OK

            timed(show, 1)
            alone = timed(show, seconds / 4)
            made: list[bytes] = []
            ended = threading.Event()
            askers = [
                threading.Thread(target=print_plans, args=(server, EDITIONS[one], cookie, ended, made))
                for one in range(AT_ONCE)
            ]
            for asker in askers:
                asker.start()
            beside = timed(show, seconds)
            ended.set()
            for asker in askers:
                asker.join()
        pages = sum(_pages(pdf, Path(folder)) for pdf in made)
    print(f"{given.workers} server processes, load of the machine {os.getloadavg()[0]:.1f}")
    print(f"{len(made) / seconds * 60:.0f} PDFs a minute, {pages / seconds * 60:.0f} pages of paper a minute")
    for name, took in (("alone", alone), ("while PDFs are made", beside)):
        worst = statistics.quantiles(took, n=20)[-1]
        median = statistics.median(took)
        print(
            f"a question page {name}: median {median:.1f} ms, 95 of 100 within {worst:.1f} ms ({len(took)})"
        )


def _pages(pdf: bytes, folder: Path) -> int:
    from bench.pdf import pages_of

    file = folder / "counted.pdf"
    file.write_bytes(pdf)
    return pages_of(file)


if __name__ == "__main__":
    main()
