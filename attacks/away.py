"""PostgreSQL is stopped, stands still or takes nobody in while people save: they are told so, and it heals.

python -m attacks away

The server is one of this attack's own, so that nobody else is disturbed.
"""

from __future__ import annotations

import http.client
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress

import psycopg

from attacks.kill import faults_in, lost_of
from attacks.report import Place, Report
from attacks.serving import RUN, Portal, Saver
from tests.postgres import PostgreSQL, running

_LONGEST_ANSWER = 8.0
"""Seconds until a person is told: a sign of life that does not come, and a new connection that does not."""
_LONGEST_RETURN = 5.0
_FOR_EVER = "it waits for ever"
_STILL_HERE = "It is still here, on this page"


@contextmanager
def _stopped(server: PostgreSQL) -> Iterator[None]:
    """It stops as if its power was cut."""
    server.stop(signal.SIGQUIT)
    yield
    server.start()


@contextmanager
def _paused(server: PostgreSQL) -> Iterator[None]:
    """It stands still; what is sent to it is still taken by the system."""
    server.pause()
    try:
        yield
    finally:
        server.pause(signal.SIGCONT)


@contextmanager
def _crowded(server: PostgreSQL) -> Iterator[None]:
    """Others have every connection it gives, and those of the portal are ended."""

    def connect() -> psycopg.Connection:
        line = psycopg.connect(host=str(server.folder), user="portal", dbname="postgres", autocommit=True)
        return lines.enter_context(line)

    with ExitStack() as lines:
        first = connect()
        for _round in range(10):
            first.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'plan-my-support'"
            )
            with suppress(psycopg.OperationalError):
                while True:
                    connect()
        yield


_WAYS: Mapping[str, Callable[[PostgreSQL], object]] = {
    "stops": _stopped,
    "pauses": _paused,
    "crowds": _crowded,
}


def report(place: Place, *, stops: int, pauses: int, crowds: int, fault: str = "") -> Report:
    """Take the database away so many times in each way, look at what is told, and give it back."""
    times = {"stops": stops, "pauses": pauses, "crowds": crowds}
    if fault == _FOR_EVER:
        times = {"pauses": 1}
    came, slowest, back = Report(dict(times)), [0.0], [0.0]
    with running(durable=True) as server:
        address = server.fresh()
        portal = Portal(place.folder, address, _FAULTS.get(fault, RUN))
        try:
            portal.start()
            visits = []
            for _person in range(2):
                saver = Saver(portal.port)
                saver.begin()
                visits.append((saver, saver.reference()))
            looking, saving = (saver for saver, _reference in visits)
            for name, many in times.items():
                for _turn in range(many):
                    saving.start()
                    time.sleep(0.3)
                    with _WAYS[name](server):  # type: ignore[attr-defined]
                        wrong, took = _told(looking)
                    came.wrong += [f"{name}: {what}" for what in wrong]
                    slowest.append(took)
                    back.append(_return(looking))
                    saving.enough.set()
                    saving.join()
                    saving = saving.again()
            saving.save()
            visits[1] = (saving, visits[1][1])
            lost = lost_of(address, visits)
            came.wrong += faults_in(address, portal.secret_key)
        finally:
            portal.kill()
    came.figures |= {
        "saves acknowledged": saving.acknowledged,
        "lost": lost,
        "refused": sum(saving.refused.values()) + sum(looking.refused.values()),
        "slowest answer in s": max(slowest),
        "slowest return in s": max(back),
    }
    if lost:
        came.wrong.append(f"{lost} of {saving.acknowledged} acknowledged saves were lost")
    if max(back) > _LONGEST_RETURN:
        came.wrong.append(f"it took {max(back):.1f} s to answer again")
    if set(saving.refused) - {503}:
        came.wrong.append(f"saves were answered with {saving.refused}")
    said, trace, more = portal.log.partition("Traceback")
    if trace:
        came.wrong.append("the portal said more than it should:\n" + said[-1000:] + trace + more[:6000])
    return came


def _told(person: Saver) -> tuple[list[str], float]:
    """What is wrong with what a person is told while the database is away, and the longest it took."""
    wrong, longest = [], 0.0
    for what, ask in (
        ("a page", lambda: person.status_of("/tasks")),
        ("a save", lambda: person.send("me")),
    ):
        began = time.monotonic()
        try:
            status = ask()
        except (OSError, http.client.HTTPException) as error:
            wrong.append(f"{what} was not answered: {type(error).__name__}")
            continue
        took = time.monotonic() - began
        longest = max(longest, took)
        if status == 303:
            # It was said to be kept: then it must be.
            person.acknowledged += 1
            person.sent += 1
        if status != 503:
            wrong.append(f"{what} was answered with {status}")
        elif what == "a save" and _STILL_HERE not in person.last_page:
            wrong.append("the page does not say that what was typed is still there")
        if "Traceback" in person.last_page or "psycopg" in person.last_page:
            wrong.append(f"{what} tells of the inside")
        if took > _LONGEST_ANSWER:
            wrong.append(f"{what} took {took:.1f} s")
    return wrong, longest


def _return(person: Saver) -> float:
    """Seconds until a page is shown again to the same person, still in their visit."""
    began = time.monotonic()
    while time.monotonic() - began < 2 * _LONGEST_RETURN:
        with suppress(OSError, http.client.HTTPException):
            if person.status_of("/tasks") == 200:
                break
        time.sleep(0.05)
    return time.monotonic() - began


_FAULTS = {
    "a save that failed is said to be kept": """
from portal import safeguards
finish = safeguards._finish
def pretend(response):
    response = finish(response)
    if response.status_code == 503 and safeguards.request.method == "POST":
        response.status_code = 303
    return response
safeguards._finish = pretend
"""
    + RUN,
    _FOR_EVER: """
import psycopg
from portal.patience import PatientConnection
PatientConnection.wait = psycopg.Connection.wait
"""
    + RUN,
}
