"""What the documentation says of packs is what the portal does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.pack.keys import tables
from portal.pack.loading import FILES, FOLDERS, model_for, model_from
from portal.pack.reading import read_text

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "packs.md").read_text(encoding="utf-8")
EXAMPLES = [
    (name, text)
    for name, text in re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    if model_for(Path("pack") / name) is not None and not text.startswith("same_as:")
]


def test_the_tables_of_keys_are_those_of_the_models() -> None:
    assert (DOCS / "pack-keys.md").read_text(encoding="utf-8") == tables(), (
        "write them again: python -m portal.pack.keys"
    )


def test_every_key_has_a_row() -> None:
    told = tables()
    for _, model in FILES.values():
        for name in model.model_fields:
            assert f"| `{name}` |" in told
    assert "| `from` |" in told


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_of_the_guide_can_be_loaded(name: str, text: str) -> None:
    model = model_for(Path("pack") / name)
    assert model is not None
    assert isinstance(model_from(read_text(text, name), model), model)


def test_the_guide_names_every_file_of_a_pack() -> None:
    for name in (*FILES, *(f"{folder}/*.yaml" for folder in FOLDERS)):
        assert f"| `{name}` |" in GUIDE
    assert len(EXAMPLES) >= 8
