"""Errors of validation, turned from pydantic's terms into words for the author of a pack."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portal.pack.faults import Fault, PackProblem
from portal.pack.reading import Path_, Source
from portal.pack.written import ADVICE

Wording = tuple[str, str]

_DATE = ("{key} is a date, not {given}", "Write it as year-month-day, such as 2026-04-01")
_MAPPING = ("{key} has keys of its own", "Write its keys on the lines below, two spaces further in")
_LIST = ("{key} is a list", "Start each entry on a line of its own with a dash")
_SIMPLE: Mapping[str, Wording] = {
    "string_type": ("{key} is a text", "Write words, in quotes if they look like a number or true"),
    "bool_type": ("{key} is true or false", "Write true or false, without quotes"),
    "bool_parsing": ("{key} is true or false, not {given}", "Write true or false, without quotes"),
    "int_type": ("{key} is a whole number", "Write a number such as 12"),
    "int_parsing": ("{key} is a whole number, not {given}", "Write a number such as 12"),
    "decimal_max_places": (
        "{key} has too many figures after the point",
        "Write pounds and pence, such as 12.50",
    ),
    "decimal_max_digits": ("{key} is too large", "Write a smaller number"),
    "decimal_whole_digits": ("{key} is too large", "Write a smaller number"),
    "decimal_type": ("{key} is a number", "Write a number such as 12.50"),
    "decimal_parsing": (
        "{key} is a number, not {given}",
        "Write figures only, such as 12.50, without a pound sign or comma",
    ),
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "frozen_set_type": _LIST,
    "string_too_short": ("{key} has no words", "Write the words, or remove the key if it is not needed"),
    "string_too_long": ("{key} is longer than {max_length} characters", "Shorten it"),
    "too_short": ("{key} needs at least {min_length}", "Add an entry that starts with a dash"),
    "too_long": ("{key} takes at most {max_length}", "Remove entries"),
    "greater_than_equal": ("{key} is {ge} or more, not {given}", "Write a number of {ge} or more"),
    "greater_than": ("{key} is more than {gt}, not {given}", "Write a number above {gt}"),
    "less_than_equal": ("{key} is {le} or less, not {given}", "Write a number of {le} or less"),
    "less_than": ("{key} is less than {lt}, not {given}", "Write a number below {lt}"),
    "literal_error": ("{key} cannot be {given}", "Write one of {expected}"),
    "enum": ("{key} cannot be {given}", "Write one of {expected}"),
    "union_tag_invalid": ("{key} cannot be {given}", "Write one of {expected_tags}"),
    "union_tag_not_found": ("{discriminator} is missing", "Add a line with {discriminator}: and its value"),
}


def problems_of(error: ValidationError, model: type[BaseModel], source: Source) -> list[PackProblem]:
    """Every fault pydantic found in a file, with its line and advice."""
    return [
        _problem(detail, model, source)
        for detail in error.errors(include_url=False)
        if not _only_echoes(detail)
    ]


def _only_echoes(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because its entries have faults of their own."""
    given, context = detail["input"], detail.get("ctx") or {}
    return detail["type"] == "too_short" and isinstance(given, list) and len(given) >= context["min_length"]


def _problem(detail: ErrorDetails, model: type[BaseModel], source: Source) -> PackProblem:
    where = _where(detail["loc"], source.content)
    kind = detail["type"]
    context: Mapping[str, Any] = detail.get("ctx") or {}
    if kind == "missing":
        key = str(detail["loc"][-1])
        return source.problem(where, f"{key} is missing", f"Add a line with {key}: and its value")
    if kind == "extra_forbidden":
        return source.problem(where, *_unknown(detail["loc"], model))
    if kind == "value_error":
        return _own(context.get("error"), where, detail, source)
    return source.problem(where, *_worded(kind, where, detail, context))


def _own(error: object, where: Path_, detail: ErrorDetails, source: Source) -> PackProblem:
    if isinstance(error, Fault):
        return source.problem((*where, *error.where), str(error), error.fix)
    said = str(error) if error is not None else detail["msg"]
    return source.problem(where, said, "See docs/packs.md for what goes here")


def _worded(kind: str, where: Path_, detail: ErrorDetails, context: Mapping[str, Any]) -> Wording:
    if kind == "string_pattern_mismatch":
        return _pattern(where, detail, context)
    given = detail["input"]
    plain = {
        name: value.replace("'", "") if isinstance(value, str) else value for name, value in context.items()
    }
    known = {**plain, "key": _name(where), "given": _shown(given)}
    if kind in _SIMPLE:
        problem, fix = _SIMPLE[kind]
        if given is None:
            return f"{known['key']} has no value", "Write its value on the line, or remove the line"
        return problem.format_map(known), fix.format_map(known)
    return f"{known['key']}: {detail['msg']}", "See docs/packs.md for what goes here"


def _pattern(where: Path_, detail: ErrorDetails, context: Mapping[str, Any]) -> Wording:
    key, given = _name(where), _shown(detail["input"])
    form = str(context.get("pattern"))
    return f"{key} cannot be {given}", ADVICE.get(form, f"Write it in the form {form}")


def _unknown(loc: tuple[int | str, ...], model: type[BaseModel]) -> Wording:
    key = str(loc[-1])
    known = sorted({name for found in _models_at(model, loc[:-1]) for name in keys_of(found)})
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    if near:
        return f"{key} is not a key that is known here", f"Write {near[0]}, or remove the line"
    listed = f"Use one of {', '.join(known)}" if known else "Remove the line"
    return f"{key} is not a key that is known here", listed


def keys_of(model: type[BaseModel]) -> Iterator[str]:
    """The keys a model takes in a file."""
    for name, about in model.model_fields.items():
        yield about.alias or name


def _models_at(model: type[BaseModel], loc: Iterable[int | str]) -> set[type[BaseModel]]:
    """The models that may stand at a place, found by following the types of the fields."""
    here = {model}
    for step in loc:
        below = {
            inner
            for outer in here
            for name, about in outer.model_fields.items()
            if step in (name, about.alias)
            for inner in _models_in(about.annotation)
        }
        here = below or here
    return here


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _where(loc: tuple[int | str, ...], content: Any) -> Path_:
    """The part of pydantic's location that is in the file: the names of union members are not."""
    return max(_paths(loc, content), key=len)


def _paths(loc: tuple[int | str, ...], content: Any) -> Iterator[Path_]:
    yield ()
    for at, step in enumerate(loc):
        inside = _inside(content, step)
        if inside is not _ABSENT:
            for rest in _paths(loc[at + 1 :], inside):
                yield (step, *rest)


_ABSENT = object()


def _inside(content: Any, step: int | str) -> Any:
    if isinstance(content, dict) and step in content:
        return content[step]
    if isinstance(content, list) and isinstance(step, int) and 0 <= step < len(content):
        return content[step]
    return _ABSENT


def _name(where: Path_) -> str:
    """How a place is called in a message: its last key, with the position in its list."""
    for at in range(len(where) - 1, -1, -1):
        if isinstance(where[at], str):
            position = [step for step in where[at + 1 :] if isinstance(step, int)]
            return f"{where[at]} (entry {position[-1] + 1})" if position else str(where[at])
    return f"entry {int(where[-1]) + 1}" if where else "the file"


def _shown(given: object) -> str:
    if isinstance(given, str):
        short = given if len(given) <= 40 else given[:37] + "…"
        return f"“{short}”"
    if isinstance(given, bool):
        return "true" if given else "false"
    if given is None:
        return "nothing"
    return "a list" if isinstance(given, list | tuple) else "a value with keys of its own"
