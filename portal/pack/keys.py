"""The keys of every file of a pack as tables, told from the models themselves so that they stay true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from inspect import cleandoc
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from portal.pack.conditions import Condition
from portal.pack.council import Contact
from portal.pack.extending import PACK_FILE, PackFile
from portal.pack.loading import FILES, FOLDERS, OPTIONAL, load_model, load_pack
from portal.pack.scheme import Scheme
from portal.pack.shown import Examples, example_of, examples_of
from portal.pack.text import Words
from portal.pack.written import COLOUR, EMAIL, LANGUAGE, PHONE, TIME, WEB

_PACKAGE = Path(__file__).parents[1]
DOCS = _PACKAGE.parent / "docs"
"""The documentation of the checkout."""

SHARED = (Words, Condition, Contact)
"""Parts that stand in many files, told once at the end."""

_INTRODUCTION = """# The keys of a pack

Told from the portal itself by `python -m portal.pack.keys`. For how packs work see [packs.md](packs.md).
*Words in slant* name a table further down. A *text* may be a plain string or a mapping with Easy Read."""

_PATTERNS = {
    PHONE: "telephone number",
    EMAIL: "email address",
    WEB: "web address",
    COLOUR: "colour",
    LANGUAGE: "language tag",
    TIME: "time of day",
}
_OFTEN = {
    "id": "its name, not given twice",
    "title": "its name for people",
    "label": "its words on the receipt",
    "about": "what it is, in a sentence or two",
    "reason": "why, on the receipt",
    "when": "only when this holds",
    "ask_when": "only when this holds",
    "eligible_when": "only when this holds; else not eligible",
    "source": "the id of one of the sources",
    "sources": "where the rules come from",
    "effective": "the days on which it holds",
    "score": "the id of a score",
    "price": "the id of a price of the price book",
    "stream": "the id of a stream",
    "reasons": "what is said about it",
    "web": "its address",
    "url": "its address",
    "note": "a remark about it",
    "question": "the id of a question, or `group.field`",
    "version": "a new one for each change of a figure",
    "kind": "which form this is",
    "otherwise": "when none of these",
    "weight_reason": "why there is a weight",
    "weights_reason": "why there are weights",
    "round": "how it is rounded",
    "rounding": "how amounts are rounded, scope by scope",
}
"""What a key means wherever its model does not say."""

_PLAIN = {
    str: "words",
    bool: "true or false",
    int: "whole number",
    Decimal: "number",
    date: "date",
    Any: "anything",
}


@cache
def tables(folder: Path = DOCS) -> str:
    """Markdown: for each file its keys, with type, default, meaning and an example.

    :param folder: the documentation, whose schemes give examples beside those of the demonstration.
    """
    examples = examples_of(_written(folder))
    told: set[type[BaseModel]] = set(SHARED)
    parts = [_INTRODUCTION, f"## `{PACK_FILE}` (may be left out)", *_family(PackFile, told, examples)]
    for name, (_, model) in FILES.items():
        note = " (may be left out)" if name in OPTIONAL else ""
        parts += [f"## `{name}`{note}", *_family(model, told, examples)]
    for name, model in FOLDERS.items():
        parts += [f"## `{name}/*.yaml`", *_family(model, told, examples)]
    parts.append("## Parts that many files share")
    told -= set(SHARED)
    for model in SHARED:
        parts += _family(model, told, examples)
    return "\n\n".join(parts) + "\n"


def _written(folder: Path) -> Iterator[BaseModel]:
    """Files whose values are shown as examples. Schemes first: they have more kinds than one pack."""
    for file in sorted((folder / "schemes" / "examples").glob("*.yaml")):
        if file.stem != "people":
            yield load_model(file, Scheme)
    yield load_pack(_PACKAGE / "packs" / "demo")


def _family(model: type[BaseModel], told: set[type[BaseModel]], examples: Examples) -> Iterator[str]:
    """The table of a model and of those inside it that were not told yet."""
    if model in told:
        return
    told.add(model)
    yield f"### {name_of(model)}\n\n{summary_of(model)}"
    head = ("| key | what | if left out | meaning | example |", "|---|---|---|---|---|")
    yield "\n".join((*head, *_rows(model, examples)))
    for about in model.model_fields.values():
        for inner in models_in(about.annotation):
            yield from _family(inner, told, examples)


def name_of(model: type[BaseModel]) -> str:
    """A model's name in the tables."""
    return "Text" if model is Words else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize()


def summary_of(model: type[BaseModel]) -> str:
    """What a model is, from its docstring, in Markdown."""
    text = re.split(r"^:ivar", cleandoc(model.__doc__ or ""), maxsplit=1, flags=re.MULTILINE)[0]
    prose = text.partition("::\n")[0] if "::\n" in text else text
    parts = re.split(r"\n\n|\n(?=- )", prose.strip())
    told = [re.sub(r"\s+", " ", re.sub(r":\w+:`[\w.]*?(\w+)`", r"\1", part)) for part in parts]
    return "\n\n".join(part.replace("``", "`") for part in told).replace("\n\n- ", "\n- ")


def _rows(model: type[BaseModel], examples: Examples) -> Iterator[str]:
    meanings = meanings_of(model)
    for name, about in model.model_fields.items():
        cells = (
            f"`{about.alias or name}`",
            _type(about),
            _default(about),
            meanings.get(name, ""),
            _example(example_of(model, name, about, examples), about),
        )
        yield f"| {' | '.join(cells)} |"


def _example(example: str, about: FieldInfo) -> str:
    if example:
        return f"`{example.replace('|', chr(92) + '|')}`"
    names = dict.fromkeys(name_of(model) for model in models_in(about.annotation))
    return "see " + " or ".join(f"[{name.lower()}](#{name.lower().replace(' ', '-')})" for name in names)


def meanings_of(model: type[BaseModel]) -> dict[str, str]:
    """What each field means, from the ``:ivar`` lines of the model and those it is built on."""
    found = {name: _OFTEN[name] for name in model.model_fields if name in _OFTEN}
    for base in reversed(model.__mro__):
        text = cleandoc(base.__doc__ or "")
        for name, meaning in re.findall(r"^:ivar (\w+): ((?:.|\n)*?)(?=^:ivar|\n\n|\Z)", text, re.MULTILINE):
            found[name] = _in_markdown(meaning)
    return found


def _in_markdown(text: str) -> str:
    plain = re.sub(r":\w+:`~?\.?([\w.]+)`", r"\1", text)
    return re.sub(r"\s+", " ", plain).replace("``", "`").replace("|", "\\|").strip()


def _type(about: FieldInfo) -> str:
    for given in about.metadata:
        pattern = getattr(given, "pattern", None)
        if isinstance(pattern, str):
            return _PATTERNS.get(pattern, "id")
    limits = [
        f"{words} {getattr(given, key)}"
        for given in about.metadata
        for key, words in (("ge", "from"), ("gt", "above"), ("le", "to"), ("lt", "below"))
        if getattr(given, key, None) is not None
    ]
    return " ".join((_said(about.annotation), *limits))


def _said(annotation: Any) -> str:
    origin, inside = get_origin(annotation), [part for part in get_args(annotation) if part is not NoneType]
    if origin in (UnionType, Union):
        return " or ".join(dict.fromkeys(_said(part) for part in inside))
    if origin is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in inside)
    if origin is tuple:
        listed = [part for part in inside if part is not ...]
        return "list of: " + _said(listed[0]) if len(set(listed)) == 1 else "list"
    if origin is dict:
        return f"{_said(inside[1])}, by {_said(inside[0])}"
    if inside:
        pattern = next((text for part in inside[1:] if (text := getattr(part, "pattern", None))), None)
        return (_PATTERNS.get(pattern, "id") if pattern else "") or _said(inside[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "text" if annotation is Words else f"*{name_of(annotation).lower()}*"
    return _PLAIN.get(annotation, str(annotation))


def _default(about: FieldInfo) -> str:
    value = about.get_default(call_default_factory=True) if not about.is_required() else PydanticUndefined
    if value is PydanticUndefined:
        return "needed"
    if value is None or value in ((), {}, ""):
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, BaseModel):
        return "as below"
    if not isinstance(value, tuple):
        return f"`{value}`"
    return "as below" if isinstance(value[0], BaseModel) else ", ".join(f"`{item}`" for item in value)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a type names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def write(folder: Path = DOCS) -> None:
    """Write the tables and the JSON Schemas into the documentation."""
    from portal.pack.schemas import schemas

    (folder / "pack-keys.md").write_text(tables(folder), encoding="utf-8")
    (folder / "schemas").mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / "schemas" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
