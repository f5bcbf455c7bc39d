"""Choosing a planner and how the money is managed: several of each, and never a wrong choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MYSELF = "self"
"""The kind of planner who is the person. Planning with nobody else went with worse results."""

OWN_MONEY = "own"
"""What the person pays for outside the budget. A line's route, never a way to hold a budget."""


def chosen_of(offered: Iterable[str], picked: Iterable[str]) -> tuple[str, ...]:
    """What was picked, each once, in the order in which it is offered; what is not offered is left out.

    A choice of long ago may name what the council offers no more.
    """
    wanted = frozenset(picked)
    return tuple(one for one in offered if one in wanted)


def alone(kinds: Iterable[str]) -> bool:
    """Whether the person means to plan with nobody's help. It earns a kind word, never a closed door.

    :param kinds: the kinds of the planners chosen.
    """
    return set(kinds) == {MYSELF}


def mixed(routes: Sequence[str]) -> bool:
    """Whether the budget is to be held in more than one way."""
    return len(set(routes)) > 1


def route_to_start_with(routes: Sequence[str]) -> str | None:
    """The route a new line of support starts with: the one that was chosen, none for a mix."""
    return routes[0] if len(set(routes)) == 1 else None
