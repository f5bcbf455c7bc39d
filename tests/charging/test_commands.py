"""``portal charge`` prints every step, or says what is wrong with the file and where."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.commands import main
from portal.paths import PACKS
from tests.charging.given import CASES

GUIDE = (Path(__file__).parents[2] / "docs" / "charging.md").read_text(encoding="utf-8")
PETER = json.loads(CASES.read_text(encoding="utf-8"))["people"][0]


def charge(tmp_path: Path, text: str, *more: str, year: str = "2026/27") -> Result:
    file = tmp_path / "circumstances.yaml"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["charge", "--year", year, "--circumstances", str(file), *more])


def test_the_table_ends_with_what_is_paid_and_who_pays_the_rest(tmp_path: Path) -> None:
    told = charge(tmp_path, json.dumps(PETER["circumstances"]), year=PETER["year"])
    assert told.exit_code == 0
    assert "This person pays £110.10 a week." in told.output
    assert "Cost £454.00 = person pays £110.10 + council pays £343.90" in told.output
    assert "WARNING: derived figures, not read in their source: disability_premium_single" in told.output


def test_the_same_steps_as_json(tmp_path: Path) -> None:
    told = charge(tmp_path, json.dumps(PETER["circumstances"]), "--json", year=PETER["year"])
    found = json.loads(told.output)
    assert found["contribution"] == PETER["pays"]
    assert sum(Decimal(step["amount"] or 0) for step in found["steps"]) == Decimal(found["contribution"])
    assert all(step["rule"] and step["label"] for step in found["steps"])


def test_the_example_of_the_guide_can_be_run(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    told = charge(tmp_path, example)
    assert told.exit_code == 0, told.output
    assert "Free: Getting well after hospital." in told.output


def test_the_guide_tells_every_kind_that_ships() -> None:
    income = (PACKS / "demo" / "charging" / "income.yaml").read_text(encoding="utf-8")
    kinds = re.findall(r"id: (\w+)", income)
    assert len(kinds) > 40
    assert [kind for kind in kinds if f"`{kind}`" not in GUIDE] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "household: widow\n",
            ":1: household cannot be “widow”. Write one of single, lone_parent or couple.",
        ),
        ("income:\n  - {kind: essa, amount: 1}\n", ":2: there is no kind essa of income. Write esa."),
        ("income:\n  - {kind: esa}\n", ":2: esa has no amount. Add amount: and every:."),
        ("income:\n  - {kind: esa, amount: £1}\n", ":2: amount is a number, not “£1”."),
        ("incomes: []\n", ":1: incomes is not a key that is known here. Write income,"),
        ("age: pension_age\nchildren: 1.5\n", ":2: children is a whole number"),
        ("housing:\n  - {amount: 5, share: joint}\n", ":2: only a couple has something jointly here."),
        ("local: {percent: 120}\n", ":1: percent is 100 or less"),
        ("- a list\n", ":1: the file has keys of its own."),
    ],
)
def test_a_bad_file_is_told_with_line_and_fix(tmp_path: Path, text: str, said: str) -> None:
    told = charge(tmp_path, text)
    assert told.exit_code == 2
    assert f"circumstances.yaml{said}" in told.output
    assert "Traceback" not in told.output


def test_a_year_without_figures_is_said(tmp_path: Path) -> None:
    told = charge(tmp_path, "{}\n", year="2031/32")
    assert told.exit_code == 2
    assert "There are no figures for 2031/32. The pack has 2023/24, 2024/25, 2025/26, 2026/27." in told.output


def test_a_pack_that_is_not_there_is_said(tmp_path: Path) -> None:
    told = charge(tmp_path, "{}\n", "--pack", "nowhere")
    assert told.exit_code == 2
    assert "There is no pack nowhere." in told.output
