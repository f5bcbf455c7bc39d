"""The week: day by day, as a table, to hang on the fridge, and as a calendar file."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from flask import Response, render_template

from portal.pack.support import Part
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import the_plan
from portal.plan.rules.lines import PARTS
from portal.plan.rules.week import Happening, Look, Week, look_of, on_every_day, week_of
from portal.plan.telling import DAY_WORDS, PART_WORDS, WORKER_WORDS, tell_length, tell_slot
from portal.safeguards import now, today
from portal.sharing.access import needs_case
from portal.text import _
from portal.words import translate, words


@bp.get("/week")
@needs_case("plan")
def week() -> str:
    """The week in words, day by day, and at a glance."""
    return render_template("plan/week.html", **_shown())


@bp.get("/week/fridge")
@needs_case("plan")
def fridge() -> str:
    """The week as a picture to hang up: one sheet, a block for each thing, and whom to phone."""
    return render_template("plan/fridge.html", **_shown())


@bp.get("/week.ics")
@needs_case("plan")
def calendar() -> Response:
    """The week as a calendar file."""
    from portal.plan.calendar_file import calendar_of

    made = calendar_of(the_plan().lines, today(), now(), words())
    response = Response(made, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="my-week.ics"'
    return response


def _shown() -> dict[str, Any]:
    plan = the_plan()
    found: Week = week_of(plan.lines, today())
    parts = [part for part in (*PARTS, None) if any(day.during(part) for day in found.days)]
    seen = dict.fromkeys(one.line.id for day in found.days for one in day.happenings)
    looks = {line_id: look_of(place) for place, line_id in enumerate(seen)}
    daily = on_every_day(map(_same, day.happenings) for day in found.days)
    first, language = found.days[0], words()
    return {
        "week": found,
        "length": tell_length(found.hours, language),
        "differing": [
            {
                "line": one.line,
                "paid": tell_length(one.paid, language),
                "timed": tell_length(one.timed, language),
            }
            for one in found.differing
        ],
        "daily": _told(tuple(one for one in first.happenings if _same(one) in daily), looks),
        "days": [
            {
                "id": day.day,
                "day": translate(DAY_WORDS[day.day]),
                "length": tell_length(day.hours, language) if day.hours else "",
                "all": _told(day.happenings, looks),
                "parts": [(_part_words(part), _told(day.during(part), looks, part)) for part in parts],
                "beside": [
                    (_part_words(part), _told(_others(day.during(part), daily), looks, part))
                    for part in parts
                ],
            }
            for day in found.days
        ],
        "parts": [_part_words(part) for part in parts],
        "nobody_comes": plan.texts.get("nobody_comes", ""),
    }


def _part_words(part: Part | None) -> str:
    return translate(PART_WORDS[part] if part else _("Any time"))


def _same(one: Happening) -> Hashable:
    """What is the same thing at the same time on another day."""
    return one.line.id, (one.slot.start, one.slot.end) if one.slot else one.parts


def _others(happenings: Iterable[Happening], daily: frozenset[Hashable]) -> tuple[Happening, ...]:
    return tuple(one for one in happenings if _same(one) not in daily)


def _told(
    happenings: tuple[Happening, ...], looks: Mapping[str, Look], part: Part | None = None
) -> list[dict[str, Any]]:
    """What happens, in words.

    :param part: the part of the day under which it stands, which is not said again.
    """
    language = words()
    return [
        {
            "when": tell_slot(one.slot, language)
            if one.slot
            else ", ".join(translate(PART_WORDS[each]) for each in one.parts if each != part),
            "look": looks[one.line.id],
            "what": one.line.what,
            "who": one.line.who,
            "workers": translate(WORKER_WORDS[one.line.workers]) if one.line.workers > 1 else "",
            "times": one.line.times,
        }
        for one in happenings
    ]
