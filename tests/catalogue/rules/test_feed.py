"""A saved feed is read whole: both forms, all pages, and whatever is wrong is told with its line."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.rules.feed import read_feed
from portal.catalogue.rules.services import Cost, Opening, Venue, as_data, fingerprint, from_data
from tests.catalogue.feeds import OLDER, SAMPLE, page, service


def only(text: str):
    feed = read_feed([("feed.json", text)])
    (found,) = feed.services.values()
    return found, feed


def test_the_sample_of_the_profile_is_read_whole():
    found, feed = only(page(SAMPLE))
    assert found.name == "Community Counselling"
    assert found.costs == (
        Cost(amount=Decimal("35.00"), option="Under 18s and Over 60s", unit="per 1 hour session"),
    )
    assert found.openings == (Opening(days=("TH", "FR"), opens="10:00", closes="18:00"),)
    assert found.venues == (
        Venue(
            address="1-30 Main Street",
            town="MyCity",
            postcode="ABC 1234",
            accessible="Induction loops; wheelchair access on all levels",
        ),
    )
    assert found.numbers == (("Company number", "1234567"),)
    assert (found.least_age, found.most_age, found.confirmed) == (12, 100, date(2005, 1, 1))
    assert feed.faults == []


def test_the_older_form_is_read_into_the_same_parts():
    found, feed = only(json.dumps({"totalElements": 1, "totalPages": 1, "number": 1, "content": [OLDER]}))
    assert (found.description, found.phones, found.languages) == (
        "Tea and talk",
        ("01632 960333",),
        ("Polish",),
    )
    assert found.costs == (Cost(amount=Decimal("1.50"), option="Tea", unit="a cup"),)
    assert found.openings == (Opening(days=("MO",), opens="10:00", closes="12:00"),)
    assert (found.places, found.terms, found.least_age) == (("Longmarch",), ("Social groups",), 55)
    assert found.venues[0].accessible == "A ramp"
    assert feed.faults == []


@pytest.mark.parametrize("name", ["id", "name", "status"])
def test_a_row_without_what_every_service_has_is_left_out_and_told(name):
    bad = service("b") | {name: ""}
    feed = read_feed([("feed.json", page(service("a"), bad))])
    (fault,) = feed.faults
    assert (list(feed.services), feed.lost) == (["a"], 1)
    assert fault.lost
    assert f"{name} missing" in str(fault)


def test_a_fault_names_file_line_and_row():
    text = page(service("first"), service("second", status="open"))
    (fault,) = read_feed([("saved.json", text)]).faults
    assert str(fault).startswith(
        f"saved.json:{text[: text.index('second')].count(chr(10)) + 1}: second: status"
    )


def test_what_is_wrong_inside_a_row_is_left_out_and_told_and_the_row_is_kept():
    row = service(
        "a",
        cost_options=[{"amount": "a little"}, {"amount": 2}],
        phones=[{"id": "p"}],
        assured_date="last week",
        organization={"id": "o", "name": "A club"},
    )
    found, feed = only(page(row))
    assert [cost.amount for cost in found.costs] == [Decimal(2)]
    assert found.confirmed is None
    told = " ".join(map(str, feed.faults))
    assert all(words in told for words in ("a little", "no number", "last week", "no description"))
    assert feed.lost == 0


def test_a_service_that_is_there_twice_is_read_once_and_told():
    feed = read_feed([("feed.json", page(service("a"), service("a")))])
    assert (len(feed.services), feed.repeated, feed.rows) == (1, 1, 2)
    assert "there twice and says the same" in str(feed.faults[0])


def test_of_two_with_the_same_id_the_one_changed_last_is_read():
    old = service("a", name="Old", last_modified="2025-01-01")
    new = service("a", name="New", last_modified="2026-01-01")
    for rows in ((old, new), (new, old)):
        found, feed = only(page(*rows))
        assert found.name == "New"
        assert "different words" in str(feed.faults[0])


def test_pages_come_together_and_one_that_is_missing_is_told():
    first = page(service("a"), total_items=3, total_pages=3, page_number=1)
    third = page(service("c"), total_items=3, total_pages=3, page_number=3)
    second = page(service("b"), total_items=3, total_pages=3, page_number=2)
    whole = read_feed([("1", first), ("2", second), ("3", third)])
    assert (list(whole.services), whole.faults) == (["a", "b", "c"], [])
    told = " ".join(map(str, read_feed([("1", first), ("3", third)]).faults))
    assert "3 pages, and 2 are here" in told
    assert "3 services, and 2 rows are here" in told


def test_several_pages_in_one_file_and_bare_rows_are_read_too():
    pages = json.dumps([json.loads(page(service("a"))), json.loads(page(service("b")))])
    assert list(read_feed([("pages", pages)]).services) == ["a", "b"]
    assert list(read_feed([("rows", json.dumps([service("a"), service("b")]))]).services) == ["a", "b"]
    assert list(read_feed([("one", json.dumps(service("a")))]).services) == ["a"]


@pytest.mark.parametrize("text", ["<html>", "", "7", '{"contents": [1, null, "x"]}', "[" * 5000])
def test_what_is_no_feed_is_told_and_breaks_nothing(text):
    feed = read_feed([("feed.json", text)])
    assert feed.services == {}
    assert feed.lost


def test_a_rating_stands_apart_from_what_the_service_is():
    rated = {"value": "2026-02-17", "taxonomy_term": {"name": "Good", "taxonomy": "CQC overall rating"}}
    term = {"taxonomy_term": {"name": "Meals", "taxonomy": "Ours"}}
    found, _feed = only(page(service("a", attributes=[term, rated])))
    assert (found.rating, found.rated, found.terms) == ("Good", date(2026, 2, 17), ("Meals",))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(sorted({*SAMPLE, *OLDER, "location", "taxonomy_term"})), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=4))
def test_every_row_is_a_service_a_repetition_or_told_as_lost(rows):
    feed = read_feed([("feed.json", json.dumps({"contents": rows}))])
    assert feed.rows == len(rows)
    assert feed.rows == len(feed.services) + feed.repeated + feed.lost


@pytest.mark.parametrize("row", [SAMPLE, OLDER])
def test_a_service_is_kept_and_read_back_the_same(row):
    found, _feed = only(page(row))
    again = from_data(json.loads(json.dumps(as_data(found))))
    assert again == found
    assert fingerprint(again) == fingerprint(found)
