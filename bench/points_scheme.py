"""A scheme after Surrey's, and people by chance: the same for every form that is measured.

27 questions with points in 9 domains, a part taken off two domains for the help that others give, a
price for each point, a sum for the carer, a smallest and a largest figure, and whole pounds.
"""

from __future__ import annotations

import random
from typing import Any

from portal.pack.scheme import Scheme

OPTIONS = ("alone", "little", "some", "lot", "all")
HELP = ("none", "few", "half", "most")
BREAK = ("none", "little", "regular", "lot")
PERCENT = {"few": 10, "half": 40, "most": 65}
BREAK_PENCE = {"none": 0, "little": 1420, "regular": 3310, "lot": 6620}
RATE_PENCE = 577
FLOOR, CAP = 20, 1200
DOMAINS = 9
QUESTIONS = 27


def points() -> list[list[int]]:
    """The points of each question's options, rising."""
    chance = random.Random(27)
    return [[0, *sorted(chance.sample(range(2, 20), len(OPTIONS) - 1))] for _question in range(QUESTIONS)]


def scored() -> list[str]:
    """The ids of the questions that have points."""
    return [f"need_{number:02d}" for number in range(QUESTIONS)]


def columns() -> list[str]:
    """The ids of all 30 questions, in the order of the columns."""
    return [*scored(), "help_body", "help_home", "carer_break"]


def options() -> list[tuple[str, ...]]:
    """The options of every column."""
    return [*[OPTIONS] * QUESTIONS, HELP, HELP, BREAK]


def _reducer(domain: str) -> dict[str, Any]:
    return {
        "id": f"off_{domain}",
        "label": "Help from family and friends",
        "reason": "Family or friends want to go on helping with this.",
        "driver": f"help_{domain}",
        "scope": "domain",
        "of": [domain],
        "method": "subtract_percent",
        "table": PERCENT,
    }


def _step(id: str, op: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "op": op, "label": id, "reason": "The scheme says so.", **more}


def scheme() -> Scheme:
    """The scheme as its file would have it."""
    domains = ["body", "home", *(f"domain_{number}" for number in range(2, DOMAINS))]
    asked: list[dict[str, Any]] = [
        {
            "id": name,
            "domain": domains[number % DOMAINS],
            "points": dict(zip(OPTIONS, worth, strict=True)),
            "unanswered": "flag",
        }
        for number, (name, worth) in enumerate(zip(scored(), points(), strict=True))
    ]
    asked += [{"id": name, "options": HELP} for name in ("help_body", "help_home")]
    asked.append({"id": "carer_break", "options": BREAK})
    somebody = {"question": "carer_break", "is_not": ["none"]}
    carer_line = {
        "id": "carer_line",
        "label": "A break for the person who helps you",
        "question": "carer_break",
        "amount": {
            "by": "carer_break",
            "values": {name: f"{p / 100:.2f}" for name, p in BREAK_PENCE.items()},
        },
    }
    return Scheme.model_validate(
        {
            "id": "points-for-measuring",
            "version": "1",
            "title": "A scheme of points for measuring",
            "authority": "Nobody",
            "status": "illustrative",
            "effective": {"from": "2026-04-01"},
            "plain_summary": "Each answer brings points, and each point brings the same amount of money.",
            "questions": asked,
            "reducers": [_reducer("body"), _reducer("home")],
            "streams": [
                {"id": "support", "title": "Support", "price_per_point": {"rate": f"{RATE_PENCE / 100:.2f}"}},
                {
                    "id": "carer",
                    "title": "Carer",
                    "funder": "carer",
                    "eligible_when": somebody,
                    "lines": [carer_line],
                },
            ],
            "pipeline": [
                _step("smallest", "floor", value=FLOOR),
                _step("look_again", "cap", value=CAP),
                _step("whole_pounds", "round", unit=1),
            ],
        }
    )
