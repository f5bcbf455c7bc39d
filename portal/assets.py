"""Files for the browser: read once, named by content, kept by the browser for a year."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request

from portal.fields import Choice, Control
from portal.pack.colours import Colours
from portal.pack.text import Picture
from portal.sharing.access import open_page
from portal.words import words

COUNCIL_SHEET = "council.css"
PICTURES = "pictures"
"""The folder of the pack's pictures among the files."""

bp = Blueprint("assets", __name__)
_COMPRESSED = (".css", ".js", ".svg", ".txt")
_SAID_TO_AUTHORS = re.compile(rb"(?:\s*/\*.*?\*/)?\n\s*", re.DOTALL)
"""Comments and indents of a style sheet: a tenth of what a browser would fetch."""
_AROUND_MARKS = re.compile(rb"\s*([{};,])\s*")
"""What stands around braces, semicolons and commas for the eye alone. No text in the sheet has one."""
_TYPES = {
    ".woff2": "font/woff2",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, the same compressed where that helps, its type and a short hash."""

    body: bytes
    compressed: bytes | None
    type: str
    version: str


def read_assets(folder: Path) -> dict[str, Asset]:
    """Every file below a folder, by its path in it. What only the printed document needs is left out."""
    found = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not name.startswith(("print/", "fonts/print/")):
            body = file.read_bytes()
            found[name] = asset(_for_browsers(body) if file.suffix == ".css" else body, name)
    return found


def _for_browsers(sheet: bytes) -> bytes:
    return _AROUND_MARKS.sub(rb"\1", _SAID_TO_AUTHORS.sub(b"\n", sheet))


def asset(body: bytes, name: str) -> Asset:
    """An asset from bytes, for a file or for a sheet made from the pack."""
    ending = Path(name).suffix
    packed = gzip.compress(body, 9, mtime=0) if ending in _COMPRESSED else None
    kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(body, packed, kind, hashlib.sha256(body).hexdigest()[:12])


def council_sheet(colours: Colours) -> Asset | None:
    """The council's own colours as custom properties; ``None`` when they are those of the style sheet."""
    own = colours.model_dump(exclude_defaults=True)
    if not own:
        return None
    rules = "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in own.items())
    return asset(f":root{{{rules}}}".encode(), COUNCIL_SHEET)


def pack_pictures(pictures: Mapping[str, Picture]) -> dict[str, Asset]:
    """The pictures of a pack as files."""
    return {f"{PICTURES}/{name}": asset(picture.body, name) for name, picture in pictures.items()}


def with_pictures(controls: Sequence[Control]) -> tuple[Control, ...]:
    """Controls as they are drawn: their pictures as addresses in Easy Read, none in other ways of reading.

    Pictures help some and distract others, so that nobody gets them who has not chosen them. The
    words say the same without.
    """
    if words().mode != "easy":
        return tuple(replace(each, picture=None, options=_without(each.options)) for each in controls)
    root = f"/static/{current_app.extensions['assets_version']}/{PICTURES}/"

    def at(name: str | None) -> str | None:
        return f"{root}{name}" if name else None

    return tuple(
        replace(
            each,
            picture=at(each.picture),
            options=tuple(replace(option, picture=at(option.picture)) for option in each.options),
        )
        for each in controls
    )


def _without(options: tuple[Choice, ...]) -> tuple[Choice, ...]:
    if not any(option.picture for option in options):
        return options
    return tuple(replace(option, picture=None) for option in options)


def version_of(files: dict[str, Asset]) -> str:
    """One short name for all the files as they are: addresses with it may be kept for ever.

    It is one for all, so that a sheet can name a font beside it by a relative address.
    """
    parts = "".join(f"{name}{file.version}" for name, file in sorted(files.items()))
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


@bp.get("/static/<version>/<path:name>")
@open_page
def serve(version: str, name: str) -> Response:
    """A file, compressed where the browser takes it."""
    found: Asset | None = current_app.extensions["assets"].get(name)
    if found is None:
        abort(404)
    body = found.body
    packed = found.compressed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    if packed and found.compressed is not None:
        body = found.compressed
    response = Response(body, content_type=found.type)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if found.compressed is not None:
        response.headers["Vary"] = "Accept-Encoding"
    fresh = version == current_app.extensions["assets_version"]
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response
