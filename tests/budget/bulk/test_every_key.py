"""Every key that a scheme may have is known to the form for many people, so that none is passed over."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from portal.pack.conditions import Condition
from portal.pack.scheme import awards, models, parts, scoring, spread, streams, whole

KNOWN = {
    Condition: "all any answered at_least at_most is_ is_not none question",
    parts.Effective: "from_ to",
    parts.Year: "days days_per_week weeks",
    parts.Round: "mode unit",
    parts.Rounding: "mode scope unit",
    parts.OnCost: "on percent round",
    parts.Price: "amount effective id label on_cost route source unit",
    parts.RouteChoice: "otherwise question values",
    parts.Quantity: (
        "answer bands by count_of least less most otherwise product quotient round score stream sum "
        "total_of value values when"
    ),
    scoring.ScoredQuestion: (
        "ask_when bands domain each id label levels options outcomes points required scope unanswered"
    ),
    scoring.Reducer: "driver floor id label method named_in of reason scope source table when",
    scoring.Scale: "from_ to",
    scoring.Modifier: "id label op reason source value when",
    scoring.Score: "aggregate id label levels modifiers of round scale top weights weights_reason",
    models.PricePerPoint: "breakpoints fixed rate rate_by score",
    models.Row: "amount at from_ label to",
    models.Table: "above below between match rows score",
    models.LineRule: (
        "amount block id label on_cost per price quantity question rate reason round source weight "
        "weight_reason when workers"
    ),
    models.Cell: "amount at price quantity",
    models.MatrixRow: "amounts axes block cells id label source weight weight_reason when",
    models.Matrix: "per rows",
    models.Term: "coefficient id label quantity",
    models.Linear: "clip intercept link terms",
    models.PoolRatio: "demand score supply unit_amount",
    awards.Level: (
        "amount award_months id label max_months meaning points_from points_to renewals source when"
    ),
    awards.Tier: "given_this_year levels most_in_year question score top_up",
    awards.Deduction: "amount id label per",
    awards.Residual: "less less_also most target threshold threshold_stream",
    streams.Stream: (
        "additions eligible_when funder id linear lines matrix paid_every paid_weeks period pool_ratio "
        "price_per_point residual source table tier title weeks_away"
    ),
    streams.Step: (
        "baseline form id label lift_nothing mode of op per reason reducer scope source unit value when"
    ),
    streams.Complexity: "action id lines message stream when",
    streams.Contribution: "chargeable most per percent source",
    whole.Scheme: (
        "authority base_period complexity contribution effective eligible_when example_week id monotone "
        "override pipeline plain_summary price_book questions reducers rounding route scores sources "
        "spread status streams title version year"
    ),
    # Told beside the figure, which it does not change: the form for many people needs none of it.
    spread.Spread: "about rows source unit",
    spread.SpreadRow: "higher lower up_to",
}
"""What ``portal.budget.bulk`` and ``portal.budget.rules.fitting`` were written for."""


@pytest.mark.parametrize("model", KNOWN, ids=lambda model: model.__name__)
def test_a_new_key_is_looked_at_here_too(model: type[BaseModel]) -> None:
    assert set(model.model_fields) == set(KNOWN[model].split())
