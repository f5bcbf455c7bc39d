"""What the answers ask somebody to look at: danger, haste, an advocate, a specialist, a contradiction.

A flag never stops the person. It opens a way (a trigger page of the pack), and tells the council what to
look at first. Flags rest on chosen answers alone; nobody has to write down what happens to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from portal.assessment.rules.difficulty import OUTCOMES
from portal.pack.conditions import Answers, answer_to
from portal.pack.council import TriggerName
from portal.pack.values import UNKNOWN
from portal.text import _

Severity = Literal["now", "soon", "note"]
"""``now``: today, before anything else. ``soon``: in the next days. ``note``: when we look at the answers."""

FlagName = Literal[
    "safeguarding",
    "self_harm",
    "urgent",
    "deafblind",
    "advocacy",
    "capacity",
    "agreement",
    "worker_led",
    "complex",
    "fluctuating",
    "carer",
    "young_carer",
    "parent_carer",
    "going_on",
    "contradiction",
]


@dataclass(frozen=True)
class Flag:
    """One thing to look at.

    :ivar route: the trigger page to offer, if any.
    :ivar title: what it is, for the person.
    :ivar about: what happens because of it, for the person.
    :ivar rests_on: the questions whose answers raise it.
    :ivar for_staff_first: the assessment is not complete until a worker has looked at this.
    """

    id: FlagName
    severity: Severity
    title: str
    about: str
    rests_on: tuple[str, ...]
    route: TriggerName | None = None
    for_staff_first: bool = False


_ORDER: tuple[Severity, ...] = ("now", "soon", "note")


def flags(answers: Answers) -> tuple[Flag, ...]:
    """Every flag these answers raise, the most pressing first.

    :param answers: those on the path only.
    """
    raised = [flag for rule in _RULES for flag in rule(answers)]
    return tuple(sorted(raised, key=lambda flag: _ORDER.index(flag.severity)))


def _chosen(answers: Answers, question: str) -> frozenset[str]:
    given = answer_to(question, answers)
    if isinstance(given, list):
        return frozenset(each for each in given if isinstance(each, str))
    return frozenset({given}) if isinstance(given, str) else frozenset()


def _safety(answers: Answers) -> Iterator[Flag]:
    said = _chosen(answers, "safe")
    if said & {"hurt", "money", "control", "neglect"}:
        yield Flag(
            "safeguarding",
            "now",
            _("You have a right to be safe"),
            _("Please phone us when it is safe for you. We listen, and we ask what you want to happen."),
            ("safe",),
            route="safeguarding",
            for_staff_first=True,
        )
    elif said & UNKNOWN:
        yield Flag(
            "safeguarding",
            "soon",
            _("You can talk to us about being safe"),
            _("You do not have to tell us. If you want to talk to somebody, we show you who can help."),
            ("safe",),
            route="safeguarding",
        )
    if "self_harm" in said:
        yield Flag(
            "self_harm",
            "now",
            _("You can talk to somebody today"),
            _("You do not have to be alone with this. We show you who listens, day and night."),
            ("safe",),
            route="urgent",
            for_staff_first=True,
        )


def _urgency(answers: Answers) -> Iterator[Flag]:
    said = _chosen(answers, "urgent")
    if "today" in said:
        yield Flag(
            "urgent",
            "now",
            _("You need help today"),
            _("Please call us now. We can help before the forms are done and before we ask about money."),
            ("urgent",),
            route="urgent",
        )
    elif said & ({"soon"} | UNKNOWN):
        yield Flag(
            "urgent",
            "soon",
            _("You may need help in the next few days"),
            _("Please call us. We can help before the forms are done and before we ask about money."),
            ("urgent",),
            route="urgent",
        )


def _deafblind(answers: Answers) -> Iterator[Flag]:
    said = _chosen(answers, "deafblind")
    if "yes" in said:
        yield Flag(
            "deafblind",
            "soon",
            _("You find it hard both to see and to hear"),
            _("Somebody with special training will take part in your assessment."),
            ("deafblind",),
            for_staff_first=True,
        )
    elif said & UNKNOWN:
        yield Flag(
            "deafblind",
            "note",
            _("You are not sure about your sight and hearing"),
            _("We ask you about this. If you need it, somebody with special training takes part."),
            ("deafblind",),
        )


HARD = frozenset({"understand", "remember", "weigh", "communicate"})
"""The four difficulties of section 67(4) of the Care Act."""

CAN_SUPPORT = frozenset({"family_friend", "advocate"})
"""Who may be an appropriate person: somebody the person wants who is not paid to care for them."""


def _advocacy(answers: Answers) -> Iterator[Flag]:
    said = _chosen(answers, "advocacy")
    if not said & (HARD | UNKNOWN) or _chosen(answers, "supporter") & CAN_SUPPORT:
        return
    rests_on = tuple(name for name in ("advocacy", "supporter") if name in answers)
    if said & HARD:
        yield Flag(
            "advocacy",
            "soon",
            _("You have a right to an advocate"),
            _("An advocate helps you to take part and speaks up for you. It is free. Phone to ask for one."),
            rests_on,
            for_staff_first=True,
        )
    else:
        yield Flag(
            "advocacy",
            "note",
            _("You may have a right to an advocate"),
            _("An advocate helps you to take part and speaks up for you. It is free. We ask you about this."),
            rests_on,
        )


def _capacity(answers: Answers) -> Iterator[Flag]:
    doubts = (
        ("willing_able", {"not_able"} | UNKNOWN),
        ("helper.agrees", {"cannot_say"}),
    )
    rests_on = tuple(
        question.partition(".")[0] for question, doubt in doubts if _chosen(answers, question) & doubt
    )
    if rests_on:
        yield Flag(
            "capacity",
            "soon",
            _("We need to check that this form is right for you"),
            _("A worker talks to you and sees what help you need to take part. You may go on now."),
            rests_on,
            for_staff_first=True,
        )


def _agreement(answers: Answers) -> Iterator[Flag]:
    if "disagrees" in _chosen(answers, "helper.agrees"):
        yield Flag(
            "agreement",
            "soon",
            _("The person does not agree to this help"),
            _("We talk to the person first. We do not use these answers until they agree."),
            ("helper",),
            for_staff_first=True,
        )


def _worker_led(answers: Answers) -> Iterator[Flag]:
    doubts = (
        ("wish_self_assessment", {"no"} | UNKNOWN),
        ("willing_able", {"not_willing"}),
    )
    rests_on = tuple(question for question, doubt in doubts if _chosen(answers, question) & doubt)
    if rests_on:
        yield Flag(
            "worker_led",
            "soon",
            _("A worker can do the assessment with you"),
            _("Phone us, and we find a time that suits you. What you filled in here is not lost."),
            rests_on,
        )


def _complex(answers: Answers) -> Iterator[Flag]:
    said = _chosen(answers, "complex")
    if said & ({"yes"} | UNKNOWN):
        yield Flag(
            "complex",
            "soon" if "yes" in said else "note",
            _("A form cannot show all your needs")
            if "yes" in said
            else _("A form may not show all your needs"),
            _("A worker looks at your needs with you. The form alone does not decide your money."),
            tuple(name for name in ("complex", "complex_about") if name in answers),
        )


def _fluctuating(answers: Answers) -> Iterator[Flag]:
    said = _chosen(answers, "changes")
    if said & {"some_days", "a_lot"}:
        yield Flag(
            "fluctuating",
            "soon" if "a_lot" in said else "note",
            _("You have good days and bad days"),
            _("We look at a time that is long enough to see both."),
            tuple(name for name in ("changes", "changes_period") if name in answers),
        )


def _carer(answers: Answers) -> Iterator[Flag]:
    wants = "yes" in _chosen(answers, "carer_assessment")
    worn_out = "lot" in _chosen(answers, "carer_break")
    if wants or worn_out:
        yield Flag(
            "carer",
            "soon" if worn_out else "note",
            _("Your carer has a right to an assessment"),
            _("We offer it to them. If they are ill or cannot go on, tell us at once."),
            tuple(name for name, true in (("carer_break", worn_out), ("carer_assessment", wants)) if true),
            route="carer",
        )


def _young_or_parent(answers: Answers) -> Iterator[Flag]:
    """Carers whose rights stand in another law: under 18, or parents of somebody under 18."""
    if "child" in _chosen(answers, "carer_for.you_are"):
        yield Flag(
            "young_carer",
            "soon",
            _("Young carers have rights of their own"),
            _("You are under 18. Somebody who knows about this talks with you. Below is who to call."),
            ("carer_for",),
        )
    if "child" in _chosen(answers, "carer_for.they_are"):
        yield Flag(
            "parent_carer",
            "soon",
            _("Parents of a disabled child have rights of their own"),
            _("Another team looks at what you and your child need. Below is who to call."),
            ("carer_for",),
        )


def _going_on(answers: Answers) -> Iterator[Flag]:
    """A carer who will not or cannot go on. Nothing takes it for granted that they do."""
    stops = [name for name in ("carer_willing", "carer_able") if "no" in _chosen(answers, name)]
    if stops:
        yield Flag(
            "going_on",
            "now",
            _("You do not have to go on"),
            _("You may stop. Call us now. We make sure that the person you look after is safe."),
            tuple(stops),
            route="urgent",
        )
    elif "weeks" in _chosen(answers, "carer_how_long"):
        yield Flag(
            "going_on",
            "soon",
            _("You told us that you can go on for some weeks only"),
            _("Please call us soon. We look at what the person you look after needs from then on."),
            ("carer_how_long",),
            route="urgent",
        )


MUCH_HELP = frozenset({"some", "lot", "all"})


def _contradiction(answers: Answers) -> Iterator[Flag]:
    rests_on = tuple(
        question
        for outcome in OUTCOMES
        if _chosen(answers, outcome) & MUCH_HELP and "none" in _chosen(answers, f"{outcome}_unable")
        for question in (outcome, f"{outcome}_unable")
    )
    if rests_on:
        yield Flag(
            "contradiction",
            "note",
            _("Two of your answers do not fit together"),
            _("You need help with this, but none of the reasons seem true. Please look again."),
            rests_on,
        )


_RULES: tuple[Callable[[Answers], Iterator[Flag]], ...] = (
    _safety,
    _urgency,
    _agreement,
    _advocacy,
    _capacity,
    _deafblind,
    _worker_led,
    _carer,
    _young_or_parent,
    _going_on,
    _complex,
    _fluctuating,
    _contradiction,
)
