"""Building the tag tree from the pages that were laid out, and writing it into the PDF."""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from portal.document.printing.tagging.direction import reads_right_to_left
from portal.document.printing.tagging.marks import DECORATION, FOOTER, HEADER, REPEATED, Marks
from portal.document.printing.tagging.nodes import (
    Annotated,
    Mark,
    Node,
    local_name,
    node_for,
    settle,
)
from portal.document.printing.tagging.tables import describe_tables
from portal.document.printing.tagging.writing import write_tree

POINTS = 0.75
"""PDF points in a CSS pixel."""


def add_tags(pdf: Any, document: Any, _pdf_version: Any, page_streams: list[Any]) -> None:
    """Add the tag tree to a PDF, in place of the renderer's own function of this name.

    :raises RuntimeError: when something was drawn that is neither read out nor an artifact.
    """
    tree = _Tree(document)
    numbers: list[list[int]] = []
    for page_number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        marks = Marks(stream)
        _Reader(tree, page_number, page.height, marks).read(page._page_box)  # noqa: SLF001
        marks.finish()
        numbers.append(marks.kept)
    settle(tree.root)
    describe_tables(tree.root)
    write_tree(pdf, tree.root, [len(kept) for kept in numbers])
    preferences = {"DisplayDocTitle": "true"}
    if tree.html.get("dir") == "rtl":
        preferences["Direction"] = "/R2L"
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(preferences)
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    if "Lang" not in pdf.catalog:
        raise RuntimeError("the document does not say its language")


class _Tree:
    """The nodes of the elements met so far."""

    def __init__(self, document: Any) -> None:
        self.root = Node("Document")
        self.html = _html(document)
        self._parents = {child: parent for parent in self.html.iter() for child in parent}
        self._nodes: dict[Any, Node] = {self.html: self.root}
        self.first_seen: dict[Any, int] = {}

    def node(self, element: Any) -> Node:
        """The node of an element, put after everything its parent holds so far when it is new."""
        found = self._nodes.get(element)
        if found is None:
            found = node_for(element)
            if local_name(element) == "body":
                found = self.root
            else:
                kids = self.node(self._parents[element]).kids
                kids.insert(_first_rows(kids) if found.tag == "THead" else len(kids), found)
            self._nodes[element] = found
        return found


def _first_rows(kids: list[Node | Mark | Annotated]) -> int:
    """Before the first rows of a table. Its header is drawn later where a page had no room for both."""
    rows = (place for place, kid in enumerate(kids) if isinstance(kid, Node) and kid.tag in {"TBody", "TR"})
    return next(rows, len(kids))


def _html(document: Any) -> Any:
    boxes_of_pages = (box for page in document.pages for box in page._page_box.children)  # noqa: SLF001
    return next(box.element for box in boxes_of_pages if local_name(box.element) == "html")


class _Reader:
    """Reads the boxes of one page into the tree."""

    def __init__(self, tree: _Tree, page: int, height: float, marks: Marks) -> None:
        self._tree = tree
        self._page = page
        self._height = height
        self._marks = marks

    def read(self, box: Any) -> None:
        """Read a box and all it holds."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001
        if isinstance(box, boxes.MarginBox):
            self._drop(box, HEADER if box.at_keyword.startswith("@top") else FOOTER)
        elif isinstance(box, boxes.PageBox):
            for child in box.children:
                self.read(child)
        elif self._repeated(box):
            self._drop(box, REPEATED)
        elif _decorates(box.element):
            self._drop(box, DECORATION)
        else:
            self._read_element(box)

    def _read_element(self, box: Any) -> None:
        node = self._tree.node(box.element)
        if box.link_annotation:
            node.kids.append(Annotated(self._page, box.link_annotation))
        if box.widget_annotation:
            node.kids.append(Annotated(self._page, box.widget_annotation))
        if isinstance(box, boxes.TextBox):
            self._read_text(box, node)
        elif isinstance(box, boxes.ReplacedBox):
            self._read_picture(box, node)
        for child in getattr(box, "children", ()):
            self.read(child)

    def _read_text(self, box: Any, node: Node) -> None:
        number = self._marks.keep(box)
        if number is None:
            return
        turned = box.style["direction"] == "rtl" or reads_right_to_left(box.text)
        said = box.text if turned else ""
        kids = node.label if box.element_tag.endswith("::marker") else node.kids
        kids.append(Mark(self._page, number, said))

    def _read_picture(self, box: Any, node: Node) -> None:
        number = self._marks.keep(box)
        if number is None:
            return
        node.kids.append(Mark(self._page, number))
        node.alternative = _alternative(box.element)
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, self._height - top - box.height, left + box.width, self._height - top)
        node.attributes = {"O": "/Layout", "BBox": tuple(corner * POINTS for corner in corners)}

    def _repeated(self, box: Any) -> bool:
        """Whether this is the header of a table again, on a page after its first."""
        if not isinstance(box, boxes.TableRowGroupBox) or not (box.is_header or box.is_footer):
            return False
        return self._tree.first_seen.setdefault(box.element, self._page) != self._page

    def _drop(self, box: Any, why: Any) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001
        self._marks.drop(box, why)
        for child in getattr(box, "children", ()):
            self._drop(child, why)


def _decorates(element: Any) -> bool:
    return element.get("aria-hidden") == "true" or (
        local_name(element) == "img" and element.get("alt", "") == ""
    )


def _alternative(element: Any) -> str:
    """What a picture says: the ``alt`` of an ``<img>``, the ``<title>`` of an ``<svg>``.

    :raises RuntimeError: when it says nothing, although it is no decoration.
    """
    if local_name(element) == "svg":
        title = next((child for child in element if local_name(child) == "title"), None)
        said = (title.text or "") if title is not None else ""
    else:
        said = element.get("alt", "")
    if not said.strip():
        raise RuntimeError("a picture has neither words nor aria-hidden")
    return str(said)
