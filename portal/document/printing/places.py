"""Places to make a PDF at: so many at once on this machine, however many processes serve its pages."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from portal.paths import STATIC

AT_ONCE = 2
"""PDFs made at the same time on one machine. More would slow each other down, and the pages with them."""
PATIENCE = 20.0
"""Seconds to wait for one of the places."""

_AGAIN = 0.05
"""Seconds until the places are looked at again."""
# A lock needs a file that every process finds and nobody takes away: the first of our own style sheets will
# do. It is only opened for reading, and the system gives the place up when a process ends, however it ends.
_FILES = tuple(sorted((STATIC / "print").glob("*.css"))[:AT_ONCE])


@contextmanager
def a_place(patience: float | None = None) -> Iterator[None]:
    """Hold one of the places, waited for if need be.

    :param patience: seconds to wait; :data:`PATIENCE` when left out.
    :raises TimeoutError: when there was none in that time.
    """
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    while (place := _take()) is None:
        if time.monotonic() >= until:
            raise TimeoutError("every place to make a PDF at is taken")
        time.sleep(_AGAIN)
    try:
        yield
    finally:
        os.close(place)


def _take() -> int | None:
    """A free place, to be given up by closing it; ``None`` when there is none just now."""
    for file in _FILES:
        place = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(place)
        except BaseException:
            os.close(place)
            raise
        else:
            return place
    return None
