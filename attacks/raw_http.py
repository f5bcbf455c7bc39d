"""Speak HTTP badly, and slowly, to the real server: it answers plainly, and others do not notice."""

from __future__ import annotations

import http.client
import re
import selectors
import socket
import statistics
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from attacks.report import Place, Report
from attacks.serving import RUN, Portal

_LONGEST = 5.0
"""Seconds in which a request that is whole, however wrong, is answered or hung up on."""
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


@dataclass(frozen=True)
class Shape:
    """Bytes that are no proper request.

    :ivar answers: how many answers they may get at most: more means that a request hid inside another.
    """

    sent: bytes
    answers: int = 1


def _get(*headers: bytes, first: bytes = b"GET / HTTP/1.1", host: bytes = b"Host: localhost") -> bytes:
    return b"\r\n".join([first, *filter(None, [host]), *headers, b"", b""])


def _post(*headers: bytes, body: bytes = b"") -> bytes:
    kind = b"Content-Type: application/x-www-form-urlencoded"
    return _get(kind, *headers, first=b"POST /start HTTP/1.1") + body


_HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"

SHAPES: Mapping[str, Shape] = {
    "empty lines": Shape(b"\r\n\r\n\r\n"),
    "bytes of no sense": Shape(bytes(range(256)) * 8 + b"\r\n\r\n"),
    "a request without a version": Shape(b"GET /\r\n\r\n"),
    "a version that does not exist": Shape(_get(first=b"GET / HTTP/9.9")),
    "a version that is no number": Shape(_get(first=b"GET / HTTP/x")),
    "an old version": Shape(_get(first=b"GET / HTTP/1.0", host=b"")),
    "a method in small letters": Shape(_get(first=b"get / HTTP/1.1")),
    "a method of a thousand letters": Shape(_get(first=b"G" * 1000 + b" / HTTP/1.1")),
    "an address of 64 kilobytes": Shape(_get(first=b"GET /" + b"a" * 65_536 + b" HTTP/1.1")),
    "an address with bytes above 127": Shape(_get(first=b"GET /\xff\xfe\x80 HTTP/1.1")),
    "an address with NUL": Shape(_get(first=b"GET /%00/a%00b HTTP/1.1")),
    "an address with broken percent signs": Shape(_get(first=b"GET /%/%zz/%1 HTTP/1.1")),
    "an address that climbs": Shape(_get(first=b"GET /static/../../../etc/passwd HTTP/1.1")),
    "an address with spaces": Shape(_get(first=b"GET / a b HTTP/1.1")),
    "a whole address of another host": Shape(_get(first=b"GET http://elsewhere.example/ HTTP/1.1")),
    "a header of 128 kilobytes": Shape(_get(b"X: " + b"a" * 131_072)),
    "a thousand headers": Shape(_get(*[b"X-%d: 1" % number for number in range(1000)])),
    "a header without a colon": Shape(_get(b"no colon here")),
    "a header's name with a space": Shape(_get(b"Content-Length : 5")),
    "NUL in a header": Shape(_get(b"X: a\0b")),
    "a line end of half": Shape(_get(b"X: a\rSet-Cookie: b")),
    "a header over two lines": Shape(_get(b"X: a\r\n b")),
    "no host": Shape(_get(host=b"")),
    "two hosts": Shape(_get(b"Host: elsewhere.example")),
    "a host with a path": Shape(_get(host=b"Host: localhost/../x?y#z")),
    "a tunnel": Shape(_get(first=b"CONNECT elsewhere.example:443 HTTP/1.1")),
    "a trace": Shape(_get(b"X-Secret: told-back", first=b"TRACE / HTTP/1.1")),
    "options of all": Shape(_get(first=b"OPTIONS * HTTP/1.1")),
    "a length below nothing": Shape(_post(b"Content-Length: -1")),
    "a length that is no number": Shape(_post(b"Content-Length: five", body=b"a=b")),
    "a length with a plus sign": Shape(_post(b"Content-Length: +3", body=b"a=b")),
    "a length of many figures": Shape(_post(b"Content-Length: " + b"9" * 40)),
    "two lengths": Shape(_post(b"Content-Length: 3", b"Content-Length: 60", body=b"a=b" + _HIDDEN)),
    "a length and pieces": Shape(
        _post(b"Content-Length: 4", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + _HIDDEN), answers=2
    ),
    "pieces of an unknown coding": Shape(_post(b"Transfer-Encoding: zq7", body=b"0\r\n\r\n" + _HIDDEN)),
    "pieces said twice": Shape(
        _post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", body=b"0\r\n\r\n")
    ),
    "a piece of no length": Shape(_post(b"Transfer-Encoding: chunked", body=b"zz\r\nabc\r\n0\r\n\r\n")),
    "a piece of immense length": Shape(_post(b"Transfer-Encoding: chunked", body=b"f" * 40 + b"\r\nabc")),
    "pieces without an end": Shape(_post(b"Transfer-Encoding: chunked", body=b"5\r\nabc")),
    "less than was promised": Shape(_post(b"Content-Length: 1000", body=b"a=b")),
    "more than a megabyte": Shape(_post(b"Content-Length: 1100000", body=b"a=" + b"b" * 1_099_998)),
    "an expectation nobody knows": Shape(_get(b"Expect: zq7")),
    "another protocol": Shape(_get(b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c")),
    "a preface of HTTP/2": Shape(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "a hello of TLS": Shape(b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + b"\x00" * 160),
    "fifty at once": Shape(_get(first=b"GET /health HTTP/1.1") * 50, answers=50),
}


def _answers(port: int, shape: Shape) -> tuple[list[int], bytes, float]:
    """The statuses of all answers, what was said, and the seconds until it was said."""
    began, said = time.monotonic(), b""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), _LONGEST) as line:
        with suppress(OSError):
            line.sendall(shape.sent)
        said = _said(line, 1.0)
        # Whatever is missing stays missing: now it is hung up on.
        line.shutdown(socket.SHUT_WR)
        said += _said(line, _LONGEST)
    return [int(status) for status in _STATUS.findall(said)], said, time.monotonic() - began


def _said(line: socket.socket, seconds: float) -> bytes:
    """What is said before it stays silent for so long, or for a moment after it has said something."""
    said = b""
    line.settimeout(seconds)
    with suppress(TimeoutError):
        while part := line.recv(1 << 16):
            said += part
            line.settimeout(0.1)
    return said


def _speak_badly(portal: Portal, came: Report) -> None:
    statuses: list[int] = []
    for name, shape in SHAPES.items():
        answered, said, took = _answers(portal.port, shape)
        statuses += answered
        if any(status >= 500 for status in answered):
            came.wrong.append(f"{name}: answered {answered}")
        if len(answered) > shape.answers:
            came.wrong.append(f"{name}: {len(answered)} answers")
        if b"told-back" in said or b"root:x" in said:
            came.wrong.append(f"{name}: told what it should not")
        if took > _LONGEST:
            came.wrong.append(f"{name}: {took:.1f} s")
        if _page(portal.port) is None:
            came.wrong.append(f"{name}: afterwards the portal did not answer")
    came.figures |= {"shapes": len(SHAPES), "server errors": sum(status >= 500 for status in statuses)}


def _page(port: int) -> float | None:
    """The seconds an ordinary page took, or nothing when there was none."""
    began = time.monotonic()
    try:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        line.request("GET", "/")
        answer = line.getresponse()
        answer.read()
        line.close()
    except OSError:
        return None
    return time.monotonic() - began if answer.status == 200 else None


def _slow_ones(port: int, clients: int) -> list[tuple[socket.socket, bytes]]:
    """Connections that have only just begun to say something, and what they would go on to say."""
    head = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 4000
    body = _post(b"Content-Length: 4000", body=b"a=" + b"b" * 3998)
    cut = body.index(b"\r\n\r\n") + 5
    opened = []
    for number in range(clients):
        line = socket.create_connection(("127.0.0.1", port), 10)
        first, rest = (head[:20], head[20:]) if number % 2 else (body[:cut], body[cut:])
        line.sendall(first)
        line.setblocking(False)
        opened.append((line, rest))
    return opened


def _be_slow(portal: Portal, came: Report, clients: int, seconds: int) -> None:
    slow = _slow_ones(portal.port, clients)
    ends, place, times = time.monotonic() + seconds, 0, []
    lost = 0
    with selectors.DefaultSelector():
        while time.monotonic() < ends:
            # Each says one byte every second or so.
            for line, rest in slow[place % 5 :: 5]:
                with suppress(OSError):
                    line.send(rest[place : place + 1])
            place += 1
            took = _page(portal.port)
            times += [took] if took is not None else []
            lost += took is None
            time.sleep(max(0.0, 0.2 - (took or 0)))
    for line, _rest in slow:
        line.close()
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("inf")
    came.figures |= {"slow clients": clients, "ordinary pages": len(times), "of them p95 in s": p95}
    if lost:
        came.wrong.append(f"{lost} ordinary pages were not answered while {clients} clients were slow")
    if p95 >= 1:
        came.wrong.append(f"with {clients} slow clients ordinary pages took {p95:.2f} s (p95)")


def report(place: Place, *, clients: int, seconds: int, fault: str = "") -> Report:
    """Speak badly once in every way, then slowly from many sides.

    :param clients: how many are slow at once; ``seconds``: for how long.
    """
    came = Report()
    portal = Portal(place.folder, place.address, _FAULTS.get(fault, RUN))
    try:
        portal.start()
        _speak_badly(portal, came)
        _be_slow(portal, came, clients, seconds)
    finally:
        portal.kill()
    if "Traceback" in portal.log:
        came.wrong.append("the portal said more than it should:\n" + portal.log[-2000:])
    return came


_WRAPPED = """
import time
import portal.serving as serving
made = serving.application
def application(*at_once):
    app = made(*at_once)
    inner = app.wsgi_app
    def outer(environ, start):
        {}
        return inner(environ, start)
    app.wsgi_app = outer
    return app
serving.application = application
"""

_FAULTS = {
    "an error": _WRAPPED.format(
        'if environ["REQUEST_METHOD"] == "TRACE": start("500 Oops", []); return [b"oops"]'
    )
    + RUN,
    "one at a time": _WRAPPED.format('environ["CONTENT_LENGTH"] and time.sleep(5); time.sleep(1)') + RUN,
}
