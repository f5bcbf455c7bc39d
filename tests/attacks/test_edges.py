"""Hosts, proxies and methods: what stands around the pages answers nobody it should not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask, request

from portal.app import create_app
from portal.safeguards import is_local
from tests.browsing import Visitor
from tests.conftest import settings
from tests.visiting import begin

pytestmark = pytest.mark.once

PROBES = (
    "/.git/HEAD", "/.git/config", "/.env", "/console", "/debug", "/server-status", "/phpinfo.php", "/admin",
    "/portal.sqlite", "/portal/app.py", "/static/", "/static/x/", "/static/x/../../portal/app.py",
    "/static/x/%2e%2e/%2e%2e/pyproject.toml", "/robots.txt.bak", "/openapi.json", "/metrics", "/__debugger__",
    "/?__debugger__=yes&cmd=resource&f=debugger.js",
)  # fmt: skip
AWAY = (
    "//elsewhere.example", "///elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example",
    "\\\\elsewhere.example", "javascript:alert(1)", "/\t/elsewhere.example", "/\n/elsewhere.example",
    "http:elsewhere.example", "//elsewhere.example/%2f..", "https:///elsewhere.example",
    " //elsewhere.example",
    "/%0d%0aLocation:https://elsewhere.example/\r\n", "data:text/html,x", "//user@elsewhere.example", "",
)  # fmt: skip


@contextmanager
def portal(database_url: str, **decided: Any) -> Iterator[Flask]:
    app = create_app(settings(database_url, **decided))
    app.test_client_class = Visitor
    yield app
    app.extensions["engine"].dispose()


def test_a_portal_that_knows_its_address_answers_no_other_host(database_url) -> None:
    with portal(database_url, address="https://plan.example") as app:
        client = app.test_client()
        assert client.get("/", base_url="https://plan.example").status_code == 200
        for host in ("elsewhere.example", "plan.example.elsewhere.example", "plan.example@elsewhere.example"):
            answer = client.get("/", headers={"Host": host})
            assert answer.status_code == 400, host
            assert "elsewhere" not in answer.get_data(as_text=True)
            assert "elsewhere" not in str(answer.headers)
            sent = client.post("/start", headers={"Host": host, "Origin": f"https://{host}"})
            assert sent.status_code == 400, host


def asked_by(app: Flask, forwarded: dict[str, str]) -> tuple[str | None, str, str]:
    seen: list[tuple[str | None, str, str]] = []

    def note() -> None:
        seen.append((request.remote_addr, request.scheme, request.host))

    app.before_request_funcs.setdefault(None, []).insert(0, note)
    app.test_client().get("/", headers=forwarded, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    return seen[0]


FORWARDED = {
    "X-Forwarded-For": "198.51.100.7, 203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "elsewhere.example",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "/elsewhere",
    "Forwarded": "for=198.51.100.7;host=elsewhere.example",
    "X-Real-IP": "198.51.100.7",
    "X-Original-URL": "/account",
}


@pytest.mark.parametrize(
    ("proxies", "told"),
    [
        (0, ("192.0.2.1", "http", "localhost")),
        (1, ("203.0.113.9", "https", "localhost")),
        (2, ("198.51.100.7", "http", "localhost")),
    ],
)
def test_who_asks_is_told_by_as_many_proxies_as_there_are(database_url, proxies, told) -> None:
    with portal(database_url, proxies=proxies) as app:
        assert asked_by(app, FORWARDED) == told


@pytest.mark.parametrize(
    "method", ["TRACE", "TRACK", "CONNECT", "PUT", "DELETE", "PATCH", "DEBUG", "PROPFIND"]
)
def test_other_methods_are_refused(client, method) -> None:
    begin(client)
    for address in ("/", "/tasks", "/assessment/answering_for"):
        answer = client.open(address, method=method, headers={"X-Marker": "told-back"})
        assert answer.status_code in {400, 404, 405}, address
        assert "told-back" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("override", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_header_does_not_make_a_page_a_form(client, override) -> None:
    begin(client)
    assert client.get("/account/delete", headers={override: "POST"}).status_code == 200
    assert client.page("/tasks").address == "/tasks"


@pytest.mark.parametrize("address", PROBES)
def test_nothing_of_the_inside_is_served(client, address) -> None:
    answer = client.get(address)
    inside = address.startswith("/?")
    assert answer.status_code == (200 if inside else 404)
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize("address", AWAY)
def test_no_way_on_leads_off_the_portal(client, address) -> None:
    assert not is_local(address)
    begin(client)
    for asked in ("/look", "/language", "/leave"):
        for name in ("next", "back", "to", "url"):
            answer = client.get(asked, query_string={name: address, "mode": "larger"})
            to = answer.headers.get("Location", "/")
            # The quick way out is the pack's own address, whatever was asked for.
            assert "elsewhere" not in to, f"{asked}?{name}"
            assert "elsewhere" not in str(answer.headers)


def test_a_browser_forgets_what_it_kept_when_somebody_signs_out(client) -> None:
    begin(client)
    answer = client.post("/account/sign-out", data=client.page("/account").filled("/account/sign-out"))
    assert answer.status_code == 303
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", ["9" * 40, "9" * 19, "3000000000", "-1", "٣", "1e9", ""])
def test_a_number_that_no_page_could_mean_is_said_plainly(client, number) -> None:
    client.send("/", to="/demo/grace")
    assert client.get("/account/opened", query_string={"left_out": number}).status_code == 200
    for address in (f"/document/plan-{number}.pdf", f"/assessment/helpers/{number}", f"/catalogue/{number}"):
        assert client.get(address).status_code in {200, 303, 404}, address
