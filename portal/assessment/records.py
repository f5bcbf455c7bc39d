"""Answers as they are kept: one row for each question of a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, bindparam, cast, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.database import INSERT, Moment, Record, table_of
from portal.pack.conditions import Kept
from portal.prepared import Prepared
from portal.sealing import WORDS_AMONG, is_sealed, open_words, seal
from portal.sharing.records import Case


class Answer(Record):
    """The answer to one question, kept under the question's id and never under its wording.

    :ivar value: as the question's kind keeps it; sealed when it is in words.
    :ivar version: counted up with each change, so that two windows cannot undo each other unseen.
    """

    __tablename__ = "answer"
    # One tree instead of a table and its index: a save writes fewer pages to the disk.
    __table_args__ = {"sqlite_with_rowid": False}

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON, info=WORDS_AMONG)
    version: Mapped[int]
    answered_at: Mapped[datetime] = mapped_column(Moment)


class PageRead(Record):
    """A page of the assessment that the person read and went on from: their answers, where they stand."""

    __tablename__ = "page_read"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    page: Mapped[str] = mapped_column(String(20), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(Moment)


_PLACE = "answer.value"
_table = table_of(Answer)
_one = (_table.c.case_id == bindparam("case")) & (_table.c.question == bindparam("name"))
_version = Prepared(select(_table.c.version).where(_one))
_forget = Prepared(delete(_table).where(_one))
_JSON_TOGETHER: Mapping[str, Any] = {
    "sqlite": func.json_group_object(_table.c.question, func.json(_table.c.value), type_=Text),
    "postgresql": cast(func.json_object_agg(_table.c.question, _table.c.value), Text),
}
# All answers as one JSON object: one row to fetch and one text to read instead of fifty.
_all = Prepared(
    {
        dialect: select(together.label("answers")).where(_table.c.case_id == bindparam("case"))
        for dialect, together in _JSON_TOGETHER.items()
    }
)


def _kept_by(dialect: str) -> Any:
    added = INSERT[dialect](_table)
    return added.on_conflict_do_update(
        index_elements=[_table.c.case_id, _table.c.question],
        set_={
            "value": added.excluded.value,
            "version": _table.c.version + 1,
            "answered_at": added.excluded.answered_at,
        },
    )


_keep = Prepared({dialect: _kept_by(dialect) for dialect in INSERT})


def answers_of(session: Session, case_id: str) -> dict[str, Kept]:
    """Every answer of a case by question id, those off the path included.

    What counts of them is told by :func:`portal.questions.path.counted`.
    """
    found: str | None = _all.value(session, {"case": case_id})
    return open_words(session, case_id, _PLACE, found) if found else {}


def version_of(session: Session, case_id: str, question: str) -> int:
    """How often the answer to a question was changed; nought when there is none."""
    return _version.value(session, {"case": case_id, "name": question}) or 0


def keep_answer(
    session: Session,
    case_id: str,
    question: str,
    kept: Kept,
    at: datetime,
    before: Kept | None = None,
    *,
    words: bool = True,
) -> None:
    """Keep an answer in place of an earlier one, and note the change in the audit trail.

    :param before: the earlier one, which whoever saves has read already.
    :param words: whether it holds what somebody wrote or who they are; it is then sealed.
    """
    said = audit.Said(before, kept)
    if words or is_sealed(kept):
        kept = seal(session, case_id, f"{_PLACE} {question}", kept)
    _keep.run(
        session,
        {"case_id": case_id, "question": question, "value": kept, "version": 1, "answered_at": at},
    )
    audit.record(session, case_id, "change", f"answer {question}", at, said=said)


def forget_answer(session: Session, case_id: str, question: str, at: datetime, before: Kept | None) -> None:
    """Take an answer away, and note that in the audit trail, with what it was."""
    _forget.run(session, {"case": case_id, "name": question})
    audit.record(session, case_id, "remove", f"answer {question}", at, said=audit.Said(before, None))


def pages_read(session: Session, case_id: str) -> frozenset[str]:
    """The pages that the person went on from, for example ``check`` once they said it is right."""
    return frozenset(session.execute(select(PageRead.page).where(PageRead.case_id == case_id)).scalars())


def note_page_read(session: Session, case_id: str, page: str, at: datetime) -> None:
    """Note that the person read a page to its end and went on."""
    session.merge(PageRead(case_id=case_id, page=page, read_at=at))
    audit.record(session, case_id, "read", f"page {page}", at)
