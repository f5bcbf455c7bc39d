"""``portal eligibility`` says where somebody stands, and under which rule."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.commands import main
from portal.paths import PACKS
from tests.assessment.rules.given import managing, unable

FOLDER = PACKS / "demo" / "eligibility"


def run(tmp_path: Path, policy: str, answers: str, *more: str) -> Result:
    file = tmp_path / "answers.yaml"
    file.write_text(answers, encoding="utf-8")
    asked = ["eligibility", "--policy", str(FOLDER / f"{policy}.yaml"), "--answers", str(file), *more]
    return CliRunner().invoke(main, asked)


def test_each_test_is_told_with_its_reason(tmp_path: Path) -> None:
    answers = json.dumps(managing(**unable("nutrition", "hygiene")))
    told = run(tmp_path, "care-act-2015", answers, "--on", "2026-11-22")
    assert told.exit_code == 0, told.output
    assert "There are two or more things you cannot manage well on your own: met" in told.output
    assert "- Eating and drinking: unable (You cannot do it without help)" in told.output
    assert "likely: You are likely to have a right to support" in told.output
    assert "On 2026-11-22 this rule may guide the council’s decision." in told.output


def test_an_old_rule_shows_its_warning_and_decides_nothing(tmp_path: Path) -> None:
    told = run(tmp_path, "facs-2003", "facs_life: yes\n", "--on", "2012-01-01")
    assert "WARNING: Older policy, for information; not used to decide eligibility today." in told.output
    assert "- Your life: Critical" in told.output
    assert "On 2012-01-01 this rule decides nothing." in told.output


def test_the_same_as_json(tmp_path: Path) -> None:
    told = run(tmp_path, "facs-2003", "{facs_life: none, facs_control: partial}", "--json")
    found = json.loads(told.output)
    assert (found["result"], found["may_guide_decision"]) == ("likely", False)
    (limb,) = found["limbs"]
    assert (limb["met"], limb["band"]) == (True, "substantial")
    assert limb["rests_on"] == ["facs_life", "facs_control"]


@pytest.mark.parametrize(
    ("policy", "answers", "said"),
    [
        (
            "facs-2003",
            "facs_life: maybe\n",
            "answers.yaml:1: facs_life has no option maybe. Write one of yes, ",
        ),
        (
            "facs-2003",
            "\nfacs_live: yes\n",
            "answers.yaml:2: there is no question facs_live. Write facs_life.",
        ),
        ("care-act-2015", "nutrition: bad\n", "answers.yaml:1: nutrition has no option bad."),
        ("care-act-2015", "- one\n", "answers.yaml:1: answers are written by question. Write id: answer."),
    ],
)
def test_bad_answers_are_told_with_line_and_fix(tmp_path: Path, policy: str, answers: str, said: str) -> None:
    told = run(tmp_path, policy, answers)
    assert told.exit_code == 2
    assert said in told.output


def test_the_example_of_the_guide_can_be_run(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "eligibility.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE)
    policy = tmp_path / "two-bands.yaml"
    policy.write_text(example, encoding="utf-8")
    (tmp_path / "answers.yaml").write_text("at_home: lot\n", encoding="utf-8")
    asked = ["eligibility", "--policy", str(policy), "--answers", str(tmp_path / "answers.yaml")]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 0, told.output
    assert "Band: High" in told.output
    assert all(each in guide for each in ("care-act-2015", *(path.stem for path in FOLDER.glob("*.yaml"))))
