"""Answers in a file: read in the forms that people write, and looked over beside a scheme."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from portal.budget.rules import Allocation, compile_scheme
from portal.budget.rules.run import as_number, is_unknown
from portal.pack.conditions import Kept
from portal.pack.faults import PackProblem, PackProblems
from portal.pack.reading import Source, read_yaml
from portal.pack.scheme import Scheme
from portal.pack.values import UNKNOWN

EVERY = ("day", "week", "four_weeks", "month", "year")
"""How often a sum of money given may come."""


class Given(NamedTuple):
    """Answers by question id, and the file they stand in."""

    answers: dict[str, Kept]
    source: Source


def read_answers(file: Path, scheme: Scheme) -> Given:
    """Answers from a YAML or JSON file. ``true`` and ``false`` are yes and no; ``null`` is no answer.

    :raises PackProblems: when it is no mapping of question ids, or holds a number below nought.
    """
    source = read_yaml(file, file.name)
    if not isinstance(source.content, dict):
        fix = "Write one question id and its answer on each line, such as nutrition: some"
        raise PackProblems([PackProblem(file.name, 1, "these are not answers", fix)])
    given = Given(_kept(source.content), source)
    wrong = list(_refused(given, scheme))
    if wrong:
        raise PackProblems(wrong)
    return given


def _kept(given: Any) -> Any:
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, dict):
        return {key: _kept(value) for key, value in given.items() if value is not None}
    if isinstance(given, list):
        return [_kept(value) for value in given if value is not None]
    return given


def _refused(given: Given, scheme: Scheme) -> Iterator[PackProblem]:
    """What nobody can mean: a number below nought, or answers that stand under a key of their own."""
    for name in given.answers.keys() & compile_scheme(scheme).numbers:
        answer = given.answers[name]
        number = as_number(answer.get("pounds") if isinstance(answer, dict) else answer)
        if number is not None and number < 0:
            yield given.source.problem((name,), f"{name} is below nought", "Write 0 or more")
    if isinstance(given.answers.get("answers"), dict) and scheme.question("answers") is None:
        fix = "Remove the line with answers:, and the spaces before the lines below it"
        yield given.source.problem(("answers",), "answers is no question", fix)


def look_over(given: Given, scheme: Scheme, allocation: Allocation) -> tuple[PackProblem, ...]:
    """What is wrong with answers, or looks like a slip: where it stands, and what to write."""
    told = (
        problem
        for find in (_unreadable, _missing, _slips)
        for problem in find(given, scheme, allocation.missing)
    )
    return tuple(sorted(told))


def _unreadable(given: Given, scheme: Scheme, missing: tuple[str, ...]) -> Iterator[PackProblem]:
    compiled = compile_scheme(scheme)
    for name in given.answers.keys() & compiled.questions.keys():
        answer, place = given.answers[name], (name,)
        if is_unknown(answer):
            if name in missing:
                words = "without this answer the scheme gives no figure"
                yield given.source.problem(place, f"{name} is not known, and {words}", "Write an answer")
            continue
        options = compiled.options[name]
        if isinstance(answer, dict) and "pounds" in answer:
            yield from _wrong_money(given.source, name, answer)
        elif name in missing and options:
            listed = ", ".join(option for option in compiled.questions[name].steps)
            yield given.source.problem(place, f"{name} cannot be {_shown(answer)}", f"Write one of {listed}")
        elif name in compiled.numbers and as_number(answer) is None:
            fix = "Write figures only, such as 12.50, or {pounds: 12.50, every: week} for money"
            yield given.source.problem(place, f"{name} is a number, not {_shown(answer)}", fix)


def _wrong_money(source: Source, name: str, answer: dict[str, Any]) -> Iterator[PackProblem]:
    if as_number(answer["pounds"]) is None:
        problem = f"the pounds of {name} are a number, not {_shown(answer['pounds'])}"
        yield source.problem((name, "pounds"), problem, "Write figures only, such as 12.50")
    every = answer.get("every")
    if every is not None and every not in EVERY:
        problem = f"every cannot be {_shown(every)}"
        yield source.problem((name, "every"), problem, f"Write one of {', '.join(EVERY)}")


def _missing(given: Given, scheme: Scheme, missing: tuple[str, ...]) -> Iterator[PackProblem]:
    compiled = compile_scheme(scheme)
    for name in missing:
        if name not in given.answers:
            steps = compiled.questions[name].steps
            fix = f"one of {', '.join(steps)}" if steps else "its answer"
            yield given.source.problem((), f"{name} has no answer", f"Add a line with {name}: and {fix}")


def _slips(given: Given, scheme: Scheme, missing: tuple[str, ...]) -> Iterator[PackProblem]:
    known = {question.id for question in scheme.questions}
    unanswered = [name for name in (*missing, *sorted(known)) if name not in given.answers]
    for name in given.answers.keys() - known:
        near = difflib.get_close_matches(name, unanswered, n=1, cutoff=0.75)
        if near:
            problem = f"the scheme reads no question {name}"
            yield given.source.problem((name,), problem, f"Write {near[0]}, or remove the line")


def _shown(given: Any) -> str:
    if isinstance(given, str) and given not in UNKNOWN:
        return f"“{given}”"
    if isinstance(given, list) and all(isinstance(part, str) for part in given):
        return f"[{', '.join(given)}]"
    return "this"
