"""``portal allocate`` prints the receipt that the budget page shows."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.budget.rules import allocate, to_json
from portal.commands import main
from portal.pack.conditions import Kept
from portal.pack.loading import load_model
from portal.pack.scheme import Scheme
from portal.paths import PACKS

SCHEME = PACKS / "demo" / "schemes" / "harrowmere-2026.yaml"
ANSWERS: dict[str, Kept] = {
    "nutrition": "some",
    "hygiene": "lot",
    "toilet": "not-sure",
    "clothing": "alone",
    "home_safety": "alone",
    "home_upkeep": "lot",
    "relationships": "alone",
    "work_learning": "alone",
    "community": "some",
    "caring_for_child": "not_applicable",
    "nights": "none",
    "help_with": ["nutrition"],
    "help_share": "half",
    "carer_break": "regular",
}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(ANSWERS), encoding="utf-8")
    return file


def run(answers: Path, *options: str) -> Result:
    return CliRunner().invoke(
        main,
        ["allocate", "--scheme", str(SCHEME), "--answers", str(answers), "--on", "2026-11-22", *options],
    )


def test_the_table_has_every_line_and_the_figure(answers: Path) -> None:
    told = run(answers)
    allocation = allocate(load_model(SCHEME, Scheme), ANSWERS, on=date(2026, 11, 22))
    assert told.exit_code == 0
    for line in allocation.lines:
        assert f"£{abs(line.amount):,.2f}" in told.output
    assert f"Indicative budget a week{'':42}{'£' + format(allocation.weekly, ',.2f'):>12}" in told.output
    assert "illustrative" in told.output
    assert "Toilet" in told.output


def test_json_is_the_canonical_form(answers: Path) -> None:
    told = run(answers, "--json")
    allocation = allocate(load_model(SCHEME, Scheme), ANSWERS, on=date(2026, 11, 22))
    assert told.output == to_json(allocation) + "\n"
    read = json.loads(told.output)
    assert sum(Decimal(line["amount"]) for line in read["lines"]) == Decimal(read["weekly"])


def test_it_can_be_asked_what_would_change_and_what_help_takes_off(answers: Path) -> None:
    assert "Hygiene: all" in run(answers, "--changes").output
    assert "A break for the person who helps you" not in run(answers, "--no-help").output


def test_missing_answers_are_named_and_give_no_figure(tmp_path: Path) -> None:
    file = tmp_path / "few.yaml"
    file.write_text("nutrition: some\nhygiene: lots\n", encoding="utf-8")
    told = run(file)
    assert told.exit_code == 1
    assert "There is no figure" in told.output
    assert "Missing: hygiene, toilet" in told.output
    assert "Indicative budget" not in told.output


def test_a_file_that_is_no_scheme_is_refused_with_its_line(tmp_path: Path, answers: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(SCHEME.read_text(encoding="utf-8").replace("base_period: week", "base_period: weak"))
    told = CliRunner().invoke(main, ["allocate", "--scheme", str(wrong), "--answers", str(answers)])
    assert told.exit_code == 2
    assert told.output.startswith("wrong.yaml:")
    assert "base_period" in told.output


def test_answers_that_are_a_list_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text("- nutrition\n", encoding="utf-8")
    told = run(file)
    assert told.exit_code == 2
    assert "these are not answers" in told.output


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_scheme_that_is_not_in_use_says_so(tmp_path: Path, answers: Path, status: str) -> None:
    file = tmp_path / "scheme.yaml"
    text = SCHEME.read_text(encoding="utf-8").replace("status: illustrative", f"status: {status}")
    file.write_text(text, encoding="utf-8")
    told = CliRunner().invoke(
        main, ["allocate", "--scheme", str(file), "--answers", str(answers), "--on", "2026-11-22"]
    )
    assert told.exit_code == 0
    assert f"This scheme is {'a draft' if status == 'draft' else status}." in told.output
    assert "decides nobody’s" not in run(answers).output
