"""What changes to a plan say before and after, in words: for the trail that the person sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.blueprints import BlueprintSetupState

from portal.plan.headings import ASKS
from portal.plan.line_values import line_said
from portal.plan.money_telling import told_facts
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import route_words, stream_words, title_of
from portal.plan.rules.holding import Held
from portal.plan.telling import (
    KIND_WORDS,
    MET_BY_WORDS,
    PAYEE_WORDS,
    WORTH_WORDS,
    tell_award,
    tell_dates,
    tell_how_much,
    tell_when,
)
from portal.sharing.changes import Side, Teller, name_texts_with, tell_changes_with
from portal.text import _
from portal.words import Language


def _line(_id: str, said: Mapping[str, Any], language: Language) -> Side:
    line = line_said(said)
    told = {
        _("What it is"): line.what,
        _("What sort of support it is"): language.gettext(KIND_WORDS[line.kind]),
        _("What it helps with"): "\n".join(title_of(need) for need in line.needs),
        _("Who does it"): line.who,
        _("When"): tell_when(line, language),
        _("From when to when"): tell_dates(line, language),
        _("How much"): tell_how_much(line, language),
        _("How long it is given for"): tell_award(line, language),
        _("How the money is looked after"): route_words(line.route),
        _("Which part of the budget"): stream_words(line.stream),
        _("Who is paid"): language.gettext(PAYEE_WORDS[line.payee]) if line.payee else "",
    }
    return {language.gettext(label): words for label, words in told.items()}


def _need(outcome: str, said: list[Any], language: Language) -> Side:
    words, met_by = said
    met = language.gettext(MET_BY_WORDS[met_by]) if met_by else ""
    return {title_of(outcome): words or "", language.gettext(_("Who helps with it already")): met}


def _text(part: Any, said: str, language: Language) -> Side:
    return {language.gettext(ASKS[part].ask): said} if part in ASKS else {}


def _setback(_id: str, said: Mapping[str, Any], language: Language) -> Side:
    worth = said.get("worth")
    told = {
        _("What could go wrong"): said.get("wrong"),
        _("How you would notice it early"): said.get("signs"),
        _("What happens then"): said.get("then"),
        _("Who you call"): said.get("call"),
        _("Whether the risk is worth taking"): language.gettext(WORTH_WORDS[worth]) if worth else "",
        _("Why it is worth it to you"): said.get("worth_why"),
    }
    return {language.gettext(label): words or "" for label, words in told.items()}


def _route(_id: str, said: Mapping[str, Any], language: Language) -> Side:
    return {fact.title: fact.words for fact in told_facts(Held.of(said), language)}


_TELLERS: Mapping[str, Teller] = {
    "line": _line,
    "need": _need,
    "text": _text,
    "setback": _setback,
    "route": _route,
}


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    tell_changes_with(state.app, _TELLERS)
    name_texts_with(state.app, {part: asked.ask for part, asked in ASKS.items()})
