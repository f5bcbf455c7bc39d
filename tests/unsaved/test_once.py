"""A form sent twice does once what it does."""

from __future__ import annotations

import pytest

ADD = "/assessment/helpers/add"
ANNA = {"helpers-name": "Anna", "helpers-relation": "child", "helpers-hours": "10"}


@pytest.fixture
def helped(person):
    """Somebody whom family or friends help."""
    person.send("/assessment/help_with", {"help_with": ["nutrition"]})
    return person


def names(record) -> list[str]:
    return [item["name"] for item in record.answers().get("helpers", [])]


def test_a_second_press_gets_the_first_answer(helped, record):
    sent = {**helped.page(ADD).filled(), **ANNA}
    first, second = (helped.post(ADD, data=sent) for _press in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert names(record) == ["Anna"]


def test_gone_back_and_written_anew_it_is_another_form(helped, record):
    page = helped.page(ADD)
    for name in ("Anna", "Ben"):
        helped.send(page, {**ANNA, "helpers-name": name})
    assert names(record) == ["Anna", "Ben"]


def test_wrong_first_and_put_right_it_is_done(helped, record):
    page = helped.send(ADD, {**ANNA, "helpers-hours": "200"})
    assert page.status == 422
    helped.send(page, {"helpers-hours": "20"})
    assert names(record) == ["Anna"]
    assert record.kept() == []


def test_the_same_sent_wrong_twice_is_answered_twice(helped):
    sent = {**helped.page(ADD).filled(), **ANNA, "helpers-hours": "200"}
    assert [helped.post(ADD, data=sent).status_code for _press in range(2)] == [422, 422]


def test_removed_twice_it_leads_where_it_led_the_first_time(helped, record):
    for name in ("Anna", "Ben"):
        helped.send(ADD, {**ANNA, "helpers-name": name})
    remove = "/assessment/helpers/1/remove"
    sent = helped.page(remove).filled()
    first, second = (helped.post(remove, data=sent) for _press in range(2))
    assert first.location == second.location == "/assessment/helpers"
    assert names(record) == ["Ben"]
