"""What is typed is kept while it is typed, and given back to whoever typed it and nobody else."""

from __future__ import annotations

import pytest

from tests.unsaved.conftest import button, words_of
from tests.visiting import begin

WORDS = "/assessment/nutrition_matters"
MINE = "a" * 32


def types(visitor, page, words, name=MINE, at=WORDS):
    """What the script of a page sends while somebody types."""
    fields = {**page.filled(), "nutrition_matters": words, "page": at, "kept": name}
    return visitor.post("/unsaved/typing", data=fields).status_code


def test_what_was_typed_is_kept_and_the_record_is_not_touched(person, record):
    page = person.page(WORDS)
    assert types(person, page, "Sundays wi") == 204
    assert types(person, page, "Sundays with my son") == 204
    (kept,) = record.kept()
    assert kept.fields["nutrition_matters"] == ["Sundays with my son"]
    assert kept.fields.keys() == {"nutrition_matters", "made_from"}
    assert "nutrition_matters" not in record.answers()


def test_on_return_one_may_use_it(person, record):
    types(person, person.page(WORDS), "Sundays")
    page = person.page(WORDS)
    assert "What you filled in here on" in words_of(page)
    assert page.form(WORDS).find("textarea").get_text(strip=True) == ""
    used = person.page(next(link for link in page.links if "kept=" in link))
    assert "It is not saved yet" in words_of(used)
    assert used.filled(WORDS)["nutrition_matters"] == "Sundays"
    person.send(used, to=WORDS)
    assert record.answers()["nutrition_matters"] == "Sundays"
    assert record.kept() == []


def test_on_return_one_may_throw_it_away(person, record):
    types(person, person.page(WORDS), "Sundays")
    page = person.page(WORDS)
    back = person.send(page, to=button(page, "Throw it away"))
    assert back.address == WORDS
    assert "What you filled in here" not in words_of(back)
    assert record.kept() == []


def test_saved_by_its_button_it_is_kept_no_longer(person, record):
    page = person.page(WORDS)
    types(person, page, "Sundays")
    person.send(page, {"nutrition_matters": "Sundays", "kept": MINE})
    assert record.kept() == []


def test_what_came_late_and_is_saved_already_is_not_offered(person):
    page = person.page(WORDS)
    person.send(page, {"nutrition_matters": "Sundays"})
    types(person, page, "Sundays")
    assert "What you filled in here" not in words_of(person.page(WORDS))


def test_used_after_somebody_else_saved_it_overwrites_nothing(person, record):
    types(person, person.page(WORDS), "Sundays")
    person.send(WORDS, {"nutrition_matters": "Soup"}, to=WORDS)
    page = person.page(WORDS)
    used = person.page(next(link for link in page.links if "kept=" in link))
    assert person.send(used, to=WORDS).status == 409
    assert record.answers()["nutrition_matters"] == "Soup"


def test_it_is_given_to_nobody_else(person, app):
    types(person, person.page(WORDS), "Sundays")
    other = app.test_client()
    other.environ_base["HTTP_REFERER"] = "https://localhost/"
    begin(other)
    other.send("/assessment/nutrition", {"nutrition": "lot"})
    assert "Sundays" not in other.get(f"{WORDS}?kept={MINE}").get_data(as_text=True)
    assert types(other, other.page(WORDS), "Mine now") == 404
    thrown = other.post(f"/unsaved/{MINE}/throw-away", data=other.page(WORDS).filled())
    assert thrown.status_code == 404
    assert "What you filled in here" in words_of(person.page(WORDS))


@pytest.mark.parametrize(
    "page", ["/account/save", "/account/sign-in", "https://example.org/", "//example.org", "/nowhere", ""]
)
def test_on_pages_with_a_passphrase_and_elsewhere_nothing_is_kept(person, record, page):
    assert types(person, person.page(WORDS), "Sundays", at=page) == 404
    assert record.kept() == []


def test_all_of_it_is_on_one_page(person):
    types(person, person.page(WORDS), "Sundays")
    page = person.page("/unsaved")
    assert "Sundays" in page.words
    person.send(page, to=button(page, "Throw it away"))
    assert "Everything you typed is saved." in person.page("/unsaved").words


def test_no_more_than_forty_are_kept(person, record):
    page = person.page(WORDS)
    for number in range(43):
        types(person, page, f"Text {number}", name=f"{number:032}")
    assert len(record.kept()) == 40


def test_a_form_that_is_wrong_is_kept_with_all_that_was_typed_in_it(person, record):
    page = person.send(
        "/plan/line/new?kind=hours", {"what": "Help to cook", "quantity": "many", "price": "20"}
    )
    assert page.status == 422
    assert (page.filled()["quantity"], page.filled()["price"]) == ("many", "20")
    again = person.page("/plan/line/new?kind=hours")
    assert "What you filled in here on" in words_of(again)
    person.send(page, {"quantity": "2"})
    assert record.kept() == []


def test_it_is_offered_on_its_own_form_and_on_the_way_to_it_and_on_no_other_form_of_the_page(person):
    start = "/plan/line/new?need=nutrition"
    person.send(f"{start}&kind=hours", {"who": "Anna"})

    def offered(address):
        return "What you filled in here" in words_of(person.page(address))

    assert offered(start) and offered(f"{start}&kind=hours")
    assert not offered(f"{start}&kind=sum")
