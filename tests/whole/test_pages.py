"""What holds on every page somebody with a whole plan can come to by its links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, MetaData, Row, Table, select

from portal.audit import LOOKS
from tests.browsing import Page
from tests.visiting import follow_links

PERSONAL = re.compile(
    r"@|%40|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{3}[ -]?\d{3}[ -]?\d{4}\b", re.IGNORECASE
)

RANDOM = re.compile(r"(/plan/(?:line|backup|both|joint)/|/together/|/line/)[A-Za-z0-9_-]{16,22}(?=/|$)")
"""Names made of random signs, which now and then look like a postcode."""


@dataclass
class Walk:
    """Every page by its address, and the whole database before and after they were read."""

    pages: dict[str, Page]
    before: dict[str, list[tuple]]
    after: dict[str, list[tuple]]


def kept(app) -> dict[str, list[tuple]]:
    """Every row of every table, but for what the trail says of who looked."""
    tables = MetaData()
    with app.extensions["engine"].connect() as connection:
        tables.reflect(connection)
        return {
            name: sorted((tuple(row) for row in _rows(connection, table)), key=repr)
            for name, table in tables.tables.items()
        }


def _rows(connection: Connection, table: Table) -> Iterable[Row]:
    rows = connection.execute(select(table))
    return (row for row in rows if table.name != "audit" or row.action not in LOOKS)


@pytest.fixture
def walk(app, client) -> Walk:
    client.send("/", to="/demo/grace")
    before = kept(app)
    pages = follow_links(client, ("/tasks",))
    return Walk(pages, before, kept(app))


def test_reading_changes_nothing_and_every_page_carries_the_rules_of_the_browser(walk):
    assert len(walk.pages) > 60
    assert sum(map(len, walk.before.values())) > 50
    assert walk.after == walk.before

    for address, page in walk.pages.items():
        headers = page.response.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy, address
        assert headers["Cache-Control"] == "no-store", address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["Content-Type"] == "text/html; charset=utf-8", address
        assert "max-age=31536000" in headers["Strict-Transport-Security"], address

    at_once = {
        "/safe",
        *(f"/right-now/{each}" for each in ("safeguarding", "urgent", "appeal", "change", "carer")),
    }
    for address, page in walk.pages.items():
        reached = {str(link["href"]) for link in page.soup.select("nav a[href]")}
        assert reached >= at_once, f"{address} does not lead to what cannot wait"
        strip = [str(link["href"]) for link in page.soup.select("nav.strip a[href]")]
        assert strip[:3] == ["/help", "/safe", "/right-now"], address

    told = [address for address in walk.pages if PERSONAL.search(RANDOM.sub(r"\1", address))]
    assert told == [], "an address tells something personal"
