"""One evaluation under way: the answers that count, and numbers worked out from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from portal.budget.rules.compiled import Compiled
from portal.budget.rules.receipt import Caveat, ReviewFlag, TierAward
from portal.money import round_to
from portal.pack.conditions import Answers, Kept, answer_to, holds
from portal.pack.scheme.parts import Price, Quantity, SchemePeriod
from portal.pack.scheme.scoring import Reducer
from portal.pack.values import UNKNOWN

if TYPE_CHECKING:
    from portal.budget.rules.points import PointStep

ZERO = Decimal(0)
_PERIODS: dict[str, SchemePeriod] = {
    "day": "day",
    "week": "week",
    "four_weeks": "four_weeks",
    "month": "month",
    "year": "year",
}


class Refer(Exception):
    """The scheme gives no figure here: a person works it out. Carries the caveat that says so."""

    def __init__(self, caveat: Caveat) -> None:
        super().__init__(caveat.rule)
        self.caveat = caveat


class Run:
    """The answers of one person, under one scheme, on one day.

    :ivar shown: scores whose points stand in the receipt without money of their own.
    :ivar with_help: whether help from others is taken off and the carer's own money counted.
    """

    __slots__ = (
        "answers",
        "caveats",
        "compiled",
        "counted",
        "flags",
        "on",
        "scheme",
        "scores",
        "shown",
        "steps",
        "streams",
        "tiers",
        "with_help",
    )

    def __init__(self, compiled: Compiled, answers: Answers, on: dt.date, *, with_help: bool = True) -> None:
        self.compiled = compiled
        self.scheme = compiled.scheme
        self.answers = answers
        self.on = on
        self.with_help = with_help
        self.scores: dict[str, Decimal] = {}
        self.shown: set[str] = set()
        self.steps: dict[str, list[PointStep]] = {}
        self.streams: dict[str, tuple[Decimal, SchemePeriod]] = {}
        self.tiers: dict[str, TierAward] = {}
        self.caveats: list[Caveat] = []
        self.flags: list[ReviewFlag] = []
        self.counted: set[str] = {
            question.id for question in compiled.scheme.questions if holds(question.ask_when, answers)
        }

    def given(self, question: str) -> Kept | None:
        """The answer that counts; ``None`` when not asked, not answered, or said not to be known."""
        if question.partition(".")[0] not in self.counted:
            return None
        given = answer_to(question, self.answers)
        return None if given is None or is_unknown(given) else given

    def number(self, question: str, period: SchemePeriod) -> Decimal | None:
        """A number or a sum of money given, the money brought to ``period``."""
        given = self.given(question)
        if isinstance(given, dict):
            every = given.get("every")
            number = as_number(given.get("pounds"))
            if number is None or every is None or period == "one_off":
                return number
            if every not in _PERIODS:
                return None
            return self.scheme.year.convert(number, _PERIODS[every], period)
        return as_number(given)

    def quantity(self, quantity: Quantity, period: SchemePeriod) -> Decimal:
        """What a quantity comes to for this person."""
        if quantity.when is not None and not holds(quantity.when, self.answers):
            return ZERO
        exact = quantity.banded(self._exact(quantity, period))
        return exact if quantity.round is None else round_to(exact, quantity.round.unit, quantity.round.mode)

    def _exact(self, quantity: Quantity, period: SchemePeriod) -> Decimal:
        if quantity.value is not None:
            return quantity.value
        otherwise = quantity.otherwise if quantity.otherwise is not None else ZERO
        if quantity.answer is not None:
            number = self.number(quantity.answer, period)
            return otherwise if number is None else number
        if quantity.by is not None:
            assert quantity.values is not None
            return self.looked_up(quantity.by, quantity.values, otherwise)
        if quantity.total_of is not None or quantity.count_of is not None:
            return self._over_list(quantity, otherwise)
        if quantity.score is not None:
            return self.scores.get(quantity.score, otherwise)
        if quantity.stream is not None:
            found = self.streams.get(quantity.stream)
            return otherwise if found is None else self.in_period(found, period)
        return self._joined(quantity, period)

    def in_period(self, amount: tuple[Decimal, SchemePeriod], period: SchemePeriod) -> Decimal:
        """A stream's amount brought to another period."""
        number, own = amount
        if own == period or "one_off" in (own, period):
            return number
        return self.scheme.year.convert(number, own, period)

    def looked_up(self, question: str, values: dict[str, Decimal], otherwise: Decimal) -> Decimal:
        """A number by the option chosen, added up where several are."""
        given = self.given(question)
        if given is None:
            asked = self.compiled.questions.get(question)
            raw = self.answers.get(question)
            positive = [value for value in values.values() if value > 0]
            if (
                positive
                and raw is not None
                and is_unknown(raw)
                and asked is not None
                and asked.unanswered == "lowest"
            ):
                return min(positive)
            return otherwise
        chosen = given if isinstance(given, list) else [given]
        return sum((values.get(str(option), otherwise) for option in chosen), ZERO)

    def _over_list(self, quantity: Quantity, otherwise: Decimal) -> Decimal:
        name = quantity.total_of or quantity.count_of or ""
        group, _, field = name.partition(".")
        given = self.given(group)
        if not isinstance(given, list):
            return otherwise
        if quantity.count_of is not None:
            return Decimal(len(given))
        numbers = (as_number(item.get(field)) for item in given if isinstance(item, dict))
        return sum((number for number in numbers if number is not None), ZERO)

    def _joined(self, quantity: Quantity, period: SchemePeriod) -> Decimal:
        def all_of(parts: tuple[Quantity, ...]) -> list[Decimal]:
            return [self.quantity(part, period) for part in parts]

        if quantity.sum is not None:
            return sum(all_of(quantity.sum), ZERO)
        if quantity.product is not None:
            product = Decimal(1)
            for number in all_of(quantity.product):
                product *= number
            return product
        if quantity.least is not None:
            return min(all_of(quantity.least), default=ZERO)
        if quantity.most is not None:
            return max(all_of(quantity.most), default=ZERO)
        if quantity.quotient is not None:
            above, below = all_of(quantity.quotient)
            return above / below if below else quantity.otherwise or ZERO
        assert quantity.less is not None
        first, *rest = all_of(quantity.less)
        return max(ZERO, first - sum(rest, ZERO))

    def price(self, id: str) -> Price | None:
        """The price that holds on the day by this person's route; ``None`` when none does."""
        route = self.route()
        held = [price for price in self.compiled.prices.get(id, ()) if price.effective.holds_on(self.on)]
        for wanted in (route, "any"):
            for price in held:
                if price.route == wanted:
                    return price
        return None

    def route(self) -> str:
        """How the person's money is managed, for prices that depend on it."""
        choice = self.scheme.route
        if choice is None:
            return "any"
        given = self.given(choice.question)
        return choice.values.get(given, choice.otherwise) if isinstance(given, str) else choice.otherwise

    def help_number(self, reducer: Reducer) -> Decimal | None:
        """How much a reducer takes off, in its method's terms; ``None`` when it does not act."""
        if not self.with_help or not holds(reducer.when, self.answers):
            return None
        given = self.given(reducer.driver)
        if given is None:
            return None
        if reducer.table is None:
            return as_number(given)
        chosen = given if isinstance(given, list) else [given]
        numbers = [reducer.table[str(option)] for option in chosen if str(option) in reducer.table]
        return sum(numbers, ZERO) if numbers else None

    def reduces(self, reducer: Reducer) -> Callable[[str | None], bool]:
        """Whether a reducer of scope question acts on a question."""
        if reducer.named_in is None:
            return lambda question: question in reducer.of
        named = self.given(reducer.named_in)
        names = set(map(str, named)) if isinstance(named, list) else {str(named)}

        def acts(question: str | None) -> bool:
            if question not in reducer.of:
                return False
            scored = self.compiled.questions[question or ""]
            return question in names or not names.isdisjoint(scored.outcomes)

        return acts


def is_unknown(given: Kept) -> bool:
    """Whether the answer is "not sure" or "rather not say"."""
    if isinstance(given, str):
        return given in UNKNOWN
    if isinstance(given, list):
        return any(isinstance(option, str) and option in UNKNOWN for option in given)
    return False


def as_number(given: Any) -> Decimal | None:
    """A number from what an answer keeps; ``None`` for what no person could mean."""
    if not isinstance(given, str):
        return None
    try:
        number = Decimal(given)
    except InvalidOperation:
        return None
    # A sum with thousands of digits would overflow somewhere later on.
    return (
        number
        if number.is_finite() and number.adjusted() < 12 and len(number.as_tuple().digits) < 25
        else None
    )
