"""A pack may be built on another: it has that one’s files, but for those it has itself or does without."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from portal.pack.extract import extract
from portal.pack.loading import check_report, load_pack
from portal.paths import PACKS
from tests.pack.small import FILES, SCHEME, write_pack

ANOTHER = SCHEME.replace("id: points", "id: dearer").replace("rate: 2.50", "rate: 3.50")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "base")


def built(base: Path, about: str = "extends: ../base\n", **files: str) -> Path:
    folder = base.parent / "built"
    for name, text in {"pack.yaml": about, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_pack_without_files_of_its_own_is_the_pack_it_extends(base: Path) -> None:
    assert load_pack(built(base)) == load_pack(base)
    assert load_pack(built(base)).version == load_pack(base).version


def test_a_file_of_its_own_takes_the_place_of_the_other(base: Path) -> None:
    folder = built(base, **{"prices.yaml": FILES["prices.yaml"].replace("16.40", "18.00")})
    assert str(load_pack(folder).prices.prices[0].amount) == "18.00"
    assert load_pack(folder).version != load_pack(base).version


def test_a_folder_is_taken_whole_or_replaced_whole(base: Path) -> None:
    folder = built(base, **{"schemes/another.yaml": ANOTHER})
    assert [scheme.id for scheme in load_pack(folder).schemes] == ["dearer"]


def test_the_version_is_told_from_what_the_pack_comes_to(base: Path) -> None:
    folder = built(base)
    before = load_pack(folder).version
    write_pack(base, **{"prices.yaml": FILES["prices.yaml"].replace("16.40", "18.00")})
    assert load_pack(folder).version != before


def test_a_pack_can_do_without_a_file_of_the_other(base: Path) -> None:
    assert load_pack(base).samples
    assert load_pack(built(base, "extends: ../base\nwithout: [samples.yaml]\n")).samples == ()


def test_doing_without_a_file_that_is_needed_is_a_fault(base: Path) -> None:
    told = check_report(built(base, "extends: ../base\nwithout: [money.yaml]\n"))
    assert told[0] == "money.yaml:1: this file is missing. Write it; see docs/packs.md."


def test_a_file_can_be_the_same_as_one_of_the_other_pack(base: Path) -> None:
    names = sorted(name.removeprefix("questions/") for name in FILES if name.startswith("questions/"))
    files = {f"questions/{name}": f"same_as: {name}\n" for name in names}
    files["questions/00-first.yaml"] = (
        "id: first\ntitle: First\nquestions:\n  - {id: tier, kind: yes_no, ask: Do you?, short: Tier}\n"
    )
    folder = built(base, **files)
    assert check_report(folder) == []
    assert [section.id for section in load_pack(folder).sections] == [
        "first",
        *(section.id for section in load_pack(base).sections),
    ]


def test_a_file_can_be_the_same_but_for_some_keys_each_replaced_whole(base: Path) -> None:
    other = "same_as: council.yaml\nid: other\nname: Other Council\n"
    council = load_pack(built(base, **{"council.yaml": other})).council
    assert (council.id, council.name) == ("other", "Other Council")
    assert council.retention == load_pack(base).council.retention


def test_a_fault_is_told_in_the_file_in_which_it_is_written(base: Path) -> None:
    write_pack(base, **{"council.yaml": FILES["council.yaml"].replace("percent: 10", "percent: ten")})
    other = "same_as: council.yaml\n\nstatus: demonstration\n"
    told = [line.split(". ")[0] for line in check_report(built(base, **{"council.yaml": other}))]
    assert told[1] == "council.yaml:3: status cannot be “demonstration”"
    assert told[0].startswith("../base/council.yaml:")
    assert told[0].endswith("percent is a number, not “ten”")


def test_a_reference_that_no_longer_holds_is_told_where_it_stands(base: Path) -> None:
    later = FILES["questions/02-more.yaml"].replace("impairment", "disability")
    files = {"questions/01-outcomes.yaml": "same_as: 01-outcomes.yaml\n", "questions/02-more.yaml": later}
    told = check_report(built(base, **files))
    assert told
    assert all(line.startswith("../base/eligibility/") for line in told), told


@pytest.mark.parametrize(
    ("about", "problem"),
    [
        ("extends: ../bass\n", "pack.yaml:1: there is no pack ../bass"),
        ("extends: .\n", "pack.yaml:1: a pack cannot extend itself"),
        ("extends: ../base\nwithout:\n  - sampels.yaml\n", "pack.yaml:3: ../base has no sampels.yaml"),
        ("extend: ../base\n", "pack.yaml:1: extend is not a key that is known here. Write extends"),
    ],
)
def test_a_fault_in_pack_yaml_is_told_with_its_line(base: Path, about: str, problem: str) -> None:
    assert any(line.startswith(problem) for line in check_report(built(base, about)))


def test_a_pack_is_built_on_one_that_stands_alone(base: Path) -> None:
    folder = built(base)
    above = base.parent / "above"
    above.mkdir()
    (above / "pack.yaml").write_text(f"extends: ../{folder.name}\n")
    assert check_report(above)[0] == (
        "pack.yaml:1: ../built is built on another pack itself. "
        "Extend one that stands alone, and copy what you need of this one."
    )


def test_being_the_same_as_nothing_is_a_fault(base: Path) -> None:
    told = check_report(built(base, **{"prices.yaml": "same_as: pricse.yaml\n"}))
    assert told[0] == "prices.yaml:1: ../base has no pricse.yaml. Write prices.yaml."


def test_same_as_outside_the_other_pack_is_refused(base: Path) -> None:
    (base.parent / "outside.yaml").write_text(FILES["prices.yaml"])
    (base / "ideas.yaml").symlink_to(base.parent / "outside.yaml")
    for name in ("../outside.yaml", "ideas.yaml"):
        told = check_report(built(base, **{"prices.yaml": f"same_as: {name}\n"}))
        assert any(line.startswith(f"prices.yaml:1: ../base has no {name}. ") for line in told)


def test_same_as_in_a_pack_that_extends_none_is_a_fault(base: Path) -> None:
    write_pack(base, **{"prices.yaml": "same_as: prices.yaml\n"})
    assert check_report(base)[0].startswith("prices.yaml:1: this pack extends no other")


def test_translators_are_given_the_words_of_a_built_pack_once(base: Path) -> None:
    folder = built(base, **{"money.yaml": "same_as: money.yaml\nmix: Mix as you like.\n"})
    file = io.BytesIO((folder / "money.yaml").read_bytes())
    file.name = str(folder / "money.yaml")
    assert [(line, words) for line, _, words, _ in extract(file)] == [(2, "Mix as you like.")]


@pytest.mark.parametrize(
    "folder", sorted(path for path in PACKS.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_every_pack_that_ships_is_sound(folder: Path) -> None:
    assert check_report(folder) == []
