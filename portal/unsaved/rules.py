"""Forms compared box by box: what one person changed, what another saved meanwhile, and where both did.

A form carries its *version*: for each of its units a short hash of what it showed. What was typed,
what is stored now and that version tell who changed what, without any counter in the record: the same
content twice is no clash, and two people who changed different boxes both keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from portal.text import clean

Fields = Mapping[str, Sequence[str]]
"""What a form shows or sends: the values of each box by its name."""

CARRIED = frozenset({"csrf_token", "once", "made_from", "kept", "whose", "suggested", "suggestion"})
"""Fields that a form carries beside what a person types."""

EMPTY = "-"
"""The version of a form that shows nothing yet."""

_END = re.compile(r"-(?:day|month|year|every|unknown)$")
_NOTHING: tuple[tuple[str, str], ...] = ()


def unit_of(name: str) -> str:
    """The unit a box belongs to: the three boxes of a date, or a sum and how often, are one."""
    return _END.sub("", name)


def units_of(fields: Fields) -> dict[str, tuple[tuple[str, str], ...]]:
    """What stands in each unit, without what makes no difference: line ends, order of ticks, empty boxes."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, values in fields.items():
        said = sorted((name, cleaned) for cleaned in map(clean, values) if cleaned)
        if said and name not in CARRIED:
            unit = unit_of(name)
            found[unit] = tuple(sorted((*found.get(unit, _NOTHING), *said)))
    return found


def version_of(fields: Fields) -> str:
    """The version of a form that shows this: ``unit:hash`` for each unit that is not empty."""
    return " ".join(f"{unit}:{_hash(said)}" for unit, said in sorted(units_of(fields).items())) or EMPTY


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of a form.

    :ivar fields: what was typed, with what another person saved in the units that were left alone.
    :ivar clashes: the units that both changed, and not to the same.
    """

    fields: dict[str, list[str]]
    clashes: tuple[str, ...]


def merge(typed: Fields, stored: Fields, version: str) -> Merged:
    """What was typed on a form of an earlier version, brought together with what is stored now."""
    base = dict(part.rpartition(":")[::2] for part in version.split())
    mine, theirs = units_of(typed), units_of(stored)
    taken, clashes = set(), []
    for unit in dict.fromkeys([*mine, *theirs]):
        my, their, was = mine.get(unit, _NOTHING), theirs.get(unit, _NOTHING), base.get(unit, "")
        if my == their or _hash(their) == was:
            continue
        if _hash(my) == was:
            taken.add(unit)
        else:
            clashes.append(unit)
    fields = {name: list(values) for name, values in typed.items() if unit_of(name) not in taken}
    fields |= {name: list(values) for name, values in stored.items() if unit_of(name) in taken}
    return Merged(fields, tuple(clashes))


def both(typed: Fields, stored: Fields, units: Sequence[str]) -> dict[str, list[str]]:
    """What was typed, with the texts of these units put together: what is stored first, then one's own."""
    fields = {name: list(values) for name, values in typed.items()}
    for name in units:
        mine, theirs = fields.get(name, []), list(stored.get(name, ()))
        if len(mine) == len(theirs) == 1:
            fields[name] = [f"{theirs[0].rstrip()}\n\n{mine[0].lstrip()}"]
    return fields


def _hash(said: tuple[tuple[str, str], ...]) -> str:
    if not said:
        return ""
    parts = "\x1f".join(f"{name}\x1e{value}" for name, value in said)
    return blake2b(parts.encode(), digest_size=6).hexdigest()
