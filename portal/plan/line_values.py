"""A line of support as its row keeps it, and as the audit trail tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from portal.plan.rules.clock import Slot
from portal.plan.rules.lines import DAYS, PARTS, Line

_DAYS = ("starts", "ends")


def line_of(row: Mapping[str, Any]) -> Line:
    """A line from the values of its row."""
    return Line(
        id=row["id"],
        kind=row["kind"],
        what=row["what"],
        who=row["who"],
        needs=tuple(row["needs"]),
        days=tuple(row["days"]),
        parts=tuple(row["parts"]),
        times=row["times"],
        quantity=_number(row["quantity"]),
        price=_number(row["price"]),
        every=row["every"],
        route=row["route"],
        starts=row["starts"],
        ends=row["ends"],
        slots=tuple(Slot(*slot) for slot in row["slots"]),
        workers=row["workers"],
        source=row["source"],
        stream=row["stream"],
        award_months=_number(row["award_months"]),
        longest_months=_number(row["longest_months"]),
        payee=row["payee"],
        same_home=row["same_home"],
        care_home_weeks=_number(row["care_home_weeks"]),
        instead=row["instead"] or "",
        instead_quantity=_number(row["instead_quantity"]),
        instead_price=_number(row["instead_price"]),
    )


def values_of(line: Line) -> dict[str, Any]:
    """The values of a line as its row keeps them."""
    return {
        "kind": line.kind,
        "what": line.what,
        "who": line.who,
        "needs": list(line.needs),
        "days": [day for day in DAYS if day in line.days],
        "parts": [part for part in PARTS if part in line.parts],
        "times": line.times,
        "quantity": _digits(line.quantity),
        "price": _digits(line.price),
        "every": line.every,
        "route": line.route,
        "starts": line.starts,
        "ends": line.ends,
        "slots": [[slot.day, slot.start, slot.end] for day in DAYS for slot in line.slots if slot.day == day],
        "workers": line.workers,
        "source": line.source,
        "stream": line.stream,
        "award_months": _digits(line.award_months),
        "longest_months": _digits(line.longest_months),
        "payee": line.payee,
        "same_home": line.same_home,
        "care_home_weeks": _digits(line.care_home_weeks),
        "instead": line.instead or None,
        "instead_quantity": _digits(line.instead_quantity),
        "instead_price": _digits(line.instead_price),
    }


def as_said(line: Line) -> dict[str, Any]:
    """A line as JSON holds it, for the audit trail."""
    days = {name: day.isoformat() for name in _DAYS if (day := getattr(line, name)) is not None}
    return values_of(line) | days | {"id": line.id}


def line_said(said: Mapping[str, Any]) -> Line:
    """The line that :func:`as_said` told of, also one of an older portal that knew less of a line."""
    days = {name: date.fromisoformat(said[name]) for name in _DAYS if said.get(name)}
    return line_of(values_of(Line(id="", kind="sum", what="")) | dict(said) | days)


def _number(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
