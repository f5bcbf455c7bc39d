"""A whole visit without knowing the pack: forms are filled in by what they ask for, links followed."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from urllib.parse import parse_qsl, urljoin, urlsplit

from bs4 import Tag

from tests.browsing import Fields, Page, Visitor

# What to choose where it is offered: somebody with needs, so that every step of the journey opens.
PREFERRED = (
    "significant",
    "lot",
    "some",
    "assistance",
    "yes",
    "steady",
    "me",
    "together",
    "direct-payment",
    "council",
)
LAST_RESORT = ("not-sure", "rather-not-say", "none", "no", "alone", "not_applicable")
TYPED = "I like to be up by eight."
ENOUGH = {"another": "no"}
_PARTS = {"-day": "14", "-month": "3", "-year": "1950", "start": "9am", "end": "11am"}
_MOST_PAGES = 120
_ENOUGH_ALIKE = 4


def answers(form: Tag, typed: str = TYPED) -> Fields:
    """What a person might fill in, for every field of a form that is still empty."""
    given: Fields = {}
    for name, offered in _choices(form).items():
        if name in ENOUGH:
            given[name] = ENOUGH[name]
        elif not any(field.has_attr("checked") for field in offered) and not _instead(offered):
            given[name] = _preferred([str(field["value"]) for field in offered])
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") in {"radio", "checkbox", "hidden", "submit", "button", "file"}:
            continue
        if not (field.get("value") or field.get_text(strip=True)):
            given[str(field["name"])] = _typed_in(field, typed)
    for field in form.select("select[name]"):
        chosen = field.select_one("option[selected]")
        if chosen is None or not chosen["value"]:
            given[str(field["name"])] = next(str(each["value"]) for each in field("option") if each["value"])
    return given


def _instead(offered: list[Tag]) -> bool:
    """Whether the choice stands beside a field, to be ticked by who cannot fill it in."""
    return all(field["type"] == "checkbox" and str(field["value"]) in LAST_RESORT for field in offered)


def _choices(form: Tag) -> dict[str, list[Tag]]:
    found: dict[str, list[Tag]] = {}
    for field in form.select('input[type="radio"], input[type="checkbox"]'):
        found.setdefault(str(field["name"]), []).append(field)
    return found


def _preferred(offered: list[str]) -> str:
    for value in PREFERRED:
        if value in offered:
            return value
    likely = [value for value in offered if value not in LAST_RESORT]
    return (likely or offered)[0]


def _typed_in(field: Tag, typed: str) -> str:
    name = str(field["name"])
    for ending, value in _PARTS.items():
        if name.endswith(ending):
            return value
    if field.get("type") == "email":
        return "visitor@example.org"
    if field.get("inputmode") in {"numeric", "decimal"}:
        return "2"
    return typed


def answer_on(visitor: Visitor, page: Page, until: Iterable[str], typed: str = TYPED) -> list[Page]:
    """Answer page after page as far as one of these addresses; every page seen, the last one included."""
    seen = [page]
    stops = tuple(until)
    while seen[-1].address not in stops:
        assert len(seen) < _MOST_PAGES, [page.address for page in seen]
        here = seen[-1]
        if here.soup.select('main form[method="post"]'):
            page = visitor.send(here, answers(here.form(), typed))
        else:
            # A page that tells something has one way on, drawn as a button.
            onward = here.soup.select("main a.button")
            assert onward, f"{here.address}: {here.status}, and no way on: {here.heading}"
            page = visitor.page(str(onward[-1]["href"]))
        assert not page.errors, f"{page.address}: {page.errors}"
        seen.append(page)
    return seen


def begin(visitor: Visitor) -> Page:
    """Begin a visit: from the start page to the task list."""
    return visitor.send("/", to="/start")


def take_assessment(visitor: Visitor, typed: str = TYPED) -> list[Page]:
    """Begin, and answer the whole self-assessment; every page that was seen, up to check-your-answers."""
    tasks = begin(visitor)
    first = next(link for link in tasks.links if link.startswith("/assessment"))
    return answer_on(visitor, visitor.page(first), ("/assessment/check",), typed)


def follow_links(visitor: Visitor, start: Iterable[str] = ("/",), most: int = 500) -> dict[str, Page]:
    """Follow every link inside the portal, each address once; the pages by address.

    Of addresses that differ only in what was asked, such as a new line for each need, the first few are
    looked at. A link that leads to no page is refused.
    """
    alike = Counter[tuple[str, ...]]()
    waiting = deque((address, "the beginning") for address in start)
    known = set(start)
    pages: dict[str, Page] = {}
    while waiting and len(pages) < most:
        address, origin = waiting.popleft()
        response = visitor.get(address)
        assert response.status_code < 400, f"{address}, linked from {origin}: {response.status_code}"
        if 300 <= response.status_code < 400:
            found = [response.headers["Location"]]
        elif response.mimetype == "text/html":
            pages[address] = Page(response)
            found = pages[address].links
        else:
            continue
        for link in found:
            target = urlsplit(urljoin(address, link))
            whole = target._replace(fragment="").geturl()
            inside = not target.netloc and not target.scheme and target.path not in {"/leave", "/look"}
            asked = parse_qsl(target.query)
            kind = (target.path, *(f"{name} {value if name == 'kind' else ''}" for name, value in asked))
            if inside and whole not in known and alike[kind] < _ENOUGH_ALIKE:
                alike[kind] += bool(asked)
                known.add(whole)
                waiting.append((whole, address))
    return pages
