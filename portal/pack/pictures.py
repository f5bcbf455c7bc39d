"""Pictures of a pack: every one that its texts name, read, and checked to be a picture and nothing more.

An SVG can hold a script or fetch from elsewhere. One that is drawn with a pack's words may only hold
shapes.
"""

from __future__ import annotations

import difflib
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from xml.parsers import expat

from portal.pack.checking import Read
from portal.pack.extending import Files, Place
from portal.pack.faults import PackProblem
from portal.pack.text import Picture, Words
from portal.pack.values import Value
from portal.pack.walking import parts_like

FOLDER = "pictures"
LARGEST_PICTURE = 50_000
"""Bytes. A page may show ten of them, on a slow line."""

LARGEST_SIDE = 1200
"""Pixels of a PNG: what is decoded can be far larger than the file."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.(svg|png)\Z")
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_DRAWN = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "text", "tspan"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"),
    }
)
"""What an SVG may hold: shapes, their colours, and words about them."""

_ELSEWHERE = re.compile(r"url\s*\(\s*[\"']?\s*(?!#)|@import|javascript:|\\", re.IGNORECASE)
_PNG_START, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


def read_pictures(
    parts: Iterable[Read[Value]], files: Files, problems: list[PackProblem]
) -> Mapping[str, Picture]:
    """Every picture that a text names, by its name. What is wrong is added to the problems.

    A picture of the pack that is extended is used where the pack has none of that name.
    """
    found: dict[str, Picture] = {}
    told: dict[str, PackProblem | None] = {}
    for read in parts:
        for where, words in parts_like(read.value, Words):
            name = words.picture
            if name is None or name in found:
                continue
            at = (*where, "picture")
            if not NAME.match(name):
                fix = "Write such as eating.svg, with letters, figures, - and _; .svg or .png"
                problems.append(read.source.problem(at, f"{name} is not the name of a picture", fix))
                continue
            place = files.file(f"{FOLDER}/{name}")
            if place is None:
                fix = _nearest(name, files)
                problems.append(read.source.problem(at, f"there is no {FOLDER}/{name}", fix))
            elif name not in told:
                told[name] = fault = _fault_of(place)
                if fault is not None:
                    problems.append(fault)
                else:
                    found[name] = Picture(body=place.path.read_bytes())
    return MappingProxyType(found)


def _nearest(name: str, files: Files) -> str:
    folders = [folder / FOLDER for folder in (files.folder, files.base) if folder is not None]
    there = sorted({path.name for folder in folders for path in folder.glob("*") if NAME.match(path.name)})
    near = difflib.get_close_matches(name, there, n=1)
    return f"Write {near[0]}" if near else f"Put the file into the folder {FOLDER}"


def _fault_of(place: Place) -> PackProblem | None:
    def fault(problem: str, fix: str, line: int = 1) -> PackProblem:
        return PackProblem(place.name, line, problem, fix)

    path = place.path
    if not path.resolve().is_relative_to(place.folder.resolve()):
        return fault("this leads out of the pack’s folder", "Copy the file into the folder")
    if not path.is_file():
        return fault("this is not a file", "Write the picture as one file")
    if path.stat().st_size > LARGEST_PICTURE:
        kilobytes = LARGEST_PICTURE // 1000
        return fault(f"the picture is larger than {kilobytes} kB", "Save a smaller or simpler one")
    wrong = next(_png_faults(path) if path.suffix == ".png" else svg_faults(path.read_bytes()), None)
    return fault(wrong[1], wrong[2], wrong[0]) if wrong is not None else None


def _png_faults(path: Path) -> Iterator[tuple[int, str, str]]:
    body = path.read_bytes()
    if not (body.startswith(_PNG_START) and body[12:16] == b"IHDR" and body.endswith(_PNG_END)):
        yield 1, "this is not a PNG picture", "Save it as PNG again"
    elif max(struct.unpack(">II", body[16:24])) > LARGEST_SIDE:
        yield 1, f"the picture is wider or higher than {LARGEST_SIDE} pixels", "Save a smaller one"


def svg_faults(body: bytes) -> Iterator[tuple[int, str, str]]:
    """What an SVG holds that no picture needs: the line, what is wrong, what to do."""
    reader = _Svg()
    try:
        reader.parser.Parse(body, True)
    except expat.ExpatError as wrong:
        if not reader.faults:
            told = expat.ErrorString(wrong.code)
            yield wrong.lineno, f"this is not an SVG picture: {told}", "Save it as plain SVG again"
    yield from reader.faults


class _Svg:
    """Reads an SVG as a stream of elements, so that nothing in it is ever expanded or fetched."""

    def __init__(self) -> None:
        self.faults: list[tuple[int, str, str]] = []
        self.begun = False
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._element

    def _fault(self, problem: str, fix: str = "Remove it, or save the picture as plain SVG") -> None:
        self.faults.append((self.parser.CurrentLineNumber, problem, fix))

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() != "utf-8":
            self._fault(f"the picture is in {encoding}", "Save it as UTF-8")

    def _doctype(self, *_about: object) -> None:
        self._fault("a picture has no DOCTYPE")

    def _instruction(self, target: str, _data: str) -> None:
        self._fault(f"a picture holds no <?{target}")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, plain = name.rpartition(" ")
        if not self.begun:
            self.begun = True
            if (namespace, plain) != (_SVG, "svg"):
                self._fault(f'an SVG picture starts with <svg xmlns="{_SVG}">')
            elif "viewBox" not in attributes:
                self._fault("the picture has no viewBox, so that it has no size", "Add viewBox to <svg>")
        if namespace != _SVG or plain not in _DRAWN:
            self._fault(f"a picture holds no <{plain}>")
        for key, value in attributes.items():
            space, _, attribute = key.rpartition(" ")
            if attribute.lower().startswith("on"):
                self._fault(f"a picture does nothing by itself: {attribute}")
            elif attribute in {"href", "src", "base"} and not (
                attribute == "href" and space in {"", _XLINK} and value.startswith("#")
            ):
                self._fault(f"a picture fetches nothing: {attribute}")
            elif _ELSEWHERE.search(value):
                self._fault(f"a picture fetches nothing: {attribute}=")
