"""Which of the ten outcomes the person has any difficulty with, eligible or not."""

from __future__ import annotations

from typing import get_args

from portal.pack.conditions import Answers
from portal.pack.questions import Outcome

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""In the order of the regulation, (a) to (j)."""

NO_DIFFICULTY = ("alone", "not_applicable")


def difficult(answers: Answers) -> tuple[Outcome, ...]:
    """The outcomes somebody may want help with: every one answered with anything but "on my own".

    "Not sure" and "rather not say" are among them. They are not a no.
    """
    return tuple(
        outcome for outcome in OUTCOMES if outcome in answers and answers[outcome] not in NO_DIFFICULTY
    )
