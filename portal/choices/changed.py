"""What changes to a choice say before and after, in words: for the trail that the person sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from portal.choices.forms import NOT_DECIDED_WORDS
from portal.choices.records import CHOSEN, NOT_DECIDED
from portal.pack.text import Words
from portal.safeguards import current_pack
from portal.sharing.changes import Side, Teller
from portal.text import _
from portal.words import Language


def _chosen(said: Mapping[str, Any], called: Mapping[str, Words], language: Language) -> str:
    if said.get(NOT_DECIDED):
        return language.gettext(NOT_DECIDED_WORDS)
    return "\n".join(language.say(called[one]) if one in called else one for one in said.get(CHOSEN, ()))


def _planner(_id: str, said: Mapping[str, Any], language: Language) -> Side:
    called = {one.id: one.name for one in current_pack().planners}
    names: Iterable[str] = said.get("names", {}).values()
    return {
        language.gettext(_("Who helps you plan")): _chosen(said, called, language),
        language.gettext(_("Their names")): "\n".join(names),
    }


def _money(_id: str, said: Mapping[str, Any], language: Language) -> Side:
    routes = current_pack().money_routes
    ways = {(route.id, way.id): way.name for route in routes for way in route.payments}
    paid = [language.say(ways[one]) for one in said.get("paid", {}).items() if one in ways]
    return {
        language.gettext(_("How the money is managed")): _chosen(
            said, {route.id: route.name for route in routes}, language
        ),
        language.gettext(_("Where it is paid to")): "\n".join(paid),
    }


TELLERS: Mapping[str, Teller] = {"planner": _planner, "money": _money}
