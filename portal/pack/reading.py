"""YAML files of a pack: read without guessing, with the line of every key and value.

Scalars stay as they were written: ``12.50`` is the string "12.50" until a model asks for a
Decimal, so no number ever passes through float. Only ``true``, ``false`` and ``null`` (when not
in quotes) become something else than text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from portal.pack.faults import PackProblem, PackProblems

LARGEST_FILE = 2_000_000
"""Bytes. A file of a pack is written by hand; a larger one is a mistake."""

MOST_VALUES = 100_000
"""Values in one file, those repeated by ``*name`` counted each time."""

_MOST_BRACKETS, _LONGEST_LINE = 2_000, 2_000
"""What the reader in C is trusted with. It fails the whole process ten thousand levels deep."""

_NULL = "tag:yaml.org,2002:null"
_BOOL = "tag:yaml.org,2002:bool"
_KNOWN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "str", "timestamp", "map", "seq")
)

Path_ = tuple[str | int, ...]
"""Where a value stands in its file: keys and positions from the top."""


@dataclass
class Source:
    """A file of a pack as read: its plain content and where each part of it stands.

    :ivar file: the path inside the pack's folder.
    :ivar content: dict, list, str, bool or None.
    """

    file: str
    content: Any
    lines: dict[Path_, int] = field(default_factory=dict, repr=False)
    keys: dict[Path_, int] = field(default_factory=dict, repr=False)

    def line(self, *where: str | int) -> int:
        """The line of a value, or of the nearest thing around it that is in the file."""
        for end in range(len(where), -1, -1):
            found = self.keys.get(where[:end]) or self.lines.get(where[:end])
            if found:
                return found
        return 1

    def problem(self, where: Path_, problem: str, fix: str) -> PackProblem:
        """A problem with the value that stands there."""
        return PackProblem(self.file, self.line(*where), problem, fix)


def read_yaml(path: Path, name: str) -> Source:
    """Read one file.

    :param path: the file.
    :param name: its path inside the pack's folder, for messages.
    :raises PackProblems: it is missing, too large, not UTF-8, not YAML, or repeats a key.
    """
    return read_text(_text(path, name), name)


def _text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PackProblems(
                [
                    PackProblem(
                        name, 1, "the file is larger than 2 MB", "Split it or remove what is not needed"
                    )
                ]
            )
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PackProblems(
            [PackProblem(name, 1, "this file is missing", "Write it; see docs/packs.md")]
        ) from None
    except UnicodeDecodeError as wrong:
        line = path.read_bytes()[: wrong.start].count(b"\n") + 1
        raise PackProblems(
            [PackProblem(name, line, "the file is not in UTF-8", "Save it as UTF-8 text")]
        ) from None


def _unreadable(wrong: MarkedYAMLError, name: str) -> PackProblem:
    """What the reader in C could not make out, in words of somebody who writes a pack."""
    said = " ".join(str(wrong.problem or wrong.context).split())
    if "quoted scalar" in str(wrong.context) and wrong.context_mark is not None:
        # The reader notices at the end of the file; the author needs the line where the quote begins.
        line = wrong.context_mark.line + 1
        return PackProblem(
            name, line, "a quote that opens here is never closed", "Close it with the same sign"
        )
    mark = wrong.problem_mark or wrong.context_mark
    line = mark.line + 1 if mark else 1
    if r"'\t'" in said:
        return PackProblem(name, line, "there is a tab in this line", "Write spaces in its place")
    fix = "Check the spaces at the start and the quotes above, and put a text with a colon or # in quotes"
    return PackProblem(name, line, f"this is not YAML: {said}", fix)


def read_text(text: str, name: str) -> Source:
    """Read YAML that is already in memory; see :func:`read_yaml`."""
    try:
        top = _composed(text)
    except MarkedYAMLError as wrong:
        raise PackProblems([_unreadable(wrong, name)]) from None
    except RecursionError:
        raise PackProblems(
            [PackProblem(name, 1, "this is nested too deep", "Write it with fewer levels")]
        ) from None
    except YAMLError as wrong:
        raise PackProblems(
            [PackProblem(name, 1, f"this is not YAML: {str(wrong).splitlines()[0]}", "Save it as plain text")]
        ) from None
    source = Source(file=name, content=None)
    if top is None:
        raise PackProblems([PackProblem(name, 1, "the file is empty", "Write its keys; see docs/packs.md")])
    problems: list[PackProblem] = []
    source.content = _Builder(source, problems).build(top, ())
    if problems:
        raise PackProblems(problems)
    return source


def _composed(text: str) -> Node | None:
    """The nodes of a file, by the reader in C wherever that one may be used."""
    if _is_flat(text):
        with suppress(YAMLError):
            return _node(YAML(typ="safe"), text)
    # Slower by far, it says best what is wrong, and no depth brings it down.
    return _node(YAML(typ="safe", pure=True), text)


def _node(reader: YAML, text: str) -> Node | None:
    top: Node | None = reader.compose(text)
    return top


def _is_flat(text: str) -> bool:
    """Whether nothing in it can be nested too deep: each level takes a column more, or a bracket."""
    if text.count("[") + text.count("{") > _MOST_BRACKETS:
        return False
    return all(len(line) <= _LONGEST_LINE for line in text.splitlines())


class _Builder:
    def __init__(self, source: Source, problems: list[PackProblem]) -> None:
        self.source = source
        self.problems = problems
        self.count = 0
        self.open: set[int] = set()

    def build(self, node: Node, where: Path_) -> Any:
        """The plain content of a node, its lines noted on the way."""
        self.source.lines.setdefault(where, node.start_mark.line + 1)
        self.count += 1
        if self.count > MOST_VALUES or id(node) in self.open:
            self.fault(node, "this repeats itself without end or too often", "Write it out without * and &")
            return None
        if node.tag is not None and str(node.tag) not in _KNOWN_TAGS:
            self.fault(node, f"{node.tag} is not used in packs", "Remove the word that starts with !")
            return None
        if isinstance(node, ScalarNode):
            return _scalar(node)
        self.open.add(id(node))
        try:
            if isinstance(node, SequenceNode):
                return [self.build(item, (*where, at)) for at, item in enumerate(node.value)]
            assert isinstance(node, MappingNode)
            return dict(self.entries(node, where))
        finally:
            self.open.discard(id(node))

    def entries(self, node: MappingNode, where: Path_) -> Iterator[tuple[str, Any]]:
        """Keys and values of a mapping, each key once."""
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                self.fault(key, "a key is a single word", "Put a text with { or [ in quotes")
                continue
            name = str(key.value)
            if name in seen:
                self.fault(key, f"{name} is written twice, first on line {seen[name]}", "Keep one of the two")
                continue
            seen[name] = line
            self.source.keys[(*where, name)] = line
            yield name, self.build(value, (*where, name))

    def fault(self, node: Node, problem: str, fix: str) -> None:
        """Note a problem at a node."""
        self.problems.append(PackProblem(self.source.file, node.start_mark.line + 1, problem, fix))


def _scalar(node: ScalarNode) -> str | bool | None:
    if node.style is None or node.style == "":
        tag = str(node.tag)
        if tag == _NULL:
            return None
        if tag == _BOOL:
            return str(node.value).lower() == "true"
    return str(node.value)
