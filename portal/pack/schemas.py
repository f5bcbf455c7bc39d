"""JSON Schemas of a pack’s files, told from the models, so that an editor checks as one types."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from portal.pack.conditions import Condition
from portal.pack.extending import PACK_FILE, PackFile
from portal.pack.keys import meanings_of, models_in, name_of, summary_of
from portal.pack.loading import FILES, FOLDERS
from portal.pack.scheme import Quantity
from portal.pack.text import Words

_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_SAME_AS = {
    "type": "string",
    "description": "The file of the extended pack that this one is the same as, but for keys beside this.",
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _InAFile(GenerateJsonSchema):
    """What stands in a YAML file, where a number is a number and a text may be a plain one."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        limits = {
            word: float(schema[key])  # type: ignore[literal-required]
            for key, word in (
                ("ge", "minimum"),
                ("gt", "exclusiveMinimum"),
                ("le", "maximum"),
                ("lt", "exclusiveMaximum"),
            )
            if schema.get(key) is not None
        }
        return {"type": ["number", "string"], "pattern": _NUMBER, **limits}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        # The portal reads a number in quotes too.
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": _NUMBER}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        # An id, a version or an option may look like a number, a date or true: the portal reads all as text.
        told = super().str_schema(schema)
        return told if "pattern" in told else {**told, "type": ["string", "number", "boolean"]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        told = super().default_schema(schema)
        if isinstance(told.get("default"), list | dict) or told.get("default") is None:
            told.pop("default", None)
        return told


def schemas() -> dict[str, str]:
    """Every schema by its file's name, such as ``schemes.schema.json``."""
    models: dict[str, type[BaseModel]] = {PACK_FILE: PackFile}
    models |= {name: model for name, (_, model) in FILES.items()}
    models |= dict(FOLDERS)
    return {schema_name(name): _told(model) for name, model in models.items()}


def schema_name(name: str) -> str:
    """The name of the schema of a file or a folder of a pack."""
    return f"{name.removesuffix('.yaml').replace('/', '-')}.schema.json"


def _told(model: type[BaseModel]) -> str:
    mode: JsonSchemaMode = "validation"
    told = model.model_json_schema(by_alias=True, schema_generator=_InAFile, mode=mode)
    parts = {found.__name__: found for found in _inside(model, set())}
    definitions = told.pop("$defs", {})
    for name, definition in definitions.items():
        if name in parts:
            _describe(definition, parts[name])
    _describe(told, model)
    for kind, widen in _SHORT_FORMS.items():
        if kind.__name__ in definitions:
            definitions[kind.__name__] = widen(definitions[kind.__name__])
    whole = {"$schema": _DIALECT, **_same_as(told), **({"$defs": definitions} if definitions else {})}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _inside(model: type[BaseModel], found: set[type[BaseModel]]) -> set[type[BaseModel]]:
    if model not in found:
        found.add(model)
        for about in model.model_fields.values():
            for inner in models_in(about.annotation):
                _inside(inner, found)
    return found


def _describe(told: dict[str, Any], model: type[BaseModel]) -> None:
    told["title"] = name_of(model)
    told["description"] = summary_of(model)
    meanings = meanings_of(model)
    for name, about in model.model_fields.items():
        key = told.get("properties", {}).get(about.alias or name)
        if key is not None:
            key.pop("title", None)
            if name in meanings:
                key["description"] = meanings[name]


def _text(told: dict[str, Any]) -> dict[str, Any]:
    title, words = told.pop("title"), told.pop("description")
    return {"title": title, "description": words, "anyOf": [{"type": ["string", "number", "boolean"]}, told]}


def _quantity(told: dict[str, Any]) -> dict[str, Any]:
    title, words = told.pop("title"), told.pop("description")
    plain = {"type": ["number", "string"], "pattern": _NUMBER}
    return {"title": title, "description": words, "anyOf": [plain, told]}


def _condition(told: dict[str, Any]) -> dict[str, Any]:
    for key in ("is", "is_not"):
        one = {"type": ["string", "number", "boolean"]}
        told["properties"][key]["anyOf"].insert(0, one)
    return told


_SHORT_FORMS: Mapping[type[BaseModel], Callable[[dict[str, Any]], dict[str, Any]]] = {
    Words: _text,
    Quantity: _quantity,
    Condition: _condition,
}
"""Parts that may be written as a plain text or number."""


def _same_as(told: dict[str, Any]) -> dict[str, Any]:
    """A file may be the same as one of the pack that is extended, but for the keys it writes."""
    needed = told.pop("required", [])
    told["properties"] = {"same_as": _SAME_AS, **told.get("properties", {})}
    if needed:
        told["if"] = {"not": {"required": ["same_as"]}}
        told["then"] = {"required": needed}
    return told
