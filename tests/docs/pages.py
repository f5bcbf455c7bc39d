"""The examples of a page of documentation: files to write, commands to run, and what they print.

A block of YAML whose first line is a comment with a file's name is written to that file; a block of CSV
has the name behind its first three backticks. Each line of
a console block that starts with a dollar sign is run in the same folder; the lines below it are what it
prints. ``(exit code 1)`` stands below a command that ends so. ``python -m tests.docs.pages`` runs every
page and writes what the commands print now.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from portal.account.copied import SCHEMA, copy_schema
from portal.commands import main

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^```(yaml|console|csv(?: \S+))\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"# (\S+\.(?:yaml|json))\n")


@dataclass(frozen=True)
class Block:
    """One block: its kind, its text, and where the text stands in the page."""

    kind: str
    text: str
    start: int
    end: int


def pages() -> list[Path]:
    """The pages whose examples are run."""
    return [DOCS / "packs.md", *sorted((DOCS / "schemes").glob("*.md"))]


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a page, in order."""
    for found in _BLOCK.finditer(text):
        yield Block(found[1], found[2], found.start(2), found.end(2))


def written(block: Block, folder: Path) -> Path | None:
    """Write the file that a block of YAML or CSV is; ``None`` where it has no name."""
    kind, _, table = block.kind.partition(" ")
    if kind == "csv":
        (folder / table).write_text(block.text, encoding="utf-8")
        return None
    named = _FILE.match(block.text)
    if block.kind != "yaml" or named is None:
        return None
    file = folder / named[1]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.text, encoding="utf-8")
    return file


def commands(block: Block) -> list[str]:
    """The commands of a console block."""
    return [line[2:] for line in block.text.splitlines() if line.startswith("$ ")]


def printed(command: str, folder: Path) -> str:
    """What a command prints in a folder, as the page shows it."""
    name, *arguments = shlex.split(command)
    if name == "cat":
        return "".join((folder / argument).read_text(encoding="utf-8") for argument in arguments)
    assert name == "portal", f"only portal is run here, not {name}"
    with _inside(folder):
        result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    told = result.output.rstrip("\n") + "\n"
    return told if result.exit_code == 0 else f"{told}(exit code {result.exit_code})\n"


def shown(block: Block, folder: Path) -> str:
    """A console block with what its commands print now."""
    return "".join(f"$ {command}\n{printed(command, folder)}" for command in commands(block))


def but_for_the_demonstration(text: str) -> str:
    """A text without what changes with every line of the demonstration that packs are built on."""
    return re.sub(
        r"^(demo/\S+):\d+:", r"\1:", re.sub(r"(version is) [0-9a-f]{16}", r"\1", text), flags=re.MULTILINE
    )


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def write_again(page: Path) -> None:
    """Put what the commands of a page print now below them."""
    text = page.read_text(encoding="utf-8")
    parts, at = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for block in blocks(text):
            written(block, folder)
            if block.kind == "console":
                now = shown(block, folder)
                same = but_for_the_demonstration(now) == but_for_the_demonstration(block.text)
                parts += [text[at : block.start], block.text if same else now]
                at = block.end
    page.write_text("".join((*parts, text[at:])), encoding="utf-8")


if __name__ == "__main__":
    (DOCS / "schemas" / SCHEMA).write_text(copy_schema(), encoding="utf-8")
    for path in pages():
        write_again(path)
