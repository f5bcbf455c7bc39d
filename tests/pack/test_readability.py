"""The measure of reading age, held against words and texts whose figures are known."""

from __future__ import annotations

import pytest

from tests.pack.readability import grade, reading_age, sentences_of, syllables_in, words_of


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("eat", 1),
        ("make", 1),
        ("little", 2),
        ("needed", 2),
        ("helped", 1),
        ("makes", 1),
        ("washes", 2),
        ("somebody", 3),
        ("assessment", 3),
        ("disability", 5),
        ("day-to-day", 3),
        ("don’t", 1),
        ("7", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables_in(word) == count


def test_a_sentence_ends_at_a_full_stop_and_a_text_without_one_is_a_sentence() -> None:
    assert sentences_of("I need help. Do you? “Yes.” Good") == ["I need help", "Do you", "“Yes", "” Good"]
    assert len(sentences_of("Select how much help you need")) == 1
    assert words_of("It’s 12.50 pounds a week") == ["It’s", "12", "50", "pounds", "a", "week"]


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45)
    assert reading_age(["The cat sat on the mat."]) == 5.0


def test_an_officials_sentence_is_far_harder_than_a_plain_one() -> None:
    official = "Eligibility determinations necessitate consideration of individual circumstances."
    assert reading_age([official]) > 20
    assert reading_age(["We look at how you live before we decide."]) < 9


def test_no_text_has_no_grade() -> None:
    assert grade([]) == 0.0
