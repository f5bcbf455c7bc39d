"""From a table of people to a table of figures."""

from __future__ import annotations

import builtins
import csv
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from portal.budget.bulk import CellFault, work_out
from portal.budget.bulk.reading import BLOCK
from portal.commands import main
from portal.pack.scheme import Scheme
from portal.paths import PACKS
from tests.budget.bulk.drawing import table
from tests.budget.bulk.test_same_as_one_by_one import Quiet
from tests.budget.rules.making import ON, numbers, scheme, step, stream

DEMO = Path(PACKS) / "demo" / "schemes" / "harrowmere-2026.yaml"


def figures(made: Scheme, text: str, place: Path, **how: Any) -> tuple[list[dict[str, str]], Quiet]:
    """The rows that come of a table written here."""
    cases, out, report = place / "people.csv", place / "figures.csv", Quiet()
    cases.write_text(text, encoding="utf-8", newline="")
    work_out(made, cases, out, on=ON, report=report, **how)
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), report


@pytest.fixture(params=[True, False], ids=["together", "one by one"])
def vector(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_each_person_has_a_row_with_figure_points_and_streams(tmp_path: Path, vector: bool) -> None:
    rows, _report = figures(scheme(), "id,eating,washing\nann,some,lot\n", tmp_path, vector=vector)
    assert rows == [
        {
            "id": "ann",
            "status": "figure",
            "weekly": "170.00",
            "annual": "8840.00",
            "amount": "170.00",
            "every": "week",
            "one_off": "",
            "points.points": "17",
            "stream.care": "170.00",
            "review_flags": "",
            "caveats": "",
            "problems": "",
        }
    ]


def test_the_order_of_columns_does_not_matter(tmp_path: Path, vector: bool) -> None:
    one, _report = figures(scheme(), "id,eating,washing\nann,some,lot\n", tmp_path, vector=vector)
    two, _report = figures(scheme(), "washing,id,eating\nlot,ann,some\n", tmp_path, vector=vector)
    assert one == two


def test_a_bad_row_is_told_by_number_and_the_others_go_on(tmp_path: Path, vector: bool) -> None:
    text = "id,eating,washing\nann,some,lot\nbob,some\ncat,lots,lot\ndan,,lot\n\neve,alone,alone\n"
    rows, report = figures(scheme(), text, tmp_path, vector=vector)
    assert [row["status"] for row in rows] == [
        "figure",
        "bad_row",
        "incomplete",
        "incomplete",
        "bad_row",
        "figure",
    ]
    assert report.problems == [
        (3, "2 cells where the header has 3"),
        (4, "eating: “lots” is no answer that the scheme knows"),
        (5, "eating: not answered"),
        (6, "this row is empty"),
    ]
    assert [row["problems"] for row in rows if row["problems"]] == [words for _row, words in report.problems]
    assert [row["amount"] for row in rows] == ["170.00", "", "", "", "", "0.00"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("some;some", "eating: an option is there twice"),
        (";;", "eating: there is nothing between the separators"),
        ('"[1, "', "eating: it starts like JSON and is none"),
    ],
)
def test_a_cell_that_holds_no_answer_makes_a_bad_row(
    cell: str, reason: str, tmp_path: Path, vector: bool
) -> None:
    rows, report = figures(scheme(), f"id,eating,washing\nann,{cell},lot\n", tmp_path, vector=vector)
    assert rows[0]["status"] == "bad_row"
    assert report.problems == [(2, reason)]


def test_a_quote_that_never_ends_spoils_its_row_alone(tmp_path: Path, vector: bool) -> None:
    text = 'id,eating,washing\nann,some,lot\nbob,"some,lot\n' + "x" * 200_000 + "\ncat,lot,lot\n"
    rows, report = figures(scheme(), text, tmp_path, vector=vector)
    assert [row["status"] for row in rows][:2] == ["figure", "bad_row"]
    assert rows[-1]["status"] == "figure"
    assert "cannot be read" in report.problems[0][1]


def test_not_sure_is_never_no_need(tmp_path: Path, vector: bool) -> None:
    questions = [
        {"id": "eating", "points": {"alone": 0, "some": 5, "lot": 12}, "unanswered": "lowest"},
        {"id": "washing", "points": {"alone": 0, "some": 5, "lot": 12}, "unanswered": "flag"},
        {"id": "moving", "points": {"alone": 0, "some": 5, "lot": 12}, "unanswered": "block"},
    ]
    text = "id,eating,washing,moving\na,not-sure,rather-not-say,alone\nb,alone,alone,not-sure\n"
    rows, report = figures(scheme(questions=questions), text, tmp_path, vector=vector)
    assert [(row["status"], row["amount"], row["caveats"]) for row in rows] == [
        ("figure", "50.00", "unanswered"),
        ("incomplete", "", ""),
    ]
    assert report.problems == [(3, "moving: not known, and the scheme gives no figure without it")]


def test_a_column_that_the_scheme_does_not_read_is_told_and_left_aside(tmp_path: Path, vector: bool) -> None:
    rows, report = figures(scheme(), "id,eating,age,washing\na,some,82,lot\n", tmp_path, vector=vector)
    assert rows[0]["amount"] == "170.00"
    assert any("age" in notice for notice in report.notices)


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("id,eating", "no column is called washing"),
        ("name,eating,washing", "no column is called id"),
        ("id,eating,eating,washing", "column eating is there twice"),
        ("", "no column is called id"),
    ],
)
def test_a_table_without_what_everybody_needs_is_refused(header: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(CellFault, match=fault):
        figures(scheme(), f"{header}\n", tmp_path)
    assert not (tmp_path / "figures.csv").exists()


def test_the_results_never_take_the_place_of_the_answers(tmp_path: Path) -> None:
    cases = tmp_path / "people.csv"
    cases.write_text("id,eating,washing\n", encoding="utf-8")
    with pytest.raises(CellFault, match="written over"):
        work_out(scheme(), cases, cases, on=ON, report=Quiet())


def test_several_options_a_group_and_a_sum_of_money(tmp_path: Path, vector: bool) -> None:
    lines = [
        {"id": "sum", "label": "Sum", "amount": {"by": "meals", "values": {"noon": 2, "night": "3.50"}}},
        {"id": "hours", "label": "Hours", "quantity": {"answer": "care.hours"}, "rate": "10"},
        {"id": "own", "label": "Own", "amount": {"answer": "income"}},
        {"id": "list", "label": "List", "amount": {"total_of": "helpers.hours"}},
    ]
    asked = [{"id": name, "required": False} for name in ("meals", "care", "income", "helpers")]
    made = scheme(questions=asked, streams=stream(lines=lines))
    text = (
        "id,meals,care.hours,income,helpers\n"
        'a,noon;night,1.5,52/year,"[{""hours"": ""2""}, {""hours"": 3}]"\n'
        "b,noon | night,0,1/week,\n"
    )
    rows, _report = figures(made, text, tmp_path, vector=vector)
    assert [row["amount"] for row in rows] == ["26.50", "6.50"]


def test_a_limit_that_was_reached_is_told_with_the_amount_before_it(tmp_path: Path, vector: bool) -> None:
    made = scheme(pipeline=[step("most", "cap", value=100)])
    rows, _report = figures(made, "id,eating,washing\na,lot,lot\nb,alone,some\n", tmp_path, vector=vector)
    assert [row["review_flags"] for row in rows] == ["most=240.00", ""]


def test_nought_no_amount_and_a_person_decides_are_told_apart(tmp_path: Path, vector: bool) -> None:
    rows_of = [
        {"from": 0, "to": 4, "amount": 0},
        {"from": 5, "to": 9, "amount": None},
        {"from": 10, "to": 11, "amount": 20},
    ]
    made = scheme(
        questions=[{"id": "points", "each": 1}],
        streams=stream(table={"match": "band", "rows": rows_of}),
        eligible_when={"question": "points", "at_most": 50},
    )
    text = "id,points\n" + "".join(f"{n},{n}\n" for n in (3, 7, 10, 12, 60))
    rows, _report = figures(made, text, tmp_path, vector=vector)
    assert [(row["status"], row["amount"], row["points.points"]) for row in rows] == [
        ("figure", "0.00", "3"),
        ("no_amount", "", "7"),
        ("figure", "20.00", "10"),
        ("refer", "", "12"),
        ("not_eligible", "", ""),
    ]


@pytest.mark.parametrize("key", ["=1+1", "+44", "-5", "@cmd", "\tx"])
def test_a_cell_that_looks_like_a_formula_is_made_harmless(key: str, tmp_path: Path, vector: bool) -> None:
    rows, _report = figures(scheme(), f'id,eating,washing\n"{key}",some,lot\n', tmp_path, vector=vector)
    assert rows[0]["id"] == f"'{key}"


def test_more_people_than_fit_a_block_come_out_in_their_order(tmp_path: Path) -> None:
    people = BLOCK + 10
    body = "".join(f"{n},{('alone', 'some', 'lot')[n % 3]},alone\n" for n in range(people))
    rows, _report = figures(scheme(), "id,eating,washing\n" + body, tmp_path)
    assert [row["id"] for row in rows] == [str(n) for n in range(people)]
    assert {(int(row["id"]) % 3, row["amount"]) for row in rows} == {(0, "0.00"), (1, "50.00"), (2, "120.00")}


def test_many_different_numbers_are_told_apart(tmp_path: Path, vector: bool) -> None:
    made = scheme(questions=numbers("hours"), streams=stream(lines=[LINE]))
    body = "".join(f"{n},{n / 100}\n" for n in range(3000))
    rows, _report = figures(made, "id,hours\n" + body, tmp_path, vector=vector)
    assert [row["amount"] for row in rows] == [f"{n / 10:.2f}" for n in range(3000)]


LINE = {"id": "visits", "label": "Visits", "quantity": {"answer": "hours"}, "rate": 10}


@pytest.mark.parametrize(
    "number", ["1e400", "-7", "0.1234567891", "99999999999", "NaN", "Infinity", "1" * 30]
)
def test_a_number_too_long_or_strange_is_as_on_its_own(number: str, tmp_path: Path) -> None:
    made = scheme(questions=numbers("hours"), streams=stream(lines=[LINE]))
    text = f"id,hours\na,{number}\nb,5\n"
    together, _report = figures(made, text, tmp_path, vector=True)
    alone, _report = figures(made, text, tmp_path, vector=False)
    assert together == alone
    assert together[1]["amount"] == "50.00"


STRANGE = [
    {"a": "1"},
    [{"a": "1"}, {"b": "2"}],
    [["some"], "lot"],
    [],
    {},
    ["some", "not-sure"],
    "some\nlot",
    {"pounds": "1e400", "every": "week"},
    {"pounds": "12", "every": "fortnight"},
]


@pytest.mark.parametrize("answer", STRANGE, ids=str)
@pytest.mark.parametrize("column", ["eating", "hours"])
def test_a_strange_answer_is_as_on_its_own_and_stops_nobody(answer: Any, column: str, tmp_path: Path) -> None:
    questions = [{"id": "eating", "points": {"some": 5, "lot": 12}}, {"id": "hours", "unanswered": "flag"}]
    care = {"id": "care", "title": "Care", "price_per_point": {"rate": 10}}
    made = scheme(questions=questions, streams=[care, {"id": "visits", "title": "Visits", "lines": [LINE]}])
    place = tmp_path / "drawn.csv"
    people = [{"eating": "some", "hours": "2"} | {column: answer}, {"eating": "lot", "hours": "3"}]
    text = table(place, people, ["eating", "hours"]).read_text(encoding="utf-8")
    together, _report = figures(made, text, tmp_path, vector=True)
    alone, _report = figures(made, text, tmp_path, vector=False)
    assert together == alone
    assert together[1]["amount"] == "150.00"


def test_without_numpy_people_are_worked_out_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def no_numpy(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "numpy":
            raise ImportError(name)
        return real(name, *rest, **more)

    for module in [name for name in sys.modules if name.startswith("portal.budget.bulk.")]:
        if module.rpartition(".")[2] not in ("population", "cells", "reading", "telling", "command"):
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(builtins, "__import__", no_numpy)
    rows, report = figures(scheme(), "id,eating,washing\nann,some,lot\n", tmp_path)
    assert rows[0]["amount"] == "170.00"
    assert "plan-my-support[bulk]" in report.notices[0]


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["allocate", "--scheme", str(DEMO), "--on", "2026-11-22", *options])


PEOPLE = (
    "id,nutrition,hygiene,toilet,clothing,home_safety,home_upkeep,relationships,work_learning,community,"
    "caring_for_child,nights,nights_a_week,help_with,help_share,carer_break,changes,complex\n"
    "a,some,lot,alone,little,some,lot,alone,alone,some,not_applicable,once,2,nutrition;home_upkeep,half,"
    "regular,steady,no\n"
)


def test_the_command_writes_the_results_and_ends_well(tmp_path: Path) -> None:
    cases, out = tmp_path / "people.csv", tmp_path / "figures.csv"
    cases.write_text(PEOPLE, encoding="utf-8")
    told = run("--cases", str(cases), "--out", str(out))
    assert told.exit_code == 0, told.output
    assert "People: 1, with problems: 0." in told.stderr
    assert told.stdout == ""
    assert out.read_text(encoding="utf-8").splitlines()[1].startswith("a,figure,")


def test_the_command_tells_of_bad_rows_and_in_its_status(tmp_path: Path) -> None:
    cases, out = tmp_path / "people.csv", tmp_path / "figures.csv"
    cases.write_text(PEOPLE + "b,some\n" * 60, encoding="utf-8")
    told = run("--cases", str(cases), "--out", str(out))
    assert told.exit_code == 1
    assert "row 3: 2 cells where the header has 18" in told.stderr
    assert "and 10 more rows with problems" in told.stderr
    assert len(out.read_text(encoding="utf-8").splitlines()) == 62


def test_the_command_refuses_a_table_it_cannot_use(tmp_path: Path) -> None:
    cases, out = tmp_path / "people.csv", tmp_path / "figures.csv"
    cases.write_text("id,nutrition\n", encoding="utf-8")
    told = run("--cases", str(cases), "--out", str(out))
    assert told.exit_code == 2
    assert "no column is called hygiene" in told.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    "options", [(), ("--cases", "x.csv"), ("--out", "y.csv"), ("--cases", "x", "--out", "y", "--json")]
)
def test_the_command_wants_one_person_or_many(options: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "x").write_text("id\n", encoding="utf-8")
    at = [str(tmp_path / option) if not option.startswith("--") else option for option in options]
    assert run(*at).exit_code == 2
