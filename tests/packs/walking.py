"""A visit to the portal with one of the packs, by the person that the pack brings with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from portal.budget.rules import Allocation, Line, allocate
from portal.pack.conditions import Kept
from portal.pack.loading import load_pack
from portal.pack.pack import Pack
from portal.paths import PACKS
from portal.questions.kinds import boxes
from portal.questions.path import counted
from tests.browsing import Fields, Page, Visitor
from tests.conftest import settings
from tests.visiting import answers as anything
from tests.visiting import begin

ON = date(2026, 11, 22)
_MOST_PAGES = 120


class Told(NamedTuple):
    """A line of a receipt, shortened to what tests ask about."""

    rule: str
    kind: str
    amount: str


@cache
def pack(name: str) -> Pack:
    """A pack that ships."""
    return load_pack(PACKS / name)


def person(name: str, sample: str) -> dict[str, Kept]:
    """The answers that count of somebody in a pack’s samples."""
    found = next(each for each in pack(name).samples if each.id == sample)
    return dict(counted(pack(name), found.answers))


def budget(name: str, answers: dict[str, Kept], on: date = ON) -> Allocation:
    """The indicative budget that a pack’s scheme gives."""
    scheme = pack(name).scheme_on(on)
    assert scheme is not None
    return allocate(scheme, answers, on=on)


def told(lines: tuple[Line, ...]) -> list[Told]:
    """The lines of a receipt that are not nought."""
    return [Told(line.rule, line.kind, str(line.amount)) for line in lines if line.amount]


def adds_up(allocation: Allocation) -> bool:
    """Whether the lines come to the figure, and the last of them says so."""
    if not allocation.lines:
        return not allocation.amount
    whole = sum((line.amount for line in allocation.lines), Decimal(0))
    return whole == allocation.amount == allocation.lines[-1].running


@contextmanager
def visit(name: str, database_url: str) -> Iterator[Visitor]:
    """The portal with a pack, and a browser that comes to it for the first time."""
    from portal.app import create_app

    app = create_app(settings(database_url, pack=name))
    app.config.update(TESTING=True, PREFERRED_URL_SCHEME="https")
    app.test_client_class = Visitor
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    visitor.environ_base["HTTP_REFERER"] = "https://localhost/"
    yield visitor
    app.extensions["engine"].dispose()


def budget_page(visitor: Visitor, name: str, sample: str) -> Page:
    """Start, give the answers of a sample page by page, and look at the budget."""
    given: dict[str, Any] = next(each for each in pack(name).samples if each.id == sample).answers
    tasks = begin(visitor)
    page = visitor.page(next(link for link in tasks.links if link.startswith("/assessment")))
    for _step in range(_MOST_PAGES):
        if page.address == "/assessment/check":
            break
        page = _go_on(visitor, name, page, given)
        assert not page.errors, f"{page.address}: {page.errors}"
    assert page.address == "/assessment/check"
    return visitor.page("/budget")


def _go_on(visitor: Visitor, name: str, page: Page, given: dict[str, Any]) -> Page:
    question = pack(name).questions.get(page.address.removeprefix("/assessment/"))
    if not page.soup.select('main form[method="post"]'):
        return visitor.page(str(page.soup.select("main a.button")[-1]["href"]))
    if question is None:
        return visitor.send(page, anything(page.form()))
    if question.id in given:
        fields: Fields = {box: list(typed) for box, typed in boxes(question, given[question.id]).items()}
        return visitor.send(page, fields)
    assert question.optional, f"the sample does not answer {question.id}"
    return visitor.send(page, {"another": "no"} if question.kind == "several" else {})


def start_page_says_it_is_an_example(page: Page, council: str, body: str) -> None:
    """Nobody may take an example for the service of the council that it is named after."""
    assert page.soup.header is not None
    assert f"with {pack(council).council.name}" in " ".join(page.soup.header.get_text(" ").split())
    assert pack(council).council.name.startswith("Example after ")
    assert "This is an example" in page.words
    assert f"{body} does not run this page" in page.words


def file_of(name: str, file: str) -> Path:
    """A file of a pack that ships."""
    return PACKS / name / file
