"""About me, and the seven questions: each a list to read, and a page for each entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.fields import Choice, Control
from portal.pack.support import PlanPart
from portal.pictures.records import MOST_PICTURES, Picture, pictures_of
from portal.plan.fields import controls_of_plan
from portal.plan.forms import AnswerForm, TextForm
from portal.plan.headings import ABOUT_ME, ASKS, SEVEN, Ask
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import the_plan
from portal.plan.records import last_written, write_not_needed, write_texts
from portal.safeguards import db, now
from portal.sharing.access import needs_case
from portal.sharing.private import hidden
from portal.text import _
from portal.words import translate


@dataclass(frozen=True)
class Entry:
    """One heading with what stands under it."""

    part: PlanPart
    title: str
    words: str
    not_needed: bool
    pictures: tuple[Picture, ...] = ()


@bp.get("/about")
@needs_case("plan")
def about() -> str:
    """About me under the headings that health and care share, in their order."""
    updated = last_written(db(), g.case.id, frozenset(ABOUT_ME))
    entries = _with_pictures(_entries(ABOUT_ME))
    return render_template(
        "plan/about.html",
        entries=entries,
        updated=updated,
        full=sum(len(entry.pictures) for entry in entries) >= MOST_PICTURES,
    )


@bp.get("/about/<part>")
@needs_case("plan", "write")
def about_part(part: str) -> str:
    """One heading of About me."""
    return _about_page(known_part(part), None)


@bp.post("/about/<part>")
@needs_case("plan", "write")
def keep_about(part: str) -> Response | tuple[str, int]:
    """Keep what was written under a heading."""
    known = known_part(part)
    form = _about_form(known)
    if not form.validate():
        return _about_page(known, form), 422
    write_texts(db(), g.case.id, {known: form.words.data or ""}, now())
    return redirect(url_for("plan.about", _anchor=known), 303)


@bp.get("/questions")
@needs_case("plan")
def questions() -> str:
    """The seven questions of a support plan, each answered, not needed, or still open."""
    return render_template("plan/questions.html", entries=_entries(SEVEN))


@bp.get("/questions/<part>")
@needs_case("plan", "write")
def question(part: str) -> str:
    """One of the seven questions."""
    return _question_page(_known(part, SEVEN), None)


@bp.post("/questions/<part>")
@needs_case("plan", "write")
def keep_question(part: str) -> Response | tuple[str, int]:
    """Keep the answer, or that none is needed. What was written before stays."""
    known = _known(part, SEVEN)
    form = _answer_form(known)
    if not form.validate():
        return _question_page(known, form), 422
    if form.not_needed.data and not form.words.data:
        write_not_needed(db(), g.case.id, known, now())
    else:
        write_texts(db(), g.case.id, {known: form.words.data or ""}, now())
    return redirect(url_for("plan.questions", _anchor=known), 303)


def _entries(asks: Mapping[Any, Ask]) -> list[Entry]:
    plan = the_plan()
    return [
        Entry(part, translate(ask.ask), plan.texts.get(part, ""), part in plan.not_needed)
        for part, ask in asks.items()
    ]


def _with_pictures(entries: Iterable[Entry]) -> list[Entry]:
    shown = [one for one in pictures_of(db(), g.case.id) if f"text {one.part}" not in hidden()]
    return [
        replace(entry, pictures=tuple(one for one in shown if one.part == entry.part)) for entry in entries
    ]


def known_part(part: str) -> PlanPart:
    """The heading of About me that an address names."""
    return _known(part, ABOUT_ME)


def _known(part: str, asks: Mapping[Any, Ask]) -> PlanPart:
    known: PlanPart | None = next((one for one in asks if one == part), None)
    if known is None:
        abort(404)
    return known


def _about_form(part: PlanPart) -> TextForm:
    form = TextForm(data={"words": the_plan().texts.get(part, "")}, about=f"text {part}")
    form.words.label.text = ASKS[part].ask
    return form


def _answer_form(part: PlanPart) -> AnswerForm:
    plan = the_plan()
    kept = {"words": plan.texts.get(part, ""), "not_needed": part in plan.not_needed}
    form = AnswerForm(data=kept, about=f"text {part}")
    form.words.label.text = ASKS[part].ask
    return form


def _about_page(part: Any, form: TextForm | None) -> str:
    shown = form or _about_form(part)
    return render_template(
        "plan/text.html",
        control_=asked(controls_of_plan(shown)[0], ABOUT_ME[part]),
        action=url_for("plan.keep_about", part=part),
        back=url_for("plan.about"),
        back_words=translate(_("Back to About me")),
        over=None,
        errors=form is not None,
    )


def _question_page(part: Any, form: AnswerForm | None) -> str:
    plan = the_plan()
    words_, not_needed = controls_of_plan(form or _answer_form(part))
    not_needed = replace(not_needed, options=(Choice("y", translate(_("This is not needed in my plan"))),))
    return render_template(
        "plan/question.html",
        controls=[asked(words_, SEVEN[part]), not_needed],
        part=part,
        plan=plan,
        action=url_for("plan.keep_question", part=part),
        errors=form is not None,
    )


def asked(control: Control, ask: Ask) -> Control:
    """A box for a text, with what it asks as the heading of its page."""
    return replace(control, label=translate(ask.ask), hint=translate(ask.hint), heading=True, optional=False)
