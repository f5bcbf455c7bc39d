"""Having a PDF made by a process of its own, bounded in time and memory."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from portal.document.printing import worker
from portal.document.printing.enclosing import Enclosed
from portal.document.printing.places import a_place
from portal.paths import STATIC

log = logging.getLogger(__name__)

Reason = Literal["too_long", "too_much", "busy", "broken"]
_OUT_OF_BOUNDS = frozenset(
    -ended for ended in (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT)
)


class NotPrinted(Exception):
    """No PDF was made.

    :ivar reason: ``too_long``: too many pages; ``too_much``: over the time or memory it may take;
        ``busy``: too many at once; ``broken``: anything else.
    """

    def __init__(self, reason: Reason, details: str = "") -> None:
        super().__init__(f"{reason}: {details}" if details else reason)
        self.reason: Reason = reason


def print_pdf(
    html: str,
    styles: tuple[str, ...],
    enclosed: Enclosed | None = None,
    smaller: tuple[str, ...] = (),
    pictures: Mapping[str, str] | None = None,
) -> bytes:
    """A PDF of a page of HTML.

    :param styles: names of style sheets in ``static/print``.
    :param enclosed: a file to put inside.
    :param smaller: more sheets, tried one after another while it does not fit on one page.
    :param pictures: JPEGs in Base64, by the name under which the page shows them.
    :raises NotPrinted: when there is none, with the reason.
    """
    job = {
        "html": html,
        "styles": styles,
        "enclosed": asdict(enclosed) if enclosed else None,
        "smaller": smaller,
        "pictures": dict(pictures or {}),
    }
    try:
        with a_place():
            done = subprocess.run(
                [sys.executable, "-P", "-s", "-m", worker.__name__],
                input=json.dumps(job, default=str).encode(),
                capture_output=True,
                timeout=worker.WALL_SECONDS + 5,
                env=environment(),
                check=False,
            )
    except subprocess.TimeoutExpired as late:
        raise NotPrinted("too_much", "time") from late
    except TimeoutError as full:
        raise NotPrinted("busy") from full
    told = done.stderr.decode(errors="replace")
    if done.returncode == 0:
        for complaint in dict.fromkeys(json.loads(told.splitlines()[-1])):
            log.warning("while making a PDF: %s", complaint)
        return done.stdout
    if done.returncode == worker.TOO_LONG:
        raise NotPrinted("too_long", told)
    if done.returncode in _OUT_OF_BOUNDS or "MemoryError" in told:
        raise NotPrinted("too_much", told)
    raise NotPrinted("broken", told)


def environment() -> dict[str, str]:
    """What the process is told: no secret, only where its own files are."""
    return {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "FONTCONFIG_FILE": str(STATIC / "fonts" / "print" / "fonts.conf"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": "0",
    }
