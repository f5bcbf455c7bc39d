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


def as_data(value: Any) -> Any:
    """Dictionaries, lists and strings. Money has its pence, other numbers no needless noughts.

    A message is ``{"msgid": .., "values": {..}}``; a text of the scheme is its words.
    """
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, Decimal):
        # Amounts come quantised to the penny; everything else is told as plainly as it can be.
        return str(value) if value.as_tuple().exponent == -2 else plain_decimal(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Pounds):
        return {"pounds": as_data(value.amount)}
    if isinstance(value, Percent):
        return {"percent": plain_decimal(value.number)}
    if isinstance(value, Words):
        return (
            value.model_dump(exclude_none=True) if value.easy or value.picture or value.film else value.text
        )
    if isinstance(value, Message):
        return {"msgid": value.msgid, "values": as_data(dict(value.values))}
    if isinstance(value, Mapping):
        return {str(key): as_data(inner) for key, inner in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: as_data(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if hasattr(value, "_asdict"):
        return {name: as_data(inner) for name, inner in value._asdict().items()}
    return [as_data(inner) for inner in value]


def to_json(allocation: Allocation) -> str:
    """The allocation's one canonical form: sorted keys, no spaces. The same figure, the same bytes."""
    return json.dumps(as_data(allocation), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
