"""Languages: catalogues read from ``.po`` files at start, and numbers, money and dates in words.

English is what everything is written in and needs no catalogue. Words are translated once, where
they are shown, by the language of the request.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from gettext import c2py
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit
from markupsafe import Markup, escape

from portal.current import the_g
from portal.england import ENGLAND, day_in_england, in_england
from portal.pack.text import Words

ENGLISH = "en"
_PHONE = re.compile(r"(?<![\d+])(?:0\d{2,4}|\+\d{1,3})(?: \d{2,6}){1,4}(?!\d)")
_AFTER_SENTENCE = re.compile(r"(?<=[.!?۔؟।]) ")


@dataclass(frozen=True)
class Language:
    """One language: its catalogue, and how it writes numbers and dates.

    :ivar code: as in ``lang``, for example ``en`` or ``ur``.
    :ivar mode: how to read, ``standard``, ``larger`` or ``easy``; decides the wording of pack texts.
    """

    code: str
    locale: Locale
    messages: dict[str, str] = field(default_factory=dict, repr=False)
    plurals: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    plural: Callable[[int], int] = field(default=lambda count: int(count != 1), repr=False)
    mode: str = "standard"

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.locale.text_direction

    @property
    def own_name(self) -> str:
        """The language's name in itself."""
        return (self.locale.get_display_name(self.locale) or self.code).capitalize()

    def gettext(self, message: str, **values: Any) -> str:
        """A text in this language, its ``%(name)s`` places filled after translation."""
        told = self.messages.get(message) or message
        return told % values if values else told

    def ngettext(self, one: str, many: str, count: int, **values: Any) -> str:
        """A text that depends on a number; ``%(num)s`` is the number."""
        forms = self.plurals.get(one)
        told = forms[self.plural(count)] if forms else one if count == 1 else many
        return told % {"num": self.number(count), **values}

    def say(self, words: Words | str, **values: Any) -> str:
        """A text of a pack, or of a rule, in this language and mode. Easy Read has a sentence a line."""
        if isinstance(words, str):
            return self.gettext(words, **values)
        told = self.gettext(words.in_mode(self.mode), **values)
        return _AFTER_SENTENCE.sub("\n", told) if self.mode == "easy" and words.easy else told

    def money(self, amount: Decimal) -> str:
        """Pounds and pence, for example £1,234.50; a minus sign before what is taken off."""
        if self.locale.language == ENGLISH:
            sign = "\N{MINUS SIGN}" if amount < 0 else ""
            return f"{sign}£{abs(amount):,.2f}"
        return format_currency(amount, "GBP", locale=self.locale)

    def money_whole(self, amount: Decimal) -> str:
        """Whole pounds, for example £12,298."""
        if self.locale.language == ENGLISH:
            sign = "\N{MINUS SIGN}" if amount < 0 else ""
            return f"{sign}£{abs(amount):,.0f}"
        return format_currency(amount, "GBP", format="¤#,##0", locale=self.locale, currency_digits=False)

    def number(self, number: int | Decimal) -> str:
        """A number as this language writes it, without needless noughts."""
        if isinstance(number, Decimal):
            number = number.normalize() if number % 1 else number.quantize(Decimal(1))
        return format_decimal(number, locale=self.locale)

    def day(self, day: date) -> str:
        """A date, for example 22 November 2026; of a time as it is kept, the day that it was in England."""
        if isinstance(day, datetime):
            day = day_in_england(day)
        return format_date(day, format="long", locale=self.locale)

    def clock(self, moment: datetime) -> str:
        """A time of day as clocks in England show it."""
        return format_time(in_england(moment), "HH:mm", tzinfo=ENGLAND, locale=self.locale)

    def moment(self, moment: datetime) -> str:
        """A date and a time of day as clocks in England show them."""
        told = format_datetime(in_england(moment), "d MMMM y, HH:mm", tzinfo=ENGLAND, locale=self.locale)
        return str(told)

    def days(self, days: int) -> str:
        """A length of time in days; in years where it is whole ones of 365 days, for example 8 years."""
        years, rest = divmod(days, 365)
        unit, count = ("year", years) if years and not rest else ("day", days)
        return format_unit(count, f"duration-{unit}", locale=self.locale)


def _locale(code: str) -> Locale:
    return Locale.parse("en_GB" if code == ENGLISH else code.replace("-", "_"))


def read_languages(folder: Path) -> dict[str, Language]:
    """English, and every language with a catalogue ``<code>/messages.po`` in the folder."""
    found = {ENGLISH: Language(ENGLISH, _locale(ENGLISH))}
    for file in sorted(folder.glob("*/messages.po")):
        code = file.parent.name
        with file.open("rb") as catalogue:
            read = read_po(catalogue, locale=code)
        messages: dict[str, str] = {}
        plurals: dict[str, tuple[str, ...]] = {}
        for message in read:
            if not message.id or message.fuzzy:
                continue
            if isinstance(message.id, str):
                messages[message.id] = str(message.string)
            else:
                plurals[message.id[0]] = tuple(message.string or ())
        found[code] = Language(code, _locale(code), messages, plurals, c2py(read.plural_expr))
    return found


def words() -> Language:
    """The language and mode of this request."""
    language: Language = the_g().words
    return language


def translate(message: str, **values: Any) -> str:
    """``_()`` in templates."""
    return words().gettext(message, **values)


def translate_plural(one: str, many: str, count: int, **values: Any) -> str:
    """``ngettext()`` in templates."""
    return words().ngettext(one, many, count, **values)


def say(value: Words | str, **values: Any) -> str:
    """``|say`` in templates: a text of a pack or of a rule."""
    return words().say(value, **values)


def paragraphs(typed: str) -> Markup:
    """``|paragraphs`` in templates: what a person typed, escaped, with its line breaks.

    A phone number stays on one line: half a number is soon dialled as a whole one.
    """
    whole = _PHONE.sub(lambda number: number[0].replace(" ", "\N{NO-BREAK SPACE}"), typed)
    return escape(whole).replace("\n", Markup("<br>"))


def easier(told: str, easy: str) -> str:
    """Words of our own: their Easy Read wording, a sentence a line, for whoever reads that."""
    return type(easy)(_AFTER_SENTENCE.sub("\n", easy)) if words().mode == "easy" else told


FILTERS = {
    "say": say,
    "easy": easier,
    "money": lambda amount: words().money(amount),
    "money_whole": lambda amount: words().money_whole(amount),
    "number": lambda number: words().number(number),
    "day": lambda day: words().day(day),
    "days": lambda days: words().days(days),
    "clock": lambda moment: words().clock(moment),
    "moment": lambda moment: words().moment(moment),
    "paragraphs": paragraphs,
}
