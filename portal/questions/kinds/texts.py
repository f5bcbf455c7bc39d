"""A person's own words: one line, or as many as they like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from portal.fields import Control, ControlKind
from portal.pack.conditions import Kept
from portal.pack.questions import Question
from portal.questions.kinds.base import (
    UNKNOWN_WORDS,
    WRONG_BOTH,
    Form,
    Message,
    Problem,
    Say,
    Told,
    Typed,
    field,
    first,
    kept_unknown,
    missing,
    read_boxes,
    ticked_unknown,
    unknown_control,
    unknown_name,
)
from portal.text import _


class ShortText:
    """One line, kept as typed but for line breaks."""

    longest = 200
    drawn_as: ControlKind = "text"

    def read(self, question: Question, form: Form, name: str) -> Typed:
        typed = read_boxes(form, name, unknown_name(name))
        return {box: tuple(" ".join(text.split()) for text in texts) for box, texts in typed.items()}

    def problems(self, question: Question, typed: Typed, name: str, today: date) -> tuple[Problem, ...]:
        given = first(typed, name)
        unknown = ticked_unknown(question, typed, name)
        if given and unknown:
            return (Problem(name, WRONG_BOTH),)
        if not given:
            return () if unknown else missing(question, name, _("Write your answer"))
        over = len(given) - self._most(question)
        if over > 0:
            words = _("Make your answer shorter: %(over)s letters and spaces too many")
            return (Problem(name, Message(words, {"over": over})),)
        return ()

    def keep(self, question: Question, typed: Typed, name: str, today: date) -> Kept | None:
        if self.problems(question, typed, name, today):
            return None
        return first(typed, name) or ticked_unknown(question, typed, name)

    def typed(self, question: Question, kept: Kept | None, name: str) -> Typed:
        if not isinstance(kept, str):
            return {}
        return {unknown_name(name) if kept_unknown(question, kept) else name: (kept,)}

    def tell(self, question: Question, kept: Kept) -> Told:
        unknown = kept_unknown(question, kept)
        return UNKNOWN_WORDS[unknown] if unknown else str(kept)

    def whole(self, question: Question, kept: Kept) -> bool:
        return isinstance(kept, str) and bool(kept)

    def controls(
        self, question: Question, typed: Typed, name: str, wrong: Sequence[Problem], say: Say
    ) -> tuple[Control, ...]:
        drawn = replace(
            field(self.drawn_as, question, name, wrong, say),
            value=first(typed, name),
            maximum=self._most(question) if self.drawn_as == "textarea" else 0,
        )
        return (drawn, *unknown_control(question, typed, name, say))

    def _most(self, question: Question) -> int:
        return int(question.maximum) if question.maximum is not None else self.longest


class LongText(ShortText):
    """Several lines, kept with their line breaks."""

    longest = 4000
    drawn_as = "textarea"

    def read(self, question: Question, form: Form, name: str) -> Typed:
        return read_boxes(form, name, unknown_name(name))
