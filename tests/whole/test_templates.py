"""Every template can be read, uses what it imports, and leaves style and script to their own files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from portal.paths import TEMPLATES
from tests.whole.files import text_files

ALL = sorted(TEMPLATES.rglob("*.html"))
_PARSER = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_COMMENTS = re.compile(r"\{#.*?#\}", re.DOTALL)
_PRINTED = "document/"


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def source_of(path: Path) -> str:
    """What a template does, without its comments."""
    return _COMMENTS.sub("", path.read_text(encoding="utf-8"))


def references(tree: nodes.Template) -> set[str]:
    """The templates that one extends, includes or imports from."""
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    named = [getattr(node, "template") for kind in kinds for node in tree.find_all(kind)]  # noqa: B009
    return {name.value for name in named if isinstance(name, nodes.Const)}


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_template(path):
    tree = _PARSER.parse(path.read_text(encoding="utf-8"))
    assert {name for name in references(tree) if not (TEMPLATES / name).is_file()} == set()

    names = [name for node in tree.find_all(nodes.FromImport) for name in node.names]
    called = {name if isinstance(name, str) else name[1] for name in names}
    imported = {name if isinstance(name, str) else name[0] for name in names}
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert called - used == set(), "imported and not used"

    macros = {node.name: node for node in tree.find_all(nodes.Macro)}
    known = {macro for name in references(tree) for macro in _macros(TEMPLATES / name)}
    assert imported <= known, "imported and not there"
    assert len(macros) == len(list(tree.find_all(nodes.Macro))), "two macros of one name"


def _macros(path: Path) -> set[str]:
    tree = _PARSER.parse(path.read_text(encoding="utf-8"))
    names = {node.name for node in tree.find_all(nodes.Macro)}
    return names | {
        node.target.name for node in tree.find_all(nodes.Assign) if isinstance(node.target, nodes.Name)
    }


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_template_carries_no_style_script_or_open_attribute(path):
    source = source_of(path)
    printed = name_of(path).startswith(_PRINTED)
    assert not re.search(r"<style\b", source) or printed
    assert not re.search(r"\sstyle\s*=", source), "a style attribute"
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", source), "a script in the page"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source), "a script in an attribute"
    assert not re.search(r"\s[\w-]+=\{\{", source), "an attribute without quotes"
    assert not re.search(r"(?i)\bautoescape\s+false", source), "escaping is off"


def test_every_template_is_used():
    spoken = "".join(path.read_text(encoding="utf-8") for path in text_files(".py", under="portal"))
    trees = {path: _PARSER.parse(path.read_text(encoding="utf-8")) for path in ALL}
    linked = set().union(*(references(tree) for tree in trees.values()))
    unused = [
        name
        for name in map(name_of, ALL)
        if name not in linked
        and f'"{name}"' not in spoken
        # Families of pages whose name is made of a part that varies.
        and not re.search(rf'f"{re.escape(name.rsplit("/", 1)[0])}/\{{', spoken)
    ]
    assert unused == []


def test_words_are_never_marked_safe_but_where_they_were_escaped():
    allowed = {"base.html": 1}
    found = {
        name_of(path): count
        for path in ALL
        if (count := len(re.findall(r"\|\s*safe\b", source_of(path)))) > allowed.get(name_of(path), 0)
    }
    assert found == {}
