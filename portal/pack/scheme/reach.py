"""The lowest and highest score that any answers can reach."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portal.pack.scheme.scoring import Score, ScoredQuestion

if TYPE_CHECKING:
    from portal.pack.scheme.whole import Scheme

Reach = tuple[Decimal, Decimal]


def reach(scheme: Scheme, score: Score) -> Reach | None:
    """The range of a score before modifiers; ``None`` where a number given may be any.

    Help from others may bring it down to nought, so that is the lowest where any is taken off.
    """
    if score.scale is not None:
        return score.scale.to
    if score.modifiers or score.aggregate == "count":
        return None
    questions = [
        question
        for question in scheme.questions
        if question.scored and (not score.of or question.id in score.of)
    ]
    ranges = []
    for question in questions:
        found = _of_question(question)
        if found is None:
            return None
        weight = score.weights.get(question.id, Decimal(1))
        ranges.append((found[0] * weight, found[1] * weight))
    number = {"sum": len(ranges), "max": 1, "top": score.top}[score.aggregate]
    low = sum(sorted((low for low, _high in ranges), reverse=True)[:number], Decimal(0))
    high = sum(sorted((high for _low, high in ranges), reverse=True)[:number], Decimal(0))
    reduced = any(reducer.scope in ("question", "domain", "score") for reducer in scheme.reducers)
    return (min(low, Decimal(0)) if reduced else low, high)


def _of_question(question: ScoredQuestion) -> Reach | None:
    if question.each is not None:
        return None
    values = list(question.points.values()) or [band.points for band in question.bands]
    if question.ask_when is not None or not question.required:
        values.append(Decimal(0))
    return min(values), max(values)
