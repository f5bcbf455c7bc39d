"""From the answers on the pages to the circumstances that an estimate rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, cast, get_args

from portal.charging.rules.circumstances import Age, Circumstances, Cost, Every, Income, Saving, Support
from portal.pack.charging import Charging, CostKind, IncomeKind
from portal.pack.conditions import Answers, Kept

_LIGHT: Mapping[str, str] = {"high": "savings_above_limit", "low": "full", "middle": "full"}


def circumstances_from(answers: Answers, charging: Charging, cost: Decimal | None) -> Circumstances:
    """What the answers tell.

    :param answers: those on the path only.
    :param cost: pounds a week that the support may cost; ``None`` when that is not known.
    """
    band = answers.get("pay_savings_band")
    support = None if cost is None else (Support(amount=cost),)
    light = _LIGHT.get(band, "not_told") if isinstance(band, str) else "not_told"
    if light != "full":
        return Circumstances.model_validate({"assessment": light, "support": support})
    children = int(_number(answers.get("pay_children")))
    household = answers.get("pay_household")
    if household == "lone_parent" and not children:
        household = "single"
    age = answers.get("pay_age")
    savings = _pounds(answers.get("pay_savings")) if band == "middle" else None
    return Circumstances(
        household="couple"
        if household == "couple"
        else "lone_parent"
        if household == "lone_parent"
        else "single",
        age=cast("Age", age) if age in get_args(Age) else "25_to_pension",
        children=children,
        capital=(Saving(amount=savings[0]),) if savings is not None else (),
        income=tuple(_income(answers, charging.counts.income)),
        housing=tuple(_costs(answers.get("pay_housing"), charging.counts.housing)),
        disability_expenses=tuple(_costs(answers.get("pay_disability"), charging.counts.disability_expenses)),
        # Nobody is asked for more because they are not sure: then the part for the night is left out.
        night_care=answers.get("pay_night") == "yes",
        support=support,
    )


def _income(answers: Answers, kinds: tuple[IncomeKind, ...]) -> Iterator[Income]:
    given = answers.get("pay_income")
    chosen = given if isinstance(given, list) else []
    for kind in kinds:
        if kind.id not in chosen:
            continue
        told = _pounds(answers.get(f"pay_{kind.id}"))
        if told is not None:
            yield Income(kind=kind.id, amount=told[0], every=told[1])
        elif kind.treatment == "ignored" or kind.rate is not None:
            yield Income(kind=kind.id)


def _costs(given: Kept | None, kinds: tuple[CostKind, ...]) -> Iterator[Cost]:
    fields: Mapping[str, Any] = given if isinstance(given, dict) else {}
    for kind in kinds:
        told = _pounds(fields.get(kind.id))
        if told is not None and told[0]:
            yield Cost(kind=kind.id, amount=told[0], every=told[1])


def _pounds(given: Kept | None) -> tuple[Decimal, Every] | None:
    """Pounds and how often; ``None`` where no sum was given."""
    if not isinstance(given, dict) or "pounds" not in given:
        return None
    every = given.get("every", "week")
    return _number(given["pounds"]), cast("Every", every) if every in get_args(Every) else "week"


def _number(given: object) -> Decimal:
    try:
        return Decimal(given) if isinstance(given, str) else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
