"""Processor time a request, beside a bare Flask “hello” on the same server, in one interleaved run.

    python -m bench.requests [--rounds 5] [--count 1500]

Both are served by granian with one worker on loopback. A round is a fixed number of requests over a
few connections that stay open; rounds of all cases take turns, so that a busy machine disturbs each
alike. The figure of a case is the median of its rounds, as the kernel accounts the server's
processor time; what is compared with the aims is its ratio to “hello”.
"""

from __future__ import annotations

import argparse
import gzip
import re
import secrets
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.disk import durable_commit
from bench.serving import Server, load, request, serving
from portal.app import create_app
from portal.database import open_database
from portal.settings import Settings
from portal.upgrade import upgrade
from tests.browsing import Page, Visitor
from tests.visiting import answers, take_assessment

MOST_BYTES = 25_000
MOST_REQUESTS = 6


@dataclass(frozen=True)
class Case:
    """One kind of request: what is sent, what is answered, and how dear it may be."""

    name: str
    requests: Sequence[bytes]
    status: int = 200
    aim: float | None = None
    """At most so many times “hello”."""
    share: float = 1.0
    """How many requests a round has, beside the others."""


@dataclass(frozen=True)
class Visit:
    """A visit that has answered everything: its cookie, and what to ask of it."""

    cookie: str
    question: str
    forms: tuple[bytes, bytes]
    first_page: str


def main() -> None:
    """Measure, print, and say which aims were met."""
    reading = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reading.add_argument("--rounds", type=int, default=5, choices=range(1, 51), metavar="1-50")
    reading.add_argument("--count", type=int, default=1500, choices=range(10, 20_001), metavar="10-20000")
    asked = reading.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
            "PORTAL_DATABASE_URL": f"sqlite:///{folder}/portal.sqlite",
            "PORTAL_DEMONSTRATION": "1",
            "PORTAL_SECURE_COOKIES": "0",
        }
        visit = prepare(Settings.from_environment(environment))
        with (
            serving("bench.hello:create_app", {}) as hello,
            serving("portal.serving:application", environment) as portal,
        ):
            measured = interleaved(hello, portal, cases(visit), asked.rounds, asked.count)
        floor = durable_commit(Path(folder), asked.count)
    report(measured)
    print(
        f"A durable commit alone costs {floor * 1e3:.3f} ms of processor time here; it is part of every save."
    )
    weigh(visit.first_page)


def prepare(settings: Settings) -> Visit:
    """A database with one visit that has answered the whole self-assessment."""
    engine = open_database(settings.database_url)
    upgrade(engine)
    engine.dispose()
    app = create_app(settings)
    app.test_client_class = Visitor
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    seen = take_assessment(visitor)
    chosen = _with_most_choices(seen)
    first = next(page for page in seen if page.address.startswith("/assessment/"))
    app.extensions["engine"].dispose()
    cookie = visitor.get_cookie("visit")
    assert cookie is not None
    return Visit(
        cookie=f"visit={cookie.value}",
        question=chosen.address,
        forms=_two_answers(visitor, chosen),
        first_page=first.response.get_data(as_text=True),
    )


def _with_most_choices(pages: Sequence[Page]) -> Page:
    """The question page that is dearest to draw: the one with the most choices of one answer."""
    questions = [page for page in pages if page.soup.select('main form[method="post"] input[type="radio"]')]
    return max(questions, key=lambda page: len(page.soup.select('main input[type="radio"]')))


def _two_answers(visitor: Visitor, page: Page) -> tuple[bytes, bytes]:
    """Two answers in turn, so that every save changes something."""
    shown = visitor.page(page.address)
    form = shown.form()
    (name, *_rest) = [str(field["name"]) for field in form.select('input[type="radio"]')]
    values = [str(field["value"]) for field in form.select(f'input[name="{name}"]')]
    kept = {**shown.filled(), **answers(form)}
    # Without the version of the page, each of the two takes the place of the other as if it was seen.
    kept.pop("made_from", None)
    first, second = (urlencode({**kept, name: value}, doseq=True).encode() for value in values[:2])
    return first, second


def cases(visit: Visit) -> list[Case]:
    """What is measured of the portal."""
    return [
        Case("a question page", [request("GET", visit.question, cookie=visit.cookie)], aim=6),
        Case(
            "a save",
            [request("POST", visit.question, cookie=visit.cookie, body=form) for form in visit.forms],
            status=303,
            aim=8,
        ),
        Case(
            "check your answers",
            [request("GET", "/assessment/check", cookie=visit.cookie)],
            aim=25,
            share=0.25,
        ),
        Case("the start page", [request("GET", "/")]),
        Case("the task list", [request("GET", "/tasks", cookie=visit.cookie)], share=0.5),
        Case("the budget", [request("GET", "/budget", cookie=visit.cookie)], share=0.25),
    ]


def interleaved(
    hello: Server, portal: Server, measured: Sequence[Case], rounds: int, count: int
) -> list[tuple[Case, list[float]]]:
    """Every case's seconds of processor time a request, round by round; “hello” is the first."""
    plan = [(hello, Case("hello", [request("GET", "/")], share=2)), *((portal, case) for case in measured)]
    taken: list[list[float]] = [[] for _case in plan]
    for server, case in plan:
        load(server, case.requests, 50, case.status)
    for _round in range(rounds):
        for times, (server, case) in zip(taken, plan, strict=True):
            times.append(load(server, case.requests, max(10, int(count * case.share)), case.status))
    return [(case, times) for times, (_server, case) in zip(taken, plan, strict=True)]


def report(measured: Sequence[tuple[Case, list[float]]]) -> None:
    """Print milliseconds and ratios."""
    yardstick = statistics.median(measured[0][1])
    print(f"{'':22}{'ms a request':>14}{'rounds from to':>20}{'x hello':>10}{'aim':>8}")
    for case, times in measured:
        median = statistics.median(times)
        ratio = median / yardstick
        met = "" if case.aim is None else f"<= {case.aim:g} {'met' if ratio <= case.aim else 'MISSED'}"
        spread = f"{min(times) * 1e3:.3f} {max(times) * 1e3:.3f}"
        print(f"{case.name:22}{median * 1e3:14.3f}{spread:>20}{ratio:10.1f}   {met}")


def weigh(page: str) -> None:
    """Print what a first question page brings, compressed, and in how many requests."""
    static = Path(__file__).parents[1] / "static"
    files = re.findall(r'(?:href|src)="/static/[^/"]+/([^"]+)"', page)
    brought = {"the page": len(gzip.compress(page.encode(), 6))}
    for name in dict.fromkeys(files):
        body = (static / name).read_bytes()
        brought[name] = len(body) if name.endswith((".woff2", ".png")) else len(gzip.compress(body, 9))
    fonts = sum(size for name, size in brought.items() if name.endswith(".woff2"))
    total = sum(brought.values())
    print(f"\nThe first question page, compressed, and {len(brought)} requests (aim <= {MOST_REQUESTS}):")
    for name, size in brought.items():
        print(f"  {size:7,} bytes  {name}")
    print(f"  {total:7,} bytes in all, {total - fonts:,} without the typeface (aim <= {MOST_BYTES:,})")


if __name__ == "__main__":
    main()
