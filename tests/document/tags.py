"""Reading a PDF as a screen reader does: by its tag tree, from the content each tag points at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf

Marked = dict[tuple[int, int], str]


def nodes_of(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        node = waiting.pop(0)
        yield node
        waiting[:0] = [kid for kid in node.get("/K", []) if _is_element(kid)]


def said_by_tags(pdf: pikepdf.Pdf) -> str:
    """All words in reading order; the markers of lists left out."""
    places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    marked: Marked = {}
    for number, page in enumerate(pdf.pages):
        marked.update({(number, mark): text for mark, text in _texts_of(page).items()})
    return "".join(_said(pdf.Root.StructTreeRoot.K[0], marked, places, None))


def _is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _said(node: Any, marked: Marked, places: dict[Any, int], page: int | None) -> Iterator[str]:
    if node.S == "/Lbl":
        return
    if "/ActualText" in node:
        yield str(node.ActualText)
        return
    if "/Pg" in node:
        page = places[node.Pg.objgen]
    for kid in node.get("/K", []):
        if _is_element(kid):
            yield from _said(kid, marked, places, page)
        elif isinstance(kid, pikepdf.Dictionary):
            if kid.Type == "/MCR":
                yield marked[places[kid.Pg.objgen], int(kid.MCID)]
        else:
            assert page is not None
            yield marked[page, int(kid)]


def _texts_of(page: Any) -> dict[int, str]:
    """The text of each piece of marked content of a page, by its number."""
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    texts: defaultdict[int, str] = defaultdict(str)
    marks: list[int | None] = []
    letters: dict[int, str] = {}
    drawing: Any = pikepdf.parse_content_stream(page)
    for operands, operator in drawing:
        name = str(operator)
        if name == "BDC":
            marks.append(int(operands[1].MCID) if "/MCID" in operands[1] else None)
            if marks[-1] is not None:
                texts[marks[-1]] += ""
        elif name == "BMC":
            marks.append(None)
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"}:
            mark = marks[-1] if marks else None
            strings = operands[0] if name == "TJ" else operands
            for string in strings:
                if isinstance(string, pikepdf.String) and mark is not None:
                    codes = bytes(string)
                    texts[mark] += "".join(
                        letters.get(codes[at] * 256 + codes[at + 1], "") for at in range(0, len(codes), 2)
                    )
    return texts


def _letters(font: Any) -> dict[int, str]:
    """What each code of a font stands for."""
    table = font.ToUnicode.read_bytes().decode()
    return {
        int(code, 16): bytes.fromhex(text).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL)
        for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", block)
    }
