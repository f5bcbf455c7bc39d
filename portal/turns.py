"""Whose turn it is to compute: the threads of one process take turns, and give theirs up while they wait.

Python computes in one thread at a time anyway. What costs is that SQLite's driver lets other threads in
around every call, each of a few microseconds: four requests that hand Python to and fro like that take
twice the processor time of four requests one after another.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_turn = threading.Lock()
_mine = threading.local()


@contextmanager
def my_turn() -> Iterator[None]:
    """Compute while no other thread that takes turns does."""
    with _turn:
        _mine.now = True
        try:
            yield
        finally:
            _mine.now = False


@contextmanager
def others_turn() -> Iterator[None]:
    """Let others compute while this thread waits: for the disk, a lock, or another process.

    Without a turn of one's own nothing happens. Whoever waits for a thread that takes turns must do so in
    here, or both would wait for ever.
    """
    if not getattr(_mine, "now", False):
        yield
        return
    _mine.now = False
    _turn.release()
    try:
        yield
    finally:
        _turn.acquire()
        _mine.now = True
