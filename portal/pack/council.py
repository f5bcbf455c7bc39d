"""The council: its name, how to reach it, what it keeps and for how long, and who may agree a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portal.pack.colours import Colours
from portal.pack.faults import Fault
from portal.pack.text import Text
from portal.pack.values import Identifier, Value
from portal.pack.written import Amount, Email, LanguageTag, Phone, Web

Mode = Literal["standard", "larger", "easy"]
TriggerName = Literal["safeguarding", "urgent", "appeal", "change", "carer"]
Days = Annotated[int, Field(ge=1, le=36500)]


class Contact(Value):
    """Somebody to turn to. At least one way to reach them is given.

    :ivar name: who they are.
    :ivar about: what they can do for the person, in a sentence.
    :ivar phone: the number to call.
    :ivar relay: the number to dial for Relay UK, for people who cannot hear or speak on the telephone.
    :ivar sms: a number for text messages.
    :ivar email: their email address.
    :ivar web: their page.
    :ivar post: lines of a postal address.
    :ivar hours: when somebody answers.
    """

    name: Text
    about: Text | None = None
    phone: Phone | None = None
    relay: Phone | None = None
    sms: Phone | None = None
    email: Email | None = None
    web: Web | None = None
    post: tuple[str, ...] = ()
    hours: Text | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.phone or self.email or self.web or self.post):
            raise Fault(
                f"{self.name.text} cannot be reached", "Add at least one of phone, email, web or post"
            )
        return self


class EmergencyNumber(Value):
    """A number for right now.

    :ivar phone: the number.
    :ivar use: when to call it.
    """

    phone: Phone
    use: Text


class Complaints(Value):
    """How to complain or ask for a second look, and who decides when the council does not put it right.

    :ivar how: the steps, in order.
    :ivar answer_days: working days until the council answers.
    :ivar contact: the council's own complaints team.
    :ivar ombudsman: who looks into it after that.
    """

    how: tuple[Text, ...] = Field(min_length=1)
    answer_days: Days
    contact: Contact
    ombudsman: Contact


class Retention(Value):
    """How long things are kept, in days.

    :ivar draft_days: a draft nobody has typed in is deleted after this.
    :ivar warning_days: so long before, the person is told.
    :ivar browser_days: a browser can open its private draft so long after it was last used here.
    :ivar plan_days: a plan under an account is kept so long after its last change, once a version of it was
        made to be agreed.
    :ivar audit_days: the list of who did what is kept as long as its record, and so long after it is deleted.
    """

    draft_days: Days
    warning_days: Days
    plan_days: Days
    audit_days: Days
    browser_days: Days = 7

    @model_validator(mode="after")
    def _warns_in_time(self) -> Self:
        if self.warning_days >= self.draft_days:
            raise Fault(
                "the warning comes before the draft was begun",
                "Write fewer warning_days than draft_days",
                "warning_days",
            )
        return self


class AgreementRule(Value):
    """When a plan may be agreed without a panel: within both limits.

    :ivar percent: the plan's cost may differ from the indicative budget by so much, up or down.
    :ivar cap: pounds a week, the highest cost that may be agreed so.
    :ivar agreed_by: who agrees then, as part of a sentence: "your worker and their manager".
    :ivar panel: who agrees otherwise.
    :ivar answer_days: working days until the person has an answer, at most.
    :ivar panel_answer_days: the same when a panel agrees.
    """

    percent: Annotated[Decimal, Field(ge=0, le=100)]
    cap: Amount
    agreed_by: Text
    panel: Text
    answer_days: Days
    panel_answer_days: Days


class Reviews(Value):
    """When the plan is looked at again (Care Act statutory guidance 13.32).

    :ivar first_weeks: weeks until the first, short review.
    :ivar then_months: months from one review to the next.
    """

    first_weeks: Annotated[int, Field(ge=1, le=26)] = 8
    then_months: Annotated[int, Field(ge=1, le=12)] = 12


class SignIn(Value):
    """How long people stay signed in. A private draft in a browser is not touched by it.

    :ivar idle_minutes: somebody who does nothing is signed out after so many minutes; they are told before.
    :ivar hours: so many hours after signing in they sign in again, whatever they do.
    :ivar staff_idle_minutes: the first for the council's staff.
    :ivar staff_hours: the second for the council's staff.
    """

    idle_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    hours: Annotated[int, Field(ge=1, le=72)] = 12
    staff_idle_minutes: Annotated[int, Field(ge=5, le=60)] = 30
    staff_hours: Annotated[int, Field(ge=1, le=12)] = 10


class Start(Value):
    """What the start page says before anything is asked.

    :ivar title: its heading.
    :ivar about: what this is and who it is for, a paragraph each.
    :ivar need: what to have ready, an entry each.
    :ivar time: how long it takes.
    :ivar stop: that one may stop, and what happens then.
    :ivar typed: what happens to what is typed.
    :ivar other_ways: how to do it by telephone, on paper or face to face.
    """

    title: Text
    about: tuple[Text, ...] = Field(min_length=1)
    need: tuple[Text, ...] = Field(min_length=1)
    time: Text
    stop: Text
    typed: Text
    other_ways: Text


class Accessibility(Value):
    """Facts of the accessibility statement.

    :ivar prepared: the day on which it was written.
    :ivar gaps: what does not work for everybody yet.
    :ivar answer_days: working days until the council answers a report.
    """

    prepared: date
    gaps: tuple[Text, ...] = ()
    answer_days: Days


class Council(Value):
    """``council.yaml``: who the council is and what it has decided for everybody.

    :ivar id: the pack's name in addresses and records.
    :ivar status: ``demo`` shows a banner and may use invented figures; ``live`` may not.
    :ivar name: the council's own name, the same in every language.
    :ivar service: what the portal is called.
    :ivar short_name: its name where room is short.
    :ivar leave_to: an ordinary page, where "leave this site" goes.
    :ivar contact: whom to ask anything.
    :ivar out_of_hours: who answers at night and on weekends.
    :ivar safeguarding: who helps when somebody is not safe.
    :ivar emergency: numbers for right now.
    :ivar complaints: how to complain.
    :ivar advocacy: who provides advocates.
    :ivar carers: who helps unpaid carers.
    :ivar start: the start page.
    :ivar accessibility: the accessibility statement.
    :ivar colours: the colours of the pages.
    :ivar modes: the ways of reading that are offered.
    :ivar retention: how long things are kept.
    :ivar agreement: when a plan may be agreed without a panel.
    :ivar reviews: when a plan is looked at again.
    :ivar interpreters: how to have somebody who speaks or signs the person's language.
    :ivar languages: what people may read in, English first.
    :ivar paper: who sends a paper form, and where it goes back to.
    :ivar sign_in: how long people stay signed in.
    """

    id: Identifier
    status: Literal["demo", "live"]
    name: str = Field(min_length=1, max_length=80)
    short_name: str = Field(min_length=1, max_length=40)
    service: Text
    leave_to: Web
    contact: Contact
    out_of_hours: Contact
    safeguarding: Contact
    emergency: tuple[EmergencyNumber, ...] = Field(min_length=1)
    complaints: Complaints
    advocacy: Contact
    carers: Contact
    interpreters: Contact
    paper: Contact
    start: Start
    accessibility: Accessibility
    colours: Colours = Colours()
    languages: tuple[LanguageTag, ...] = ("en",)
    modes: tuple[Mode, ...] = ("standard", "larger")
    retention: Retention
    agreement: AgreementRule
    reviews: Reviews = Reviews()
    sign_in: SignIn = SignIn()

    @property
    def phone(self) -> str:
        """The number for ordinary questions."""
        return self.contact.phone or ""

    @model_validator(mode="after")
    def _can_be_phoned(self) -> Self:
        for key in ("contact", "out_of_hours", "safeguarding"):
            if not getattr(self, key).phone:
                raise Fault(f"{key} has no telephone number", "Add a line with phone:", key)
        return self

    @model_validator(mode="after")
    def _reads_in_english(self) -> Self:
        if self.languages[:1] != ("en",):
            raise Fault("the words of a pack are English", "Write en first", "languages")
        if "standard" not in self.modes:
            raise Fault("everybody can go back to the standard wording", "Add standard", "modes")
        return self


class Trigger(Value):
    """Something that can start at any moment of the journey.

    :ivar id: which of the five it is.
    :ivar title: the heading of its page.
    :ivar link: the words of the link that leads here.
    :ivar about: when to use it, in a sentence or two.
    :ivar steps: what to do, in order.
    :ivar contact: whom to call.
    :ivar then: what happens after that, in order.
    :ivar call_first: shows 999 above everything else.
    :ivar leave: whether the page offers to leave quickly.
    """

    id: TriggerName
    title: Text
    link: Text
    about: Text
    steps: tuple[Text, ...] = Field(min_length=1)
    contact: Contact
    call_first: bool = False
    then: tuple[Text, ...] = Field(min_length=1)
    leave: bool = False


class Triggers(Value):
    """``triggers.yaml``: all five ways to get something started right now.

    :ivar triggers: one of each.
    """

    triggers: tuple[Trigger, ...]

    @model_validator(mode="after")
    def _all_there(self) -> Self:
        there = [trigger.id for trigger in self.triggers]
        needed: tuple[TriggerName, ...] = ("safeguarding", "urgent", "appeal", "change", "carer")
        for name in needed:
            if there.count(name) != 1:
                raise Fault(
                    f"{name} is written {there.count(name)} times",
                    "Write each of safeguarding, urgent, appeal, change and carer once",
                    "triggers",
                )
        return self


class PrivacySection(Value):
    """One heading of the privacy notice.

    :ivar title: the heading.
    :ivar text: its paragraphs.
    """

    title: Text
    text: tuple[Text, ...] = Field(min_length=1)


class Privacy(Value):
    """``privacy.yaml``: what happens to what a person types.

    :ivar updated: the day of the last change.
    :ivar short: the whole of it in a sentence or two.
    :ivar sections: the notice itself.
    :ivar contact: the council's data protection officer.
    :ivar regulator: who looks into it after that.
    """

    updated: date
    short: Text
    sections: tuple[PrivacySection, ...] = Field(min_length=1)
    contact: Contact
    regulator: Contact


class Word(Value):
    """A word of the field.

    :ivar word: the word.
    :ivar meaning: what it means, in a sentence.
    """

    word: Text
    meaning: Text


class Glossary(Value):
    """``glossary.yaml``: words that people may not know.

    :ivar words: in the order in which they are shown.
    """

    words: tuple[Word, ...]
