"""Which needs a plan is for, what meets each, and which nothing meets yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from portal.assessment.rules.difficulty import OUTCOMES, difficult
from portal.pack.conditions import Answers
from portal.pack.questions import Outcome
from portal.pack.support import MetBy
from portal.pack.values import UNKNOWN
from portal.plan.rules.lines import KINDS, Line

MET_BY: tuple[MetBy, ...] = get_args(MetBy)


@dataclass(frozen=True)
class Wish:
    """What the person said in the plan about one need: what they want to happen, and who else meets it.

    :ivar words: ``None`` while they have written none here and the assessment's words stand.
    """

    words: str | None = None
    met_by: MetBy | None = None


@dataclass(frozen=True)
class Need:
    """One need on the board.

    :ivar eligible: likely an eligible need, which the council must see met.
    :ivar words: what matters about it, in the person's own words.
    """

    outcome: Outcome
    eligible: bool
    words: str
    met_by: MetBy | None
    lines: tuple[Line, ...]

    @property
    def covered(self) -> bool:
        """Whether something meets it, or the person said who does."""
        return bool(self.lines) or self.met_by not in (None, "to_find")

    @property
    def gap_told(self) -> bool:
        """Whether nothing meets it, and the person asks the council to help to find something."""
        return not self.covered and self.met_by == "to_find"


def needs_to_plan(eligible: Iterable[str], answers: Answers) -> tuple[tuple[Outcome, bool], ...]:
    """The outcomes a plan is for, each with whether it is likely an eligible need.

    Eligible needs come first. What else is difficult follows: anybody may plan for it, whatever the
    council decides.
    """
    likely = frozenset(eligible)
    first = [(outcome, True) for outcome in OUTCOMES if outcome in likely]
    rest = [(outcome, False) for outcome in difficult(answers) if outcome not in likely]
    return tuple(first + rest)


def words_from_assessment(outcome: str, answers: Answers) -> str:
    """What the person wrote in the assessment about what matters to them; empty when nothing."""
    said = answers.get(f"{outcome}_matters")
    return said if isinstance(said, str) and said not in UNKNOWN else ""


def board(
    planned_for: Iterable[tuple[Outcome, bool]],
    wishes: Mapping[str, Wish],
    lines: Sequence[Line],
    answers: Answers,
) -> tuple[Need, ...]:
    """Each need with its words and what meets it.

    Words written in the plan stand before those of the assessment. A need that is no longer among
    those to plan for stays on the board while a line or the person's words are kept for it.
    """
    listed = list(planned_for)
    known = {outcome for outcome, _ in listed}
    kept = {need for line in lines for need in line.needs} | set(wishes)
    listed += [(outcome, False) for outcome in OUTCOMES if outcome in kept and outcome not in known]
    return tuple(
        Need(
            outcome=outcome,
            eligible=eligible,
            words=words_from_assessment(outcome, answers) if wish.words is None else wish.words,
            met_by=wish.met_by,
            lines=_free_first(line for line in lines if outcome in line.needs),
        )
        for outcome, eligible in listed
        for wish in (wishes.get(outcome, Wish()),)
    )


def _free_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What the person, family and community do before what is paid for, else in the order of adding."""
    return tuple(sorted(lines, key=lambda line: KINDS.index(line.kind)))


def lines_without_need(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines that help with no need. They are allowed, and told to the person."""
    return tuple(line for line in lines if not line.needs)
