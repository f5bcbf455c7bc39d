"""A scheme that was kept is the same scheme again, and a receipt worked out again the same receipt."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.budget.rules import allocate, as_data, to_json
from portal.budget.rules.kept import changes, read_by, scheme_from
from portal.pack.loading import load_model
from portal.pack.scheme import Scheme, canonical
from portal.paths import PACKS
from tests.budget.bulk.drawing import rare_schemes
from tests.budget.keeping import KEPT
from tests.budget.rules.generating import answers, schemes
from tests.budget.rules.making import ON, POINTS, numbers, scheme

EXAMPLES = Path(__file__).parents[3] / "docs" / "schemes" / "examples"
WRITTEN = [
    *sorted(PACKS.glob("*/schemes/*.yaml")),
    *(file for file in sorted(EXAMPLES.glob("*.yaml")) if file.stem != "people"),
]


def rebuilt(made: Scheme) -> Scheme:
    """A scheme built again from its canonical form alone."""
    return Scheme.model_validate(json.loads(canonical(made)))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    made=st.one_of(schemes(), rare_schemes()),
    person=answers(),
    others=st.dictionaries(st.text(max_size=4), st.text(max_size=4)),
)
def test_a_kept_scheme_is_the_same_and_tells_the_same_bytes(
    made: Scheme, person: dict[str, Any], others: dict[str, str]
) -> None:
    again = rebuilt(made)
    assert again == made
    assert canonical(again) == canonical(made)
    assert again.content_hash == made.content_hash
    kept = read_by(made, {**others, **person})
    assert to_json(allocate(again, kept, on=ON)) == to_json(allocate(made, {**others, **person}, on=ON))


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.stem)
def test_every_scheme_that_ships_comes_back_from_its_kept_form(file: Path) -> None:
    made = load_model(file, Scheme)
    assert rebuilt(made) == made
    assert canonical(rebuilt(made)) == canonical(made)


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.json")), ids=lambda file: file.stem)
def test_what_was_told_with_an_earlier_portal_is_what_this_one_works_out(file: Path) -> None:
    # Should this fail, budgets that people were told would come out otherwise: give the rule its old meaning.
    kept = json.loads(file.read_text(encoding="utf-8"))
    made = scheme_from(json.dumps(kept["scheme"]))
    assert made.content_hash == kept["hash"]
    now = as_data(allocate(made, kept["answers"], on=date.fromisoformat(kept["receipt"]["on"])))
    assert [str(change) for change in changes(kept["receipt"], now) if not change.words] == []


def test_budgets_of_every_family_are_kept_from_an_earlier_portal() -> None:
    assert len(list(KEPT.glob("*.json"))) >= 25


def test_the_same_kept_form_is_built_once() -> None:
    content = canonical(scheme())
    assert scheme_from(content) is scheme_from(content)


def test_what_is_no_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="validation error"):
        scheme_from("{}")


def test_only_answers_that_the_scheme_reads_are_kept() -> None:
    made = scheme(questions=[{"id": "eating", "points": POINTS}, *numbers("hours")])
    assert read_by(made, {"eating": "some", "name": "Grace", "washing": "lot"}) == {"eating": "some"}


@pytest.mark.parametrize(
    ("told", "now", "said", "words"),
    [
        ({"a": "1.00"}, {"a": "2.00"}, 'a was "1.00" and is now "2.00"', False),
        ({"a": [{"b": None}]}, {"a": [{"b": "x"}]}, 'a[0].b was nothing and is now "x"', False),
        ({"a": [1, 2]}, {"a": [1]}, "a.length was 2 and is now 1", False),
        ({"r": {"msgid": "Old."}}, {"r": {"msgid": "New."}}, 'r.msgid was "Old." and is now "New."', True),
        ({"r": {"msgid": "Old."}}, {"r": "New."}, 'r was {"msgid": "Old."} and is now "New."', False),
        ({"a": "1"}, {}, 'a was "1" and is now nothing', False),
    ],
)
def test_a_difference_is_told_by_where_it_stands(told: Any, now: Any, said: str, words: bool) -> None:
    (found,) = changes(told, now)
    assert (str(found), found.words) == (said, words)


def test_the_same_and_what_was_not_told_then_are_no_difference() -> None:
    assert not list(changes({"a": [{"b": "1"}]}, {"a": [{"b": "1", "later": "2"}], "new": 3}))
