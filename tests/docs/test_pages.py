"""What the documentation shows is what the portal does: every example is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.pack.loading import load_model
from portal.pack.scheme import Scheme
from tests.docs.pages import DOCS, blocks, but_for_the_demonstration, commands, pages, shown, written


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_the_commands_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    run = 0
    for block in blocks(page.read_text(encoding="utf-8")):
        written(block, tmp_path)
        if block.kind == "console":
            now, then = (but_for_the_demonstration(text) for text in (shown(block, tmp_path), block.text))
            assert now == then, "write it again: python -m tests.docs.pages"
            run += len(commands(block))
    assert run or page.name == "how-do-i.md"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_scheme_on_a_page_that_is_shown_to_work_is_sound(page: Path, tmp_path: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        file = written(block, tmp_path)
        if file is not None and "streams:" in block.text and not file.name.startswith("wrong"):
            assert load_model(file, Scheme).streams


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        file, _, heading = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        assert path.exists(), target
        if heading:
            assert heading in headings(path), target


def headings(page: Path) -> set[str]:
    """The anchors of a page, as they are made from its headings."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-") for words in found}


def test_the_index_leads_to_every_page_of_schemes() -> None:
    index = (DOCS / "schemes" / "index.md").read_text(encoding="utf-8")
    for page in (DOCS / "schemes").glob("*.md"):
        assert page.name == "index.md" or f"]({page.name}" in index
