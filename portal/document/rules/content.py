"""The plan document: everything a finished plan says, frozen, in the person's language.

The check page, the PDF and every export are drawn from this one document. It holds plain data:
money as decimals, days as dates, words as they are read. It knows no pack and no database, so that
an old version can always be drawn again, whatever has changed since.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from portal.pack.questions import Outcome
from portal.pack.values import Value

NOUGHT = Decimal(0)


def _exact(given: Any) -> Any:
    if isinstance(given, float):
        raise ValueError("an amount is never a float; write it as a string")  # noqa: TRY004
    return given


def _written(amount: Decimal) -> str:
    """An amount in the one way it is kept: no exponent, two decimals or as many as it has."""
    plain = f"{amount:f}"
    whole, _, part = plain.partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"


Pounds = Annotated[Decimal, BeforeValidator(_exact), PlainSerializer(_written, return_type=str)]
"""An amount of money in pounds."""


class Said(Value):
    """A choice the person made: its identifier, for machines, and its words, for people."""

    code: str
    words: str


class Council(Value):
    """Whom to ask. Fields the council does not offer are empty."""

    name: str
    phone: str = ""
    email: str = ""
    hours: str = ""
    address: tuple[str, ...] = ()
    formats: str = ""
    """How to ask for this document in another format or language."""


class Person(Value):
    """Whose plan it is."""

    name: str = ""
    preferred_name: str = ""
    born: date | None = None

    @property
    def called(self) -> str:
        """The name to be called by."""
        return self.preferred_name or self.name


class Helper(Value):
    """Somebody who helped with the assessment or the plan, and how."""

    name: str
    relation: str = ""
    how: str = ""


class Need(Value):
    """One of the ten outcomes of the Care Act, as answered and as planned for.

    :ivar title: the outcome, for example "Managing and maintaining nutrition" in plain words.
    :ivar answer: the statement the person chose.
    :ivar unable: which of the four ways of being unable to achieve it the person ticked.
    :ivar eligible: whether the need is likely to be eligible; the council decides.
    :ivar own_words: what matters to the person about it.
    :ivar wanted: what the person wants to change or achieve.
    :ivar met_otherwise: how it is met without a line of support, for example by a carer.
    """

    outcome: Outcome
    title: str
    answer: str = ""
    unable: tuple[Said, ...] = ()
    eligible: Literal["likely", "not_likely", "not_known"] = "not_known"
    own_words: str = ""
    wanted: str = ""
    met_otherwise: str = ""

    @property
    def managed(self) -> bool:
        """Whether the person manages it without help, as far as is known."""
        return self.eligible == "not_likely" and not (self.unable or self.own_words)


class Criterion(Value):
    """One test of the eligibility rule: what it asks, whether it is met, and why. ``None``: not known."""

    words: str
    met: bool | None = None
    why: str = ""


class Standing(Value):
    """Where the person stands under the eligibility criteria. Never a decision."""

    likely: Literal["likely", "not_likely", "not_known"] = "not_known"
    tests: tuple[Criterion, ...] = ()
    wellbeing: tuple[Said, ...] = ()
    impact: str = ""
    changes: str = ""
    """Good and bad days, and over what time."""


class Line(Value):
    """One line of support.

    :ivar needs: the outcomes it helps with.
    :ivar how_much: hours a week at a price, a sum, or free, in words.
    :ivar kind: what sort of support it is.
    :ivar route: how its money is managed; ``None`` for support that costs nothing.
    :ivar priced: whether its cost is known. Not known is not nought.
    :ivar weekly: pounds a week; nought when it is free or paid once.
    :ivar one_off: pounds, paid once.
    """

    needs: tuple[Outcome, ...] = ()
    what: str
    who: str = ""
    when: str = ""
    how_much: str = ""
    starts: date | None = None
    ends: date | None = None
    kind: Said | None = None
    route: Said | None = None
    priced: bool = True
    weekly: Pounds = NOUGHT
    one_off: Pounds = NOUGHT

    @property
    def free(self) -> bool:
        """Whether it costs nothing, and that is known."""
        return self.priced and not self.weekly and not self.one_off


class Route(Value):
    """One way the money is managed, with what it carries and what it asks of the person.

    :ivar own: the person's own money, which is not taken from the budget.
    """

    route: Said
    own: bool = False
    about: str = ""
    duties: tuple[str, ...] = ()
    weekly: Pounds = NOUGHT
    one_off: Pounds = NOUGHT
    needs: tuple[str, ...] = ()
    """The needs met through it, by title."""
    paid: str = ""
    """Where or how often it is paid, in words."""


Period = Literal["day", "week", "four_weeks", "month", "year", "one_off"]
"""How often the figure of a scheme comes."""


class ReceiptLine(Value):
    """One line of the working of the indicative budget. ``running`` is the sum so far."""

    label: str
    reason: str = ""
    points: str = ""
    amount: Pounds
    running: Pounds


class Scheme(Value):
    """The published scheme a budget was worked out with."""

    title: str
    version: str
    dated: date | None = None


class OtherAmount(Value):
    """Another amount that somebody set beside the figure that was worked out then.

    :ivar computed: that figure; ``None`` where there was none, which is not nought.
    """

    weekly: Pounds
    computed: Pounds | None = None
    reason: str
    author: str
    role: str
    day: date


class Budget(Value):
    """The indicative budget as it was told, or why there is no figure.

    :ivar state: ``amount``: a figure; ``refer``: a worker has to look; ``none``: not worked out yet.
    :ivar why: the reason when there is no figure.
    :ivar other: an amount that somebody set beside the figure, which it does not replace.
    :ivar told: the figure in words, with how often it comes; ``also`` tells other periods and sums beside it.
    :ivar each: pounds each period of the scheme, which the lines add up to, where that is not the week;
        ``per`` says which period.
    :ivar once: pounds paid one time, which ``lines_once`` add up to.
    """

    state: Literal["amount", "refer", "none"] = "none"
    why: str = ""
    weekly: Pounds = NOUGHT
    yearly: Pounds = NOUGHT
    told: str = ""
    also: tuple[str, ...] = ()
    each: Pounds | None = None
    per: Period = "week"
    once: Pounds = NOUGHT
    lines_once: tuple[ReceiptLine, ...] = ()
    told_on: date | None = None
    scheme: Scheme | None = None
    lines: tuple[ReceiptLine, ...] = ()
    caveats: tuple[str, ...] = ()
    other: OtherAmount | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.state == "amount":
            for lines, figure in ((self.lines, self.figure), (self.lines_once, self.once)):
                total = sum((line.amount for line in lines), NOUGHT)
                if lines and total != figure:
                    raise ValueError(f"the lines of the receipt come to {total}, not {figure}")
        return self

    @property
    def figure(self) -> Decimal:
        """Pounds each ``per``: what the lines add up to."""
        return self.weekly if self.each is None else self.each


class Setback(Value):
    """One thing that could go wrong: what then, and who to call."""

    what: str
    then: str = ""
    call: str = ""


class Advice(Value):
    """Information, or something that may prevent or delay needs."""

    title: str
    words: str = ""
    where: str = ""


class Signer(Value):
    """A box to sign."""

    role: Literal["person", "helper", "officer"]
    name: str = ""


class Version(Value):
    """Which version this is. Not part of what the plan says."""

    number: int = Field(ge=1)
    made_on: date
    replaces: int | None = None


class PlanDocument(Value):
    """A whole plan.

    :ivar language: as in ``lang``, of every text in it.
    :ivar helpers: who helped to answer and to plan; ``helped``: the same in the person's own words.
    :ivar carers: who helps the person without pay, and with what.
    :ivar planners: who the person chose to plan with.
    :ivar review: when the person would like to look at the plan again, in their words.
    :ivar review_rule: when the council looks at it again.
    :ivar over_reason: why the plan costs more than the indicative budget, in the person's words.
    :ivar lacks: what the plan still needs before it can be agreed.
    :ivar sample: made with a demonstration, whose council and prices are invented; printed as such.
    """

    form: Literal["plan-my-support"] = "plan-my-support"
    form_version: Literal[1] = 1
    language: str = "en"
    reference: str
    version: Version
    council: Council
    person: Person = Person()
    communication: tuple[str, ...] = ()
    helpers: tuple[Helper, ...] = ()
    helped: str = ""
    carers: tuple[Helper, ...] = ()
    important: str = ""
    needs: tuple[Need, ...] = ()
    standing: Standing = Standing()
    lines: tuple[Line, ...] = ()
    routes: tuple[Route, ...] = ()
    budget: Budget = Budget()
    over_reason: str = ""
    planners: tuple[Said, ...] = ()
    setbacks: tuple[Setback, ...] = ()
    advice: tuple[Advice, ...] = ()
    review: str = ""
    review_rule: str = ""
    lacks: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = (Signer(role="person"), Signer(role="helper"), Signer(role="officer"))
    sample: bool = False

    @model_validator(mode="after")
    def _routes_carry_the_lines(self) -> Self:
        for kind in ("weekly", "one_off"):
            lines = sum((getattr(line, kind) for line in self.lines), NOUGHT)
            routes = sum((getattr(route, kind) for route in self.routes), NOUGHT)
            if lines != routes:
                raise ValueError(f"the {kind} costs are {lines} by line and {routes} by route")
        return self

    @property
    def weekly(self) -> Decimal:
        """What the plan costs, in pounds a week."""
        return sum((line.weekly for line in self.lines), NOUGHT)

    @property
    def one_off(self) -> Decimal:
        """What the plan costs once, in pounds."""
        return sum((line.one_off for line in self.lines), NOUGHT)

    @property
    def weekly_own(self) -> Decimal:
        """What of the weekly cost is the person's own money, beside the budget."""
        return sum((route.weekly for route in self.routes if route.own), NOUGHT)

    @property
    def weekly_from_budget(self) -> Decimal:
        """What the budget would have to pay, in pounds a week."""
        return self.weekly - self.weekly_own

    @property
    def difference(self) -> Decimal | None:
        """Pounds a week over the indicative budget; below nought is under it; ``None`` without one."""
        return self.weekly_from_budget - self.budget.weekly if self.budget.state == "amount" else None

    @property
    def to_meet(self) -> tuple[Need, ...]:
        """The needs that are likely to be eligible, which the plan has to meet."""
        return tuple(need for need in self.needs if need.eligible == "likely")

    def lines_for(self, outcome: Outcome) -> tuple[Line, ...]:
        """The lines of support that help with an outcome."""
        return tuple(line for line in self.lines if outcome in line.needs)

    def first_lines_for(self, outcome: Outcome) -> tuple[Line, ...]:
        """The lines told in full under an outcome: those that no earlier outcome has told already."""
        told: list[Line] = []
        for need in self.needs:
            lines = [line for line in self.lines_for(need.outcome) if not any(line is one for one in told)]
            if need.outcome == outcome:
                return tuple(lines)
            told += lines
        return ()

    @property
    def without_need(self) -> tuple[Line, ...]:
        """Lines that no need of the document accounts for."""
        known = {need.outcome for need in self.needs}
        return tuple(line for line in self.lines if not known.intersection(line.needs))

    @property
    def unmet(self) -> tuple[Need, ...]:
        """Needs to meet that nothing meets yet."""
        return tuple(
            need for need in self.to_meet if not need.met_otherwise and not self.lines_for(need.outcome)
        )
