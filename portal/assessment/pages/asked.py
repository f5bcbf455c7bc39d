"""The part of a page that says what is asked, drawn once where that is safe.

What a question made of options looks like depends on the pack, the language, the way of reading and the
options chosen, and on nothing that a person typed. So it is drawn once for each of these and kept. A
page in error, and a question that takes words or figures, is always drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import current_app
from jinja2 import Environment
from markupsafe import Markup

from portal.assessment.pages.sitting import Sitting
from portal.assets import with_pictures
from portal.current import the_app
from portal.fields import Control
from portal.pack.questions import Question
from portal.questions.kinds import controls
from portal.questions.kinds.base import Problem, Typed
from portal.questions.telling import say_in
from portal.text import _
from portal.words import translate, words

OF_OPTIONS = frozenset({"one_of", "any_of", "yes_no"})
MOST_KEPT = 4096
"""Drawn parts held in memory, about 4 kB each."""

_KEPT = "drawn_questions"
Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is drawn.

    :ivar before: what stands before the form, ``inside`` what stands in it.
    :ivar controls: its fields, for the list of problems; empty when nothing is wrong.
    :ivar easy: whether it has an Easy Read wording.
    :ivar number: the question's number on the paper form.
    :ivar key: what it was drawn from; ``None`` when it may hold something that a person typed.
    """

    heading: str
    before: Markup
    inside: Markup
    easy: bool
    controls: tuple[Control, ...] = ()
    key: tuple[object, ...] | None = None
    number: int = 0


def asked(at: Sitting, question: Question, typed: Typed, wrong: Sequence[Problem] = ()) -> Asked:
    """A question with what was typed, ready for its page."""
    led_by = at.led_by(question)
    if wrong or question.kind not in OF_OPTIONS or any(each.kind not in OF_OPTIONS for each in led_by):
        return _draw(at, question, typed, wrong)
    chosen = tuple(value for value in typed.get(question.id, ()) if value in question.values)
    told = tuple(str(at.walk.counted[each.id]) for each in led_by)
    key = (at.pack.version, question.id, words().code, words().mode, chosen, told)
    return drawn_once(key, lambda: replace(_draw(at, question, typed, ()), key=key))


def drawn_once(key: tuple[object, ...], draw: Callable[[], Drawn]) -> Drawn:
    """What was drawn under this key before, or else what is drawn now.

    The key says everything that it depends on: pack, language, way of reading, question, options chosen.
    """
    kept: dict[tuple[object, ...], Any] = the_app().extensions.setdefault(_KEPT, {})
    drawn: Drawn | None = kept.get(key)
    if drawn is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        drawn = kept[key] = draw()
    return drawn


def heading_of(question: Question) -> str:
    """The page's heading: the question, and whether it may be left out."""
    words_of = words().say(question.ask)
    return translate(_("%(label)s (optional)"), label=words_of) if question.optional else words_of


def _draw(at: Sitting, question: Question, typed: Typed, wrong: Sequence[Problem]) -> Asked:
    drawn = with_pictures(controls(question, typed, wrong, say_in(words())))
    heading = heading_of(question)
    part = at.part(question)
    number = part.pop("number")
    begins = part["section"].questions[0] is question
    parts = _environment().get_template("assessment/asked.html").module
    return Asked(
        heading,
        parts.before_form(question, **part, begins=begins, told=at.told_before(question)),  # type: ignore[attr-defined]
        parts.in_form(question, drawn, heading),  # type: ignore[attr-defined]
        question.ask.easy is not None,
        drawn if wrong else (),
        number=number,
    )


def _environment() -> Environment:
    return current_app.jinja_env
