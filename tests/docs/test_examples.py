"""The examples that a council can start from say what their page says they do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.budget.given import look_over, read_answers
from portal.budget.rules import Allocation, allocate
from portal.pack.loading import load_model
from portal.pack.reading import read_yaml
from portal.pack.scheme import Scheme
from tests.docs.pages import DOCS

FOLDER = DOCS / "schemes" / "examples"
PEOPLE: list[dict[str, Any]] = read_yaml(FOLDER / "people.yaml", "people.yaml").content


def of(person: dict[str, Any], tmp_path: Any) -> Allocation:
    scheme = load_model(FOLDER / f"{person['scheme']}.yaml", Scheme)
    file = tmp_path / "answers.yaml"
    file.write_text(
        "".join(f"{name}: {_written(value)}\n" for name, value in person["answers"].items()), encoding="utf-8"
    )
    given = read_answers(file, scheme)
    allocation = allocate(scheme, given.answers, on=date.fromisoformat(person.get("on", "2026-06-01")))
    assert not look_over(given, scheme, allocation)
    return allocation


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def told(allocation: Allocation, expect: dict[str, Any]) -> dict[str, Any]:
    """The parts of an allocation that an expectation names, in its own form."""
    stream = allocation.streams[0]
    paying = allocation.contribution
    lines = [*allocation.lines, *allocation.one_off_lines]
    parts: dict[str, Any] = {
        "status": allocation.status,
        "amount": str(allocation.amount),
        "weekly": str(allocation.weekly),
        "annual": str(allocation.annual),
        "one_off": str(allocation.one_off),
        "person": str(paying.person) if paying else None,
        "council": str(paying.council) if paying else None,
        "points": next(iter(f"{value:f}" for value in allocation.points.values()), None),
        "payment": str(stream.payment),
        "payments": str(stream.payments),
        "most_awards": str(stream.tier.most_awards) if stream.tier else None,
        "top_up": str(stream.tier.top_up) if stream.tier and stream.tier.top_up else None,
        "review": [flag.rule for flag in allocation.review_flags],
        "streams": {
            part.id: part.status if part.amount is None else str(part.amount)
            for part in allocation.streams
            if part.id in expect.get("streams", {})
        },
        "lines": {
            rule: str(sum((line.amount for line in lines if line.rule == rule), Decimal(0)))
            for rule in expect.get("lines", {})
        },
    }
    return {name: parts[name] for name in expect}


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: f"{person['scheme']}: {person['id']}")
def test_a_person_gets_what_the_example_says(person: dict[str, Any], tmp_path: Any) -> None:
    assert told(of(person, tmp_path), person["expect"]) == person["expect"]


def test_every_example_has_a_person_and_stands_in_the_list_of_how_to_write_things() -> None:
    page = (DOCS / "schemes" / "how-do-i.md").read_text(encoding="utf-8")
    names = {file.stem for file in FOLDER.glob("*.yaml")} - {"people"}
    assert {person["scheme"] for person in PEOPLE} == names
    for name in names:
        assert f"](examples/{name}.yaml)" in page
    assert len(names) >= 12
