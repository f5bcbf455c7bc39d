"""Who is let into a case, with what right, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pytest

from portal.safeguards import now
from portal.sharing.records import is_untouched, last_change
from portal.sharing.rules import PERSON, SECTIONS, role_of

TODAY = date(2026, 11, 29)
OWNER, HELPER = 1, 2


@dataclass
class Row:
    """A case with the passport of whoever asks beside it."""

    account_id: int | None = OWNER
    grant_id: str | None = "g"
    grant_rights: dict[str, str] = field(default_factory=lambda: {"plan": "see"})
    grant_until: date = TODAY
    grant_revoked: datetime | None = None
    grant_basis: str | None = None
    claim: str | None = None


def test_a_private_draft_belongs_to_whoever_holds_it():
    assert role_of(Row(account_id=None, grant_id=None), None, TODAY) is PERSON


def test_what_was_typed_from_paper_belongs_to_nobody_but_who_types_it_until_it_is_taken_over():
    waits = Row(account_id=None, grant_rights={"plan": "write"}, claim="hash")
    typist = role_of(waits, HELPER, TODAY)
    assert typist is not None
    assert typist.may("plan", "write")
    assert not typist.may("plan", "own")
    assert role_of(replace(waits, grant_id=None), None, TODAY) is None
    assert role_of(replace(waits, grant_revoked=now()), HELPER, TODAY) is None


def test_a_kept_case_is_opened_by_its_account_alone():
    kept = Row(grant_id=None)
    assert role_of(kept, OWNER, TODAY) is PERSON
    assert role_of(kept, HELPER, TODAY) is None
    assert role_of(kept, None, TODAY) is None


def test_a_passport_holds_to_the_end_of_its_last_day():
    assert role_of(Row(), HELPER, TODAY) is not None
    assert role_of(Row(), HELPER, date(2026, 11, 30)) is None


def test_a_passport_that_was_taken_away_opens_nothing():
    assert role_of(Row(grant_revoked=now()), HELPER, TODAY) is None


@pytest.mark.parametrize(
    ("given", "right", "opens"),
    [
        ("see", "see", True),
        ("see", "write", False),
        ("suggest", "see", True),
        ("suggest", "write", True),
        ("write", "write", True),
        ("write", "own", False),
    ],
)
def test_a_helper_opens_what_their_right_to_a_part_covers(given, right, opens):
    helper = role_of(Row(grant_rights={"plan": given}), HELPER, TODAY)
    assert helper is not None
    assert helper.may("plan", right) is opens
    assert not helper.may("budget", "see")
    assert helper.suggests("plan") is (given == "suggest")


def test_every_helper_finds_the_list_of_parts_and_none_of_them_the_account():
    helper = role_of(Row(grant_rights=dict.fromkeys(SECTIONS, "write")), HELPER, TODAY)
    assert helper is not None
    assert helper.may("tasks", "see")
    assert not helper.may("account", "see")


def test_whoever_acts_for_the_person_does_what_is_theirs_only_once_an_officer_has_confirmed_it():
    for account in (OWNER, HELPER):
        asked = role_of(Row(grant_basis="asked", grant_rights={"plan": "write"}), account, TODAY)
        assert asked is not None
        assert (asked.may("plan", "write"), asked.may("plan", "own")) == (True, False)
        confirmed = role_of(Row(grant_basis="confirmed"), account, TODAY)
        assert confirmed is not None
        assert confirmed.may("plan", "own")
        assert confirmed.audited == "representative g"


def test_a_helper_works_in_the_case_and_is_named_in_the_trail(people):
    owner, friend = people.account(), people.account()
    case = people.case(owner)
    grant = people.grant(case, friend, {"assessment": "write"})
    helper = people.browser(friend, case)
    assert "/assessment" in " ".join(helper.page("/tasks").links)
    assert "/plan" not in helper.page("/tasks").links
    helper.send("/assessment/answering_for", {"answering_for": "together"})
    assert (f"helper {grant}", "view", "page /assessment/answering_for") in people.trail(case)
    assert (f"helper {grant} mine", "change", "answer answering_for") in people.trail(case)


def test_the_person_leaves_no_trace_by_looking_and_is_called_the_person(people):
    owner = people.account()
    case = people.case(owner)
    browser = people.browser(owner, case)
    browser.page("/tasks")
    browser.send("/assessment/answering_for", {"answering_for": "me"})
    assert people.trail(case)[2:] == [("person", "change", "answer answering_for")]


def test_taking_a_passport_away_takes_effect_on_the_next_click(people):
    owner, friend = people.account(), people.account()
    case = people.case(owner)
    grant = people.grant(case, friend, {"assessment": "write"})
    helper = people.browser(friend, case)
    open_page = helper.page("/assessment/answering_for")
    people.change(grant, revoked=now())
    sent = helper.post("/assessment/answering_for", data=open_page.filled() | {"answering_for": "me"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/")
    assert ("change", "answer answering_for") not in [entry[1:] for entry in people.trail(case)]
    assert helper.get("/tasks").status_code == 303
    told = "You cannot open the plan any more that you had open."
    assert told in helper.page("/").words
    assert told not in people.browser(owner, case).page("/").words


def test_what_a_helper_may_not_open_looks_like_what_is_not_there(people):
    owner, friend = people.account(), people.account()
    case = people.case(owner)
    people.grant(case, friend, {"assessment": "see"})
    helper = people.browser(friend, case)
    for address in (
        "/plan",
        "/account",
        "/account/copy",
        "/assessment/answering_for",
        "/document/plan-1.pdf",
    ):
        refused, absent = helper.get(address), helper.get("/nowhere")
        assert refused.status_code == absent.status_code == 404
        assert refused.text.replace(f"to={address}", "to=/nowhere") == absent.text
        assert dict(refused.headers) | {"Content-Length": ""} == dict(absent.headers) | {"Content-Length": ""}


def test_looking_does_not_make_a_draft_be_kept_for_longer(people):
    owner, friend = people.account(), people.account()
    case = people.case(owner)
    people.grant(case, friend, {"assessment": "see"})
    with people.session() as session:
        before = last_change(session, case), is_untouched(session, case)
    people.browser(friend, case).page("/assessment/check")
    assert people.trail(case)[-1][1] == "view"
    with people.session() as session:
        assert (last_change(session, case), is_untouched(session, case)) == before


def test_a_look_that_cannot_be_noted_is_refused(people, monkeypatch):
    from portal import audit

    owner, friend = people.account(), people.account()
    case = people.case(owner)
    people.grant(case, friend, {"assessment": "see"})
    helper = people.browser(friend, case)

    def fails(*_args: object, **_more: object) -> None:
        from sqlalchemy.exc import OperationalError

        raise OperationalError("INSERT", None, Exception("disk full"))

    monkeypatch.setattr(audit, "record", fails)
    assert helper.get("/assessment/check").status_code == 503


@pytest.mark.parametrize("address", ["/account/copy", "/document/plan-1/data/data"])
def test_what_was_only_asked_for_is_not_noted_before_somebody_has_shown_who_they_are(people, address):
    owner = people.account()
    case = people.case(owner)
    asked = people.browser(owner, case, fresh=None).get(address)
    assert asked.location.startswith("/account/again")
    assert "export" not in [entry[1] for entry in people.trail(case)]
