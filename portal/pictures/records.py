"""Pictures as they are kept: sealed with the key of their case, like every word of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.database import Moment, Record, table_of
from portal.pictures.checking import Drawn
from portal.sealing import WORDS, open_columns, open_row, seal_row
from portal.sharing.records import Case

MOST_PICTURES = 6
"""Of one case."""
LONGEST_ABOUT = 200
"""Characters of what a picture shows, in words."""
_LONGEST_KEY = 40


class CasePicture(Record):
    """One picture that a person added.

    :ivar id: random, its name in addresses.
    :ivar made_with: the key of the form it was added with, so that a form sent twice adds one.
    :ivar part: the part of About me that it stands under.
    :ivar place: its place among the others, counted up.
    :ivar about: what it shows, in words, for whoever cannot see it.
    :ivar content: a JPEG; ``width`` and ``height`` are its pixels.
    """

    __tablename__ = "case_picture"
    __table_args__ = (UniqueConstraint("case_id", "made_with"),)

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    made_with: Mapped[str] = mapped_column(String(_LONGEST_KEY))
    part: Mapped[str] = mapped_column(String(40))
    place: Mapped[int]
    about: Mapped[str] = mapped_column(Text, info=WORDS)
    content: Mapped[bytes] = mapped_column(LargeBinary, info=WORDS)
    width: Mapped[int]
    height: Mapped[int]
    added: Mapped[datetime] = mapped_column(Moment)


_table = table_of(CasePicture)
_listed = (_table.c.id, _table.c.part, _table.c.about, _table.c.width, _table.c.height)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without its content; what its parts mean is said at :class:`CasePicture`."""

    id: str
    part: str
    about: str
    width: int
    height: int


def pictures_of(session: Session, case_id: str) -> tuple[Picture, ...]:
    """The pictures of a case in the order in which they were added."""
    found = select(*_listed).where(_table.c.case_id == case_id).order_by(_table.c.place)
    return tuple(
        Picture(row.id, row.part, _about(session, case_id, row.id, row.about), row.width, row.height)
        for row in session.execute(found)
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with its content, a JPEG."""

    id: str
    part: str
    about: str
    content: bytes
    width: int
    height: int


def picture_of(session: Session, case_id: str, id: str) -> Shown | None:
    """A picture of this case, or ``None``: one of another case does not exist here."""
    return next(_opened(session, case_id, _table.c.id == id), None)


def all_shown(session: Session, case_id: str) -> tuple[Shown, ...]:
    """The pictures of a case with their content, in the order in which they were added."""
    return tuple(_opened(session, case_id))


def _opened(session: Session, case_id: str, *which: ColumnElement[bool]) -> Iterator[Shown]:
    found = select(_table).where(_table.c.case_id == case_id, *which).order_by(_table.c.place)
    for row in session.execute(found).mappings():
        opened = open_row(session, _table, row)
        yield Shown(**{name: opened[name] for name in Shown.__dataclass_fields__})


def add_picture(
    session: Session,
    case_id: str,
    drawn: Drawn,
    about: str,
    made_with: str | None,
    at: datetime,
    *,
    part: str,
) -> str | None:
    """Add a picture and give its id; the same form sent again adds none and gives the first one's id.

    :param about: what it shows, in words.
    :param part: the part of About me that it stands under.
    :return: ``None`` when the case has as many as it may have.
    """
    made_with = (made_with or secrets.token_urlsafe(12))[:_LONGEST_KEY]
    here = _table.c.case_id == case_id
    made: str | None = session.execute(
        select(_table.c.id).where(here, _table.c.made_with == made_with)
    ).scalar()
    if made is not None:
        return made
    count, last = session.execute(select(func.count(), func.max(_table.c.place)).where(here)).one()
    if count >= MOST_PICTURES:
        return None
    name = secrets.token_urlsafe(12)
    values = {
        "id": name,
        "case_id": case_id,
        "made_with": made_with,
        "part": part,
        "place": (last or 0) + 1,
        "about": about,
        "content": drawn.content,
        "width": drawn.width,
        "height": drawn.height,
        "added": at,
    }
    session.execute(insert(_table).values(**seal_row(session, _table, values)))
    audit.record(session, case_id, "add", f"picture {name}", at)
    return name


def describe_picture(session: Session, case_id: str, id: str, about: str, at: datetime) -> None:
    """Say in other words what a picture shows."""
    values = seal_row(session, _table, {"case_id": case_id, "id": id, "about": about})
    here = (_table.c.case_id == case_id, _table.c.id == id)
    session.execute(update(_table).where(*here).values(about=values["about"]))
    audit.record(session, case_id, "change", f"picture {id}", at)


def remove_picture(session: Session, case_id: str, id: str, at: datetime) -> None:
    """Take a picture away."""
    session.execute(delete(_table).where(_table.c.case_id == case_id, _table.c.id == id))
    audit.record(session, case_id, "remove", f"picture {id}", at)


def _about(session: Session, case_id: str, id: str, kept: str) -> str:
    about: str = open_columns(session, case_id, _table.name, id, {"about": kept})["about"]
    return about
