"""A file of answers is read in the forms people write, and every slip in it is told with what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.budget.given import look_over, read_answers
from portal.budget.rules import allocate
from portal.pack.faults import PackProblems
from tests.budget.rules.making import ON, POINTS, scheme, stream

MADE = scheme(
    questions=[
        {"id": "eating", "points": POINTS},
        {"id": "hours"},
        {"id": "rent", "required": False},
        {"id": "alone", "options": ["no", "yes"], "required": False},
        {"id": "helpers", "required": False},
    ],
    streams=stream(
        lines=[
            {"id": "hours", "label": "Hours", "quantity": {"answer": "hours"}, "rate": "10"},
            {"id": "rent", "label": "Rent", "amount": {"answer": "rent"}},
            {"id": "alone", "label": "Alone", "amount": 5, "when": {"question": "alone", "is": True}},
            {"id": "help", "label": "Help", "amount": {"total_of": "helpers.hours"}},
        ]
    ),
)


def written(folder: Path, text: str, name: str = "a.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def told(folder: Path, text: str) -> tuple[str, list[str]]:
    given = read_answers(written(folder, text), MADE)
    allocation = allocate(MADE, given.answers, on=ON)
    return allocation.status, [str(problem) for problem in look_over(given, MADE, allocation)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.yaml",
            "eating: some\nhours: 7.5\nalone: true\nrent: {pounds: 26, every: week}\nhelpers: [{hours: 2}]",
        ),
        (
            "a.yaml",
            'eating: "some"\nhours: "7.5"\nalone: yes\nrent: 26\nhelpers: [{hours: "2"}]\ntoilet: null',
        ),
        (
            "a.json",
            '{"eating": "some", "hours": 7.5, "alone": true, "rent": "26.00", "helpers": [{"hours": 2}]}',
        ),
    ],
)
def test_numbers_and_yes_may_be_plain_or_as_they_are_stored(tmp_path: Path, name: str, text: str) -> None:
    given = read_answers(written(tmp_path, text, name), MADE)
    allocation = allocate(MADE, given.answers, on=ON)
    assert str(allocation.weekly) == "108.00"
    assert not look_over(given, MADE, allocation)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("eating: much\nhours: 1", "a.yaml:1: eating cannot be “much”. Write one of alone, some, lot."),
        ("eating: some\nhours: '1,5'", "a.yaml:2: hours is a number, not “1,5”. Write figures only"),
        ("eating: some", "a.yaml:1: hours has no answer. Add a line with hours: and its answer."),
        ("hours: 1", "a.yaml:1: eating has no answer. Add a line with eating: and one of alone, some, lot."),
        ("eating: not-sure\nhours: 1", "a.yaml:1: eating is not known"),
        (
            "eating: some\nhours: 1\nrent: {pounds: 5, every: fortnight}",
            "a.yaml:3: every cannot be “fortnight”",
        ),
        ("eating: some\nhours: 1\nrent: {pounds: £5}", "a.yaml:3: the pounds of rent are a number, not “£5”"),
    ],
)
def test_what_cannot_be_read_gives_no_figure_and_says_what_to_write(
    tmp_path: Path, text: str, problem: str
) -> None:
    status, problems = told(tmp_path, text)
    assert status == "incomplete"
    assert any(line.startswith(problem) for line in problems), problems


def test_a_slip_in_the_name_of_a_question_that_may_be_left_out_is_told_beside_the_figure(
    tmp_path: Path,
) -> None:
    status, problems = told(tmp_path, "eating: some\nhours: 1\nrents: 5\nsomething_else: 3")
    assert status == "figure"
    assert problems == ["a.yaml:3: the scheme reads no question rents. Write rent, or remove the line."]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- eating", "these are not answers"),
        ("eating: some\nhours: -1", "a.yaml:2: hours is below nought. Write 0 or more."),
        ("rent: {pounds: -5, every: week}", "rent is below nought"),
        ("answers:\n  eating: some", "answers is no question. Remove the line with answers:"),
        ("eating: [", "this is not YAML"),
    ],
)
def test_what_nobody_can_mean_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(PackProblems, match="(?s).*" + problem.replace("(", r"\(")):
        read_answers(written(tmp_path, text), MADE)


@pytest.mark.parametrize(
    ("parts", "problem", "fix"),
    [
        ({"amount": "hours"}, "“hours” is no number", "{answer: hours}"),
        ({"amount": {"answer": "hour"}}, "hour is read, but not listed", "Write hours, or list it there"),
        ({"quantity": 1, "rate": 1, "when": {"question": "hour", "is": "x"}}, "hour is read", "Write hours"),
        ({"quantity": 1, "price": "pa"}, "there is no price pa", "List it under price_book"),
    ],
)
def test_a_slip_in_a_scheme_says_what_to_write(parts: dict[str, Any], problem: str, fix: str) -> None:
    from portal.pack.loading import model_from
    from portal.pack.reading import Source
    from portal.pack.scheme import Scheme

    content = MADE.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    content["streams"][0]["lines"] = [{"id": "it", "label": "It", **parts}]
    with pytest.raises(PackProblems) as wrong:
        model_from(Source("s.yaml", content), Scheme)
    assert problem in str(wrong.value)
    assert fix in str(wrong.value)
