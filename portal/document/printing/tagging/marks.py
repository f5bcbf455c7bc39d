"""The marked content of a page's drawing."""

from __future__ import annotations

from typing import Any

import pydyf

HEADER = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Header"})
FOOTER = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Footer"})
REPEATED = pydyf.Dictionary({"Type": "/Pagination"})
DECORATION = pydyf.Dictionary({"Type": "/Layout"})


class Marks:
    """The marks of one page: what is kept is numbered anew, from nought, without gaps.

    :ivar kept: the old numbers in their new order.
    """

    def __init__(self, stream: Any) -> None:
        self._drawing = stream.stream
        self._places = {
            item["MCID"]: place
            for place, item in enumerate(self._drawing)
            if isinstance(item, pydyf.Dictionary) and "MCID" in item
        }
        self._left = dict(stream._tags)  # noqa: SLF001 - the renderer keeps them nowhere else
        self.kept: list[int] = []

    def keep(self, box: Any) -> int | None:
        """The new number of what was drawn for a box; ``None`` when nothing was."""
        old = self._old(box)
        if old is None:
            return None
        new = len(self.kept)
        self.kept.append(old)
        self._drawing[self._places[old]] = pydyf.Dictionary({"MCID": new})
        return new

    def drop(self, box: Any, why: Any) -> None:
        """Mark what was drawn for a box as an artifact."""
        old = self._old(box)
        if old is not None:
            place = self._places[old]
            self._drawing[place - 1] = "/Artifact"
            self._drawing[place] = why

    def finish(self) -> None:
        """Check that nothing drawn was forgotten.

        :raises RuntimeError: when there is content that is neither read out nor an artifact.
        """
        if self._left:
            forgotten = [getattr(box, "text", type(box).__name__) for box in self._left]
            raise RuntimeError(f"drawn but not in the tree: {forgotten}")

    def _old(self, box: Any) -> int | None:
        found = self._left.pop(box, None)
        return None if found is None else int(found["mcid"])
