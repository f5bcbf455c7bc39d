"""The project tells nothing of the machine it was written on, nor of where its packages came from."""

from __future__ import annotations

import re

import pytest

from tests.whole.files import name_of, text_files

_HERE = "tests/whole/test_speaks_of_itself.py"
_SHEBANG = re.compile(r"^#!.*\n")

REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted|npmjs|yarnpkg|deb\.debian|debian\.org/debian|crates\.io|--(extra-)?index-url|--find-links",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.])/(work|tmp|root|home|shared|opt|Users)/|\.pyenv|\.\./shared")
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


@pytest.mark.parametrize(
    ("what", "words"),
    [("a registry", REGISTRIES), ("a machine", MACHINE), ("unfinished work", LEFTOVERS)],
)
def test_no_file_speaks_of(what, words):
    found = []
    for path in text_files():
        if name_of(path) == _HERE:
            continue
        text = _SHEBANG.sub("", path.read_text(encoding="utf-8", errors="replace"))
        found += [f"{name_of(path)}: {match.group()}" for match in words.finditer(text)]
    assert found == [], f"these speak of {what}"


def test_locked_packages_have_hashes_and_no_address():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (path,) = [path for path in text_files(".lock") if path.name == lock]
        text = path.read_text(encoding="utf-8")
        pinned = re.findall(r"^([a-z0-9-]+)(?:\[[a-z,-]+\])?==\S+", text, re.MULTILINE)
        blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        assert len(pinned) > 30
        assert len(blocks) == len(pinned), "a package is not pinned to one version"
        assert all("--hash=sha256:" in block for block in blocks)
        assert "://" not in text
