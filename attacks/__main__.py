"""Attack the portal, and print what came of it.

    python -m attacks                         every attack in full, on each database where it matters
    python -m attacks --short                 as small as in the tests
    python -m attacks kill tamper             these only
    python -m attacks kill --size kills=20    with another size
    python -m attacks --planted               each planted fault instead: every one must be found

Ends with 1 when the portal did not withstand an attack, or a planted fault was not found.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

from attacks.report import Report, place_on, told
from attacks.table import ATTACKS, Attack, Sizes, named


def main() -> None:
    """Run what is asked for, print a table, and fail when anything was wrong."""
    asked = _asked()
    attacks = [named(name) for name in asked.names] or list(ATTACKS)
    failed = 0
    for attack, kind, fault in _turns(attacks, asked):
        began = time.monotonic()
        sizes = {**_sizes(attack, asked), **dict(asked.size)}
        with place_on(kind) as place:
            report = attack.run(place, sizes, fault)
        failed += _told(attack, kind, fault, report, time.monotonic() - began)
    raise SystemExit(1 if failed else 0)


def _turns(attacks: list[Attack], asked: argparse.Namespace) -> Iterator[tuple[Attack, str, str]]:
    for attack in attacks:
        kinds = [kind for kind in attack.databases if asked.database in {"each", kind}]
        if asked.planted:
            yield from ((attack, kinds[0], fault) for fault in attack.faults if kinds)
        else:
            yield from ((attack, kind, "") for kind in kinds)


def _sizes(attack: Attack, asked: argparse.Namespace) -> Sizes:
    if asked.planted:
        return attack.planted or attack.short
    return attack.short if asked.short else attack.full


def _told(attack: Attack, kind: str, fault: str, report: Report, seconds: float) -> bool:
    """Print what came of one attack; whether it is a failure."""
    failed = not report.wrong if fault else bool(report.wrong)
    outcome = "skipped" if report.skipped else "FAILED" if failed else "found" if fault else "withstood"
    failed = failed and not report.skipped
    print(f"{attack.name:14} {kind:11} {outcome:10} {seconds:7.1f} s  {fault or attack.reach}", flush=True)
    if report.skipped or report.figures:
        print(f"{'':26} {report.skipped or told(report.figures)}", flush=True)
    for what in report.wrong[:10] if not fault else report.wrong[:1]:
        print(f"{'':26} - {what}", flush=True)
    return failed


def _asked() -> argparse.Namespace:
    reading = argparse.ArgumentParser(
        prog="python -m attacks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reading.add_argument("names", nargs="*", metavar="NAME", choices=[a.name for a in ATTACKS] + [[]])
    reading.add_argument("--short", action="store_true", help="as small as in the tests")
    reading.add_argument("--planted", action="store_true", help="plant each fault, and see it found")
    reading.add_argument("--database", choices=("sqlite", "postgresql", "each"), default="each")
    reading.add_argument("--size", action="append", type=_size, default=[], metavar="NAME=NUMBER")
    return reading.parse_args()


def _size(said: str) -> tuple[str, int]:
    name, _, number = said.partition("=")
    return name, int(number)


if __name__ == "__main__":
    main()
