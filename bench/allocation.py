"""A million people through a scheme of points: together, one by one with the receipt, and from file to file.

Beside it the same scheme in OpenFisca-Core, in an environment of its own:

    bench/openfisca_environment.sh
    .venv/bin/python -m bench.allocation

Processor seconds, not those of the clock. Rounds take turns, and the median counts.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import points_scheme
from portal.budget.bulk.blocks import in_pennies
from portal.budget.bulk.columns import Column, Vocabulary
from portal.budget.bulk.evaluate import Figures, figures
from portal.budget.bulk.exact import Exact
from portal.budget.bulk.frame import Reader
from portal.budget.bulk.reading import BLOCK
from portal.budget.rules import allocate, compile_scheme, to_json
from portal.budget.rules.evaluation import evaluate
from portal.pack.scheme import canonical

ON = date(2026, 11, 22)
SIZES = (125_000, 250_000, 500_000, 1_000_000)
BATCH = 1_000
STYLES = ("parameters", "tables")
"""As its documentation looks numbers up, measured for the fewest people alone; and as fast as it can."""
ENVIRONMENT = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "plan-my-support" / "openfisca"
SCHEME = points_scheme.scheme()
Codes = NDArray[np.uint8]


def people(number: int) -> Codes:
    """The answers of so many people by chance, as codes: one row a question."""
    chance = np.random.default_rng(5)
    columns = [
        chance.integers(0, len(options), number, dtype=np.uint8) for options in points_scheme.options()
    ]
    # A third answer with little need, so that the smallest and the largest figure are both met.
    easy = chance.random(number) < 1 / 3
    for column in columns[: points_scheme.QUESTIONS]:
        column[easy] //= 4
    return np.stack(columns)


class Together:
    """Ours, many at once."""

    def __init__(self, codes: Codes) -> None:
        self.codes = codes
        self.reader = Reader(compile_scheme(SCHEME), ON)
        self.words = [Vocabulary(options) for options in points_scheme.options()]

    def blocks(self, number: int) -> Iterator[Figures]:
        """The figures of the first so many people, block by block."""
        names = points_scheme.columns()
        for first in range(0, number, BLOCK):
            last = min(first + BLOCK, number)
            columns = {
                name: Column(words, codes[first:last])
                for name, words, codes in zip(names, self.words, self.codes, strict=True)
            }
            yield figures(self.reader, columns, last - first)

    def seconds(self, number: int) -> float:
        """Processor seconds for so many people."""
        started = time.process_time()
        for _block in self.blocks(number):
            pass
        return time.process_time() - started

    def pennies(self, number: int) -> dict[str, NDArray[np.int64]]:
        """Weekly and yearly figures and streams in pennies, and who is looked at again."""
        found: dict[str, list[Any]] = {
            name: [] for name in ("weekly", "annual", "support", "carer", "review")
        }
        for block in self.blocks(number):
            assert block.alone is False
            assert block.weekly is not None
            assert block.annual is not None
            found["weekly"].append(_whole(block.weekly, block.rows))
            found["annual"].append(_whole(block.annual, block.rows))
            for name in ("support", "carer"):
                found[name].append(_whole(block.streams[name][0], block.rows))
            review = np.zeros(block.rows, dtype=np.int64)
            for _rule, mask, _uncapped in block.flags:
                review[mask] = 1
            found["review"].append(review)
        return {name: np.concatenate(parts) for name, parts in found.items()}


def _whole(number: Exact, rows: int) -> NDArray[np.int64]:
    return np.broadcast_to(np.asarray(in_pennies(number).num, dtype=np.int64), rows)


class Peer:
    """OpenFisca-Core in a process of its own."""

    def __init__(self, python: Path, folder: Path, codes: Codes) -> None:
        self.folder = folder
        np.save(folder / "codes.npy", codes)
        self.process = subprocess.Popen(
            [str(python), str(Path(__file__).with_name("openfisca_peer.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.send(self.about())

    def about(self) -> dict[str, Any]:
        """The scheme's numbers."""
        questions = points_scheme.scored()
        domains: list[list[str]] = [[] for _domain in range(points_scheme.DOMAINS)]
        for number, name in enumerate(questions):
            domains[number % points_scheme.DOMAINS].append(name)
        return {
            "questions": questions,
            "points": points_scheme.points(),
            "columns": points_scheme.columns(),
            "options": [list(options) for options in points_scheme.options()],
            "answers": str(self.folder / "codes.npy"),
            "domains": domains,
            "percent_off": [points_scheme.PERCENT.get(option, 0) for option in points_scheme.HELP],
            "break_pence": list(points_scheme.BREAK_PENCE.values()),
            "rate_pence": points_scheme.RATE_PENCE,
            "floor": points_scheme.FLOOR,
            "cap": points_scheme.CAP,
        }

    def send(self, command: dict[str, Any]) -> None:
        """Send one line."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def run(self, style: str, number: int, save: Path | None = None) -> dict[str, Any]:
        """Work out the first so many people."""
        assert self.process.stdout is not None
        self.send({"style": style, "people": number, "save": str(save) if save is not None else None})
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def end(self) -> None:
        """Let it go."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def answers_of(codes: Codes, first: int, last: int) -> list[dict[str, str]]:
    """The answers of some people by question."""
    names, options = points_scheme.columns(), points_scheme.options()
    columns = [
        [words[code] for code in column[first:last]] for words, column in zip(options, codes, strict=True)
    ]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def alone(codes: Codes, first: int, last: int) -> tuple[float, list[int], int]:
    """Processor seconds for people one by one with the receipt, their weekly pennies, and all lines.

    A receipt is looked at and let go before the next person comes, as it would be in a service.
    """
    spent, weekly, lines = 0.0, [], 0
    for start in range(first, last, BATCH):
        batch = answers_of(codes, start, min(start + BATCH, last))
        sums: list[Decimal | None] = []
        started = time.process_time()
        for given in batch:
            told = allocate(SCHEME, given, on=ON)
            lines += len(told.lines)
            sums.append(told.weekly)
        spent += time.process_time() - started
        weekly += [int(one * 100) for one in sums if one is not None]
    return spent, weekly, lines


def from_file_to_file(codes: Codes, folder: Path) -> tuple[float, int, list[str]]:
    """Processor seconds and peak KiB of the command, from a table on disk to one, and its figures."""
    cases, out, scheme = folder / "people.csv", folder / "figures.csv", folder / "scheme.yaml"
    scheme.write_text(canonical(SCHEME), encoding="utf-8")
    number = codes.shape[1]
    with cases.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *points_scheme.columns()])
        for start in range(0, number, BLOCK):
            batch = answers_of(codes, start, min(start + BLOCK, number))
            writer.writerows([f"p{start + at}", *given.values()] for at, given in enumerate(batch))
    command = [sys.executable, "-c", "from portal.commands import main; main()", "allocate"]
    files = ["--scheme", str(scheme), "--cases", str(cases), "--out", str(out), "--on", ON.isoformat()]
    process = subprocess.Popen([*command, *files], stderr=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    assert status == 0
    with out.open(encoding="utf-8", newline="") as file:
        weekly = [row["weekly"] for row in csv.DictReader(file)]
    return used.ru_utime + used.ru_stime, used.ru_maxrss, weekly


def _told(what: str, figure: str, aim: str, *, met: bool | None) -> None:
    print(f"{what:<58}{figure:>16}   {aim:<28}{'' if met is None else 'met' if met else 'NOT MET'}")


def _compare(ours: dict[str, NDArray[np.int64]], peer: Peer, saved: Path, number: int) -> None:
    """Hold every figure of every person against the peer's.

    :raises AssertionError: when one is not equal to the penny.
    """
    names = {"weekly": "weekly_pence", "annual": "annual_pence", "carer": "carer_pence", "review": "review"}
    for style in STYLES:
        peer.run(style, number, saved)
        theirs = np.load(saved)
        for mine, other in names.items():
            assert (ours[mine] == theirs[other]).all(), (style, mine)
        assert (ours["support"] == (theirs["support_hundredths"].astype(np.int64) + 50) // 100).all()
    _told("people whose figures are equal to the penny", f"{number:,}", "all", met=True)


def _asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--openfisca", type=Path, default=ENVIRONMENT / "bin" / "python")
    parser.add_argument("--people", type=int, default=SIZES[-1])
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args()
    if not told.openfisca.exists():
        parser.error("there is no OpenFisca-Core; run bench/openfisca_environment.sh first")
    return told


def main() -> None:
    """Measure and tell."""
    told = _asked()
    number, sizes = told.people, [size for size in SIZES if size <= told.people] or [told.people]
    codes = people(number)
    together = Together(codes)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer = Peer(told.openfisca, folder, codes)
        ours = together.pennies(number)
        _compare(ours, peer, folder / "peer.npz", number)
        rounds: dict[tuple[str, int], list[float]] = {}
        slices = np.linspace(0, number, told.rounds + 1, dtype=int).tolist()
        one_by_one: list[float] = []
        memory = lines = 0
        for turn in range(told.rounds):
            for size in sizes:
                times = max(1, number // size)
                spent_on = [together.seconds(size) for _time in range(times)]
                rounds.setdefault(("ours", size), []).append(sum(spent_on) / times)
                for style in STYLES if size == sizes[0] else ("tables",):
                    answers = [peer.run(style, size) for _time in range(times if style == "tables" else 1)]
                    spent_on = [answer["seconds"] for answer in answers]
                    rounds.setdefault((style, size), []).append(sum(spent_on) / len(spent_on))
                    memory = answers[-1]["memory_kib"]
            first, last = slices[turn], slices[turn + 1]
            spent, weekly, more = alone(codes, first, last)
            assert (np.array(weekly) == ours["weekly"][first:last]).all()
            one_by_one.append((last - first) / spent)
            lines += more
        peer.end()
        _tell(rounds, sizes)
        for given in answers_of(codes, 0, min(number, 2_000)):
            quick, slow = allocate(SCHEME, given, on=ON), evaluate(SCHEME, given, ON, with_help=True)
            assert to_json(quick) == to_json(slow)
        rate = statistics.median(one_by_one)
        _told(
            f"one by one with {lines / number:.1f} lines of receipt each, a second",
            f"{rate:,.0f}",
            "at least 100,000",
            met=rate >= 100_000,
        )
        _told("  the slowest round, the first included", f"{min(one_by_one):,.0f}", "", met=None)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _told("peak memory here, people included (MiB)", f"{own // 1024:,}", "", met=None)
        _told("peak memory of OpenFisca-Core (MiB)", f"{memory // 1024:,}", "", met=None)
        seconds, peak, found = from_file_to_file(codes, folder)
        assert found == [f"{pennies // 100}.{pennies % 100:02d}" for pennies in ours["weekly"].tolist()]
        _told(
            f"from file to file, {number:,} people (seconds)",
            f"{seconds:.1f}",
            "less than 15",
            met=seconds < 15,
        )
        _told("  its peak memory (MiB)", f"{peak // 1024:,}", "less than 2,048", met=peak < 2 * 2**20)


def _tell(rounds: dict[tuple[str, int], list[float]], sizes: list[int]) -> None:
    rate: Callable[[str, int], float] = lambda who, size: size / statistics.median(rounds[who, size])  # noqa: E731
    for size in sizes:
        _told(f"together, {size:,} people, a second", f"{rate('ours', size):,.0f}", "", met=None)
        for style in STYLES:
            if (style, size) not in rounds:
                continue
            times = rate("ours", size) / rate(style, size)
            figure = f"{rate(style, size):,.0f}"
            _told(
                f"  OpenFisca-Core with {style}: x{times:.1f}", figure, "ours at least x4.0", met=times >= 4
            )
    growth = rate("ours", sizes[0]) / rate("ours", sizes[-1])
    _told(
        "time a person, most people to fewest",
        f"x{growth:.2f}",
        "in proportion: up to x1.25",
        met=growth <= 1.25,
    )


if __name__ == "__main__":
    main()
