"""A carer's own space: a record and an assessment of their own, apart from the person they look after."""

from __future__ import annotations

from io import BytesIO

import pytest

from portal.paths import PACKS
from tests.carer.conftest import CARER_TYPED as TYPED
from tests.carer.conftest import answer_all, begin_as_carer, browser
from tests.visiting import begin, take_assessment


def test_a_carer_answers_questions_of_their_own_and_sees_where_they_stand(client):
    seen = answer_all(client)
    asked = [page.address for page in seen if page.address.startswith("/assessment/carer_")]
    assert "/assessment/carer_willing" in asked
    assert "/assessment/nutrition" not in asked
    assert 25 <= len({page.address for page in seen}) <= 50
    assert TYPED in seen[-1].words

    standing = client.send(seen[-1])
    assert standing.address == "/assessment/standing"
    assert "likely to have a right to support as a carer" in standing.heading
    assert "The care you give is needed" in standing.words
    assert "Help you get from family or friends is not counted" not in standing.words

    offers = client.send(standing)
    assert "Somebody to sit with them while you go out" in offers.words
    assert "A plan for an emergency" not in offers.words
    money = client.send(offers)
    assert money.address == "/carer/money"
    assert "£76.00 a week" in money.words
    assert "never from both" in money.words
    after = client.send(money)
    assert after.address == "/carer/next"
    done = client.send(after)
    assert done.address == "/tasks"
    assert "You have done 12 of 12 parts." in done.words


def test_the_money_rests_on_the_carers_own_answer(client):
    answer_all(client)
    client.send("/assessment/carer_break_wish", {"carer_break_wish": "regular"})
    assert "£38.00 a week" in client.page("/carer/money").words
    client.send("/assessment/carer_break_wish", {"carer_break_wish": "none"})
    assert "no sum for you at present" in client.page("/carer/money").words
    client.send("/assessment/carer_break_wish", {"carer_break_wish": "not-sure"})
    told = client.page("/carer/money").words
    assert "A person works this out with you" in told
    assert "£" not in told


def test_the_printed_answers_are_the_carers_own_and_leave_out_whether_they_are_safe(client):
    answer_all(client)
    client.send("/assessment/safe", {"safe": ["control"]})
    answer = client.get("/document/carer-answers.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


@pytest.mark.parametrize("address", ["/budget", "/plan", "/choices/planner", "/paying", "/document/check"])
def test_a_carers_record_has_no_plan_of_somebodys_care(client, address):
    begin_as_carer(client)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/carer/money", "/carer/next", "/document/carer-answers.pdf"])
def test_the_record_of_somebody_with_needs_has_nothing_of_a_carer(client, address):
    begin(client)
    assert client.get(address).status_code == 404


def test_a_plan_that_is_not_saved_is_never_put_aside_for_a_carers_record(client):
    take_assessment(client)
    start = client.page("/carer/start")
    assert "holds a plan that is not saved" in start.words
    assert not start.soup.select('form[action="/carer/start"]')
    token = client.page("/account/save").filled("/account/save")["csrf_token"]
    answer = client.post("/carer/start", data={"csrf_token": token})
    assert answer.headers["Location"] == "/carer/start"
    assert client.page("/assessment/check").heading == "Check your answers"
    assert client.get("/carer/money").status_code == 404


def test_a_copy_of_a_plan_is_not_opened_in_a_carers_record(app, client):
    begin(client)
    copy = client.get("/account/copy").get_data()
    carer = browser(app)
    begin_as_carer(carer)
    token = carer.page("/account/open-copy").filled("/account/open-copy")["csrf_token"]
    sent = {"csrf_token": token, "copy": (BytesIO(copy), "plan-my-support.json")}
    answer = carer.post("/account/open-copy", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "We cannot open this file" in answer.get_data(as_text=True)


def test_starting_again_goes_on_with_the_record_that_is_here(client):
    answer_all(client)
    assert "/tasks" in client.page("/carer/start").links
    assert TYPED in client.page("/assessment/check").words


def test_a_carer_who_cannot_go_on_is_shown_at_once_whom_to_call(client):
    begin_as_carer(client)
    client.send("/assessment/carer_willing", {"carer_willing": "no"})
    told = client.page("/assessment/carer_willing/now")
    assert told.heading == "You do not have to go on"
    assert "/right-now/urgent" in told.links


@pytest.mark.parametrize(
    ("field", "words", "phone"),
    [
        ("you_are", "Young carers have rights of their own", "0808 157 0151"),
        ("they_are", "Parents of a disabled child have rights", "01632 960152"),
    ],
)
def test_carers_with_other_rights_are_shown_who_helps_them(client, field, words, phone):
    begin_as_carer(client)
    ages = {"carer_for-they_are": "adult", "carer_for-you_are": "adult", f"carer_for-{field}": "child"}
    told = client.send("/assessment/carer_for", {"carer_for-relation": "parent", **ages})
    assert words in told.words
    assert phone in told.words


def test_the_paper_form_for_carers_is_there(client):
    answer = client.get("/document/carers-paper-form.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def test_the_trigger_page_leads_to_it(client):
    assert "/carer/start" in client.page("/right-now/carer").links
    assert (PACKS / "demo" / "carers.yaml").exists()
