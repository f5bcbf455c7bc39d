"""A pack with a fault is refused, and its author is told the file, the line and what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from portal.pack.faults import PackProblem, PackProblems
from portal.pack.loading import check_report, load_model, load_pack
from portal.pack.prices import Prices
from portal.pack.reading import read_text, read_yaml
from tests.pack.small import FILES, OUTCOMES, SCHEME, broken, write_pack

WORD = "questions/02-more.yaml"


class Broken(NamedTuple):
    """One fault: what is changed where, the words at which it is told, and what is told."""

    fault: str
    file: str
    old: str
    new: str
    told_at: str
    problem: str
    fix: str


FAULTS = [
    Broken(**fault) for fault in read_yaml(Path(__file__).with_name("faults.yaml"), "faults.yaml").content
]


def test_a_quote_that_is_never_closed_is_told_where_it_opens() -> None:
    with pytest.raises(PackProblems) as wrong:
        read_text('id: more\ntitle: "More\nquestions: []\n', "more.yaml")
    assert "more.yaml:2: a quote that opens here is never closed." in str(wrong.value)


@pytest.mark.parametrize("case", FAULTS, ids=[case.fault for case in FAULTS])
def test_a_fault_is_told_with_file_line_and_what_to_write(case: Broken, tmp_path: Path) -> None:
    broken(tmp_path, case.file, case.old, case.new)
    with pytest.raises(PackProblems) as wrong:
        load_pack(tmp_path)
    told = [problem for problem in wrong.value.problems if case.problem in problem.problem]
    assert told, str(wrong.value)
    text = (tmp_path / case.file).read_text()
    assert (told[0].file, told[0].line) == (case.file, text[: text.index(case.told_at)].count("\n") + 1)
    assert case.fix in told[0].fix
    assert len(wrong.value.problems) <= 2, str(wrong.value)


def test_the_small_pack_of_these_tests_is_whole(tmp_path: Path) -> None:
    assert check_report(write_pack(tmp_path)) == []


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    write_pack(
        tmp_path,
        **{
            "prices.yaml": FILES["prices.yaml"].replace("16.40", "x").replace("2026-04-01", "y"),
            "money.yaml": FILES["money.yaml"].replace("mix:", "mx:"),
            WORD: FILES[WORD].replace("title: More\n", ""),
        },
    )
    with pytest.raises(PackProblems) as wrong:
        load_pack(tmp_path)
    assert {problem.file for problem in wrong.value.problems} == {"money.yaml", "prices.yaml", WORD}
    assert len(wrong.value.problems) == 5
    assert check_report(tmp_path) == str(wrong.value).splitlines()
    assert list(wrong.value.problems) == sorted(wrong.value.problems)


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    assert check_report(write_pack(tmp_path, **{"money.yaml": None})) == [
        "money.yaml:1: this file is missing. Write it; see docs/packs.md."
    ]


def test_an_empty_folder_of_questions_is_a_fault(tmp_path: Path) -> None:
    gone = {name: None for name in FILES if name.startswith("questions/")}
    told = check_report(write_pack(tmp_path, **gone))
    assert [line for line in told if line.startswith("questions:1: this folder has no files")]


@pytest.mark.parametrize(
    ("stray", "fix"),
    [
        ("planers.yaml", "Call it planners.yaml"),
        ("zzz/1.yaml", "Remove it"),
        ("money.yml", "money.yaml"),
    ],
)
def test_a_file_that_nobody_would_read_is_a_fault(stray: str, fix: str, tmp_path: Path) -> None:
    told = check_report(write_pack(tmp_path, **{stray: "about: lost"}))
    assert len(told) == 1
    assert told[0].startswith(f"{stray}:1: this is not a file of a pack. ")
    assert fix in told[0]


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(FILES["prices.yaml"])
    folder = write_pack(tmp_path / "pack", **{"prices.yaml": None})
    (folder / "prices.yaml").symlink_to(outside)
    assert "leads out of the pack’s folder" in check_report(folder)[0]


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "prices.yaml").write_bytes(b"name: x\nsource: caf\xe9\n")
    assert check_report(folder) == ["prices.yaml:2: the file is not in UTF-8. Save it as UTF-8 text."]


def test_an_empty_file_is_a_fault(tmp_path: Path) -> None:
    told = check_report(write_pack(tmp_path, **{"prices.yaml": "# nothing yet\n"}))
    assert told == ["prices.yaml:1: the file is empty. Write its keys; see docs/packs.md."]


def test_two_schemes_never_give_a_figure_on_the_same_day(tmp_path: Path) -> None:
    next_year = SCHEME.replace('version: "1"', 'version: "2"').replace("2026-04-01", "2027-04-01")
    folder = write_pack(tmp_path, **{"schemes/zz-next.yaml": next_year})
    assert check_report(folder)[0].startswith(
        "schemes/zz-next.yaml:6: on 2027-04-01 the scheme in schemes/points.yaml holds too"
    )
    ended = SCHEME.replace("{from: 2026-04-01}", "{from: 2026-04-01, to: 2027-03-31}")
    write_pack(folder, **{"schemes/points.yaml": ended, "schemes/zz-next.yaml": next_year})
    assert check_report(folder) == []
    write_pack(folder, **{"schemes/zz-next.yaml": next_year.replace("illustrative", "draft")})
    assert check_report(folder) == []


def test_a_live_pack_uses_no_invented_figures(tmp_path: Path) -> None:
    told = check_report(broken(tmp_path, "council.yaml", "status: demo", "status: live"))
    assert [line.split(". ")[0] for line in told] == [
        "planners.yaml:2: a live pack cannot use illustrative prices",
        "prices.yaml:2: a live pack cannot use illustrative prices",
        "schemes/points.yaml:5: a live pack cannot use an illustrative scheme",
    ]


def test_a_reference_is_not_called_wrong_because_another_file_could_not_be_read(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, **{"questions/01-outcomes.yaml": OUTCOMES.replace("title:", "titel:")})
    told = check_report(folder)
    assert {line.split(":")[0] for line in told} == {"questions/01-outcomes.yaml"}


def test_an_alias_that_holds_itself_is_a_fault(tmp_path: Path) -> None:
    told = check_report(write_pack(tmp_path, **{"prices.yaml": "prices: &again [*again]\n"}))
    assert told == [
        "prices.yaml:1: this repeats itself without end or too often. Write it out without * and &."
    ]


def test_an_alias_cannot_fill_the_memory(tmp_path: Path) -> None:
    many = "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
    for name, before in zip("bcdefg", "abcdef", strict=True):
        many += f"{name}: &{name} [{','.join(['*' + before] * 10)}]\n"
    told = check_report(write_pack(tmp_path, **{"prices.yaml": many}))
    assert "too often" in told[0]


@pytest.mark.parametrize("deep", ["[" * 3_000 + "]" * 3_000, "- " * 20_000 + "x"], ids=["brackets", "dashes"])
def test_a_file_nested_too_deep_is_a_fault_and_not_the_end_of_the_process(deep: str) -> None:
    with pytest.raises(PackProblems) as told:
        read_text(deep, "deep.yaml")
    assert [each.problem for each in told.value.problems] == ["this is nested too deep"]


def test_the_fast_reader_and_the_slow_one_read_the_same() -> None:
    written = (
        "a: [yes, no, on, off, true, ~, null, 012, 0o7, 12.50, 1_000, 2026-04-01, 1:30]\n"
        "b: &b {c: 'it''s', d: \"\\u00e9\\n\"}\ne: *b\n"
        "f: >-\n  folded\n  text\n\n  more\ng: |\n  kept\nh: !!str 5\n"
    )
    fast = read_text(written, "x.yaml")
    # A line too long for the fast reader.
    slow = read_text(f"{written}# {'x' * 3000}\n", "x.yaml")
    assert (fast.content, fast.lines, fast.keys) == (slow.content, slow.lines, slow.keys)
    assert fast.content["a"][:6] == ["yes", "no", "on", "off", True, None]


def test_a_file_can_be_read_on_its_own(tmp_path: Path) -> None:
    write_pack(tmp_path)
    assert load_model(tmp_path / "prices.yaml", Prices).prices[0].id == "pa_hour"


def test_a_problem_reads_as_file_line_problem_and_fix() -> None:
    assert str(PackProblem("a.yaml", 3, "b is missing", "Add b")) == "a.yaml:3: b is missing. Add b."
