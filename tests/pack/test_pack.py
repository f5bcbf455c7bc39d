"""A loaded pack: frozen, exact, with a version that follows its content and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.pack.colours import Colours, contrast
from portal.pack.kept import answer_faults
from portal.pack.loading import FILES as SINGLE_FILES
from portal.pack.loading import FOLDERS, load_pack, model_for, model_from
from portal.pack.pack import Pack
from portal.pack.prices import Prices
from portal.pack.questions import Question
from portal.pack.reading import read_text
from portal.pack.scheme import canonical
from tests.pack.small import COUNCIL, FILES, MORE, SCHEME, write_pack


def version(folder: Path, **changes: str | None) -> str:
    return load_pack(write_pack(folder, **changes)).version


def test_the_version_changes_with_each_change_of_content(tmp_path: Path) -> None:
    changed = {
        "prices.yaml": FILES["prices.yaml"].replace("16.40", "16.41"),
        "council.yaml": COUNCIL.replace("You can stop.", "You may stop."),
        "questions/02-more.yaml": MORE.replace("optional: true", "optional: false"),
        "schemes/points.yaml": SCHEME.replace("some: 5", "some: 6"),
        "triggers.yaml": FILES["triggers.yaml"].replace("steps: [S]", "steps: [S, S]", 1),
    }
    seen = {version(tmp_path / "as it is")}
    for at, (name, text) in enumerate(changed.items()):
        seen.add(version(tmp_path / str(at), **{name: text}))
    assert len(seen) == len(changed) + 1


def test_the_version_stays_when_only_the_writing_changes(tmp_path: Path) -> None:
    before = version(tmp_path / "before")
    prices = FILES["prices.yaml"]
    for at, text in enumerate(
        (
            "# A remark.\n" + prices,
            prices.replace("16.40", "16.4"),
            prices.replace("16.40", '"16.40"'),
            "\n".join(reversed(prices.split("\n", 4)[:4])) + "\n" + prices.split("\n", 4)[4],
        )
    ):
        assert version(tmp_path / str(at), **{"prices.yaml": text}) == before
    moved = {
        "questions/01-outcomes.yaml": None,
        "questions/01-daily.yaml": FILES["questions/01-outcomes.yaml"],
    }
    assert version(tmp_path / "moved", **moved) == before


def test_the_version_is_the_same_in_another_process_and_folder(tmp_path: Path) -> None:
    assert version(tmp_path / "one") == version(tmp_path / "two")
    assert len(version(tmp_path / "three")) == 16


def test_money_is_as_it_was_written(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    assert pack.prices.prices[0].amount == Decimal("16.40")
    assert str(pack.prices.prices[0].amount) == "16.40"
    assert pack.agreement.cap == 450


def test_a_pack_cannot_be_changed(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    with pytest.raises(ValidationError):
        pack.council.name = "Other"
    with pytest.raises(TypeError):
        pack.questions["more"] = pack.questions["hygiene"]  # type: ignore[index]


def test_questions_are_found_by_id_in_the_order_in_which_they_are_asked(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    assert list(pack.questions)[:2] == ["nutrition", "nutrition_unable"]
    assert list(pack.questions)[-3:] == ["impairment", "hours", "helper"]
    assert pack.questions["helper"].fields[0].id == "name"


def test_the_scheme_of_a_day_is_the_one_in_force_then(tmp_path: Path) -> None:
    old = SCHEME.replace("{from: 2026-04-01}", "{from: 2025-04-01, to: 2026-03-31}").replace('"1"', '"0"')
    draft = SCHEME.replace("illustrative", "draft").replace('"1"', '"2"')
    pack = load_pack(write_pack(tmp_path, **{"schemes/a.yaml": old, "schemes/z.yaml": draft}))
    found = {
        day: pack.scheme_on(date.fromisoformat(day)) for day in ("2026-03-31", "2026-04-01", "2025-03-31")
    }
    assert {day: scheme.version if scheme else None for day, scheme in found.items()} == {
        "2026-03-31": "0",
        "2026-04-01": "1",
        "2025-03-31": None,
    }
    assert len(pack.schemes) == 3


def test_what_is_read_and_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    again = Pack.model_validate_json(pack.model_dump_json(by_alias=True))
    assert again == pack
    assert (canonical(again), again.version) == (canonical(pack), pack.version)


plain = st.text(ascii_lowercase + " éŵ’“”:#&*!%{}[]'\"", min_size=1).filter(
    lambda text: text.strip() == text != ""
)


@given(
    name=plain,
    amount=st.decimals(0, 99999, places=2),
    source=plain,
    easy=st.none() | plain,
    unit=st.sampled_from(["hour", "week", "once"]),
)
def test_any_texts_and_amounts_come_back_as_they_were(
    name: str, amount: Decimal, source: str, easy: str | None, unit: str
) -> None:
    prices = Prices.model_validate(
        {
            "name": {"text": name, "easy": easy},
            "illustrative": True,
            "from_day": "2026-04-01",
            "source": source,
            "prices": [{"id": "a", "name": name, "amount": amount, "unit": unit, "source": source}],
        }
    )
    # JSON is YAML: what is dumped can be read as a file of a pack.
    again = model_from(read_text(prices.model_dump_json(by_alias=True), "prices.yaml"), Prices)
    assert again == prices
    assert str(again.prices[0].amount) == str(amount)


def test_each_model_has_a_json_schema_of_its_own() -> None:
    for _, model in SINGLE_FILES.values():
        assert model.model_json_schema()["additionalProperties"] is False
    for model in FOLDERS.values():
        assert model.model_json_schema(by_alias=True)["type"] == "object"


def test_what_a_file_holds_is_told_by_its_name_and_folder() -> None:
    assert model_for(Path("portal/packs/demo/prices.yaml")) is Prices
    assert model_for(Path("portal/packs/demo/questions/01.yaml")) is FOLDERS["questions"]
    assert model_for(Path("portal/packs/demo/prices.json")) is None
    assert model_for(Path("portal/packs/demo/other.yaml")) is None


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#ffffff", "#777777") == Decimal("4.47")
    colours = Colours()
    assert contrast(colours.ink, colours.paper) > 16
    assert contrast(colours.leaf_words, colours.leaf) > 9


def question(**about: Any) -> Question:
    return Question.model_validate({"id": "q", "ask": "A", "short": "S", **about})


OPTIONS = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
NAME = {"id": "name", "kind": "short_text", "ask": "N", "short": "N"}
HOURS = {"id": "hours", "kind": "number", "ask": "H", "short": "H", "whole": False}
ONE = question(kind="one_of", options=OPTIONS, not_sure=True)
ANY = question(kind="any_of", options=[*OPTIONS, {"id": "none", "label": "None", "exclusive": True}])
NUMBER = question(kind="number", minimum="1", maximum="7")
MONEY = question(kind="money", periods=["week", "month"])
SEVERAL = question(kind="several", item="person", fields=[NAME, HOURS])


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (ONE, "a"),
        (ONE, "not-sure"),
        (ANY, ["a", "b"]),
        (ANY, ["none"]),
        (question(kind="yes_no"), "yes"),
        (NUMBER, "7"),
        (question(kind="number", whole=False), "2.5"),
        (MONEY, {"pounds": "12.50", "every": "month"}),
        (question(kind="date"), "2026-01-31"),
        (question(kind="long_text"), "I sing."),
        (question(kind="group", fields=[NAME]), {"name": "Jo"}),
        (SEVERAL, [{"name": "Jo", "hours": "2.5"}, {"name": "Al"}]),
        (SEVERAL, []),
    ],
)
def test_an_answer_in_the_form_of_its_kind_has_no_fault(asked: Question, kept: Any) -> None:
    assert list(answer_faults(asked, kept)) == []


@pytest.mark.parametrize(
    ("asked", "kept", "where"),
    [
        (ONE, "c", ()),
        (ONE, ["a"], ()),
        (ONE, "rather-not-say", ()),
        (ANY, "a", ()),
        (ANY, [], ()),
        (ANY, ["a", "c"], (1,)),
        (ANY, ["a", "none"], ()),
        (ANY, ["a", "a"], ()),
        (question(kind="yes_no"), "maybe", ()),
        (question(kind="yes_no"), True, ()),
        (NUMBER, "8", ()),
        (NUMBER, "0", ()),
        (NUMBER, "2.5", ()),
        (NUMBER, "many", ()),
        (NUMBER, "nan", ()),
        (MONEY, "12.50", ()),
        (MONEY, {"pounds": "12.50"}, ()),
        (MONEY, {"pounds": "12.50", "every": "year"}, ("every",)),
        (question(kind="date"), "31/01/2026", ()),
        (question(kind="date"), None, ()),
        (question(kind="short_text"), " ", ()),
        (question(kind="group", fields=[NAME]), "Jo", ()),
        (question(kind="group", fields=[NAME]), {"nom": "Jo"}, ("nom",)),
        (SEVERAL, {"name": "Jo"}, ()),
        (SEVERAL, [{"name": "Jo"}, {"hours": "x"}], (1, "hours")),
    ],
)
def test_an_answer_in_another_form_has_a_fault_at_its_place(
    asked: Question, kept: Any, where: tuple[str | int, ...]
) -> None:
    assert [place for place, _, _ in answer_faults(asked, kept)] == [where]
