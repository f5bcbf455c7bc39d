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
        return Markup('<span dir="auto">{}</span>').format(paragraphs(said))
    lines = in_words(said, words())
    return lines[0] if len(lines) == 1 else list(lines)


def _cards(at: Sitting) -> list[dict[str, Any]]:
    asked = {question.id for question in at.walk.asked}
    language = words()
    drawn_for = (at.pack.version, language.code, language.mode, "row")
    cards = []
    for section in at.pack.sections:
        rows = [_row(at, question, drawn_for) for question in section.questions if question.id in asked]
        if rows:
            cards.append({"id": section.id, "title": language.say(section.title), "rows": rows})
    return cards


def _row(at: Sitting, question: Question, drawn_for: tuple[str, ...]) -> Markup:
    """An answer's row, kept for the next visitor where it holds nothing that a person typed."""
    kept = at.walk.counted.get(question.id)
    subject = f"answer {question.id}"
    if subject in hidden():
        return _draw_row(question, None, private=True)
    typed = typed_here().get(subject) if kept is not None else None
    if typed is not None:
        return _draw_row(question, kept, note=told_typed(typed, translate))
    if kept is None or (question.kind in OF_OPTIONS and whole(question, kept)):
        return drawn_once((*drawn_for, question.id, str(kept)), lambda: _draw_row(question, kept))
    return _draw_row(question, kept)


def _draw_row(question: Question, kept: Kept | None, *, note: str = "", private: bool = False) -> Markup:
    lists: Any = current_app.jinja_env.get_template("components/lists.html").module
    row = {"key": words().say(question.short), "value": _value(question, kept), "href": _change(question)}
    if private:
        row |= {"value": translate(_("%(name)s keeps this private"), name=keeps_private()), "href": ""}
    row["note"] = note
    drawn: Markup = lists.answer_rows([row])
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
