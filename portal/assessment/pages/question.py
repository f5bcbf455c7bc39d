"""One question on a page: asked, answered, and kept as far as it is right."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from portal.assessment.pages import items
from portal.assessment.pages.asked import asked
from portal.assessment.pages.sitting import (
    SENSITIVE,
    Sitting,
    address,
    here,
    question_or_404,
    sitting,
    to_first_open,
)
from portal.pack.questions import Question
from portal.questions.kinds import boxes, keep, problems, read
from portal.questions.kinds.base import Problem, Typed
from portal.safeguards import keep as keep_although_wrong
from portal.safeguards import today
from portal.sharing.access import needs_case


@needs_case("assessment", "write")
def go_on() -> Response:
    """Where the person left off."""
    return to_first_open(sitting())


@needs_case("assessment", "write")
def show(question_id: str) -> str | Response:
    """Ask one question."""
    at = sitting()
    question = question_or_404(at, question_id)
    if not at.walk.asks(question.id):
        return to_first_open(at)
    if question.kind == "several":
        return items.show_list(at, question)
    return _page(at, question, boxes(question, at.answers.get(question.id)))


@needs_case("assessment", "write")
def answer(question_id: str) -> Response:
    """Keep what is right of an answer; show again what is not.

    An answer to a question that is no longer asked is kept too, and the person is sent on.
    """
    at = sitting()
    question = question_or_404(at, question_id)
    if question.kind == "several":
        return items.another(at, question)
    typed = read(question, request.form)
    wrong = problems(question, typed, today())
    kept = keep(question, typed, today())
    if kept is not None or not wrong:
        at.save(question, kept)
    if not at.walk.asks(question.id):
        return to_first_open(at)
    if wrong:
        return keep_although_wrong((_page(at, question, typed, wrong), 422))
    return after_answer(at, question)


def after_answer(at: Sitting, question: Question) -> Response:
    """On to the next page, past what cannot wait where the answer tells of something."""
    if at.pressing(question):
        return redirect(here("assessment.pressing", question_id=question.id), 303)
    return redirect(at.way_on(question), 303)


def _page(at: Sitting, question: Question, typed: Typed, wrong: Sequence[Problem] = ()) -> str:
    return render_template(
        "assessment/question.html",
        asked=asked(at, question, typed, wrong),
        errors=bool(wrong),
        answering_for=at.answering_for(question),
        sensitive=question.id in SENSITIVE,
        saved=bool(at.answers),
        back=at.way_back(question),
        action=address(question),
    )
