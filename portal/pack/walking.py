"""Walking through a value of a pack, with the place of each part in its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel

from portal.pack.reading import Path_

M = TypeVar("M", bound=BaseModel)


def parts_of(value: object, where: Path_ = ()) -> Iterator[tuple[Path_, BaseModel]]:
    """Every model inside a value, itself first, each with the keys that lead to it."""
    if isinstance(value, BaseModel):
        yield where, value
        for name, about in type(value).model_fields.items():
            yield from parts_of(getattr(value, name), (*where, about.alias or name))
    elif isinstance(value, tuple | list):
        for at, item in enumerate(value):
            yield from parts_of(item, (*where, at))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from parts_of(item, (*where, str(key)))


def parts_like(value: object, model: type[M]) -> Iterator[tuple[Path_, M]]:
    """Those of them that are of one model."""
    for where, part in parts_of(value):
        if isinstance(part, model):
            yield where, part
