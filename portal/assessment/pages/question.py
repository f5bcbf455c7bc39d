"""One question on a page: asked, answered, and kept as far as it is right."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, session
from werkzeug.wrappers import Response

from portal.assessment.pages import items
from portal.assessment.pages.asked import Asked, asked, drawn_once
from portal.assessment.pages.sitting import (
    SENSITIVE,
    Sitting,
    address,
    here,
    question_or_404,
    sitting,
    to_first_open,
)
from portal.identity.sessions import form_token
from portal.pack.questions import Question
from portal.questions.kinds import boxes, keep, problems
from portal.questions.kinds.base import Problem, Typed
from portal.safeguards import keep as keep_although_wrong
from portal.safeguards import today
from portal.sharing.access import needs_case, role
from portal.unsaved.carried import carried, is_plain, mark_of, saved_so_far
from portal.unsaved.questions import opened, sent

_TOKEN, _WHOSE = "\N{WHITE SQUARE}token", "\N{WHITE SQUARE}whose"
"""Places in what is kept, for what differs from visitor to visitor."""


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
    return _page(at, question, opened(question, at.answers.get(question.id)))


@needs_case("assessment", "write")
def answer(question_id: str) -> Response:
    """Keep what is right of an answer; show again what is not.

    An answer to a question that is no longer asked is kept too, and the person is sent on.
    """
    at = sitting()
    question = question_or_404(at, question_id)
    if question.kind == "several":
        return items.another(at, question)
    typed, day = sent(question, at.answers.get(question.id)), today()
    wrong = problems(question, typed, day)
    kept = keep(question, typed, day)
    if kept is not None or not wrong:
        at.save(question, kept)
    if not at.walk.asks(question.id):
        return to_first_open(at)
    if wrong:
        saved_so_far(boxes(question, at.answers.get(question.id)))
        return keep_although_wrong((_page(at, question, typed, wrong), 422))
    return after_answer(at, question)


def after_answer(at: Sitting, question: Question) -> Response:
    """On to the next page, past what cannot wait where the answer tells of something."""
    unseen = question.id in SENSITIVE and role().helps
    if at.pressing(question) and not unseen:
        return redirect(here("assessment.pressing", question_id=question.id), 303)
    return redirect(at.way_on(question), 303)


def _page(at: Sitting, question: Question, typed: Typed, wrong: Sequence[Problem] = ()) -> str:
    part = asked(at, question, typed, wrong)
    shown: dict[str, object] = {
        "answering_for": at.answering_for(question),
        "sensitive": question.id in SENSITIVE,
        "saved": bool(at.answers),
        "back": at.way_back(question),
        "action": address(question),
    }
    if part.key is None or shown["answering_for"] or role().helps or not is_plain():
        return _drawn(part, shown, errors=bool(wrong))
    # The whole page is kept too: beside the question it holds addresses, and the token that is put in anew.
    key = ("page", part.key, carried().version, *shown.values(), "_user_id" in session)
    token, whose = form_token(), mark_of(at.case_id)
    page = drawn_once(
        key, lambda: _drawn(part, shown, errors=False).replace(token, _TOKEN).replace(whose, _WHOSE)
    )
    return page.replace(_TOKEN, token).replace(_WHOSE, whose)


def _drawn(part: Asked, shown: dict[str, object], *, errors: bool) -> str:
    return render_template("assessment/question.html", asked=part, errors=errors, **shown)
