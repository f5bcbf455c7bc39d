"""What a service may help with, by the council's own matching; and words as they are searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.catalogue.rules.services import Service
from portal.pack.catalogue import Matching
from portal.pack.questions import Outcome

_WORD = re.compile(r"\w+")
MOST_WORDS = 12
"""Words of a search that count; what comes after them is passed over."""


def outcomes_of(service: Service, matching: Iterable[Matching]) -> tuple[Outcome, ...]:
    """The outcomes that a service may help with, in the order of the matching."""
    terms = {term.casefold() for term in service.terms}
    said = set(_WORD.findall(f"{service.name} {' '.join(service.terms)} {service.description}".casefold()))
    found = (
        one.outcome
        for one in matching
        if any(term.casefold() in terms for term in one.terms)
        or any(word.startswith(start.casefold()) for start in one.words for word in said)
    )
    return tuple(dict.fromkeys(found))


def words_of(typed: str) -> tuple[str, ...]:
    """The words somebody searches for, without signs that a database could take for its own."""
    return tuple(dict.fromkeys(_WORD.findall(typed.casefold())))[:MOST_WORDS]
