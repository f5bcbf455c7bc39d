"""A council's pack can be started with one command, and the portal starts with it at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.budget.rules import allocate
from portal.commands import main
from portal.pack.loading import PackProblems, check_report, load_pack
from portal.pack.new import start, take
from tests.browsing import Visitor
from tests.conftest import settings

FIRST = date(2026, 4, 1)
NAME = "Market Town Council"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["pack", *arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    start(tmp_path / "market-town", NAME, FIRST)
    return tmp_path / "market-town"


def test_a_new_pack_is_sound_and_starts_the_portal(folder: Path, database_url: str) -> None:
    from portal.app import create_app

    assert run("check", str(folder)).exit_code == 0
    made = create_app(settings(database_url, pack=str(folder)))
    made.test_client_class = Visitor
    page = made.test_client().get("/", base_url="https://localhost")
    assert page.status_code == 200
    assert "Market Town" in page.text
    made.extensions["engine"].dispose()


def test_it_says_nothing_of_the_invented_council(folder: Path) -> None:
    for file in folder.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        assert "harrowmere" not in text.lower(), file
        assert "CHANGE FIRST" in text or file.name == "pack.yaml"


def test_its_scheme_gives_a_figure_from_the_questions_it_has(folder: Path) -> None:
    pack = load_pack(folder)
    (scheme,) = pack.schemes
    answers = {question.id: "some" for question in scheme.questions} | {"help_with": ["none"]}
    told = allocate(scheme, answers, on=FIRST)
    assert (told.status, told.illustrative) == ("figure", True)
    assert scheme.effective.from_ == FIRST


def test_each_file_names_a_schema_that_is_there(folder: Path) -> None:
    for file in folder.rglob("*.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (file.parent / first.partition("$schema=")[2]).resolve().is_file()


def test_the_name_is_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "asked"
    told = CliRunner().invoke(main, ["pack", "new", str(folder)], input="Kensington & Chelsea\n")
    assert told.exit_code == 0
    council = load_pack(folder).council
    assert (council.name, council.id) == ("Kensington & Chelsea", "kensington_chelsea")


@pytest.mark.parametrize(
    "name", ["St. Helen’s Borough Council", "1st Council", "Bristol, City Council", "Ynys Môn"]
)
def test_any_name_of_a_council_makes_a_sound_pack(tmp_path: Path, name: str) -> None:
    start(tmp_path / "new", name, FIRST)
    assert check_report(tmp_path / "new") == []
    assert load_pack(tmp_path / "new").council.name == name


@pytest.mark.parametrize("name", ["", "# council", "A: b", 'The "X" Council', "[a]", "-"])
def test_a_name_that_cannot_stand_in_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackProblems, match="cannot be a council’s name"):
        start(tmp_path / "new", name, FIRST)
    assert not (tmp_path / "new").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    told = run("new", str(tmp_path), "--name", NAME)
    assert told.exit_code == 2
    assert "there is something in this folder already" in told.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "names", [("questions",), ("ideas.yaml", "samples.yaml"), ("charging",), ("eligibility",)]
)
def test_files_of_the_demonstration_can_be_taken_and_the_pack_stays_sound(
    folder: Path, names: tuple[str, ...]
) -> None:
    for file in take(folder, names):
        assert "harrowmere" not in (folder / file).read_text(encoding="utf-8").lower()
    assert check_report(folder) == []


def test_a_file_that_the_pack_has_is_not_overwritten(folder: Path) -> None:
    before = (folder / "council.yaml").read_bytes()
    told = run("take", str(folder), "ideas.yaml", "council.yaml")
    assert told.exit_code == 2
    assert "the pack has a file of this name already" in told.output
    assert (folder / "council.yaml").read_bytes() == before
    assert not (folder / "ideas.yaml").exists()


@pytest.mark.parametrize("name", ["idea.yaml", "../demo", "/etc/passwd", ".", "questions/../../demo"])
def test_only_files_of_a_pack_can_be_taken(folder: Path, name: str) -> None:
    told = run("take", str(folder), name)
    assert told.exit_code == 2
    assert "Write one of" in told.output
