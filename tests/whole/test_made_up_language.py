"""Every word a person reads goes through translation: nothing on any page stays in plain letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.units import format_unit
from bs4 import Comment, Doctype, Tag

import portal.app
from portal.pack.loading import load_pack
from tests.browsing import Page, Visitor
from tests.conftest import settings
from tests.visiting import follow_links, take_assessment
from tests.whole.madeup import CODE, extracted, madeup, write_catalogue

pytestmark = pytest.mark.once

TYPED = "日本語"
_READ_ATTRIBUTES = ("title", "alt", "aria-label", "placeholder", "data-left", "data-over")
# Addresses, and what is the same in every language: a reference, a version, a file's name.
_SAME_EVERYWHERE = re.compile(
    r"%\(\w+\)s|https?://\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:org|uk|example|com|net)\b(?:/\S*)?|\b[A-Z0-9]{2,}(?:-[A-Z0-9]+)+\b"
    r"|\b(?=\w*\d)[0-9a-f]{8,64}\b"
)
_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")


@pytest.fixture(scope="module")
def translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("madeup")
    write_catalogue(extracted(folder), folder / "translations")
    return folder / "translations"


@pytest.fixture
def visitor(translations, database_url, monkeypatch) -> Iterator[Visitor]:
    """A browser that asked for the made-up language."""
    decided = settings(database_url, demonstration=True, secure_cookies=False)
    pack = load_pack(decided.pack_folder)
    council = pack.council.model_copy(update={"languages": ("en", CODE)})
    monkeypatch.setattr(portal.app, "pack_in", lambda _folder: pack.model_copy(update={"council": council}))
    app = portal.app.create_app(decided, translations=translations)
    app.testing = True
    app.test_client_class = Visitor
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    visitor.get("/look", query_string={"language": CODE})
    yield visitor
    app.extensions["engine"].dispose()


def untranslated(page: Page, same: Sequence[str] = ()) -> list[str]:
    """The texts of a page with words in plain letters.

    :param same: what is the same in every language, for example what a person typed.
    """
    html = page.soup.html
    assert html is not None
    assert html["lang"] == CODE
    known = _any_of(tuple(same))
    told = (" ".join(text.split()) for text in _read(html))
    return [text for text in told if _is_plain(text, known)]


@cache
def _any_of(texts: tuple[str, ...]) -> re.Pattern[str]:
    # Without any, what is nowhere.
    return re.compile("|".join(map(re.escape, texts)) or r"(?!)")


@cache
def _is_plain(text: str, same: re.Pattern[str]) -> bool:
    # The same text stands on many pages.
    rest = _SAME_EVERYWHERE.sub(" ", same.sub(" ", text))
    return any(word.lower() not in _DATES for word in _WORD.findall(rest))


def _read(html: Tag) -> Iterator[str]:
    for part in html.children:
        if isinstance(part, Tag):
            yield from (str(part[name]) for name in _READ_ATTRIBUTES if part.has_attr(name))
            if part.name not in {"script", "style"} and part.get("lang") in {None, CODE}:
                yield from _read(part)
        elif not isinstance(part, Comment | Doctype):
            yield str(part)


def _words_of_dates() -> frozenset[str]:
    """Months, days, spans of time, and the “and” of a list: these come from the language itself."""
    locale = Locale.parse(CODE)
    words = {word for names in locale.months.values() for kind in names.values() for word in kind.values()}
    words |= {word for names in locale.days.values() for kind in names.values() for word in kind.values()}
    spans = ("day", "week", "month", "year")
    words |= {format_unit(count, f"duration-{span}", locale=locale) for span in spans for count in (1, 2)}
    words |= {word for pattern in locale.list_patterns.values() for word in pattern.values()}
    return frozenset(part.lower() for word in words for part in _WORD.findall(word))


_DATES = _words_of_dates()


def check(visitor: Visitor, pages: dict[str, Page]) -> None:
    """Refuse every text that was not translated, naming the first page it stands on."""
    same = _same_in_every_language(visitor)
    found: dict[str, str] = {}
    for address, page in pages.items():
        for text in untranslated(page, same):
            found.setdefault(text, address)
    assert found == {}, "\n".join(f"{address}: {text}" for text, address in found.items())


def _same_in_every_language(visitor: Visitor) -> list[str]:
    """What the demonstration's people typed, their names, postal addresses, a language's own name."""
    pack = visitor.application.extensions["pack"]
    same = [str(Locale.parse(CODE).get_display_name(CODE)).capitalize()]
    for sample in pack.samples:
        told = sample.model_dump(exclude={"about"})
        same += [
            sample.name,
            *sample.name.split(),
            *(line for text in _texts(told) for line in text.split("\n")),
        ]
    if pack.officer is not None:
        same += [pack.officer.name, *pack.officer.name.split()]
    same += [line for lines in _at_key(pack.model_dump(), "post") for line in _texts(lines)]
    return sorted({text for text in same if len(text) > 1}, key=len, reverse=True)


def _texts(value: object) -> list[str]:
    """Every text in a value, however deep it stands; short ones are ids and no words."""
    if isinstance(value, str):
        return [value] if " " in value or value[:1].isupper() else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for part in parts for text in _texts(part)]


def _at_key(value: object, key: str) -> list[object]:
    """Everything under a key, however deep it stands."""
    if isinstance(value, dict):
        here = [under for name, under in value.items() if name == key and under]
        return here + [under for part in value.values() for under in _at_key(part, key)]
    return (
        [under for part in value for under in _at_key(part, key)] if isinstance(value, list | tuple) else []
    )


def test_the_made_up_language_leaves_places_and_tags_alone():
    assert madeup("Up to %(most)s <b>words</b> at 100%%") == "𝗨𝗽 𝘁𝗼 %(most)s <b>𝘄𝗼𝗿𝗱𝘀</b> 𝗮𝘁 100%%"


def test_a_text_that_was_forgotten_is_found(visitor):
    page = visitor.page("/")
    page.soup.h1.append(" Forgotten")
    assert any("Forgotten" in text for text in untranslated(page))


def test_every_page_before_a_visit_begins(visitor):
    pages = follow_links(visitor)
    assert len(pages) > 10
    check(visitor, pages)


def test_every_page_of_the_assessment_and_what_follows_filled_in(visitor):
    pages = {page.address: page for page in take_assessment(visitor, TYPED)}
    assert len(pages) > 20
    check(visitor, {**pages, **follow_links(visitor, ("/tasks",))})


def test_every_form_left_empty(visitor):
    take_assessment(visitor, TYPED)
    wrong: dict[str, Page] = {}
    for address, page in follow_links(visitor, ("/tasks",)).items():
        for form in page.soup.select('main form[method="post"]'):
            if str(form["action"]).startswith(("/start", "/demo", "/account/delete", "/account/sign-out")):
                continue
            hidden = {
                str(field["name"]): str(field.get("value")) for field in form.select('input[type="hidden"]')
            }
            answer = Page(visitor.post(str(form["action"]), data=hidden))
            if answer.status == 422:
                wrong[address] = answer
    assert len(wrong) > 20
    check(visitor, wrong)


def test_every_page_of_every_made_up_person(visitor):
    start = visitor.page("/")
    samples = [str(form["action"]) for form in start.soup.select('form[action^="/demo/"]')]
    samples.remove("/demo/officer")
    assert samples
    for sample in samples:
        visitor.send("/", to=sample)
        check(visitor, follow_links(visitor, ("/tasks",)))


STAFF_PAGES = (
    "/staff",
    "/staff/paper",
    "/demo/mail",
    "/tasks",
    "/document/check",
    "/assessment/by-number?number=999",
    "/people/claims",
    "/people/helping",
    "/people/changes",
    "/people/changes/3",
    "/people/code",
    "/account/again",
    "/account/code-app",
    "/account/devices",
    "/account/email",
    "/account/forgotten",
    "/account/passphrase",
    "/account/passkeys/new",
    "/account/sign-in",
    "/account/ways",
    "/nowhere",
)


def test_every_page_of_staff_and_of_signing_in_filled_in_and_in_error(visitor):
    visitor.send("/", to="/demo/officer")
    sheet = visitor.send("/staff/paper", {"name": TYPED}, to="/staff/paper")
    visitor.send("/assessment/answering_for", {"answering_for": "me"})
    pages = {"the sheet": sheet, **{address: visitor.page(address) for address in STAFF_PAGES}}
    for address in ("/staff/paper", "/people/code", "/account/code-app"):
        wrong = pages[f"{address} in error"] = visitor.send(address, to=address)
        assert wrong.status == 422, address
    for page in pages.values():
        # Codes are the same in every language.
        for code in page.soup.select("main code, .code"):
            code.decompose()
    check(visitor, pages)
