"""Help that comes before and beside a budget: offers matched to the answers, and ideas for the plan."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portal.pack.conditions import Condition
from portal.pack.council import Contact
from portal.pack.questions import Outcome
from portal.pack.text import Text
from portal.pack.values import Identifier, Value
from portal.pack.written import Amount, Unit

OfferKind = Literal["information", "reablement", "equipment", "technology", "community"]
IdeaKind = Literal["self", "family", "community"]


class Offer(Value):
    """Something that may help now, whatever the budget will be. Never a condition for a budget.

    :ivar when: shown when this holds of the answers; always when absent.
    :ivar price: pounds for the person; nought is free.
    :ivar cost: more about the cost, in words.
    :ivar how: how to get it.
    """

    id: Identifier
    kind: OfferKind
    title: Text
    what: Text
    price: Amount
    price_unit: Unit = "once"
    cost: Text | None = None
    how: Text
    contact: Contact | None = None
    outcomes: tuple[Outcome, ...] = ()
    when: Condition | None = None


class Prevention(Value):
    """``prevention.yaml``."""

    about: Text
    offers: tuple[Offer, ...] = Field(min_length=1)


class Idea(Value):
    """Something that could meet a need and costs little or nothing: offered first in the plan.

    :ivar price: pounds; nought is free.
    """

    id: Identifier
    kind: IdeaKind
    title: Text
    what: Text
    price: Amount
    price_unit: Unit = "week"
    outcomes: tuple[Outcome, ...] = Field(min_length=1)


class Ideas(Value):
    """``ideas.yaml``."""

    ideas: tuple[Idea, ...]
