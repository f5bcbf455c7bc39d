"""Prepared statements: the same as SQLAlchemy would give, with its errors."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.database import open_database, table_of
from portal.identity.records import VisitSession, hash_token
from portal.prepared import Prepared

_visits = table_of(VisitSession)
AT = datetime(2026, 4, 6, 9, 30, 0, 5)  # noqa: DTZ001 - kept without a zone
ROW = {
    "token": hash_token("t"),
    "data": {"said": ["ŵ", None]},
    "account_id": None,
    "held": None,
    "began": AT,
    "seen": AT,
}
FIND = select(_visits.c.data, _visits.c.seen, _visits.c.held).where(_visits.c.token == bindparam("token"))


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
        yield Line(connection)
    engine.dispose()


def test_it_keeps_and_gives_back_what_sqlalchemy_does(line):
    Prepared(insert(_visits)).run(line, dict(ROW))
    row = Prepared(FIND).first(line, {"token": ROW["token"]})
    assert (row.data, row.seen, row.held) == tuple(
        line.connection().execute(FIND, {"token": ROW["token"]}).one()
    )
    assert (row.data, row.seen) == (ROW["data"], AT)


def test_it_says_how_many_rows_it_changed(line):
    Prepared(insert(_visits)).run(line, dict(ROW))
    changes = Prepared(_visits.update().values(data={}).where(_visits.c.token == bindparam("which")))
    assert changes.run(line, {"which": ROW["token"]}) == 1
    assert changes.run(line, {"which": "another"}) == 0


def test_what_is_not_there_is_none(line):
    assert Prepared(FIND).first(line, {"token": "unknown"}) is None
    assert Prepared(FIND).value(line, {"token": "unknown"}) is None


def test_a_fault_is_told_as_sqlalchemy_tells_it(line):
    add = Prepared(insert(_visits))
    add.run(line, dict(ROW))
    with pytest.raises(IntegrityError):
        add.run(line, dict(ROW))


def test_a_statement_that_the_database_refuses_is_an_error_of_sqlalchemy(line):
    line.connection().exec_driver_sql("DROP TABLE visit")
    with pytest.raises(DBAPIError, match="visit"):
        Prepared(FIND).first(line, {"token": "t"})
