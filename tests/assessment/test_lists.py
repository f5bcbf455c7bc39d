"""Adding one more, changing it and removing it, each on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.assessment.test_question_pages import stored

if TYPE_CHECKING:
    from tests.assessment.conftest import Person
    from tests.browsing import Page


@pytest.fixture
def helped(person: Person) -> Person:
    """Somebody whom family or friends help."""
    person.said(nutrition="lot", help_with=["nutrition"])
    return person


def adds(person: Person, name: str, hours: str = "10") -> Page:
    boxes = {"helpers-name": name, "helpers-relation": "child", "helpers-hours": hours}
    return person.client.send("/assessment/helpers/add", boxes)


def test_a_list_that_may_stay_empty_first_asks_whether_there_is_any(helped: Person, app: Flask) -> None:
    page = helped.page("/assessment/helpers")
    assert "Do you want to add a person who helps you?" in page.words
    assert helped.client.send(page, {"another": "no"}).address == "/assessment/carer_break"
    assert stored(app)["helpers"] == []
    assert "None" in helped.page("/assessment/check").words


def test_yes_leads_to_the_form_and_back_to_the_list(helped: Person, app: Flask) -> None:
    form = helped.client.send("/assessment/helpers", {"another": "yes"})
    assert form.address == "/assessment/helpers/add"
    page = adds(helped, "Anna")
    assert page.address == "/assessment/helpers"
    assert "Anna" in page.words
    assert "Do you want to add another person who helps you?" in page.words
    assert stored(app)["helpers"] == [{"name": "Anna", "relation": "child", "hours": "10"}]


def test_the_list_asks_for_yes_or_no(helped: Person) -> None:
    page = helped.client.send("/assessment/helpers", {})
    assert page.status == 422
    assert page.errors == ["Select yes or no"]


def test_a_wrong_field_is_shown_with_what_was_typed_and_nothing_is_added(helped: Person, app: Flask) -> None:
    page = adds(helped, "Anna", hours="200")
    assert page.status == 422
    assert page.errors == ["Hours a week: Enter 168 or less"]
    assert page.filled()["helpers-name"] == "Anna"
    assert "helpers" not in stored(app)


def test_one_is_changed_in_its_place(helped: Person, app: Flask) -> None:
    adds(helped, "Anna")
    adds(helped, "Ben")
    shown = helped.page("/assessment/helpers/1")
    assert shown.filled()["helpers-name"] == "Anna"
    helped.client.send(shown, {"helpers-name": "Annie"})
    assert [each["name"] for each in stored(app)["helpers"]] == ["Annie", "Ben"]  # type: ignore[attr-defined]


def test_removing_asks_first(helped: Person, app: Flask) -> None:
    adds(helped, "Anna")
    adds(helped, "Ben")
    asked = helped.page("/assessment/helpers/1/remove")
    assert "Anna" in asked.words
    assert len(stored(app)["helpers"]) == 2  # type: ignore[arg-type]
    helped.client.send(asked)
    assert [each["name"] for each in stored(app)["helpers"]] == ["Ben"]  # type: ignore[attr-defined]


def test_a_removal_never_meets_another_item_than_the_one_that_was_shown(helped: Person, app: Flask) -> None:
    adds(helped, "Anna")
    adds(helped, "Ben")
    first, again = helped.page("/assessment/helpers/1/remove"), helped.page("/assessment/helpers/1/remove")
    helped.client.send(first)
    helped.client.send(again)
    assert [each["name"] for each in stored(app)["helpers"]] == ["Ben"]  # type: ignore[attr-defined]


def test_a_change_to_a_list_that_was_changed_elsewhere_keeps_what_was_typed(
    helped: Person, app: Flask
) -> None:
    adds(helped, "Anna")
    adds(helped, "Ben")
    shown = helped.page("/assessment/helpers/1")
    helped.client.send("/assessment/helpers/1/remove")
    page = helped.client.send(shown, {"helpers-name": "Annie"})
    assert page.status == 409
    assert page.filled()["helpers-name"] == "Annie"
    helped.client.send(page)
    assert [each["name"] for each in stored(app)["helpers"]] == ["Ben", "Annie"]  # type: ignore[attr-defined]


def test_a_full_list_takes_no_more(helped: Person, app: Flask) -> None:
    filled = helped.page("/assessment/helpers/add").filled()
    helped.said(helpers=[{"name": f"Helper {number}", "relation": "child"} for number in range(8)])
    adds_one_more = helped.client.post(
        "/assessment/helpers/add", data={**filled, "helpers-name": "One more", "helpers-relation": "child"}
    )
    assert adds_one_more.status_code == 303
    page = helped.page("/assessment/helpers/add")
    assert page.address == "/assessment/helpers"
    assert "You can add up to 8." in page.words
    assert len(stored(app)["helpers"]) == 8  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address", ["/assessment/helpers/2", "/assessment/helpers/0", "/assessment/nutrition/1"]
)
def test_an_item_that_does_not_exist_is_not_found(helped: Person, address: str) -> None:
    adds(helped, "Anna")
    assert helped.page(address).status == 404


def test_an_empty_item_is_asked_for_its_fields_and_not_added(helped: Person, app: Flask) -> None:
    page = helped.client.send("/assessment/helpers/add", {"helpers-name": "", "helpers-hours": ""})
    assert page.status == 422
    assert page.errors == [
        "Enter a name, or what you call this person",
        "Select who this person is to you",
    ]
    assert "helpers" not in stored(app)


def test_an_item_of_which_nothing_is_asked_any_more_can_be_removed(helped: Person, app: Flask) -> None:
    adds(helped, "Anna")
    with app.extensions["engine"].begin() as connection:
        connection.exec_driver_sql("UPDATE answer SET value = '[{}]' WHERE question = 'helpers'")
    page = helped.page("/assessment/helpers")
    assert page.status == 200
    assert any(link.endswith("/remove") for link in page.links)
