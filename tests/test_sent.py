"""A form is read as Werkzeug reads it, only faster when it is short."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as some
from werkzeug.exceptions import ClientDisconnected
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from portal.sent import PLAIN_FORM, SHORT_FORM, InMemory

_names = some.text(max_size=8)
_fields = some.lists(some.tuples(_names, some.text(max_size=12)), max_size=8)
_bodies = some.one_of(some.binary(max_size=60), _fields.map(lambda fields: urlencode(fields).encode()))


def sent(body: bytes, kind: str = PLAIN_FORM, length: int | None = None) -> dict[str, object]:
    told = EnvironBuilder(method="POST", data=body, content_type=kind).get_environ()
    told["CONTENT_LENGTH"] = str(len(body) if length is None else length)
    told["wsgi.input"] = BytesIO(body)
    return told


@given(body=_bodies)
def test_a_short_form_says_what_it_says_to_werkzeug(body: bytes) -> None:
    assert list(InMemory(sent(body)).form.lists()) == list(Request(sent(body)).form.lists())


@pytest.mark.parametrize("kind", [f"{PLAIN_FORM}; charset=utf-8", "text/plain", ""])
def test_any_other_form_is_left_to_werkzeug(kind: str) -> None:
    body = b"name=Ruth&name=Ed&empty="
    assert list(InMemory(sent(body, kind)).form.lists()) == list(Request(sent(body, kind)).form.lists())


def test_a_form_too_long_to_be_read_at_once_says_the_same() -> None:
    body = urlencode({"words": "é" * SHORT_FORM}).encode()
    assert InMemory(sent(body)).form["words"] == "é" * SHORT_FORM


def test_a_form_that_breaks_off_is_no_form() -> None:
    with pytest.raises(ClientDisconnected):
        assert InMemory(sent(b"name=Ru", length=9)).form


def test_what_was_read_as_it_is_can_still_be_read_as_a_form() -> None:
    asked = InMemory(sent(b"name=Ruth"))
    assert asked.get_data() == b"name=Ruth"
    assert asked.form["name"] == "Ruth"
    assert not asked.files
    assert asked.stream.read() == b""


def test_cookies_are_read_as_they_came() -> None:
    told = sent(b"")
    told["HTTP_COOKIE"] = 'look-mode=larger; visit=abc_-9; quoted="a b"'
    assert InMemory(told).cookies.to_dict() == Request(told).cookies.to_dict()
