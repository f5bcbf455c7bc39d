"""Words, numbers and money in the language of the reader."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from portal.england import day_in_england
from portal.pack.text import Words
from portal.words import Language, paragraphs, read_languages

POLISH = """
msgid ""
msgstr ""
"Language: pl\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "You said %(answer)s"
msgstr "Powiedziano: %(answer)s"

msgid "%(num)s hour"
msgid_plural "%(num)s hours"
msgstr[0] "%(num)s godzina"
msgstr[1] "%(num)s godziny"
msgstr[2] "%(num)s godzin"
"""


@pytest.fixture
def languages(tmp_path: Path) -> dict[str, Language]:
    (tmp_path / "pl").mkdir()
    (tmp_path / "pl" / "messages.po").write_text(POLISH, encoding="utf-8")
    (tmp_path / "ur").mkdir()
    (tmp_path / "ur" / "messages.po").write_text('msgid ""\nmsgstr "Language: ur\\n"\n', encoding="utf-8")
    return read_languages(tmp_path)


def test_english_needs_no_catalogue(languages: dict[str, Language]) -> None:
    english = languages["en"]
    assert english.gettext("You said %(answer)s", answer="yes") == "You said yes"
    assert english.ngettext("%(num)s hour", "%(num)s hours", 1) == "1 hour"
    assert english.ngettext("%(num)s hour", "%(num)s hours", 1200) == "1,200 hours"


def test_a_catalogue_is_used_and_english_stands_in_where_it_has_a_gap(languages: dict[str, Language]) -> None:
    polish = languages["pl"]
    assert polish.gettext("You said %(answer)s", answer="tak") == "Powiedziano: tak"
    assert [polish.ngettext("%(num)s hour", "%(num)s hours", n) for n in (1, 3, 5)] == [
        "1 godzina",
        "3 godziny",
        "5 godzin",
    ]
    assert polish.gettext("Not translated") == "Not translated"


def test_a_percent_sign_in_words_without_values_stays(languages: dict[str, Language]) -> None:
    assert languages["en"].gettext("zoom in to 400% and more") == "zoom in to 400% and more"


def test_urdu_runs_from_right_to_left(languages: dict[str, Language]) -> None:
    assert languages["ur"].direction == "rtl"
    assert languages["en"].direction == "ltr"


@pytest.mark.parametrize(
    ("amount", "told"),
    [("0", "£0.00"), ("1234.5", "£1,234.50"), ("-38.5", "\N{MINUS SIGN}£38.50")],
)
def test_money_is_pounds_and_pence(languages: dict[str, Language], amount: str, told: str) -> None:
    assert languages["en"].money(Decimal(amount)) == told


def test_dates_are_written_out(languages: dict[str, Language]) -> None:
    assert languages["en"].day(date(2026, 11, 22)) == "22 November 2026"


def test_numbers_lose_needless_noughts_only(languages: dict[str, Language]) -> None:
    english = languages["en"]
    assert [english.number(Decimal(n)) for n in ("100", "2.50", "0", "1200")] == ["100", "2.5", "0", "1,200"]


def test_easy_read_is_used_where_there_is_one(languages: dict[str, Language]) -> None:
    easy = Language("en", languages["en"].locale, mode="easy")
    assert easy.say(Words(text="Do you require assistance?", easy="Do you need help?")) == "Do you need help?"
    assert easy.say(Words(text="Do you need help?")) == "Do you need help?"


@pytest.mark.parametrize(
    ("kept", "moment", "clock", "day"),
    [
        ("2026-01-15T09:30", "15 January 2026, 09:30", "09:30", "15 January 2026"),
        ("2026-07-15T09:30", "15 July 2026, 10:30", "10:30", "15 July 2026"),
        ("2026-07-15T23:10", "16 July 2026, 00:10", "00:10", "16 July 2026"),
        ("2026-03-29T00:59", "29 March 2026, 00:59", "00:59", "29 March 2026"),
        ("2026-03-29T01:00", "29 March 2026, 02:00", "02:00", "29 March 2026"),
        ("2026-10-25T00:30", "25 October 2026, 01:30", "01:30", "25 October 2026"),
        ("2026-10-25T01:30", "25 October 2026, 01:30", "01:30", "25 October 2026"),
    ],
)
def test_times_are_kept_in_utc_and_read_as_clocks_in_england_show_them(
    kept: str, moment: str, clock: str, day: str
) -> None:
    at, english = datetime.fromisoformat(kept), read_languages(Path("no such folder"))["en"]
    assert (english.moment(at), english.clock(at), english.day(at)) == (moment, clock, day)
    assert english.day(day_in_england(at)) == day


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ada: 01632 960 456. Or 999", "Ada: 01632~960~456. Or 999"),
        ("+44 1632 960456 <at night>", "+44~1632~960456 &lt;at night&gt;"),
        ("I have 20 000 stamps\nsince 03 2027", "I have 20 000 stamps<br>since 03 2027"),
    ],
)
def test_a_phone_number_stays_on_one_line(typed: str, shown: str) -> None:
    assert paragraphs(typed) == shown.replace("~", "\N{NO-BREAK SPACE}")
