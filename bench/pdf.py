"""Processor time of a ten-page plan as a PDF, cold: a new process for each, as the portal makes it.

    python -m bench.pdf [--rounds 5]

What is compared turns about in one interleaved run, so that a busy machine disturbs each alike: the whole
(tags of our own, both standards), a process that only imports the renderer, and the same page drawn
without tags. A figure is the best of its rounds, as the kernel accounts the process and its children.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from babel import Locale

from portal.document import samples
from portal.document.printing import press
from portal.document.printing.plan import plan_html, render_plan
from portal.document.printing.press import print_pdf
from portal.paths import STATIC
from portal.words import Language

AIM = 1.3
"""Seconds of processor time for ten pages, cold."""

ENGLISH = Language("en", Locale.parse("en_GB"))
UNTAGGED = """
import sys, weasyprint
sheet, page = sys.argv[1:]
weasyprint.HTML(filename=page).write_pdf(page + ".pdf", stylesheets=[weasyprint.CSS(filename=sheet)])
"""


def seconds(make: Callable[[], object]) -> float:
    """Processor time of the processes that this starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    make()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def python(code: str, *arguments: str) -> None:
    """Run a few lines in a new process, as the press runs its own."""
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, env=press.environment())


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        told = subprocess.run(["pdfinfo", file.name], check=True, capture_output=True, text=True).stdout
    return int(told.partition("Pages:")[2].split()[0])


def main() -> int:
    """Measure and print. Ends with 1 when the aim is missed."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("--rounds", type=int, default=5)
    rounds = given.parse_args().rounds

    plan = samples.usual()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "plan.html"
        page.write_text(plan_html(plan, ENGLISH), encoding="utf-8")
        cases: dict[str, Callable[[], object]] = {
            "a plan, PDF/UA-1 and PDF/A-3a": lambda: render_plan(plan, ENGLISH),
            "the same without tags": lambda: python(UNTAGGED, str(STATIC / "print" / "print.css"), str(page)),
            "importing the renderer": lambda: python("import weasyprint"),
            "one empty page": lambda: print_pdf("<html lang=en><title>A</title><p>A", ("print.css",)),
        }
        took: dict[str, list[float]] = {name: [] for name in cases}
        for _round in range(rounds):
            for name, make in cases.items():
                took[name].append(seconds(make))

    pdf = render_plan(plan, ENGLISH)
    best = {name: min(times) for name, times in took.items()}
    whole = best["a plan, PDF/UA-1 and PDF/A-3a"]
    print(
        f"{pages_of(pdf)} pages, {len(pdf) / 1000:.0f} kB; best of {rounds}, seconds of processor time, cold"
    )
    for name, figure in best.items():
        print(f"  {figure:5.2f}  {whole / figure:5.2f} times  {name}")
    print(f"aim: at most {AIM} s: {'met' if whole <= AIM else 'MISSED'}")
    return 0 if whole <= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
