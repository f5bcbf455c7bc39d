"""Lower, likely and higher: two figures beside the one, which does not move."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from portal.budget.rules.spread import range_of
from portal.pack.scheme.spread import Spread
from tests.packs.walking import budget, pack, person

ROWS = [{"up_to": "400", "lower": "0.8", "higher": "1.5"}, {"lower": "0.9", "higher": "1.1"}]


def spread(**more: Any) -> Spread:
    return Spread.model_validate({"about": "-", "rows": ROWS, **more})


@pytest.mark.parametrize(
    ("rows", "unit", "lower", "higher"),
    [
        (ROWS, "1", "299.00", "560.00"),
        (ROWS, "0.01", "298.82", "560.30"),
        ([{"up_to": "373.52", "lower": "0.5", "higher": "2"}, ROWS[1]], "10", "340.00", "410.00"),
        ([{"lower": "1", "higher": "1"}], "100", "373.53", "400.00"),
    ],
)
def test_the_row_for_the_size_of_the_figure_says_how_far_it_may_be_off(
    rows: list[dict[str, str]], unit: str, lower: str, higher: str
) -> None:
    scheme = pack("surrey").schemes[0].model_copy(update={"spread": spread(rows=rows, unit=unit)})
    found = range_of(scheme, budget("surrey", person("surrey", "jane")))
    assert found is not None
    assert (found.lower, found.likely, found.higher) == (Decimal(lower), Decimal("373.53"), Decimal(higher))


def test_without_a_spread_or_a_figure_there_is_no_range() -> None:
    scheme, jane = pack("surrey").schemes[0], person("surrey", "jane")
    assert range_of(scheme.model_copy(update={"spread": None}), budget("surrey", jane)) is None
    assert range_of(scheme, budget("surrey", jane)._replace(status="refer")) is None


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([ROWS[0]], "there is no row for larger figures"),
        ([ROWS[1], ROWS[1]], "only the last row has no up_to"),
        ([ROWS[0], ROWS[0], ROWS[1]], "the rows are not from small to large"),
        ([{"lower": "1.1", "higher": "1.2"}], "less than or equal to 1"),
    ],
)
def test_a_spread_that_leaves_a_figure_without_a_row_is_refused(
    rows: list[dict[str, str]], problem: str
) -> None:
    with pytest.raises(ValidationError, match=problem):
        spread(rows=rows)
