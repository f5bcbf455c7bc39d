"""Choosing a planner and how the money is managed: several of each, and never a wrong choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MYSELF = "self"
"""The planner who is the person. Planning with nobody else went with worse results."""

OWN_MONEY = "own"
"""What the person pays for outside the budget. A line's route, never a way to hold a budget."""


def chosen_of(offered: Iterable[str], picked: Iterable[str]) -> tuple[str, ...]:
    """What was picked, each once, in the order in which it is offered.

    :raises ValueError: for something that is not offered.
    """
    known, wanted = tuple(offered), frozenset(picked)
    unknown = wanted.difference(known)
    if unknown:
        raise ValueError(f"not offered: {', '.join(sorted(unknown))}")
    return tuple(one for one in known if one in wanted)


def alone(planners: Sequence[str]) -> bool:
    """Whether the person means to plan with nobody's help. It earns a kind word, never a closed door."""
    return tuple(planners) == (MYSELF,)


def mixed(routes: Sequence[str]) -> bool:
    """Whether the budget is to be held in more than one way."""
    return len(set(routes)) > 1


def route_to_start_with(routes: Sequence[str]) -> str | None:
    """The route a new line of support starts with: the one that was chosen, none for a mix."""
    return routes[0] if len(set(routes)) == 1 else None
