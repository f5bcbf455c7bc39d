"""What stands on a page about one thing of a case: who typed it, and whether it is kept private.

Where nobody ever helped, nothing of this is looked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import g, request

from portal.current import the_g
from portal.safeguards import db
from portal.sharing.access import Need, role
from portal.sharing.private import NAMED_IN_ADDRESS, private_of
from portal.sharing.telling import told_typed
from portal.sharing.typed import typed_here
from portal.words import translate

_BY_ENDPOINT: Mapping[str, str] = {
    "choices.planner": "planner",
    "choices.choose_planner": "planner",
    "choices.money": "money",
    "choices.choose_money": "money",
}
"""Pages about the only thing of its kind."""

_NAMED: Mapping[str, str] = {**NAMED_IN_ADDRESS, "route_id": "route"}


class Here(NamedTuple):
    """What is told at the end of a page.

    :ivar typed: who typed what stands there, in words; empty for what the person typed.
    :ivar owns: whether the visitor decides what is private; ``private``: whether this is.
    """

    typed: str
    owns: bool
    private: bool


def here() -> Here | None:
    """What is told of the thing that this page is about; ``None`` where there is nothing to tell."""
    case, need = the_g().get("case"), the_g().get("need")
    if case is None or not getattr(case, "shared", True):
        return None
    # What only the person may do is about more than what somebody typed.
    subject = _subject() if isinstance(need, Need) and need.right != "own" else ""
    if not subject:
        return None
    owns = role().owns and role().keeps and subject.partition(" ")[0] in NAMED_IN_ADDRESS.values()
    private = owns and subject in private_of(db(), case.id)
    # A page that shows what is not saved yet says above whose it is.
    unsaved = getattr(g.get("carried"), "given", None) is not None
    found = Here("" if unsaved else typed_by(subject), owns, private)
    return found if found.typed or found.owns else None


def typed_by(subject: str) -> str:
    """Who typed a thing, and in whose words; empty for what the person typed themself.

    :param subject: as the audit trail names it: ``text review``.
    """
    typed = typed_here().get(subject) if "case" in g else None
    return told_typed(typed, translate) if typed is not None else ""


def _subject() -> str:
    named = request.view_args or {}
    found = next((f"{_NAMED[name]} {named[name]}" for name in named if name in _NAMED), "")
    return found or _BY_ENDPOINT.get(request.endpoint or "", "")
