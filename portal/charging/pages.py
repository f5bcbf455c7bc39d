"""What you may have to pay: asked after the needs, a question on a page, and always yours to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import steps
from portal.assessment.records import answers_of as assessment_of
from portal.assets import with_pictures
from portal.budget.telling import said
from portal.charging.records import answers_of, estimated, forget, keep_answer, keep_told, skip
from portal.charging.telling import told_free, told_steps
from portal.pack.charging import Charging, ChargingQuestions, ChargingRates
from portal.pack.conditions import Kept
from portal.pack.questions import Question, questions_of
from portal.questions.kinds import boxes, controls, keep, problems
from portal.questions.kinds.base import Problem, Typed
from portal.questions.path import Walk, section_place, walk
from portal.questions.telling import answer_in_words, say_in
from portal.safeguards import current_pack, db, now, today
from portal.safeguards import keep as keep_although_wrong
from portal.sharing.access import needs_case
from portal.unsaved.carried import saved_so_far
from portal.unsaved.questions import opened, sent
from portal.words import translate, words

bp = Blueprint("charging", __name__, url_prefix="/paying")

FROM_RESULT = "result"
"""``?from=result``: the person changes an answer and goes back to what they may have to pay."""


@dataclass
class Sitting:
    """One request's view of the questions about money of one case."""

    charging: Charging
    questions: ChargingQuestions
    answers: dict[str, Kept]

    @cached_property
    def walk(self) -> Walk:
        """The path for the answers as they are."""
        return walk(self.questions, self.answers)

    @property
    def rates(self) -> ChargingRates | None:
        """The figures that hold today."""
        return self.charging.rates_on(today())

    def save(self, question: Question, kept: Kept | None) -> None:
        """Keep an answer, or take it away."""
        keep_answer(db(), g.case.id, question.id, kept, now(), words=question.in_words)
        self.answers.pop(question.id, None)
        if kept is not None:
            self.answers[question.id] = kept
        self.__dict__.pop("walk", None)

    def question(self, question_id: str) -> Question:
        """The question with this id, which need not be asked now."""
        every = questions_of(self.questions.sections)
        found = next((question for question in every if question.id == question_id), None)
        return found or abort(404)

    def way_on(self, question: Question) -> str:
        """The address of the page after this question."""
        if _from_result():
            lacking = self.walk.lacking()
            return _address(lacking[0]) if lacking else url_for("charging.result")
        after = self.walk.next_after(question.id)
        return _address(after) if after else url_for("charging.result")

    def way_back(self, question: Question) -> str:
        """The address of the page before this question."""
        if _from_result():
            return url_for("charging.result")
        earlier = self.walk.before(question.id)
        return _address(earlier) if earlier else url_for("charging.start")

    def to_first_open(self) -> Response:
        """On to the first question that is still open, or to the result when none is."""
        question = self.walk.first_open()
        return redirect(_address(question) if question else url_for("charging.result"), 303)


def _sitting() -> Sitting:
    charging = current_pack().charging
    if charging is None or charging.questions is None:
        abort(404)
    return Sitting(charging, charging.questions, answers_of(db(), g.case.id))


def _too_early() -> bool:
    """Whether the needs are not told yet: before that, nobody is asked about money."""
    return bool(walk(current_pack(), assessment_of(db(), g.case.id)).lacking())


@bp.get("")
@needs_case("charging")
def start() -> str | Response:
    """What this is about, with the choice to leave it out."""
    at = _sitting()
    if _too_early():
        return redirect(url_for("tasks.show"), 303)
    return render_template(
        "charging/start.html",
        about=at.questions.about,
        policy=at.charging.policy,
        first=_address(at.walk.first_open() or at.walk.asked[0]),
        ready=bool(at.answers) and not at.walk.lacking(),
        back=steps.before("charging"),
    )


@bp.post("/skip")
@needs_case("charging", "write")
def leave_out() -> Response:
    """Leave it out, and go on to the next step."""
    _sitting()
    skip(db(), g.case.id, now())
    return redirect(steps.after("charging"), 303)


@bp.post("/forget")
@needs_case("charging", "write")
def forget_answers() -> Response:
    """Delete everything that was told about money."""
    _sitting()
    forget(db(), g.case.id, now())
    return redirect(url_for("charging.start"), 303)


@bp.get("/result")
@needs_case("charging", whole=True)
def result() -> str | Response:
    """The figure, every step to it, and who pays what."""
    at = _sitting()
    if _too_early():
        return redirect(url_for("tasks.show"), 303)
    if at.walk.lacking():
        return at.to_first_open()
    found = estimated(db(), g.case.id, current_pack(), today())
    language = words()
    return render_template(
        "charging/result.html",
        estimate=found,
        lines=[_line(step) for step in told_steps(found, language)] if found else (),
        free=told_free(found, language) if found else (),
        caveats=[said(caveat, language) for caveat in found.caveats] if found else (),
        rows=[_row(question, at.walk.counted.get(question.id)) for question in at.walk.asked],
        policy=at.charging.policy,
        rates=at.rates,
        counts=at.charging.counts,
        back=url_for("charging.start"),
    )


def _line(step: Any) -> dict[str, object]:
    return {"words": step.words, "note": step.note, "amount": step.amount}


def _row(question: Question, kept: Kept | None) -> dict[str, object]:
    told = answer_in_words(question, kept, words()) if kept is not None else ()
    return {
        "key": words().say(question.short),
        "value": told[0] if len(told) == 1 else list(told),
        "href": f"{url_for('charging.show', question_id=question.id)}?from={FROM_RESULT}",
    }


@bp.post("/result")
@needs_case("charging", "write")
def go_on() -> Response:
    """Keep the estimate as it was told, and go on to the next step."""
    at = _sitting()
    found = None if at.walk.lacking() else estimated(db(), g.case.id, current_pack(), today())
    if found is not None:
        keep_told(db(), g.case.id, found, now())
    else:
        skip(db(), g.case.id, now())
    return redirect(steps.after("charging"), 303)


@bp.get("/<question_id>")
@needs_case("charging", "write")
def show(question_id: str) -> str | Response:
    """Ask one question."""
    at = _sitting()
    question = at.question(question_id)
    if _too_early():
        return redirect(url_for("tasks.show"), 303)
    if not at.walk.asks(question.id):
        return at.to_first_open()
    return _page(at, question, opened(question, at.answers.get(question.id)))


@bp.post("/<question_id>")
@needs_case("charging", "write")
def answer(question_id: str) -> Response:
    """Keep what is right of an answer; show again what is not."""
    at = _sitting()
    question = at.question(question_id)
    if _too_early():
        return redirect(url_for("tasks.show"), 303)
    typed = sent(question, at.answers.get(question.id))
    wrong = problems(question, typed, today())
    kept = keep(question, typed, today())
    if kept is not None or not wrong:
        at.save(question, kept)
    if not at.walk.asks(question.id):
        return at.to_first_open()
    if wrong:
        saved_so_far(boxes(question, at.answers.get(question.id)))
        return keep_although_wrong((_page(at, question, typed, wrong), 422))
    return redirect(at.way_on(question), 303)


def _page(at: Sitting, question: Question, typed: Typed, wrong: Sequence[Problem] = ()) -> str:
    place = section_place(at.questions, question.id)
    section = at.questions.sections[place]
    heading = words().say(question.ask)
    if question.optional:
        heading = translate("%(label)s (optional)", label=heading)
    return render_template(
        "charging/question.html",
        question=question,
        heading=heading,
        controls=with_pictures(controls(question, typed, wrong, say_in(words()))),
        section=section,
        place=place + 1,
        places=len(at.questions.sections),
        begins=section.questions[0] is question,
        back=at.way_back(question),
        action=_address(question),
        errors=bool(wrong),
    )


def _from_result() -> bool:
    return request.args.get("from") == FROM_RESULT


def _address(question: Question) -> str:
    """The address of a question's page, on the same way as this one."""
    there = url_for("charging.show", question_id=question.id)
    return f"{there}?from={FROM_RESULT}" if _from_result() else there
