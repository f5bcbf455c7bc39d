"""What is logged is one line for each thing, and says nothing that anybody typed."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.errors import log
from portal.logs import OneLine
from tests.browsing import Visitor

CANARY = "Canary-in-a-message-4T"


@pytest.fixture
def written() -> Iterator[Callable[[], str]]:
    """What the portal logged so far."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine("%(levelname)s %(message)s"))
    log.addHandler(handler)
    yield stream.getvalue
    log.removeHandler(handler)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\x1b[2K", "\u202e"])
def test_nobody_can_forge_a_line(written: Callable[[], str], end: str) -> None:
    log.error("page %s", f"/x{end}ERROR all is well")
    assert len(written().splitlines()) == 1
    assert end not in written().rstrip("\n")


def test_of_an_error_its_kind_and_place_are_told_and_not_what_it_says(written: Callable[[], str]) -> None:
    try:
        try:
            int(CANARY)
        except ValueError as wrong:
            raise KeyError(CANARY) from wrong
    except KeyError:
        log.exception("Exception on /assessment/story [POST]")
    told = written()
    assert CANARY not in told
    assert "builtins.KeyError" in told and "builtins.ValueError" in told
    assert "test_logs.py" in told and "Exception on /assessment/story [POST]" in told


def test_a_page_that_breaks_logs_nothing_that_was_sent(
    client: Visitor, app: Flask, written: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise ValueError(CANARY)

    broken.access = "open"  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "guide.start", broken)
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    response = client.get(f"/?said={CANARY}")
    assert response.status_code == 500
    assert "builtins.ValueError" in written()
    assert CANARY not in written()


def test_an_error_of_the_database_does_not_quote_a_value(app: Flask) -> None:
    with app.extensions["engine"].connect() as line, pytest.raises(SQLAlchemyError) as raised:
        line.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": CANARY})
    assert CANARY not in str(raised.value)
