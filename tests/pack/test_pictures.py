"""Pictures of a pack: every one that is named is there, and is a picture and nothing more."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from portal.pack.loading import check_report, load_pack
from portal.pack.pictures import LARGEST_PICTURE
from tests.pack.small import FILES, write_pack

WORD = "questions/02-more.yaml"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"'
SHAPE = f'{HEAD}><path fill="currentColor" d="M4 4h40v40H4z"/></svg>'
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def png(width: int, height: int) -> bytes:
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height)
    return head + b"\x08\x00\x00\x00\x00" + PNG_END


def pictured(folder: Path, body: str | bytes, name: str = "eating.svg") -> Path:
    """The small pack with one text that has a picture."""
    words = FILES[WORD].replace("title: More", f"title:\n  text: More\n  picture: {name}")
    write_pack(folder, **{WORD: words})
    (folder / "pictures").mkdir()
    (folder / "pictures" / name).write_bytes(body.encode() if isinstance(body, str) else body)
    return folder


def test_a_picture_that_is_named_belongs_to_the_pack(tmp_path: Path) -> None:
    pack = load_pack(pictured(tmp_path, SHAPE))
    assert list(pack.pictures) == ["eating.svg"]
    assert pack.pictures["eating.svg"].body == SHAPE.encode()


def test_a_picture_that_nobody_names_does_not(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    before = load_pack(folder).version
    (folder / "pictures").mkdir()
    (folder / "pictures" / "eating.svg").write_text(SHAPE)
    assert load_pack(folder).pictures == {}
    assert load_pack(folder).version == before


def test_the_version_changes_with_a_picture_and_only_then(tmp_path: Path) -> None:
    one = load_pack(pictured(tmp_path / "a", SHAPE)).version
    assert load_pack(pictured(tmp_path / "b", SHAPE)).version == one
    assert load_pack(pictured(tmp_path / "c", SHAPE.replace("M4", "M5"))).version != one


def test_a_pack_finds_the_pictures_of_the_one_it_extends_and_may_have_its_own(tmp_path: Path) -> None:
    pictured(tmp_path / "base", SHAPE)
    other = tmp_path / "other"
    other.mkdir()
    (other / "pack.yaml").write_text("extends: ../base\n")
    assert load_pack(other).pictures["eating.svg"].body == SHAPE.encode()
    (other / "pictures").mkdir()
    (other / "pictures" / "eating.svg").write_text(SHAPE.replace("M4", "M5"))
    assert load_pack(other).pictures["eating.svg"].body != SHAPE.encode()


def test_a_slip_in_the_name_of_a_picture_is_told_with_the_name_that_is_there(tmp_path: Path) -> None:
    folder = pictured(tmp_path, SHAPE)
    text = (folder / WORD).read_text().replace("eating.svg", "eatin.svg")
    (folder / WORD).write_text(text)
    line = text[: text.index("picture:")].count("\n") + 1
    assert check_report(folder) == [f"{WORD}:{line}: there is no pictures/eatin.svg. Write eating.svg."]


@pytest.mark.parametrize(
    ("svg", "line", "told"),
    [
        (f"{HEAD}>\n<script>alert(1)</script></svg>", 2, "<script>"),
        (f'{HEAD} onload="alert(1)"/>', 1, "onload"),
        (f'{HEAD}><path d="M0 0" OnClick="alert(1)"/></svg>', 1, "OnClick"),
        (f"{HEAD}>\n\n<foreignObject><p/></foreignObject></svg>", 3, "<foreignObject>"),
        (f'{HEAD}><image href="https://example.org/a.png"/></svg>', 1, "<image>"),
        (f'{HEAD}><use href="https://example.org/a.svg#b"/></svg>', 1, "href"),
        (f'{HEAD} xmlns:x="http://www.w3.org/1999/xlink"><use x:href="a.svg#b"/></svg>', 1, "href"),
        (f'{HEAD}><a href="javascript:alert(1)"><path/></a></svg>', 1, "<a>"),
        (f"{HEAD}><style>@import 'a.css'</style></svg>", 1, "<style>"),
        (f'{HEAD}><path fill="url(https://example.org/a#b)"/></svg>', 1, "fill"),
        (f'{HEAD}><path style="fill: URL( //example.org/a)"/></svg>', 1, "style"),
        (f'{HEAD}><path style="fill: u\\72l(a)"/></svg>', 1, "style"),
        (f'{HEAD} xml:base="https://example.org/"/>', 1, "base"),
        (f'{HEAD}><animate attributeName="href" to="javascript:x"/></svg>', 1, "<animate>"),
        (f'{HEAD} xmlns:h="http://www.w3.org/1999/xhtml"><h:title/></svg>', 1, "<title>"),
        (f'<?xml-stylesheet href="a.css"?>{SHAPE}', 1, "<?xml-stylesheet"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>\n{SHAPE}', 1, "DOCTYPE"),
        (f'<?xml version="1.0" encoding="ISO-8859-1"?>{SHAPE}', 1, "UTF-8"),
        (SHAPE.replace(' viewBox="0 0 48 48"', ""), 1, "viewBox"),
        ('<svg viewBox="0 0 1 1"/>', 1, "starts with <svg"),
        (f"{HEAD}>\n<path></svg>", 2, "not an SVG picture"),
        ("", 1, "not an SVG picture"),
        (f"{HEAD}><path d='{'M0 0' * LARGEST_PICTURE}'/></svg>", 1, "larger than 50 kB"),
    ],
)
def test_an_svg_that_is_more_than_a_picture_is_refused(
    svg: str, line: int, told: str, tmp_path: Path
) -> None:
    report = check_report(pictured(tmp_path, svg))
    assert len(report) == 1
    assert report[0].startswith(f"pictures/eating.svg:{line}: ")
    assert told in report[0]


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><path fill="url(#a)"/>',
        '<path id="a" d="M0 0"/><use href="#a"/>',
        "<title>Eating</title><g><circle r='4'/></g>",
    ],
)
def test_shapes_that_refer_to_one_another_are_a_picture(inside: str, tmp_path: Path) -> None:
    assert check_report(pictured(tmp_path, f"{HEAD}>{inside}</svg>")) == []


def test_a_png_is_told_by_its_content_and_is_not_too_large(tmp_path: Path) -> None:
    assert check_report(pictured(tmp_path / "good", png(400, 300), "eating.png")) == []
    assert "not a PNG" in check_report(pictured(tmp_path / "text", SHAPE, "eating.png"))[0]
    assert "1200 pixels" in check_report(pictured(tmp_path / "wide", png(40_000, 1), "eating.png"))[0]


def test_a_picture_stands_in_the_folder_of_the_pack(tmp_path: Path) -> None:
    folder = pictured(tmp_path / "pack", SHAPE)
    outside = tmp_path / "outside.svg"
    outside.write_text(SHAPE)
    (folder / "pictures" / "eating.svg").unlink()
    (folder / "pictures" / "eating.svg").symlink_to(outside)
    assert "leads out of the pack’s folder" in check_report(folder)[0]
