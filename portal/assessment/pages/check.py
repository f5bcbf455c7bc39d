"""Check your answers: every question that is asked, as it was answered."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.assessment.pages.asked import OF_OPTIONS, drawn_once
from portal.assessment.pages.sitting import FROM_CHECK, SENSITIVE, Sitting, sitting
from portal.assessment.records import note_page_read
from portal.assessment.rules.flags import flags
from portal.pack.conditions import Kept
from portal.pack.questions import Question
from portal.questions.kinds import tell, whole
from portal.questions.telling import in_words
from portal.safeguards import db, now
from portal.sharing.access import needs_case
from portal.sharing.private import hidden, keeps_private
from portal.sharing.telling import told_typed
from portal.sharing.typed import typed_here
from portal.text import _
from portal.words import paragraphs, translate, words

_TYPED = Markup('<span dir="auto">%s</span>')
_HERE = "\N{WHITE SQUARE}here"
"""The place of an answer in a row that is kept. Nothing that a person types is ever drawn there."""


@needs_case("assessment")
def check() -> str:
    """Every answer, with a way to change it that comes back here."""
    at = sitting()
    open_question = at.walk.first_open()
    return render_template(
        "assessment/check.html",
        cards=_cards(at),
        lacking=len(at.walk.lacking()),
        onward=_change(open_question) if open_question else None,
        contradictions=[
            _doubt(at, flag.rests_on) for flag in flags(at.walk.counted) if flag.id == "contradiction"
        ],
        answering_for=at.answering_for(),
    )


@needs_case("assessment", "own")
def confirm() -> Response:
    """The person says that the answers are right."""
    at = sitting()
    note_page_read(db(), at.case_id, "check", now())
    return redirect(url_for("assessment.standing"), 303)


def told(question: Question, kept: Kept | None) -> str | list[str]:
    """An answer for a row of a list: words, or several of them; empty when there is none.

    A person's own words keep their line breaks and their direction.
    """
    if kept is None:
        return ""
    said = tell(question, kept)
    if isinstance(said, str):
        return _TYPED % paragraphs(said)
    lines = in_words(said, words())
    return lines[0] if len(lines) == 1 else list(lines)


def _cards(at: Sitting) -> list[dict[str, Any]]:
    asked = {question.id for question in at.walk.asked}
    language = words()
    unseen, by_others = hidden(), typed_here()
    drawn_for = (at.pack.version, language.code, language.mode, "row")

    def row(question: Question) -> Markup:
        subject, kept = f"answer {question.id}", at.walk.counted.get(question.id)
        if subject in unseen:
            private = translate(_("%(name)s keeps this private"), name=keeps_private())
            return _draw_row(question, private, href="")
        if kept is not None and subject in by_others:
            note = told_typed(by_others[subject], translate)
            return _draw_row(question, _value(question, kept), note=note)
        return _own_row(question, kept, drawn_for)

    cards = []
    for section in at.pack.sections:
        rows = [row(question) for question in section.questions if question.id in asked]
        if rows:
            cards.append({"id": section.id, "title": language.say(section.title), "rows": rows})
    return cards


def _own_row(question: Question, kept: Kept | None, drawn_for: tuple[str, ...]) -> Markup:
    """An answer's row, kept for the next visitor: without what a person typed, which is put in anew."""
    if kept is None or (question.kind in OF_OPTIONS and whole(question, kept)):
        key = (*drawn_for, question.id, str(kept))
        return drawn_once(key, lambda: _draw_row(question, _value(question, kept)))
    value = _value(question, kept)
    if not value or not isinstance(value, str):
        return _draw_row(question, value)
    around = drawn_once((*drawn_for, question.id), lambda: _draw_row(question, _HERE))
    return around.replace(_HERE, value)


def _draw_row(
    question: Question, value: str | list[str], *, note: str = "", href: str | None = None
) -> Markup:
    lists: Any = current_app.jinja_env.get_template("components/lists.html").module
    row = {"key": words().say(question.short), "value": value, "note": note}
    drawn: Markup = lists.answer_rows([row | {"href": _change(question) if href is None else href}])
    return drawn


def _value(question: Question, kept: Kept | None) -> str | list[str]:
    """What is shown of an answer."""
    if kept is not None and question.id in SENSITIVE:
        return translate(_("You answered this. To keep it private, it is not shown here."))
    return told(question, kept)


def _change(question: Question) -> str:
    return f"/assessment/{question.id}?from={FROM_CHECK}"


def _doubt(at: Sitting, rests_on: tuple[str, ...]) -> list[tuple[str, str]]:
    questions = [at.pack.questions[each] for each in rests_on if each in at.pack.questions]
    return [(_change(question), words().say(question.short)) for question in questions]
