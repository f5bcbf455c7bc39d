"""Babel's extraction method for packs: every text a person reads, with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from portal.pack.extending import own_words
from portal.pack.loading import model_for, model_from
from portal.pack.reading import read_text
from portal.pack.text import Words
from portal.pack.walking import parts_like

Message = tuple[int, None, str, list[str]]


class File(Protocol):
    """A file open for reading."""

    @property
    def name(self) -> Any: ...

    def read(self) -> bytes: ...


EASY = "Easy Read"
"""The note that translators get with an Easy Read wording."""


def extract(fileobj: File, *_given: Any, **_options: Any) -> Iterator[Message]:
    """The texts of one file of a pack, in the order of the file.

    A file that is not part of a pack has none. Babel gives every method more than this one needs.

    :raises portal.pack.faults.PackProblems: the file has a fault.
    """
    path = Path(fileobj.name)
    model = model_for(path)
    if model is None:
        return
    source, own = own_words(path, read_text(fileobj.read().decode("utf-8"), path.name))
    found: list[Message] = []
    for where, words in parts_like(model_from(source, model), Words):
        if own is not None and where[0] not in own:
            continue
        found.append((source.line(*where, "text"), None, words.text, []))
        if words.easy:
            found.append((source.line(*where, "easy"), None, words.easy, [EASY]))
    yield from sorted(found, key=lambda message: message[0])
