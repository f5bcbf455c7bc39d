"""What a change altered, in words: before and after, side by side.

The trail keeps a change as data (:class:`portal.audit.Said`). The room that keeps a thing says how it is
told: it gives, for one side, what it says by label. What is the same on both sides is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from flask.sansio.app import App

from portal.audit import CHANGES, Said
from portal.pack.pack import Pack
from portal.pack.questions import Question, questions_of
from portal.questions.telling import answer_in_words
from portal.sharing.private import NEVER_SHOWN
from portal.text import _
from portal.words import Language

Side = Mapping[str, str]
"""What a thing says, by label, in the visitor's language."""

Teller = Callable[[str, Any, Language], Side]
"""Tells one side of a change to the thing of an id, never ``None``."""

SECTION_OF: Mapping[str, str] = {
    "answer": "assessment",
    "planner": "choices",
    "money": "choices",
    "need": "plan",
    "line": "plan",
    "setback": "plan",
    "text": "plan",
    "route": "plan",
}
"""The part of a case that a thing belongs to, by the first word of its name in the trail."""

_KEPT_AS, _NAMES = "tell_changes", "name_texts"


class Altered(NamedTuple):
    """One thing that a change altered; empty where it was not there."""

    label: str
    before: str
    after: str


def tell_changes_with(app: App, tellers: Mapping[str, Teller]) -> None:
    """Have changes told, by the first word of what they changed: ``line``, ``text``."""
    app.extensions.setdefault(_KEPT_AS, {}).update(tellers)


def name_texts_with(app: App, names: Mapping[str, str]) -> None:
    """Have the texts of a case called by the question above them, for translating, by the id of each."""
    app.extensions.setdefault(_NAMES, {}).update(names)


def text_called(app: App, text_id: str) -> str:
    """What a text is called, for translating; empty when no room knows it."""
    return str(app.extensions.get(_NAMES, {}).get(text_id, ""))


def altered(app: App, subject: str, said: Said, language: Language) -> list[Altered]:
    """What a change altered; nothing where no room tells of such a thing."""
    kind, _space, rest = subject.partition(" ")
    teller: Teller | None = app.extensions.get(_KEPT_AS, {}).get(kind)
    if teller is None:
        return []
    before, after = ({} if one is None else teller(rest, one, language) for one in said)
    return [
        Altered(label, before.get(label, ""), after.get(label, ""))
        for label in dict.fromkeys((*before, *after))
        if before.get(label, "") != after.get(label, "")
    ]


def question_called(pack: Pack, question_id: str) -> Question | None:
    """A question of a pack, of those about money as well."""
    known = pack.questions.get(question_id)
    if known is None and pack.charging_questions is not None:
        asked = questions_of(pack.charging_questions.sections)
        known = next((question for question in asked if question.id == question_id), None)
    return known


def tell_answer(pack: Pack, question_id: str, kept: Any, language: Language) -> Side:
    """An answer in words. A question that is not asked any more is told by what was typed alone."""
    question = question_called(pack, question_id)
    if question is None:
        return {language.gettext(_("an answer")): kept if isinstance(kept, str) else ""}
    return {language.say(question.short): "\n".join(answer_in_words(question, kept, language))}


class Entry(NamedTuple):
    """What the trail says of a change: where in it, and of what."""

    place: int
    action: str
    subject: str


def open_to(
    entries: Iterable[Entry], grant: str, sections: Callable[[str], bool], private: Collection[str]
) -> set[int]:
    """Which changes somebody who helps may see, by place.

    None of what they may not see now, none from before they were given their rights, and none from when
    the thing was private.

    :param entries: the whole trail of a case, the oldest first.
    :param sections: whether they may see a part.
    :param private: what is private now.
    """
    shown: dict[str, set[int]] = {}
    for entry in entries:
        if entry.action == "share" and entry.subject == f"helper {grant}":
            shown.clear()
        elif entry.action == "unhide":
            shown.pop(entry.subject, None)
        elif entry.action in CHANGES and entry.subject not in private and entry.subject not in NEVER_SHOWN:
            part = SECTION_OF.get(entry.subject.partition(" ")[0])
            if part is not None and sections(part):
                shown.setdefault(entry.subject, set()).add(entry.place)
    return set().union(*shown.values())
