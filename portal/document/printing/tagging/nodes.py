"""The logical tree: what an HTML element becomes in a PDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# Everything else, such as <div>, <strong> or <main>, hands its children to its parent.
STRUCTURE = {
    "article": "Sect",
    "section": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "img": "Figure",
    "svg": "Figure",
    "input": "Form",
    "textarea": "Form",
    "select": "Form",
}
_BLOCKS = frozenset(
    {"address", "aside", "body", "div", "figcaption", "figure", "footer", "header", "main", "nav"}
)
_INLINE = frozenset({"Span", "Link", "Figure", "Form", ""})
_MAY_BE_EMPTY = frozenset({"TD", "TH"})


@dataclass(frozen=True)
class Mark:
    """Marked content of one page. ``said`` is its text when it is painted in another order."""

    page: int
    number: int
    said: str = ""


@dataclass(frozen=True)
class Annotated:
    """A link or a field on a page."""

    page: int
    annotation: Any


@dataclass(eq=False)
class Node:
    """One element. ``tag`` is a standard structure type, or empty for one that adds nothing."""

    tag: str
    element: Any = None
    kids: list[Node | Mark | Annotated] = field(default_factory=list)
    label: list[Node | Mark | Annotated] = field(default_factory=list)
    language: str = ""
    alternative: str = ""
    said: str = ""
    name: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)

    def inline(self) -> bool:
        """Whether it stands inside a line."""
        if self.tag == "" and any(isinstance(kid, Node) and not kid.inline() for kid in self.kids):
            return False
        return self.tag in _INLINE and not (self.tag == "" and local_name(self.element) in _BLOCKS)


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = element.tag if element is not None else ""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def node_for(element: Any) -> Node:
    """The node of an element, still without children."""
    tag = STRUCTURE.get(local_name(element), "")
    language = element.get("lang") or ""
    if language and not tag:
        tag = "Span"
    return Node(tag, element, language=language)


def settle(node: Node) -> None:
    """Make the tree as a reader of PDF expects it: no empty or needless elements, lists in parts.

    Text that stands beside blocks gets a paragraph of its own.
    """
    for kid in node.kids:
        if isinstance(kid, Node):
            settle(kid)
    kids: list[Node | Mark | Annotated] = []
    for kid in node.kids:
        if not isinstance(kid, Node):
            kids.append(kid)
        elif kid.tag == "":
            kids += _handed_on(kid)
        elif kid.kids or kid.tag in _MAY_BE_EMPTY:
            kids.append(kid)
    node.kids = kids
    if node.language and node.tag == "Span" and any(isinstance(k, Node) and not k.inline() for k in kids):
        node.tag = "Sect"
    if node.tag == "LI" and (kids or node.label):
        body = Node("LBody", kids=kids)
        node.kids = [Node("Lbl", kids=node.label), body] if node.label else [body]


def _handed_on(node: Node) -> list[Node | Mark | Annotated]:
    """The children of an element that adds nothing; its loose text, if it is a block, as paragraphs."""
    if node.inline():
        return node.kids
    gathered: list[Node | Mark | Annotated] = []
    for kid in node.kids:
        if isinstance(kid, Node) and not kid.inline():
            gathered.append(kid)
            continue
        last = gathered[-1] if gathered else None
        if not (isinstance(last, Node) and last.element is node.element and last.tag == "P"):
            last = Node("P", node.element)
            gathered.append(last)
        last.kids.append(kid)
    return gathered


def walk(node: Node) -> list[Node]:
    """A node and everything under it, in reading order."""
    found = [node]
    for kid in node.kids:
        if isinstance(kid, Node):
            found += walk(kid)
    return found
