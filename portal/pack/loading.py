"""Loading a pack: a folder of YAML becomes one frozen value, or every fault in it is told."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from portal.pack.faults import PackProblem, PackProblems
from portal.pack.reading import Source, read_yaml
from portal.pack.wording import problems_of

__all__ = ["PackProblem", "PackProblems", "load_model", "model_from"]

M = TypeVar("M", bound=BaseModel)


def load_model(path: Path, model: type[M], name: str | None = None) -> M:
    """One file as a typed value.

    :param path: the YAML file.
    :param model: what it holds.
    :param name: how messages call the file; its own name when absent.
    :raises PackProblems: with every fault found, each with its line and what to write instead.
    """
    return model_from(read_yaml(path, name or path.name), model)


def model_from(source: Source, model: type[M]) -> M:
    """A file that was read, as a typed value.

    :raises PackProblems: with every fault found.
    """
    try:
        return model.model_validate(source.content)
    except ValidationError as wrong:
        raise PackProblems(problems_of(wrong, model, source)) from None
