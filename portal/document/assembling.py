"""Putting the plan document together from what earlier steps keep, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from sqlalchemy.orm import Session

from portal.assessment.records import answers_of
from portal.assessment.rules.difficulty import OUTCOMES
from portal.assessment.rules.eligibility import Standing as Stands
from portal.assessment.rules.eligibility import standing
from portal.assessment.rules.prevention import matching
from portal.budget.disagreeing import read_doubts
from portal.charging.records import estimated, money_of
from portal.choices.records import read_choices
from portal.document.assembled_budget import budget_of, doubts_of
from portal.document.assembled_plan import AssembledPlan
from portal.document.assembled_values import behind
from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import (
    Advice,
    Council,
    Criterion,
    Helper,
    Need,
    Passage,
    Person,
    Said,
    Signer,
    Standing,
    Statement,
    Version,
)
from portal.pack.conditions import Answers, Kept, answer_to
from portal.pack.council import Contact
from portal.pack.eligibility import policy_on
from portal.pack.pack import Pack
from portal.pack.questions import Outcome, Question
from portal.pack.values import UNKNOWN
from portal.pictures.records import all_shown
from portal.plan.headings import ASKS, OPEN_QUESTION, SEVEN
from portal.plan.money_telling import tell_needed
from portal.plan.rules.needs import Need as PlanNeed
from portal.plan.rules.needs import words_from_assessment
from portal.plan.telling import (
    MET_BY_WORDS,
    tell_left,
)
from portal.plan.whole import Plan, read_plan
from portal.questions.path import counted
from portal.questions.telling import answer_in_words
from portal.sharing.private import NEVER_SHOWN, private_of
from portal.sharing.records import Case
from portal.sharing.rules import Whose
from portal.sharing.typed import typed_by_others
from portal.text import _
from portal.words import Language

MOST_ADVICE = 6
_WHOSE: Mapping[Whose, str] = {
    "theirs": _("Typed by %(name)s, in my words"),
    "mine": _("In the words of %(name)s"),
    "paper": _("From paper, typed by %(name)s"),
}
_ACCEPTED = _("%(name)s suggested this, and I said yes")


def assemble(session: Session, case: Case, pack: Pack, words: Language, version: Version) -> PlanDocument:
    """The plan of a case as it stands on the day of a version, ready to be shown or frozen."""
    return _Assembly(session, case, pack, words, version.made_on).document(version)


class _Assembly:
    def __init__(self, session: Session, case: Case, pack: Pack, words: Language, on: date) -> None:
        self.session, self.case, self.pack, self.words, self.on = session, case, pack, words, on
        self.answers: Answers = counted(pack, answers_of(session, case.id))
        self.plan: Plan = read_plan(session, case.id, pack, on)
        self.choices = read_choices(session, case.id)
        self.pictures = all_shown(session, case.id)
        policy = policy_on(pack.policies, "adult", on)
        self.stands: Stands | None = standing(policy, self.answers, on=on) if policy else None

    def document(self, version: Version) -> PlanDocument:
        person, helpers = self._person(), tuple(self._helpers())
        planned = AssembledPlan(self.plan, self.pack, self.words, self._title, self.pictures)
        needs = tuple(self._needs())
        doubts = read_doubts(self.session, self.case.id)
        signed_by_helper = helpers[0].name if helpers else ""
        return PlanDocument(
            language=self.words.code,
            reference=self.case.reference,
            version=version,
            council=self._council(),
            person=person,
            communication=tuple(self._communication()),
            helpers=helpers,
            helped=self.plan.texts.get("helped", ""),
            carers=tuple(self._carers()),
            important=self._typed("strengths"),
            needs=needs,
            standing=self._standing(),
            lines=tuple(planned.lines()),
            routes=tuple(planned.routes(self.choices.get("money", {}))),
            streams=tuple(planned.streams()),
            budget=budget_of(self.session, self.case.id, self.pack, self.words, self.on),
            over_reason=self.plan.texts.get("over", "") if self.plan.comparison.over else "",
            planners=tuple(self._planners()),
            setbacks=tuple(planned.setbacks()),
            risks=tuple(planned.risks()),
            about_me=tuple(planned.about_me()),
            disagreements=tuple(doubts_of(doubts, self.words)),
            questions=tuple(planned.questions()),
            nobody_comes=self.plan.texts.get("nobody_comes", ""),
            carer_ill=self.plan.texts.get("carer_ill", ""),
            advice=tuple(self._advice()),
            first_review_weeks=self.pack.council.reviews.first_weeks,
            statement=self._statement(),
            review=self.plan.texts.get("review", ""),
            review_rule=self.words.gettext(
                _("The council looks at it with me after %(weeks)s weeks, then every %(months)s months."),
                weeks=self.words.number(self.pack.council.reviews.first_weeks),
                months=self.words.number(self.pack.council.reviews.then_months),
            ),
            lacks=tuple(self._lacks()),
            signers=(
                Signer(role="person", name=person.name),
                Signer(role="helper", name=signed_by_helper),
                Signer(role="officer"),
            ),
            typed=tuple(self._typed_by_others()),
            behind=behind(self.answers, self.choices, self.plan, needs, doubts, self.pack.questions),
            private=tuple(sorted(private_of(self.session, self.case.id))),
            sample=self.pack.council.status == "demo",
        )

    def _lacks(self) -> Iterator[str]:
        """Everything that is still open, as the page that asks whether the plan is ready says it."""
        for one in self.plan.left:
            yield tell_left(one, self._title(one.need.outcome) if one.need else "", self.words)
        for needed in self.plan.needed:
            yield tell_needed(needed, self.words)
        for point in self.plan.readiness.points:
            if point.question is not None:
                asked = self.words.gettext(SEVEN[point.question].ask)
                yield self.words.gettext(OPEN_QUESTION, question=asked)

    def _council(self) -> Council:
        contact, night = self.pack.council.contact, self.pack.council.out_of_hours
        return Council(
            name=self.pack.council.name,
            phone=contact.phone or "",
            email=contact.email or "",
            hours=self.words.say(contact.hours) if contact.hours else "",
            night=self.words.say(night.name) if night.phone else "",
            night_phone=night.phone or "",
            address=contact.post,
        )

    def _person(self) -> Person:
        called = self._typed("your_name.known_as")
        return Person(name=self._typed("your_name.full_name"), preferred_name=called)

    def _communication(self) -> Iterator[str]:
        yield from (one.words for one in self._picked("communication"))
        for name in ("communication_language", "communication_other"):
            if typed := self._typed(name):
                yield typed

    def _helpers(self) -> Iterator[Helper]:
        if "helper" in self.answers:
            name = self._typed("helper.name") or self.words.gettext(_("Somebody who helped"))
            how = self._in_words("answering_for")
            yield Helper(name=name, relation=self._field_in_words("helper", "relation"), how=how)

    def _carers(self) -> Iterator[Helper]:
        question = self.pack.questions.get("helpers")
        for item in _items(self.answers.get("helpers")) if question else ():
            told = {field.id: self._told(field, item.get(field.id)) for field in question.fields}  # type: ignore[union-attr]
            how = [told[name] for name in ("what", "hours") if told.get(name)]
            yield Helper(name=told.get("name", ""), relation=told.get("relation", ""), how=", ".join(how))

    def _needs(self) -> Iterator[Need]:
        states = {each.outcome.id: each.state for each in self.stands.outcomes} if self.stands else {}
        for outcome in OUTCOMES:
            planned = self.plan.need(outcome)
            if states.get(outcome) == "not_applicable" and planned is None:
                continue
            if outcome in self.answers or planned is not None:
                yield self._need(outcome, states.get(outcome, "not_known"), planned)

    def _need(self, outcome: Outcome, state: str, planned: PlanNeed | None) -> Need:
        own_words = words_from_assessment(outcome, self.answers)
        wanted = planned.words if planned is not None and planned.words != own_words else ""
        met_by = planned.met_by if planned is not None else None
        eligible = "not_known"
        if self.stands is not None and outcome in self.stands.eligible_needs:
            eligible = "likely"
        elif state in {"achieves", "not_applicable"} or (
            self.stands is not None and self.stands.result == "not_likely" and state == "unable"
        ):
            eligible = "not_likely"
        return Need(
            outcome=outcome,
            title=self._title(outcome),
            answer=self._in_words(outcome),
            chosen=self._typed(outcome),
            unable=tuple(self._picked(f"{outcome}_unable")),
            eligible=cast("Any", eligible),
            own_words=own_words,
            wanted=wanted,
            met_otherwise=self.words.gettext(MET_BY_WORDS[met_by]) if met_by not in (None, "to_find") else "",
            met_by=met_by or "",
        )

    def _standing(self) -> Standing:
        changes = [self._in_words(name) for name in ("changes", "changes_period") if name in self.answers]
        verdict = self.stands.result if self.stands else "cannot_say"
        return Standing(
            likely="not_known" if verdict == "cannot_say" else verdict,
            tests=tuple(
                Criterion(
                    words=self.words.say(limb.title),
                    met=limb.met,
                    why=self.words.say(limb.reason.text, **limb.reason.values),
                )
                for limb in (self.stands.limbs if self.stands else ())
            ),
            wellbeing=tuple(self._picked("wellbeing")),
            impact=self._in_words("wellbeing_impact") if "wellbeing_impact" in self.answers else "",
            changes="\n".join(changes),
        )

    def _typed_by_others(self) -> Iterator[Passage]:
        """What others typed, and in whose words: of the answers and of the plan alike."""
        known = dict(self._things())
        for subject, typed in sorted(typed_by_others(self.session, self.case.id).items()):
            kind, _space, name = subject.partition(" ")
            question = self.pack.questions.get(name) if kind == "answer" else None
            title = self.words.say(question.short) if question else known.get(subject, "")
            title = self._title(name) if kind == "need" else title
            if title and subject not in NEVER_SHOWN:
                words = _ACCEPTED if typed.accepted else _WHOSE[typed.words]
                who = typed.name or self.words.gettext(_("Somebody who helped"))
                yield Passage(code=subject, title=title, words=self.words.gettext(words, name=who))

    def _things(self) -> Iterator[tuple[str, str]]:
        """What stands in the choices and in the plan, by its name in the trail, and what it is called."""
        yield "planner", self.words.gettext(_("Who helps me plan"))
        yield "money", self.words.gettext(_("Who looks after the money"))
        for line in self.plan.lines:
            yield f"line {line.id}", line.what
        for setback in self.plan.setbacks:
            yield f"setback {setback.id}", setback.wrong
        for part, typed in self.plan.texts.items():
            if typed:
                yield f"text {part}", self.words.gettext(ASKS[part].ask)
        for route in self.pack.money_routes:
            if route.id in self.plan.held:
                yield f"route {route.id}", self.words.say(route.short)

    def _statement(self) -> Statement | None:
        """What the plan costs and who pays it, once the person went on from what they may have to pay."""
        money = money_of(self.session, self.case.id)
        if money is None or money.way != "told":
            return None
        cost = self.plan.comparison.planned
        found = estimated(self.session, self.case.id, self.pack, self.on, cost)
        stated = found.statement if found is not None else None
        if stated is None:
            return None
        return Statement(cost=stated.cost, person=stated.person, council=stated.council)

    def _planners(self) -> Iterator[Said]:
        choice = self.choices.get("planner", {})
        names = choice.get("names", {})
        for planner in self.pack.planners:
            if planner.id not in choice.get("chosen", ()):
                continue
            told = self.words.say(planner.name)
            if names.get(planner.id):
                told = self.words.gettext(_("%(planner)s: %(name)s"), planner=told, name=names[planner.id])
            yield Said(code=planner.id, words=told)

    def _advice(self) -> Iterator[Advice]:
        for match in matching(self.pack.offers, self.answers)[:MOST_ADVICE]:
            offer = match.offer
            where = [self.words.say(offer.how), *self._reached(offer.contact)]
            yield Advice(
                title=self.words.say(offer.title), words=self.words.say(offer.what), where=" ".join(where)
            )

    def _reached(self, contact: Contact | None) -> Iterator[str]:
        if contact is not None and contact.phone:
            name, phone = self.words.say(contact.name), contact.phone
            yield self.words.gettext(_("%(name)s, phone %(phone)s."), name=name, phone=phone)

    def _title(self, outcome: str) -> str:
        question = self.pack.questions.get(outcome)
        return self.words.say(question.short) if question else outcome

    def _typed(self, name: str) -> str:
        """What was typed as an answer, or in a field of a group; empty for none."""
        given = answer_to(name, self.answers)
        return given if isinstance(given, str) and given not in UNKNOWN else ""

    def _in_words(self, name: str) -> str:
        """An answer in words; empty for none."""
        question = self.pack.questions.get(name)
        return self._told(question, self.answers.get(name)) if question else ""

    def _picked(self, name: str) -> Iterator[Said]:
        """What was picked of several answers; the one that means none of them left out."""
        question = self.pack.questions.get(name)
        for value in _listed(self.answers.get(name)) if question else ():
            option = question.option(value) if question else None
            if option is not None and not option.exclusive:
                yield Said(code=option.id, words=self.words.say(option.label))

    def _field_in_words(self, group: str, name: str) -> str:
        question = self.pack.questions.get(group)
        field = next((field for field in question.fields if field.id == name), None) if question else None
        return self._told(field, answer_to(f"{group}.{name}", self.answers)) if field else ""

    def _told(self, question: Question, kept: Kept | None) -> str:
        return "" if kept is None else ", ".join(answer_in_words(question, kept, self.words))


def _listed(kept: Kept | None) -> list[str]:
    return [value for value in kept if isinstance(value, str)] if isinstance(kept, list) else []


def _items(kept: Kept | None) -> list[dict[str, Kept]]:
    return [value for value in kept if isinstance(value, dict)] if isinstance(kept, list) else []
