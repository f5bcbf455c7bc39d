"""A scheme file: what is refused, at which line, and what to write instead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portal.pack.loading import PackProblems, load_model
from portal.pack.scheme import Scheme
from portal.pack.scheme.warnings import warnings_of
from portal.paths import PACKS

HEAD = """\
id: small
version: "1"
title: A small scheme
authority: Nobody
status: draft
effective: {from: 2026-04-01}
plain_summary: Points at one price.
"""
QUESTIONS = """\
questions:
  - {id: eating, points: {alone: 0, some: 5, lot: 12}}
"""
STREAMS = """\
streams:
  - {id: care, title: Support, price_per_point: {rate: 10}}
"""


def load(folder: Path, text: str) -> Scheme:
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return load_model(file, Scheme)


def refused(folder: Path, text: str) -> str:
    """The problems with a scheme, one a line."""
    with pytest.raises(PackProblems) as found:
        load(folder, text)
    return str(found.value)


def test_a_small_scheme_fits_on_a_page(tmp_path: Path) -> None:
    made = load(tmp_path, HEAD + QUESTIONS + STREAMS)
    assert made.streams[0].model == "price_per_point"
    assert made.year.weeks == Decimal(52)


def test_money_never_passes_through_float(tmp_path: Path) -> None:
    made = load(tmp_path, HEAD + QUESTIONS + STREAMS.replace("10", "5.10"))
    assert made.streams[0].price_per_point is not None
    assert str(made.streams[0].price_per_point.rate) == "5.10"


def test_an_unknown_key_is_refused_at_its_line(tmp_path: Path) -> None:
    told = refused(tmp_path, HEAD + "deflator: 0.6\n" + QUESTIONS + STREAMS)
    assert told.startswith("small.yaml:8: ")
    assert "deflator" in told


def test_the_same_rules_have_the_same_hash_however_they_are_written(tmp_path: Path) -> None:
    one = load(tmp_path, HEAD + QUESTIONS + STREAMS)
    two = load(tmp_path, QUESTIONS + STREAMS.replace("10", "10.00") + HEAD)
    other = load(tmp_path, HEAD + QUESTIONS + STREAMS.replace("10", "11"))
    assert one.content_hash == two.content_hash
    assert one.content_hash != other.content_hash


BANDS = """\
streams:
  - id: care
    title: Support
    table:
      match: band
      rows:
        - {from: 0, to: 9, amount: 0}
        - {from: FROM, to: 20, amount: 50}
"""


@pytest.mark.parametrize(
    ("start", "said"),
    [("11", "no row covers 10 to 10. Start this row at 10"), ("9", "the row at 9 overlaps the one up to 9")],
)
def test_gaps_and_overlaps_between_bands_are_refused_at_the_row(
    tmp_path: Path, start: str, said: str
) -> None:
    told = refused(tmp_path, HEAD + QUESTIONS + BANDS.replace("FROM", start))
    assert told.startswith("small.yaml:17: ")
    assert said in told


@pytest.mark.parametrize(
    ("more", "line", "said"),
    [
        ("eligible_when: {question: drinking, is: [some]}\n", 12, "drinking is read, but not listed"),
        (
            (
                "pipeline:\n"
                "  - {id: low, op: floor, label: Low, reason: Because, value: 50}\n"
                "  - {id: top, op: cap, label: Top, reason: Because, value: 40}\n"
            ),
            13,
            "the floor, 50, is above the cap, 40",
        ),
        (
            "pipeline:\n  - {id: top, op: cap, label: Top, reason: Because}\n",
            13,
            "op: cap needs value. Add value:",
        ),
        (
            (
                "pipeline:\n"
                "  - {id: all, op: add, label: All, reason: Because, value: 5}\n"
                "  - {id: one, op: add, label: One, reason: Because, value: 5, scope: stream}\n"
            ),
            14,
            "one acts on parts after all acted on the whole. List it before all",
        ),
        (
            "pipeline:\n  - {id: off, op: reduce, label: Off, reason: Because, reducer: off}\n",
            13,
            "there is no reducer of a stream or the total off",
        ),
        (
            (
                "reducers:\n"
                "  - {id: off, label: Help, reason: You have help, driver: eating, of: [eating],\n"
                "     method: multiply_remaining, table: {some: 60}}\n"
            ),
            14,
            "60 is out of range for multiply_remaining. Write a number of 0 to 1",
        ),
        (
            (
                "reducers:\n"
                "  - {id: off, label: Help, reason: You have help, driver: eating, of: [eating, eating],\n"
                "     method: multiply_remaining, table: {some: 0.6}}\n"
            ),
            13,
            "off would take off twice",
        ),
        (
            "scores:\n  - {weights: {eating: 0.5}}\n",
            13,
            "weights change what people get. Say why in weights_reason",
        ),
    ],
)
def test_what_cannot_be_right_is_refused_with_what_to_write(
    tmp_path: Path, more: str, line: int, said: str
) -> None:
    told = refused(tmp_path, HEAD + QUESTIONS + STREAMS + more)
    assert said in told
    assert told.startswith(f"small.yaml:{line}: ")


def test_the_same_reducer_cannot_be_placed_twice(tmp_path: Path) -> None:
    more = """\
reducers:
  - {id: off, label: Help, reason: You have help, driver: eating, scope: total, method: subtract_percent}
pipeline:
  - {id: one, op: reduce, label: One, reason: Because, reducer: off}
  - {id: two, op: reduce, label: Two, reason: Because, reducer: off}
"""
    assert "off would be taken off twice. Place it once" in refused(
        tmp_path, HEAD + QUESTIONS + STREAMS + more
    )


def test_not_sure_cannot_be_given_points(tmp_path: Path) -> None:
    questions = QUESTIONS.replace("alone: 0", "not-sure: 0")
    assert "not-sure is never scored" in refused(tmp_path, HEAD + questions + STREAMS)


POOL = """\
streams:
  - {id: care, title: Nights, pool_ratio: {supply: 68, demand: 104}}
"""


@pytest.mark.parametrize("status", ["live", "illustrative", "retired"])
def test_a_rationed_pool_can_be_studied_but_never_used(tmp_path: Path, status: str) -> None:
    assert load(tmp_path, HEAD + QUESTIONS + POOL).streams[0].model == "pool_ratio"
    told = refused(tmp_path, HEAD.replace("draft", status) + QUESTIONS + POOL)
    assert told.startswith("small.yaml:5: ")
    assert "Care Act 2014 does not allow" in told


MATRIX = """\
streams:
  - id: care
    title: Support
    matrix:
      rows:
        - {id: food, axes: [eating], amounts: {alone: 0, some: 20}}
"""


def test_a_matrix_says_what_every_answer_brings(tmp_path: Path) -> None:
    told = refused(tmp_path, HEAD + QUESTIONS + MATRIX)
    assert told.startswith("small.yaml:15: ")
    assert "nothing says what lot brings. Add it, with amount: 0 if nought" in told


def test_a_scheme_that_says_more_need_is_never_less_money_is_held_to_it(tmp_path: Path) -> None:
    falls = MATRIX.replace("some: 20", "some: 20, lot: 15")
    assert not load(tmp_path, HEAD + QUESTIONS + falls).monotone
    told = refused(tmp_path, HEAD + QUESTIONS + falls + "monotone: true\n")
    assert "a higher level brings less" in told


TO_LOOK_AT = (
    HEAD
    + """\
questions:
  - {id: eating, points: {alone: 0, some: 12, lot: 5}}
  - {id: washing, points: {alone: 0, some: 5}, scope: with_help}
  - {id: age}
  - {id: help}
  - {id: forgotten}
scores:
  - {weights: {washing: 0.8}, weights_reason: Fewer visits}
reducers:
  - {id: first, label: Help, reason: Help, driver: help, of: [washing], method: subtract_points}
  - {id: second, label: Help, reason: Help, driver: help, scope: score, of: [points], method: subtract_points}
price_book:
  - {id: bed, label: A care home, unit: week, amount: 700, effective: {from: 2024-04-01}}
streams:
  - id: care
    title: Support
    eligible_when: {question: age, at_least: 65}
    table:
      match: band
      above: last
      rows:
        - {from: 1, to: 9, amount: 0}
        - {from: 10, to: 12, amount: 90}
        - {from: 13, to: 14, amount: 80}
        - {from: 30, to: 40, amount: 80}
pipeline:
  - {id: kept, op: contingency, label: Kept back, reason: For surprises, value: 5}
  - {id: top, op: cap, label: Top, reason: Because, value: 700}
""".replace("{from: 30", "{from: 15, to: 29, amount: 80}\n        - {from: 30")
)


def test_what_is_worth_a_second_look_is_told(tmp_path: Path) -> None:
    made = load(tmp_path, TO_LOOK_AT)
    told = {(warning.rule, warning.code) for warning in warnings_of(made, date(2026, 11, 22))}
    assert told >= {
        ("eating", "values_fall"),
        ("forgotten", "not_used"),
        ("age", "segment"),
        ("washing", "weight_cuts"),
        ("second", "same_driver"),
        ("first", "double_count"),
        ("care", "jump"),
        ("care", "values_fall"),
        ("care", "row_not_reached"),
        ("care", "below_table"),
        ("care", "not_whole"),
        ("top", "cap_is_a_price"),
        ("bed", "old_price"),
        ("kept", "contingency"),
        ("bed", "no_source"),
    }


def test_the_demonstration_needs_no_second_look() -> None:
    made = load_model(PACKS / "demo" / "schemes" / "harrowmere-2026.yaml", Scheme)
    assert warnings_of(made, date(2026, 11, 22)) == ()
