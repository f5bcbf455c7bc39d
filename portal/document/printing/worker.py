"""The process that makes one PDF: a job as JSON comes in, a PDF goes out, and it ends.

It holds no secret and no database, and the system ends it when it takes too long or too much.
"""

from __future__ import annotations

import gc
import json
import resource
import signal
import sys
from base64 import b64decode
from datetime import date

from portal.document.printing.enclosing import Enclosed

CPU_SECONDS = 20
WALL_SECONDS = 120
"""It never waits for anything but its turn, which may be long on a busy machine."""
MEMORY = 768 * 2**20
OPEN_FILES = 64
FILE_SIZE = 16 * 2**20

TOO_LONG = 3
BROKEN = 4


def limit() -> None:
    """Bound this process in time, memory, open files and what it may write."""
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (lower, lower))
    signal.alarm(WALL_SECONDS)


def main() -> int:
    """Make one PDF. Complaints and errors are told on the error stream, as JSON."""
    limit()
    # It ends soon. To look for rubbish among all that is laid out would cost a tenth of its time.
    gc.disable()
    from portal.document.printing.rendering import TooLong, render

    job = json.loads(sys.stdin.buffer.read())
    enclosed = job["enclosed"]
    if enclosed is not None:
        enclosed = Enclosed(**{**enclosed, "day": date.fromisoformat(enclosed["day"])})
    try:
        pictures = {name: b64decode(content) for name, content in job["pictures"].items()}
        pdf, complaints = render(job["html"], tuple(job["styles"]), enclosed, tuple(job["smaller"]), pictures)
    except TooLong as problem:
        _tell(str(problem))
        return TOO_LONG
    except BaseException as problem:  # noqa: BLE001 - a refused file comes as one
        _tell(f"{type(problem).__name__}: {problem}")
        return BROKEN
    sys.stdout.buffer.write(pdf)
    _tell(*complaints)
    return 0


def _tell(*complaints: str) -> None:
    sys.stderr.write("\n" + json.dumps(complaints))


if __name__ == "__main__":
    sys.exit(main())
