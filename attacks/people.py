"""Everybody who may come to the portal: how each begins a visit."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping

from flask.testing import FlaskClient

from attacks.reading import Form, read

Begin = Callable[[FlaskClient], None]
PASSPHRASE = "a long walk by the river 7"


def form_to(client: FlaskClient, page: str, action: str) -> Form:
    """The form of a page that goes to an address."""
    answer = client.get(page, follow_redirects=True)
    forms, _links = read(page, answer.get_data(as_text=True))
    return next(form for form in forms if form.action == action)


def send(client: FlaskClient, form: Form, **changed: str) -> int:
    """Send a form with some fields filled in; the status."""
    sent: dict[str, list[str]] = {}
    for name, value in form.sent:
        sent.setdefault(name, []).append(value)
    sent |= {name.replace("__", "-"): [value] for name, value in changed.items()}
    return client.post(form.action, data=sent).status_code


def _stranger(_client: FlaskClient) -> None:
    """Somebody without a visit."""


def _newcomer(client: FlaskClient) -> None:
    assert send(client, form_to(client, "/", "/start")) == 303


def _planner(client: FlaskClient) -> None:
    assert send(client, form_to(client, "/", "/demo/grace")) == 303


def _owner(client: FlaskClient) -> None:
    _planner(client)
    form = form_to(client, "/account/save", "/account/save")
    email = f"{secrets.token_hex(6)}@mail.example.org"
    assert send(client, form, email=email, passphrase=PASSPHRASE) == 303


def account_of(client: FlaskClient) -> str:
    """Make an account without anything in it; its address."""
    email = f"{secrets.token_hex(6)}@mail.example.org"
    form = form_to(client, "/account/new", "/account/new")
    assert send(client, form, email=email, passphrase=PASSPHRASE) == 303
    return email


def invite(person: FlaskClient, level: str) -> tuple[str, str]:
    """Invite somebody; the address of what was given to them, and its code."""
    form = form_to(person, "/people/invite", "/people/invite")
    invited = person.post(
        form.action,
        data={**dict(form.sent), "name": "Sam", "given_by": "Grace", "relation": "family", "level": level},
    )
    assert invited.status_code == 303
    given = invited.location
    code = re.search(r'<p class="code"><bdi dir="ltr">([^<]+)', person.get(given).get_data(as_text=True))
    assert code is not None
    return given, code[1]


def accept(helper: FlaskClient, code: str) -> None:
    """Use a code, and say yes."""
    assert send(helper, form_to(helper, "/people/code", "/people/code"), code=code) == 303
    assert send(helper, form_to(helper, "/people/accept", "/people/accept")) == 303


def open_helped(helper: FlaskClient, *, whose: str = "theirs") -> bool:
    """Open the case of the one person that somebody helps; whether there is one."""
    forms, _links = read("/people/helping", helper.get("/people/helping").get_data(as_text=True))
    opening = [one for one in forms if re.fullmatch(r"/people/helping/[^/]+", one.action)]
    if not opening:
        return False
    answer = helper.post(opening[0].action, data=dict(opening[0].sent))
    assert answer.status_code == 303
    if answer.location == "/people/words":
        assert send(helper, form_to(helper, "/people/words", "/people/words"), words=whose) == 303
    return True


def _helper(client: FlaskClient) -> None:
    """Somebody who writes for a person, invited by a code."""
    person = client.application.test_client()
    person.environ_base.update(client.environ_base)
    _owner(person)
    account_of(client)
    accept(client, invite(person, "write")[1])
    assert open_helped(client)


def _carer(client: FlaskClient) -> None:
    assert send(client, form_to(client, "/carer/start", "/carer/start")) == 303


def _officer(client: FlaskClient) -> None:
    assert send(client, form_to(client, "/", "/demo/officer")) == 303


PEOPLE: Mapping[str, Begin] = {
    "a stranger": _stranger,
    "a newcomer": _newcomer,
    "a person with a plan": _planner,
    "a person with an account": _owner,
    "a helper": _helper,
    "a carer": _carer,
    "an officer": _officer,
}
