"""The files of the project as git knows them, or in a copy without git, all that no tool made."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_MADE = {".git", ".venv", "var", "build", "dist", "test-results", "__pycache__"}
_BINARY = {".woff2", ".woff", ".ttf", ".otf", ".png", ".jpg", ".ico", ".gif", ".pdf", ".icc", ".sqlite"}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file, those not yet added included, in order."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        found = [ROOT / name for name in listed.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _MADE.intersection(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def text_files(*endings: str, under: str = "") -> list[Path]:
    """The files of text, of some endings or of all, in one folder or in all."""
    return [
        path
        for path in project_files()
        if path.suffix not in _BINARY
        and (not endings or path.suffix in endings)
        and path.is_relative_to(ROOT / under)
    ]


def name_of(path: Path) -> str:
    """A file's path inside the project."""
    return path.relative_to(ROOT).as_posix()
