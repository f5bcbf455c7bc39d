"""Seconds and peak memory of a plan as a PDF: of 1, 10 and 50 pages, beside headless Chromium.

    python -m bench.pdf [--rounds 3] [--chromium /usr/bin/chromium]

What is compared turns about in one interleaved run, so that a busy machine disturbs each alike. *Cold* is a
new process for each PDF, as the portal makes it, with its own tags and both standards; *warm* is one more PDF
in a process that has made one already; *Chromium* prints the same page with the same style sheets. Seconds
are processor time of the process and its children, the best of the rounds; memory is the most that all of
the processes held together (PSS), looked at every 20 milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from babel import Locale

from portal.document import samples
from portal.document.printing import press, worker
from portal.document.printing.plan import Mark, enclosed_plan, pictures_in, plan_html
from portal.document.printing.square import SQUARE, square_code
from portal.document.rules.content import PlanDocument
from portal.document.rules.editions import EDITIONS
from portal.paths import STATIC
from portal.words import Language

AIM = 1.3
"""Seconds of processor time for the plan of 10 pages, cold."""
MEMORY_AIM = 150
"""Megabytes for the plan of 50 pages, cold."""
WARM = 3
"""PDFs made in one warm process; the best one counts."""

ENGLISH = Language("en", Locale.parse("en_GB"))
MARK = Mark(code="7K2M4XQ9AB3D", address="https://plan.example.gov.uk")
_AGAIN = f"""
import json, sys, time
from base64 import b64decode
from datetime import date
from portal.document.printing.enclosing import Enclosed
from portal.document.printing.rendering import render
job = json.loads(sys.stdin.buffer.read())
data = job["enclosed"]
if data is not None:
    data = Enclosed(**{{**data, "day": date.fromisoformat(data["day"])}})
pictures = {{name: b64decode(content) for name, content in job["pictures"].items()}}
given = job["html"], tuple(job["styles"]), data, tuple(job["smaller"]), pictures
render(*given)
took = []
for _time in range({WARM}):
    before = time.process_time()
    render(*given)
    took.append(time.process_time() - before)
print(min(took))
"""


@dataclass(frozen=True)
class Spent:
    """What one run cost: seconds of processor time, and megabytes at the most."""

    seconds: float
    megabytes: float


def run(
    command: list[str], given: bytes = b"", environment: dict[str, str] | None = None
) -> tuple[Spent, bytes]:
    """Run a program to its end, watching what it and its children hold."""
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=told,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        most, ended = [0.0], threading.Event()
        watching = threading.Thread(target=_watch, args=(process.pid, most, ended))
        watching.start()
        assert process.stdin is not None
        process.stdin.write(given)
        process.stdin.close()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watching.join()
        told.seek(0)
        if process.returncode:
            raise SystemExit(f"{command[0]} ended with {process.returncode}")
        return Spent(used.ru_utime + used.ru_stime, most[0]), told.read()


def _watch(group: int, most: list[float], ended: threading.Event) -> None:
    while not ended.wait(0.02):
        held = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(process.name)) != group and os.getsid(int(process.name)) != group:
                    continue
                rollup = (process / "smaps_rollup").read_text(encoding="ascii")
                held += int(rollup.partition("\nPss:")[2].split()[0])
            except (OSError, IndexError, ValueError):
                continue
        most[0] = max(most[0], held / 1024)


def documents() -> dict[str, tuple[PlanDocument, str]]:
    """What is printed: a plan and its edition."""
    return {
        "one page": (samples.usual(), "profile"),
        "10 pages": (_short(samples.usual()), "standard"),
        "50 pages": (_shorter(samples.full()), "standard"),
    }


def _short(plan: PlanDocument) -> PlanDocument:
    """A usual plan with one need, and nothing of what not everybody has: 10 pages."""
    parts = ("about_me", "questions", "disagreements", "advice", "risks", "setbacks")
    update = {**dict.fromkeys(parts, ()), "needs": plan.needs[:1], "lines": plan.lines[:2], "over_reason": ""}
    return plan.model_copy(update=update)


def _shorter(plan: PlanDocument) -> PlanDocument:
    """A plan filled to the brim without some of its texts: 50 pages."""
    texts = dict.fromkeys(("helped", "carer_ill", "nobody_comes", "review", "important"), "")
    return plan.model_copy(update={**texts, "setbacks": plan.setbacks[1:]})


def ways(plan: PlanDocument, edition_id: str, chromium: str, folder: Path) -> dict[str, Callable[[], Spent]]:
    """How a document can be printed."""
    edition = EDITIONS[edition_id]
    html = plan_html(plan, ENGLISH, edition, MARK)
    data = enclosed_plan(plan, ENGLISH, edition, "")
    job = json.dumps(
        {
            "html": html,
            "styles": edition.styles,
            "enclosed": asdict(data) if data else None,
            "smaller": edition.smaller,
            "pictures": pictures_in(plan, edition, MARK),
        },
        default=str,
    ).encode()
    sheets = "".join(f'<link rel="stylesheet" href="{STATIC / "print" / name}">' for name in edition.styles)
    page = folder / f"{edition_id}.html"
    (folder / SQUARE).write_bytes(square_code(MARK.link))
    page.write_text(html.replace("</head>", f"{sheets}</head>"), encoding="utf-8")

    def cold() -> Spent:
        spent, pdf = run([sys.executable, "-P", "-m", worker.__name__], job, press.environment())
        (folder / "made.pdf").write_bytes(pdf)
        return spent

    def warm() -> Spent:
        spent, told = run([sys.executable, "-c", _AGAIN], job, press.environment())
        return Spent(float(told), spent.megabytes)

    def beside() -> Spent:
        out, home = folder / "chromium.pdf", folder / f"home-{time.monotonic_ns()}"
        flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
        where = (f"--user-data-dir={home}", f"--print-to-pdf={out}", "--no-pdf-header-footer")
        return run([chromium, *flags, *where, page.as_uri()])[0]

    return {"cold": cold, "warm": warm, "Chromium": beside}


def pages_of(pdf: Path) -> int:
    """How many pages a PDF has."""
    told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    return int(told.partition("Pages:")[2].split()[0])


def main() -> int:
    """Measure and print. Ends with 1 when an aim is missed."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("--rounds", type=int, default=3)
    given.add_argument("--chromium", default="/usr/bin/chromium")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        cases, sizes = {}, {}
        for name, (plan, edition) in documents().items():
            folder = Path(kept) / name.replace(" ", "-")
            folder.mkdir()
            for way, make in ways(plan, edition, asked.chromium, folder).items():
                cases[name, way] = make
            cases[name, "cold"]()
            sizes[name] = (pages_of(folder / "made.pdf"), (folder / "made.pdf").stat().st_size / 1000)
        took: dict[tuple[str, str], list[Spent]] = {case: [] for case in cases}
        for _round in range(asked.rounds):
            for case, make in cases.items():
                took[case].append(make())
    best = {
        case: Spent(min(one.seconds for one in runs), min(one.megabytes for one in runs))
        for case, runs in took.items()
    }
    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    print(f"{'':12}{'':10}{'pages':>7}{'kB':>7}{'seconds':>9}{'MB':>6}   best of {asked.rounds}")
    for (name, way), spent in best.items():
        pages, size = sizes[name]
        print(f"{name:12}{way:10}{pages:7}{size:7.0f}{spent.seconds:9.2f}{spent.megabytes:6.0f}")
    met = best["10 pages", "cold"].seconds <= AIM and best["50 pages", "cold"].megabytes <= MEMORY_AIM
    aims = f"10 pages cold in at most {AIM} s, 50 pages in at most {MEMORY_AIM} MB"
    print(f"aims: {aims}: {'met' if met else 'MISSED'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
