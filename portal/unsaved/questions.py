"""The questions of a pack: what stands in their boxes when a page is opened, and what was sent."""

from __future__ import annotations

from portal.fields import Control
from portal.pack.conditions import Kept
from portal.pack.questions import Question
from portal.questions.kinds import boxes, controls, read
from portal.questions.kinds.base import Typed
from portal.questions.telling import say_in
from portal.unsaved.carried import given_back, sent_over, shows
from portal.words import words


def opened(question: Question, kept: Kept | None) -> Typed:
    """What a page shows in the boxes of a question: what was typed and not saved, or what is kept."""
    stored = boxes(question, kept)
    shows(stored)
    typed = given_back(stored)
    return stored if typed is None else read(question, typed)


def sent(question: Question, kept: Kept | None) -> Typed:
    """What was sent, with what others saved meanwhile in the boxes that were left alone.

    :raises portal.unsaved.carried.Clash: when the same was changed by both.
    """
    stored = boxes(question, kept)

    def drawn() -> tuple[Control, ...]:
        return controls(question, stored, (), say_in(words()))

    return read(question, sent_over(stored, drawn, f"answer {question.id}"))
