"""The plan document: everything a finished plan says, frozen, in the person's language.

The check page, the PDF and every export are drawn from this one document. It holds plain data:
money as decimals, days as dates, words as they are read. It knows no pack and no database, so that
an old version can always be drawn again, whatever has changed since.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

from portal.document.rules.behind import Behind
from portal.document.rules.parts import (
    NOUGHT,
    Advice,
    Budget,
    Council,
    Disagreement,
    Helper,
    Line,
    Need,
    Passage,
    Person,
    Risk,
    Route,
    Said,
    Setback,
    Signer,
    Standing,
    Statement,
    Stream,
    Version,
)
from portal.document.rules.portraits import Portrayed
from portal.pack.questions import Outcome
from portal.pack.values import Value


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
    :ivar about_me: what others should know, under the headings of the national "About me" record.
    :ivar questions: the seven questions of a support plan, answered or not needed.
    :ivar nobody_comes: who to phone when nobody comes.
    :ivar first_review_weeks: weeks after this version until the council looks at it with the person.
    :ivar carer_ill: what happens if somebody who helps is ill tomorrow.
    :ivar streams: what is spent from each part of a budget of several parts.
    :ivar statement: what the support costs and who pays it; ``None`` while that is not known.
    :ivar disagreements: what the person does not agree with, line by line.
    :ivar typed: what others typed: about what, and who it was in whose words.
    :ivar behind: the values that all of this was told from.
    :ivar private: what the person keeps to themself, named as in the audit trail: ``answer nutrition``.
    :ivar shortened: something private is left out.
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
    about_me: tuple[Portrayed, ...] = ()
    questions: tuple[Passage, ...] = ()
    needs: tuple[Need, ...] = ()
    standing: Standing = Standing()
    lines: tuple[Line, ...] = ()
    routes: tuple[Route, ...] = ()
    streams: tuple[Stream, ...] = ()
    budget: Budget = Budget()
    statement: Statement | None = None
    over_reason: str = ""
    disagreements: tuple[Disagreement, ...] = ()
    planners: tuple[Said, ...] = ()
    setbacks: tuple[Setback, ...] = ()
    risks: tuple[Risk, ...] = ()
    nobody_comes: str = ""
    carer_ill: str = ""
    advice: tuple[Advice, ...] = ()
    review: str = ""
    review_rule: str = ""
    first_review_weeks: int | None = None
    lacks: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = (Signer(role="person"), Signer(role="helper"), Signer(role="officer"))
    typed: tuple[Passage, ...] = ()
    behind: Behind = Behind()
    private: tuple[str, ...] = ()
    shortened: bool = False
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
    def review_by(self) -> date | None:
        """The day by which the council should look at the plan with the person."""
        weeks = self.first_review_weeks
        return None if weeks is None else self.version.made_on + timedelta(weeks=weeks)

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
    def weekly_public(self) -> Decimal:
        """What of the weekly cost another public body pays, beside the budget."""
        return sum((route.weekly for route in self.routes if route.beside), NOUGHT)

    @property
    def weekly_from_budget(self) -> Decimal:
        """What the budget would have to pay, in pounds a week."""
        return self.weekly - self.weekly_own - self.weekly_public

    @property
    def one_off_from_budget(self) -> Decimal:
        """What the budget would have to pay once, in pounds."""
        return sum((route.one_off for route in self.routes if not route.own and not route.beside), NOUGHT)

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
