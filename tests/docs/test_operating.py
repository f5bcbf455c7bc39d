"""What operators are told about settings and commands is what there is."""

from __future__ import annotations

import re

import pytest

from portal.account.copying import FORMAT
from portal.commands import main
from portal.database import Record
from portal.settings import Settings
from portal.tables import ALL_TABLES
from tests.docs.pages import DOCS

OPERATING = (DOCS / "operating.md").read_text(encoding="utf-8")
COPY = (DOCS / "copy.md").read_text(encoding="utf-8")


def test_every_setting_has_its_row_and_no_other() -> None:
    told = set(re.findall(r"^\| `(PORTAL_\w+)`", OPERATING, re.MULTILINE))
    assert told == {f"PORTAL_{name.upper()}" for name in Settings.__dataclass_fields__}


@pytest.mark.parametrize("command", sorted(set(re.findall(r"portal (\w+)(?= /|$| FILE| --)", OPERATING))))
def test_every_command_is_there(command: str) -> None:
    assert command in main.commands


def test_every_table_of_a_copy_is_told() -> None:
    assert ALL_TABLES
    rows = [line.split("|")[1] for line in COPY.splitlines() if line.startswith("| `")]
    told = set(re.findall(r"`(\w+)`", "".join(rows)))
    kept = {table.name for table in Record.metadata.sorted_tables if "case_id" in table.c}
    assert kept <= told
    assert FORMAT in COPY
