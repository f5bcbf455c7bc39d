"""Plans as they were frozen: numbered versions of a case, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.database import Moment, Record, table_of
from portal.document.rules.canonical import canonical_json, content_hash, read_document
from portal.document.rules.checking import LENGTH, check_code
from portal.document.rules.content import PlanDocument
from portal.document.rules.editions import EDITIONS
from portal.document.rules.parts import Version
from portal.england import day_in_england
from portal.sealing import NAMED_BY, WORDS, open_row, seal_row
from portal.sharing.records import Case


class Document(Record):
    """One frozen version of a plan.

    :ivar number: counted from 1 in each case.
    :ivar content: the plan document as canonical JSON, sealed.
    :ivar sha256: of the content; ``said`` of what it says, the version itself left out.
    :ivar reason: what changed and why, in the person's words, sealed.
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
    reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class DocumentCode(Record):
    """The check code of a version in one edition and language: what stands on each of its pages."""

    __tablename__ = "document_code"

    code: Mapped[str] = mapped_column(String(LENGTH), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), index=True)
    number: Mapped[int]
    edition: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(12))


_table = table_of(Document)


@dataclass(frozen=True)
class Frozen:
    """A version without its content."""

    number: int
    made_at: datetime
    sha256: str
    said: str


@dataclass(frozen=True)
class Kept:
    """A version as it is kept.

    :ivar content: the document to the letter: what its hash and its check codes are of.
    :ivar reason: what changed and why, in the person's words.
    """

    document: PlanDocument
    content: str
    made_at: datetime
    sha256: str
    reason: str


@dataclass(frozen=True)
class Found:
    """The version that a check code belongs to.

    :ivar newest: the number of the newest version of the same plan.
    """

    case_id: str
    number: int
    newest: int


def versions(session: Session, case_id: str) -> tuple[Frozen, ...]:
    """Every version of a case, the newest first."""
    columns = (Document.number, Document.made_at, Document.sha256, Document.said)
    found = select(*columns).where(Document.case_id == case_id).order_by(Document.number.desc())
    return tuple(Frozen(*row) for row in session.execute(found))


def next_version(session: Session, case_id: str, at: datetime) -> Version:
    """What the next version would be called."""
    latest = next(iter(versions(session, case_id)), None)
    number = latest.number if latest else 0
    return Version(number=number + 1, made_on=day_in_england(at), replaces=number or None)


def freeze(
    session: Session,
    case_id: str,
    document: PlanDocument,
    at: datetime,
    reason: str = "",
    languages: Iterable[str] = (),
) -> int:
    """Keep a plan as its next version and give the number.

    A plan that says the same as the newest version is that version: nothing new is kept.

    :param document: as assembled for :func:`next_version`.
    :param reason: what changed and why, in the person's words.
    :param languages: in which it may be printed, beside its own.
    """
    said = content_hash(document)
    latest = next(iter(versions(session, case_id)), None)
    if latest is not None and latest.said == said:
        return latest.number
    content = canonical_json(document)
    number = document.version.number
    sha256 = hashlib.sha256(content).hexdigest()
    values = {
        "case_id": case_id,
        "number": number,
        "made_at": at,
        "content": content.decode(),
        "sha256": sha256,
        "said": said,
        "reason": reason or None,
    }
    session.execute(insert(Document).values(**seal_row(session, _table, values)))
    codes = [
        {
            "code": check_code(sha256, edition, language),
            "case_id": case_id,
            "number": number,
            "edition": edition,
            "language": language,
        }
        for edition in EDITIONS
        for language in dict.fromkeys((document.language, *languages))
    ]
    session.execute(insert(DocumentCode), codes)
    audit.record(session, case_id, "freeze", f"document {number}", at)
    return number


def read_kept(session: Session, case_id: str, number: int) -> Kept | None:
    """A version of this case, or ``None``: a version of another case does not exist here."""
    here = (Document.case_id == case_id, Document.number == number)
    row = session.execute(select(_table).where(*here)).mappings().one_or_none()
    if row is None:
        return None
    opened = open_row(session, _table, row)
    return Kept(
        document=read_document(opened["content"]),
        content=opened["content"],
        made_at=opened["made_at"],
        sha256=opened["sha256"],
        reason=opened["reason"] or "",
    )


def read_version(session: Session, case_id: str, number: int) -> PlanDocument | None:
    """The plan of a version of this case, or ``None``."""
    kept = read_kept(session, case_id, number)
    return None if kept is None else kept.document


def read_reasons(session: Session, case_id: str) -> dict[int, str]:
    """Why each version was made, by its number."""
    rows = session.execute(select(_table).where(Document.case_id == case_id)).mappings()
    return {row["number"]: open_row(session, _table, row)["reason"] or "" for row in rows}


def find_code(session: Session, code: str) -> Found | None:
    """The version that a check code belongs to, or ``None``."""
    newest = select(func.max(Document.number)).where(Document.case_id == DocumentCode.case_id)
    found = select(DocumentCode.case_id, DocumentCode.number, newest.scalar_subquery())
    row = session.execute(found.where(DocumentCode.code == code)).one_or_none()
    return None if row is None else Found(*row)
