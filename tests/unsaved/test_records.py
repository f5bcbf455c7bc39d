"""What was typed and not saved is kept as it was typed, for whoever typed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from portal.database import open_database
from portal.sharing.records import delete_case, start_case
from portal.unsaved.records import Kept, drop_form, drop_old_forms, keep_form, kept_form, kept_forms

AT = datetime.fromisoformat("2027-03-01T14:05")
LATER = datetime.fromisoformat("2027-03-01T14:09")
TYPED = {"words": ["I cook \N{COOKING}\r\n on Sundays "], "days": ["mon", "tue"]}


@pytest.fixture
def session(database_url: str, session_info) -> Iterator[Session]:
    engine = open_database(database_url)
    with Session(engine, info=session_info) as session:
        yield session
    engine.dispose()


@pytest.fixture
def case(session: Session) -> str:
    return start_case(session, pack_id="demo", pack_version="1", at=AT)


def kept(session, case, address, fields, **more) -> str:
    """Keep a form and give its name."""
    name = keep_form(session, case, address, fields, **{"why": "typing", "who": None, "at": AT, **more})
    assert name is not None
    return name


def found(session, case, name) -> Kept:
    """The one form."""
    form = kept_form(session, case, name)
    assert form is not None
    return form


def test_a_form_comes_back_as_it_was_typed(session, case):
    name = kept(session, case, "/plan/need/nutrition?x=1", TYPED)
    form = found(session, case, name)
    assert (form.fields, form.address, form.why, form.at) == (
        TYPED,
        "/plan/need/nutrition?x=1",
        "typing",
        AT,
    )


def test_kept_again_under_its_name_it_takes_the_place_of_the_first(session, case):
    name = kept(session, case, "/plan/over", {"words": ["I"]})
    assert kept(session, case, "/plan/over", TYPED, why="wrong", at=LATER, id=name) == name
    (form,) = kept_forms(session, case)
    assert (form.fields, form.why, form.at) == (TYPED, "wrong", LATER)


def test_another_case_neither_sees_it_nor_writes_over_it(session, case):
    other = start_case(session, pack_id="demo", pack_version="1", at=AT)
    name = kept(session, case, "/plan/over", TYPED)
    assert kept_form(session, other, name) is None
    assert keep_form(session, other, "/plan/over", {}, why="typing", who=None, at=LATER, id=name) is None
    drop_form(session, other, name)
    assert found(session, case, name).fields == TYPED
    assert kept_forms(session, other) == ()


def test_they_are_found_by_page_and_by_why_the_newest_first(session, case):
    for page, why, at in (
        ("/plan/over", "typing", AT),
        ("/plan/over", "wrong", LATER),
        ("/plan/helped", "suggested", AT),
    ):
        kept(session, case, page, TYPED, why=why, at=at)
    assert [one.why for one in kept_forms(session, case, address="/plan/over")] == ["wrong", "typing"]
    assert [one.address for one in kept_forms(session, case, whys=("suggested",))] == ["/plan/helped"]


def test_old_ones_go_by_why_and_all_go_with_the_case(session, case):
    for why in ("expired", "suggested"):
        kept(session, case, "/plan/over", TYPED, why=why)
    drop_old_forms(session, AT, ("expired",))
    assert len(kept_forms(session, case)) == 2
    drop_old_forms(session, LATER, ("expired",))
    assert [one.why for one in kept_forms(session, case)] == ["suggested"]
    delete_case(session, case)
    assert kept_forms(session, case) == ()
