"""What every page must be, whichever test fetched it: looked at in each response of the test client."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

_NAMESPACE = re.compile(r"^\{[^}]*\}")
_UNLABELLED = frozenset({"hidden", "submit", "button", "image", "reset"})
# What differs between two drawings of a page without a rule of this module looking at it: the words
# of its body, but those of its heading, and what stands in its fields.
_WORDS = re.compile(r">[^<>&]*[^<>&\s][^<>&]*<")
_VALUES = re.compile(r'(\svalue=")[^"&]+')
_HEADING = re.compile(r"<h1\b.*?</h1>", re.DOTALL)
_SOUND: set[str] = set()
_REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "headers")


class FaultyPage(AssertionError):
    """A page that breaks one of the rules all pages keep."""

    def __init__(self, address: str, faults: list[str]) -> None:
        super().__init__(f"{address}\n" + "\n".join(f"  - {fault}" for fault in faults))


def check_page(address: str, html: str) -> None:
    """Look at one whole page.

    :raises FaultyPage: naming every rule it breaks.
    """
    # Many tests fetch the same page, and this look takes longer than making it.
    same = outline(html)
    if same in _SOUND:
        return
    faults = list(faults_of(html))
    if faults:
        raise FaultyPage(address, faults)
    _SOUND.add(same)


def outline(html: str) -> str:
    """What of a page is looked at: its marks, heading and title, without its other words."""
    head, start, body = html.partition("<body")
    headings = "".join(_HEADING.findall(body))
    return head + headings + start + _VALUES.sub(r"\1x", _WORDS.sub(">x<", body))


def faults_of(html: str) -> Iterator[str]:
    """Every rule the page breaks, in words."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(html)
    for position, code, details in parser.errors:
        yield f"not valid HTML: {code} {details} at line {position[0]}, column {position[1]}"
    elements = [(element, _tag(element)) for element in root.iter() if isinstance(element.tag, str)]
    yield from _document(root, elements)
    yield from _ids(elements)
    yield from _labels(elements)
    yield from _forms(elements)
    yield from _content_policy(elements)


Elements = list[tuple[Element, str]]


def _tag(element: Element) -> str:
    return _NAMESPACE.sub("", str(element.tag))


def words_of(element: Element) -> str:
    """The words inside an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def _document(root: Element, elements: Elements) -> Iterator[str]:
    if not root.get("lang"):
        yield "the page does not say its language"
    headings = [words_of(element) for element, tag in elements if tag == "h1"]
    titles = [words_of(element) for element in root.findall("./head/title")]
    if len(headings) != 1:
        yield f"there are {len(headings)} level 1 headings: {headings}"
    if len(titles) != 1:
        yield f"there are {len(titles)} titles"
    if len(headings) == 1 and len(titles) == 1:
        in_error = any(element.get("id") == "problems" for element, _ in elements)
        expected = rf"[^:]{{1,30}}: {re.escape(headings[0])}" if in_error else re.escape(headings[0])
        if not re.match(expected, titles[0]):
            kind = "a page in error, “Error: ” and " if in_error else ""
            yield f"the title “{titles[0]}” does not start with {kind}the heading “{headings[0]}”"
    mains = sum(tag == "main" for _, tag in elements)
    if mains != 1:
        yield f"there are {mains} main elements"


def _ids(elements: Elements) -> Iterator[str]:
    counted = Counter(element.get("id") for element, _ in elements if element.get("id") is not None)
    for name, times in counted.items():
        if times > 1:
            yield f"the id “{name}” is used {times} times"
        if not name or re.search(r"\s", name):
            yield f"“{name}” cannot be an id"
    for element, tag in elements:
        for attribute in _REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in counted:
                    yield f"{attribute}=“{name}” of a {tag} leads to no id"
        target = element.get("href") or ""
        if tag == "a" and target.startswith("#") and target != "#" and target[1:] not in counted:
            yield f"the link to “{target}” leads to no id"
        if tag == "a" and target == "#":
            yield f"the link “{words_of(element)}” leads nowhere"


def _labels(elements: Elements) -> Iterator[str]:
    labelled: set[str] = set()
    wrapped: set[Element] = set()
    for element, tag in elements:
        if tag == "label":
            wrapped.update(element.iter())
            if words_of(element):
                labelled.add(element.get("for") or "")
            else:
                yield f"the label for “{element.get('for')}” has no words"
    for element, tag in elements:
        if tag not in {"input", "select", "textarea"} or element.get("type") in _UNLABELLED:
            continue
        named = element.get("aria-label") or element.get("aria-labelledby")
        if not named and element.get("id") not in labelled and element not in wrapped:
            yield f"the {tag} “{element.get('name')}” has no label"
    for element, tag in elements:
        if tag == "img" and element.get("alt") is None:
            yield f"the picture “{element.get('src')}” says nothing to people who cannot see it"
        if tag in {"a", "button"} and not _name_of(element):
            yield f"a {tag} to “{element.get('href')}” has no words"
        if tag == "fieldset" and (not len(element) or _tag(element[0]) != "legend"):
            yield "a fieldset does not begin with its legend"


def _name_of(element: Element) -> str:
    inside = " ".join(part.get("alt") or part.get("aria-label") or "" for part in element.iter())
    return (words_of(element) + inside + (element.get("aria-labelledby") or "")).strip()


def _forms(elements: Elements) -> Iterator[str]:
    for form, tag in elements:
        if tag != "form":
            continue
        where = form.get("action")
        if not where:
            yield "a form does not say where it goes"
        if form.get("method", "get").lower() != "post":
            continue
        tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token"]
        if len(tokens) != 1 or not tokens[0].get("value"):
            yield f"the form to “{where}” has no token against forgery"
        if form.get("novalidate") is None:
            yield f"the form to “{where}” leaves its errors to the browser"


def _content_policy(elements: Elements) -> Iterator[str]:
    for element, tag in elements:
        if tag == "style" or element.get("style") is not None:
            yield f"a {tag} carries a style of its own"
        if tag == "script" and not element.get("src"):
            yield "a script stands in the page"
        for attribute in element.attrib:
            if re.match(r"on[a-z]+$", str(attribute)):
                yield f"a {tag} carries a script in {attribute}"
        for attribute in ("href", "src", "action", "formaction"):
            target = element.get(attribute) or ""
            if target.lower().startswith("javascript:"):
                yield f"a {tag} carries a script in {attribute}"
            fetched = tag in {"link", "script", "img", "source", "iframe"}
            if fetched and re.match(r"(https?:)?//", target) and element.get("rel") != "canonical":
                yield f"the page fetches “{target}” from elsewhere"
