"""The audit trail in plain words, for the person whose record it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal.audit import CHANGES
from portal.england import day_in_england
from portal.sharing.rules import Whose
from portal.sharing.typed import By, Typed, read_by
from portal.text import _

Say = Callable[..., str]

ACTION_WORDS: Mapping[str, str] = {
    "view": _("%(who)s looked at %(what)s"),
    "print": _("%(who)s opened %(what)s to print"),
    "export": _("%(who)s took a copy of %(what)s"),
    "start": _("%(who)s began %(what)s"),
    "own": _("%(who)s took over %(what)s, which was typed from paper"),
    "keep": _("%(who)s saved %(what)s under an account"),
    "change": _("%(who)s changed %(what)s"),
    "add": _("%(who)s added %(what)s"),
    "remove": _("%(who)s took out %(what)s"),
    "choose": _("%(who)s chose %(what)s"),
    "read": _("%(who)s read %(what)s to the end"),
    "tell": _("%(who)s kept %(what)s as it was told"),
    "skip": _("%(who)s left out %(what)s"),
    "freeze": _("%(who)s made %(what)s, to be agreed"),
    "sign": _("%(who)s agreed to show %(what)s"),
    "open": _("%(who)s opened %(what)s"),
    "delete": _("%(who)s deleted %(what)s"),
    "override": _("%(who)s set another amount beside %(what)s"),
    "share": _("%(who)s let %(what)s help, or changed what they may do"),
    "accept": _("%(who)s accepted your invitation"),
    "stop": _("%(who)s stopped the help of %(what)s"),
    "claim": _("%(who)s said that %(what)s acts for you by law"),
    "unclaim": _("%(who)s took back that %(what)s acts for you by law"),
    "confirm": _("%(who)s agreed that %(what)s acts for you by law"),
    "refuse": _("%(who)s did not agree that %(what)s acts for you by law"),
    "suggest": _("%(who)s suggested a change to %(what)s"),
    "decline": _("%(who)s said no thank you to a change to %(what)s"),
    "consent": _("%(who)s agreed to show %(what)s"),
    "withdraw": _("%(who)s stopped showing %(what)s"),
    "link": _("%(who)s used the code of %(what)s"),
    "hide": _("%(who)s made %(what)s private"),
    "unhide": _("%(who)s made %(what)s open to helpers again"),
}
SIGN_WORDS: Mapping[str, str] = {
    "helper": _("%(who)s agreed that %(what)s acts for you by law"),
    "plan": _("%(who)s agreed to join two plans, and to show %(what)s"),
}
"""What somebody agreed to, by the first word of what it was; else it is a consent to show something."""

_COUNTED = frozenset({"view", "print"})
"""What is told once a day, with how often it was done: a PDF that takes long is asked for several times."""

_OTHERWISE = _("%(who)s did something with %(what)s")

PAGE_WORDS: Mapping[str, str] = {
    "tasks": _("the list of parts"),
    "assessment": _("your answers"),
    "budget": _("your budget"),
    "paying": _("what you may have to pay"),
    "choices": _("your choices"),
    "plan": _("your support plan"),
    "document": _("your plan as it is printed"),
    "account": _("everything you typed"),
    "people": _("the people who help you"),
    "together": _("what you and another show each other"),
    "carer": _("your own space as a carer"),
}
"""Pages by the first part of their address."""

THING_WORDS: Mapping[str, str] = {
    "line": _("a support in your plan"),
    "setback": _("what to do if things go wrong"),
    "text": _("a text of your plan"),
    "route": _("how money is looked after"),
    "case": _("your plan"),
    "copy": _("a copy of your plan"),
    "planner": _("who helps you plan"),
    "money": _("who looks after the money"),
    "indicative": _("your budget"),
    "told": _("your budget"),
    "link": _("a link with another record"),
    "combining": _("whether both assessments are done together"),
    "what": _("what you show"),
    "needs": _("what you need help with"),
    "stop": _("your budget, with help and without it"),
    "doing": _("what you do"),
    "going_on": _("whether you can go on"),
    "plan": _("the supports that two plans share"),
}

KIND_WORDS: Mapping[str, str] = {
    "person": _("You"),
    "helper": _("Somebody who helps you"),
    "representative": _("Whoever acts for you"),
    "officer": _("Somebody at the council"),
    "staff": _("Somebody at the council"),
    "link": _("Whoever you are linked with"),
    "retention": _("This website"),
}


class Entry(NamedTuple):
    """One entry of the trail.

    :ivar place: which of the case's it is; ``tells``: whether it keeps what it said before and after.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    place: int = 0
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing done, or several looks at the same part on one day, in words.

    :ivar by: who did it, as the trail names them; ``times``: how often on that day.
    :ivar before: for a change, which one it was of this thing and who had written what stood there.
    :ivar place: where in the trail a change is that keeps what it said before and after.
    """

    at: datetime
    words: str
    by: By
    times: int = 1
    before: str = ""
    place: int | None = None


def told(
    entries: Iterable[Entry], names: Mapping[str, str], name_of: Callable[[str], str], say: Say
) -> list[Row]:
    """The trail in words, the newest first. Looks of one person at one thing on one day are one row.

    :param entries: the whole trail of a case, the oldest first.
    :param names: what the person calls those whose passports it names, by id.
    :param name_of: what a question or a text is called, by id; empty when it is not known.
    """
    rows: list[Row] = []
    looks: dict[tuple[object, ...], int] = {}
    changes: dict[str, tuple[int, By]] = {}
    for entry in entries:
        by = read_by(entry.actor)
        what = told_thing(entry.subject, names, name_of, say)
        words = say(_words_of(entry), who=_who(by, names, say), what=what)
        if entry.action in _COUNTED:
            look = (entry.actor, entry.action, what, day_in_england(entry.at))
            place = looks.get(look)
            if place is not None:
                rows[place] = Row(entry.at, words, by, rows[place].times + 1)
                continue
            looks[look] = len(rows)
        if by.accepted:
            words = say(_("%(words)s. %(name)s suggested it"), words=words, name=names.get(by.id, ""))
        before = ""
        if entry.action in CHANGES:
            times, earlier = changes.get(entry.subject, (0, by))
            changes[entry.subject] = times + 1, by
            before = _before(times, _who(earlier, names, say), say)
        rows.append(Row(entry.at, words, by, before=before, place=entry.place if entry.tells else None))
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _words_of(entry: Entry) -> str:
    words = ACTION_WORDS.get(entry.action, _OTHERWISE)
    return SIGN_WORDS.get(entry.subject.partition(" ")[0], words) if entry.action == "sign" else words


TYPED_WORDS: Mapping[Whose, str] = {
    "theirs": _("Typed by %(name)s, in your words"),
    "mine": _("In the words of %(name)s"),
    "paper": _("From paper, typed by %(name)s"),
}
_ACCEPTED = _("%(name)s suggested this, and you said yes")


def told_typed(typed: Typed, say: Say) -> str:
    """Who typed something, and in whose words."""
    words = _ACCEPTED if typed.accepted else TYPED_WORDS[typed.words]
    return say(words, name=typed.name or say(KIND_WORDS["helper"]))


def _before(times: int, earlier: str, say: Say) -> str:
    if not times:
        return ""
    return say(
        _("This is version %(now)s. Before it was version %(before)s, by %(who)s."),
        now=times + 1,
        before=times,
        who=earlier,
    )


def _who(by: By, names: Mapping[str, str], say: Say) -> str:
    if by.accepted:
        return say(KIND_WORDS["person"])
    return names.get(by.id) or say(KIND_WORDS.get(by.kind, KIND_WORDS["officer"]))


def told_thing(subject: str, names: Mapping[str, str], name_of: Callable[[str], str], say: Say) -> str:
    """What a subject of the trail is called: ``answer nutrition``, ``line k3f…``."""
    kind, _space, rest = subject.partition(" ")
    if kind in {"answer", "need"}:
        name = name_of(rest)
        if not name:
            return say(_("an answer"))
        return say(
            _("your answer to “%(name)s”") if kind == "answer" else _("your wish for “%(name)s”"), name=name
        )
    if kind == "text" and (name := name_of(rest)):
        return say(_("your words for “%(name)s”"), name=name)
    if kind == "page":
        first, _slash, more = rest.strip("/").partition("/")
        if first == "people" and more.startswith("changes"):
            return say(_("what was changed"))
        if first == "people" and more in {"words", "acting"}:
            return say(_("what they may do here"))
        if first == "unsaved":
            return say(_("suggestions that wait"))
        return say(PAGE_WORDS.get(first) or _("a page"))
    if kind == "document":
        return say(_("version %(number)s of your printed plan"), number=rest)
    if kind == "helper":
        return names.get(rest) or say(KIND_WORDS["helper"])
    if subject == "what to pay":
        return say(PAGE_WORDS["paying"])
    return say(THING_WORDS.get(kind) or _("your plan"))
