"""What a published scheme is told in: chapters, tables, and words for periods and units."""

from __future__ import annotations

from dataclasses import dataclass

from portal.pack.pack import Pack
from portal.pack.scheme import Scheme
from portal.text import _
from portal.words import Language


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: rows of words, the first cell the head of its row; ``numbers`` are columns of figures."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of a scheme in words."""

    title: str
    paragraphs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    tables: tuple[Sheet, ...] = ()


PERIODS = {
    "day": _("a day"),
    "week": _("a week"),
    "four_weeks": _("every four weeks"),
    "month": _("a month"),
    "year": _("a year"),
    "one_off": _("once"),
}
UNITS = {
    "hour": _("an hour"),
    "half_hour": _("half an hour"),
    "visit": _("a visit"),
    "session": _("a session"),
    "meal": _("a meal"),
    "day": _("a day"),
    "night": _("a night"),
    "week": _("a week"),
    "mile": _("a mile"),
    "item": _("each"),
}


class Teller:
    """What tells one scheme in one language."""

    def __init__(self, scheme: Scheme, pack: Pack, language: Language) -> None:
        self.scheme = scheme
        self.pack = pack
        self.language = language
        self.say = language.say
        self.told = language.gettext
        self.money = language.money

    def option(self, question: str, option: str) -> str:
        asked = self.pack.questions.get(question)
        known = asked.option(option) if asked else None
        return self.say(known.label) if known else option

    def price_name(self, price: str | None) -> str:
        found = next((item for item in self.scheme.price_book if item.id == price), None)
        return self.say(found.label) if found is not None else str(price)
