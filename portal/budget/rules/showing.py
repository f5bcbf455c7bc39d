"""From exact amounts to lines in pounds and pence that add up to what is shown."""

from __future__ import annotations

from decimal import Decimal

from portal.budget.rules.ledger import Draft, Ledger
from portal.budget.rules.receipt import Line, Message
from portal.money import to_penny
from portal.pack.scheme.parts import SchemePeriod
from portal.text import _

ZERO = Decimal(0)
PENNIES = _("Each line is shown to the nearest penny. This makes up the difference.")


def penny(amount: Decimal) -> Decimal:
    """To the penny, and never minus nought."""
    return to_penny(amount) + ZERO


def show_lines(
    lines: list[Line], ledger: Ledger, stream: str | None, factor: Decimal, base: SchemePeriod
) -> Decimal:
    """Put a ledger's lines at the end of a receipt.

    Each is rounded to the penny by itself. When that leaves them pennies away from their total,
    the last rounding line takes up the difference, or a line of its own does.

    :param factor: what one pound of the ledger's period is in the base period.
    :return: what the ledger comes to in the base period, to the penny.
    """
    start = lines[-1].running if lines else ZERO
    opening = start if stream is None else ZERO
    running = start
    own = ledger.period if ledger.period != base else None
    first = len(lines)
    for draft in ledger.drafts:
        amount = penny(draft.amount * factor)
        running += amount
        lines.append(line_of(draft, amount, running, stream, factor, own))
    shown = penny(ledger.total() * factor)
    adrift = shown - (running - start + opening)
    if adrift:
        _make_up(lines, first, adrift, stream, running)
    return shown


def line_of(
    draft: Draft, amount: Decimal, running: Decimal, stream: str | None, factor: Decimal, own: str | None
) -> Line:
    """A draft as a line of the receipt: its amount to the penny, and what all lines so far come to."""
    return Line(
        draft.rule,
        draft.kind,
        draft.label,
        draft.question,
        draft.answer,
        draft.points,
        draft.rate,
        draft.quantity,
        draft.unit,
        draft.per,
        amount,
        penny(draft.before * factor) if draft.before is not None else None,
        running,
        draft.reason,
        draft.source,
        stream,
        penny(draft.amount) if own is not None else None,
        own,
    )


def _make_up(lines: list[Line], first: int, adrift: Decimal, stream: str | None, running: Decimal) -> None:
    if len(lines) > first and lines[-1].kind == "rounding" and lines[-1].points is None:
        last = lines[-1]
        lines[-1] = last._replace(amount=last.amount + adrift, running=last.running + adrift)
        return
    draft = Draft("pennies", "rounding", adrift, label=Message(_("Rounding")), reason=Message(PENNIES))
    lines.append(line_of(draft, adrift, running + adrift, stream, Decimal(1), None))
