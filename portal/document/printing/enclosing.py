"""A file put inside a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Enclosed:
    """A file to put inside a PDF: the document as data.

    :ivar day: when it was made; a file that does not say so would differ from one minute to the next.
    """

    name: str
    description: str
    content: str
    day: date
