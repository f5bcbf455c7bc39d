"""The values behind the words of a plan, for another portal that opens it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from portal.budget.disagreeing import Doubt
from portal.document.rules.behind import Behind
from portal.document.rules.parts import Need
from portal.pack.conditions import Answers, questions_in
from portal.pack.questions import Question
from portal.plan.rules.lines import Line
from portal.plan.whole import Plan
from portal.sharing.private import NEVER_SHOWN

_TOLD = (
    *("your_name", "communication", "communication_language", "communication_other", "strengths"),
    *("answering_for", "wellbeing", "wellbeing_impact", "changes", "changes_period"),
)
"""The answers that a plan tells whole."""
_FIELDS = {"helper": ("name", "relation"), "helpers": ("name", "relation", "what", "hours")}
"""Of these it tells some fields."""
_OF_LINE = ("ends", "award_months", "longest_months", "payee", "same_home", "care_home_weeks")


def behind(
    answers: Answers,
    choices: Mapping[str, Mapping[str, Any]],
    plan: Plan,
    needs: Iterable[Need],
    doubts: Iterable[Doubt],
    questions: Mapping[str, Question],
) -> Behind:
    """What the words of a plan were told from.

    :param choices: by topic, as they are kept.
    :param needs: those that the plan tells.
    :param questions: of the pack, by id.
    """
    told = [name for name in (*_TOLD, *_about(needs), *_FIELDS) if name in answers]
    return Behind(
        answers={
            name: _some(answers[name], _FIELDS[name]) if name in _FIELDS else answers[name]
            for name in dict.fromkeys((*told, *_asked_for(told, questions)))
            if name in answers and f"answer {name}" not in NEVER_SHOWN
        },
        planner=dict(choices.get("planner", {})),
        money=dict(choices.get("money", {})),
        lines={line.id: found for line in plan.lines if (found := _line(line))},
        routes={route: _plain(asdict(held)) for route, held in plan.held.items()},
        worth={one.id: one.worth for one in plan.setbacks if one.worth is not None},
        worth_why={one.id: one.worth_why for one in plan.setbacks if one.worth_why},
        doubts=tuple(_plain({**asdict(doubt), "on": None}) for doubt in doubts),
    )


def _about(needs: Iterable[Need]) -> Iterator[str]:
    for need in needs:
        yield from (need.outcome, f"{need.outcome}_unable", f"{need.outcome}_matters")


def _asked_for(told: Iterable[str], questions: Mapping[str, Question]) -> Iterator[str]:
    """The questions for whose answers these were asked: without them the answers would not count."""
    for name in told:
        if name in questions:
            before = [one.partition(".")[0] for one, _answers in questions_in(questions[name].ask_if)]
            yield from (*before, *_asked_for(before, questions))


def _some(kept: Any, fields: tuple[str, ...]) -> Any:
    if isinstance(kept, list):
        return [_some(item, fields) for item in kept]
    return {name: kept[name] for name in fields if name in kept} if isinstance(kept, dict) else kept


def _line(line: Line) -> dict[str, Any]:
    return _plain({name: getattr(line, name) for name in _OF_LINE})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON has them; what is not known or empty is left out."""
    return {name: _one(value) for name, value in values.items() if value is not None and value != ""}


def _one(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
