"""An example for each key of a pack's files: from the files that ship, else made up by its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from portal.pack.conditions import Condition
from portal.pack.council import Contact
from portal.pack.scheme import Quantity
from portal.pack.text import Words
from portal.pack.values import Value
from portal.pack.written import COLOUR, EMAIL, LANGUAGE, PHONE, TIME, WEB

LONGEST = 72
"""Characters. A longer example is left to the table of the part itself."""

Examples = Mapping[tuple[type[BaseModel], str], str]
"""By model and field, as it stands in a file."""

_BY_PATTERN = {
    PHONE: "01632 960140",
    EMAIL: "help@council.example.org",
    WEB: "https://council.example.org",
    COLOUR: '"#0b5148"',
    LANGUAGE: "en",
    TIME: '"09:00"',
}
_BY_TYPE: Mapping[Any, str] = {
    str: "words",
    bool: "true",
    int: "12",
    Decimal: "12.50",
    date: "2026-04-01",
    Any: "12.50",
    Words: "Words that people read",
    Condition: "{question: nutrition, is: [some, lot]}",
    Quantity: "{answer: hours}",
    Contact: "{name: Advice team, phone: 01632 960140}",
}
_TRUE_WORDS = frozenset({"true", "false", "null", "yes", "no", ""})


def examples_of(packs: Iterable[BaseModel]) -> Examples:
    """The first short example of every key that is written in these files."""
    found: dict[tuple[type[BaseModel], str], str] = {}
    for whole in packs:
        for part in _parts(whole):
            for name in part.model_fields_set:
                written = in_yaml(getattr(part, name))
                if len(written) <= LONGEST:
                    found.setdefault((type(part), name), written)
    return found


def _parts(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name))
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _parts(item)


def example_of(model: type[BaseModel], name: str, about: FieldInfo, known: Examples) -> str:
    """An example of a key's value; empty where its own table shows it better."""
    found = known.get((model, name))
    if found is not None:
        return found
    for given in about.metadata:
        pattern = getattr(given, "pattern", None)
        if isinstance(pattern, str):
            return _BY_PATTERN.get(pattern, "a_name")
    return _made_up(about.annotation)


def _made_up(annotation: Any) -> str:
    origin, inside = get_origin(annotation), [part for part in get_args(annotation) if part is not NoneType]
    if origin in (UnionType, Union):
        return _made_up(inside[0])
    if origin is Literal:
        return str(inside[0])
    if origin in (tuple, frozenset, list):
        made = _made_up(inside[0])
        return f"[{made}]" if made else ""
    if origin is dict:
        made = _made_up(inside[1])
        return f"{{{_made_up(inside[0])}: {made}}}" if made else ""
    if inside:
        pattern = next((text for part in inside[1:] if (text := getattr(part, "pattern", None))), None)
        return _BY_PATTERN.get(pattern, "a_name") if pattern else _made_up(inside[0])
    return _BY_TYPE.get(annotation, "")


def in_yaml(value: Any) -> str:
    """A value of a pack as it may be written on one line of its file."""
    if isinstance(value, Words) and value.model_fields_set == {"text"}:
        return _scalar(value.text)
    if isinstance(value, Quantity) and value.model_fields_set == {"value"}:
        return str(value.value)
    if isinstance(value, Value):
        fields = type(value).model_fields
        inner = (
            f"{fields[name].alias or name}: {in_yaml(getattr(value, name))}"
            for name in fields
            if name in value.model_fields_set
        )
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_scalar(str(key))}: {in_yaml(item)}' for key, item in value.items())}}}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(in_yaml(item) for item in value)}]"
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(in_yaml(item) for item in value))}]"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return _scalar(value) if isinstance(value, str) else str(value)


def _scalar(text: str) -> str:
    plain = text.lower() not in _TRUE_WORDS and not any(mark in text for mark in "\"#{}[],&*!|>%@`'\n")
    return text if plain and ": " not in text and not text.endswith(":") else f'"{text}"'
