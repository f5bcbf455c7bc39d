"""The load that one process and two hold at a fixed rate, on SQLite and on PostgreSQL.

    python -m bench.load [--rate 250] [--seconds 20] [--saves 25] [--people 40] [--database sqlite]

Requests are sent when they are due, whether or not earlier ones were answered (an open loop), by a
process of its own; an answer is timed from when its request was due. A quarter are saves. The figures
are set beside a bare Flask “hello” at the same rate, and beside how often the database alone commits,
in the same run: on a busy machine only the ratios tell something.
"""

from __future__ import annotations

import argparse
import heapq
import json
import multiprocessing
import random
import re
import secrets
import selectors
import socket
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from attacks.people import PEOPLE
from attacks.reading import read
from attacks.report import place_on
from bench.disk import commits_a_second
from bench.serving import Server, request, serving
from portal.app import create_app
from portal.database import opened
from portal.settings import Settings
from portal.upgrade import upgrade
from portal.waiting import MOST_WAITING

QUESTION = "/assessment/nutrition"
_MOST_LINES = 128
_HELLO = [("page", request("GET", "/"))]

Requests = Sequence[tuple[str, bytes]]


@dataclass(frozen=True)
class Held:
    """How a fixed rate was answered.

    :ivar answered: requests a second; ``saved``: those among them that were saves.
    :ivar times: by kind, seconds in which half, 95 and 99 in 100 were answered.
    """

    answered: float
    saved: float
    faults: int
    times: dict[str, tuple[float, float, float]]


def main() -> None:
    """Measure each kind of database with one process and with two, and print a table."""
    asked = _asked()
    print(f"{asked.rate}/s for {asked.seconds} s, {asked.saves}% saves, {asked.people} people\n")
    print(
        f"{'':25}{'answered':>10}{'faults':>8}{'page ms p50/p95/p99':>22}{'save ms p50/p95/p99':>22}", end=""
    )
    print(f"{'page p95 : hello p50':>22}{'saves : commits':>17}")
    with serving("bench.hello:create_app", {}) as hello:
        bare = hold(hello, _HELLO, asked.rate, asked.seconds)
    _print("hello, 1 process", bare, bare, 0)
    for kind in ("sqlite", "postgresql") if asked.database == "each" else (asked.database,):
        with place_on(kind) as place:
            environment = _environment(place.folder, place.address)
            requests = list(prepare(Settings.from_environment(environment), asked.people, asked.saves))
            commits = _commits(kind, place.folder, place.address)
            for workers in (1, 2):
                with serving("portal.serving:application", environment, workers, MOST_WAITING) as portal:
                    hold(portal, requests, min(asked.rate, 50), 2)
                    held = hold(portal, requests, asked.rate, asked.seconds)
                _print(f"{kind}, {workers} process{'es' * (workers > 1)}", held, bare, commits)
            print(f"{'':25}{commits:10.0f} commits a second by the database alone, one after another")


def _environment(folder: Path, address: str) -> dict[str, str]:
    return {
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
        "PORTAL_ENCRYPTION_KEY": secrets.token_urlsafe(48),
        "PORTAL_KEYS_URL": f"sqlite:///{folder}/keys.sqlite",
        "PORTAL_DATABASE_URL": address,
        "PORTAL_DEMONSTRATION": "1",
        "PORTAL_SECURE_COOKIES": "0",
    }


def prepare(settings: Settings, people: int, saves: int) -> Iterator[tuple[str, bytes]]:
    """People with a whole plan each, and what they ask: pages, and so many saves in a hundred."""
    with opened(settings.database_url) as engine:
        upgrade(engine)
    app = create_app(settings)
    asked: list[tuple[str, bytes]] = []
    for _person in range(people):
        client = app.test_client()
        PEOPLE["a person with a plan"](client)
        cookie = client.get_cookie("visit")
        assert cookie is not None
        told = f"visit={cookie.value}"
        forms, _links = read(QUESTION, client.get(QUESTION).get_data(as_text=True))
        form = next(each for each in forms if "nutrition" in each.names)
        for number in range(100):
            if number < saves:
                # Without what it was made from: people here never change the same answer at once.
                fields = {
                    "csrf_token": dict(form.sent)["csrf_token"],
                    "nutrition": ("lot", "some")[number % 2],
                }
                body = urlencode(fields).encode()
                asked.append(("save", request("POST", form.action, cookie=told, body=body)))
            else:
                asked.append(("page", request("GET", QUESTION, cookie=told)))
    app.extensions["engine"].dispose()
    random.Random(1).shuffle(asked)
    yield from asked


def _commits(kind: str, folder: Path, address: str) -> float:
    """How many durable commits a second the database makes alone, one after another."""
    if kind == "sqlite":
        return commits_a_second(folder)
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as line:
        line.execute("CREATE TABLE floor (id integer PRIMARY KEY, value text)")
        return _rate_of(line)


def _rate_of(line: psycopg.Connection) -> float:
    began, done = time.monotonic(), 0
    while time.monotonic() - began < 1:
        line.execute(
            "INSERT INTO floor VALUES (%s, 'x') ON CONFLICT (id) DO UPDATE SET value = 'y'", [done % 50]
        )
        done += 1
    return done / (time.monotonic() - began)


def hold(server: Server, requests: Requests, rate: int, seconds: int) -> Held:
    """Ask at a fixed rate from a process of its own."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    asking = context.Process(target=_ask, args=(theirs, server.port, requests, rate, seconds))
    asking.start()
    told = json.loads(mine.recv())
    asking.join()
    return Held(**told)


class _Line:
    """A connection that stays open, with at most one request on its way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.kind, self.due, self.received = "", 0.0, b""

    def status(self) -> int | None:
        """The status, once the whole answer is here; 0 when the connection was closed."""
        part = self.socket.recv(1 << 18)
        self.received += part
        head, end, rest = self.received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        if not part:
            return 0
        if not end or len(rest) < int(length[1] if length else 0):
            return None
        self.received = b""
        return int(head[9:12])


def _ask(pipe: object, port: int, requests: Requests, rate: int, seconds: int) -> None:
    idle = [_Line(port) for _number in range(_MOST_LINES)]
    times: dict[str, list[float]] = {"page": [], "save": []}
    waiting: list[tuple[float, int]] = [(number / rate, number) for number in range(rate * seconds)]
    heapq.heapify(waiting)
    faults, on_their_way = 0, 0
    began = time.monotonic() + 0.1
    ends = began + seconds + 30
    with selectors.DefaultSelector() as ready:
        for line in idle:
            ready.register(line.socket, selectors.EVENT_READ, line)
        while (waiting or on_their_way) and time.monotonic() < ends:
            now = time.monotonic() - began
            while waiting and waiting[0][0] <= now and idle:
                due, number = heapq.heappop(waiting)
                line = idle.pop()
                line.kind, body = requests[number % len(requests)]
                line.due = due
                line.socket.sendall(body)
                on_their_way += 1
            left = max(0.0, waiting[0][0] - now) if waiting and idle else 0.05
            for key, _events in ready.select(min(left, 0.05)):
                line = key.data
                status = line.status()
                if status is None:
                    continue
                times[line.kind].append(time.monotonic() - began - line.due)
                faults += status not in {200, 303}
                on_their_way -= 1
                idle.append(line)
    took = time.monotonic() - began
    done = sum(map(len, times.values()))
    faults += len(waiting) + on_their_way
    took = max(took, seconds)
    spread = {kind: _spread(of) for kind, of in times.items()}
    held = Held(done / took, len(times["save"]) / took, faults, spread)
    pipe.send(json.dumps(asdict(held)))  # type: ignore[attr-defined]


def _spread(times: list[float]) -> tuple[float, float, float]:
    if len(times) < 2:
        return 0.0, 0.0, 0.0
    parts = statistics.quantiles(times, n=100)
    return parts[49], parts[94], parts[98]


def _print(name: str, held: Held, bare: Held, commits: float) -> None:
    def spread(kind: str) -> str:
        return " / ".join(f"{each * 1e3:.1f}" for each in held.times[kind])

    ratio = held.times["page"][1] / bare.times["page"][0]
    saves = f"1 : {commits / held.saved:.1f}" if held.saved and commits else ""
    print(f"{name:25}{held.answered:8.0f}/s{held.faults:8}{spread('page'):>22}{spread('save'):>22}", end="")
    print(f"{ratio:22.1f}{saves:>17}", flush=True)


def _asked() -> argparse.Namespace:
    reading = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reading.add_argument("--rate", type=int, default=250, help="requests a second")
    reading.add_argument("--seconds", type=int, default=20)
    reading.add_argument("--saves", type=int, default=25, choices=range(101), metavar="0-100", help="in 100")
    reading.add_argument("--people", type=int, default=40)
    reading.add_argument("--database", choices=("each", "sqlite", "postgresql"), default="each")
    return reading.parse_args()


if __name__ == "__main__":
    main()
