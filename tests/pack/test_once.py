"""A pack is read once, and again when anything in it has changed."""

from __future__ import annotations

from pathlib import Path

from portal.pack import once
from portal.pack.loading import load_pack
from portal.pack.once import pack_in
from portal.pack.pack import Pack
from tests.pack.small import FILES, write_pack


def test_a_pack_is_read_once_until_one_of_its_files_changes(tmp_path: Path, monkeypatch) -> None:
    reads: list[Path] = []
    real = load_pack

    def counting(folder: Path) -> Pack:
        reads.append(folder)
        return real(folder)

    monkeypatch.setattr(once, "load_pack", counting)
    folder = write_pack(tmp_path)
    first = pack_in(folder)
    assert pack_in(folder) is first
    assert len(reads) == 1

    council = folder / "council.yaml"
    council.write_text(council.read_text(encoding="utf-8") + "\n# another line\n", encoding="utf-8")
    assert pack_in(folder) == first
    assert len(reads) == 2


def test_a_pack_that_extends_another_is_read_again_when_that_one_changes(tmp_path: Path) -> None:
    base = write_pack(tmp_path / "base")
    built = tmp_path / "built"
    built.mkdir()
    (built / "pack.yaml").write_text("extends: ../base\n", encoding="utf-8")
    before = pack_in(built).version
    assert pack_in(built).version == before
    write_pack(base, **{"prices.yaml": FILES["prices.yaml"].replace("16.40", "18.00")})
    assert pack_in(built).version != before
