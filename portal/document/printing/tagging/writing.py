"""Writing the logical tree as the objects of a PDF."""

from __future__ import annotations

from typing import Any

import pydyf

from portal.document.printing.tagging.nodes import Annotated, Mark, Node, local_name


def write_tree(pdf: Any, root: Node, marks_by_page: list[int]) -> None:
    """Add a tree to a PDF, with everything by which a reader finds its way about in it.

    :param marks_by_page: how much marked content each page has.
    """
    _Writer(pdf, marks_by_page).write(root)


class _Writer:
    def __init__(self, pdf: Any, marks_by_page: list[int]) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._owners: list[list[bytes]] = [[b"null"] * count for count in marks_by_page]
        self._annotations: list[bytes] = []
        self._names: dict[str, bytes] = {}

    def write(self, root: Node) -> None:
        top = self._add({"Type": "/StructTreeRoot"})
        document = self._write_node(root, top.reference)
        top["K"] = pydyf.Array([document.reference])
        numbers: list[Any] = []
        for page, owners in enumerate(self._owners):
            numbers += [page, pydyf.Array(owners)]
        for place, owner in enumerate(self._annotations, start=len(self._owners)):
            numbers += [place, owner]
        top["ParentTree"] = self._add({"Nums": pydyf.Array(numbers)}).reference
        top["ParentTreeNextKey"] = len(self._owners) + len(self._annotations)
        if self._names:
            pairs = [part for name in sorted(self._names) for part in (_string(name), self._names[name])]
            top["IDTree"] = self._add({"Names": pydyf.Array(pairs)}).reference
        self._pdf.catalog["StructTreeRoot"] = top.reference

    def _add(self, values: dict[str, Any]) -> Any:
        added = pydyf.Dictionary(values)
        self._pdf.add_object(added)
        return added

    def _write_node(self, node: Node, parent: bytes) -> Any:
        written = self._add({"Type": "/StructElem", "S": f"/{node.tag}", "P": parent})
        for key, value in (("Lang", node.language), ("Alt", node.alternative), ("ActualText", node.said)):
            if value:
                written[key] = pydyf.String(value)
        if node.name:
            written["ID"] = _string(node.name)
            self._names[node.name] = written.reference
        attributes = _list_attributes(node) if node.tag == "L" else node.attributes
        if attributes:
            written["A"] = pydyf.Dictionary({key: _value(value) for key, value in attributes.items()})
        home: int | None = None
        kids: list[Any] = []
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self._write_node(kid, written.reference).reference)
            elif isinstance(kid, Annotated):
                kids.append(self._write_annotation(kid, node, written.reference))
            elif kid.said:
                inner = Node("Span", kids=[Mark(kid.page, kid.number)], said=kid.said)
                kids.append(self._write_node(inner, written.reference).reference)
            else:
                if home is None:
                    home = kid.page
                    written["Pg"] = self._pages[home]
                kids.append(self._write_mark(kid, home, written.reference))
        written["K"] = pydyf.Array(kids)
        return written

    def _write_mark(self, mark: Mark, home: int, owner: bytes) -> Any:
        self._owners[mark.page][mark.number] = owner
        if mark.page == home:
            return mark.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[mark.page], "MCID": mark.number})

    def _write_annotation(self, placed: Annotated, node: Node, owner: bytes) -> Any:
        placed.annotation["StructParent"] = len(self._owners) + len(self._annotations)
        self._annotations.append(owner)
        if node.tag == "Link":
            placed.annotation["Contents"] = pydyf.String(" ".join("".join(node.element.itertext()).split()))
        return pydyf.Dictionary(
            {"Type": "/OBJR", "Obj": placed.annotation.reference, "Pg": self._pages[placed.page]}
        )


def _list_attributes(node: Node) -> dict[str, Any]:
    items = [kid for kid in node.kids if isinstance(kid, Node)]
    marked = any(isinstance(part, Node) and part.tag == "Lbl" for item in items for part in item.kids)
    numbering = ("Decimal" if local_name(node.element) == "ol" else "Disc") if marked else "None"
    return {"O": "/List", "ListNumbering": f"/{numbering}"}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return pydyf.Array([_string(name) for name in value])
    if isinstance(value, tuple):
        return pydyf.Array(value)
    return value


def _string(name: str) -> Any:
    return pydyf.String(name)
