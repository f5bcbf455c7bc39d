"""A budget of several parts: what the plan spends from each, beside what each part brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from portal.budget.rules.receipt import Allocation, StreamResult
from portal.money import to_penny
from portal.pack.choices import StreamUse
from portal.pack.scheme.parts import Year
from portal.pack.text import Words
from portal.plan.rules.lines import NOTHING, Line, one_off_cost, weekly_cost


@dataclass(frozen=True)
class StreamTotal:
    """What is spent from one part of a budget. Pounds a week, and paid once beside it.

    :ivar stream: its id; ``None`` for lines of no part yet.
    :ivar weekly: what it brings a week, to the penny; ``None`` where it is paid once or not known.
    :ivar once: what it brings once.
    """

    stream: str | None
    title: Words | None
    weekly: Decimal | None
    once: Decimal | None
    planned: Decimal
    planned_once: Decimal

    @property
    def left(self) -> Decimal | None:
        """Pounds a week still free; below nought is over."""
        return None if self.weekly is None else self.weekly - self.planned


def streams_to_spend(allocation: Allocation | None, uses: Iterable[StreamUse]) -> tuple[StreamResult, ...]:
    """The parts of a budget that a line can be spent from, where there are several; else none.

    :param uses: the parts that the council accounts for by themselves.
    """
    if allocation is None or allocation.status != "figure":
        return ()
    known = {use.id for use in uses}
    found = tuple(
        one for one in allocation.streams if one.id in known and one.status == "figure" and one.amount
    )
    return found if len(found) > 1 else ()


def stream_a_week(stream: StreamResult, year: Year) -> Decimal | None:
    """What a part of a budget brings in pounds a week, to the penny; ``None`` when it is paid once."""
    if stream.amount is None or stream.period == "one_off":
        return None
    return to_penny(year.convert(stream.amount, stream.period, "week"))


def stream_totals(
    streams: Iterable[StreamResult],
    lines: Iterable[Line],
    year: Year,
    beside: frozenset[str],
) -> tuple[StreamTotal, ...]:
    """What the plan spends from each part; lines of no part come last. Money beside the budget counts not.

    :param beside: routes whose money is not the budget's.
    """
    offered = {stream.id: stream for stream in streams}
    weekly: dict[str | None, Decimal] = dict.fromkeys(offered, NOTHING)
    once: dict[str | None, Decimal] = dict.fromkeys(offered, NOTHING)
    for line in lines:
        a_week, one_time = weekly_cost(line, year.weeks), one_off_cost(line)
        if line.route in beside or not (a_week or one_time):
            continue
        name = line.stream if line.stream in offered else None
        weekly[name] = weekly.get(name, NOTHING) + (a_week or NOTHING)
        once[name] = once.get(name, NOTHING) + (one_time or NOTHING)
    return tuple(_total(name, offered, weekly[name], once[name], year) for name in weekly)


def _total(
    name: str | None, offered: Mapping[str, StreamResult], planned: Decimal, once: Decimal, year: Year
) -> StreamTotal:
    stream = offered.get(name or "")
    return StreamTotal(
        stream=name,
        title=stream.title if stream else None,
        weekly=stream_a_week(stream, year) if stream else None,
        once=stream.amount if stream and stream.period == "one_off" else None,
        planned=planned,
        planned_once=once,
    )
