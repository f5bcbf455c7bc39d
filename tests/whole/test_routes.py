"""Every address of the portal: written down, guarded, and the same to a stranger whether it exists or not."""

from __future__ import annotations

import re

import pytest
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from portal.sharing.access import OPEN, SIGNED_IN, STAFF, Need
from tests.browsing import Visitor
from tests.visiting import begin
from tests.whole.files import ROOT

WRITTEN = ROOT / "tests" / "whole" / "routes.txt"
# What may stand in an address: names out of a pack, and numbers. Nothing that tells who somebody is.
IMPERSONAL = {
    "token",
    "version", "name", "trigger_id", "question_id", "outcome", "number", "place", "line_id", "setback_id",
    "planner_id",
    "grant_id", "kept_id", "part", "picture_id", "sample_id", "service_id", "route_id", "rule", "topic",
    "code", "edition_id", "form_id",
    "pair_id", "what", "request_id",
}  # fmt: skip
FILLED = {"question_id": "nutrition", "outcome": "nutrition", "name": "style.css", "trigger_id": "fall"}


def routes(app) -> list[tuple[str, Rule, object]]:
    """Each method and rule, and what its page says of access."""
    return [
        (method, rule, getattr(app.view_functions[rule.endpoint], "access", None))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def said(access: object) -> str:
    return f"{access.section}: {access.right}" if isinstance(access, Need) else str(access)


def address_of(rule: Rule) -> str:
    """An address of this rule, with something plausible where it varies."""

    def filled(part: re.Match[str]) -> str:
        converter = rule._converters[part.group(1)]
        if isinstance(converter, AnyConverter):
            return min(converter.items)
        return "1" if isinstance(converter, IntegerConverter) else FILLED.get(part.group(1), "x")

    return re.sub(r"<(?:[^:>]+:)?(\w+)>", filled, rule.rule)


def token_of(visitor: Visitor) -> str:
    """What the forms of this visit carry against forgery."""
    return str(visitor.page("/account/sign-in").filled("/account/sign-in")["csrf_token"])


def test_every_page_says_who_may_open_it(app):
    silent = [
        rule.rule
        for _method, rule, access in routes(app)
        if access not in {OPEN, SIGNED_IN, STAFF} and not isinstance(access, Need)
    ]
    assert silent == []


def test_every_route_is_written_down_so_that_none_comes_or_goes_unnoticed(app):
    found = sorted(f"{rule.rule}  {method}  {said(access)}" for method, rule, access in routes(app))
    written = WRITTEN.read_text(encoding="utf-8").splitlines()
    assert sorted(set(found) - set(written)) == [], "not written down in tests/whole/routes.txt"
    assert sorted(set(written) - set(found)) == [], "written down and not there"


def test_no_address_has_room_for_anything_personal(app):
    parts = {name for _method, rule, _access in routes(app) for name in rule.arguments}
    assert parts - IMPERSONAL == set()


def test_a_stranger_is_sent_to_the_start_from_every_page_of_a_case(app, client):
    token = token_of(client)
    guarded = [(method, address_of(rule)) for method, rule, access in routes(app) if isinstance(access, Need)]
    assert len(guarded) > 10
    for method, address in guarded:
        answer = client.open(address, method=method, data={"csrf_token": token} if method == "POST" else None)
        assert (answer.status_code, answer.headers.get("Location")) == (303, "/?nothing=here"), (
            f"{method} {address}"
        )


def test_pages_of_an_account_ask_to_sign_in_and_those_of_staff_are_not_there_for_others(app, client):
    begin(client)
    token = token_of(client)
    for method, rule, access in routes(app):
        if access in {SIGNED_IN, STAFF}:
            sent = {"csrf_token": token} if method == "POST" else None
            answer = client.open(address_of(rule), method=method, data=sent)
            if access == STAFF:
                assert answer.status_code == 404, f"{method} {rule.rule}"
            else:
                assert answer.status_code == 303, f"{method} {rule.rule}"
                assert answer.headers["Location"].startswith("/account/sign-in?to="), rule.rule


def test_a_form_without_its_token_changes_nothing(app, client):
    begin(client)
    for method, rule, _access in routes(app):
        if method == "POST":
            answer = client.post(address_of(rule), data={"answer": "x"})
            assert answer.status_code == 400, rule.rule


def test_a_form_sent_by_another_site_is_refused_whatever_its_token(app, client):
    begin(client)
    token = token_of(client)
    for method, rule, _access in routes(app):
        if method == "POST":
            for header in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
                answer = client.post(address_of(rule), data={"csrf_token": token}, headers=header)
                assert answer.status_code == 403, f"{rule.rule} {header}"


@pytest.mark.parametrize(
    "address", ["/nowhere", "/assessment/nowhere", "/right-now/nowhere", "/static/1/nowhere.css"]
)
def test_what_does_not_exist_is_said_plainly(client, address):
    begin(client)
    assert client.get(address).status_code == 404


def test_what_comes_around_every_page_belongs_to_the_whole_portal(app):
    """A room that had something of its own would find that it is never asked: see `portal.web`."""
    around = (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs)
    assert all(room is None for functions in around for room, own in functions.items() if own)
    assert not any(app.url_value_preprocessors.values())
