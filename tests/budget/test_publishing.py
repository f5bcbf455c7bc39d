"""The published scheme tells every rule that moves money."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portal.budget.publishing import Chapter, published
from portal.pack.loading import load_pack
from portal.pack.pack import Pack
from portal.pack.scheme import Scheme
from portal.paths import PACKS
from portal.words import Language, read_languages

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACKS / "demo")


@pytest.fixture(scope="module")
def english() -> Language:
    return read_languages(Path("/nowhere"))["en"]


@pytest.fixture(scope="module")
def scheme(pack: Pack) -> Scheme:
    found = pack.scheme_on(ON)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def chapters(pack: Pack, scheme: Scheme, english: Language) -> tuple[Chapter, ...]:
    return published(scheme, pack, english)


def words_of(chapters: tuple[Chapter, ...]) -> str:
    told: list[str] = []
    for chapter in chapters:
        told += [chapter.title, *chapter.paragraphs, *chapter.steps]
        for sheet in chapter.tables:
            told += [sheet.caption, *sheet.heads, *(cell for row in sheet.rows for cell in row)]
    return "\n".join(told)


def test_every_point_of_every_answer_stands_in_a_table(
    pack: Pack, scheme: Scheme, chapters: tuple[Chapter, ...], english: Language
) -> None:
    sheets = {
        sheet.caption: {row[0]: row[1] for row in sheet.rows}
        for chapter in chapters
        for sheet in chapter.tables
    }
    for question in scheme.questions:
        for option, points in question.points.items():
            asked = pack.questions[question.id]
            chosen = asked.option(option)
            assert chosen is not None
            caption = english.say(question.label or asked.short)
            assert sheets[caption][chosen.label.text] == english.number(points)


def test_every_step_reducer_stream_price_and_caveat_is_told(
    scheme: Scheme, chapters: tuple[Chapter, ...], english: Language
) -> None:
    told = words_of(chapters)
    expected = [step.reason for step in scheme.pipeline]
    expected += [reducer.label for reducer in scheme.reducers]
    expected += [stream.title for stream in scheme.streams]
    expected += [price.label for price in scheme.price_book]
    expected += [item.message for item in scheme.complexity]
    expected += [rule.label for rule in scheme.line_rules()]
    assert expected
    for words in expected:
        assert english.say(words) in told


def test_no_sentence_is_told_as_if_it_were_true_of_whoever_reads_and_no_sum_twice(
    chapters: tuple[Chapter, ...],
) -> None:
    told = words_of(chapters)
    assert "We say one of these beside a figure when your answers lead to it:\n“Your needs go up and" in told
    assert "£20.00 a week. (£20.00)" not in told
    assert "times the price of “Somebody on call at night”" in told


def test_every_row_of_a_table_is_as_wide_as_its_head(chapters: tuple[Chapter, ...]) -> None:
    for chapter in chapters:
        for sheet in chapter.tables:
            assert {len(row) for row in sheet.rows} == {len(sheet.heads)}, sheet.caption


def test_who_may_set_another_amount_is_told_where_a_scheme_says_so(
    pack: Pack, scheme: Scheme, chapters: tuple[Chapter, ...], english: Language
) -> None:
    assert "another amount" not in words_of(chapters)
    data = scheme.model_dump(by_alias=True, exclude_defaults=True)
    data["override"] = {"allowed_roles": ["Panel", "Team manager"], "requires": ["evidence"]}
    told = words_of(published(Scheme.model_validate(data), pack, english))
    assert "Somebody may set another amount beside your figure." in told
    assert "Only these may do it: Panel, Team manager." in told
    assert "They must also say what it rests on." in told
