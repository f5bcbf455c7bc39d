"""What holds for every scheme and every answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.budget.rules import allocate, to_json, what_would_change, without_help
from portal.budget.rules.paying import split
from portal.budget.rules.pricing import amount_at
from portal.money import round_to
from portal.pack.scheme import Scheme, canonical
from portal.pack.scheme.models import Table
from tests.budget.rules.generating import (
    NEEDS,
    OPTIONS,
    ZERO,
    answers,
    higher,
    models,
    money,
    percent,
    pipelines,
    questions,
    reducers,
    rising,
    schemes,
)
from tests.budget.rules.making import ON, POINTS, figure, scheme, step, stream

PENNY = Decimal("0.01")
EXAMPLES = 30


def always(*drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Holds for whatever is drawn. A few dozen examples find what a scheme can do wrong."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        return settings(max_examples=EXAMPLES, deadline=None)(given(*drawn)(test))

    return decorate


def as_written(made: Scheme) -> dict[str, Any]:
    return made.model_dump(mode="json", by_alias=True, exclude_defaults=True)


@always(schemes(), answers())
def test_the_same_scheme_and_answers_give_the_same_bytes(made: Scheme, said: dict[str, Any]) -> None:
    again = Scheme.model_validate(as_written(made))
    assert to_json(allocate(made, said, on=ON)) == to_json(
        allocate(again, dict(reversed(said.items())), on=ON)
    )


@always(schemes(), answers())
def test_lines_add_up_at_every_level_to_the_penny(made: Scheme, said: dict[str, Any]) -> None:
    allocation = allocate(made, said, on=ON)
    assume(allocation.status == "figure")
    running = ZERO
    for line in allocation.lines:
        running += line.amount
        assert line.running == running
        assert line.amount == round_to(line.amount, PENNY)
    assert running == allocation.amount
    for one in allocation.streams:
        own = sum((line.amount for line in allocation.lines if line.stream == one.id), ZERO)
        assert own == (one.in_base or ZERO)


@always(schemes(), answers())
def test_no_rounding_line_hides_more_than_pennies_unless_the_scheme_rounds(
    made: Scheme, said: dict[str, Any]
) -> None:
    for line in allocate(made, said, on=ON).lines:
        if line.rule == "pennies":
            assert abs(line.amount) <= PENNY * len(made.questions) * 2


@always(schemes(), answers(), st.randoms())
def test_the_order_of_questions_and_options_changes_no_figure(
    made: Scheme, said: dict[str, Any], chance: Any
) -> None:
    written = as_written(made)
    chance.shuffle(written["questions"])
    for question in written["questions"]:
        options = list(question.get("points", {}).items())
        chance.shuffle(options)
        if options:
            question["points"] = dict(options)
    other = Scheme.model_validate(written)
    one, two = allocate(made, said, on=ON), allocate(other, said, on=ON)
    assert (one.status, one.amount) == (two.status, two.amount)


@always(schemes(reducers=[]), answers(), st.sampled_from(NEEDS))
def test_more_need_never_brings_less(made: Scheme, said: dict[str, Any], need: str) -> None:
    assume(said[need] in OPTIONS)
    before = allocate(made, said, on=ON)
    after = allocate(made, {**said, need: higher(said[need])}, on=ON)
    assume(before.amount is not None and after.amount is not None)
    assert before.amount is not None
    assert after.amount is not None
    assert after.amount >= before.amount


@always(schemes(), answers())
def test_more_help_never_raises_the_support_stream(made: Scheme, said: dict[str, Any]) -> None:
    few, most = (allocate(made, {**said, "help_share": much}, on=ON) for much in ("few", "most"))
    one, two = few.stream("care"), most.stream("care")
    assert one is not None
    assert two is not None
    if one.amount is not None and two.amount is not None:
        assert two.amount <= one.amount


@always(schemes(), answers())
def test_help_that_leaves_all_is_as_if_there_were_none(made: Scheme, said: dict[str, Any]) -> None:
    written = as_written(made)
    for reducer in written.get("reducers", []):
        reducer |= {"method": "multiply_remaining", "table": {"few": "1", "most": "1"}}
    whole = Scheme.model_validate(written)
    written["reducers"] = []
    none = Scheme.model_validate(written)
    assert allocate(whole, said, on=ON).amount == allocate(none, said, on=ON).amount


@always(questions(), answers(), st.sampled_from(NEEDS))
def test_help_that_leaves_nothing_empties_what_it_reduces_and_nothing_else(
    asked: list[dict[str, Any]], said: dict[str, Any], need: str
) -> None:
    off = {
        "id": "off",
        "label": "Help",
        "reason": "You have help.",
        "driver": "help_share",
        "of": [need],
        "method": "multiply_remaining",
        "table": {"few": 0, "most": 0},
    }
    assume(said["help_share"] != "not-sure")
    with_it = scheme(questions=asked, reducers=[off])
    emptied = allocate(with_it, said, on=ON)
    gone = allocate(with_it, {**said, need: "not-sure"}, on=ON)
    assert emptied.amount == gone.amount


@always(money, st.integers(1, 9), answers(), questions())
def test_scaling_weights_and_price_against_each_other_changes_nothing(
    rate: Decimal, by: int, said: dict[str, Any], asked: list[dict[str, Any]]
) -> None:
    plain = scheme(questions=asked, streams=stream(price_per_point={"rate": rate * by}))
    weights = dict.fromkeys(NEEDS, by)
    scaled = scheme(
        questions=asked,
        scores=[{"weights": weights, "weights_reason": "A test."}],
        streams=stream(price_per_point={"rate": rate}),
    )
    assert figure(plain, said) == figure(scaled, said)


@always(money, answers(), questions())
def test_twice_the_price_is_twice_the_amount(
    rate: Decimal, said: dict[str, Any], asked: list[dict[str, Any]]
) -> None:
    once, twice = (
        figure(scheme(questions=asked, streams=stream(price_per_point={"rate": rate * by})), said)
        for by in (1, 2)
    )
    assert once is not None
    assert twice == once * 2


@always(rising(size=2, most=500), st.decimals(min_value=0, max_value=1, places=3))
def test_a_scale_takes_the_lowest_to_nought_the_highest_to_100_and_keeps_order(
    ends: list[int], share: Decimal
) -> None:
    low, high = ends
    assume(low < high)
    made = scheme(
        questions=[{"id": "points", "each": 1}],
        scores=[{"scale": {"from": [low, high]}}],
        streams=stream(price_per_point={"rate": 1}),
    )
    between = low + (high - low) * share
    scores = [
        allocate(made, {"points": str(points)}, on=ON).points["points"] for points in (low, between, high)
    ]
    assert scores[0] == 0
    assert scores[2] == 100
    assert scores == sorted(scores)


@always(st.data())
def test_a_line_between_rows_meets_them_and_stays_between(data: st.DataObject) -> None:
    at = sorted(data.draw(st.sets(st.integers(0, 100), min_size=2, max_size=5)))
    worth = sorted(data.draw(st.lists(money, min_size=len(at), max_size=len(at))))
    rows = [{"at": point, "amount": amount} for point, amount in zip(at, worth, strict=True)]
    table = Table.model_validate({"match": "interpolate", "rows": rows})
    for row in table.rows:
        assert amount_at(table, row.low) == row.amount
    points = data.draw(st.decimals(min_value=at[0], max_value=at[-1], places=2))
    low = max(row.amount or ZERO for row in table.rows if row.low <= points)
    high = min(row.amount or ZERO for row in table.rows if row.low >= points)
    assert low <= amount_at(table, points) <= high


@always(st.data())
def test_each_whole_number_of_points_falls_in_one_band(data: st.DataObject) -> None:
    ends = sorted(data.draw(st.sets(st.integers(1, 99), min_size=1, max_size=6)))
    starts = [0, *(end + 1 for end in ends)]
    rows = [
        {"from": low, "to": high, "amount": index}
        for index, (low, high) in enumerate(zip(starts, [*ends, 100], strict=True))
    ]
    table = Table.model_validate({"match": "band", "rows": rows})
    points = data.draw(st.integers(0, 100))
    inside = [row.amount for row in table.rows if row.low <= points <= row.high]
    assert [amount_at(table, Decimal(points))] == inside


@always(percent, percent, answers(), questions())
def test_raising_prices_twice_is_raising_them_once_by_both(
    first: int, second: int, said: dict[str, Any], asked: list[dict[str, Any]]
) -> None:
    both = ((1 + Decimal(first) / 100) * (1 + Decimal(second) / 100) - 1) * 100
    twice = [step("a", "uprate", value=first), step("b", "uprate", value=second)]
    once = [step("c", "uprate", value=both)]
    made = (scheme(questions=asked, pipeline=pipeline) for pipeline in (twice, once))
    one, two = (figure(each, said) for each in made)
    assert one == two


@always(percent, answers(), questions())
def test_what_is_held_back_and_what_is_left_make_the_whole(
    held: int, said: dict[str, Any], asked: list[dict[str, Any]]
) -> None:
    gross = figure(scheme(questions=asked), said)
    allocation = allocate(
        scheme(questions=asked, pipeline=[step("kept", "contingency", value=held)]), said, on=ON
    )
    kept = -sum((line.amount for line in allocation.of_kind("contingency")), ZERO)
    assert gross is not None
    assert allocation.amount is not None
    assert allocation.amount + kept == gross
    assert 0 <= kept <= gross


@always(schemes(), answers(), money, money)
def test_the_figure_stays_between_floor_and_cap_and_a_cap_binds_once(
    made: Scheme, said: dict[str, Any], one: Decimal, two: Decimal
) -> None:
    low, high = sorted((one, two))
    written = as_written(made)
    last = [
        step("last_floor", "floor", value=str(low), lift_nothing=True),
        step("last_cap", "cap", value=str(high)),
    ]
    written["pipeline"] = [*written.get("pipeline", []), *last]
    bounded = _or_none(written)
    written["pipeline"] = [*written["pipeline"], step("again", "cap", value=str(high))]
    again = _or_none(written)
    assume(bounded is not None and again is not None)
    assert bounded is not None
    assert again is not None
    amount = allocate(bounded, said, on=ON).amount
    assume(amount is not None)
    assert amount is not None
    assert low <= amount <= high
    assert allocate(again, said, on=ON).amount == amount


def _or_none(written: dict[str, Any]) -> Scheme | None:
    try:
        return Scheme.model_validate(written)
    except ValueError:
        return None


@always(schemes(), answers())
def test_week_and_year_agree_within_half_a_penny_of_each_week(made: Scheme, said: dict[str, Any]) -> None:
    allocation = allocate(made, said, on=ON)
    assume(allocation.weekly is not None)
    assert allocation.weekly is not None
    assert allocation.annual is not None
    weeks = allocation.year_weeks
    assert abs(allocation.annual - allocation.weekly * weeks) <= PENNY / 2 * weeks + PENNY / 2


@always(st.decimals(-9999, 9999, places=4), st.sampled_from(["0.01", "0.5", "1", "5", "10"]))
def test_rounding_what_is_rounded_changes_nothing(amount: Decimal, unit: str) -> None:
    for mode in ("half_up", "half_even", "up", "down"):
        once = round_to(amount, Decimal(unit), mode)
        assert round_to(once, Decimal(unit), mode) == once


@always(money, money, percent)
def test_the_person_and_the_council_pay_the_whole_between_them(
    budget: Decimal, most: Decimal, part: int
) -> None:
    person, council = split(budget, most, Decimal(part))
    assert person + council == budget
    assert 0 <= person <= min(budget, most)


@always(schemes(), answers(), st.sampled_from(NEEDS))
def test_a_question_left_out_gives_no_figure_never_a_smaller_one(
    made: Scheme, said: dict[str, Any], need: str
) -> None:
    kept = {question: answer for question, answer in said.items() if question != need}
    allocation = allocate(made, kept, on=ON)
    assert (allocation.status, allocation.amount, allocation.missing) == ("incomplete", None, (need,))


@always(schemes(), answers())
def test_what_would_change_is_the_difference_worked_out_again(made: Scheme, said: dict[str, Any]) -> None:
    now = allocate(made, said, on=ON)
    for change in what_would_change(made, said, on=ON):
        then = allocate(made, {**said, change.question: change.answer}, on=ON)
        assert (change.status, change.amount) == (then.status, then.amount)
        if then.amount is not None and now.amount is not None:
            assert change.difference == then.amount - now.amount


@always(schemes(), answers())
def test_without_help_is_the_same_however_much_help_there_is(made: Scheme, said: dict[str, Any]) -> None:
    few, most = (without_help(made, {**said, "help_share": much}, on=ON) for much in ("few", "most"))
    assert few.amount == most.amount
    assert few.of_kind("reduction", "carer") == ()


@always(schemes(), answers())
def test_a_scheme_of_needs_alone_does_not_look_at_who_somebody_is(made: Scheme, said: dict[str, Any]) -> None:
    about = {"age": "82", "client_group": "older", "ethnicity": "any", "postcode": "ZZ1 1ZZ"}
    assert to_json(allocate(made, {**said, **about}, on=ON)) == to_json(allocate(made, said, on=ON))


@always(schemes())
def test_a_scheme_written_out_and_read_again_is_the_same(made: Scheme) -> None:
    again = Scheme.model_validate(json.loads(json.dumps(as_written(made))))
    assert again == made
    assert again.content_hash == made.content_hash
    assert canonical(again) == canonical(made)


@always(schemes())
def test_a_key_nobody_knows_is_refused(made: Scheme) -> None:
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        Scheme.model_validate({**as_written(made), "deflator": 1})


@always(models(), reducers(), pipelines(), answers(), questions())
def test_streams_come_to_the_whole_before_steps_on_it(
    model: dict[str, Any],
    off: list[dict[str, Any]],
    steps: list[dict[str, Any]],
    said: dict[str, Any],
    asked: list[dict[str, Any]],
) -> None:
    off = [reducer for reducer in off if reducer["scope"] != "total"]
    parts = {"questions": asked, "reducers": off, "scores": [{"round": {"unit": 1}}]}
    second = {"id": "more", "title": "More", "lines": [{"id": "sum", "label": "Sum", "amount": 12}]}
    made = scheme(**parts, streams=[*stream(**model), second])
    allocation = allocate(made, said, on=ON)
    assume(allocation.amount is not None)
    shown = sum((one.in_base or ZERO for one in allocation.streams), ZERO)
    assert allocation.amount is not None
    assert abs(allocation.amount - shown) <= PENNY
    alone = allocate(scheme(**parts, streams=stream(**model)), said, on=ON)
    assert alone.stream("care") == allocation.stream("care")
    stepped = allocate(scheme(**parts, streams=[*stream(**model), second], pipeline=steps), said, on=ON)
    assert stepped.streams == allocation.streams


def test_needs_worth_points_are_those_of_the_tests() -> None:
    # Guards the generator: with no points anywhere most properties above would hold of nothing.
    assert figure(scheme(), {"eating": "lot", "washing": "lot"}) == Decimal(POINTS["lot"] * 2 * 10)
