"""A population comes out the same together as one by one."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.budget.bulk import Summary, reading, work_out
from portal.budget.rules import allocate
from portal.pack.conditions import Condition
from portal.pack.loading import load_model
from portal.pack.reading import read_yaml
from portal.pack.scheme import Quantity, Reducer, Scheme
from portal.pack.walking import parts_like
from portal.paths import PACKS
from tests.budget.bulk.drawing import rare_schemes, said, table
from tests.budget.rules.generating import NEEDS, answers, schemes
from tests.budget.rules.making import ON

COLUMNS = (*NEEDS, "help_with", "help_share", "hours", "days")
CASES = Path(__file__).parents[2] / "cases" / "allocation"


class Quiet:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.problems: list[tuple[int, str]] = []

    def notice(self, words: str) -> None:
        self.notices.append(words)

    def problem(self, row: int, words: str) -> None:
        self.problems.append((row, words))

    def progress(self, position: int) -> None:
        pass


def worked_out(scheme: Scheme, cases: Path, *, vector: bool, on: date = ON) -> tuple[str, Summary, Quiet]:
    report, out = Quiet(), cases.with_suffix(".out.csv")
    summary = work_out(scheme, cases, out, on=on, report=report, vector=vector)
    return out.read_text(encoding="utf-8"), summary, report


def same(scheme: Scheme, cases: Path, on: date = ON) -> tuple[Summary, Quiet]:
    together, summary, report = worked_out(scheme, cases, vector=True, on=on)
    alone, _summary, beside = worked_out(scheme, cases, vector=False, on=on)
    assert together.splitlines() == alone.splitlines()
    assert report.problems == beside.problems
    return summary, report


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        # Blocks of a few people, so that what lasts from block to block is tried too.
        patch.setattr(reading, "BLOCK", 5)
        yield tmp_path_factory.mktemp("population") / "people.csv"


@given(schemes(), st.lists(answers(), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_scheme_gives_the_same_figures_together(
    place: Path, made: Scheme, people: list[dict[str, Any]]
) -> None:
    same(made, table(place, people, COLUMNS))


@given(rare_schemes(), st.lists(said(), min_size=1, max_size=12))
@settings(max_examples=120, deadline=None)
def test_a_scheme_with_rarer_parts_gives_the_same_figures_together(
    place: Path, made: Scheme, people: list[dict[str, Any]]
) -> None:
    same(made, table(place, people, COLUMNS))


def shipped() -> list[Path]:
    return sorted(Path(PACKS).glob("*/schemes/*.yaml"))


def published() -> list[Path]:
    return sorted(path for path in CASES.glob("*.yaml") if path.name != "cases.yaml")


def by_chance(scheme: Scheme, chance: random.Random) -> dict[str, Any]:
    """Answers to every question of a scheme, as its rules read them."""
    given: dict[str, Any] = {}
    facts = _facts(scheme)
    for question in scheme.questions:
        options = [*question.steps, *facts.get(question.id, ())]
        if chance.random() < 0.03:
            given[question.id] = "not-sure"
        elif options and question.id in _lists(scheme):
            given[question.id] = chance.sample(options, chance.randint(1, min(3, len(options))))
        elif options:
            given[question.id] = chance.choice(options)
        else:
            given[question.id] = chance.choice(["0", "1", "2.5", "7", "14", "40"])
    return given


def _facts(scheme: Scheme) -> dict[str, set[str]]:
    """The options that rules name of questions that carry no points."""
    found: dict[str, set[str]] = {}
    for _where, condition in parts_like(scheme, Condition):
        if condition.question is not None:
            found.setdefault(condition.question, set()).update(condition.is_ or condition.is_not or ())
    for _where, quantity in parts_like(scheme, Quantity):
        if quantity.by is not None:
            found.setdefault(quantity.by, set()).update(quantity.values or ())
    for _where, reducer in parts_like(scheme, Reducer):
        found.setdefault(reducer.driver, set()).update(reducer.table or ())
        if reducer.named_in is not None:
            found.setdefault(reducer.named_in, set()).update(reducer.of)
    return {name: options - {"not-sure", "rather-not-say"} for name, options in found.items()}


def _lists(scheme: Scheme) -> set[str]:
    return {reducer.named_in for reducer in scheme.reducers if reducer.named_in is not None}


@pytest.mark.parametrize("file", [*shipped(), *published()], ids=lambda file: file.stem)
def test_a_scheme_on_file_gives_the_same_figures_together(file: Path, tmp_path: Path) -> None:
    scheme = load_model(file, Scheme)
    chance = random.Random(file.stem)
    people = [by_chance(scheme, chance) for _number in range(300)]
    columns = [question.id for question in scheme.questions]
    same(scheme, table(tmp_path / "people.csv", people, columns), on=date(2026, 11, 22))


def test_the_demonstration_is_worked_out_together_and_not_one_by_one(tmp_path: Path) -> None:
    scheme = load_model(Path(PACKS) / "demo" / "schemes" / "harrowmere-2026.yaml", Scheme)
    chance = random.Random(8)
    people = [by_chance(scheme, chance) for _number in range(500)]
    cases = table(tmp_path / "people.csv", people, [question.id for question in scheme.questions])
    summary, report = same(scheme, cases)
    assert report.notices == []
    assert summary.alone <= 5
    rows = csv.DictReader(worked_out(scheme, cases, vector=True)[0].splitlines())
    figures = [Decimal(row["weekly"]) for row in rows if row["status"] == "figure"]
    assert len(figures) > 400
    assert len(set(figures)) > 100


CASE_LIST: list[dict[str, Any]] = read_yaml(CASES / "cases.yaml", "cases.yaml").content


@pytest.mark.parametrize("case", CASE_LIST, ids=lambda case: case["id"])
def test_a_published_example_comes_out_of_a_table_as_on_its_own(case: dict[str, Any], tmp_path: Path) -> None:
    scheme = load_model(CASES / case["scheme"], Scheme)
    on = date.fromisoformat(case.get("on", "2026-11-22"))
    alone = allocate(scheme, case["answers"], on=on)
    columns = [question.id for question in scheme.questions]
    told = worked_out(
        scheme, table(tmp_path / "people.csv", [case["answers"]] * 2, columns), vector=True, on=on
    )
    for row in csv.DictReader(told[0].splitlines()):
        assert row["status"] == alone.status
        assert row["amount"] == ("" if alone.amount is None else f"{alone.amount:.2f}")
        assert row["weekly"] == ("" if alone.weekly is None else f"{alone.weekly:.2f}")
