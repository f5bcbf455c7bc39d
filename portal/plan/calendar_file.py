"""A plan's week as a calendar file (iCalendar, RFC 5545), for a telephone or a computer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from portal.england import ENGLAND
from portal.pack.support import Day
from portal.plan.rules.awards import award_ends, last_award_ends
from portal.plan.rules.clock import DAYS, minutes_of
from portal.plan.rules.lines import Line
from portal.text import _
from portal.words import Language

_DAY = dict(zip(DAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))


def calendar_of(lines: Iterable[Line], on: date, at: datetime, words: Language) -> bytes:
    """What happens each week, and the days on which something ends.

    :param on: nothing begins before this day.
    :param at: when the file is made.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Plan my support//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", words.gettext(_("My support plan")))
    for line in lines:
        if line.once or (award_ends(line) or on) < on:
            continue
        for number, event in enumerate([*_weekly(line, on), *_ends(line, on, words)]):
            event.add("uid", f"{line.id}-{number}@plan-my-support.invalid")
            event.add("dtstamp", at)
            calendar.add_component(event)
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _weekly(line: Line, on: date) -> Iterator[Event]:
    """An event for each of its times, on all days that have that time; one for days without a time."""
    together: dict[tuple[str, str] | None, list[Day]] = {}
    for slot in line.slots:
        together.setdefault((slot.start, slot.end), []).append(slot.day)
    timed = {slot.day for slot in line.slots}
    for day in line.days:
        if day not in timed:
            together.setdefault(None, []).append(day)
    for times, days in together.items():
        first = _first(days, max(line.starts or on, on))
        event = Event()
        event.add("summary", line.what)
        if line.who:
            event.add("description", line.who)
        rule: dict[str, object] = {"freq": "weekly", "byday": [_DAY[day] for day in days]}
        last = award_ends(line)
        if times is None:
            event.add("dtstart", first)
            event.add("transp", "TRANSPARENT")
            if last:
                rule["until"] = last
        else:
            start, end = (minutes_of(one) for one in times)
            begins = datetime.combine(first, time(start // 60, start % 60), ENGLAND)
            event.add("dtstart", begins)
            event.add("dtend", _ending(first, start, end))
            if last:
                rule["until"] = datetime.combine(last, time(23, 59), ENGLAND).astimezone(ZoneInfo("UTC"))
        event.add("rrule", rule)
        yield event


def _ends(line: Line, on: date, words: Language) -> Iterator[Event]:
    """The day on which it ends, and the last day on which an award can end."""
    told = (
        (award_ends(line), _("This ends: %(what)s")),
        (last_award_ends(line), _("No more awards: %(what)s")),
    )
    for day, summary in told:
        if day is not None and day >= on:
            event = Event()
            event.add("summary", words.gettext(summary, what=line.what))
            event.add("dtstart", day)
            event.add("transp", "TRANSPARENT")
            yield event


def _first(days: list[Day], on: date) -> date:
    """The first day, from a day on, that is one of some days of the week."""
    wanted = {DAYS.index(day) for day in days}
    return next(day for day in (on + timedelta(days=after) for after in range(7)) if day.weekday() in wanted)


def _ending(first: date, start: int, end: int) -> datetime:
    last = first if end > start else first + timedelta(days=1)
    return datetime.combine(last, time(end // 60, end % 60), ENGLAND)
