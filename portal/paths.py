"""Where the files beside the code are: the same names in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
# A wheel carries the three folders inside the package; in a checkout they stand beside it.
_HOME = _PACKAGE if (_PACKAGE / "templates").is_dir() else _PACKAGE.parent

TEMPLATES = _HOME / "templates"
STATIC = _HOME / "static"
TRANSLATIONS = _HOME / "translations"
PACKS = _PACKAGE / "packs"
