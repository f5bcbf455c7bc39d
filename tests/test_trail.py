"""Whatever is done to the audit trail behind the portal's back is found, and the first bad entry named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from attacks.tamper import AT, KEY, fill, missed, unlock, writing
from portal import trail
from portal.database import opened
from portal.sharing.records import Case


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with opened(database_url) as engine:
        fill(engine, cases=11, entries=6)
        yield engine


def test_every_way_of_tampering_is_found_each_time_where_it_was(engine: Engine) -> None:
    assert missed(engine, 60) == []


def test_a_trail_as_it_was_written_is_sound(engine: Engine) -> None:
    with writing(engine) as session:
        assert list(trail.faults(session, trail.read_seal(session, trail.seal(session, AT)))) == []


@pytest.mark.parametrize("what", ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_the_trail(engine: Engine, what: str) -> None:
    with writing(engine) as session:
        with pytest.raises(DBAPIError, match="only grows"):
            session.execute(text(what))
        session.rollback()
        assert trail.written(session) == 11 * 7 + 1


def test_a_case_deleted_behind_the_portal_s_back_is_found(engine: Engine) -> None:
    with writing(engine) as session:
        case = session.execute(text("SELECT min(id) FROM case_record")).scalar_one()
        session.execute(text("DELETE FROM case_record WHERE id = :id"), {"id": case})
        (fault,) = trail.faults(session)
    assert (fault.case_id, fault.what) == (case, "the case is gone, and no entry tells who deleted it")


def test_a_case_put_in_behind_the_portal_s_back_is_found(engine: Engine) -> None:
    rest = "kind, pack_id, pack_version, account_id, started"
    made = f"INSERT INTO case_record (id, reference, {rest}) SELECT 'made-up', 'AAAA-BBBB', {rest}"
    with writing(engine) as session:
        session.execute(text(f"{made} FROM case_record LIMIT 1"))
        (fault,) = trail.faults(session)
    assert str(fault) == "Case made-up, entry 1: there is no entry at all"


def test_a_seal_that_was_changed_is_no_seal(engine: Engine) -> None:
    with writing(engine) as session:
        sealed = trail.seal(session, AT)
        for other in (sealed.replace(" 7 ", " 6 ", 1), sealed[:-2], "", "anything\n"):
            with pytest.raises(trail.BadSeal):
                trail.read_seal(session, other)


def test_the_trail_of_a_deleted_case_goes_when_it_is_due_and_the_rest_is_still_proven(engine: Engine) -> None:
    late = AT + timedelta(days=3000)
    with writing(engine) as session:
        sealed = trail.read_seal(session, trail.seal(session, AT))
        (gone,) = session.execute(text("SELECT case_id FROM audit WHERE action = 'delete'")).scalars()
        before = trail.written(session)
        assert trail.forget(session, AT, late) == (0, 0)
        assert trail.forget(session, AT + timedelta(days=2), late) == (1, 0)
        assert trail.forget(session, late, late) == (0, 0)
        left = session.execute(
            text("SELECT place, action FROM audit WHERE case_id = :id"), {"id": gone}
        ).all()
        assert [tuple(row) for row in left] == [(9, "forget")]
        assert trail.written(session) == before - 7
        assert list(trail.faults(session, sealed)) == []
        assert list(trail.faults(session, trail.read_seal(session, trail.seal(session, late)))) == []
        other = {**sealed, gone: sealed[gone]._replace(hash="0" * 64)}
        assert [fault.case_id for fault in trail.faults(session, other)] == [gone]
        session.commit()
        with pytest.raises(DBAPIError, match="only grows"):
            session.execute(text("DELETE FROM audit WHERE case_id = :id"), {"id": gone})


def test_a_trail_that_was_tampered_with_does_not_go(engine: Engine) -> None:
    with writing(engine) as session:
        unlock(session)
        session.execute(text("UPDATE audit SET actor = 'nobody' WHERE action = 'delete'"))
        assert trail.forget(session, AT + timedelta(days=2), AT + timedelta(days=3000)) == (0, 1)


def test_another_key_finds_every_entry_wrong(engine: Engine) -> None:
    with writing(engine) as session:
        session.info["audit_key"] = b"another key"
        assert len(list(trail.faults(session))) == trail.written(session)


def test_several_processes_find_what_one_finds(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(engine) as session:
        sealed = trail.read_seal(session, trail.seal(session, AT))
        unlock(session)
        cases = session.execute(text("SELECT id FROM case_record ORDER BY id")).scalars().all()
        for case, place in ((cases[0], 1), (cases[3], 4), (cases[-1], 6)):
            _change(session, f"UPDATE audit SET actor = 'nobody' {_ENTRY}", case, place)
        for case, place in ((cases[1], 7), (cases[5], 3)):
            _change(session, f"DELETE FROM audit {_ENTRY}", case, place)
        session.execute(text("DELETE FROM case_record WHERE id = :case"), {"case": cases[4]})
        for case in (cases[2], cases[6]):
            session.execute(text("DELETE FROM audit WHERE case_id = :case"), {"case": case})
        session.execute(text("DELETE FROM case_record WHERE id = :case"), {"case": cases[6]})
        session.commit()
        alone = {seal: list(trail.faults(session, sealed if seal else None)) for seal in (True, False)}
    assert [len(found) for found in alone.values()] == [9, 7]
    monkeypatch.setattr(trail, "_WORTH_SHARING", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    address = engine.url.render_as_string(hide_password=False)
    for seal, found in alone.items():
        together = trail.faults_in(address, KEY, sealed if seal else None)
        assert sorted(together, key=str) == sorted(found, key=str)


_ENTRY = "WHERE case_id = :case AND place = :place"


def _change(session: Session, what: str, case: str, place: int) -> None:
    session.execute(text(what), {"case": case, "place": place})


def test_every_case_is_in_one_share(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "_WORTH_SHARING", 1)
    for processors in (1, 2, 3, 40):
        monkeypatch.setattr("os.cpu_count", lambda many=processors: many)
        with writing(engine) as session:
            shares = trail._shares(session)
            assert len(shares) == min(processors, 11)
            among = [select(Case.id).where(share.of(Case.__table__.c.id)) for share in shares]
            found = [case for one in among for case in session.execute(one).scalars()]
            assert sorted(found) == sorted(session.execute(select(Case.id)).scalars())
