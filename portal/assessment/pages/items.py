"""A question that takes several of the same: add one, see the list, change, remove, "another?".

The list is kept whole under the question. A form that changes or removes an item carries the version
of the item it was made from, so that it never meets another item than the one that was shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from portal.assessment.pages.asked import heading_of
from portal.assessment.pages.sitting import (
    Sitting,
    address,
    here,
    question_or_404,
    sitting,
    to_first_open,
)
from portal.assets import with_pictures
from portal.fields import Choice, Control
from portal.pack.questions import Question
from portal.questions.kinds import SEVERAL, boxes, controls, problems, read
from portal.questions.kinds.base import Part, Problem, Typed
from portal.questions.kinds.choosing import YES_NO_WORDS
from portal.questions.kinds.several import items_of, most
from portal.questions.telling import in_words, say_in
from portal.safeguards import keep as keep_although_wrong
from portal.safeguards import today
from portal.sharing.access import needs_case
from portal.text import _
from portal.unsaved.carried import shows, unchanged_since_shown
from portal.unsaved.questions import opened, sent
from portal.words import translate, words

ANOTHER = "another"
HOW_MANY = "how_many"
"""The field that tells how many were on the list when an item was shown."""


def show_list(at: Sitting, question: Question) -> str | Response:
    """The items so far and "another?"; with none, the form for the first or whether there is any."""
    if not question.optional and not items_of(at.answers.get(question.id)):
        return redirect(_to(question, "show_new"), 303)
    return _list_page(at, question)


def another(at: Sitting, question: Question) -> Response:
    """Whether there is one more."""
    if not at.walk.asks(question.id):
        return to_first_open(at)
    items = items_of(at.answers.get(question.id))
    said = request.form.get(ANOTHER)
    if said == "yes" and len(items) < most(question):
        return redirect(_to(question, "show_new"), 303)
    if said == "no" or len(items) >= most(question):
        at.save(question, items)
        return redirect(at.way_on(question), 303)
    return _again(_list_page(at, question, translate(_("Select yes or no"))))


@needs_case("assessment", "write")
def show_new(question_id: str) -> str | Response:
    """The form for one more."""
    at, question, items = _list(question_id)
    if not at.walk.asks(question.id):
        return to_first_open(at)
    if len(items) >= most(question):
        return redirect(address(question), 303)
    return _form(at, question, opened(question, None), here("assessment.add", question_id=question.id))


@needs_case("assessment", "write")
def add(question_id: str) -> Response:
    """Put one more at the end of the list."""
    at, question, items = _list(question_id)
    typed = read(question, request.form)
    wrong = problems(question, typed, today())
    if wrong:
        return _again(_form(at, question, typed, _to(question, "add"), wrong))
    if len(items) < most(question):
        at.save(question, [*items, SEVERAL.item(question, typed, question.id, today())])
    return redirect(address(question), 303)


@needs_case("assessment", "write")
def show_item(question_id: str, place: int) -> str | Response:
    """The form for one that is on the list."""
    at, question, items = _list(question_id)
    if not at.walk.asks(question.id):
        return to_first_open(at)
    typed = opened(question, [_at_place(items, place)])
    return _form(at, question, typed, _to(question, "change", place=place))


@needs_case("assessment", "write")
def change(question_id: str, place: int) -> Response:
    """Put what was typed in the place of one that is on the list."""
    at, question, items = _list(question_id)
    found = _where_shown(question, items, place)
    if found is None and request.form.get(HOW_MANY) != str(len(items)):
        typed = read(question, request.form)
        return _again(_form(at, question, typed, _to(question, "add"), list_has_changed=True), 409)
    place = found or place
    typed = sent(question, [_at_place(items, place)])
    wrong = problems(question, typed, today())
    if wrong:
        return _again(_form(at, question, typed, _to(question, "change", place=place), wrong))
    changed = SEVERAL.item(question, typed, question.id, today())
    at.save(question, [*items[: place - 1], changed, *items[place:]])
    return redirect(address(question), 303)


@needs_case("assessment", "write")
def ask_to_remove(question_id: str, place: int) -> str | Response:
    """Whether one is really to be taken off the list."""
    at, question, items = _list(question_id)
    if not at.walk.asks(question.id):
        return to_first_open(at)
    item = _at_place(items, place)
    shows(boxes(question, [item]))
    return render_template(
        "assessment/remove.html",
        question=question,
        told=in_words(SEVERAL.tell_item(question, item), words()),
        action=_to(question, "remove", place=place),
        back=address(question),
    )


@needs_case("assessment", "write")
def remove(question_id: str, place: int) -> Response:
    """Take one off the list, if it is still on it as it was shown."""
    at, question, items = _list(question_id)
    found = _where_shown(question, items, place)
    if found is not None:
        at.save(question, [*items[: found - 1], *items[found:]])
    return redirect(address(question), 303)


def _list_page(at: Sitting, question: Question, error: str = "") -> str:
    items = items_of(at.answers.get(question.id))
    item = words().say(question.item or question.short)
    full = len(items) >= most(question)
    ask = _("Do you want to add another %(item)s?") if items else _("Do you want to add a %(item)s?")
    yes_no = tuple(Choice(value, translate(told.msgid)) for value, told in YES_NO_WORDS.items())
    return render_template(
        "assessment/items.html",
        question=question,
        heading=heading_of(question),
        full=full,
        most=most(question),
        rows=[_row(question, each, place) for place, each in enumerate(items, 1)],
        control=Control("radios", ANOTHER, translate(ask, item=item), options=yes_no, error=error),
        errors=bool(error),
        **_around(at, question),
        action=address(question),
    )


def _row(question: Question, item: dict[str, Any], place: int) -> dict[str, Any]:
    """An item called by its first field, with the others under it."""
    parts = SEVERAL.tell_item(question, item)
    # An item of which a newer pack asks nothing any more can still be changed and removed.
    unnamed = words().say(question.item or question.short)
    first, *others = (parts if isinstance(parts, tuple) else (parts,)) or (unnamed,)
    return {
        "name": ", ".join(in_words(first.told if isinstance(first, Part) else first, words())),
        "more": in_words(tuple(others), words()),
        "change": _to(question, "show_item", place=place),
        "remove": _to(question, "ask_to_remove", place=place),
    }


def _list(question_id: str) -> tuple[Sitting, Question, list[dict[str, Any]]]:
    at = sitting()
    question = question_or_404(at, question_id, "several")
    return at, question, items_of(at.answers.get(question.id))


def _at_place(items: list[dict[str, Any]], place: int) -> dict[str, Any]:
    if not 1 <= place <= len(items):
        abort(404)
    return items[place - 1]


def _where_shown(question: Question, items: list[dict[str, Any]], place: int) -> int | None:
    """The place at which an item stands now as the form has shown it; ``None`` when it is not there."""
    places = sorted(range(1, len(items) + 1), key=lambda one: one != place)
    as_shown = (one for one in places if unchanged_since_shown(boxes(question, [items[one - 1]])))
    return next(as_shown, None)


def _to(question: Question, view: str, **parts: int) -> str:
    return here(f"assessment.{view}", question_id=question.id, **parts)


def _again(page: str, status: int = 422) -> Response:
    return keep_although_wrong((page, status))


def _around(at: Sitting, question: Question) -> dict[str, Any]:
    return {
        **at.part(question),
        "answering_for": at.answering_for(question),
        "saved": bool(at.answers),
        "back": at.way_back(question),
    }


def _form(
    at: Sitting,
    question: Question,
    typed: Typed,
    action: str,
    wrong: Sequence[Problem] = (),
    *,
    list_has_changed: bool = False,
) -> str:
    drawn = with_pictures(controls(question, typed, wrong, say_in(words())))
    has_items = bool(items_of(at.answers.get(question.id)))
    around = _around(at, question)
    if has_items or question.optional:
        around["back"] = address(question)
    return render_template(
        "assessment/item.html",
        question=question,
        heading=heading_of(question),
        controls=drawn,
        errors=bool(wrong),
        list_has_changed=list_has_changed,
        how_many=len(items_of(at.answers.get(question.id))),
        action=action,
        **around,
    )
