"""What holds for every pack that follows a real system: it says what it is, and it is plain to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.pack.extending import PACK_FILE, SAME_AS
from portal.pack.loading import check_report
from portal.pack.reading import read_yaml
from portal.pack.text import Words, texts_in
from portal.paths import PACKS
from tests.pack.readability import reading_age, sentences_of, words_of
from tests.packs.walking import ON, adds_up, budget, pack, person

NAMES = ("bath", "cheshire", "herefordshire", "look_ahead", "medway", "oxfordshire", "surrey")
DOCS = Path(__file__).parents[2] / "docs" / "systems"
each_pack = pytest.mark.parametrize("name", NAMES)


def own_files(name: str) -> list[Path]:
    """The files that a pack does not take from another."""
    return [
        path
        for path in sorted((PACKS / name).rglob("*.yaml"))
        if path.name != PACK_FILE and read_yaml(path, path.name).content.keys() != {SAME_AS}
    ]


def own_words(name: str) -> list[Words]:
    """Every text that stands in a pack’s own files; titles of papers are quoted as they are."""
    ours, demo = list(texts_in(pack(name))), set(texts_in(pack("demo")))
    quoted = {source.title.text for scheme in pack(name).schemes for source in scheme.sources}
    return [words for words in ours if words not in demo and words.text not in quoted]


@each_pack
def test_it_is_sound_and_holds_only_what_is_different(name: str) -> None:
    assert check_report(PACKS / name) == []
    demo = {path.read_text(encoding="utf-8") for path in (PACKS / "demo").rglob("*.yaml")}
    assert not [path for path in own_files(name) if path.read_text(encoding="utf-8") in demo]


@each_pack
def test_nobody_takes_it_for_the_service_of_a_real_council(name: str) -> None:
    council = pack(name).council
    assert council.status == "demo"
    assert council.name.startswith("Example after ")
    assert council.short_name.startswith("Example after ")
    assert council.start.about[0].text.startswith("This is an example.")
    assert "made up" in council.start.about[1].text
    for scheme in pack(name).schemes:
        assert scheme.illustrative
        assert scheme.title.text.startswith("Example ")
        assert scheme.plain_summary.text.startswith("This scheme is an example.")
        assert "made up" in scheme.plain_summary.text
        assert any(source.title.text == "Made up for this example" for source in scheme.sources)


@each_pack
def test_it_has_an_id_of_its_own(name: str) -> None:
    assert pack(name).id == name
    assert pack(name).scheme_on(ON) is not None


@each_pack
def test_its_person_has_a_figure_and_every_answer_counts(name: str) -> None:
    (sample,) = pack(name).samples
    answers = person(name, sample.id)
    assert answers.keys() == sample.answers.keys()
    allocation = budget(name, answers)
    assert allocation.status == "figure"
    assert adds_up(allocation)


@each_pack
def test_a_child_of_eleven_could_read_it(name: str) -> None:
    texts = [words.text for words in own_words(name)]
    assert reading_age(texts) <= 10.5
    for text in texts:
        for sentence in sentences_of(text):
            assert len(words_of(sentence)) <= 25, sentence
    assert [text for text in texts if len(words_of(text)) > 12 and reading_age([text]) > 13] == []


@each_pack
def test_texts_are_set_with_care(name: str) -> None:
    for words in own_words(name):
        for text in filter(None, (words.text, words.easy)):
            assert not re.search(r"['\"—]|\.\.\.|  ", text), text
            assert not re.search(r"\b(don|can|won|isn|doesn|you|we|it|that|there)’(t|re|ll|ve|d)\b", text), (
                text
            )


@each_pack
def test_its_numbers_and_addresses_are_invented(name: str) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in own_files(name))
    assert set(re.findall(r"\b0\d{4} \d{6}\b", text)) <= {"01632 960100", "01632 960170"}
    assert all(address.endswith("example.org") for address in re.findall(r"[\w.]+@([\w.]+)", text))


@each_pack
def test_its_page_says_what_the_paper_says_and_what_is_made_up(name: str) -> None:
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    for heading in ("## What the paper says", "## What is made up", "## Where to look"):
        assert heading in page
    assert f"`portal run --pack {name}`" in page
    assert "’s receipt" in page or "'s receipt" in page
    assert f"[{name}]({name}.md)" in (DOCS / "README.md").read_text(encoding="utf-8")


@each_pack
def test_the_figure_on_its_page_is_the_figure_of_the_scheme(name: str) -> None:
    (sample,) = pack(name).samples
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    allocation = budget(name, person(name, sample.id))
    assert f"£{allocation.amount:,}" in page
    for line in allocation.lines:
        if line.amount and line.stream and name != "oxfordshire":
            assert f"£{abs(line.amount):,}" in page, line.rule
    if allocation.one_off:
        assert f"£{allocation.one_off:,}" in page
