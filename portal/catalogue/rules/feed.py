"""A saved feed: its pages put together, every row read or told of, nothing dropped in silence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.catalogue.rules.rows import BadRow, service_of
from portal.catalogue.rules.services import Service

_LISTS = ("contents", "content", "services", "service")
"""Where the rows of a page stand, in the forms that are about."""

_TOTALS = ("total_items", "totalElements")
_PAGES = ("total_pages", "totalPages")
_NUMBERS = ("page_number", "number")


@dataclass(frozen=True, order=True)
class Fault:
    """Something in a feed that somebody should look at.

    :ivar file: its file; ``line``: the line the row starts on, counted from 1.
    :ivar row: the row's id, or its place on its page.
    :ivar what: what is wrong and what to do.
    :ivar lost: whether the row was left out for it.
    """

    file: str
    line: int
    row: str
    what: str
    lost: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.row}: {self.what}."


@dataclass
class Feed:
    """What was read of a feed.

    :ivar services: each service once, in the order of the feed.
    :ivar rows: how many rows there were. Each is a service, a repetition, or a fault that says it was lost.
    """

    services: dict[str, Service] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0
    repeated: int = 0

    @property
    def lost(self) -> int:
        """How many rows were left out."""
        return sum(fault.lost for fault in self.faults)


def read_feed(files: Iterable[tuple[str, str]]) -> Feed:
    """All pages of one saved feed.

    :param files: the name and the text of each file; one may hold a page, several pages, or bare rows.
    """
    feed = Feed()
    totals: set[int] = set()
    expected: set[int] = set()
    seen: set[int] = set()
    for name, text in files:
        for page in _pages(feed, name, text):
            totals.update(_numbers(page, _TOTALS))
            expected.update(_numbers(page, _PAGES))
            seen.update(_numbers(page, _NUMBERS))
            _read_page(feed, name, text, page)
    _look_for_missing_pages(feed, totals, expected, seen)
    return feed


def _pages(feed: Feed, name: str, text: str) -> Iterator[dict[str, Any]]:
    try:
        content = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as wrong:
        what = f"this is not JSON: {wrong.msg}. Save the page of the feed again"
        feed.faults.append(Fault(name, wrong.lineno, "file", what, lost=True))
        return
    except RecursionError:
        what = "this is nested too deep to read. Save the page of the feed again"
        feed.faults.append(Fault(name, 1, "file", what, lost=True))
        return
    if isinstance(content, list) and any(isinstance(one, dict) and _list_of(one) for one in content):
        yield from (one for one in content if isinstance(one, dict))
    elif isinstance(content, list):
        yield {"contents": content}
    elif isinstance(content, dict):
        yield content if _list_of(content) else {"contents": [content]}
    else:
        what = "this holds no services. Save the answer of the feed’s /services address"
        feed.faults.append(Fault(name, 1, "file", what, lost=True))


def _list_of(page: dict[str, Any]) -> str | None:
    return next((name for name in _LISTS if isinstance(page.get(name), list)), None)


def _numbers(page: dict[str, Any], names: Iterable[str]) -> set[int]:
    return {int(page[name]) for name in names if isinstance(page.get(name), int)}


def _read_page(feed: Feed, name: str, text: str, page: dict[str, Any]) -> None:
    from_place = 0
    for place, row in enumerate(page[_list_of(page) or ""], start=1):
        feed.rows += 1
        found = str(row.get("id") or "") if isinstance(row, dict) else ""
        at = text.find(json.dumps(found), from_place) if found else -1
        from_place = at + 1 if at >= 0 else from_place
        line = text.count("\n", 0, max(at, 0)) + 1
        told = _Row(feed, name, line, found or f"row {place}")
        if isinstance(row, dict):
            _read_row(told, row)
        else:
            told.fault("this is no service but a bare value. Save the page of the feed again", lost=True)


@dataclass
class _Row:
    """Where a row stands, to tell what is wrong with it."""

    feed: Feed
    file: str
    line: int
    name: str

    def fault(self, what: str, *, lost: bool = False) -> None:
        self.feed.faults.append(Fault(self.file, self.line, self.name, what, lost))


def _read_row(at: _Row, row: dict[str, Any]) -> None:
    try:
        service = service_of(row, at.fault)
    except BadRow as wrong:
        at.fault(str(wrong), lost=True)
        return
    earlier = at.feed.services.get(service.source_id)
    if earlier is None:
        at.feed.services[service.source_id] = service
        return
    at.feed.repeated += 1
    if earlier == service:
        at.fault("this service is there twice and says the same. It was read once")
        return
    if (service.changed is not None) and (earlier.changed is None or service.changed > earlier.changed):
        at.feed.services[service.source_id] = service
    at.fault("this id is there twice with different words. The one that was changed last was read")


def _look_for_missing_pages(feed: Feed, totals: set[int], expected: set[int], seen: set[int]) -> None:
    pages = max(expected, default=0)
    if len(seen) < pages:
        what = (
            f"the feed has {pages} pages, and {len(seen)} are here. Save the others, and import all at once"
        )
        feed.faults.append(Fault("feed", 1, "pages", what))
    total = max(totals, default=0)
    if total > feed.rows:
        what = (
            f"the feed has {total} services, and {feed.rows} rows are here. Save the pages that are missing"
        )
        feed.faults.append(Fault("feed", 1, "pages", what))
