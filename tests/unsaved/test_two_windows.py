"""Two windows, or two people, on the same page: nothing is overwritten that nobody has seen."""

from __future__ import annotations

import pytest

from tests.unsaved.conftest import button, words_of

WORDS = "/assessment/nutrition_matters"
NAME = "/assessment/your_name"
BUTTON = "Save what I wrote"


def test_the_second_of_two_is_shown_both_and_nothing_is_stored_yet(person, record):
    first, second = person.page(WORDS), person.page(WORDS)
    person.send(first, {"nutrition_matters": "Sundays with my son"})
    page = person.send(second, {"nutrition_matters": "A hot meal at noon"})
    assert page.status == 409
    assert page.heading == "This was saved while you were writing"
    assert "Sundays with my son" in page.words and "A hot meal at noon" in page.words
    assert record.answers()["nutrition_matters"] == "Sundays with my son"


def clash(person):
    """A page on which one has to choose."""
    first, second = person.page(WORDS), person.page(WORDS)
    person.send(first, {"nutrition_matters": "Sundays with my son"})
    return person.send(second, {"nutrition_matters": "A hot meal at noon"})


def test_it_says_when_it_was_saved_and_that_it_was_in_another_window(person):
    assert "You saved it in another window on" in clash(person).words


def test_one_may_keep_what_one_wrote(person, record):
    page = clash(person)
    assert person.send(page, to=button(page, BUTTON)).status == 200
    assert record.answers()["nutrition_matters"] == "A hot meal at noon"
    assert record.kept() == []


def test_one_may_leave_what_is_saved(person, record):
    page = clash(person)
    back = person.send(page, to=button(page, "Leave what is saved now"))
    assert back.filled()["nutrition_matters"] == "Sundays with my son"
    assert record.kept() == []


def test_one_may_put_both_together(person, record):
    page = clash(person)
    (link,) = [one for one in page.links if "both=yes" in one]
    together = person.page(link)
    assert together.filled()["nutrition_matters"] == "Sundays with my son\n\nA hot meal at noon"
    assert person.send(together).status == 200
    assert record.answers()["nutrition_matters"] == "Sundays with my son\n\nA hot meal at noon"
    assert record.kept() == []


def test_a_third_who_saves_while_one_chooses_is_not_overwritten_either(person, record):
    page = clash(person)
    person.send(WORDS, {"nutrition_matters": "Soup"})
    again = person.send(page, to=button(page, BUTTON))
    assert again.status == 409
    assert "Soup" in again.words
    assert record.answers()["nutrition_matters"] == "Soup"


def test_what_was_refused_is_still_there_when_the_window_is_closed(person):
    clash(person)
    page = person.page(WORDS)
    assert "What you filled in here on" in words_of(page)
    (link,) = [one for one in page.links if "kept=" in one]
    assert person.page(link).filled()["nutrition_matters"] == "A hot meal at noon"


def test_the_same_saved_twice_is_no_clash(person, record):
    first, second = person.page(WORDS), person.page(WORDS)
    person.send(first, {"nutrition_matters": "Sundays"})
    assert person.send(second, {"nutrition_matters": "Sundays "}).status == 200
    assert record.kept() == []


def test_two_who_changed_different_boxes_both_keep_theirs(person, record):
    person.send(NAME, {"your_name-full_name": "Ann Lee"})
    first, second = person.page(NAME), person.page(NAME)
    person.send(first, {"your_name-known_as": "Annie"})
    assert person.send(second, {"your_name-full_name": "Ann Leigh"}).status == 200
    assert record.answers()["your_name"] == {"full_name": "Ann Leigh", "known_as": "Annie"}


def test_an_option_is_told_in_the_words_of_the_page(person):
    first, second = person.page("/assessment/hygiene"), person.page("/assessment/hygiene")
    person.send(first, {"hygiene": "some"})
    page = person.send(second, {"hygiene": "lot"})
    assert page.status == 409
    assert "wash part of my body each day" in page.words


@pytest.mark.parametrize(("address", "field"), [("/choices/planner", "chosen"), ("/choices/money", "chosen")])
def test_choices_are_guarded_too(person, address, field):
    first, second = person.page(address), person.page(address)
    offered = [str(one["value"]) for one in first.soup.select(f'input[name="{field}"]')]
    person.send(first, {field: [offered[0]]})
    page = person.send(second, {field: [offered[1]]})
    assert page.status == 409
    labels = [one.get_text(strip=True) for one in first.soup.select("main .choice label")]
    assert labels[0] in page.words and labels[1] in page.words
    person.send(page, to=button(page, BUTTON))
    assert offered[1] in str(person.page(address).filled()[field])


def test_what_was_removed_meanwhile_is_told_with_what_was_typed(person):
    add = "/plan/backup/new"
    person.send(add, {"wrong": "Nobody comes", "then": "Phone Ann"})
    here = next(
        one for one in person.page("/plan/backup").links if one.startswith("/plan/backup/") and one != add
    )
    late, removing = person.page(here), person.page(f"{here}/remove")
    person.send(removing)
    refused = person.send(late, {"then": "Phone Joe"})
    assert (refused.status, refused.heading) == (404, "This was removed")
    assert "You removed it in another window on" in refused.words
    assert "Phone Joe" in refused.words
    assert add in refused.links
    assert "Phone Joe" in person.page("/unsaved").words
    assert person.page(here).heading == "This was removed"
    assert person.page("/plan/backup/never-there").heading == "We cannot find that page"


def test_an_item_of_a_list_that_was_removed_meanwhile_is_told_too(person):
    person.send("/assessment/help_with", {"help_with": ["nutrition"]})
    anna = {"helpers-name": "Anna", "helpers-relation": "child", "helpers-hours": "10"}
    person.send("/assessment/helpers/add", anna)
    person.send("/assessment/helpers/1/remove")
    gone = person.page("/assessment/helpers/1")
    assert gone.heading == "This was removed"
    assert "/assessment/helpers/add" in gone.links
    assert person.page("/assessment/helpers/9").heading == "We cannot find that page"
