"""A pack is read once in a process and in those it makes: reading one is most of what a start takes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from portal.pack.extending import open_files
from portal.pack.loading import load_pack
from portal.pack.pack import Pack

_read: dict[Path, tuple[bytes, Pack]] = {}


def pack_in(folder: Path) -> Pack:
    """The pack in a folder; it is read again only when a file of it, or of the one it extends, has changed.

    :raises PackProblems: as :func:`portal.pack.loading.load_pack`.
    """
    found = _fingerprint(folder)
    known = _read.get(folder)
    if known is None or known[0] != found:
        known = _read[folder] = (found, load_pack(folder))
    return known[1]


def _fingerprint(folder: Path) -> bytes:
    base = open_files(folder).base
    told = hashlib.sha256()
    for each in filter(None, (folder, base)):
        for path in sorted(each.rglob("*")):
            if path.is_file():
                told.update(f"{path}\0{path.stat().st_size}\0".encode())
                told.update(path.read_bytes())
    return told.digest()
