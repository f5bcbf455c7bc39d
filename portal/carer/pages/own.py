"""After a carer's assessment: money of their own, and what happens next."""

from __future__ import annotations

from typing import NamedTuple

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import steps
from portal.assessment.records import answers_of, note_page_read
from portal.budget.rules import Allocation
from portal.carer.pages.blueprint import bp
from portal.carer.rules.money import own_money
from portal.pack.carers import Carers
from portal.pack.conditions import Answers
from portal.questions.path import counted
from portal.questions.telling import answer_in_words
from portal.safeguards import db, now, today
from portal.sharing.access import needs_case, pack_here
from portal.words import words


class Behind(NamedTuple):
    """An answer that the money rests on: its question, the words, and where to change it."""

    question: str
    answer: str
    address: str


@bp.get("/carer/money")
@needs_case("carer")
def money() -> str | Response:
    """What the money for carers comes to, or that a person works it out."""
    answers = _answers()
    allocation = _own_money(answers)
    return render_template(
        "carer/money.html",
        allocation=allocation,
        known=allocation is not None and allocation.status == "figure" and not allocation.caveats,
        behind=_behind(answers),
        back=steps.before("carer_money"),
    )


@bp.post("/carer/money")
@needs_case("carer", "write")
def go_on_from_money() -> Response:
    """The carer has seen it."""
    note_page_read(db(), g.case.id, "carer_money", now())
    return redirect(steps.after("carer_money"), 303)


@bp.get("/carer/next")
@needs_case("carer")
def after() -> str:
    """What happens when the questions are answered, and the carer's own copy."""
    return render_template("carer/next.html", carers=_carers(), back=steps.before("carer_next"))


@bp.post("/carer/next")
@needs_case("carer", "write")
def finish() -> Response:
    """The carer has read what happens next."""
    note_page_read(db(), g.case.id, "carer_next", now())
    return redirect(url_for("tasks.show"), 303)


def _carers() -> Carers:
    carers = pack_here().carers_file
    assert carers is not None, "a carer's case is of a pack with questions for carers"
    return carers


def _answers() -> Answers:
    return counted(pack_here(), answers_of(db(), g.case.id))


def _own_money(answers: Answers) -> Allocation | None:
    scheme = pack_here().scheme_on(today())
    return own_money(scheme, answers, _carers().counts_as, on=today()) if scheme is not None else None


def _behind(answers: Answers) -> list[Behind]:
    questions = [pack_here().questions[own] for own in _carers().counts_as.values()]
    return [
        Behind(
            words().say(question.short),
            ", ".join(answer_in_words(question, answers.get(question.id), words())),
            f"/assessment/{question.id}?from=check",
        )
        for question in questions
    ]
