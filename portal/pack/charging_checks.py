"""Whether the files on what people may have to pay fit together, and may be used in a live pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from portal.pack.charging import (
    ChargingPolicy,
    ChargingQuestions,
    ChargingRates,
    IncomeKind,
    WhatCounts,
    limit_faults,
)
from portal.pack.conditions import Answers, holds
from portal.pack.faults import PackProblem
from portal.pack.questions import Question
from portal.pack.reading import Path_, Source
from portal.pack.references import condition_problems, fields_and_questions, nearest

Rates = Sequence[tuple[ChargingRates, Source]]

HOUSEHOLDS = ("single", "lone_parent", "couple")
AGES = ("18_to_24", "25_to_pension", "pension_age")
SAVINGS = ("low", "middle", "high")
ASKED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "pay_savings_band": ("one_of", SAVINGS),
    "pay_savings": ("money", ()),
    "pay_household": ("one_of", HOUSEHOLDS),
    "pay_age": ("one_of", AGES),
    "pay_income": ("any_of", ()),
}
"""The questions that the rules cannot do without: the kind of each and the options it must have."""


def charging_problems(files: Mapping[str, tuple[Any, Source]], rates: Rates) -> Iterator[PackProblem]:
    """Every fault between the files of ``charging/`` that could be read."""
    yield from _years(rates)
    if "charging/local.yaml" in files:
        yield from _policy(*files["charging/local.yaml"], files, rates)
    if "charging/questions.yaml" in files and "charging/income.yaml" in files:
        yield from _questions(*files["charging/questions.yaml"], files["charging/income.yaml"][0])
    if "council.yaml" in files and files["council.yaml"][0].status == "live":
        yield from _live(files, rates)


def _years(rates: Rates) -> Iterator[PackProblem]:
    ordered = sorted(rates, key=lambda read: read[0].from_day)
    for (earlier, before), (later, source) in pairwise(ordered):
        if later.from_day <= earlier.last_day:
            yield source.problem(
                ("from_day",),
                f"on {later.from_day} the figures in {before.file} hold too",
                "End the earlier year on the day before",
            )


def _policy(
    policy: ChargingPolicy, source: Source, files: Mapping[str, tuple[Any, Source]], rates: Rates
) -> Iterator[PackProblem]:
    for year, _source in rates:
        if year.last_day >= policy.from_day:
            for key, problem, fix in limit_faults(policy, year):
                yield source.problem((key,), problem, fix)
    if "charging/income.yaml" in files:
        known = [kind.id for kind in files["charging/income.yaml"][0].income]
        for at, name in enumerate(policy.also_ignored):
            if name not in known:
                problem = f"there is no kind of income {name}"
                yield source.problem(("also_ignored", at), problem, nearest(name, known))


def _live(files: Mapping[str, tuple[Any, Source]], rates: Rates) -> Iterator[PackProblem]:
    """A live pack tells people nothing that was made up or worked out by somebody else."""
    if "charging/local.yaml" in files and files["charging/local.yaml"][0].illustrative:
        yield files["charging/local.yaml"][1].problem(
            ("illustrative",),
            "a live pack cannot use an illustrative policy",
            "Write the council’s own policy, or status: demo in council.yaml",
        )
    for year, source in rates:
        for name in year.derived():
            yield source.problem(
                ("figures", name, "status"),
                f"{name} is derived, and a live pack cannot use it",
                "Read the figure in its source, and write it with status: published",
            )


def _questions(asked: ChargingQuestions, source: Source, counts: WhatCounts) -> Iterator[PackProblem]:
    earlier: dict[str, Question] = {}
    for at, section in enumerate(asked.sections):
        for inner, question in enumerate(section.questions):
            where: Path_ = ("sections", at, "questions", inner)
            if question.id in earlier:
                yield source.problem(
                    (*where, "id"), f"there is a question {question.id} already", "Give each its own id"
                )
            known = fields_and_questions(earlier.values())
            yield from condition_problems(question.ask_if, known, source, (*where, "ask_if"))
            yield from _kinds(question, counts, source, where)
            earlier[question.id] = question
    yield from _needed(earlier, counts, source)
    yield from _expenses(earlier, counts, source)


def _kinds(question: Question, counts: WhatCounts, source: Source, where: Path_) -> Iterator[PackProblem]:
    """Kinds of income and cost that a question names and nothing says how to count."""
    named: list[tuple[Path_, str]] = []
    known: list[str] = []
    if question.id == "pay_income":
        known = [kind.id for kind in counts.income]
        named = [
            ((*where, "options", at, "id"), option.id)
            for at, option in enumerate(question.options)
            if not option.exclusive
        ]
    elif question.id in {"pay_housing", "pay_disability"}:
        costs = counts.housing if question.id == "pay_housing" else counts.disability_expenses
        known = [kind.id for kind in costs]
        named = [((*where, "fields", at, "id"), field.id) for at, field in enumerate(question.fields)]
    for place, name in named:
        if name not in known:
            problem = f"charging/income.yaml has no {name} for {question.id}"
            yield source.problem(place, problem, nearest(name, known))


def _needed(asked: Mapping[str, Question], counts: WhatCounts, source: Source) -> Iterator[PackProblem]:
    """Questions that the rules cannot do without."""
    for name, (kind, options) in ASKED.items():
        question = asked.get(name)
        if question is None or question.kind != kind or not set(options) <= set(question.values):
            listed = f" with the options {', '.join(options)}" if options else ""
            yield source.problem(
                ("sections",), f"{name} is not asked as it is read", f"Ask it as {kind}{listed}"
            )
    income = asked.get("pay_income")
    offered = {option.id for option in income.options} if income else set()
    for each in counts.income:
        if each.id in offered and _has_amount(each) and f"pay_{each.id}" not in asked:
            yield source.problem(
                ("sections",),
                f"nothing asks how much {each.id} is",
                f"Add a question pay_{each.id} of kind money, or a rate to the kind in charging/income.yaml",
            )


def _expenses(asked: Mapping[str, Question], counts: WhatCounts, source: Source) -> Iterator[PackProblem]:
    """Benefits for care needs whose extra costs nobody would be asked about (Schedule 1, paragraph 4)."""
    income, expenses = asked.get("pay_income"), asked.get("pay_disability")
    offered = {option.id for option in income.options} if income else set()
    for kind in counts.income:
        if kind.treatment != "disability" or kind.id not in offered:
            continue
        answers: Answers = {"pay_savings_band": "low", "pay_income": [kind.id]}
        if expenses is None or not holds(expenses.ask_if, answers):
            yield source.problem(
                ("sections",),
                f"who gets {kind.id} is not asked about the costs of their disability",
                f"Ask pay_disability when pay_income is {kind.id}",
            )


def _has_amount(kind: IncomeKind) -> bool:
    return kind.treatment != "ignored" and kind.rate is None
