"""An estimate as data, in one form only, so that it can be kept and compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from portal.budget.rules import as_data as data_of
from portal.charging.rules.result import Estimate


def as_data(estimate: Estimate) -> dict[str, Any]:
    """Dictionaries, lists and strings; every sum of money with its pence."""
    data: dict[str, Any] = data_of(estimate)
    for name in ("contribution", "most", "capital", "tariff"):
        data[name] = _pence(getattr(estimate, name))
    if estimate.statement is not None:
        data["statement"] = {name: _pence(sum_) for name, sum_ in estimate.statement._asdict().items()}
    return data


def _pence(sum_: Decimal | None) -> str | None:
    return None if sum_ is None else f"{sum_:.2f}"
