"""Any of several statements, drawn as tick boxes; the last may stand alone, after an "or"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from portal.fields import Control
from portal.pack.conditions import Kept
from portal.pack.questions import Question
from portal.questions.kinds.base import Form, Message, Problem, Say, Told, Typed, field, missing, read_boxes
from portal.questions.kinds.choosing import choices, offers, told_choice
from portal.text import _


def _chosen(question: Question, typed: Typed, name: str) -> list[str]:
    ticked = typed.get(name, ())
    return [value for value in question.values if value in ticked]


def _alone(question: Question, chosen: list[str]) -> str | None:
    """The option that was ticked together with others although it stands alone."""
    if len(chosen) < 2:
        return None
    return next((offer.value for offer in offers(question) if offer.alone and offer.value in chosen), None)


class AnyOf:
    """Kept as a list of option ids in the pack's order; "not sure" is a list of that one."""

    missing = _("Select at least one answer")
    missing_or_last = _("Select every answer that fits, or only the last one")

    def read(self, question: Question, form: Form, name: str) -> Typed:
        return read_boxes(form, name)

    def problems(self, question: Question, typed: Typed, name: str, today: date) -> tuple[Problem, ...]:
        chosen = _chosen(question, typed, name)
        alone = _alone(question, chosen)
        if alone is not None:
            words = _("Select the answers that fit, or only “%(alone)s”. You cannot select both.")
            return (Problem(name, Message(words, {"alone": told_choice(question, alone)})),)
        if chosen:
            return ()
        stands_alone = any(offer.alone for offer in offers(question))
        return missing(question, name, self.missing_or_last if stands_alone else self.missing)

    def keep(self, question: Question, typed: Typed, name: str, today: date) -> Kept | None:
        chosen = _chosen(question, typed, name)
        return None if not chosen or _alone(question, chosen) else list(chosen)

    def typed(self, question: Question, kept: Kept | None, name: str) -> Typed:
        return {name: tuple(map(str, kept))} if isinstance(kept, list) and kept else {}

    def tell(self, question: Question, kept: Kept) -> Told:
        return tuple(told_choice(question, str(value)) for value in kept)

    def whole(self, question: Question, kept: Kept) -> bool:
        return isinstance(kept, list) and bool(kept) and all(value in question.values for value in kept)

    def controls(
        self, question: Question, typed: Typed, name: str, wrong: Sequence[Problem], say: Say
    ) -> tuple[Control, ...]:
        drawn = field("checkboxes", question, name, wrong, say, _("Select all that fit"))
        return (replace(drawn, value=typed.get(name, ()), options=choices(question, say)),)
