"""Several fields on one page. What is right is kept while something else is put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from portal.fields import Control
from portal.pack.conditions import Kept
from portal.pack.questions import KindName, Question
from portal.questions.kinds.base import Form, Kind, Part, Problem, Say, Told, Typed


def box(name: str, field: Question) -> str:
    """The name of a field's box."""
    return f"{name}-{field.id}"


class Group:
    """Kept as ``{"field": kept}``; a field that is empty or wrong is left out.

    :param kinds: the kinds of its fields.
    """

    def __init__(self, kinds: Mapping[KindName, Kind]) -> None:
        self._kinds = kinds

    def read(self, question: Question, form: Form, name: str) -> Typed:
        typed: dict[str, tuple[str, ...]] = {}
        for field in question.fields:
            typed |= self._kinds[field.kind].read(field, form, box(name, field))
        return typed

    def problems(self, question: Question, typed: Typed, name: str, today: date) -> tuple[Problem, ...]:
        if question.optional and not typed:
            return ()
        return self.problems_of_fields(question, typed, name, today)

    def problems_of_fields(
        self, question: Question, typed: Typed, name: str, today: date
    ) -> tuple[Problem, ...]:
        """What is wrong with the fields, also where nothing was typed at all."""
        found: list[Problem] = []
        for field in question.fields:
            wrong = self._kinds[field.kind].problems(field, typed, box(name, field), today)
            found += [p if p.message is field.missing else replace(p, about=field.short) for p in wrong]
        return tuple(found)

    def keep(self, question: Question, typed: Typed, name: str, today: date) -> Kept | None:
        kept = {}
        for field in question.fields:
            answer = self._kinds[field.kind].keep(field, typed, box(name, field), today)
            if answer is not None:
                kept[field.id] = answer
        return kept or None

    def typed(self, question: Question, kept: Kept | None, name: str) -> Typed:
        answers = kept if isinstance(kept, dict) else {}
        typed: dict[str, tuple[str, ...]] = {}
        for field in question.fields:
            typed |= self._kinds[field.kind].typed(field, answers.get(field.id), box(name, field))
        return typed

    def tell(self, question: Question, kept: Kept) -> Told:
        answers = kept if isinstance(kept, dict) else {}
        return tuple(
            Part(field.short, self._kinds[field.kind].tell(field, answers[field.id]))
            for field in question.fields
            if field.id in answers
        )

    def whole(self, question: Question, kept: Kept) -> bool:
        return isinstance(kept, dict) and all(
            self._kinds[field.kind].whole(field, kept[field.id]) if field.id in kept else field.optional
            for field in question.fields
        )

    def controls(
        self, question: Question, typed: Typed, name: str, wrong: Sequence[Problem], say: Say
    ) -> tuple[Control, ...]:
        drawn: list[Control] = []
        for field in question.fields:
            drawn += self._kinds[field.kind].controls(field, typed, box(name, field), wrong, say)
        return tuple(drawn)
