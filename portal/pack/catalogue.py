"""What the services of a catalogue may help with: the council's own matching of words to outcomes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portal.pack.questions import Outcome
from portal.pack.text import Text
from portal.pack.values import Value


class Matching(Value):
    """How services for one outcome are told from the words of a feed.

    :ivar outcome: the outcome.
    :ivar terms: terms of the feed's taxonomies; capitals do not matter.
    :ivar words: beginnings of words in a service's name, terms or description.
    """

    outcome: Outcome
    terms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class CatalogueRules(Value):
    """``catalogue.yaml``: the catalogue of services near here.

    :ivar about: what is in the catalogue, and what is not.
    :ivar matching: which services may help with which outcome.
    :ivar costs: the most that somebody may choose to pay, in whole pounds.
    :ivar stale_months: after how many months without being confirmed a service says so.
    """

    about: Text
    matching: tuple[Matching, ...] = Field(min_length=1)
    costs: tuple[Annotated[int, Field(ge=1, le=10_000)], ...] = (5, 10, 20)
    stale_months: int = Field(default=12, ge=1, le=120)
