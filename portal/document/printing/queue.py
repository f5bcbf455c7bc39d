"""PDFs made beside the requests that ask for them, so that many at once stop nobody else's pages.

A request waits a few seconds for its PDF. When it takes longer the person is told so, and finds it made
when they ask again. Only a few requests wait at a time: the others are told at once, and the server's
threads stay free for pages.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from portal.document.printing.places import AT_ONCE
from portal.document.printing.press import NotPrinted
from portal.turns import others_turn

PATIENCE = 3.0
"""Seconds that a request waits for its PDF."""
MOST_WAITING = 2
"""Requests that wait at the same time."""
MOST_JOBS = 40
"""PDFs that are being made, are to be made, or lie ready. The next one is told to come back later."""
KEPT = 300.0
"""Seconds that a PDF lies ready for whoever asked for it."""


@dataclass
class _Job:
    pdf: Future[bytes]
    asked: float = field(default_factory=time.monotonic)


class Queue:
    """The PDFs of one server process.

    :ivar patience: seconds that a request waits for its PDF.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._pool = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="pdf")
        self._lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._jobs: dict[Hashable, _Job] = {}

    def ask(self, key: Hashable, make: Callable[[], bytes]) -> bytes | None:
        """A PDF, or ``None`` while it is still being made: then it is there when asked for again.

        :param key: everything the PDF depends on, the case it belongs to included.
        :param make: makes it, in a thread of its own: it may use no request and no database.
        :raises NotPrinted: when it cannot be made, or too many are asked for.
        """
        job = self._job(key, make)
        if not job.pdf.done() and self._waiting.acquire(blocking=False):
            try:
                with others_turn():
                    wait((job.pdf,), timeout=self.patience)
            finally:
                self._waiting.release()
        if not job.pdf.done():
            return None
        with self._lock:
            self._jobs.pop(key, None)
        return job.pdf.result()

    def ready(self, key: Hashable) -> bool:
        """Whether a PDF that was asked for is made, or cannot be. Nothing is begun or handed out."""
        with self._lock:
            job = self._jobs.get(key)
        return job is not None and job.pdf.done()

    def _job(self, key: Hashable, make: Callable[[], bytes]) -> _Job:
        with self._lock:
            before = time.monotonic() - KEPT
            for old in [one for one, job in self._jobs.items() if job.pdf.done() and job.asked < before]:
                del self._jobs[old]
            job = self._jobs.get(key)
            if job is None:
                if len(self._jobs) >= MOST_JOBS:
                    raise NotPrinted("busy")
                job = self._jobs[key] = _Job(self._pool.submit(make))
            return job
