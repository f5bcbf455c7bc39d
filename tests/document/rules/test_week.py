"""The week on paper."""

from __future__ import annotations

from typing import Any

from portal.document.rules.parts import Line, Said, Slot
from portal.document.rules.week import Week, week_of
from portal.paths import TRANSLATIONS
from portal.plan.rules.clock import DAYS
from portal.plan.telling import tell_span
from portal.words import read_languages

ENGLISH = read_languages(TRANSLATIONS)["en"]


def line(what: str, *times: tuple[str, str], days: tuple[str, ...] = DAYS, **more: Any) -> Line:
    slots = tuple(Slot(day=day, start=start, end=end) for day in days for start, end in times)
    said = tuple(Said(code=day, words=day) for day in days)
    return Line(what=what, slots=slots, days=said, how_much="Free", **more)


def week(*lines: Line) -> Week:
    return week_of(lines, lambda start, end: tell_span(start, end, ENGLISH))


def test_paper_says_from_when_to_when_as_the_screen_does_each_time_by_itself() -> None:
    _monday, visits = week(line("Bath", ("12:00", "13:00"), ("08:00", "09:30"))).days[0]
    assert [visit.time for visit in visits] == ["8am to 9.30am", "midday to 1pm"]


def test_a_day_is_in_its_order_from_the_small_hours_to_what_may_be_any_time() -> None:
    evening = (Said(code="evening", words="Evening"),)
    made = week(
        line("Any"),
        line("Night", ("22:00", "07:00")),
        line("Choir", parts=evening),
        line("Tea", ("17:15", "18:00")),
        line("Turning", ("02:00", "02:15")),
    )
    assert [visit.line.what for visit in made.days[3][1]] == ["Turning", "Choir", "Tea", "Night", "Any"]
    assert [visit.part for visit in made.days[3][1]] == ["night", "evening", "evening", "night", None]


def test_a_crowded_week_says_but_once_what_happens_on_every_day() -> None:
    daily = [line(f"Visit {hour}", (f"{hour:02}:00", f"{hour:02}:30")) for hour in range(8, 20)]
    swim = line("Swimming", ("10:00", "11:00"), days=("monday",))
    made = week(*daily, swim)
    assert [visit.line.what for visit in made.daily] == [one.what for one in daily]
    left = {day: [visit.line.what for visit in visits] for day, visits in made.not_daily}
    assert left.pop("monday") == ["Swimming"] and not any(left.values())
    assert len(made.days[0][1]) == 13
    assert week(*daily[:3], swim).daily == ()


def test_twelve_things_are_drawn_in_twelve_ways_that_need_no_colour() -> None:
    visits = week(*(line(f"{place}", ("08:00", "09:00")) for place in range(12))).days[0][1]
    assert len({visit.look for visit in visits}) == 12
