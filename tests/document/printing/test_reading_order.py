"""Read out, a PDF says what the page says, in the same order, with its tables, lists and languages."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pikepdf
import pytest

from portal.document import samples
from portal.document.printing.directions import in_own_direction
from portal.document.printing.drawing import draw_html
from portal.document.rules.parts import Disagreement
from tests.document.conftest import ENGLISH, SAMPLES, URDU, printed, render_here
from tests.document.tags import nodes_of, said_by_tags

_SPACES = r"[\s\u200b\u2066-\u2069☐☑]"
"""What stands between words and is not said: room, where a line may end, direction, and tick boxes."""


@pytest.mark.parametrize("name", SAMPLES)
def test_the_tags_say_the_words_of_the_page_in_order(name, tmp_path):
    page, told = _words_of_page(printed(name).html), _words_of_tags(_saved(name, tmp_path))
    assert told == page


@pytest.mark.parametrize("name", SAMPLES)
def test_every_element_is_there_once_however_many_pages_it_covers(name, tmp_path):
    page = Counter(
        element.tag for element in _body(printed(name).html).iter() if isinstance(element.tag, str)
    )
    with pikepdf.open(_saved(name, tmp_path)) as pdf:
        tags = Counter(str(node.S) for node in nodes_of(pdf))
    for element, tag in (
        ("table", "/Table"),
        ("caption", "/Caption"),
        ("thead", "/THead"),
        ("tr", "/TR"),
        ("th", "/TH"),
        ("td", "/TD"),
        ("h1", "/H1"),
        ("h2", "/H2"),
        ("h3", "/H3"),
        ("ul", "/L"),
        ("li", "/LI"),
        ("a", "/Link"),
    ):
        assert tags[tag] == page[element], tag


@pytest.mark.parametrize("name", SAMPLES)
def test_every_header_says_its_scope_and_every_cell_its_headers(name, tmp_path):
    with pikepdf.open(_saved(name, tmp_path)) as pdf:
        names = {str(node.ID) for node in nodes_of(pdf) if "/ID" in node}
        tree = pdf.Root.StructTreeRoot
        if names:
            assert {str(key) for key in list(tree.IDTree.Names)[::2]} == names
        for node in nodes_of(pdf):
            if node.S == "/TH":
                assert str(node.A.Scope) in {"/Row", "/Column"}
                assert "/ID" in node
            elif node.S == "/TD":
                assert set(map(str, node.A.get("/Headers", []))) <= names
                assert "/Headers" in node.A or name.startswith("paper form")


def test_a_cell_under_a_spanning_header_knows_it(tmp_path):
    html = (
        "<html lang=en><title>T</title><body><table><caption>C</caption><thead>"
        "<tr><th scope=col>Day</th><th scope=col colspan=2>Morning</th></tr></thead><tbody>"
        "<tr><th scope=row rowspan=2>Monday</th><td>8</td><td>9</td></tr><tr><td>10</td><td>11</td></tr>"
        "</tbody></table>"
    )
    pdf, complaints = render_here(html)
    file = tmp_path / "table.pdf"
    file.write_bytes(pdf)
    with pikepdf.open(file) as read:
        headers = {str(node.ID): str(node.S) for node in nodes_of(read) if "/ID" in node}
        cells = [len(node.A.Headers) for node in nodes_of(read) if node.S == "/TD"]
    assert complaints == ()
    assert len(headers) == 3
    assert cells == [2, 2, 2, 2]


@pytest.mark.parametrize("name", SAMPLES)
def test_links_are_told_by_their_words(name, tmp_path):
    words = ["".join(link.itertext()).strip() for link in _body(printed(name).html).iter("a")]
    with pikepdf.open(_saved(name, tmp_path)) as pdf:
        told = [
            str(note.Contents)
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if note.Subtype == "/Link"
        ]
    assert told == words


def test_foreign_words_carry_their_language(tmp_path):
    pdf, _complaints = render_here(
        '<html lang=en><title>T</title><body><p>Good <span lang="cy">iawn</span></p>'
    )
    file = tmp_path / "language.pdf"
    file.write_bytes(pdf)
    with pikepdf.open(file) as read:
        assert str(read.Root.Lang) == "en"
        assert [str(node.Lang) for node in nodes_of(read) if "/Lang" in node] == ["cy"]


def test_a_page_in_urdu_opens_from_the_right(tmp_path):
    with pikepdf.open(_saved("urdu", tmp_path)) as pdf:
        assert str(pdf.Root.ViewerPreferences.Direction) == "/R2L"
        assert str(pdf.Root.Lang) == "ur"


def test_numbers_and_dates_keep_their_order_in_urdu(tmp_path):
    shown = subprocess.run(
        ["pdftotext", "-layout", _saved("urdu", tmp_path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "01632 960 123" in shown
    assert "PS-7K2M-4XQ9" in shown


def test_words_of_the_other_direction_keep_their_own_order(tmp_path):
    told = "I like (my own) cup, at 8 to 9."
    for page, direction in (("ur", "rtl"), ("en", "ltr")):
        assert in_own_direction("Anna", direction) == "Anna"
        drawn = draw_html(
            "document/parts/disagree.html", {"ur": URDU, "en": ENGLISH}[page], **_disagree(told)
        )
        assert (f"\u2066{told}\u2069" in drawn) == (direction == "rtl")
    assert in_own_direction("01632 960 123", "rtl") == "\u206601632 960 123\u2069"
    assert in_own_direction("سلام, Zoë.\nYes.", "ltr") == "\u2067سلام, Zoë.\u2069\nYes."
    html = f"<html lang=ur dir=rtl><title>T</title><body><blockquote dir=auto>{told * 9}</blockquote>"
    pdf, _complaints = render_here(html)
    file = tmp_path / "turned.pdf"
    file.write_bytes(pdf)
    shown = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == (told * 9).split()


def _disagree(told: str) -> dict[str, Any]:
    return {"plan": samples.empty().model_copy(update={"disagreements": (Disagreement(about=told),)})}


def test_a_picture_without_words_is_refused():
    with pytest.raises(RuntimeError, match="neither words"):
        render_here('<html lang=en><title>T</title><svg width="9" height="9"><path d="M0 0h9v9z"/></svg>')


def test_a_picture_is_told_by_its_title_and_a_decoration_is_not_told(tmp_path):
    picture = '<svg width="9" height="9"{}><title>Half</title><path d="M0 0h9v9z"/></svg>'
    html = f"<html lang=en><title>T</title><p>{picture.format('')}{picture.format(' aria-hidden=true')}"
    pdf, _complaints = render_here(html)
    file = tmp_path / "picture.pdf"
    file.write_bytes(pdf)
    with pikepdf.open(file) as read:
        figures = [node for node in nodes_of(read) if node.S == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["Half"]
        left, bottom, right, top = (float(corner) for corner in figures[0].A.BBox)
    assert 0 < left < right < 595
    assert 700 < bottom < top < 842


def _saved(name: str, folder: Path) -> Path:
    file = folder / "sample.pdf"
    file.write_bytes(printed(name).pdf)
    return file


def _body(html: str):
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return root.find("body")


def _words_of_page(html: str) -> str:
    """Everything the page says, without spaces; what the tags leave out on purpose is left out too."""
    return re.sub(_SPACES, "", "".join(_texts(_body(html))))


def _texts(element) -> Iterator[str]:
    if {"page-head", "page-foot"} & set(element.get("class", "").split()) or element.get("aria-hidden"):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _words_of_tags(file: Path) -> str:
    """Everything the tag tree says, without spaces, bullets and tick boxes."""
    with pikepdf.open(file) as pdf:
        return re.sub(_SPACES, "", said_by_tags(pdf))
