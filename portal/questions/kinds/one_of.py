"""One of several statements, drawn as radios; yes or no is the shortest of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from portal.fields import Control
from portal.pack.conditions import Kept
from portal.pack.questions import Question
from portal.questions.kinds.base import Form, Problem, Say, Told, Typed, field, first, missing, read_boxes
from portal.questions.kinds.choosing import choices, told_choice
from portal.text import _


class OneOf:
    """Kept as the option's id."""

    missing = _("Select one answer")

    def read(self, question: Question, form: Form, name: str) -> Typed:
        return read_boxes(form, name)

    def problems(self, question: Question, typed: Typed, name: str, today: date) -> tuple[Problem, ...]:
        if first(typed, name) in question.values:
            return ()
        return missing(question, name, self.missing)

    def keep(self, question: Question, typed: Typed, name: str, today: date) -> Kept | None:
        chosen = first(typed, name)
        return chosen if chosen in question.values else None

    def typed(self, question: Question, kept: Kept | None, name: str) -> Typed:
        return {name: (kept,)} if isinstance(kept, str) else {}

    def tell(self, question: Question, kept: Kept) -> Told:
        return told_choice(question, kept if isinstance(kept, str) else "")

    def whole(self, question: Question, kept: Kept) -> bool:
        return kept in question.values

    def controls(
        self, question: Question, typed: Typed, name: str, wrong: Sequence[Problem], say: Say
    ) -> tuple[Control, ...]:
        drawn = field("radios", question, name, wrong, say)
        return (replace(drawn, value=first(typed, name), options=choices(question, say)),)


class YesNo(OneOf):
    """Kept as ``yes`` or ``no``."""

    missing = _("Select yes or no")
