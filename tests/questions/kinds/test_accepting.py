"""People write numbers, money and dates in their own way, and are understood."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.pack.questions import Question
from portal.questions.kinds import keep, problems, read, tell
from portal.questions.kinds.base import Message, Money, Number, Part
from portal.questions.kinds.date import month_in
from portal.questions.kinds.money import pounds_in
from portal.questions.kinds.number import number_in
from portal.text import clean

TODAY = date(2026, 11, 22)


class Filled(dict[str, list[str]]):
    def getlist(self, key: str) -> list[str]:
        return self.get(key, [])


def filled(**boxes: str | list[str]) -> Filled:
    return Filled(
        {
            name.replace("_", "-"): [value] if isinstance(value, str) else value
            for name, value in boxes.items()
        }
    )


def question(kind: str, **more: Any) -> Question:
    return Question.model_validate({"id": "it", "kind": kind, "ask": "What?", "short": "It", **more})


def wrong(asked: Question, **boxes: str | list[str]) -> list[tuple[str, str]]:
    found = problems(asked, read(asked, filled(**boxes)), TODAY)
    return [
        (
            "-".join((p.name, *p.ends[:1])),
            p.message.msgid if isinstance(p.message, Message) else p.message.text,
        )
        for p in found
    ]


def kept(asked: Question, **boxes: str | list[str]) -> Any:
    return keep(asked, read(asked, filled(**boxes)), TODAY)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        (" 12 ", "12"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("1,200", "1200"),
        ("1 200.50", "1200.50"),
        (".5", "0.5"),
        ("2½", "2.5"),
        ("½", "0.5"),
        ("twelve", "12"),
        ("None", "0"),
        ("about 12", "12"),
        ("12.", "12"),
        ("12 hours", "12"),
        ("12hrs", None),
        ("one hour", "1"),
        ("12 minutes", None),
        ("1.2.3", None),
        ("1,20,0", None),
        ("a lot", None),
        ("-", None),
        ("", None),
        ("1e5", None),
        ("٣", "3"),
        ("9" * 16, None),
    ],
)
def test_a_number_is_understood_as_people_write_it(typed: str, number: str | None) -> None:
    assert number_in(typed, "hours a week") == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("£1,234.50", "1234.50"),
        ("£ 12", "12"),
        ("12 pounds", "12"),
        ("12 quid", None),
        ("50p", "0.50"),
        ("12.505", "12.505"),
        ("-5", "-5"),
    ],
)
def test_an_amount_is_understood_as_people_write_it(typed: str, pounds: str | None) -> None:
    assert pounds_in(typed) == (Decimal(pounds) if pounds else None)


@pytest.mark.parametrize(
    ("typed", "month"),
    [("3", 3), ("03", 3), ("mar", 3), ("March", 3), ("SEPT", 9), ("dec.", 12), ("13", None), ("ma", None)],
)
def test_a_month_may_be_a_number_or_a_name(typed: str, month: int | None) -> None:
    assert month_in(typed) == month


def test_a_number_is_kept_without_needless_noughts() -> None:
    assert kept(question("number"), it="12.0") == "12"
    assert kept(question("number"), it="100") == "100"
    assert kept(question("number", whole=False), it="12.50") == "12.5"


def test_a_number_outside_its_limits_is_told_the_limit() -> None:
    hours = question("number", minimum=1, maximum=168)
    assert wrong(hours, it="169") == [("it", "Enter %(most)s or less")]
    assert wrong(hours, it="0") == [("it", "Enter %(least)s or more")]
    assert wrong(question("number"), it="-1") == [("it", "Enter %(least)s or more")]
    assert wrong(question("number"), it="1.5") == [("it", "Enter a whole number, like 3")]
    assert wrong(hours, it="lots") == [("it", "Enter a number in figures, like 3")]


def test_money_is_kept_to_the_penny_with_how_often() -> None:
    assert kept(question("money"), it="£12.5", it_every="week") == {"pounds": "12.50", "every": "week"}
    assert tell(question("money"), {"pounds": "12.50", "every": "week"}) == Money(Decimal("12.50"), "week")


def test_money_asks_how_often_and_links_to_that_box() -> None:
    assert wrong(question("money"), it="12") == [("it-every", "Choose how often")]
    assert wrong(question("money"), it="12", it_every="fortnight") == [("it-every", "Choose how often")]


def test_nothing_needs_no_how_often() -> None:
    assert kept(question("money"), it="0") == {"pounds": "0.00", "every": "week"}


def test_money_with_one_period_or_none_does_not_ask_how_often() -> None:
    assert kept(question("money", periods=["year"]), it="12") == {"pounds": "12.00", "every": "year"}
    assert kept(question("money", periods=[]), it="12") == {"pounds": "12.00"}


def test_part_of_a_penny_is_asked_again() -> None:
    assert wrong(question("money"), it="12.505", it_every="week") == [
        ("it", "Enter pounds and pence, like 12.50")
    ]


def test_a_date_is_kept_as_a_date_however_it_is_typed() -> None:
    born = question("date", days="past")
    for boxes in (
        {"it_day": "27", "it_month": "3", "it_year": "1958"},
        {"it_day": "27th", "it_month": "march", "it_year": "1958"},
        {"it_day": "27/3/1958"},
        {"it_day": "27 March 1958"},
    ):
        assert kept(born, **boxes) == "1958-03-27"
    assert tell(born, "1958-03-27") == date(1958, 3, 27)


@pytest.mark.parametrize(
    ("day", "month", "year", "box"),
    [
        ("", "3", "1958", "it-day"),
        ("27", "", "1958", "it-month"),
        ("27", "3", "", "it-year"),
        ("", "", "1958", "it-day"),
        ("32", "3", "1958", "it-day"),
        ("27", "13", "1958", "it-month"),
        ("27", "3", "58", "it-year"),
        ("30", "2", "1958", "it-day"),
        ("27", "3", "2027", "it-year"),
        ("", "", "", "it"),
    ],
)
def test_a_wrong_date_links_to_the_box_that_is_wrong(day: str, month: str, year: str, box: str) -> None:
    born = question("date", days="past")
    [(control, _words)] = wrong(born, it_day=day, it_month=month, it_year=year)
    assert control == box


def test_a_date_to_come_may_not_have_passed() -> None:
    move = question("date", days="future")
    assert wrong(move, it_day="1 1 2026") == [("it-year", "Enter a date that has not passed")]


def test_an_answer_and_not_sure_together_are_a_problem() -> None:
    both = [("it", "Give an answer or tick the box below. You cannot do both.")]
    for kind in ("number", "money", "short_text", "long_text"):
        assert wrong(question(kind, not_sure=True), it="1", it_unknown="not-sure") == both
    assert wrong(question("date", not_sure=True), it_day="1 1 2026", it_unknown="not-sure") == both


OPTIONS = [
    {"id": "a", "label": "A"},
    {"id": "b", "label": "B"},
    {"id": "none", "label": "None of these", "exclusive": True},
]


def test_an_answer_that_stands_alone_cannot_go_with_others() -> None:
    [(control, words)] = wrong(question("any_of", options=OPTIONS), it=["a", "none"])
    assert control == "it"
    assert words == "Select the answers that fit, or only “%(alone)s”. You cannot select both."
    assert kept(question("any_of", options=OPTIONS), it=["a", "none"]) is None


def test_several_answers_are_kept_in_the_order_of_the_page_and_once() -> None:
    assert kept(question("any_of", options=OPTIONS), it=["b", "a", "b", "made-up"]) == ["a", "b"]


def test_an_option_that_is_not_offered_is_not_taken() -> None:
    assert wrong(question("one_of", options=OPTIONS[:2]), it="none") == [("it", "Select one answer")]
    assert wrong(question("yes_no"), it="perhaps") == [("it", "Select yes or no")]


def test_a_council_s_own_words_say_what_is_missing() -> None:
    assert wrong(question("yes_no", missing="Select yes if you live alone")) == [
        ("it", "Select yes if you live alone")
    ]


def test_a_stored_option_that_a_new_pack_has_dropped_is_told_as_such() -> None:
    told = tell(question("one_of", options=OPTIONS[:2]), "gone")
    assert told == Message("An answer that is no longer offered")


def test_a_text_that_is_too_long_is_told_by_how_much() -> None:
    short = question("short_text", maximum=5)
    [problem] = problems(short, read(short, filled(it="1234567")), TODAY)
    assert isinstance(problem.message, Message)
    assert problem.message.values == {"over": 2}


def test_one_line_stays_one_line() -> None:
    assert kept(question("short_text"), it="Anna\r\nSmith") == "Anna Smith"
    assert kept(question("long_text"), it="Anna\r\nSmith") == "Anna\nSmith"


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{{7*7}}", "' OR 1=1 --", "=1+1", "%(name)s", "a\u202eb"]
)
def test_hostile_text_is_only_text(hostile: str) -> None:
    asked = question("long_text")
    assert kept(asked, it=hostile) == clean(hostile)
    assert tell(asked, hostile) == hostile


PERSON = [
    {"id": "name", "kind": "short_text", "ask": "Name", "short": "Name"},
    {"id": "hours", "kind": "number", "ask": "Hours", "short": "Hours", "unit": "hours a week"},
    {"id": "phone", "kind": "short_text", "ask": "Phone", "short": "Phone", "optional": True},
]


def test_the_right_fields_of_a_page_are_kept_while_one_is_wrong() -> None:
    asked = question("group", fields=PERSON)
    boxes = {"it_name": "Anna", "it_hours": "lots"}
    assert wrong(asked, **boxes) == [("it-hours", "Enter a number in figures, like 3")]
    assert kept(asked, **boxes) == {"name": "Anna"}


def test_a_problem_of_one_field_says_which_field() -> None:
    asked = question("group", fields=PERSON)
    [problem] = problems(asked, read(asked, filled(it_name="Anna")), TODAY)
    assert problem.about is not None
    assert problem.about.text == "Hours"


def test_fields_are_told_one_by_one_with_their_names() -> None:
    asked = question("group", fields=PERSON)
    told = tell(asked, {"name": "Anna", "hours": "3"})
    name, hours = asked.fields[:2]
    assert told == (Part(name.short, "Anna"), Part(hours.short, Number(Decimal(3), hours.unit)))


def test_a_date_to_come_is_not_shown_a_year_long_past_as_the_example() -> None:
    come = question("date", days="future")
    for boxes in ({"it_day": "5"}, {"it_day": "5", "it_month": "1", "it_year": "27"}):
        assert "1958" not in wrong(come, **boxes)[0][1]
    assert "1958" in wrong(question("date", days="past"), it_day="5")[0][1]
