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

    :ivar id: its name.
    :ivar kind: what sort of help it is.
    :ivar title: its heading.
    :ivar what: what it is, in a sentence or two.
    :ivar price: pounds for the person; nought is free.
    :ivar price_unit: what the price is for.
    :ivar cost: more about the cost, in words.
    :ivar how: how to get it.
    :ivar contact: whom to ask.
    :ivar outcomes: the outcomes it helps with; all when empty.
    :ivar when: shown when this holds of the answers; always when absent.
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
    """``prevention.yaml``: help that comes before and beside a budget.

    :ivar about: what to know before looking at the offers.
    :ivar offers: the offers; what fits the answers best is shown first.
    """

    about: Text
    offers: tuple[Offer, ...] = Field(min_length=1)


class Idea(Value):
    """Something that could meet a need and costs little or nothing: offered first in the plan.

    :ivar id: its name.
    :ivar kind: who it rests on.
    :ivar title: its name in the list of ideas.
    :ivar what: what the person would write in the plan.
    :ivar price: pounds; nought is free.
    :ivar price_unit: what the price is for.
    :ivar outcomes: the outcomes it helps with.
    """

    id: Identifier
    kind: IdeaKind
    title: Text
    what: Text
    price: Amount
    price_unit: Unit = "week"
    outcomes: tuple[Outcome, ...] = Field(min_length=1)


class Ideas(Value):
    """``ideas.yaml``: free and local ways to meet a need.

    :ivar ideas: in the order in which they are offered.
    """

    ideas: tuple[Idea, ...]
