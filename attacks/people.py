"""Everybody who may come to the portal: how each begins a visit."""

from __future__ import annotations

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


def _officer(client: FlaskClient) -> None:
    assert send(client, form_to(client, "/", "/demo/officer")) == 303


PEOPLE: Mapping[str, Begin] = {
    "a stranger": _stranger,
    "a newcomer": _newcomer,
    "a person with a plan": _planner,
    "a person with an account": _owner,
    "an officer": _officer,
}
