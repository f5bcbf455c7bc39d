"""The access rule as a whole: every role over every route, and faults that it must find."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import abort
from flask.testing import FlaskClient

from portal import audit, safeguards
from portal.carer.records import join_pair, make_pair, read_pair
from portal.demonstration.setting_up import set_up
from portal.identity.sessions import cookie_name
from portal.plan.joint import agree_to_join
from portal.plan.records import read_lines, read_setbacks, write_words
from portal.plan.rules.joint import Terms
from portal.safeguards import now, today
from portal.sharing.access import OPEN, Need
from portal.sharing.grants import Grant
from portal.sharing.paper import Typist, begin_from_paper, take_over
from portal.sharing.records import Case, give_to
from portal.sharing.rules import SECTIONS, Role
from portal.unsaved.records import keep_form, kept_form
from tests.browsing import Visitor
from tests.sharing.matrix import ROLES, Matrix, address_of, routes

MARKER = "kumquat"


def everywhere(right: str) -> dict[str, str]:
    return dict.fromkeys(SECTIONS, right)


@pytest.fixture
def matrix(app, people, monkeypatch) -> Matrix:
    """Every role over one whole plan. Nothing that they do is kept."""
    pack = app.extensions["pack"]
    owner, other, carer, acting = (people.account() for _each in range(4))
    with people.session() as session, session.begin():
        case = set_up(session, pack, next(one for one in pack.samples if one.id == "grace"), now())
        give_to(session, case, owner, now())
        write_words(session, case, "nutrition", MARKER, now())
        kept = keep_form(session, case, "/plan", {"x": [MARKER]}, why="typing", who=owner, at=now())
        line = next(one.id for one in read_lines(session, case) if not one.free)
        setback = read_setbacks(session, case)[0].id
    with people.session() as session, session.begin():
        asked_for = set_up(session, pack, next(one for one in pack.samples if one.id == "grace"), now())
        give_to(session, asked_for, acting, now())
    with people.session() as session, session.begin():
        # Somebody whose plan is joined with this one, and is shown nothing else of it.
        beside = set_up(session, pack, next(one for one in pack.samples if one.id == "joe"), now())
        pair = make_pair(session, case, "a friend", now())
        made = read_pair(session, case, pair)
        assert made is not None and made.code is not None
        join_pair(session, beside, "adult", made.code, "a friend", now())
        for each in (case, beside):
            agree_to_join(session, each, pair, Terms(), "self", "", now())
    people.grant(asked_for, acting, {}, basis="lpa", basis_state="asked")

    def helper(rights: dict[str, str], **more: object) -> tuple[int, str]:
        account = people.account()
        people.grant(case, account, rights, **more)
        return account, case

    def typing(*, taken_over: bool) -> Visitor:
        officer = people.account(staff=True)
        with people.session() as session, session.begin():
            by, last = Typist(officer, "Priya"), today() + timedelta(days=30)
            given = begin_from_paper(session, pack, "adult", "Grace", by, last, app.secret_key, now())
            if taken_over:
                take_over(session, given.case_id, None, given, keep=False, at=now())
        return people.browser(officer, given.case_id, staff=True, strong=True)

    seer = people.account()
    grant = people.grant(case, seer, everywhere("see"))
    monkeypatch.setattr(app, "test_client_class", FlaskClient)
    browsers = {
        "stranger": people.browser(),
        "draft": people.browser(None, people.case()),
        "another draft": people.browser(None, people.case()),
        "owner": people.browser(owner, case),
        "owner of another case": people.browser(other, people.case(other)),
        "helper who sees": people.browser(seer, case),
        "helper who suggests": people.browser(*helper(everywhere("suggest"))),
        "helper who writes": people.browser(*helper(everywhere("write"))),
        "helper whose time is over": people.browser(
            *helper(everywhere("write"), until=today() - timedelta(days=1))
        ),
        "helper who was removed": people.browser(*helper(everywhere("write"), revoked=now())),
        "planner with outcomes only": people.browser(*helper({"outcomes": "see"})),
        "representative not confirmed": people.browser(acting, asked_for),
        "confirmed representative": people.browser(
            *helper(everywhere("see"), basis="lpa", basis_state="confirmed")
        ),
        "carer": people.browser(carer, people.case(carer, kind="carer")),
        "staff who types from paper": typing(taken_over=False),
        "staff whose form was taken over": typing(taken_over=True),
        "staff": people.browser(people.account(staff=True), staff=True, strong=True),
        "staff without a second factor": people.browser(people.account(staff=True), staff=True),
    }
    ids = {
        "case": case,
        "question_id": "nutrition",
        "outcome": "nutrition",
        "part": "review",
        "line_id": line,
        "pair_id": pair,
        "what": "needs",
        "setback_id": setback,
        "grant_id": grant,
        "kept_id": str(kept),
        "number": "1",
        "place": "1",
        "service_id": "1",
        "route_id": "direct-payment",
        "sample_id": "grace",
        "trigger_id": "fall",
    }
    tokens, name = {}, cookie_name(app)
    for role, browser in browsers.items():
        found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/people/code").text)
        assert found, role
        cookie = browser.get_cookie(name)
        assert cookie is not None
        tokens[role] = f"{name}={cookie.value}", found.group(1)
    monkeypatch.setattr(safeguards.Work, "commit", safeguards.Work.undo)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(audit, "record", lambda *_args, **_more: None)
    return Matrix(app.test_client(use_cookies=False), tokens, ids, MARKER.encode())


def test_nobody_is_let_in_anywhere_but_who_should_be_and_refusals_cannot_be_told_from_absence(matrix):
    assert set(matrix.browsers) == set(ROLES)
    assert len(ROLES) >= 9
    cells = list(matrix.cells(lambda route: not route.rule.endswith("paper-form.pdf")))
    assert len(cells) >= 1500
    assert [cell for cell in cells if cell is not None] == []


def test_the_owner_finds_most_of_the_pages_so_that_refusals_say_something(matrix):
    found = [
        matrix.ask("owner", route.method, address_of(route.rule, matrix.ids)).status_code != 404
        for route in routes(lambda one: one.section in SECTIONS and one.method == "GET")
    ]
    # A plan without a version lacks the pages about versions.
    assert sum(found) / len(found) > 0.7


@pytest.mark.parametrize(
    "fault", ["open", "weaker", "other part", "every role", "told apart", "another's line"]
)
def test_a_planted_fault_is_found(app, people, matrix, monkeypatch, fault):
    view = app.view_functions["plan.ask_remove"]
    if fault == "open":
        monkeypatch.setattr(view, "access", OPEN)
    elif fault == "weaker":
        monkeypatch.setattr(view, "access", Need("plan", "see"))
    elif fault == "other part":
        monkeypatch.setattr(view, "access", Need("tasks", "see"))
    elif fault == "every role":
        monkeypatch.setattr(Role, "may", lambda *_args: True)
    elif fault == "told apart":
        monkeypatch.setattr(Role, "may", _refused_with_a_word)
    else:
        with people.session() as session:
            line = read_lines(session, matrix.ids["case"])[0]
        monkeypatch.setattr("portal.plan.pages.line_steps.line_or_404", lambda _line_id: line)
    rule = "/plan/line/<line_id>/remove" if fault != "another's line" else "/plan/line/<line_id>/when"
    wrong = [cell for cell in matrix.cells(lambda route: route.rule == rule) if cell is not None]
    assert wrong


def _refused_with_a_word(role: Role, _section: str, right: str) -> bool:
    if not role.owns and right != "see":
        abort(403)
    return True


def test_another_persons_ids_in_a_form_or_a_download_do_nothing(people, app):
    owner, other = people.account(), people.account()
    case, own = people.case(owner), people.case(other)
    with people.session() as session, session.begin():
        kept = keep_form(session, case, "/plan", {"x": ["y"]}, why="typing", who=owner, at=now())
        reference = session.get(Case, case).reference
    grant = people.grant(case, None, {"plan": "see"})
    browser = people.browser(other, own)
    token = browser.page("/people/code").filled("/people/code")["csrf_token"]
    for address, fields in (
        ("/account/open", {"reference": reference}),
        ("/assessment/answering_for", {"answering_for": "me", "kept": kept}),
        (f"/unsaved/{kept}/throw-away", {}),
        (f"/unsaved/{kept}/decline", {}),
        (f"/people/{grant}/remove", {}),
        (f"/people/helping/{grant}", {}),
        (f"/people/helping/{grant}/end", {}),
    ):
        browser.post(address, data={"csrf_token": token, **fields})
    with people.session() as session:
        assert kept_form(session, case, str(kept)) is not None
        assert session.get(Grant, grant).revoked is None
    assert [entry for entry in people.trail(case) if entry[0] != "person"] == []
    assert browser.page("/account").words.count(reference) == 0
    assert reference not in browser.get("/account/copy").text
