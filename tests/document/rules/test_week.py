"""The week on paper."""

from __future__ import annotations

from portal.document.rules.parts import Slot
from portal.document.rules.week import week_of
from portal.document.samples.usual import usual
from portal.paths import TRANSLATIONS
from portal.plan.telling import tell_span
from portal.words import read_languages


def test_paper_says_from_when_to_when_as_the_screen_does() -> None:
    english = read_languages(TRANSLATIONS)["en"]
    slots = (Slot(day="monday", start="08:00", end="09:30"), Slot(day="monday", start="12:00", end="13:00"))
    line = usual().lines[0].model_copy(update={"slots": slots, "days": (), "parts": (), "times": ""})
    week = week_of([line], lambda start, end: tell_span(start, end, english))
    _monday, columns = week.days[0]
    assert [visit.time for column in columns for visit in column] == ["8am to 9.30am, midday to 1pm"] * 2
