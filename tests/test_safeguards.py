"""When the database is away, whatever the moment, the person gets a plain page that says what was kept."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal import audit
from portal.lines import Lines
from portal.safeguards import Work
from tests.browsing import Page, Visitor
from tests.visiting import begin


def gone(*_args: object, **_more: object) -> None:
    raise OperationalError("COMMIT", None, RuntimeError("it is away"))


def answers(app: Flask) -> int:
    with app.extensions["engine"].connect() as line:
        return int(line.scalar(text("SELECT count(*) FROM answer")))


@pytest.fixture
def question(client: Visitor) -> Page:
    """A question that somebody is about to answer."""
    begin(client)
    return client.page("/assessment/answering_for")


def plainly_away(page: Page) -> bool:
    return (
        page.status == 503
        and page.heading == "We are closed for a short time"
        and page.response.headers["Retry-After"].isdigit()
        and "Content-Security-Policy" in page.response.headers
    )


def test_a_save_that_cannot_be_committed_is_not_said_to_be_kept(app, client, question, monkeypatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Work, "commit", gone)
        page = client.send(question, {"answering_for": "me"})
        assert plainly_away(page)
        assert "What you typed on the last page is not saved" in page.words
    assert answers(app) == 0
    assert not client.send(question, {"answering_for": "me"}).errors
    assert answers(app) == 1


def test_a_statement_that_fails_undoes_the_whole_page(app, client, question, monkeypatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(audit._add, "run", gone)
        page = client.send(question, {"answering_for": "me"})
    assert plainly_away(page)
    assert answers(app) == 0


def test_a_visit_that_cannot_be_read_is_told_so_and_goes_on_later(app, client, question, monkeypatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Lines, "take", gone)
        assert plainly_away(client.page("/tasks"))
        assert plainly_away(client.page("/"))
        sheet = next(link["href"] for link in client_links(question))
        assert client.get(sheet).status_code == 200
    assert client.page("/tasks").status == 200


def test_whoever_watches_is_told_whether_the_database_answers(app, client, monkeypatch) -> None:
    assert client.get("/health").get_data(as_text=True) == "ok"
    with monkeypatch.context() as broken:
        broken.setattr(Lines, "take", gone)
        assert client.get("/health").status_code == 503


def client_links(page: Page):
    return page.soup.select('link[rel="stylesheet"]')
