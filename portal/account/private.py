"""Keep something private: every answer and every part of the plan, to be ticked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

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
from portal.sharing.private import private_of, write_private
from portal.text import _
from portal.unsaved.carried import given_back, sent_over, shows
from portal.words import say, translate

PRIVATE = "private"


@needs_case("people", "own")
def ask() -> str:
    """Everything that was answered or written, each to be kept private or not."""
    groups = _groups()
    stored = _stored(groups)
    shows(stored)
    given = given_back(stored)
    ticked = private_of(db(), g.case.id) if given is None else _ticked(given)
    return render_template(
        "account/private.html", controls=_controls(groups, ticked), kept="kept" in request.args
    )


@needs_case("people", "own")
def keep() -> Response:
    """Keep private what is ticked, and open the rest."""
    groups = _groups()
    stored = _stored(groups)
    # What was ticked in another window since this page was made is not opened unseen.
    sent = sent_over(stored, lambda: _controls(groups, frozenset()), PRIVATE)
    known = {option.value for group in groups for option in group.options}
    write_private(db(), g.case.id, _ticked(sent) & known)
    return redirect(url_for("account.private", kept="yes"), 303)


def _ticked(form: MultiDict[str, str]) -> frozenset[str]:
    return frozenset(value for name in form if name.startswith(PRIVATE) for value in form.getlist(name))


class Group(NamedTuple):
    """What stands under one heading of the page.

    :ivar name: of its boxes; the same however much is answered meanwhile.
    """

    name: str
    title: str
    options: tuple[Choice, ...]


def _controls(groups: Iterable[Group], ticked: frozenset[str]) -> list[Control]:
    return [
        Control("checkboxes", group.name, group.title, options=group.options, value=tuple(ticked))
        for group in groups
    ]


def _stored(groups: Iterable[Group]) -> dict[str, list[str]]:
    private = private_of(db(), g.case.id)
    return {group.name: [one.value for one in group.options if one.value in private] for group in groups}


def _groups() -> list[Group]:
    at = sitting()
    groups = [
        Group(f"{PRIVATE}-{one.id}", say(one.title), _answers(one, at.walk.counted.keys()))
        for one in at.pack.sections
    ]
    pack, case_id = current_pack(), g.case.id
    if pack.charging_questions is not None:
        told = money_answers(db(), case_id).keys()
        groups += [
            Group(f"{PRIVATE}-money-{one.id}", say(one.title), _answers(one, told))
            for one in pack.charging_questions.sections
        ]
    groups.append(Group(f"{PRIVATE}-plan", translate(_("Your support plan")), tuple(_of_plan(case_id))))
    return [group for group in groups if group.options]


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
