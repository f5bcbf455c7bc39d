"""The house stands as it was drawn: rooms and floors, small files, names that mean something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.whole.files import ROOT, name_of, text_files

LONGEST = 400
_VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "tools",
    "shared",
    "base",
    "core",
    "manager",
}


def test_the_import_contracts_are_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_no_file_is_longer_than_can_be_taken_in():
    long = {
        name_of(path): lines
        for path in text_files(".py", ".html", ".js", ".sh")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= LONGEST
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing():
    vague = [name_of(path) for path in text_files(".py", under="portal") if path.stem in _VAGUE]
    assert vague == []


def test_every_module_says_what_it_is_for():
    silent = [
        name_of(path)
        for path in text_files(".py", under="portal")
        if path.name != "__init__.py" and not path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))
    ]
    assert silent == []
