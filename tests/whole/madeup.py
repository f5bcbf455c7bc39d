"""A made-up language: every word that went through translation is written in other letters.

What is still in plain letters on a page was never translated. Places for values and tags stay as
they are, so that a text works in it as it does in a real language.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.frontend import ExtractMessages
from babel.messages.pofile import read_po, write_po

from tests.whole.files import ROOT

CODE = "eo"
"""Babel knows this language, so that numbers and dates are written; no catalogue of it ships."""

_KEPT = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]*>|&\w+;|https?://\S+)")
_LETTERS = {
    **{chr(code): chr(0x1D5D4 + code - ord("A")) for code in range(ord("A"), ord("Z") + 1)},
    **{chr(code): chr(0x1D5EE + code - ord("a")) for code in range(ord("a"), ord("z") + 1)},
}


def madeup(text: str) -> str:
    """A text in the made-up language."""
    return "".join(
        part if _KEPT.fullmatch(part) else "".join(_LETTERS.get(letter, letter) for letter in part)
        for part in _KEPT.split(text)
    )


def extracted(folder: Path) -> Catalog:
    """Every text of the portal and its packs, as translators get them."""
    command = ExtractMessages()
    command.initialize_options()
    command.input_paths = [str(ROOT)]
    command.mapping_file = str(ROOT / "pyproject.toml")
    command.output_file = str(folder / "messages.pot")
    command.no_location = True
    command.finalize_options()
    command.run()
    with (folder / "messages.pot").open("rb") as template:
        return read_po(template)


def write_catalogue(texts: Catalog, folder: Path) -> None:
    """The catalogue of the made-up language, where the portal looks for catalogues."""
    catalogue = Catalog(locale=CODE)
    for message in texts:
        if not message.id:
            continue
        one = isinstance(message.id, str)
        told = [madeup(form) for form in ([message.id] if isinstance(message.id, str) else message.id)]
        catalogue.add(message.id, told[0] if one else tuple(told))
    (folder / CODE).mkdir(parents=True)
    with (folder / CODE / "messages.po").open("wb") as file:
        write_po(file, catalogue)
