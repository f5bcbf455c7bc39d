"""Who can help to plan, and the ways to hold the money."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portal.pack.council import Contact
from portal.pack.faults import Fault
from portal.pack.support import LineKind
from portal.pack.text import Text
from portal.pack.values import Identifier, Value
from portal.pack.written import Amount, Unit

PlannerKind = Literal["self", "family", "advocate", "council_worker", "broker", "user_led", "provider"]
Independence = Literal["you", "near_you", "independent", "council", "provider"]
RouteKind = Literal["direct_payment", "card", "council", "isf", "health", "housing"]
"""``card``: a direct payment on a prepaid card; ``health`` and ``housing``: another public body pays, beside
the budget."""
PaidInto = Literal["bank_account", "card", "someone_else"]
Wait = Annotated[int, Field(ge=0, le=365)]


class Evidence(Value):
    """What is known about a way to plan.

    :ivar says: what is known, in plain words.
    :ivar source: where it was published.
    """

    says: Text
    source: Text


class Planner(Value):
    """One way to have help with the plan.

    :ivar id: its name in stored choices; ``self`` for the person.
    :ivar kind: which of the seven kinds of planner it is.
    :ivar name: what it is called.
    :ivar about: what they do with the person, in a sentence or two.
    :ivar price: pounds; nought is free.
    :ivar price_to: the highest price in pounds, when it is a range.
    :ivar price_unit: what the price is for.
    :ivar pays: who pays it, in words.
    :ivar wait_days: days until they can start.
    :ivar wait_to_days: the longest wait in days, when it is a range.
    :ivar independence: on whose side they stand.
    :ivar independence_words: the same in words.
    :ivar afterwards: what they do once the plan is written.
    :ivar good: what speaks for it.
    :ivar think: what to think about before.
    :ivar evidence: what is known about planning so.
    :ivar warning: a kind word of caution, shown when this is the only choice.
    :ivar asks_name: whether the person may tell who it is.
    :ivar contact: how to reach them.
    """

    id: Identifier
    kind: PlannerKind
    name: Text
    about: Text
    price: Amount
    price_to: Amount | None = None
    price_unit: Unit = "plan"
    pays: Text
    wait_days: Wait
    wait_to_days: Wait | None = None
    independence: Independence
    independence_words: Text
    afterwards: Text
    good: tuple[Text, ...] = ()
    think: tuple[Text, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    warning: Text | None = None
    asks_name: bool = False
    contact: Contact | None = None

    @model_validator(mode="after")
    def _ranges_rise(self) -> Self:
        if self.price_to is not None and self.price_to <= self.price:
            raise Fault(
                "price_to is not above price", "Write the higher price, or remove the line", "price_to"
            )
        if self.wait_to_days is not None and self.wait_to_days <= self.wait_days:
            raise Fault(
                "wait_to_days is not above wait_days",
                "Write the longer wait, or remove the line",
                "wait_to_days",
            )
        if self.kind == "self" and self.warning is None:
            raise Fault(
                "planning alone goes with worse results, and nobody is told so",
                "Add a line with warning: and a kind word of caution",
            )
        return self


class Planners(Value):
    """``planners.yaml``: who can help to plan; people may choose several.

    :ivar about: what to know before choosing.
    :ivar illustrative: the prices and waits are invented, to show how the portal works.
    :ivar price_source: where the prices come from.
    :ivar evidence: what is known about planning, whoever helps.
    :ivar caution: how sure the evidence is.
    :ivar planners: in the order in which they are offered.
    """

    about: Text
    illustrative: bool
    price_source: Text
    evidence: tuple[Evidence, ...] = ()
    caution: Text | None = None
    planners: tuple[Planner, ...] = Field(min_length=1)


class Payment(Value):
    """Where the money of a direct payment goes.

    :ivar id: which way it is.
    :ivar name: what it is called.
    :ivar about: how it works, in a sentence or two.
    """

    id: PaidInto
    name: Text
    about: Text


class MoneyRoute(Value):
    """One way to hold the money for a plan, or for one part of it.

    :ivar id: its name in stored choices and plan lines.
    :ivar kind: which way it is.
    :ivar name: what it is called.
    :ivar short: its name where room is short.
    :ivar means: what it means for the person, in a sentence.
    :ivar you_do: the person's duties.
    :ivar others_do: what others do for them.
    :ivar good: what speaks for it.
    :ivar think: what to think about before.
    :ivar extra_costs: costs to plan for, for example of being an employer.
    :ivar not_for: what the money may not be spent on.
    :ivar payments: where a direct payment can go; a bank account is always one of them.
    :ivar unspent: what happens to money that is left over.
    :ivar disputes: what to do when it does not work out.
    :ivar none_near: what to do when nobody offers it near the person.
    :ivar contact: who helps with it.
    :ivar providers: providers who offer it here; the person may name another one.
    """

    id: Identifier
    kind: RouteKind
    name: Text
    short: Text
    means: Text
    you_do: tuple[Text, ...] = Field(min_length=1)
    others_do: tuple[Text, ...] = Field(min_length=1)
    good: tuple[Text, ...] = ()
    think: tuple[Text, ...] = ()
    extra_costs: tuple[Text, ...] = ()
    not_for: tuple[Text, ...] = ()
    payments: tuple[Payment, ...] = ()
    unspent: Text | None = None
    disputes: Text | None = None
    none_near: Text | None = None
    contact: Contact | None = None
    providers: tuple[str, ...] = ()

    @property
    def direct(self) -> bool:
        """Whether it is a direct payment, into an account or on a card."""
        return self.kind in ("direct_payment", "card")

    @property
    def beside(self) -> bool:
        """Whether its money is another public body's, beside the budget."""
        return self.kind in ("health", "housing")

    @model_validator(mode="after")
    def _offers_what_the_law_asks(self) -> Self:
        ways = {payment.id for payment in self.payments}
        if "card" in ways and "bank_account" not in ways:
            raise Fault(
                "a card is offered without a bank account",
                "Add a payment with id: bank_account; a card must not be the only way",
                "payments",
            )
        if self.kind == "direct_payment" and not ways:
            raise Fault("a direct payment goes nowhere", "Add payments: with id: bank_account")
        for key in ("unspent", "disputes", "none_near"):
            if self.kind == "isf" and getattr(self, key) is None:
                raise Fault(f"{key} is missing", f"Add a line with {key}: and what people should know")
        return self


class StreamUse(Value):
    """A part of the budget that lines of the plan are spent from, each accounted for by itself.

    :ivar id: the id of the stream in the allocation scheme.
    :ivar line: which sort of support it starts as, where that is fixed.
    :ivar about: what to know before it is planned, in a sentence or two.
    :ivar route: the money route that it starts with, if one is fixed.
    """

    id: Identifier
    line: LineKind | None = None
    about: Text | None = None
    route: Identifier | None = None


class Payments(Value):
    """How direct payments are paid here.

    :ivar every: how often.
    :ivar net: ``net``: without what the person pays themselves; ``gross``: with it, and they pay it back.
    """

    every: Literal["week", "four_weeks", "month"] = "four_weeks"
    net: Literal["net", "gross"] = "net"


class Money(Value):
    """``money.yaml``: the ways to hold the money, which may be mixed.

    :ivar about: what to know before choosing.
    :ivar mix: how to mix them.
    :ivar routes: in the order in which they are offered.
    :ivar streams: the parts of the budget that are accounted for by themselves, by the scheme's streams.
    :ivar paid: how direct payments are paid here.
    """

    about: Text
    mix: Text
    routes: tuple[MoneyRoute, ...] = Field(min_length=1)
    streams: tuple[StreamUse, ...] = ()
    paid: Payments = Payments()

    @model_validator(mode="after")
    def _card_is_never_the_only_way(self) -> Self:
        accounts = (way.id for route in self.routes for way in route.payments)
        if any(route.kind == "card" for route in self.routes) and "bank_account" not in accounts:
            raise Fault(
                "a card is offered without a bank account",
                "Add a direct payment into a bank account; a card must not be the only way",
                "routes",
            )
        return self

    @model_validator(mode="after")
    def _routes_are_there(self) -> Self:
        known = {route.id for route in self.routes}
        for use in self.streams:
            if use.route is not None and use.route not in known:
                raise Fault(f"there is no route {use.route}", "Write the id of a route", "streams")
        return self
