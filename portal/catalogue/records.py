"""The catalogue as it is kept, and searched in the database that is there already.

SQLite finds words with its full-text index (FTS5), PostgreSQL with an index over its text vectors.
Both find what begins with the words typed, and forms of the same word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.catalogue.rules.matching import outcomes_of, words_of
from portal.catalogue.rules.services import SHOWN, Service, as_data, fingerprint, from_data
from portal.database import Record, table_of
from portal.pack.catalogue import Matching

PER_PAGE = 20
FREE = "free"
"""The choice of cost that asks for what costs nothing; the others are pounds at the most."""


class CatalogueService(Record):
    """One service of one feed.

    :ivar source: the feed's name; ``source_id`` the service's name in it.
    :ivar fingerprint: the same while the service says the same.
    :ivar shown: whether it can be found: active, or closed for a time, and still in its feed.
    :ivar gone: the day of the first import that did not have it any more.
    :ivar least: its lowest price in pence; ``None`` when none is known.
    :ivar detail: everything the feed told of it.
    """

    __tablename__ = "catalogue_service"
    __table_args__ = (UniqueConstraint("source", "source_id"), Index("ix_catalogue_service_name", "name"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    source: Mapped[str] = mapped_column(String(60))
    source_id: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    imported: Mapped[date]
    shown: Mapped[bool]
    gone: Mapped[date | None]
    name: Mapped[str] = mapped_column(Text)
    least: Mapped[int | None]
    words: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]]


class CatalogueTag(Record):
    """Something a service can be chosen by: an ``outcome``, a ``place`` or a ``language``."""

    __tablename__ = "catalogue_tag"
    __table_args__ = (Index("ix_catalogue_tag_kind_value", "kind", "value"),)

    service_id: Mapped[int] = mapped_column(
        ForeignKey(CatalogueService.id, ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(String(200), primary_key=True)


_services = table_of(CatalogueService)
_tags = table_of(CatalogueTag)


@dataclass(frozen=True)
class Imported:
    """What an import did, in numbers of services."""

    new: int
    changed: int
    same: int
    gone: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for.

    :ivar words: as typed; the other three are chosen from what there is; nothing chosen is empty.
    :ivar cost: ``free``, or the most in whole pounds.
    """

    words: str = ""
    outcome: str = ""
    place: str = ""
    language: str = ""
    cost: str = ""


@dataclass(frozen=True)
class Listed:
    """A service with its name in addresses.

    :ivar outcomes: what it may help with.
    :ivar source: the feed it came from, and when.
    """

    id: int
    service: Service
    source: str
    imported: date
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A page of what was found.

    :ivar total: how many there are on all pages.
    :ivar some: nothing has all the words; these have some of them.
    """

    listed: tuple[Listed, ...]
    total: int
    some: bool = False
    page: int = 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // PER_PAGE)


@dataclass(frozen=True)
class Offered:
    """What there is to choose from, each in order."""

    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    outcomes: frozenset[str] = field(default_factory=frozenset)


def keep_feed(
    session: Session, source: str, services: Iterable[Service], matching: Iterable[Matching], on: date
) -> Imported:
    """Put what a feed says in place of what it said before.

    A service that is not in it any more is kept and not found. The same import again changes nothing.
    """
    rules = tuple(matching)
    before = {
        row.source_id: row
        for row in session.execute(
            select(_services.c.id, _services.c.source_id, _services.c.fingerprint, _services.c.gone).where(
                _services.c.source == source
            )
        )
    }
    new = changed = same = 0
    for service in services:
        was = before.pop(service.source_id, None)
        if was is None:
            added = session.execute(
                insert(_services)
                .values(**_values(service, on), source=source, source_id=service.source_id)
                .returning(_services.c.id)
            ).scalar_one()
            new += 1
        else:
            added = was.id
            session.execute(update(_services).where(_services.c.id == added).values(**_values(service, on)))
            alike = was.fingerprint == fingerprint(service) and was.gone is None
            same, changed = same + alike, changed + (not alike)
        _tag(session, added, service, rules)
        _index(session, added, service)
    lost = [row.id for row in before.values() if row.gone is None]
    for service_id in lost:
        session.execute(update(_services).where(_services.c.id == service_id).values(shown=False, gone=on))
    return Imported(new, changed, same, len(lost))


def _values(service: Service, on: date) -> dict[str, Any]:
    return {
        "fingerprint": fingerprint(service),
        "imported": on,
        "shown": service.status in SHOWN,
        "gone": None,
        "name": service.name,
        "least": None if service.least is None else int(service.least * 100),
        "words": service.words,
        "detail": as_data(service),
    }


def _tag(session: Session, service_id: int, service: Service, matching: tuple[Matching, ...]) -> None:
    session.execute(delete(_tags).where(_tags.c.service_id == service_id))
    tags: list[tuple[str, str]] = [("outcome", outcome) for outcome in outcomes_of(service, matching)]
    tags += [("place", place[:200]) for place in service.places]
    tags += [("language", language[:200]) for language in service.languages]
    for kind, value in dict.fromkeys(tags):
        session.execute(insert(_tags).values(service_id=service_id, kind=kind, value=value))


def _index(session: Session, service_id: int, service: Service) -> None:
    if session.connection().dialect.name != "sqlite":
        return  # PostgreSQL keeps its index by itself.
    session.execute(text("DELETE FROM catalogue_words WHERE rowid = :id"), {"id": service_id})
    added = text("INSERT INTO catalogue_words (rowid, name, words) VALUES (:id, :name, :words)")
    session.execute(added, {"id": service_id, "name": service.name, "words": service.words})


def search(session: Session, wanted: Wanted, page: int = 1, most: int = PER_PAGE) -> Found:
    """What fits, the best first; without words, what is free first.

    Where nothing has all the words, what has some of them.

    :param most: how many on a page.
    """
    typed = words_of(wanted.words)
    found = _search(session, wanted, typed, page, most, every=True)
    if found.total or len(typed) < 2:
        return found
    some = _search(session, wanted, typed, page, most, every=False)
    return Found(some.listed, some.total, some=bool(some.total), page=page)


def _search(
    session: Session, wanted: Wanted, typed: tuple[str, ...], page: int, most: int, *, every: bool
) -> Found:
    fits: list[ColumnElement[bool]] = [_services.c.shown.is_(True)]
    order: list[Any] = []
    values: dict[str, Any] = {}
    if typed:
        matches, rank, query = _matching(session.connection().dialect.name, typed, every)
        fits.append(matches)
        order.append(rank)
        values["query"] = query
    fits += [_has(kind, value) for kind, value in _chosen(wanted)]
    if wanted.cost == FREE:
        fits.append(_services.c.least == 0)
    elif wanted.cost.isdecimal():
        fits.append(_services.c.least <= int(wanted.cost) * 100)
    total = session.execute(select(func.count()).select_from(_services).where(*fits), values).scalar_one()
    order += [func.coalesce(_services.c.least, 10**9), _services.c.name, _services.c.id]
    here = select(_services).where(*fits).order_by(*order).limit(most).offset((page - 1) * most)
    rows = session.execute(here, values).all()
    return Found(tuple(_listed(row) for row in rows), total, page=page)


def _matching(dialect: str, typed: tuple[str, ...], every: bool) -> tuple[Any, Any, str]:  # noqa: FBT001
    """The condition, the rank (lower is better), and what is asked of the index."""
    if dialect == "sqlite":
        query = (" " if every else " OR ").join(f'"{word}"*' for word in typed)
        ranked = "(SELECT bm25(catalogue_words, 10.0, 1.0) FROM catalogue_words WHERE rowid = "
        matches = text(
            "catalogue_service.id IN (SELECT rowid FROM catalogue_words WHERE catalogue_words MATCH :query)"
        )
        rank = text(f"{ranked}catalogue_service.id AND catalogue_words MATCH :query)")
        return matches, rank, query
    query = (" & " if every else " | ").join(f"{word}:*" for word in typed)
    vector = "to_tsvector('english', catalogue_service.name || ' ' || catalogue_service.words)"
    asked = "to_tsquery('english', :query)"
    return text(f"{vector} @@ {asked}"), text(f"-ts_rank({vector}, {asked})"), query


def _chosen(wanted: Wanted) -> Iterable[tuple[str, str]]:
    tags = {"outcome": wanted.outcome, "place": wanted.place, "language": wanted.language}
    return ((kind, value) for kind, value in tags.items() if value)


def _has(kind: str, value: str) -> ColumnElement[bool]:
    return exists().where(_tags.c.service_id == _services.c.id, _tags.c.kind == kind, _tags.c.value == value)


def read_service(session: Session, service_id: int) -> Listed | None:
    """A service that can be found, with what it may help with; ``None`` for any other."""
    here = (_services.c.id == service_id, _services.c.shown.is_(True))
    row = session.execute(select(_services).where(*here)).one_or_none()
    if row is None:
        return None
    outcomes = select(_tags.c.value).where(_tags.c.service_id == service_id, _tags.c.kind == "outcome")
    return _listed(row, tuple(session.execute(outcomes.order_by(_tags.c.value)).scalars()))


def of_provider(session: Session, source: str, organization: str) -> tuple[Listed, ...]:
    """What one provider of a feed offers, by name."""
    named = _services.c.detail["organization"].as_string() == organization
    here = (_services.c.source == source, _services.c.shown.is_(True), named)
    rows = session.execute(select(_services).where(*here).order_by(_services.c.name, _services.c.id))
    return tuple(_listed(row) for row in rows)


def _listed(row: Any, outcomes: tuple[str, ...] = ()) -> Listed:
    return Listed(row.id, from_data(row.detail), row.source, row.imported, outcomes)


def offered(session: Session) -> Offered:
    """The places, languages and outcomes that some service has."""
    there = select(_tags.c.kind, _tags.c.value).join(_services, _services.c.id == _tags.c.service_id)
    values: dict[str, list[str]] = {"place": [], "language": [], "outcome": []}
    for kind, value in session.execute(
        there.where(_services.c.shown.is_(True)).distinct().order_by(_tags.c.kind, _tags.c.value)
    ):
        values[kind].append(value)
    return Offered(tuple(values["place"]), tuple(values["language"]), frozenset(values["outcome"]))


def count(session: Session) -> Mapping[str, int]:
    """How many services of each feed can be found."""
    asked = select(_services.c.source, func.count().label("services")).where(_services.c.shown.is_(True))
    return {row.source: row.services for row in session.execute(asked.group_by(_services.c.source))}
