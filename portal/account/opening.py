"""Open a copy that was taken before, here or in another portal, in place of what a case holds."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal import audit
from portal.account.copied import Copy
from portal.account.copied import PlanLine as CopiedLine
from portal.assessment.records import Answer, PageRead, keep_answer
from portal.budget.disagreeing import Disagreement, Doubt, keep_doubt
from portal.charging.records import Money
from portal.charging.records import keep_answer as keep_money_answer
from portal.choices.records import CHOSEN, NOT_DECIDED, Choice, write_choice
from portal.choices.rules import OWN_MONEY
from portal.database import table_of
from portal.pack.conditions import Kept
from portal.pack.pack import Pack
from portal.pack.questions import Question, questions_of
from portal.pictures.checking import NotTaken, drawn_anew
from portal.pictures.records import CasePicture, add_picture
from portal.plan.agreed import PlanRoute, write_route
from portal.plan.records import (
    PlanLine,
    PlanNeed,
    PlanSetback,
    PlanText,
    add_line,
    add_setback,
    write_met_by,
    write_not_needed,
    write_texts,
    write_words,
)
from portal.plan.rules.clock import Slot
from portal.plan.rules.left import Setback
from portal.plan.rules.lines import Line
from portal.questions.kinds import SEVERAL, boxes
from portal.questions.kinds import keep as kept_of
from portal.questions.kinds.several import items_of, most

_REPLACED = (
    Answer,
    PageRead,
    Money,
    Choice,
    CasePicture,
    PlanLine,
    PlanNeed,
    PlanRoute,
    PlanSetback,
    PlanText,
    Disagreement,
)
"""What goes when a copy is opened. Budgets as they were told, printed versions and the audit trail stay."""


@dataclass
class Opened:
    """How much was taken over, and how much this council has no place for."""

    taken: int = 0
    left_out: int = 0

    def note(self, *, taken: bool) -> None:
        """Count one more."""
        self.taken += taken
        self.left_out += not taken


def open_copy(session: Session, case_id: str, pack: Pack, copy: Copy, at: datetime) -> Opened:
    """Put what a copy holds in place of what the case holds, by the functions that pages use.

    What the council's pack does not know is left out: a question that is not asked, an answer that is
    not offered, a planner or a route that is not there.
    """
    opened = Opened()
    for record in _REPLACED:
        session.execute(delete(table_of(record)).where(table_of(record).c.case_id == case_id))
    session.expire_all()
    audit.record(session, case_id, "open", "copy", at)
    for answered in copy.answer:
        question = pack.questions.get(answered.question)
        kept = _kept(question, answered.value, at.date())
        if question is not None and kept is not None:
            keep_answer(session, case_id, question.id, kept, at, words=question.in_words)
        opened.note(taken=kept is not None)
    _open_money(session, case_id, pack, copy, at, opened)
    _open_choices(session, case_id, pack, copy, at)
    _open_plan(session, case_id, pack, copy, at)
    _open_pictures(session, case_id, copy, at, opened)
    return opened


def _kept(question: Question | None, value: Any, today: date) -> Kept | None:
    """An answer as the question itself would keep it, had it been typed; ``None`` when nothing is left."""
    if question is None:
        return None
    try:
        if question.kind != "several":
            return kept_of(question, boxes(question, value), today)
        items = items_of(value)
        read = [SEVERAL.item(question, boxes(question, [item]), question.id, today) for item in items]
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    if not isinstance(value, list):
        return None
    return [item for item in read if item][: most(question)]


def _open_money(session: Session, case_id: str, pack: Pack, copy: Copy, at: datetime, opened: Opened) -> None:
    asked: Mapping[str, Question] = {}
    if pack.charging_questions is not None:
        asked = {question.id: question for question in questions_of(pack.charging_questions.sections)}
    for money in copy.money_told:
        for name, value in money.answers.items():
            question = asked.get(name)
            kept = _kept(question, value, at.date())
            if question is not None and kept is not None:
                keep_money_answer(session, case_id, name, kept, at, words=question.in_words)
            opened.note(taken=kept is not None)


def _open_choices(session: Session, case_id: str, pack: Pack, copy: Copy, at: datetime) -> None:
    routes = {route.id: {way.id for way in route.payments} for route in pack.money_routes}
    offered: Mapping[str, Collection[str]] = {"planner": [one.id for one in pack.planners], "money": routes}
    for choice in copy.choice:
        said = choice.value
        chosen = [one for one in dict.fromkeys(said.chosen) if one in offered[choice.topic]]
        value: dict[str, object] = {CHOSEN: chosen}
        if said.not_decided and not chosen:
            value[NOT_DECIDED] = True
        names = {one: name for one, name in said.names.items() if one in chosen and name}
        paid = {
            route: way for route, way in said.paid.items() if route in chosen and way in routes.get(route, ())
        }
        if choice.topic == "planner" and names:
            value["names"] = names
        if choice.topic == "money" and paid:
            value["paid"] = paid
        write_choice(session, case_id, choice.topic, value, at)


def _open_plan(session: Session, case_id: str, pack: Pack, copy: Copy, at: datetime) -> None:
    routes = {OWN_MONEY, *(route.id for route in pack.money_routes)}
    for line in sorted(copy.plan_line, key=lambda one: one.place):
        add_line(session, case_id, _line(line, routes), None, at)
    for need in copy.plan_need:
        if need.words is not None:
            write_words(session, case_id, need.outcome, need.words, at)
        if need.met_by is not None:
            write_met_by(session, case_id, need.outcome, need.met_by, at)
    write_texts(session, case_id, {text.part: text.words for text in copy.plan_text}, at)
    for text in copy.plan_text:
        if text.not_needed:
            write_not_needed(session, case_id, text.part, at)
    for route in copy.plan_route:
        if route.route in routes:
            write_route(session, case_id, route.route, route.facts, route.words, at)
    for setback in sorted(copy.plan_setback, key=lambda one: one.place):
        what = Setback(
            id="",
            wrong=setback.wrong,
            signs=setback.signs or "",
            then=setback.then,
            call=setback.call,
            worth=setback.worth,
            worth_why=setback.worth_why or "",
        )
        add_setback(session, case_id, what, None, at)
    for said in copy.disagreement:
        keep_doubt(session, case_id, Doubt(**said.model_dump(), on=at.date()), at)


def _open_pictures(session: Session, case_id: str, copy: Copy, at: datetime, opened: Opened) -> None:
    for picture in sorted(copy.case_picture, key=lambda one: one.place):
        try:
            drawn = drawn_anew(b64decode(picture.content))
        except (NotTaken, ValueError):
            opened.note(taken=False)
        else:
            add_picture(session, case_id, drawn, picture.about, None, at, part=picture.part)
            opened.note(taken=True)


def _line(line: CopiedLine, routes: Collection[str]) -> Line:
    return Line(
        id="",
        kind=line.kind,
        what=line.what,
        who=line.who,
        needs=tuple(dict.fromkeys(line.needs)),
        days=tuple(dict.fromkeys(line.days)),
        parts=tuple(dict.fromkeys(line.parts)),
        times=line.times,
        quantity=line.quantity,
        price=line.price,
        every=line.every,
        route=line.route if line.route in routes else None,
        starts=line.starts,
        ends=line.ends,
        slots=tuple(Slot(*slot) for slot in line.slots),
        workers=line.workers,
        stream=line.stream,
        award_months=line.award_months,
        longest_months=line.longest_months,
        payee=line.payee,
        same_home=line.same_home,
        care_home_weeks=line.care_home_weeks,
        instead=line.instead or "",
        instead_quantity=line.instead_quantity,
        instead_price=line.instead_price,
    )
