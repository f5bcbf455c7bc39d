"""What stands behind the words of a plan: the values that they were told from, as the portal keeps them."""

from __future__ import annotations

from pydantic import JsonValue

from portal.pack.support import Worth
from portal.pack.values import Value


class Behind(Value):
    """Values from which another portal makes the same plan again. Nothing of it is drawn.

    It holds nothing that the plan does not say in words.

    :ivar answers: by question, what was answered; of a group only the fields that are told.
    :ivar planner: who was chosen to plan with, and ``money`` how the money is managed, as chosen.
    :ivar lines: what a line of support has beside what it tells, by its id.
    :ivar routes: how the money of a route is held, by route.
    :ivar worth: whether a risk is worth it, by the id of what could go wrong; ``worth_why``: why.
    :ivar doubts: what the person does not agree with, in the order in which they said it.
    """

    answers: dict[str, JsonValue] = {}
    planner: dict[str, JsonValue] = {}
    money: dict[str, JsonValue] = {}
    lines: dict[str, dict[str, JsonValue]] = {}
    routes: dict[str, dict[str, JsonValue]] = {}
    worth: dict[str, Worth] = {}
    worth_why: dict[str, str] = {}
    doubts: tuple[dict[str, JsonValue], ...] = ()
