"""What an attack is given, and what it gives back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.postgres import running

Figure = int | float | str


@dataclass(frozen=True)
class Place:
    """Where an attack takes place: a folder of its own, and the address of an empty database."""

    folder: Path
    address: str

    @property
    def database(self) -> str:
        """The kind of database."""
        return self.address.partition(":")[0].partition("+")[0]


@dataclass
class Report:
    """What came of an attack.

    :ivar figures: what was counted and measured, by what it is called.
    :ivar wrong: everything that must not have been, in words; empty when the portal withstood it.
    :ivar skipped: why it could not be made here, if it could not.
    """

    figures: dict[str, Figure] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    skipped: str = ""


@contextmanager
def place_on(kind: str) -> Iterator[Place]:
    """A folder and an empty database that waits for the disk, as in production.

    :param kind: ``sqlite`` or ``postgresql``.
    """
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        if kind == "sqlite":
            yield Place(Path(folder), f"sqlite:///{folder}/portal.sqlite")
            return
        with running(durable=True) as server:
            yield Place(Path(folder), server.fresh())


def told(figures: Mapping[str, Any]) -> str:
    """Figures in one line."""
    return ", ".join(f"{name} {_rounded(value)}" for name, value in figures.items())


def _rounded(value: Figure) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3g}" if isinstance(value, float) else value
