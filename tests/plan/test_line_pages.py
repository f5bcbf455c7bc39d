"""Adding, changing and removing support."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.plan.rules.lines import KINDS, LineKind
from tests.browsing import Page, Visitor
from tests.plan.conftest import Kept

NEW = "/plan/line/new?kind=hours"


def line_made(planner: Visitor) -> str:
    """A line of support; the address of its page."""
    when = planner.send(NEW, {"what": "Help to cook", "who": "Anna", "quantity": "2", "price": "14.50"})
    return when.address.removesuffix("/when")


def row(page: Page, name: str) -> str:
    """What the list of facts says."""
    term = next(term for term in page.soup.select("dt") if term.get_text() == name)
    return " ".join(term.find_all_next("dd")[0].get_text(" ").split())


def test_free_family_and_community_ideas_stand_before_what_is_paid(planner: Visitor) -> None:
    page = planner.page("/plan/line/new")
    heads = [head.get_text() for head in page.soup.select("main h2")]
    assert heads == [
        "Ideas that cost little or nothing",
        "Your own idea, without pay",
        "Support that is paid for",
    ]


def test_one_press_on_an_idea_fills_the_form(planner: Visitor, kept: Kept) -> None:
    page = planner.page("/plan/line/new")
    idea = page.soup.select("main .tasks a")[0]
    form = planner.page(str(idea["href"]))
    assert form.filled()["what"] == idea.get_text()
    planner.send(form)
    assert [line.what for line in kept.lines()] == [idea.get_text()]


def test_every_idea_and_price_opens_a_form(planner: Visitor) -> None:
    page = planner.page("/plan/line/new")
    starts = [link for link in page.links if "start=" in link]
    assert len(starts) > 5
    for start in starts:
        assert planner.page(start).filled()["what"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_support_needs_only_to_be_named(kind: str, planner: Visitor, kept: Kept) -> None:
    assert planner.send(f"/plan/line/new?kind={kind}", {"what": "Something"}).status == 200
    assert [(line.kind, line.what) for line in kept.lines()] == [(kind, "Something")]


def test_a_new_line_is_asked_about_in_three_small_pages(planner: Visitor) -> None:
    when = planner.send(NEW, {"what": "Help to cook", "quantity": "2", "price": "14.50"})
    assert when.heading == "When does it happen?"
    more = planner.send(when, {"days": ["sunday"], "parts": ["midday"], "times": "11 to 1"})
    assert more.heading == "A little more about it"
    dates = {
        f"starts-{part}": value
        for part, value in zip(("day", "month", "year"), ["1", "12", "2026"], strict=True)
    }
    board = planner.send(more, dates)
    assert board.heading == "Your support plan"
    assert "Sunday: Midday (11 to 1) · From 1 December 2026 · 2 hours a week at £14.50 an hour" in board.words


def test_a_form_sent_twice_makes_one_line(planner: Visitor, kept: Kept) -> None:
    page = planner.page(NEW)
    for _press in range(2):
        assert planner.send(page, {"what": "Help to cook"}).status == 200
    assert len(kept.lines()) == 1


def test_two_forms_make_two_lines_though_they_say_the_same(planner: Visitor, kept: Kept) -> None:
    for _press in range(2):
        planner.send(NEW, {"what": "Help to cook"})
    assert len(kept.lines()) == 2


def test_forms_without_a_key_lose_nothing(planner: Visitor, kept: Kept) -> None:
    for what in ("Help to cook", "Help to wash"):
        planner.send(NEW, {"what": what, "made_with": None})
    assert [line.what for line in kept.lines()] == ["Help to cook", "Help to wash"]


def test_somebody_without_needs_is_not_asked_what_it_helps_with(client: Visitor) -> None:
    client.send("/", to="/start")
    when = client.send("/plan/line/new?kind=family", {"what": "My sister helps"})
    more = client.send(when)
    assert "What does this help with?" not in more.words
    assert client.send(more).heading == "Your support plan"


def test_a_wrong_field_keeps_everything_typed_and_says_what_to_do(planner: Visitor, kept: Kept) -> None:
    typed = {"what": "", "who": "Anna", "quantity": "lots", "price": "a fiver or so", "route": "council"}
    page = planner.send(NEW, typed)
    assert page.status == 422
    assert page.soup.select("title")[0].get_text().startswith("Error: ")
    for told in (
        "Say what the support is",
        "Enter a number in figures, like 2 or 2.5",
        "Enter an amount in pounds, like 12.50",
    ):
        # Once in the summary, once beside the field.
        assert page.words.count(told) == 2
    sent = page.filled()
    assert {name: sent.get(name) for name in ("who", "quantity", "price", "route")} == {
        "who": "Anna",
        "quantity": "lots",
        "price": "a fiver or so",
        "route": "council",
    }
    assert kept.lines() == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [("2½", "2.5"), ("about 3 hours", "3"), ("two", "2"), ("0.25", "0.25")]
)
def test_hours_are_understood_as_people_write_them(
    typed: str, meant: str, planner: Visitor, kept: Kept
) -> None:
    planner.send(NEW, {"what": "Help", "quantity": typed})
    assert [str(line.quantity) for line in kept.lines()] == [meant]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("quantity", "169", "There are 168 hours in a week."),
        ("quantity", "-1", "Enter a number in figures"),
        ("quantity", "1.125", "Use at most 2 figures after the point"),
        ("price", "100000.01", "Enter £100,000 or less"),
        ("price", "1.005", "Enter an amount in pounds"),
        ("price", "-4", "Enter an amount in pounds"),
        ("what", "x" * 201, "Use 200 characters or fewer"),
    ],
)
def test_what_cannot_be_is_refused_in_words(field: str, typed: str, told: str, planner: Visitor) -> None:
    page = planner.send(NEW, {"what": "Help", field: typed})
    assert page.status == 422
    assert told in page.words


def test_an_end_before_the_start_is_refused_and_the_dates_stay(planner: Visitor) -> None:
    more = f"{line_made(planner)}/more"
    dates = {
        "starts-day": "5",
        "starts-month": "May",
        "starts-year": "2027",
        "ends-day": "4",
        "ends-month": "5",
        "ends-year": "2027",
    }
    page = planner.send(more, dates)
    assert page.status == 422
    assert "Enter a day that is not before the start" in page.words
    assert page.filled()["starts-month"] == "May"


def test_a_day_that_does_not_exist_is_told_at_its_box(planner: Visitor) -> None:
    typed = {"starts-day": "31", "starts-month": "2", "starts-year": "2027"}
    page = planner.send(f"{line_made(planner)}/more", typed)
    assert page.status == 422
    assert "#starts-day" in [str(link["href"]) for link in page.soup.select("main a")]


def test_a_line_is_changed_fact_by_fact(planner: Visitor) -> None:
    address = line_made(planner)
    page = planner.send(f"{address}/what", {"what": "Help to cook and eat", "price": "15"})
    assert page.heading == "Help to cook and eat"
    assert row(page, "What it costs") == "2 hours a week at £15.00 an hour 2 hours × £15.00 = £30.00 a week"
    page = planner.send(f"{address}/when", {"days": ["monday", "friday"]})
    assert row(page, "When") == "Monday and Friday"
    page = planner.send(f"{address}/when", {"days": None})
    assert row(page, "When") == "Not answered"


def test_a_line_is_removed_only_when_the_person_says_yes(planner: Visitor, kept: Kept) -> None:
    address = line_made(planner)
    asked = planner.page(f"{address}/remove")
    assert asked.heading == "Remove this support from your plan?"
    assert len(kept.lines()) == 1
    planner.send(asked)
    assert kept.lines() == ()
    assert planner.get(address).status_code == 404


def test_the_route_that_was_chosen_is_offered_first(planner: Visitor) -> None:
    planner.send("/choices/money", {"chosen": ["council"]})
    assert planner.page(NEW).filled()["route"] == "council"
    planner.send("/choices/money", {"chosen": ["council", "isf"]})
    assert planner.page(NEW).filled()["route"] == "not_chosen"


def test_another_persons_line_does_not_exist(app_line: str, client: Visitor) -> None:
    stranger = client.application.test_client()
    assert isinstance(stranger, Visitor)
    stranger.environ_base["HTTP_REFERER"] = "https://localhost/"
    stranger.send("/", to="/start")
    for page in ("", "/what", "/when", "/more", "/remove"):
        assert stranger.get(app_line + page).status_code == 404


@pytest.fixture
def app_line(planner: Visitor) -> str:
    """The address of a line in somebody's plan."""
    return line_made(planner)


def test_a_kind_or_an_idea_that_does_not_exist_is_not_found(planner: Visitor) -> None:
    assert planner.get("/plan/line/new?kind=magic").status_code == 404
    assert planner.get("/plan/line/new?start=idea-magic").status_code == 404


def test_each_change_is_in_the_trail_without_what_was_typed(planner: Visitor, kept: Kept) -> None:
    address = line_made(planner)
    planner.send(f"{address}/when", {"days": ["monday"]})
    planner.send(f"{address}/remove")
    line_id = address.rpartition("/")[2]
    assert kept.trail(f"line {line_id}") == ["add", "change", "remove"]


def test_what_was_typed_is_shown_as_it_was_typed(planner: Visitor) -> None:
    typed = "<b>Tea & “cake” — with Zoë</b> ☕"
    when = planner.send(NEW, {"what": typed})
    assert typed in planner.page("/plan").words
    assert planner.page(when.address.removesuffix("/when")).heading == typed


def test_two_people_at_once_are_both_paid_for(planner: Visitor, kept: Kept) -> None:
    address = line_made(planner)
    page = planner.send(f"{address}/what", {"workers": "2", "price": "15"})
    assert row(page, "What it costs") == (
        "2 hours a week with 2 people at once at £15.00 an hour 2 hours × 2 people × £15.00 = £60.00 a week"
    )
    assert kept.lines()[0].workers == 2


def test_a_day_may_have_its_own_times(planner: Visitor, kept: Kept) -> None:
    address = line_made(planner)
    page = planner.send(f"{address}/when", {"days": ["monday", "friday"], "start": "9.30", "end": "11"})
    assert row(page, "When") == "Monday and Friday, 9.30am to 11am"
    page = planner.send(f"{address}/times", {"start_friday": "2pm", "end_friday": "4pm"})
    assert row(page, "When") == "Monday, 9.30am to 11am; Friday, 2pm to 4pm"
    page = planner.send(f"{address}/when", {"days": ["friday"]})
    assert row(page, "When") == "Friday, 2pm to 4pm"
    page = planner.send(f"{address}/times", {"start_friday": "", "end_friday": ""})
    assert kept.lines()[0].days == ()


def test_half_a_time_is_to_be_put_right(planner: Visitor) -> None:
    address = line_made(planner)
    page = planner.send(f"{address}/when", {"days": ["monday"], "start": "9.30", "end": ""})
    assert (page.status, page.errors) == (422, ["Write both times, or leave both empty"])
    page = planner.send(f"{address}/when", {"days": None, "start": "9.30", "end": "11"})
    assert page.errors == ["Choose the days that these times are for"]
    page = planner.send(f"{address}/times", {"start_sunday": "teatime"})
    assert page.errors == ["Sunday, From: Enter a time like 9.30 or 2pm"]
    page = planner.send(f"{address}/times", {"start_sunday": "9"})
    assert page.errors == ["Sunday, Until: Write both times of this day, or leave both empty"]


def test_what_is_wrong_with_two_fields_says_with_which(planner: Visitor) -> None:
    address = line_made(planner)
    page = planner.send(f"{address}/when", {"days": ["monday"], "start": "soon", "end": "later"})
    assert page.errors == [
        "From what time? Enter a time like 9.30 or 2pm",
        "Until what time? Enter a time like 9.30 or 2pm",
    ]
    page = planner.send(f"{address}/more", {"starts-day": "x", "ends-day": "y"})
    assert page.errors == [
        "When does it start? Enter the month and the year too",
        "When does it end? Enter the month and the year too",
    ]


def test_hours_that_were_not_written_are_those_of_the_times(planner: Visitor, kept: Kept) -> None:
    address = line_made(planner)
    planner.send(f"{address}/what", {"quantity": ""})
    planner.send(f"{address}/when", {"days": ["monday", "friday"], "start": "9", "end": "10.30"})
    assert kept.lines()[0].quantity == Decimal(3)


@pytest.mark.parametrize("kind", KINDS)
def test_every_sort_of_support_is_kept_as_it_was_filled_in(
    kind: LineKind, planner: Visitor, kept: Kept
) -> None:
    planner.send(f"/plan/line/new?kind={kind}", {"what": "Something good"})
    (line,) = kept.lines()
    assert (line.kind, line.what) == (kind, "Something good")
    assert planner.page(f"/plan/line/{line.id}").heading == "Something good"


def test_a_service_near_the_person_starts_a_line_with_its_price(
    planner: Visitor, kept: Kept, services: None
) -> None:
    page = planner.page("/plan/line/new?need=nutrition")
    near = [link for link in page.links if link.startswith("/catalogue/")]
    assert page.soup.find("h2", string="Near you")
    lunch = next(link for link in near if "Tuesday lunch club" in planner.page(link).heading)
    use = next(link for link in planner.page(lunch).links if link.startswith("/plan/line/new"))
    planner.send(use)
    (line,) = kept.lines()
    assert (line.what, line.who, line.price) == (
        "Tuesday lunch club",
        "Eastbridge Community Hall",
        Decimal("5.20"),
    )
    assert line.source.startswith("catalogue:")
    assert line.needs == ("nutrition",)


def test_a_service_that_is_not_in_the_catalogue_starts_nothing(planner: Visitor) -> None:
    assert planner.get("/plan/line/new?start=service-999").status_code == 404


def test_a_line_stands_beside_what_it_is_in_place_of_and_what_that_would_cost(planner: Visitor) -> None:
    address = line_made(planner)
    page = planner.send(f"{address}/instead", {"quantity": "3"})
    assert page.errors == ["Say what this is in place of"]
    page = planner.send(page, {"instead": "A day centre", "book": "day_centre"})
    assert row(page, "What it is in place of") == "A day centre: 3 × £52.00 = £156.00 a week"
    cells = [cell.get_text(" ") for cell in planner.page("/plan/enough").soup.select("tr:has(br) td")]
    assert cells == ["Help to cook £29.00", "A day centre £156.00"]
    assert "In place of: A day centre: 3 × £52.00 = £156.00 a week" in planner.page("/document/check").words
    page = planner.send(f"{address}/instead", {"instead": "", "quantity": None, "book": "none"})
    assert row(page, "What it is in place of") == "Not answered"
