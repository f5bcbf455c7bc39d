"""The number of each question: the same on the screen and on the paper form."""

from __future__ import annotations

from itertools import count

from portal.pack.questions import Section, questions_of


def question_numbers(sections: tuple[Section, ...]) -> dict[str, int]:
    """The number of each question, by its identifier, counted from 1 through all sections."""
    return dict(zip((question.id for question in questions_of(sections)), count(1), strict=False))
