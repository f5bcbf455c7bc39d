"""Invented people, at different points of the journey, to try the portal with."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from portal.pack.eligibility import PolicyGroup
from portal.pack.questions import Outcome, Period
from portal.pack.support import Day, LineKind, MetBy, Part, Payee, PlanPart, Worth
from portal.pack.text import Text
from portal.pack.values import Identifier, Value
from portal.pack.written import Amount, ClockTime

Stage = Literal["fresh", "assessment_started", "assessment_done", "budget_seen", "plan_started", "plan_ready"]
Shown = Literal["needs", "stop", "doing", "going_on"]
Combine = Literal["together", "apart", "not_sure"]


class SampleLine(Value):
    """One line of support in a sample's plan.

    :ivar kind: what sort of support it is.
    :ivar what: what happens.
    :ivar needs: the outcomes it helps with.
    :ivar who: who does it.
    :ivar days: the days of the week.
    :ivar parts: the parts of the day.
    :ivar times: the time in the person's words.
    :ivar every: how often a sum comes.
    :ivar ends_in: days until it ends, counted in the same way as ``starts_in``.
    :ivar quantity: hours or visits a week, where the kind counts them.
    :ivar price: pounds for an hour, a visit, or each ``every``.
    :ivar route: the id of a money route, or ``own`` for the person's own money.
    :ivar starts_in: days from the day on which the sample is set up.
    :ivar start: from when, on each of its days.
    :ivar end: until when, on each of its days.
    :ivar workers: how many help at the same time.
    :ivar stream: the id of the part of the budget that it is spent from.
    :ivar award_months: how long an award lasts.
    :ivar longest_months: how long all awards together may last; no limit when absent.
    :ivar payee: who is paid with a direct payment.
    :ivar same_home: whether they live with the person.
    """

    kind: LineKind
    what: str = Field(min_length=1)
    needs: tuple[Outcome, ...] = ()
    who: str = ""
    days: tuple[Day, ...] = ()
    parts: tuple[Part, ...] = ()
    times: str = ""
    quantity: Annotated[Decimal, Field(gt=0)] | None = None
    price: Amount | None = None
    every: Period | None = None
    route: str | None = None
    starts_in: Annotated[int, Field(ge=0, le=365)] | None = None
    ends_in: Annotated[int, Field(ge=0, le=3650)] | None = None
    start: ClockTime | None = None
    end: ClockTime | None = None
    workers: Annotated[int, Field(ge=1, le=4)] = 1
    stream: str | None = None
    award_months: Annotated[Decimal, Field(gt=0)] | None = None
    longest_months: Annotated[Decimal, Field(gt=0)] | None = None
    payee: Payee | None = None
    same_home: bool | None = None


class SampleWish(Value):
    """What the person said about one need in the plan.

    :ivar words: what they want to happen; the assessment's words stand when absent.
    :ivar met_by: who meets it without a line of support.
    """

    words: str | None = None
    met_by: MetBy | None = None


class SampleSetback(Value):
    """One thing that could go wrong.

    :ivar wrong: what could go wrong.
    :ivar signs: early signs of it.
    :ivar worth: whether they find the risk worth taking.
    :ivar worth_why: why.
    :ivar then: what happens then.
    :ivar call: who to call.
    """

    wrong: str = Field(min_length=1)
    then: str = ""
    call: str = ""
    signs: str = ""
    worth: Worth | None = None
    worth_why: str = ""


class SamplePlan(Value):
    """A sample's plan so far.

    :ivar wishes: what they said about each need.
    :ivar lines: the lines of support, in order.
    :ivar setbacks: what could go wrong.
    :ivar texts: why it costs more than the budget (``over``), who helped to write it (``helped``), when
        they want to look at it again (``review``), whom to phone if nobody comes, what happens if a carer
        is ill tomorrow, About me (``about_important`` and so on), and the seven questions (``q_change`` ...).
    :ivar not_needed: the seven questions that they said are not needed.
    :ivar held: what they said about how the money of a route is held, by route and by name.
    """

    wishes: dict[Outcome, SampleWish] = {}
    lines: tuple[SampleLine, ...] = ()
    setbacks: tuple[SampleSetback, ...] = ()
    texts: dict[PlanPart, str] = {}
    not_needed: tuple[PlanPart, ...] = ()
    held: dict[Identifier, dict[Identifier, str]] = {}


class SampleLink(Value):
    """That a sample is linked with another one, who is set up beside it.

    :ivar to: the other sample's id.
    :ivar called: what this one calls the other.
    :ivar calls: what the other calls this one.
    :ivar shows: what this one agreed to show.
    :ivar is_shown: what the other agreed to show this one.
    :ivar wish: whether this one wants both assessments done together.
    :ivar others_wish: whether the other does.
    :ivar joined: whether both agreed to join their plans.
    :ivar shares: by the place of a line in this one's plan, counted from 0, how many per cent it carries.
    :ivar others_share: the same for the lines of the other's plan, and what that plan carries.
    """

    to: Identifier
    called: str = Field(min_length=1, max_length=60)
    calls: str = Field(min_length=1, max_length=60)
    shows: tuple[Shown, ...] = ()
    is_shown: tuple[Shown, ...] = ()
    wish: Combine | None = None
    others_wish: Combine | None = None
    joined: bool = False
    shares: dict[int, Annotated[int, Field(ge=1, le=99)]] = {}
    others_share: dict[int, Annotated[int, Field(ge=1, le=99)]] = {}


class Sample(Value):
    """One invented person.

    :ivar id: its name in addresses.
    :ivar name: the invented name.
    :ivar about: who they are, in a sentence, for the start page.
    :ivar group: ``carer`` for somebody who answers the carers' questions.
    :ivar stage: how far they have come.
    :ivar answers: by question id, in the form in which answers are stored.
    :ivar planners: who helps them to plan, by planner id, with the name they gave, if any.
    :ivar routes: how they want to hold the money, by money route id.
    :ivar plan: their plan so far.
    :ivar link: somebody they are linked with.
    """

    id: Identifier
    name: str = Field(min_length=1, max_length=60)
    about: Text
    group: PolicyGroup = "adult"
    stage: Stage
    answers: dict[str, Any] = {}
    planners: dict[Identifier, str] = {}
    routes: tuple[Identifier, ...] = ()
    plan: SamplePlan | None = None
    link: SampleLink | None = None


class SampleOfficer(Value):
    """One invented officer of the council.

    :ivar name: the invented name.
    :ivar about: what they do, in a sentence, for the start page.
    """

    name: str = Field(min_length=1, max_length=60)
    about: Text


class Samples(Value):
    """``samples.yaml``: invented people to try the portal with.

    :ivar samples: in the order in which they are offered.
    :ivar officer: an officer of the council to look around as.
    """

    samples: tuple[Sample, ...]
    officer: SampleOfficer | None = None
