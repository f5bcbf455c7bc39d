"""The week: a timetable that adds itself up, a page for the fridge, and a calendar file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from icalendar import Calendar

from portal.plan.calendar_file import calendar_of
from portal.plan.rules.clock import Slot
from portal.plan.rules.lines import Line
from portal.plan.rules.week import part_of, week_of
from portal.plan.telling import tell_length
from portal.words import read_languages
from tests.browsing import Visitor

TODAY = date(2026, 11, 29)
"""A Sunday."""
AT = datetime(2026, 11, 29, 9, tzinfo=UTC)


def line(what: str, **more: Any) -> Line:
    known: dict[str, Any] = {"id": what, "kind": "hours", "what": what}
    return Line(**known | more)


BATH = line(
    "Bath",
    days=("tuesday", "friday"),
    slots=(Slot("tuesday", "08:00", "09:30"), Slot("friday", "08:00", "09:30")),
    quantity=Decimal(3),
)
SLEEP = line("Night", days=("friday",), slots=(Slot("friday", "22:00", "07:00"),), quantity=Decimal(8))
CHOIR = line("Choir", kind="community", days=("friday",), parts=("evening",))


def test_each_day_is_in_its_order_and_the_week_adds_itself_up() -> None:
    week = week_of([SLEEP, CHOIR, BATH], TODAY)
    friday = next(day for day in week.days if day.day == "friday")
    assert [one.line.what for one in friday.happenings] == ["Bath", "Choir", "Night"]
    assert friday.hours == Decimal("10.5")
    assert week.hours == Decimal(12)
    assert [one.line.what for one in friday.during("night")] == ["Night"]


def test_hours_that_are_paid_and_not_in_the_timetable_are_told() -> None:
    (differs,) = week_of([BATH, SLEEP], TODAY).differing
    assert (differs.line.what, differs.timed) == ("Night", Decimal(9))


def test_what_has_ended_and_what_is_bought_are_not_in_the_week() -> None:
    over = line("Over", days=("monday",), ends=date(2026, 11, 1))
    bought = line("Chair", kind="equipment", days=("monday",))
    assert week_of([over, bought], TODAY).empty


def test_what_has_no_day_stands_apart() -> None:
    week = week_of([line("Walk", parts=("morning",)), line("Sum", kind="sum")], TODAY)
    assert [one.what for one in week.any_day] == ["Walk"]


def test_a_time_has_its_part_of_the_day() -> None:
    starts = {"02:00": "night", "08:00": "morning", "12:30": "midday", "17:00": "evening", "23:00": "night"}
    assert {start: part_of(start) for start in starts} == starts


def test_how_long_is_told_in_hours_and_minutes(tmp_path: Path) -> None:
    english = read_languages(tmp_path)["en"]
    minutes = (Decimal(each) / 60 for each in (0, 20, 60, 61, 1055, 7175))
    assert [tell_length(each, english) for each in minutes] == [
        "0 hours",
        "20 minutes",
        "1 hour",
        "1 hour and 1 minute",
        "17 hours and 35 minutes",
        "119 hours and 35 minutes",
    ]


def test_what_has_a_day_and_no_part_of_it_may_be_any_time() -> None:
    monday = week_of([line("Dog", days=("monday",))], TODAY).days[0]
    assert monday.during(None) and not monday.during("morning")


def events(*lines: Line, tmp: Path) -> list[Any]:
    english = read_languages(tmp)["en"]
    return Calendar.from_ical(calendar_of(lines, TODAY, AT, english)).walk("VEVENT")


def test_the_calendar_has_an_event_for_each_time_on_its_days(tmp_path: Path) -> None:
    (bath,) = events(BATH, tmp=tmp_path)
    assert bath["summary"] == "Bath"
    assert bath.decoded("dtstart").isoformat() == "2026-12-01T08:00:00+00:00"
    assert bath.decoded("dtend").isoformat() == "2026-12-01T09:30:00+00:00"
    assert bath["rrule"]["BYDAY"] == ["TU", "FR"]
    (night,) = events(SLEEP, tmp=tmp_path)
    assert night.decoded("dtend").isoformat() == "2026-12-05T07:00:00+00:00"


def test_awards_end_in_the_calendar_and_a_day_without_a_time_is_a_whole_day(tmp_path: Path) -> None:
    grant = line(
        "Grant",
        kind="award",
        starts=date(2026, 12, 1),
        award_months=Decimal(12),
        longest_months=Decimal(60),
    )
    told = {str(one["summary"]): one.decoded("dtstart") for one in events(grant, CHOIR, tmp=tmp_path)}
    assert told == {
        "This ends: Grant": date(2027, 11, 30),
        "No more awards: Grant": date(2031, 11, 30),
        "Choir": date(2026, 12, 4),
    }


def test_the_pages_show_the_week_and_whom_to_phone(planner: Visitor) -> None:
    assert "Nothing has a day yet." in planner.page("/plan/week").words
    when = planner.send("/plan/line/new?kind=hours", {"what": "Help to wash", "quantity": "3"})
    planner.send(when, {"days": ["tuesday", "friday"], "start": "8", "end": "9.30"})
    planner.send("/plan/nobody_comes", {"words": "Ann, 01632 960001"})
    page = planner.page("/plan/week")
    assert "The times in your week come to 3 hours." in page.words
    assert "8am to 9.30am: Help to wash" in page.words
    assert "Ann, 01632 960001" in page.words
    fridge = planner.page("/plan/week/fridge")
    assert fridge.words.count("Help to wash") == 2
    assert "Ann, 01632 960001" in fridge.words
    answer = planner.get("/plan/week.ics")
    assert answer.mimetype == "text/calendar"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert b"Help to wash" in answer.data
