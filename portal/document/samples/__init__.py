"""Plans made up to try the printing: an empty one, a usual one, one that is full to the brim, one in Urdu."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portal.document.rules.content import PlanDocument
from portal.document.samples.brim import BOOK, LONG, MIXED, full, urdu
from portal.document.samples.usual import COUNCIL, empty, usual

SAMPLES: Mapping[str, Callable[[], PlanDocument]] = {"empty": empty, "typical": usual, "full": full}
"""The plans that can be drawn from the command line, by name."""

__all__ = ["BOOK", "COUNCIL", "LONG", "MIXED", "SAMPLES", "empty", "full", "urdu", "usual"]
