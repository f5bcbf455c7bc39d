"""The parts of a plan document: plain data, money as decimals, days as dates, words as they are read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from portal.document.rules.pounds import Pounds
from portal.pack.questions import Outcome
from portal.pack.values import Value

NOUGHT = Decimal(0)


class Said(Value):
    """A choice the person made: its identifier, for machines, and its words, for people."""

    code: str
    words: str


class Passage(Value):
    """Something the person wrote under a heading.

    :ivar code: what the heading is, for machines; ``title``: the heading as it is read.
    :ivar not_needed: the person said that nothing is needed here.
    """

    code: str
    title: str
    words: str = ""
    not_needed: bool = False


class Council(Value):
    """Whom to ask. Fields the council does not offer are empty.

    :ivar night: who answers at night and on weekends; ``night_phone``: their number.
    """

    name: str
    phone: str = ""
    email: str = ""
    hours: str = ""
    night: str = ""
    night_phone: str = ""
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
    :ivar answer: the statement the person chose; ``chosen``: which one it is.
    :ivar unable: which of the four ways of being unable to achieve it the person ticked.
    :ivar eligible: whether the need is likely to be eligible; the council decides.
    :ivar own_words: what matters to the person about it.
    :ivar wanted: what the person wants to change or achieve.
    :ivar met_otherwise: how it is met without a line of support, for example by a carer; ``met_by``: by whom.
    """

    outcome: Outcome
    title: str
    answer: str = ""
    chosen: str = ""
    unable: tuple[Said, ...] = ()
    eligible: Literal["likely", "not_likely", "not_known"] = "not_known"
    own_words: str = ""
    wanted: str = ""
    met_otherwise: str = ""
    met_by: str = ""

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


class Slot(Value):
    """When something happens on one day of the week.

    :ivar start: 24 hours, ``HH:MM``; ``end``: the same. One at or before the start is on the next day.
    """

    day: str
    start: str
    end: str


class Line(Value):
    """One line of support.

    :ivar id: its name in the plan that it was frozen from, so that what is private can be left out.
    :ivar needs: the outcomes it helps with.
    :ivar when: days and times in words, from ``days``, ``parts`` of the day and ``times`` as typed.
    :ivar how_much: hours a week at a price, a sum, or free, in words, from ``quantity`` (hours or visits a
        week), ``price`` (pounds) and ``every`` (how often a sum comes).
    :ivar kind: what sort of support it is.
    :ivar route: how its money is managed; ``None`` for support that costs nothing.
    :ivar priced: whether its cost is known. Not known is not nought.
    :ivar weekly: pounds a week; nought when it is free or paid once.
    :ivar one_off: pounds, paid once.
    :ivar slots: from when to when on each day, where that is set.
    :ivar workers: how many people help at the same time.
    :ivar working: how the weekly cost is worked out, to check with a calculator.
    :ivar stream: the part of the budget that it is spent from.
    :ivar award: how long it is given for, and until when it can be given again.
    :ivar timed: whether a time was to be said for it.
    :ivar instead: what it is in place of, with what that would cost.
    :ivar paid_to: who is paid with a direct payment, as far as a rule asks, and what an officer allowed.
    """

    id: str = ""
    needs: tuple[Outcome, ...] = ()
    what: str
    who: str = ""
    when: str = ""
    days: tuple[Said, ...] = ()
    parts: tuple[Said, ...] = ()
    times: str = ""
    how_much: str = ""
    quantity: Decimal | None = None
    price: Pounds | None = None
    every: str = ""
    starts: date | None = None
    ends: date | None = None
    kind: Said | None = None
    route: Said | None = None
    priced: bool = True
    weekly: Pounds = NOUGHT
    one_off: Pounds = NOUGHT
    slots: tuple[Slot, ...] = ()
    workers: int = 1
    working: str = ""
    stream: Said | None = None
    award: str = ""
    timed: bool = True
    paid_to: str = ""
    instead: str = ""

    @property
    def free(self) -> bool:
        """Whether it costs nothing, and that is known."""
        return self.priced and not self.weekly and not self.one_off


class Route(Value):
    """One way the money is managed, with what it carries and what it asks of the person.

    :ivar own: the person's own money, which is not taken from the budget.
    :ivar kind: what sort of route it is by law: ``direct_payment``, ``council`` or ``isf``.
    :ivar beside: another public body's money, which is not taken from the budget either.
    :ivar stopped: why it cannot be agreed so, by the rules for direct payments.
    """

    route: Said
    kind: str = ""
    own: bool = False
    beside: bool = False
    stopped: tuple[str, ...] = ()
    about: str = ""
    duties: tuple[str, ...] = ()
    weekly: Pounds = NOUGHT
    one_off: Pounds = NOUGHT
    needs: tuple[str, ...] = ()
    """The needs met through it, by title."""
    paid: str = ""
    """Where or how often it is paid, in words."""
    facts: tuple[Passage, ...] = ()
    """What was agreed about it: who receives it, net or gross, what becomes of a surplus."""


class Stream(Value):
    """What is spent from one part of a budget of several parts, in pounds.

    :ivar stream: which part; ``None`` for lines of no part yet.
    :ivar weekly: what it brings a week; ``None`` where it is paid once. ``once``: what it brings once.
    """

    stream: Said | None = None
    weekly: Pounds | None = None
    once: Pounds | None = None
    planned: Pounds = NOUGHT
    planned_once: Pounds = NOUGHT


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
    :ivar lower: what support may cost at the least, pounds each ``per``, where the scheme tells that;
        ``higher`` at the most.
    :ivar once: pounds paid one time, which ``lines_once`` add up to.
    """

    state: Literal["amount", "refer", "none"] = "none"
    why: str = ""
    weekly: Pounds = NOUGHT
    yearly: Pounds = NOUGHT
    told: str = ""
    also: tuple[str, ...] = ()
    lower: Pounds | None = None
    higher: Pounds | None = None
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


class Statement(Value):
    """What the support costs a week, and who pays it: section 26 of the Care Act. Pounds.

    :ivar cost: what the budget would have to pay for; ``person`` and ``council`` add up to it.
    :ivar estimated: the person's part is an estimate; the council has not worked it out yet.
    :ivar also: other public money beside it, with its amount a week.
    """

    cost: Pounds
    person: Pounds
    council: Pounds
    estimated: bool = True
    also: tuple[Passage, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.person + self.council != self.cost or min(self.person, self.council) < 0:
            raise ValueError(f"{self.person} and {self.council} are not {self.cost}")
        return self


class Disagreement(Value):
    """What the person does not agree with. The figure it is about does not move by itself.

    :ivar about: the line or the figure, in words.
    :ivar instead: what the person would say; ``amount``: what they think it costs, in words.
    """

    about: str
    instead: str = ""
    amount: str = ""
    why: str = ""


class Risk(Value):
    """A risk that the person thinks worth taking, and what makes it safer.

    :ivar id: of the setback that it is about.
    """

    id: str = ""
    what: str
    why: str = ""
    safer: str = ""


class Setback(Value):
    """One thing that could go wrong: the first signs of it, what then, and who to call.

    :ivar id: its name in the plan that it was frozen from.
    """

    id: str = ""
    what: str
    signs: str = ""
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
