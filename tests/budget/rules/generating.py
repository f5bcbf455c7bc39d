"""Schemes of every family and answers to them, drawn by chance for property tests."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from portal.pack.scheme import Scheme
from tests.budget.rules.making import numbers, scheme, step

OPTIONS = ("none", "little", "some", "lot")
NEEDS = ("eating", "washing", "moving", "people")

money = st.decimals(min_value=0, max_value=400, places=2)
share = st.decimals(min_value=0, max_value=1, places=2)
percent = st.integers(min_value=0, max_value=100)


@st.composite
def rising(draw: st.DrawFn, size: int, most: int = 30) -> list[int]:
    """Whole numbers that never fall."""
    return sorted(draw(st.lists(st.integers(0, most), min_size=size, max_size=size)))


@st.composite
def questions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Four needs with points that rise with the level, and the facts that reducers and lines read."""
    found: list[dict[str, Any]] = []
    for need in NEEDS:
        points = dict(zip(OPTIONS, draw(rising(len(OPTIONS))), strict=True))
        domain = draw(st.sampled_from(["body", "life"])) if found else "body"
        found.append({"id": need, "points": points, "domain": domain, "unanswered": "flag"})
    facts = [{"id": "help_with"}, {"id": "help_share"}, *numbers("hours", "days")]
    return [*found, *({**fact, "unanswered": "flag"} for fact in facts)]


@st.composite
def models(draw: st.DrawFn) -> dict[str, Any]:
    """One way to an amount."""
    kind = draw(st.sampled_from(["price", "pieces", "band", "line", "matrix", "hours", "fitted", "tier"]))
    match kind:
        case "price":
            return {"price_per_point": {"rate": draw(money), "fixed": draw(money)}}
        case "pieces":
            above = sorted(draw(st.sets(st.integers(1, 120), min_size=1, max_size=3)))
            pieces = [{"above": point, "rate": draw(money)} for point in above]
            return {"price_per_point": {"rate": draw(money), "breakpoints": pieces}}
        case "band":
            ends = sorted(draw(st.sets(st.integers(1, 119), min_size=1, max_size=4)))
            starts = [0, *(end + 1 for end in ends)]
            worth = sorted(draw(st.lists(money, min_size=len(starts), max_size=len(starts))))
            rows = [
                {"from": low, "to": high, "amount": amount}
                for low, high, amount in zip(starts, [*ends, 120], worth, strict=True)
            ]
            return {"table": {"match": "band", "rows": rows, "above": "last"}}
        case "line":
            at = sorted(draw(st.sets(st.integers(0, 120), min_size=2, max_size=5)))
            worth = sorted(draw(st.lists(money, min_size=len(at), max_size=len(at))))
            rows = [{"at": point, "amount": amount} for point, amount in zip(at, worth, strict=True)]
            return {"table": {"match": "interpolate", "rows": rows, "below": "last", "above": "last"}}
        case "matrix":
            rows = []
            for need in NEEDS:
                worth = sorted(draw(st.lists(money, min_size=4, max_size=4)))
                row = {"id": f"row_{need}", "axes": [need], "amounts": dict(zip(OPTIONS, worth, strict=True))}
                rows.append({**row, "weight": draw(share), "weight_reason": "Because."})
            return {"matrix": {"rows": rows}}
        case "hours":
            on_cost = {"percent": draw(percent), "on": draw(st.sampled_from(["rate", "amount"]))}
            rule = {"quantity": {"answer": "hours"}, "rate": draw(money), "on_cost": on_cost, "block": "care"}
            return {"lines": [{"id": "visits", "label": "Visits", "question": "moving", **rule}]}
        case "fitted":
            term = {"label": "Hours", "quantity": {"answer": "hours"}, "coefficient": draw(money)}
            intercept = draw(st.integers(-200, 200))
            return {"linear": {"intercept": intercept, "terms": [{"id": "t", **term}], "clip": [0, 900]}}
        case _:
            low, high = sorted((draw(money), draw(money)))
            levels = [
                {"id": "lower", "label": "Lower", "amount": low, "points_from": 0, "points_to": 40},
                {"id": "higher", "label": "Higher", "amount": high, "points_from": 41},
            ]
            return {"tier": {"score": "points", "levels": levels}}


@st.composite
def reducers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """No help, or one kind of help at one scope."""
    scope = draw(st.sampled_from([None, "question", "domain", "score", "stream", "total"]))
    if scope is None:
        return []
    of = {
        "question": list(NEEDS),
        "domain": ["body"],
        "score": ["points"],
        "stream": ["care"],
        "total": [],
    }[scope]
    method = draw(st.sampled_from(["multiply_remaining", "subtract_percent", "days_met_of_7"]))
    most = {"multiply_remaining": 1, "subtract_percent": 100, "days_met_of_7": 7}[method]
    steps = sorted(draw(st.lists(share, min_size=2, max_size=2)), reverse=method == "multiply_remaining")
    values = [step * most for step in steps]
    reducer = {
        "id": "off",
        "label": "Help",
        "reason": "You have help.",
        "driver": "help_share",
        "scope": scope,
        "of": of,
        "method": method,
        "table": dict(zip(("few", "most"), values, strict=True)),
    }
    if scope == "question":
        reducer["named_in"] = "help_with"
    return [reducer]


@st.composite
def pipelines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Steps in any order, a floor never above a cap."""
    floor, cap = sorted((draw(money), draw(money) + 400))
    steps = [
        step("uprate", "uprate", value=draw(percent)),
        step("kept", "contingency", value=draw(percent)),
        step("add", "add", value=draw(money)),
        step("weigh", "weight", value=draw(share)),
        step("floor", "floor", value=floor),
        step("cap", "cap", value=cap),
        step("round", "round", unit=draw(st.sampled_from(["0.01", "0.5", "1", "10"]))),
    ]
    return draw(st.permutations(steps).flatmap(lambda order: st.integers(0, 7).map(lambda n: order[:n])))


@st.composite
def schemes(draw: st.DrawFn, /, **fixed: Any) -> Scheme:
    """A whole scheme: needs, help, one or two ways to an amount, a carer's stream, steps and rounding."""
    carer = {
        "id": "carer",
        "title": "Carer",
        "funder": "carer",
        "lines": [
            {
                "id": "break",
                "label": "A break",
                "amount": {"by": "help_share", "values": {"few": draw(money), "most": draw(money)}},
            }
        ],
    }
    parts: dict[str, Any] = {
        "questions": draw(questions()),
        "scores": [{"round": {"unit": "1"}}],
        "streams": [
            {
                "id": "care",
                "title": "Care",
                "period": draw(st.sampled_from(["week", "year"])),
                **draw(models()),
            },
            *([carer] if draw(st.booleans()) else []),
        ],
        "reducers": draw(reducers()),
        "pipeline": draw(pipelines()),
        "base_period": draw(st.sampled_from(["week", "four_weeks", "month", "year"])),
        "year": {"weeks": draw(st.sampled_from(["52", "52.142857", "50"]))},
    }
    return scheme(**(parts | fixed))


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    """An answer to every question, sometimes "not sure"."""
    given: dict[str, Any] = {
        need: draw(st.sampled_from([*OPTIONS, "not-sure"] if draw(st.booleans()) else OPTIONS))
        for need in NEEDS
    }
    given["help_with"] = draw(st.lists(st.sampled_from(NEEDS), unique=True)) or ["nobody"]
    given["help_share"] = draw(st.sampled_from(["few", "most", "not-sure"]))
    given["hours"] = str(draw(st.decimals(min_value=0, max_value=60, places=1)))
    given["days"] = str(draw(st.integers(0, 7)))
    return given


def higher(option: str) -> str:
    """The next level up, or the same at the top."""
    at = OPTIONS.index(option)
    return OPTIONS[min(at + 1, len(OPTIONS) - 1)]


ZERO = Decimal(0)
