"""Whatever the portal itself says can be read at eleven: each sentence, each text, each page.

Reading age is that of Flesch and Kincaid, the grade and five years. GOV.UK writes for an age of 9, the
NHS for 9 to 11 and for 11 to 14 where it must. The words of packs are also measured with the packs.
"""

from __future__ import annotations

import copy
import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from babel.messages.extract import extract_python
from flask import Flask
from jinja2.ext import babel_extract

from tests.browsing import Page, Visitor
from tests.pack.readability import reading_age, sentences_of, words_of
from tests.whole.files import name_of, text_files

pytestmark = pytest.mark.once

LONGEST_SENTENCE = 25
HARDEST_TEXT = 13
"""For one text of twelve words or more; a shorter one is too short to be measured by itself."""

HARDEST_PAGE, MIDDLE_PAGE = 11, 9

NAMES = (
    "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018",
    "Web Content Accessibility Guidelines",
    "Equality and Human Rights Commission",
    "Equality Advisory and Support Service",
    "Local Government and Social Care Ombudsman",
)
"""Names that the law or somebody else gave, so that nobody here may make them easier."""

FUNCTIONS = ("_", "gettext", "ngettext")
PLACE = re.compile(r"%\(\w+\)[sd]")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+\.\S+|\b[\w-]+(?:\.[\w-]+)+\.(?:uk|org)\b\S*")
BLOCKS = ("h1", "h2", "h3", "p", "li", "dt", "dd", "div", "th", "td", "label", "legend", "summary", "caption")
_FEW = 3
"""Pages looked at of each kind: those of one kind differ in what the pack or the person says."""


def plain(text: str) -> str:
    """A text as it is measured: places filled by a short word, names and addresses by one."""
    text = PLACE.sub("one", re.sub(r"<[^>]*>", "", text)).replace("%%", "%")
    for name in NAMES:
        text = text.replace(name, "the law")
    return ADDRESS.sub("here", text)


def texts_of(path: Path) -> Iterator[str]:
    """The texts of one file, singular and plural, as translators get them."""
    with path.open("rb") as file:
        read: Any = babel_extract if path.suffix == ".html" else extract_python
        for _line, _function, message, _notes in read(file, FUNCTIONS, [], {}):
            forms = message if isinstance(message, list | tuple) else (message,)
            yield from (plain(form) for form in forms if isinstance(form, str))


@cache
def texts() -> dict[str, tuple[str, ...]]:
    """The texts of every file that has some."""
    files = [*text_files(".html", under="templates"), *text_files(".py", under="portal")]
    found = {name_of(path): tuple(texts_of(path)) for path in files}
    return {name: said for name, said in found.items() if said}


def paragraphs(page: Page) -> list[str]:
    """The words of a page's main part, block by block."""
    main = copy.copy(page.soup.main)
    assert main is not None
    for line_end in main.find_all("br"):
        line_end.replace_with("\n")
    found = []
    for block in main.find_all(BLOCKS):
        if not block.find(BLOCKS):
            found += [plain(" ".join(line.split())) for line in block.get_text(" ").split("\n")]
    return [text for text in found if words_of(text)]


def prose(page: Page) -> list[str]:
    """What is said in sentences; labels and headings would make a page seem easier than it is."""
    return [text for text in paragraphs(page) if len(words_of(text)) >= 6 or text.endswith((".", "?"))]


def a_few_of_each_kind(app: Flask, client: Visitor, start: tuple[str, ...]) -> dict[str, Page]:
    """Pages by address, found by their links."""
    rules = app.url_map.bind("localhost")
    waiting, known = deque(start), set(start)
    kinds: Counter[str] = Counter()
    pages: dict[str, Page] = {}
    while waiting:
        address = waiting.popleft()
        kind = str(rules.match(urlsplit(address).path)[0])
        kinds[kind] += 1
        if kinds[kind] > _FEW:
            continue
        response = client.get(address, follow_redirects=True)
        if response.mimetype != "text/html":
            continue
        pages[address] = Page(response)
        for link in pages[address].links:
            target = urlsplit(urljoin(address, link))
            whole = target._replace(fragment="").geturl()
            inside = not target.netloc and not target.scheme and target.path not in {"/leave", "/look"}
            if inside and whole not in known:
                known.add(whole)
                waiting.append(whole)
    return pages


@pytest.fixture
def pages(app: Flask, client: Visitor) -> dict[str, Page]:
    """A few pages of each kind, as somebody with a whole plan comes to them."""
    client.send("/", to="/demo/grace")
    return a_few_of_each_kind(app, client, ("/tasks", "/"))


def test_texts_are_found_in_templates_and_in_python() -> None:
    assert len(texts()) > 80
    assert "Skip to the main part of the page" in texts()["templates/frame/top.html"]
    assert "Not started" in texts()["portal/steps.py"]


def test_names_and_places_do_not_count_and_everything_else_does() -> None:
    assert plain("Read the <b>%(name)s</b> at https://example.org/a") == "Read the one at here"
    assert plain("Ask the Equality Advisory and Support Service.") == "Ask the the law."
    assert reading_age([plain("Accessibility regulations necessitate reasonable adjustments.")]) > 20


def test_no_sentence_is_longer_than_twenty_five_words() -> None:
    found = [
        f"{name}: {sentence}"
        for name, said in texts().items()
        for text in said
        for sentence in sentences_of(text)
        if len(words_of(sentence)) > LONGEST_SENTENCE
    ]
    assert found == []


def test_no_text_is_hard_by_itself() -> None:
    found = [
        f"{name}: {reading_age([text]):.1f}: {text}"
        for name, said in texts().items()
        for text in said
        if len(words_of(text)) >= 12 and reading_age([text]) > HARDEST_TEXT
    ]
    assert found == []


def test_the_texts_of_every_file_can_be_read_at_eleven() -> None:
    ages = {
        name: round(reading_age(said), 1)
        for name, said in texts().items()
        if sum(len(words_of(text)) for text in said) >= 20
    }
    assert {name: age for name, age in ages.items() if age > HARDEST_PAGE} == {}
    assert median(ages.values()) <= MIDDLE_PAGE


def test_every_page_can_be_read_at_eleven(pages: dict[str, Page]) -> None:
    assert len(pages) > 60
    ages = {address: round(reading_age(prose(page)), 1) for address, page in pages.items()}
    assert {address: age for address, age in ages.items() if age > HARDEST_PAGE} == {}
    assert median(ages.values()) <= MIDDLE_PAGE
    longest = {
        f"{address}: {sentence}"
        for address, page in pages.items()
        for text in paragraphs(page)
        for sentence in sentences_of(text)
        if len(words_of(sentence)) > LONGEST_SENTENCE
    }
    assert longest == set()
