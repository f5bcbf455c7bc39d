"""What the person keeps to themself, who typed what, and in whose words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from portal import audit
from portal.demonstration.setting_up import set_up
from portal.plan.records import read_lines
from portal.safeguards import now
from portal.sharing.private import private_of
from portal.sharing.records import give_to
from portal.sharing.rules import SECTIONS

SECRET_WORDS = "kumquat"
LEFT_OUT = frozenset({"/document/paper-form.pdf", "/look", "/language", "/leave"})
"""Pages about nobody, one of which takes long to draw."""


@pytest.fixture
def shared(app, people):
    """A whole plan, its owner, and a helper who may write everywhere."""
    owner, friend = people.account(), people.account()
    pack = app.extensions["pack"]
    sample = next(one for one in pack.samples if one.id == "grace")
    with people.session() as session, session.begin():
        case = set_up(session, pack, sample, now())
        give_to(session, case, owner, now())
    people.grant(case, friend, dict.fromkeys(SECTIONS, "write"))
    return case, people.browser(owner, case), people.browser(friend, case, {"words": "theirs"})


def hide(owner, *subjects: str) -> None:
    page = owner.page("/account/private")
    boxes = {box["value"]: box["name"] for box in page.soup.select('main input[type="checkbox"]')}
    fields: dict[str, list[str] | None] = dict.fromkeys(boxes.values())
    for subject in subjects:
        fields[boxes[subject]] = [*(fields[boxes[subject]] or []), subject]
    assert "This is kept as you want it." in owner.send(page, fields).words


def found_in(pages: dict[str, bytes]) -> list[str]:
    return [address for address, page in pages.items() if SECRET_WORDS.encode() in page]


def everything(visitor, line: str = "x") -> dict[str, bytes]:
    """What every page that can be read answers, about the things that are made private here."""
    named = {"question_id": "nutrition_matters", "outcome": "nutrition", "line_id": line, "part": "review"}
    pages = {}
    for rule in visitor.application.url_map.iter_rules():
        if "GET" not in rule.methods or rule.rule in LEFT_OUT:
            continue
        # A part of an address that a converter limits is tried with everything it may be.
        address = re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda part: named.get(part.group(1), "1"), rule.rule)
        pages[address] = visitor.get(address).get_data()
    return pages


def test_a_private_answer_is_nowhere_for_a_helper_and_everywhere_for_the_person(shared):
    _case, owner, helper = shared
    owner.send("/assessment/nutrition_matters", {"nutrition_matters": f"A {SECRET_WORDS} each morning."})
    assert "/assessment/check" in found_in(everything(helper))
    hide(owner, "answer nutrition_matters")
    seen = everything(helper)
    assert len(seen) > 60
    assert found_in(seen) == []
    assert b"Ann keeps this private" in seen["/assessment/check"]
    assert SECRET_WORDS in owner.page("/assessment/check").words


@pytest.mark.parametrize("kind", ["line", "text"])
def test_a_private_part_of_the_plan_is_nowhere_for_a_helper(people, shared, kind):
    case, owner, helper = shared
    with people.session() as session:
        line = read_lines(session, case)[0].id
    if kind == "line":
        owner.send(f"/plan/line/{line}/what", {"what": SECRET_WORDS})
        hide(owner, f"line {line}")
    else:
        owner.send("/plan/review", {"words": SECRET_WORDS})
        hide(owner, "text review")
    assert found_in(everything(helper, line)) == []
    assert SECRET_WORDS in owner.page("/plan").words + owner.page("/document/check").words


def test_pages_about_what_is_private_are_closed_to_helpers_for_reading_and_writing(people, shared):
    case, owner, helper = shared
    open_page = helper.page("/assessment/nutrition")
    hide(owner, "answer nutrition")
    shut = helper.page("/assessment/nutrition")
    assert shut.heading == "Ann keeps this private"
    before = len(people.trail(case))
    assert helper.post("/assessment/nutrition", data=open_page.filled()).status_code == 403
    assert [entry for entry in people.trail(case)[before:] if entry[1] == "change"] == []
    for address in ("/budget", "/assessment/standing", "/document/check"):
        assert helper.page(address).heading == "Ann keeps this private", address


def test_whether_the_person_is_safe_is_never_shown_to_a_helper(shared):
    _case, owner, helper = shared
    owner.page("/assessment/safe")
    assert helper.page("/assessment/safe").heading == "Ann keeps this private"


def test_making_something_private_and_open_again_is_in_the_trail_without_its_value(people, shared):
    case, owner, _helper = shared
    hide(owner, "answer nutrition")
    hide(owner)
    assert people.trail(case)[-2:] == [
        ("person", "hide", "answer nutrition"),
        ("person", "unhide", "answer nutrition"),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("theirs", "Typed by Sam, in your words"),
        ("mine", "In the words of Sam"),
        ("paper", "From paper, typed by Sam"),
    ],
)
def test_what_a_helper_typed_is_marked_with_who_and_in_whose_words(shared, words, told):
    _case, owner, helper = shared
    assert told not in owner.page("/assessment/check").words
    helper.send("/people/words", {"words": words})
    helper.send("/assessment/nutrition_matters", {"nutrition_matters": "Soup."})
    assert told in owner.page("/assessment/check").words
    assert told in helper.page("/assessment/check").words
    owner.send("/assessment/nutrition_matters", {"nutrition_matters": "Soup, and bread."})
    assert told not in owner.page("/assessment/check").words


def test_a_line_of_the_plan_that_a_helper_typed_is_marked_on_the_board(people, shared):
    case, owner, helper = shared
    with people.session() as session:
        line = read_lines(session, case)[0]
    helper.send(f"/plan/line/{line.id}/what", {"what": "Shopping together"})
    assert "Typed by Sam, in your words" in owner.page("/plan").words


def test_the_person_reads_who_looked_and_what_changed_from_which_version(shared):
    _case, owner, helper = shared
    helper.page("/plan")
    helper.send("/assessment/nutrition_matters", {"nutrition_matters": "Soup."})
    told = owner.page("/people/seen").words
    assert "Sam looked at your support plan" in told
    assert "Sam changed your answer to “" in told
    assert "This is version 2. Before it was version 1, by You." in told
    assert "Soup" not in told
    assert "You added" not in told
    assert (
        "You added a support in your plan"
        in owner.page("/people/seen?all=yes&page=2").words + owner.page("/people/seen?all=yes").words
    )


def test_pages_and_lists_say_who_typed_what_stands_there_and_offer_to_keep_it_private(shared):
    _case, owner, friend = shared
    owner.send("/plan/review", {"words": "In May"})
    assert "Typed by" not in owner.page("/plan/review").words
    for address in ("/plan/about/about_do", "/plan/need/nutrition"):
        friend.send(address, {"words": "Feed the cat"})
        assert "Typed by Sam, in your words" in owner.page(address).words
    assert "Typed by Sam, in your words" in owner.page("/plan/about").words
    assert "Typed by Sam, in your words" in owner.page("/plan").words
    assert "Keep this private" in owner.page("/plan/about/about_do").words
    assert "Keep this private" not in friend.page("/plan/about/about_do").words
    owner.send("/document/check")
    typed = {one["code"]: one["words"] for one in owner.get("/document/plan-1/data/data").json["typed"]}
    assert typed == dict.fromkeys(("text about_do", "need nutrition"), "Typed by Sam, in my words")
    hide(owner, "text about_do")
    assert "You keep this private." in owner.page("/plan/about/about_do").words


def test_what_was_made_private_in_another_window_is_not_opened_again_unseen(people, shared):
    case, owner, _friend = shared
    plan = "private-plan"
    page = owner.page("/account/private")
    boxes = {box["value"]: box["name"] for box in page.soup.select('main input[type="checkbox"]')}
    answers = boxes["answer nutrition"]
    hide(owner, "need nutrition")
    clash = owner.send(page, {plan: ["text review"]}, to="/account/private")
    assert clash.status == 409
    assert "This was saved while you were writing" in clash.words
    merged = owner.send(page, {answers: ["answer nutrition"]}, to="/account/private")
    assert "This is kept as you want it." in merged.words
    with people.session() as session:
        assert private_of(session, case) == {"need nutrition", "answer nutrition"}


@pytest.mark.parametrize(
    ("failure", "status"),
    [(OperationalError("INSERT", None, RuntimeError("it is away")), 503), (KeyError("odd"), 500)],
)
def test_a_page_about_a_failure_asks_a_broken_connection_for_nothing_beside_it(
    app, shared, monkeypatch, failure, status
) -> None:
    def breaks(session: Any, _values: object) -> None:
        session.connection().invalidate()
        raise failure

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    _case, owner, helper = shared
    for somebody in (owner, helper):
        question = somebody.page("/assessment/nutrition_matters")
        with monkeypatch.context() as broken:
            broken.setattr(audit._add, "run", breaks)
            page = somebody.send(question, {"nutrition_matters": "To cook for my sister"})
        assert page.status == status
        assert "What you saved before is still there" in page.words
