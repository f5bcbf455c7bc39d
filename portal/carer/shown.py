"""What is shown of somebody's record to the other of a link. Nothing is read before it is asked for here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from portal.assessment.records import answers_of
from portal.assessment.rules.difficulty import difficult
from portal.budget.rules import when_help_stops
from portal.budget.telling import ToldStop, told_stop
from portal.carer.records import shows
from portal.carer.rules.consent import CARERS_ANSWERS, What
from portal.pack.conditions import Answers
from portal.pack.pack import Pack
from portal.questions.path import counted
from portal.questions.telling import answer_in_words
from portal.sharing.private import private_of
from portal.text import _
from portal.words import Language

_SHOWN_HERE: tuple[What, ...] = ("needs", "stop", "doing", "going_on")

Rows = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody shows, in words; empty or ``None`` for what they do not show.

    :ivar needs: each outcome that is hard, with the answer and the person's words.
    """

    needs: Rows = ()
    stop: ToldStop | None = None
    doing: Rows = ()
    going_on: Rows = ()


def shown_by(session: Session, pair_id: str, giver: str, pack: Pack, language: Language, on: date) -> Shown:
    """What the other of a link may see of a case at this moment, consent by consent.

    :param giver: the case whose consent is asked for, thing by thing.
    :param pack: the whole pack.
    """
    agreed = {what for what in _SHOWN_HERE if shows(session, pair_id, giver, what)}
    return preview(session, giver, agreed, pack, language, on) if agreed else Shown()


def preview(
    session: Session, case_id: str, agreed: set[What], pack: Pack, language: Language, on: date
) -> Shown:
    """What would be shown of a case: for the person themself, before they agree to it.

    What they keep private is shown to nobody. A budget is then told without its needs.
    """
    ours = pack.for_carers if agreed & CARERS_ANSWERS.keys() else pack
    private = private_of(session, case_id)
    answers = counted(ours, answers_of(session, case_id))
    open_ones = {name: kept for name, kept in answers.items() if f"answer {name}" not in private}
    told = partial(_rows, ours, answers=open_ones, language=language)
    stop = _stop(ours, answers, language, on) if "stop" in agreed else None
    return Shown(
        needs=_needs(ours, open_ones, language) if "needs" in agreed else (),
        stop=replace(stop, needs=()) if stop is not None and len(open_ones) < len(answers) else stop,
        doing=told(CARERS_ANSWERS["doing"]) if "doing" in agreed else (),
        going_on=told(CARERS_ANSWERS["going_on"]) if "going_on" in agreed else (),
    )


def _needs(pack: Pack, answers: Answers, language: Language) -> Rows:
    """Each outcome that is hard: its name, the answer and, quoted, the person's own words about it."""
    found = []
    for outcome in difficult(answers):
        own = [
            said for _name, lines in _rows(pack, (f"{outcome}_matters",), answers, language) for said in lines
        ]
        quoted = tuple(language.gettext(_("“%(words)s”"), words=words) for words in own)
        found += [(name, (*told, *quoted)) for name, told in _rows(pack, (outcome,), answers, language)]
    return tuple(found)


def _rows(pack: Pack, names: tuple[str, ...], answers: Answers, language: Language) -> Rows:
    return tuple(
        (
            language.say(pack.questions[name].short),
            answer_in_words(pack.questions[name], answers[name], language),
        )
        for name in names
        if name in answers and name in pack.questions
    )


def _stop(pack: Pack, answers: Answers, language: Language, on: date) -> ToldStop | None:
    scheme = pack.scheme_on(on)
    stops = when_help_stops(scheme, answers, on=on) if scheme is not None else None
    return told_stop(stops, pack, language) if stops is not None else None
