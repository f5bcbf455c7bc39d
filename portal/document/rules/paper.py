"""The self-assessment on paper: questions with numbers, and words instead of branching.

A computer asks only what follows from the answers before. Paper carries every question, so it says
beside an answer which question comes next, or above a question who is to answer it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from portal.pack.conditions import Condition, questions_in
from portal.pack.questions import Question, Section
from portal.pack.text import Words
from portal.pack.values import NOT_SURE, RATHER_NOT_SAY
from portal.questions.numbers import question_numbers

NEVER_PRINTED = frozenset({"safe"})
"""Questions whose answers are never printed: somebody the person is afraid of may find the page."""

MOST_TESTS = 3
"""A question that depends on more than this is put to everybody on paper: the rule would be harder to read
than the question, and an answer that does not count does no harm."""

Join = Literal["all", "any", "none"]
Test = Literal["ticked", "not_ticked", "number", "answered", "not_answered"]


@dataclass(frozen=True)
class Joined:
    """Conditions that must hold all, at least one of them, or none of them."""

    join: Join
    parts: tuple[Joined | Single, ...]


@dataclass(frozen=True)
class Single:
    """One thing that must be so at the question with this number.

    :ivar answers: answers by their words, or ``yes``, ``no`` and the reserved identifiers as they are.
    """

    test: Test
    number: int
    answers: tuple[Words | str, ...] = ()
    least: str = ""
    most: str = ""


@dataclass(frozen=True)
class PaperQuestion:
    """A question as it stands on paper.

    :ivar number: the same on paper and on screen.
    :ivar only_if: who is to answer it, unless an answer before has said so, or it is put to everybody.
    :ivar go_to: after which answers to leave out questions, and the number to go on with; 0 is the end.
    """

    number: int
    question: Question
    only_if: Joined | Single | None
    go_to: Mapping[str, int]


@dataclass(frozen=True)
class PaperSection:
    """A section as it stands on paper."""

    section: Section
    questions: tuple[PaperQuestion, ...]


def paper_form(sections: tuple[Section, ...]) -> tuple[PaperSection, ...]:
    """The whole self-assessment for paper."""
    return _Form(sections).lay_out(sections)


class _Form:
    def __init__(self, sections: tuple[Section, ...]) -> None:
        self.questions = [question for section in sections for question in section.questions]
        self.numbers = question_numbers(sections)
        self.by_id = {question.id: question for question in self.questions}
        self.routes = {question.id: self._routes(question) for question in self.questions}

    def lay_out(self, sections: tuple[Section, ...]) -> tuple[PaperSection, ...]:
        return tuple(
            PaperSection(
                section,
                tuple(
                    PaperQuestion(
                        number=self.numbers[question.id],
                        question=question,
                        only_if=None if self._for_everybody(question) else self._told(question.ask_if),
                        go_to=self.routes[question.id],
                    )
                    for question in section.questions
                ),
            )
            for section in sections
        )

    def _routes(self, question: Question) -> dict[str, int]:
        """For each answer that leaves questions out: the number to go to, 0 when none is left."""
        routes: dict[str, int] = {}
        place = self.numbers[question.id]
        for answer in _single_answers(question):
            following = self.questions[place:]
            skipped = 0
            for later in following:
                if _holds(later.ask_if, question.id, answer) is not False:
                    break
                skipped += 1
            if skipped:
                routes[answer] = 0 if skipped == len(following) else place + skipped + 1
        return routes

    def _for_everybody(self, question: Question) -> bool:
        """Whether no words are needed about who answers a question."""
        return self._led_past(question) or len(list(questions_in(question.ask_if))) > MOST_TESTS

    def _led_past(self, question: Question) -> bool:
        """Whether everybody who is not to answer a question was already sent past it."""
        condition = question.ask_if
        if condition is None or condition.question is None or condition.question not in self.by_id:
            return condition is None
        source = self.by_id[condition.question]
        answers = _single_answers(source)
        if source.kind == "any_of":
            alone = set(answers)
            if condition.is_not is None or not alone.issuperset(condition.is_not):
                return False
        elif not answers:
            return False
        number = self.numbers[question.id]
        for answer in answers:
            if _holds(condition, source.id, answer) is False:
                target = self.routes[source.id].get(answer, 1)
                if target and target <= number:
                    return False
        return True

    def _told(self, condition: Condition | None) -> Joined | Single | None:
        if condition is None:
            return None
        joins: tuple[tuple[Join, tuple[Condition, ...] | None], ...] = (
            ("all", condition.all),
            ("any", condition.any),
            ("none", condition.none),
        )
        for join, parts in joins:
            if parts is not None:
                told = tuple(self._told(part) for part in parts)
                return Joined(join, tuple(part for part in told if part is not None))
        return self._told_single(condition)

    def _told_single(self, condition: Condition) -> Single:
        assert condition.question is not None
        name, _, field = condition.question.partition(".")
        number = self.numbers.get(name, 0)
        asked = self.by_id.get(name)
        if asked is not None and field:
            asked = next((inner for inner in asked.fields if inner.id == field), asked)
        if condition.is_ is not None:
            return Single("ticked", number, _answers(asked, condition.is_))
        if condition.is_not is not None:
            return Single("not_ticked", number, _answers(asked, condition.is_not))
        if condition.answered is not None:
            return Single("answered" if condition.answered else "not_answered", number)
        return Single(
            "number",
            number,
            least="" if condition.at_least is None else str(condition.at_least),
            most="" if condition.at_most is None else str(condition.at_most),
        )


def _answers(question: Question | None, values: tuple[str, ...]) -> tuple[Words | str, ...]:
    told: list[Words | str] = []
    for value in values:
        option = question.option(value) if question is not None else None
        told.append(option.label if option is not None else value)
    return tuple(told)


def _single_answers(question: Question) -> tuple[str, ...]:
    """The answers beside which no other can stand, so that a way on can be printed next to them."""
    if question.kind in {"one_of", "yes_no"}:
        return question.values
    alone = tuple(option.id for option in question.options if option.exclusive)
    return alone + tuple(value for value in (NOT_SURE, RATHER_NOT_SAY) if value in question.values)


def _holds(condition: Condition | None, question: str, answer: str) -> bool | None:
    """Whether a condition holds when all that is known is one answer; ``None`` when that is not enough."""
    if condition is None:
        return True
    if condition.all is not None:
        return _all([_holds(part, question, answer) for part in condition.all])
    if condition.any is not None:
        return _not(_all([_not(_holds(part, question, answer)) for part in condition.any]))
    if condition.none is not None:
        return _all([_not(_holds(part, question, answer)) for part in condition.none])
    if condition.question != question:
        return None
    if condition.is_ is not None:
        return answer in condition.is_
    if condition.is_not is not None:
        return answer not in condition.is_not
    if condition.answered is not None:
        return condition.answered
    return False


def _not(value: bool | None) -> bool | None:  # noqa: FBT001
    return None if value is None else not value


def _all(values: list[bool | None]) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True
