"""What is told about each person: the columns of the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from portal.budget.rules import Allocation
from portal.budget.rules.run import is_unknown
from portal.budget.rules.showing import penny
from portal.pack.conditions import Kept
from portal.pack.scheme import Scheme, plain_decimal

BAD_ROW = "bad_row"
"""The status of a row that could not be read."""

POINTS_UNIT = Decimal("0.000001")
_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


def header(scheme: Scheme) -> list[str]:
    """The names of the columns."""
    return [
        "id",
        "status",
        "weekly",
        "annual",
        "amount",
        "every",
        "one_off",
        *(("person_pays", "council_pays") if scheme.contribution is not None else ()),
        *(f"points.{score.id}" for score in scheme.scores),
        *(f"stream.{stream.id}" for stream in scheme.streams),
        "review_flags",
        "caveats",
        "problems",
    ]


def harmless(text: str) -> str:
    """A text that a spreadsheet takes for one, and never for a formula."""
    return f"'{text}" if text[:1] in _STARTS else text


def pounds(amount: Decimal | None) -> str:
    """A sum in pounds and pence; nothing for none."""
    return "" if amount is None else f"{amount:.2f}"


def points(number: Decimal) -> str:
    """Points without needless noughts, to a millionth."""
    return plain_decimal(number.quantize(POINTS_UNIT, rounding="ROUND_HALF_UP"))


def flag(rule: str, uncapped: str) -> str:
    """A limit that was reached, with the amount before it."""
    return f"{rule}={uncapped}"


def told(scheme: Scheme, key: str, allocation: Allocation, problems: str) -> list[str]:
    """One row of the results."""
    has_figure = allocation.status == "figure"
    sums = [stream.in_base if stream.in_base is not None else stream.amount for stream in allocation.streams]
    return [
        harmless(key),
        allocation.status,
        pounds(allocation.weekly),
        pounds(allocation.annual),
        pounds(allocation.amount),
        allocation.base_period,
        pounds(allocation.one_off or None),
        *(_shared(allocation) if scheme.contribution is not None else ()),
        *(
            points(allocation.points[score.id]) if score.id in allocation.points else ""
            for score in scheme.scores
        ),
        *(pounds(amount if has_figure else None) for amount in sums),
        ";".join(flag(one.rule, pounds(penny(one.uncapped))) for one in allocation.review_flags),
        ";".join(caveat.rule for caveat in allocation.caveats),
        harmless(problems),
    ]


def _shared(allocation: Allocation) -> tuple[str, str]:
    parts = allocation.contribution
    return (pounds(parts.person), pounds(parts.council)) if parts is not None else ("", "")


def bad_row(scheme: Scheme, key: str, problem: str) -> list[str]:
    """The row of somebody whose answers could not be read."""
    names = header(scheme)
    return [harmless(key), BAD_ROW, *[""] * (len(names) - 3), harmless(problem)]


def shortcoming(question: str, given: Kept | None) -> str:
    """Why there is no figure: what is wrong with the answer to a question."""
    if given is None:
        return f"{question}: not answered"
    if is_unknown(given):
        return f"{question}: not known, and the scheme gives no figure without it"
    said = given if isinstance(given, str) else ";".join(map(str, given))
    short = said if len(said) <= 40 else said[:37] + "…"
    return f"{question}: “{short}” is no answer that the scheme knows"


def shortcomings(missing: Sequence[str], answers: Mapping[str, Kept]) -> str:
    """Why there is no figure, for every answer that is missing."""
    return "; ".join(shortcoming(question, answers.get(question)) for question in missing)
