"""The pages on security: each test they name is there, and each table is what the code says."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.security.pages import TABLES, filled_in
from tests.whole.files import ROOT

PAGES = sorted((ROOT / "docs" / "security").glob("*.md"))
ASVS = (ROOT / "docs" / "security" / "asvs.md").read_text(encoding="utf-8")
STATES = {"held", "partly", "operator", "no"}
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+|\*)`")


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def rows() -> list[list[str]]:
    lines = [line for line in ASVS.splitlines() if re.match(r"^\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("page", [*PAGES, ROOT / "SECURITY.md"], ids=lambda page: page.name)
def test_every_test_that_is_named_is_there(page) -> None:
    text = page.read_text(encoding="utf-8")
    for path, name in _NAMED.findall(text):
        assert (ROOT / path).is_file(), path
        assert name == "*" or name in names_in(path), f"{path}::{name}"


def test_every_point_has_a_state_and_a_reason() -> None:
    assert len(rows()) > 100
    for row in rows():
        assert len(row) == 4, row
        assert row[2] in STATES, row
        assert row[3], row
        if row[2] != "held":
            assert len(row[3]) > 15, row


def test_no_point_is_told_twice() -> None:
    points = [point for row in rows() for point in re.split(r", ", row[0])]
    assert len(points) == len(set(points))


def test_most_points_that_hold_are_shown_by_a_test() -> None:
    held = [row for row in rows() if row[2] == "held"]
    shown = [row for row in held if _NAMED.search(row[3])]
    assert len(shown) > len(held) * 0.8


@pytest.mark.parametrize("page", [*PAGES, ROOT / "SECURITY.md"], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_table_is_what_the_code_tells() -> None:
    pages = [page.read_text(encoding="utf-8") for page in PAGES]
    assert set(re.findall(r"<!-- table: (\w+) -->", "".join(pages))) == set(TABLES)
    for page in pages:
        assert filled_in(page) == page, "run: make docs"
