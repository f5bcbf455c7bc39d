"""Every kind of field: its label, its hint and its error belong to it, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag

from portal.fields import Choice, Control
from tests.look.conftest import Draw

OPTIONS = (
    Choice("alone", "By myself"),
    Choice("little", "A little help", "Someone reminds me"),
    Choice("not-sure", "I am not sure", apart=True),
)
KINDS = [
    Control("radios", "meals", "How much help?", options=OPTIONS, value="little"),
    Control("checkboxes", "meals", "What is hard?", options=OPTIONS, value=("alone", "little")),
    Control("text", "meals", "Your name", value="Asha"),
    Control("textarea", "meals", "What matters to you?", value="To cook\non Sundays"),
    Control("number", "meals", "How many hours?", value="12"),
    Control("money", "meals", "How much?", value="12.50"),
    Control("date", "meals", "When?", value=("27", "3", "1958")),
    Control("select", "meals", "Who?", options=OPTIONS, value="little"),
    Control("email", "meals", "Your email", value="asha@example.com"),
    Control("passphrase", "meals", "A passphrase"),
]
ONE = "{% from 'components/controls.html' import control %}{{ control(c) }}"
WITH_SUMMARY = "{% from 'components/layout.html' import error_summary %}{{ error_summary((c,)) }}" + ONE

each_kind = pytest.mark.parametrize("control", KINDS, ids=lambda control: control.kind)


def described(page: BeautifulSoup, holder: Tag) -> list[str]:
    """What a screen reader adds to a name, in order."""
    ids = str(holder.get("aria-describedby", "")).split()
    found = [page.find(id=name) for name in ids]
    assert all(found), ids
    return [" ".join(element.get_text(" ").split()) for element in found if element]


def holder_of(page: BeautifulSoup) -> Tag:
    """What carries hint and error: the group where there is one, else the field."""
    holder = page.find("fieldset") or page.find(["input", "textarea", "select"])
    assert holder
    return holder


@each_kind
def test_every_field_has_a_label_of_its_own(draw: Draw, control: Control) -> None:
    page = draw(ONE, c=control)
    fields = page.find_all(["input", "textarea", "select"])
    assert fields
    for field in fields:
        assert len(page.find_all("label", attrs={"for": field["id"]})) == 1
    assert control.label in page.get_text()


@each_kind
def test_the_hint_is_read_before_the_error(draw: Draw, control: Control) -> None:
    page = draw(ONE, c=replace(control, hint="A hint", error="Say more"))
    assert described(page, holder_of(page)) == ["A hint", "Error: Say more"]


@each_kind
def test_a_field_without_hint_and_error_is_described_by_nothing(draw: Draw, control: Control) -> None:
    assert not holder_of(draw(ONE, c=control)).has_attr("aria-describedby")


@each_kind
def test_the_summary_leads_to_the_first_input(draw: Draw, control: Control) -> None:
    page = draw(WITH_SUMMARY, c=replace(control, error="Say more"))
    link = page.select_one("#problems a")
    assert link
    assert link.get_text() == "Say more"
    first = page.find_all(["input", "textarea", "select"])[0]
    assert link["href"] == f"#{first['id']}"


@each_kind
def test_the_label_may_be_the_heading_of_the_page(draw: Draw, control: Control) -> None:
    headings = draw(ONE, c=replace(control, heading=True)).find_all("h1")
    assert [heading.get_text() for heading in headings] == [control.label]


@each_kind
def test_what_may_be_left_out_says_so(draw: Draw, control: Control) -> None:
    assert f"{control.label} (optional)" in draw(ONE, c=replace(control, optional=True)).get_text()


@each_kind
def test_what_a_person_typed_is_shown_and_never_run(draw: Draw, control: Control) -> None:
    words = "<b>\"'&"
    page = draw(ONE, c=replace(control, label=words, hint=words, error=words))
    assert not page.find("b")
    assert page.get_text().count(words) == 3


def test_the_error_of_a_date_leads_to_the_box_that_is_wrong(draw: Draw) -> None:
    date = replace(KINDS[6], error="Enter the month too", wrong=("month", "year"))
    page = draw(WITH_SUMMARY, c=date)
    assert [link["href"] for link in page.select("#problems a")] == ["#meals-month"]
    assert [box["id"] for box in page.select("input.wrong")] == ["meals-month", "meals-year"]


def test_what_was_chosen_stays_chosen(draw: Draw) -> None:
    for control, expected in ((KINDS[0], ["little"]), (KINDS[1], ["alone", "little"])):
        page = draw(ONE, c=control)
        assert [box["value"] for box in page.select("input[checked]")] == expected
    assert [one["value"] for one in draw(ONE, c=KINDS[7]).select("option[selected]")] == ["little"]


def test_a_part_of_a_value_chooses_nothing(draw: Draw) -> None:
    page = draw(ONE, c=replace(KINDS[0], value="little-more"))
    assert page.select("input[checked]") == []


def test_what_was_typed_stays_typed(draw: Draw) -> None:
    area = draw(ONE, c=KINDS[3]).textarea
    assert area
    assert area.get_text().removeprefix("\n") == "To cook\non Sundays"
    assert [box["value"] for box in draw(ONE, c=KINDS[6]).select("input")] == ["27", "3", "1958"]


def test_a_passphrase_is_never_sent_back(draw: Draw) -> None:
    box = draw(ONE, c=replace(KINDS[9], value="correct horse battery")).input
    assert box
    assert not box.has_attr("value")
    assert box["type"] == "password"


def test_an_or_stands_before_the_answer_that_stands_apart(draw: Draw) -> None:
    page = draw(ONE, c=KINDS[1])
    divider = page.select_one(".or")
    assert divider
    following = divider.find_next("input")
    assert following
    assert following["value"] == "not-sure"


def test_the_hint_of_an_answer_is_not_part_of_its_name(draw: Draw) -> None:
    page = draw(ONE, c=KINDS[0])
    box = page.select_one("input[value=little]")
    assert box
    label = page.select_one(f"label[for={box['id']}]")
    assert label
    assert label.get_text() == "A little help"
    assert described(page, box) == ["Someone reminds me"]


def test_one_tick_box_without_a_question_needs_no_group(draw: Draw) -> None:
    agree = Control("checkboxes", "agree", "", error="Tick the box", options=(Choice("y", "I agree"),))
    page = draw(WITH_SUMMARY, c=agree)
    assert not page.find("fieldset")
    box = page.select_one("input")
    assert box
    assert described(page, box) == ["Error: Tick the box"]
    assert page.select("#problems a[href='#agree']")


def test_money_may_ask_how_often(draw: Draw) -> None:
    often = (Choice("week", "Every week"), Choice("month", "Every month"))
    page = draw(ONE, c=Control("money", "rent", "Rent", value=("12.50", "month"), options=often))
    boxes = {str(box["name"]): box for box in page.find_all(["input", "select"])}
    assert boxes["rent"]["value"] == "12.50"
    assert [one["value"] for one in boxes["rent-every"].select("option[selected]")] == ["month"]


def test_a_long_answer_says_how_long_it_may_be_without_a_script(draw: Draw) -> None:
    page = draw(ONE, c=replace(KINDS[3], hint="A hint", maximum=500))
    area = page.textarea
    assert area
    assert described(page, area) == ["A hint", "You can write up to 500 characters."]
    assert [script["src"] for script in page.select("script")] == ["/static/1/scripts/count.js"]


def test_fields_that_belong_together_share_a_heading(draw: Draw) -> None:
    source = (
        "{% from 'components/controls.html' import field_group %}"
        "{{ field_group('Your address', all, 'Hint') }}"
    )
    page = draw(source, all=(Control("text", "street", "Street"), Control("text", "town", "Town")))
    group = page.fieldset
    assert group
    assert group.legend
    assert group.legend.get_text() == "Your address"
    assert described(page, group) == ["Hint"]
    assert [box["name"] for box in group.select("input")] == ["street", "town"]


def test_nothing_wrong_draws_no_summary(draw: Draw) -> None:
    assert not draw(WITH_SUMMARY, c=KINDS[0]).find(id="problems")
