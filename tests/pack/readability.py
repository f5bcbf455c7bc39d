"""How hard a text is to read: Flesch-Kincaid grade and reading age, without a word list."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SENTENCE = re.compile(r"[.!?:]+(?=[\s”]|$)| · ")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


def words_of(text: str) -> list[str]:
    """The words of a text; “don’t” and “day-to-day” are one word each."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, and facts with a dot between them. Without either, all of it is one."""
    return [part.strip() for part in _SENTENCE.split(text) if words_of(part)]


def syllables_in(word: str) -> int:
    """Syllables of an English word, counted by its vowels. Right for most common words."""
    if word.isdigit():
        return 1
    if "-" in word:
        return sum(syllables_in(part) for part in word.split("-") if part)
    plain = word.lower().replace("’", "").replace("'", "")
    if plain.startswith("some") and len(plain) > 5:
        return 1 + syllables_in(plain[4:])
    count = len(_VOWELS.findall(plain))
    silent_e = plain.endswith("e") and not re.search(r"([^aeiouy]le|[aeiouy]e)$", plain)
    silent_ed = re.search(r"[^aeioudt]ed$", plain)
    silent_es = re.search(r"[^aeiouyscxzhg]es$", plain)
    if (silent_e or silent_ed or silent_es) and count > 1:
        count -= 1
    return max(count, 1)


def grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of texts taken together, each at least one sentence."""
    sentences = [sentence for text in texts for sentence in sentences_of(text)]
    words = [word for sentence in sentences for word in words_of(sentence)]
    if not words:
        return 0.0
    syllables = sum(syllables_in(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def reading_age(texts: Iterable[str]) -> float:
    """The age at which texts are read with ease: the grade and five years, and never below five."""
    return max(5.0, grade(texts) + 5)
