"""What somebody sends who may only suggest changes nothing, and waits for the person to decide."""

from __future__ import annotations

import secrets

import pytest

from portal.demonstration.setting_up import set_up
from portal.plan.records import read_lines
from portal.safeguards import now
from portal.sharing.records import give_to
from portal.unsaved.filled import fill

RIGHTS = dict.fromkeys(("assessment", "plan", "choices"), "suggest")
FIELD = "nutrition_matters"
PAGE = f"/assessment/{FIELD}"


@pytest.fixture
def shared(app, people):
    """A whole plan, its owner, and a helper who may suggest; the case and the plan's first line."""
    owner, friend = people.account(), people.account()
    pack = app.extensions["pack"]
    sample = next(one for one in pack.samples if one.id == "grace")
    with people.session() as session, session.begin():
        case = set_up(session, pack, sample, now())
        give_to(session, case, owner, now())
        line = read_lines(session, case)[0].id
    people.grant(case, friend, RIGHTS)
    return case, people.browser(owner, case), people.browser(friend, case, {"words": "theirs"}), line


def opened(owner):
    """The first suggestion, opened by the person on its own page."""
    page = owner.page("/unsaved/suggestions")
    return owner.page(next(link for link in page.links if "kept=" in link))


def test_a_suggestion_changes_nothing_until_the_person_saves_it_on_the_very_same_page(people, shared):
    case, owner, helper, _line = shared
    before = owner.page(PAGE).filled()[FIELD]
    sent = helper.send(PAGE, {FIELD: "Fresh bread."})
    assert sent.status == 200
    assert owner.page(PAGE).filled()[FIELD] == before
    assert "1 suggestion waits" in owner.page("/tasks").words
    assert "Sam suggests a change to your answer to “" in owner.page("/unsaved/suggestions").words

    shown = opened(owner)
    assert shown.address == PAGE
    assert "Sam suggests this." in shown.soup.get_text()
    assert shown.filled(PAGE)[FIELD] == "Fresh bread."
    owner.send(shown, {FIELD: "Fresh bread, and jam."}, to=PAGE)
    assert owner.page(PAGE).filled()[FIELD] == "Fresh bread, and jam."
    assert "There is nothing to decide about." in owner.page("/unsaved/suggestions").words
    assert "Sam suggested this, and you said yes" in owner.page("/assessment/check").words
    assert ("suggest", f"answer {FIELD}") in [entry[1:] for entry in people.trail(case)]
    assert "You changed your answer to “" in owner.page("/people/seen?all=yes").words


def test_the_person_says_no_thank_you(people, shared):
    case, owner, helper, _line = shared
    helper.send(PAGE, {FIELD: "Fresh bread."})
    page = owner.page("/unsaved/suggestions")
    owner.send(page)
    assert "There is nothing to decide about." in owner.page("/unsaved/suggestions").words
    assert ("decline", f"answer {FIELD}") in [entry[1:] for entry in people.trail(case)]


def test_who_changes_their_suggestion_is_shown_what_the_person_has_saved_meanwhile(shared):
    _case, owner, helper, _line = shared
    helper.send(PAGE, {FIELD: "Fresh bread."})
    owner.send(PAGE, {FIELD: "Warm soup."})
    both = helper.send(helper.page(PAGE), {FIELD: "Fresh rolls."}, to=PAGE)
    assert both.status == 409
    assert opened(owner).filled(PAGE)[FIELD] == "Fresh bread."
    assert "Warm soup." in both.words
    assert "Fresh rolls." in both.words
    helper.send(both, {}, to=PAGE)
    assert owner.page(PAGE).filled()[FIELD] == "Warm soup."
    assert opened(owner).filled(PAGE)[FIELD] == "Fresh rolls."


def test_a_suggestion_waits_on_while_somebody_types_on_its_page(shared):
    _case, owner, helper, _line = shared
    helper.send(PAGE, {FIELD: "Fresh bread."})
    for somebody, page in ((helper, helper.page(PAGE)), (owner, opened(owner))):
        # A page gives a name to what is typed when nothing was typed there before.
        typed = {"kept": secrets.token_hex(16), **page.filled(PAGE), FIELD: "Half a w", "page": PAGE}
        assert somebody.post("/unsaved/typing", data=typed).status_code == 204
    assert opened(owner).filled(PAGE)[FIELD] == "Fresh bread."
    owner.send(opened(owner), {FIELD: "Bread."}, to=PAGE)
    assert "There is nothing to decide about." in owner.page("/unsaved/suggestions").words


def test_who_suggests_is_shown_what_is_wrong_at_once(shared):
    _case, owner, helper, line = shared
    page = helper.send(f"/plan/line/{line}/what", {"what": ""})
    assert page.status == 422
    assert page.errors
    assert "There is nothing to decide about." in owner.page("/unsaved/suggestions").words


def test_who_suggests_sees_their_own_suggestion_and_may_take_it_back(shared):
    _case, owner, helper, _line = shared
    helper.send(PAGE, {FIELD: "Fresh bread."})
    page = helper.page(PAGE)
    assert page.filled(PAGE)[FIELD] == "Fresh bread."
    helper.send(page, {FIELD: "Rye bread."}, to=PAGE)
    assert len([link for link in owner.page("/unsaved/suggestions").links if "kept=" in link]) == 1
    assert opened(owner).filled(PAGE)[FIELD] == "Rye bread."
    mine = helper.page("/unsaved/suggestions")
    assert "your suggestions that wait" in mine.words
    helper.send(mine)
    assert "There is nothing to decide about." in owner.page("/unsaved/suggestions").words


def test_a_new_line_is_suggested_and_is_made_when_the_person_agrees(people, shared):
    case, owner, helper, _line = shared
    with people.session() as session:
        before = len(read_lines(session, case))
    form = helper.page("/plan/line/new?kind=family")
    sent = helper.send(form, {"what": "A walk with my sister", "who": "My sister"})
    assert sent.status == 200
    with people.session() as session:
        assert len(read_lines(session, case)) == before
    shown = opened(owner)
    action = shown.soup.select_one("main form")["action"]
    owner.send(shown, to=action)
    with people.session() as session:
        assert [one.what for one in read_lines(session, case)][-1] == "A walk with my sister"


def test_taking_something_out_is_suggested_too(people, shared):
    case, owner, helper, line = shared
    helper.send(f"/plan/line/{line}/remove")
    with people.session() as session:
        assert line in [one.id for one in read_lines(session, case)]
    shown = opened(owner)
    owner.send(shown, to=f"/plan/line/{line}/remove")
    with people.session() as session:
        assert line not in [one.id for one in read_lines(session, case)]


def test_a_choice_is_suggested(shared):
    _case, owner, helper, _line = shared
    helper.send("/choices/planner", {"chosen": "advocate"})
    assert "who helps you plan" in owner.page("/unsaved/suggestions").words


def test_a_page_is_filled_in_as_it_was_sent_whatever_it_shows_by_itself():
    page = (
        '<form method="post" action="/plan/x?new=1">'
        '<input type="hidden" name="csrf_token" value="t">'
        '<input type="radio" id="a" name="a" value="1" checked><input type="radio" name="a" value="2">'
        '<input id="b" name="b" type="text" value="old"><textarea id="c" name="c">\nold</textarea>'
        '<select name="d"><option value="1" selected>1</option><option value="2">2</option></select></form>'
        '<form method="post" action="/plan/y"><input name="b" type="text" value="old"></form>'
    )
    sent = {"a": ["2"], "b": ['"new" & <b>'], "c": ["new"], "d": ["2"], "csrf_token": ["other"]}
    filled = fill(page, "/plan/x", sent)
    assert 'value="t"' in filled
    assert 'value="1">' in filled
    assert 'value="2" checked>' in filled
    assert 'value="&#34;new&#34; &amp; &lt;b&gt;"' in filled
    assert ">\nnew</textarea>" in filled
    assert '<option value="1">' in filled
    assert '<option value="2" selected>' in filled
    assert filled.endswith('<input name="b" type="text" value="old"></form>')
    assert fill(filled, "/plan/x", sent) == filled


def test_going_on_without_changing_anything_suggests_nothing(shared):
    _case, owner, helper, _line = shared
    helper.send(PAGE)
    assert "There is nothing to decide about." in owner.page("/unsaved/suggestions").words


def test_nobody_else_sees_or_ends_a_suggestion(people, shared):
    case, owner, helper, _line = shared
    helper.send(PAGE, {FIELD: "Fresh bread."})
    other = people.account()
    people.grant(case, other, RIGHTS)
    browser = people.browser(other, case)
    assert "There is nothing to decide about." in browser.page("/unsaved/suggestions").words
    kept = next(link for link in owner.page("/unsaved/suggestions").links if "kept=" in link)
    token = browser.page(PAGE).filled(PAGE)["csrf_token"]
    browser.post(f"/unsaved/{kept.rpartition('=')[2]}/decline", data={"csrf_token": token})
    assert opened(owner).filled(PAGE)[FIELD] == "Fresh bread."


def test_a_form_that_is_too_long_to_be_read_gets_the_plain_page(shared):
    _case, owner, helper, _line = shared
    for somebody in (owner, helper):
        assert somebody.post(PAGE, data={FIELD: "x" * 2**20}).status_code == 413
