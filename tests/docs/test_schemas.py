"""The JSON Schemas hold what the portal holds of every file that ships, and see the slips of a writer."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from portal.account.copied import SCHEMA, copy_schema
from portal.pack.extending import PACK_FILE
from portal.pack.keys import tables
from portal.pack.loading import FILES, FOLDERS
from portal.pack.reading import read_yaml
from portal.pack.schemas import schema_name, schemas
from portal.paths import PACKS
from tests.docs.pages import DOCS
from tests.document.schema import FILE as PLAN_SCHEMA_FILE

WRITTEN = schemas()
AGAIN = "write them again: python -m portal.pack.keys; python -m tests.docs.pages"


def schema_for(file: Path, pack: Path) -> str:
    """The name of the schema of a file of a pack."""
    name = file.relative_to(pack).as_posix()
    return schema_name(name if name in (*FILES, PACK_FILE) else file.parent.relative_to(pack).as_posix())


FILES_THAT_SHIP = [
    (file, schema_for(file, pack))
    for pack in sorted(PACKS.iterdir())
    if pack.is_dir()
    for file in sorted(pack.rglob("*.yaml"))
] + [
    (file, "schemes.schema.json")
    for file in sorted((DOCS / "schemes" / "examples").glob("*.yaml"))
    if file.stem != "people"
]


def faults(content: Any, name: str) -> list[str]:
    found = Draft202012Validator(json.loads(WRITTEN[name])).iter_errors(content)
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in found]


def as_an_editor_reads_it(file: Path) -> Any:
    """YAML with numbers and dates as an editor's own reader has them, which is not how the portal reads."""
    content = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return json.loads(json.dumps(content, default=str))


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_the_schemas_are_those_of_the_models(name: str) -> None:
    assert (DOCS / "schemas" / name).read_text(encoding="utf-8") == WRITTEN[name], AGAIN
    Draft202012Validator.check_schema(json.loads(WRITTEN[name]))


def test_the_schema_of_a_copy_is_that_of_what_is_read() -> None:
    assert (DOCS / "schemas" / SCHEMA).read_text(encoding="utf-8") == copy_schema(), AGAIN
    Draft202012Validator.check_schema(json.loads(copy_schema()))


def test_no_schema_is_left_of_a_file_that_is_no_more() -> None:
    assert {file.name for file in (DOCS / "schemas").iterdir()} == {*WRITTEN, SCHEMA, PLAN_SCHEMA_FILE.name}
    assert len(WRITTEN) == len(FILES) + len(FOLDERS) + 1


@pytest.mark.parametrize(
    ("file", "name"), FILES_THAT_SHIP, ids=lambda part: part.name if isinstance(part, Path) else ""
)
def test_every_file_that_ships_fits_its_schema(file: Path, name: str) -> None:
    assert not faults(as_an_editor_reads_it(file), name)
    assert not faults(read_yaml(file, file.name).content, name)


def slip(**parts: Any) -> list[str]:
    file = DOCS / "schemes" / "examples" / "cornwall-hours.yaml"
    return faults(as_an_editor_reads_it(file) | parts, "schemes.schema.json")


@pytest.mark.parametrize(
    "parts",
    [
        {"statsu": "draft"},
        {"status": "drafft"},
        {"effective": {"from": "2026-04-01", "until": "2027-01-01"}},
        {"questions": []},
        {"questions": [{"id": "Hours"}], "streams": "one"},
        {"year": {"weeks": 60}},
        {"year": {"weeks": "many"}},
    ],
)
def test_a_slip_is_seen_as_one_types(parts: dict[str, Any]) -> None:
    assert not slip()
    assert slip(**parts)


def test_a_key_that_is_missing_is_seen_unless_the_file_is_the_same_as_another() -> None:
    assert faults({"name": "A council"}, "council.schema.json")
    assert not faults({"same_as": "council.yaml", "name": "A council"}, "council.schema.json")


def test_every_key_says_what_it_means() -> None:
    silent = [
        f"{name}: {model}.{key}"
        for name, text in WRITTEN.items()
        for model, told in _parts(json.loads(text))
        for key, about in told.get("properties", {}).items()
        if not about.get("description")
    ]
    assert not silent


def _parts(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    inner = [
        (name, part)
        for name, told in schema.get("$defs", {}).items()
        for part in (told, *told.get("anyOf", ()))
    ]
    return [("whole", schema), *inner]


def test_every_row_of_the_tables_has_its_meaning() -> None:
    rows = [row.split(" | ") for row in tables().splitlines() if row.startswith("| `")]
    assert len(rows) > 400
    assert not [row[0] for row in rows if not row[3].strip()]


def test_every_row_has_an_example_or_leads_to_the_table_that_has_them() -> None:
    told = tables()
    heads = {line[4:].lower() for line in told.splitlines() if line.startswith("### ")}
    examples = [row.rsplit(" | ", 1)[1].strip(" |") for row in told.splitlines() if row.startswith("| `")]
    for example in examples:
        named = re.findall(r"\[([\w ]+)\]\(#", example) if example.startswith("see ") else ()
        assert set(named) <= heads if named else example.startswith("`")
