"""The week: day by day, as a table, to hang on the fridge, and as a calendar file."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from portal.plan.calendar_file import calendar_of
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import the_plan
from portal.plan.rules.lines import PARTS
from portal.plan.rules.week import Happening, Week, week_of
from portal.plan.telling import DAY_WORDS, PART_WORDS, WORKER_WORDS, tell_slot
from portal.safeguards import now, today
from portal.sharing.access import needs_case
from portal.words import translate, words


@bp.get("/week")
@needs_case("plan")
def week() -> str:
    """The week in words, day by day, and at a glance."""
    return render_template("plan/week.html", **_shown())


@bp.get("/week/fridge")
@needs_case("plan")
def fridge() -> str:
    """The week as a picture to hang up: one page, in large letters."""
    return render_template("plan/fridge.html", **_shown())


@bp.get("/week.ics")
@needs_case("plan")
def calendar() -> Response:
    """The week as a calendar file."""
    made = calendar_of(the_plan().lines, today(), now(), words())
    response = Response(made, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="my-week.ics"'
    return response


def _shown() -> dict[str, Any]:
    plan = the_plan()
    found: Week = week_of(plan.lines, today())
    return {
        "week": found,
        "days": [
            {"day": translate(DAY_WORDS[day.day]), "hours": day.hours, "all": _told(day.happenings)}
            for day in found.days
        ],
        "rows": [
            (translate(PART_WORDS[part]), [_told(day.during(part)) for day in found.days])
            for part in PARTS
            if any(day.during(part) for day in found.days)
        ],
        "nobody_comes": plan.texts.get("nobody_comes", ""),
    }


def _told(happenings: tuple[Happening, ...]) -> list[dict[str, str]]:
    language = words()
    return [
        {
            "when": tell_slot(one.slot, language)
            if one.slot
            else ", ".join(translate(PART_WORDS[part]) for part in one.parts),
            "what": one.line.what,
            "who": one.line.who,
            "workers": translate(WORKER_WORDS[one.line.workers]) if one.line.workers > 1 else "",
            "times": one.line.times,
            "kind": one.line.kind,
        }
        for one in happenings
    ]
