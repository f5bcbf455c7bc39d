"""How the money of a route is held, what that still needs, and what a direct payment may not pay for.

Sources: Care Act 2014, sections 31 to 33; Care and Support (Direct Payments) Regulations 2014, regulation 3
(close family) and 6 (care homes); statutory guidance 11.30 to 11.36 (individual service funds).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from portal.money import to_penny
from portal.pack.choices import MoneyRoute
from portal.plan.rules.lines import PAID_WORK, Line, weekly_cost

Receiver = Literal["me", "nominated", "authorised"]
"""Who receives a direct payment: the person, somebody they name, or somebody authorised because the person
cannot decide about it (section 32)."""

Capacity = Literal["yes", "with_help", "not_sure", "no"]
"""Whether the person can decide about a direct payment and manage it, as they say. Never a decision."""

PaidEvery = Literal["week", "four_weeks", "month"]
Net = Literal["net", "gross"]

RECEIVERS: tuple[Receiver, ...] = get_args(Receiver)
CAPACITIES: tuple[Capacity, ...] = get_args(Capacity)
PAID_EVERY: tuple[PaidEvery, ...] = get_args(PaidEvery)
NETS: tuple[Net, ...] = get_args(Net)

TYPED = frozenset({"receiver_name", "provider", "surplus", "disputes"})
"""What of :class:`Held` is typed. The rest is chosen."""

MOST_CARE_HOME_WEEKS = Decimal(4)
"""Weeks within 12 months that a direct payment may pay for in a care home."""

Lack = Literal[
    "receiver",
    "receiver_name",
    "receiver_agrees",
    "capacity",
    "no_capacity",
    "amount",
    "needs",
    "payee",
    "same_home",
    "close_family",
    "close_family_asked",
    "close_family_no",
    "care_home",
    "provider",
    "surplus",
    "agreed_on",
    "disputes",
]
"""What the money of a route still needs. ``no_capacity``: the person says they cannot decide, so that
somebody has to be authorised. ``close_family_asked``: the council is asked whether it is necessary;
``close_family_no``: it has said no."""

Answer = Literal["asked", "yes", "no"]
"""Whether the council finds it necessary to pay somebody close."""

_TOO_CLOSE: Mapping[Answer | None, Lack] = {
    None: "close_family",
    "asked": "close_family_asked",
    "no": "close_family_no",
}

STOPS: frozenset[Lack] = frozenset(
    {"amount", "needs", "receiver_name", "no_capacity", *_TOO_CLOSE.values(), "care_home"}
)
"""What keeps a plan from being agreed; the rest is asked for, and may be settled later."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the person said about the money of one route.

    :ivar receiver_agrees: whether the person who is named has agreed to receive it.
    :ivar every: how often it is paid; the council's rule where the person did not say. ``net``: the same.
    :ivar provider: who holds an individual service fund; ``asks_for_one``: there is none yet, and the
        person asks for one.
    :ivar surplus: what becomes of money that is left over; ``disputes``: what to do when they disagree.
    :ivar share: whether what is in the plan may be shown to the provider.
    """

    receiver: Receiver | None = None
    receiver_name: str = ""
    receiver_agrees: bool = False
    capacity: Capacity | None = None
    every: PaidEvery | None = None
    net: Net | None = None
    provider: str = ""
    asks_for_one: bool = False
    surplus: str = ""
    agreed_on: date | None = None
    disputes: str = ""
    share: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Held:
        """What was kept, by name; what is not known is left out."""
        known = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__ and value}
        day = known.pop("agreed_on", None)
        return cls(**known, agreed_on=date.fromisoformat(day) if day else None)


@dataclass(frozen=True)
class Needed:
    """One thing that the money of a route still needs; ``line`` where it is about one."""

    route: MoneyRoute
    lack: Lack
    line: Line | None = None

    @property
    def stops(self) -> bool:
        """Whether the plan cannot be agreed so."""
        return self.lack in STOPS


def needed(
    route: MoneyRoute, held: Held, lines: Iterable[Line], weeks: Decimal, necessary: Mapping[str, Answer]
) -> tuple[Needed, ...]:
    """What the money of a route still needs.

    :param lines: the lines that take this route.
    :param necessary: by line, whether paying somebody close is necessary, where the council was asked.
    """
    lines = [line for line in lines if line.route == route.id and not line.free]
    if route.direct:
        lacks = [Needed(route, lack) for lack in _direct(held, lines, weeks)]
        return (*lacks, *(one for line in lines for one in of_line(route, line, necessary)))
    if route.kind == "isf":
        return tuple(Needed(route, lack) for lack in _fund(held))
    return ()


def _direct(held: Held, lines: list[Line], weeks: Decimal) -> list[Lack]:
    lacks: list[Lack] = []
    if held.receiver is None:
        lacks.append("receiver")
    elif held.receiver != "me" and not held.receiver_name:
        lacks.append("receiver_name")
    elif held.receiver == "nominated" and not held.receiver_agrees:
        lacks.append("receiver_agrees")
    if held.capacity is None:
        lacks.append("capacity")
    elif held.capacity == "no" and held.receiver != "authorised":
        lacks.append("no_capacity")
    if lines and any(not line.once and weekly_cost(line, weeks) is None for line in lines):
        lacks.append("amount")
    if any(not line.needs for line in lines):
        lacks.append("needs")
    return lacks


def _fund(held: Held) -> list[Lack]:
    if held.asks_for_one:
        return []
    lacks: list[Lack] = []
    if not held.provider:
        lacks.append("provider")
    if not held.surplus:
        lacks.append("surplus")
    if held.agreed_on is None:
        lacks.append("agreed_on")
    if not held.disputes:
        lacks.append("disputes")
    return lacks


def of_line(route: MoneyRoute, line: Line, necessary: Mapping[str, Answer]) -> tuple[Needed, ...]:
    """What one line still needs because a direct payment pays for it."""
    found: list[Lack] = []
    if line.kind in PAID_WORK and line.payee is None:
        found.append("payee")
    if line.payee == "close_family" and line.same_home is None:
        found.append("same_home")
    if too_close(line) and (answer := necessary.get(line.id)) != "yes":
        found.append(_TOO_CLOSE[answer])
    if line.care_home_weeks is not None and line.care_home_weeks > MOST_CARE_HOME_WEEKS:
        found.append("care_home")
    return tuple(Needed(route, lack, line) for lack in found)


def too_close(line: Line) -> bool:
    """Whether a direct payment may pay for it only when the council finds that necessary.

    A husband, wife, civil partner or partner wherever they live; other close family in the same household.
    """
    return line.payee in ("spouse", "partner") or (line.payee == "close_family" and line.same_home is True)


def payment(weekly: Decimal, every: PaidEvery, weeks: Decimal) -> Decimal:
    """What is paid each time, in pounds, to the penny: 4 weeks at once, a week, or a twelfth of a year."""
    if every == "month":
        return to_penny(weekly * weeks / 12)
    return weekly * 4 if every == "four_weeks" else weekly
