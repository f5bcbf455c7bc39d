"""Requests wait outside until they have come whole: somebody who sends slowly keeps nobody from a page.

The server gives each request a thread, and a thread waits for the bytes of a form. Were there only as
many as can work at once, a few connections that never finish would stop the portal. So there are many
more, most of which wait; and those that work at the same time are counted here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from portal.turns import my_turn

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

MOST_WAITING = 400
"""Requests of one server process that may be on their way. Threads are made when they are needed."""
SHORT = 512 * 1024
"""Bytes: more than any form without a file has."""
MOST_LONG = 16
"""Longer requests that may be on their way: each is held in memory."""

_Start = Callable[..., Any]


def whole_first(inner: Application, at_once: int, longest: int) -> Application:
    """An application that is given requests when they have come whole, and a few at a time.

    :param at_once: how many it works on at the same time.
    :param longest: bytes; of a longer request nothing is read, and the application refuses it.
    """
    places, long_ones = threading.BoundedSemaphore(at_once), threading.BoundedSemaphore(MOST_LONG)

    def outer(environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            with places:
                return inner(environ, start)
        told = environ.get("CONTENT_LENGTH") or ""
        length = int(told) if told.isdecimal() else 0
        if SHORT < length <= longest:
            if not long_ones.acquire(blocking=False):
                return _not_now(start)
            try:
                return taken_in(environ, start, length)
            finally:
                long_ones.release()
        return taken_in(environ, start, length)

    def taken_in(environ: dict[str, Any], start: _Start, length: int) -> Iterable[bytes]:
        if length <= longest:
            # One that does not tell its length is read as far as a form may go, and is too long after that.
            body = environ["wsgi.input"].read(length or SHORT)
            environ["wsgi.input"] = BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
        with places:
            return inner(environ, start)

    return outer


def _not_now(start: _Start) -> list[bytes]:
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Retry-After", "30"),
        ("Cache-Control", "no-store"),
    ]
    start("503 Service Unavailable", headers)
    return [b"Many files are on their way. Please go back and send yours again in a minute."]


def in_turn(inner: Application) -> Application:
    """An application whose requests compute one at a time; see :mod:`portal.turns`."""

    def outer(environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        with my_turn():
            return inner(environ, start)

    return outer
