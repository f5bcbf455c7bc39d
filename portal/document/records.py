"""Plans as they were frozen: numbered versions of a case, never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.database import Moment, Record, table_of
from portal.document.rules.canonical import canonical_json, content_hash, read_document
from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import Version
from portal.sealing import NAMED_BY, WORDS, open_row, seal_row
from portal.sharing.records import Case


class Document(Record):
    """One frozen version of a plan.

    :ivar number: counted from 1 in each case.
    :ivar content: the plan document as canonical JSON, sealed.
    :ivar sha256: of the content; ``said`` of what it says, the version itself left out.
    """

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("case_id", "number"), {"info": {NAMED_BY: ("number",)}})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    number: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[str] = mapped_column(Text, info=WORDS)
    sha256: Mapped[str] = mapped_column(String(64))
    said: Mapped[str] = mapped_column(String(64))


_table = table_of(Document)


@dataclass(frozen=True)
class Frozen:
    """A version without its content."""

    number: int
    made_at: datetime
    sha256: str
    said: str


def versions(session: Session, case_id: str) -> tuple[Frozen, ...]:
    """Every version of a case, the newest first."""
    columns = (Document.number, Document.made_at, Document.sha256, Document.said)
    found = select(*columns).where(Document.case_id == case_id).order_by(Document.number.desc())
    return tuple(Frozen(*row) for row in session.execute(found))


def next_version(session: Session, case_id: str, at: datetime) -> Version:
    """What the next version would be called."""
    latest = next(iter(versions(session, case_id)), None)
    number = latest.number if latest else 0
    return Version(number=number + 1, made_on=at.date(), replaces=number or None)


def freeze(session: Session, case_id: str, document: PlanDocument, at: datetime) -> int:
    """Keep a plan as its next version and give the number.

    A plan that says the same as the newest version is that version: nothing new is kept.

    :param document: as assembled for :func:`next_version`.
    """
    said = content_hash(document)
    latest = next(iter(versions(session, case_id)), None)
    if latest is not None and latest.said == said:
        return latest.number
    content = canonical_json(document)
    number = document.version.number
    values = {
        "case_id": case_id,
        "number": number,
        "made_at": at,
        "content": content.decode(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "said": said,
    }
    session.execute(insert(Document).values(**seal_row(session, _table, values)))
    audit.record(session, case_id, "freeze", f"document {number}", at)
    return number


def read_version(session: Session, case_id: str, number: int) -> PlanDocument | None:
    """A version of this case, or ``None``: a version of another case does not exist here."""
    here = (Document.case_id == case_id, Document.number == number)
    row = session.execute(select(_table).where(*here)).mappings().one_or_none()
    return None if row is None else read_document(open_row(session, _table, row)["content"])
