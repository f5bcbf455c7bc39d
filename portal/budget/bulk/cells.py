"""Answers in the cells of a table: one row a person, one column a question.

========================  ==================================================================
cell                      answer
========================  ==================================================================
``some``                  the option ``some``, a number, a date or a text
``washing;meals``         several options; ``|`` may stand instead of ``;``
``washing;``              one option of a question that takes several
``12.50/week``            money, with its period: day, week, four_weeks, month or year
``[{"hours": "4"}]``      a list or a group, as JSON
empty                     not answered
``not-sure``              the person is not sure; ``rather-not-say`` likewise
========================  ==================================================================

A group may also have a column for each of its fields, named ``group.field``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.budget.rules.compiled import Compiled
from portal.pack.conditions import Kept
from portal.pack.scheme import Quantity, Scheme
from portal.pack.walking import parts_like

_MONEY = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*/\s*(day|week|four_weeks|month|year)\s*\Z")
_SEPARATOR = re.compile(r"[;|]")


class CellFault(ValueError):
    """A cell that holds no answer. Says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: a whole question, or one field of a group.

    :ivar many: whether a single option is one of several that may be chosen.
    """

    name: str
    at: int
    many: bool
    money: bool

    @property
    def question(self) -> str:
        """The question, or the group that the field is in."""
        return self.name.partition(".")[0]

    @property
    def field(self) -> str:
        """The field; empty for a whole question."""
        return self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what.

    :ivar key: the column that names the person.
    :ivar places: the columns that the scheme reads.
    :ivar unread: the names of columns that it does not read.
    :ivar width: how many columns there are.
    """

    key: int
    places: tuple[Place, ...]
    unread: tuple[str, ...]
    width: int

    def named(self) -> Mapping[str, Place]:
        """The places by name."""
        return {place.name: place for place in self.places}


def lay_out(header: Sequence[str], key: str, compiled: Compiled) -> Layout:
    """Find the columns.

    :raises CellFault: when the person's column or a question that everybody answers is not there.
    """
    names = [name.strip() for name in header]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise CellFault(f"column {twice[0]} is there twice")
    if key not in names:
        raise CellFault(f"no column is called {key}; it names each person")
    many = _listed(compiled.scheme)
    places, unread = [], []
    for at, name in enumerate(names):
        question = name.partition(".")[0]
        if name == key:
            continue
        if question in compiled.questions:
            places.append(Place(name, at, name in many, name in compiled.numbers))
        else:
            unread.append(name)
    found = {place.question for place in places}
    missing = [
        question.id
        for question in compiled.scheme.questions
        if question.required and question.ask_when is None and question.id not in found
    ]
    if missing:
        raise CellFault(f"no column is called {', '.join(missing)}, which the scheme needs from everybody")
    _no_part_beside_its_whole(places)
    return Layout(names.index(key), tuple(places), tuple(unread), len(names))


def _no_part_beside_its_whole(places: Iterable[Place]) -> None:
    whole = {place.name for place in places if not place.field}
    for place in places:
        if place.field and place.question in whole:
            raise CellFault(f"column {place.question} already holds what {place.name} would")


def _listed(scheme: Scheme) -> frozenset[str]:
    """Questions of which the scheme itself says that several options may be chosen."""
    found = {reducer.named_in for reducer in scheme.reducers if reducer.named_in is not None}
    for _where, quantity in parts_like(scheme, Quantity):
        if quantity.count_of is not None:
            found.add(quantity.count_of)
    return frozenset(found)


def kept(cell: str, place: Place) -> Kept | None:
    """The answer that a cell holds; ``None`` for an empty one.

    :raises CellFault: when it holds none that can be read.
    """
    text = cell.strip()
    if not text:
        return None
    if text[0] in "[{":
        return _from_json(text)
    money = _MONEY.match(text) if place.money else None
    if money is not None:
        return {"pounds": money[1], "every": money[2]}
    parts = [part.strip() for part in _SEPARATOR.split(text)]
    if len(parts) == 1:
        return [text] if place.many and text not in ("not-sure", "rather-not-say") else text
    options = [part for part in parts if part]
    if not options:
        raise CellFault("there is nothing between the separators")
    if len(set(options)) < len(options):
        raise CellFault("an option is there twice")
    return options


def _from_json(text: str) -> Kept:
    try:
        found = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise CellFault("it starts like JSON and is none") from None
    kept: Kept = _plain(found)
    return kept


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else str(value)


def answers_in(row: Sequence[str], places: Iterable[Place]) -> dict[str, Kept]:
    """The answers of one row.

    :raises CellFault: naming the first column whose cell holds none that can be read.
    """
    answers: dict[str, Any] = {}
    for place in places:
        try:
            given = kept(row[place.at], place)
        except CellFault as fault:
            raise CellFault(f"{place.name}: {fault}") from None
        if given is None:
            continue
        if place.field:
            answers.setdefault(place.question, {})[place.field] = given
        else:
            answers[place.name] = given
    return answers
