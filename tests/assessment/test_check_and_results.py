"""Checking the answers, where the person stands, what may help, and the task list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.assessment.conftest import OUTCOMES

if TYPE_CHECKING:
    from tests.assessment.conftest import Person
    from tests.browsing import Page


def rows(page: Page) -> dict[str, str]:
    """The answers of a page by the name of their question."""
    return {
        name.get_text(strip=True): said.get_text(" ", strip=True)
        for name, said in zip(
            page.soup.select("dl.answers dt"), page.soup.select("dl.answers dt + dd"), strict=True
        )
    }


def test_every_question_that_is_asked_has_a_row_and_a_way_to_change_it(few_needs: Person) -> None:
    page = few_needs.page("/assessment/check")
    asked = page.soup.select("dl.answers > div")
    changes = [link["href"] for link in page.soup.select("dl.answers a")]
    assert len(changes) == len(asked) > 20
    assert all(str(address).endswith("?from=check") for address in changes)


def test_not_answered_not_sure_and_rather_not_say_are_told_apart(person: Person) -> None:
    person.said(answering_for="me", safe=["rather-not-say"], urgent="not-sure", nutrition="not-sure")
    page = person.page("/assessment/check")
    assert rows(page)["How soon you need help"] == "I am not sure"
    assert rows(page)["Eating and drinking"] == "I am not sure"
    assert rows(page)["Your name"] == "Not answered"


def test_an_answer_about_being_safe_is_not_shown_to_whoever_reads_along(person: Person) -> None:
    person.says("safe", "hurt")
    page = person.page("/assessment/check")
    assert "hurts me" not in page.words
    assert "not shown here" in rows(page)["Being safe"]
    assert "right to be safe" not in person.page("/assessment/standing").words


def test_whoever_answers_for_somebody_is_asked_whether_the_law_lets_them_decide(person: Person) -> None:
    assert "/people/acting" not in person.page("/assessment/check").links
    person.says("answering_for", "someone_else")
    assert "/people/acting" in person.page("/assessment/check").links


def test_a_change_comes_back_to_the_answers(few_needs: Person) -> None:
    page = few_needs.says("hygiene", "alone", way="?from=check")
    assert page.address == "/assessment/check"


def test_a_change_that_opens_questions_asks_them_first(few_needs: Person) -> None:
    page = few_needs.says("hygiene", "lot", way="?from=check")
    assert page.address == "/assessment/hygiene_unable"
    page = few_needs.client.send(page, {"hygiene_unable": "assistance"})
    assert page.address == "/assessment/check"


def test_an_error_on_the_way_keeps_to_the_way(few_needs: Person) -> None:
    wrong = few_needs.says("hygiene_unable", way="?from=check")
    assert wrong.address == "/assessment/check"
    few_needs.says("hygiene", "lot", way="?from=check")
    wrong = few_needs.says("hygiene_unable", way="?from=check")
    assert wrong.status == 422
    assert few_needs.client.send(wrong, {"hygiene_unable": "pain"}).address == "/assessment/check"


def test_follow_ups_that_are_no_longer_asked_do_not_count(few_needs: Person) -> None:
    few_needs.said(hygiene="lot", hygiene_unable=["assistance"])
    assert "/assessment/hygiene_unable?from=check" in few_needs.page("/assessment/check").links
    few_needs.says("hygiene", "alone")
    page = few_needs.page("/assessment/check")
    assert not [link for link in page.links if "hygiene_unable" in link]


def test_what_still_needs_an_answer_is_counted_and_led_to(person: Person) -> None:
    person.says("answering_for", "me")
    page = person.page("/assessment/check")
    assert "questions still need an answer" in page.words
    assert "/assessment/your_name?from=check" in page.links
    assert not page.soup.select("main form")


def test_answers_that_do_not_fit_together_are_pointed_out_and_never_refused(few_needs: Person) -> None:
    few_needs.said(hygiene="lot", hygiene_unable=["none"], paid_help="no", nights="none", complex="no")
    page = few_needs.page("/assessment/check")
    assert "do not fit together" in page.words
    assert few_needs.client.send(page).address == "/assessment/standing"


def test_somebody_with_few_needs_is_told_not_likely_why_and_what_to_do(few_needs: Person) -> None:
    page = few_needs.client.send("/assessment/check")
    assert page.address == "/assessment/standing"
    assert "not likely" in page.heading
    assert "This is not a decision." in page.words
    assert "Not met" in page.words
    assert "Help you get from family or friends is not counted" in page.words
    assert "What to do now" in page.words
    assert "/right-now/appeal" in page.links
    assert "reject" not in page.words.lower()


def test_somebody_with_large_needs_is_told_likely(few_needs: Person) -> None:
    for outcome in ("hygiene", "toilet", "clothing"):
        few_needs.said(**{outcome: "lot", f"{outcome}_unable": ["assistance"]})
    few_needs.said(wellbeing=["dignity"], wellbeing_impact="significant")
    page = few_needs.page("/assessment/standing")
    assert "likely" in page.heading
    assert "not likely" not in page.heading
    assert page.words.count("Not met") == 0


def test_not_sure_leaves_it_open_and_never_counts_as_no(few_needs: Person) -> None:
    few_needs.said(impairment="not-sure")
    page = few_needs.page("/assessment/standing")
    assert "We cannot tell yet" in page.words


def test_a_carer_s_help_changes_nothing_about_where_one_stands(few_needs: Person) -> None:
    for outcome in ("hygiene", "toilet"):
        few_needs.said(**{outcome: "lot", f"{outcome}_unable": ["assistance"]})
    few_needs.said(wellbeing=["dignity"], wellbeing_impact="significant")
    alone = few_needs.page("/assessment/standing").heading
    few_needs.said(help_with=["hygiene", "toilet"], help_share="all")
    assert few_needs.page("/assessment/standing").heading == alone


def test_what_may_help_fits_the_answers_and_is_no_gate(few_needs: Person) -> None:
    few_needs.said(home_safety="some", home_safety_unable=["danger"])
    page = few_needs.client.send("/assessment/standing")
    assert page.address == "/assessment/prevention"
    assert "It may help you with:" in page.words
    assert "You do not have to take any of these." in page.words
    onward = few_needs.client.post("/assessment/prevention", data=page.filled())
    assert onward.status_code == 303
    assert not onward.location.startswith("/assessment")


def test_the_task_list_shows_how_far_each_part_has_come(person: Person) -> None:
    def states() -> dict[str, str]:
        found = person.page("/tasks").soup
        titles, said = found.select(".tasks a, .tasks .cannot"), found.select(".tasks .status")
        return {t.get_text(strip=True): s.get_text(strip=True) for t, s in zip(titles, said, strict=True)}

    fresh = states()
    assert fresh["About you"] == "Not started"
    assert fresh["Check your answers"] == "Cannot start yet"
    assert "Answer the questions first." in person.page("/tasks").words
    person.says("answering_for", "me")
    assert states()["About you"] == "In progress"
    person.says("communication", "none")
    assert states()["About you"] == "Done"


def test_everything_answered_and_checked_is_done_on_the_task_list(few_needs: Person) -> None:
    few_needs.client.send("/assessment/check")
    found = few_needs.page("/tasks").soup.select("ul.tasks")[0].select(".status")
    assert {status.get_text(strip=True) for status in found} == {"Done"}


def test_the_task_list_leads_to_what_is_next(person: Person) -> None:
    assert "Start: About you" in person.page("/tasks").words
    person.answers(answering_for="me", communication="none")
    page = person.page("/tasks")
    assert "Go on: How you want to do this" in page.words
    assert "/assessment/wish_self_assessment" in page.links


def test_what_fits_best_is_seen_at_once_and_the_rest_is_one_press_away(person: Person) -> None:
    person.said(**dict.fromkeys(("nutrition", "hygiene", "home_safety", "relationships", "community"), "lot"))
    soup = person.page("/assessment/prevention").soup
    offers = soup.select("section[aria-labelledby^=offer-]")
    folded = soup.select("details section[aria-labelledby^=offer-]")
    assert len(offers) - len(folded) == 6
    summary = soup.select_one("details summary")
    assert summary is not None and summary.get_text(strip=True).startswith(str(len(folded)))


def test_who_manages_alone_reads_no_false_word_about_money_or_needs(few_needs: Person) -> None:
    budget = few_needs.page("/budget").words
    assert "Your answers so far lead to no money." in budget
    assert "enough to meet your eligible needs" not in budget
    assert "My answers so far lead to no money." in few_needs.page("/document/check").words
    plan = few_needs.page("/plan").words
    assert "From your answers, you manage on your own." in plan
    assert "whole of your indicative budget" not in plan
    assert "Go to the questions" not in plan
    row = next(
        li for li in few_needs.page("/tasks").soup.select("li") if "Your needs and your" in li.get_text()
    )
    assert "Not started" in row.get_text()


def test_not_sure_about_everything_is_no_figure_rather_than_no_money(few_needs: Person) -> None:
    few_needs.said(**dict.fromkeys((*OUTCOMES, "caring_for_child"), "not-sure"))
    few_needs.said(
        **{f"{one}_unable": ["not-sure"] for one in (*OUTCOMES, "caring_for_child")}, nights="none"
    )
    page = few_needs.page("/budget")
    assert "No figure yet" in page.words
    assert "£0.00 a week" not in page.words
    plan = few_needs.page("/document/check").words
    assert "There is no figure yet. I was not sure about some answers." in plan
    assert "£0.00 a week" not in plan
    few_needs.said(wellbeing=["not-sure"], wellbeing_impact="not-sure")
    assert "I did not choose an area" not in few_needs.page("/document/check").words
    assert "£0.00" not in page.words and "this figure" not in page.words.lower()
    few_needs.said(complex="not-sure")
    assert "You told us that some of your needs do not fit" not in few_needs.page("/budget").words
    assert "A form may not show all your needs" in few_needs.page("/assessment/standing").words
    assert "There is no indicative budget to compare it with yet." in few_needs.page("/plan").words
    assert "There is no figure yet. Each row" in few_needs.page("/budget/change").words
    few_needs.said(nights="not-sure")
    assert "/budget/change" not in few_needs.page("/budget").links
    assert few_needs.client.get("/budget/change").status_code == 303


def test_where_one_stands_says_once_who_decides_and_that_a_carer_s_help_is_not_counted(
    few_needs: Person,
) -> None:
    words = few_needs.page("/assessment/standing").words
    assert words.count("This is not a decision.") == 1
    assert words.count("not counted") + words.count("does not count against you.") == 2
