"""Any number of the same thing: add one, then a list with change and remove, then "another?".

One item is a :class:`Group`. The list is kept whole under the question; pages add to it, change
and remove by place.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.pack.conditions import Kept
from portal.pack.questions import Question
from portal.questions.kinds.base import Message, Problem, Told, Typed
from portal.questions.kinds.group import Group, box
from portal.text import _

MOST = 20
"""Items a list may hold unless the pack says otherwise."""

NONE = Message(_("None"))


class Several(Group):
    """Kept as a list of ``{"field": kept}``. An empty list says that there are none."""

    def problems(self, question: Question, typed: Typed, name: str, today: date) -> tuple[Problem, ...]:
        """What is wrong with one item. The list may stay empty; an item may not."""
        found = self.problems_of_fields(question, typed, name, today)
        if found or typed:
            return found
        return (Problem(box(name, question.fields[0]), Message(_("Fill in at least one of these"))),)

    def keep(self, question: Question, typed: Typed, name: str, today: date) -> Kept | None:
        """A list of the one item that was typed."""
        item = self.item(question, typed, name, today)
        return [item] if item else None

    def item(self, question: Question, typed: Typed, name: str, today: date) -> dict[str, Any]:
        """The one item that was typed."""
        kept = super().keep(question, typed, name, today)
        return kept if isinstance(kept, dict) else {}

    def typed(self, question: Question, kept: Kept | None, name: str) -> Typed:
        """The boxes of the first item; of another when the list given starts with it."""
        first = kept[0] if isinstance(kept, list) and kept else None
        return super().typed(question, first, name)

    def tell(self, question: Question, kept: Kept) -> Told:
        return tuple(self.tell_item(question, item) for item in items_of(kept)) or NONE

    def tell_item(self, question: Question, item: dict[str, Any]) -> Told:
        """One item in words."""
        return super().tell(question, item)

    def whole(self, question: Question, kept: Kept) -> bool:
        if not isinstance(kept, list) or not (kept or question.optional):
            return False
        return all(super(Several, self).whole(question, item) for item in kept)


def items_of(kept: Kept | None) -> list[dict[str, Any]]:
    """The items of a stored list."""
    return list(kept) if isinstance(kept, list) else []


def most(question: Question) -> int:
    """How many items the list may hold."""
    return question.at_most or MOST
