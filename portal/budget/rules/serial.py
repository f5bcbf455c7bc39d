"""An allocation as data, and as JSON in one form only, so that it can be kept and compared."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal.budget.rules.receipt import Allocation, Message, Percent, Pounds
from portal.pack.scheme.whole import plain_decimal
from portal.pack.text import Words

_MONEY = frozenset(
    {
        "after",
        "amount",
        "annual",
        "before",
        "computed",
        "council",
        "difference",
        "in_base",
        "limit",
        "once",
        "one_off",
        "own_amount",
        "payment",
        "person",
        "pounds",
        "rate",
        "regular",
        "running",
        "top_up",
        "uncapped",
        "weekly",
    }
)


def as_data(value: Any, name: str = "") -> Any:
    """Dictionaries, lists and strings. Money has its pence, other numbers no needless noughts.

    A message is ``{"msgid": .., "values": {..}}``; a text of the scheme is its words.

    :param name: the field that holds the value, by which money is told from other numbers.
    """
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, Decimal):
        return _pence(value) if name in _MONEY else plain_decimal(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Pounds):
        return {"pounds": _pence(value.amount)}
    if isinstance(value, Percent):
        return {"percent": plain_decimal(value.number)}
    if isinstance(value, Words):
        return _words(value)
    if isinstance(value, Message):
        return {"msgid": value.msgid, "values": as_data(value.values)}
    if isinstance(value, Mapping):
        return {str(key): as_data(inner) for key, inner in value.items()}
    if dataclasses.is_dataclass(value):
        fields = (field.name for field in dataclasses.fields(value))
        return {field: as_data(getattr(value, field), field) for field in fields}
    if hasattr(value, "_asdict"):
        return {field: as_data(inner, field) for field, inner in value._asdict().items()}
    return [as_data(inner) for inner in value]


def _pence(amount: Decimal) -> str:
    """Pounds with two figures after the point, or more where it has them."""
    told = plain_decimal(amount)
    _whole, _, pence = told.partition(".")
    return told if len(pence) >= 2 else f"{told}{'' if pence else '.'}{'0' * (2 - len(pence))}"


def _words(words: Words) -> str | dict[str, str]:
    more = words.model_dump(exclude_none=True)
    return words.text if len(more) == 1 else more


def to_json(allocation: Allocation) -> str:
    """The allocation's one canonical form: sorted keys, no spaces. The same figure, the same bytes."""
    return in_one_form(as_data(allocation))


def in_one_form(data: Any) -> str:
    """Data as JSON in one form only, so that the same data has the same bytes."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
