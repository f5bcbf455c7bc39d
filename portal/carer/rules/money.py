"""Money of a carer's own: what the scheme's money for carers comes to, from the carer's own answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from portal.budget.rules import Allocation, allocate
from portal.pack.conditions import Answers
from portal.pack.scheme import Scheme

FOR_CARERS = "carer"
"""The funder of the streams that are money for carers."""


def carers_part(scheme: Scheme, counts_as: Mapping[str, str]) -> Scheme | None:
    """The money for carers of a scheme as a scheme by itself; ``None`` where none can stand alone.

    Whoever answers the carers' questions is a carer, so that no stream asks about it again. What changes
    the figure of the person with needs, limits and rounding included, is left out.

    :param counts_as: by question of the scheme, the carer's own question; the others are not asked.
    """
    return _carers_part(scheme, tuple(sorted(counts_as)))


@lru_cache(maxsize=64)
def _carers_part(scheme: Scheme, names: tuple[str, ...]) -> Scheme | None:
    whole = scheme.model_dump(by_alias=True, exclude_unset=True)
    streams = [_open(stream) for stream in whole["streams"] if stream.get("funder") == FOR_CARERS]
    questions = [_open(question) for question in whole["questions"] if question["id"] in names]
    if not streams or not questions:
        return None
    kept = ("id", "version", "title", "authority", "status", "effective", "plain_summary", "sources", "year")
    part = {name: whole[name] for name in (*kept, "base_period", "price_book") if name in whole}
    try:
        return Scheme.model_validate({**part, "questions": questions, "streams": streams})
    except ValidationError:
        # It reads what no carer is asked.
        return None


def _open(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name not in {"eligible_when", "ask_when"}}


def own_money(
    scheme: Scheme, answers: Answers, counts_as: Mapping[str, str], *, on: date
) -> Allocation | None:
    """What the money for carers comes to from a carer's own answers; ``None`` where there is no such money.

    :param answers: the carer's, those on the path only.
    :param on: the day whose prices hold.
    """
    part = carers_part(scheme, counts_as)
    if part is None:
        return None
    return allocate(part, {name: answers[own] for name, own in counts_as.items() if own in answers}, on=on)
