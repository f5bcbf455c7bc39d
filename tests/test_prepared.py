"""Prepared statements: the same as SQLAlchemy would give, with its errors."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table, bindparam, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.database import Moment, open_database
from portal.prepared import Prepared

NOTES = Table(
    "note",
    MetaData(),
    Column("name", String(20), primary_key=True),
    Column("said", JSON),
    Column("seen", Moment),
    Column("held", Integer),
)
AT = datetime(2026, 4, 6, 9, 30, 0, 5)  # noqa: DTZ001 - kept without a zone
ROW = {"name": "one", "said": {"words": ["ŵ", None]}, "seen": AT, "held": None}
FIND = select(NOTES.c.said, NOTES.c.seen, NOTES.c.held).where(NOTES.c.name == bindparam("which"))


class Line:
    """What has a connection."""

    def __init__(self, connection):
        self._connection = connection

    def connection(self):
        return self._connection


@pytest.fixture
def line(database_url):
    engine = open_database(database_url)
    with engine.connect() as connection:
        NOTES.create(connection)
        yield Line(connection)
    engine.dispose()


def test_it_keeps_and_gives_back_what_sqlalchemy_does(line):
    Prepared(insert(NOTES)).run(line, dict(ROW))
    row = Prepared(FIND).first(line, {"which": "one"})
    assert (row.said, row.seen, row.held) == tuple(line.connection().execute(FIND, {"which": "one"}).one())
    assert (row.said, row.seen) == (ROW["said"], AT)


def test_it_says_how_many_rows_it_changed(line):
    Prepared(insert(NOTES)).run(line, dict(ROW))
    changes = Prepared(NOTES.update().values(said={}).where(NOTES.c.name == bindparam("which")))
    assert changes.run(line, {"which": "one"}) == 1
    assert changes.run(line, {"which": "another"}) == 0


def test_what_is_not_there_is_none(line):
    assert Prepared(FIND).first(line, {"which": "unknown"}) is None
    assert Prepared(FIND).value(line, {"which": "unknown"}) is None


def test_a_fault_is_told_as_sqlalchemy_tells_it(line):
    add = Prepared(insert(NOTES))
    add.run(line, dict(ROW))
    with pytest.raises(IntegrityError):
        add.run(line, dict(ROW))


def test_a_statement_that_the_database_refuses_is_an_error_of_sqlalchemy(line):
    line.connection().exec_driver_sql("DROP TABLE note")
    with pytest.raises(DBAPIError, match="note"):
        Prepared(FIND).first(line, {"which": "one"})
