"""Anybody can search the catalogue, in whichever database it is kept."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.catalogue.records import Wanted, count, keep_feed, search
from portal.catalogue.rules.feed import read_feed
from portal.database import WRITES
from portal.pack.catalogue import CatalogueRules
from portal.pack.extending import SHIPPED
from portal.pack.loading import load_model
from tests.catalogue.feeds import page, service

FEED = SHIPPED / "demo" / "catalogue" / "services.json"
MATCHING = load_model(SHIPPED / "demo" / "catalogue.yaml", CatalogueRules).matching

ON = date(2026, 11, 1)


@pytest.fixture
def session(app):
    with Session(app.extensions["engine"].execution_options(**{WRITES: True})) as opened:
        yield opened


@pytest.fixture
def filled(session):
    feed = read_feed([("services.json", FEED.read_text(encoding="utf-8"))])
    assert feed.faults == []
    keep_feed(session, "demonstration", feed.services.values(), MATCHING, ON)
    session.commit()
    return session


def names(session, **wanted):
    return [one.service.name for one in search(session, Wanted(**wanted)).listed]


def keep(session, *rows):
    services = read_feed([("feed.json", page(*rows))]).services.values()
    return keep_feed(session, "feed", services, MATCHING, ON)


def test_words_find_their_forms_and_their_beginnings(filled):
    assert names(filled, words="cooking")[0] == "Cook together"
    assert "Gentle swim with a hoist" in names(filled, words="swimming")
    assert "Men's Shed" in names(filled, words="tea")


def test_all_words_are_wanted_and_else_some_of_them(filled):
    both = search(filled, Wanted(words="hot meal door"))
    assert [one.service.name for one in both.listed] == ["Meals to your door"]
    some = search(filled, Wanted(words="swim accordion"))
    assert some.some
    assert some.listed[0].service.name == "Gentle swim with a hoist"


@pytest.mark.parametrize("words", ['"', "a OR b NOT", "meal*)(", "'; DROP TABLE", "&|!:", "\\", "ŵ ش 食"])
def test_signs_of_the_database_are_words_like_others(filled, words):
    assert search(filled, Wanted(words=words)).total >= 0


def test_outcome_place_cost_and_language_narrow_what_is_found(filled):
    assert "Garden share" in names(filled, outcome="home_upkeep", cost="free", place="Thornford")
    assert names(filled, outcome="home_upkeep", language="Romanian") == ["Cleaning by the hour"]
    cheap = search(filled, Wanted(cost="5")).listed
    assert cheap
    assert all(one.service.least is not None and one.service.least <= 5 for one in cheap)


def test_what_is_free_comes_first_without_words(filled):
    first = search(filled, Wanted(outcome="nutrition")).listed[0]
    assert first.service.free


def test_what_is_closed_for_good_is_not_found_and_what_is_closed_for_now_is(filled):
    assert "Harrowmere coach trips" not in names(filled, words="coach")
    assert names(filled, words="riverside") == ["Riverside day centre"]


def test_the_same_import_again_changes_nothing_and_a_service_that_went_is_not_found(session):
    first = keep(session, service("a"), service("b"))
    assert (first.new, first.same) == (2, 0)
    again = keep(session, service("a"), service("b"))
    assert (again.new, again.changed, again.same, again.gone) == (0, 0, 2, 0)
    later = keep(session, service("a", name="Another name"))
    assert (later.changed, later.gone) == (1, 1)
    assert count(session) == {"feed": 1}
    assert names(session, words="another") == ["Another name"]
    assert names(session, words="service") == []
    assert keep(session, service("b")).changed == 1


def test_the_search_page_keeps_what_was_asked_and_leads_to_each_service(filled, client):
    found = client.page("/catalogue?words=lunch&outcome=nutrition&cost=10")
    assert found.status == 200
    assert found.soup.select_one("input[name=words]")["value"] == "lunch"
    assert found.soup.select_one("select[name=cost] option[selected]")["value"] == "10"
    link = found.soup.select_one("ul.services a")
    one = client.page(str(link["href"]))
    assert one.heading == "Tuesday lunch club"
    assert "£5.20, each meal" in one.soup.get_text()
    assert "Last checked on 14 September 2026." in one.soup.get_text()


def test_what_was_checked_long_ago_says_so_and_no_rating_is_nothing_bad(filled, client):
    (old,) = search(filled, Wanted(words="day out club")).listed
    text = client.page(f"/catalogue/{old.id}").soup.get_text()
    assert "Ask before you go" in text
    assert "says nothing against them" in text
    rated = search(filled, Wanted(words="nights with you")).listed[0]
    assert "Requires improvement, 20 May 2026" in client.page(f"/catalogue/{rated.id}").soup.get_text()


def test_a_provider_has_a_page_with_all_it_offers_when_each_was_checked_and_no_rating_is_neutral(
    session, client
):
    keep(session, service("a"), service("b", name="Another one"))
    session.commit()
    one = search(session, Wanted(words="another")).listed[0]
    page_ = client.page(f"/catalogue/{one.id}")
    link = next(link for link in page_.links if link.endswith("/provider"))
    page_ = client.page(link)
    assert page_.heading == one.service.organization
    told = [row.get_text(" ") for row in page_.soup.select("ul.services li")]
    assert len(told) == 2
    assert all("Not rated." in each and "hecked" in each for each in told)
    assert client.get("/catalogue/999999/provider").status_code == 404


def test_many_services_come_in_pages(filled, client):
    first = client.page("/catalogue")
    assert "Page 1 of 2" in first.soup.get_text()
    second = client.page("/catalogue?page=2")
    assert len(second.soup.select("ul.services li")) == 15
    assert client.page("/catalogue?page=99").status == 200


def test_nothing_found_says_what_to_do(filled, client):
    assert "Nothing found" in client.page("/catalogue?words=zzzz").soup.get_text()


def test_a_service_that_is_not_there_is_not_found(filled, client):
    for address in ("/catalogue/999999", "/catalogue/99999999999999999999"):
        assert client.get(address).status_code == 404
