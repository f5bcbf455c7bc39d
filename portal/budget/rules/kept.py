"""What must be kept of an allocation so that it can be worked out again years later, and whether it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from portal.pack.conditions import Answers, Kept
from portal.pack.scheme.whole import Scheme

_OWN_WORDS = "msgid"
"""The key of a sentence of the portal's own. Its wording may become better; no number depends on it."""


@lru_cache(maxsize=16)
def scheme_from(content: str) -> Scheme:
    """The scheme whose canonical form this is: the same rules, with the same hash.

    :raises ValueError: when it is no scheme that this version of the portal can read.
    """
    return Scheme.model_validate(json.loads(content))


def read_by(scheme: Scheme, answers: Answers) -> dict[str, Kept]:
    """The answers that a scheme reads. No other answer can change its figure, so no other needs keeping."""
    return {question.id: answers[question.id] for question in scheme.questions if question.id in answers}


class Change(NamedTuple):
    """One place where two receipts are not the same.

    :ivar where: the keys and positions that lead to it.
    :ivar words: whether only the wording of a sentence of the portal's own is another.
    """

    where: tuple[str | int, ...]
    before: Any
    after: Any
    words: bool

    def __str__(self) -> str:
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.where)
        return f"{place.lstrip('.')} was {_shown(self.before)} and is now {_shown(self.after)}"


def changes(told: Any, now: Any, where: tuple[str | int, ...] = ()) -> Iterator[Change]:
    """Where what was told is not what is worked out now, both as data in the canonical form.

    What only the newer one says was not told, so that it takes nothing back.
    """
    if isinstance(told, dict) and isinstance(now, dict):
        for key, value in told.items():
            yield from changes(value, now.get(key), (*where, key))
    elif isinstance(told, list) and isinstance(now, list):
        if len(told) != len(now):
            yield Change((*where, "length"), len(told), len(now), words=False)
        for at, (value, other) in enumerate(zip(told, now, strict=False)):
            yield from changes(value, other, (*where, at))
    elif told != now:
        yield Change(where, told, now, words=where[-1:] == (_OWN_WORDS,) and isinstance(now, str))


def _shown(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)
