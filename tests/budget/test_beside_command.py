"""``portal allocate`` sets an assessor's answers, or another amount, beside the person's figure."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.commands import main

SCHEME = """\
id: small-2026
version: "1"
title: Points and pounds
authority: Market Town Council
status: illustrative
effective: {from: 2026-04-01}
plain_summary: Each point brings £5.00 a week, up to £80.00.
questions:
  - {id: washing, label: Washing yourself, points: {alone: 0, some: 6, lot: 14}}
  - {id: eating, label: Eating, points: {alone: 0, some: 4, lot: 9}}
streams:
  - {id: care, title: Care, price_per_point: {rate: 5.00}}
pipeline:
  - {id: top, op: cap, label: The most, reason: A worker looks at more than that., value: 80}
"""
AMOUNT = """\
weekly: 310.00
reason: Two workers are needed for each move.
author: Ruth Adeyemi
role: Team manager
date: 2026-11-22
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "scheme": SCHEME,
        "person": "washing: some\neating: some\n",
        "assessor": "washing: lot\neating: lot\n",
        "amount": AMOUNT,
    }
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> Result:
    named = [str(folder / option) if option.endswith(".yaml") else option for option in options]
    start = ["allocate", "--scheme", str(folder / "scheme.yaml"), "--answers", str(folder / "person.yaml")]
    return CliRunner().invoke(main, [*start, "--on", "2026-11-22", *named])


def last_sum(output: str, words: str) -> str:
    """The last amount of the row that starts with these words."""
    (row,) = [row for row in output.splitlines() if row.strip().startswith(words)]
    return row.split()[-1]


def test_both_figures_stand_beside_each_other_with_the_difference_and_where_it_comes_from(
    folder: Path,
) -> None:
    told = run(folder, "--assessor", "assessor.yaml")
    assert told.exit_code == 0
    both = told.output[told.output.index("BOTH") :]
    assert "£50.00      £80.00      £30.00" in both
    assert last_sum(both, "Washing yourself: some → lot") == "£30.00"
    assert last_sum(both, "Eating: some → lot") == "£25.00"
    assert last_sum(both, "Only together") == "\N{MINUS SIGN}£25.00"
    assert last_sum(both, "The difference") == "£30.00"


def test_the_parts_add_up_in_json_too(folder: Path) -> None:
    told = json.loads(run(folder, "--assessor", "assessor.yaml", "--json").output)
    views = told["views"]
    parts = [Decimal(part["alone"]["regular"]) for part in views["answers"]]
    assert sum(parts) + Decimal(views["together"]["regular"]) == Decimal(views["difference"]["regular"])
    assert Decimal(told["allocation"]["amount"]) + Decimal(views["difference"]["regular"]) == Decimal(
        views["assessor"]["amount"]
    )
    assert [(part["question"], part["person"], part["assessor"]) for part in views["answers"]] == [
        ("washing", "some", "lot"),
        ("eating", "some", "lot"),
    ]


def test_the_same_answers_have_no_difference(folder: Path) -> None:
    told = run(folder, "--assessor", "person.yaml")
    assert "Both gave the same answers." in told.output
    assert "£50.00      £50.00       £0.00" in told.output


def test_an_assessors_slip_is_told_by_file_and_line_and_there_is_no_difference(folder: Path) -> None:
    (folder / "assessor.yaml").write_text("washing: lots\neating: lot\n", encoding="utf-8")
    told = run(folder, "--assessor", "assessor.yaml")
    assert told.exit_code == 1
    assert "assessor.yaml:1: washing cannot be “lots”. Write one of alone, some, lot." in told.output
    assert "So there is no difference in money. That is not nought pounds." in told.output


def test_another_amount_stands_beside_the_figure_which_stays_as_it_is(folder: Path) -> None:
    alone, beside = run(folder).output, run(folder, "--override", "amount.yaml").output
    assert beside.startswith(alone)
    added = beside.removeprefix(alone)
    assert last_sum(added, "Worked out") == "£50.00"
    assert last_sum(added, "Set in place of it") == "£310.00"
    assert last_sum(added, "Difference") == "£260.00"
    assert "Reason: Two workers are needed for each move." in added
    assert "By: Ruth Adeyemi, Team manager, 22 November 2026" in added


def test_another_amount_changes_no_byte_of_the_receipt(folder: Path) -> None:
    alone = json.loads(run(folder, "--json").output)
    beside = json.loads(run(folder, "--override", "amount.yaml", "--json").output)
    assert beside["allocation"] == alone
    assert (beside["override"]["computed"], beside["override"]["difference"]) == ("50.00", "260.00")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "reason: Two workers are needed for each move.",
            'reason: "  "',
            "amount.yaml:2: another amount needs a reason",
        ),
        (
            "reason: Two workers are needed for each move.\n",
            "",
            "amount.yaml:1: reason is missing. Add a line",
        ),
        ("author: Ruth Adeyemi\n", "", "amount.yaml:1: author is missing. Add a line with author:"),
        (
            "author: Ruth Adeyemi",
            'author: ""',
            "amount.yaml:3: another amount needs somebody who answers for it",
        ),
        ("role: Team manager", 'role: ""', "amount.yaml:4: another amount needs the role of its author"),
        (
            "weekly: 310.00",
            "weekly: £310",
            "amount.yaml:1: weekly is a number, not “£310”. Write figures only",
        ),
        ("weekly: 310.00", "weekly: -1", "amount.yaml:1: weekly is 0 or more"),
        ("date: 2026-11-22", "date: today", "amount.yaml:5: date is a date, not “today”. Write it as year"),
        ("date: 2026", "because: so\ndate: 2026", "amount.yaml:5: because"),
    ],
)
def test_another_amount_without_what_it_needs_is_refused_at_its_line(
    folder: Path, old: str, new: str, said: str
) -> None:
    assert old in AMOUNT
    (folder / "amount.yaml").write_text(AMOUNT.replace(old, new), encoding="utf-8")
    told = run(folder, "--override", "amount.yaml")
    assert told.exit_code == 2
    assert said in told.output
    assert "Indicative budget" not in told.output


def test_a_scheme_says_who_may_set_another_amount_and_what_it_must_rest_on(folder: Path) -> None:
    rule = "override:\n  allowed_roles: [Panel, Head of service]\n  requires: [reason, author, evidence]\n"
    (folder / "scheme.yaml").write_text(SCHEME + rule, encoding="utf-8")
    told = run(folder, "--override", "amount.yaml")
    assert told.exit_code == 2
    assert told.output == (
        "amount.yaml:1: the scheme asks for evidence. "
        "Add a line with evidence: and what the amount rests on.\n"
        "amount.yaml:4: role cannot be “Team manager”: the scheme does not let it change an amount. "
        "Write one of Panel, Head of service.\n"
    )
    allowed = AMOUNT.replace("Team manager", "Panel") + "evidence: A therapist's report\n"
    (folder / "amount.yaml").write_text(allowed, encoding="utf-8")
    told = run(folder, "--override", "amount.yaml")
    assert told.exit_code == 0
    assert "It rests on: A therapist's report" in told.output


def test_where_there_is_no_figure_another_amount_has_no_difference(folder: Path) -> None:
    refer = SCHEME.replace("op: cap", "op: refer").replace(", value: 80", "")
    (folder / "scheme.yaml").write_text(refer, encoding="utf-8")
    told = run(folder, "--override", "amount.yaml")
    assert told.exit_code == 0
    assert "There is no figure that was worked out. That is not nought pounds." in told.output
    assert "Difference" not in told.output
    assert (
        json.loads(run(folder, "--override", "amount.yaml", "--json").output)["override"]["difference"]
        is None
    )


def test_a_sum_paid_once_takes_no_amount_a_week(folder: Path) -> None:
    once = SCHEME.replace("questions:", "base_period: one_off\nquestions:", 1)
    (folder / "scheme.yaml").write_text(once, encoding="utf-8")
    told = run(folder, "--override", "amount.yaml")
    assert told.exit_code == 2
    assert told.output.startswith("amount.yaml:1: the figure is paid once")


@pytest.mark.parametrize(
    "options",
    [("--compare", "assessor.yaml"), ("--no-help",)],
)
def test_an_assessors_answers_are_not_mixed_with_other_ways_to_compare(
    folder: Path, options: tuple[str, ...]
) -> None:
    told = run(folder, "--assessor", "assessor.yaml", *options)
    assert told.exit_code == 2
    assert "--assessor does not go with" in told.output


def test_they_are_for_one_person(folder: Path) -> None:
    (folder / "cases.csv").write_text("id,washing,eating\n1,some,lot\n", encoding="utf-8")
    options = {"scheme": "scheme.yaml", "cases": "cases.csv", "out": "out.csv", "override": "amount.yaml"}
    told = CliRunner().invoke(
        main, ["allocate", *(f"--{name}={folder / file}" for name, file in options.items())]
    )
    assert told.exit_code == 2
    assert "for one person" in told.output
