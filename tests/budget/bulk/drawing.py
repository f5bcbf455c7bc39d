"""Schemes with the rarer parts too, and tables of answers, drawn by chance."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from portal.pack.scheme import Scheme
from tests.budget.rules.generating import NEEDS, OPTIONS, answers, money, percent, schemes, share
from tests.budget.rules.making import step

MODES = ("half_up", "half_even", "up", "down")
FEW_MOST = ("few", "most")


def written(scheme: Scheme) -> dict[str, Any]:
    """A scheme as its file would have it."""
    return scheme.model_dump(mode="json", by_alias=True, exclude_defaults=True)


@st.composite
def roundings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Rounding at some of the three scopes."""
    scopes = draw(st.sets(st.sampled_from(["line", "stream", "total"])))
    unit = st.sampled_from(["0.01", "0.05", "0.5", "1", "5"])
    return [
        {"scope": scope, "unit": draw(unit), "mode": draw(st.sampled_from(MODES))} for scope in sorted(scopes)
    ]


@st.composite
def scores(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One score, brought together in any of the ways."""
    score: dict[str, Any] = {"aggregate": draw(st.sampled_from(["sum", "max", "top"])), "top": 2}
    if draw(st.booleans()):
        score["weights"] = {need: draw(share) for need in draw(st.sets(st.sampled_from(NEEDS)))}
        score["weights_reason"] = "Because."
    if draw(st.booleans()):
        change = {"id": "more", "label": "More", "reason": "Because.", "value": draw(st.integers(1, 9))}
        when = {"question": "eating", "is": ["lot", "some"]}
        op = draw(st.sampled_from(["add", "multiply", "set"]))
        score["modifiers"] = [{**change, "op": op, "when": when}]
    if draw(st.booleans()):
        score["scale"] = {"from": [0, draw(st.integers(20, 120))]}
    if draw(st.booleans()):
        score["round"] = {"unit": draw(st.sampled_from(["1", "0.5"])), "mode": draw(st.sampled_from(MODES))}
    return [score]


@st.composite
def reducers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to three reducers of every scope and method."""
    found = []
    for at in range(draw(st.integers(0, 3))):
        scope = draw(st.sampled_from(["question", "domain", "block", "score", "stream", "total"]))
        methods = ["multiply_remaining", "subtract_percent", "days_met_of_7", "none"]
        methods += {"question": ["subtract_points", "subtract_hours"], "domain": ["subtract_points"]}.get(
            scope, []
        )
        methods += {"block": ["subtract_hours"], "score": ["subtract_points"]}.get(scope, [])
        methods += ["subtract_amount"] if scope in ("stream", "total") else []
        method = draw(st.sampled_from(methods))
        most = {"multiply_remaining": 1, "subtract_percent": 100, "days_met_of_7": 7}.get(method, 20)
        of = {
            "question": sorted(draw(st.sets(st.sampled_from(NEEDS), min_size=1))),
            "domain": ["body"],
            "block": ["care"],
            "score": ["points"],
            "stream": ["care"],
            "total": [],
        }[scope]
        reducer = {
            "id": f"off_{at}",
            "label": "Help",
            "reason": "You have help.",
            "driver": draw(st.sampled_from(["help_share", "days"])),
            "scope": scope,
            "of": of,
            "method": method,
            "floor": draw(st.sampled_from([0, 0, 3])),
        }
        if reducer["driver"] == "help_share":
            reducer["table"] = {one: draw(share) * most for one in FEW_MOST}
        if scope == "question" and draw(st.booleans()):
            reducer["named_in"] = "help_with"
        if draw(st.booleans()):
            reducer["when"] = {"question": "moving", "is_not": ["none"]}
        found.append(reducer)
    return found


@st.composite
def second_streams(draw: st.DrawFn) -> dict[str, Any]:
    """A stream of hours at prices that depend on the route, a grid, or what is left of a target."""
    kind = draw(st.sampled_from(["hours", "grid", "left", "chosen", "once", "logarithm"]))
    line = {
        "id": "calls",
        "label": "Calls",
        "question": "moving",
        "block": "care",
        "quantity": {"answer": "hours"},
        "price": "hour",
        "workers": {"by": "moving", "values": {"lot": 2}, "otherwise": 1},
        "per": draw(st.sampled_from(["week", "day"])),
        "round": {"unit": draw(st.sampled_from(["0.01", "1"]))},
    }
    stream: dict[str, Any] = {"id": "more", "title": "More", "period": "week"}
    match kind:
        case "hours":
            more = {
                "id": "flat",
                "label": "Flat",
                "amount": draw(money),
                "block": "care",
                "question": "people",
            }
            stream |= {"lines": [line, more], "paid_weeks": draw(st.integers(40, 52))}
        case "grid":
            cells = [
                {"at": [one, two], "amount": draw(money)}
                if draw(st.booleans())
                else {"at": [one, two], "quantity": draw(st.integers(0, 9)), "price": "hour"}
                for one in OPTIONS
                for two in OPTIONS
            ]
            row = {"id": "grid", "axes": ["eating", "people"], "cells": cells, "block": "care"}
            stream |= {"matrix": {"rows": [{**row, "weight": draw(share), "weight_reason": "Because."}]}}
        case "left":
            off = [{"id": "own", "label": "Own", "amount": {"answer": "days"}}]
            stream |= {
                "residual": {"target": [line], "less": ["care"], "less_also": off, "most": draw(money)}
            }
        case "chosen":
            levels = [
                {
                    "id": "high",
                    "label": "High",
                    "amount": draw(money),
                    "when": {"question": "hours", "at_least": 20},
                },
                {
                    "id": "low",
                    "label": "Low",
                    "amount": draw(money),
                    "when": {"question": "days", "at_least": 2},
                },
            ]
            stream |= {
                "tier": {
                    "levels": levels,
                    "most_in_year": draw(money),
                    "given_this_year": {"answer": "hours"},
                }
            }
        case "once":
            stream |= {
                "period": "one_off",
                "lines": [{"id": "ramp", "label": "Ramp", "amount": {"answer": "days"}}],
            }
        case _:
            term = {"id": "u", "label": "Hours", "quantity": {"answer": "hours"}, "coefficient": "0.01"}
            stream |= {"linear": {"link": "log", "terms": [term]}}
    if draw(st.booleans()):
        stream["eligible_when"] = {"question": "days", "at_most": 5}
    if draw(st.booleans()):
        stream["weeks_away"] = {"answer": "days"}
        if stream["period"] != "week":
            del stream["weeks_away"]
        stream.pop("paid_weeks", None)
    if draw(st.booleans()):
        stream["additions"] = [{"id": "extra", "label": "Extra", "amount": {"sum": [{"score": "points"}, 3]}}]
    return stream


def _end_with_sums(draw: st.DrawFn, made: dict[str, Any]) -> None:
    if draw(st.booleans()):
        off = {
            "quotient": [{"answer": "hours"}, {"answer": "days"}],
            "otherwise": 2,
            "round": {"unit": "0.5"},
        }
        made.setdefault("pipeline", []).append(step("less", "subtract", value=off))
    if draw(st.booleans()):
        most = {"quotient": [{"answer": "hours"}, {"answer": "days"}]}
        made["contribution"] = {"most": most, "per": "week", "percent": draw(percent)}


@st.composite
def rare_schemes(draw: st.DrawFn) -> Scheme:
    """A scheme with any of what a scheme can have."""
    made = written(draw(schemes()))
    if draw(st.booleans()):
        made["scores"] = draw(scores())
    if draw(st.booleans()):
        made["reducers"] = draw(reducers())
    made["rounding"] = draw(roundings())
    if draw(st.booleans()):
        made["streams"].append(draw(second_streams()))
    if draw(st.booleans()):
        for name in ("eating", "people"):
            question = next(one for one in made["questions"] if one["id"] == name)
            if any(Decimal(points) > 0 for points in question["points"].values()):
                question["unanswered"] = "lowest"
    if draw(st.booleans()):
        question = next(one for one in made["questions"] if one["id"] == "washing")
        question["ask_when"] = {"question": "eating", "is": ["some", "lot"]}
    if draw(st.booleans()):
        made["eligible_when"] = {"question": "moving", "is_not": ["none"]}
    if draw(st.booleans()):
        rise = step("rise", "uprate", scope="stream", value=draw(percent))
        made["pipeline"] = [rise, *made.get("pipeline", [])]
    if draw(st.booleans()):
        made.setdefault("pipeline", []).append(
            step("talk", "refer", when={"question": "people", "is": ["lot"]})
        )
    if "'block': 'care'" not in str(made["streams"]):
        made["reducers"] = [one for one in made.get("reducers", []) if one.get("scope") != "block"]
    _end_with_sums(draw, made)
    made["route"] = {"question": "help_share", "values": {"few": "personal_assistant"}, "otherwise": "agency"}
    price = {"id": "hour", "label": "Hour", "effective": {"from": "2026-04-01"}}
    made["price_book"] = [
        {
            **price,
            "amount": draw(money),
            "route": "personal_assistant",
            "on_cost": {"percent": draw(percent)},
        },
        {**price, "amount": draw(money), "route": draw(st.sampled_from(["any", "agency", "council"]))},
    ]
    return Scheme.model_validate(made)


@st.composite
def said(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody's answers, now and then with one left out or one that makes no sense."""
    given = draw(answers())
    slip = draw(st.sampled_from([None, None, None, None, "leave", "nonsense"]))
    name = draw(st.sampled_from([*NEEDS, "hours", "days", "help_share"]))
    if slip == "leave":
        del given[name]
    elif slip == "nonsense":
        given[name] = "nonsense"
    return given


def cell(given: Any) -> str:
    """An answer as it stands in a table."""
    if isinstance(given, list) and given and all(isinstance(one, str) for one in given):
        return ";".join(given) + (";" if len(given) == 1 else "")
    return json.dumps(given) if isinstance(given, dict | list) else str(given)


def table(file: Path, people: Sequence[Mapping[str, Any]], columns: Sequence[str], key: str = "id") -> Path:
    """A table of people, ``p0`` first."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([key, *columns])
        for number, given in enumerate(people):
            row = [cell(given[name]) if name in given else "" for name in columns]
            writer.writerow([f"p{number}", *row])
    return file
