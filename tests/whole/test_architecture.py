"""The house stands as it was drawn: rooms and floors, small files, names that mean something."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.whole.files import ROOT, name_of, text_files

LONGEST = 400
# What rules may use besides each other: values that are checked, and nothing that reads, writes or waits.
FOR_RULES = ("portal.pack", "portal.questions", "portal.money", "portal.text", "pydantic")
_VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared", "manager"}


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


def imports_of(path: Path) -> set[str]:
    """The modules a file imports, those for the type checker alone included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return named | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_rules_use_the_standard_library_packs_money_words_and_each_other():
    rules = [path for path in text_files(".py", under="portal") if "rules" in (path.stem, *path.parts)]
    assert rules
    strange = {
        f"{name_of(path)}: {module}"
        for path in rules
        for module in imports_of(path)
        if module.split(".")[0] not in sys.stdlib_module_names
        and not module.startswith(FOR_RULES)
        and "rules" not in module.split(".")
    }
    assert strange == set()
