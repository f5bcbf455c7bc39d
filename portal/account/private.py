"""Keep something private: every answer and every part of the plan, to be ticked."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal.assessment.pages.sitting import sitting
from portal.charging.records import answers_of as money_answers
from portal.fields import Choice, Control
from portal.pack.questions import Section
from portal.pictures.records import pictures_of
from portal.plan.headings import ASKS
from portal.plan.pages.shown import title_of
from portal.plan.records import read_lines, read_setbacks, read_texts, read_wishes
from portal.plan.rules.left import PLAN_PARTS
from portal.safeguards import current_pack, db
from portal.sharing.access import needs_case
from portal.sharing.forms import typed_before
from portal.sharing.private import private_of, write_private
from portal.text import _
from portal.words import say, translate

PRIVATE = "private"


@needs_case("people", "own")
def ask() -> str:
    """Everything that was answered or written, each to be kept private or not."""
    given = typed_before()
    ticked = private_of(db(), g.case.id) if given is None else _ticked(given)
    controls = [
        Control("checkboxes", f"{PRIVATE}-{place}", title, options=options, value=tuple(ticked))
        for place, (title, options) in enumerate(_groups())
    ]
    return render_template("account/private.html", controls=controls, kept="kept" in request.args)


@needs_case("people", "own")
def keep() -> Response:
    """Keep private what is ticked, and open the rest."""
    known = {option.value for _title, options in _groups() for option in options}
    write_private(db(), g.case.id, _ticked(request.form) & known)
    return redirect(url_for("account.private", kept="yes"), 303)


def _ticked(form: MultiDict[str, str]) -> frozenset[str]:
    return frozenset(value for name in form if name.startswith(PRIVATE) for value in form.getlist(name))


def _groups() -> list[tuple[str, tuple[Choice, ...]]]:
    at = sitting()
    groups = [(say(section.title), _answers(section, at.walk.counted.keys())) for section in at.pack.sections]
    pack, case_id = current_pack(), g.case.id
    if pack.charging_questions is not None:
        told = money_answers(db(), case_id).keys()
        groups += [
            (say(section.title), _answers(section, told)) for section in pack.charging_questions.sections
        ]
    groups.append((translate(_("Your support plan")), tuple(_of_plan(case_id))))
    return [(title, options) for title, options in groups if options]


def _answers(section: Section, answered: Iterable[str]) -> tuple[Choice, ...]:
    known = frozenset(answered)
    return tuple(
        Choice(f"answer {question.id}", say(question.short))
        for question in section.questions
        if question.id in known
    )


def _of_plan(case_id: str) -> Iterable[Choice]:
    for outcome, wish in read_wishes(db(), case_id).items():
        if wish.words:
            yield Choice(
                f"need {outcome}", translate(_("Your words about “%(name)s”"), name=title_of(outcome))
            )
    for line in read_lines(db(), case_id):
        yield Choice(f"line {line.id}", line.what)
    texts = read_texts(db(), case_id)
    pictured = {picture.part for picture in pictures_of(db(), case_id)}
    for part in PLAN_PARTS:
        if texts.get(part) or part in pictured:
            yield Choice(f"text {part}", translate(ASKS[part].ask))
    for setback in read_setbacks(db(), case_id):
        yield Choice(f"setback {setback.id}", setback.wrong)
