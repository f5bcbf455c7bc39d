"""The nine areas of wellbeing, as the person sees them."""

from __future__ import annotations

from typing import Any

from portal.assessment.rules.wellbeing import AREAS, Wellbeing, wellbeing


def test_areas_are_told_in_the_order_of_the_act() -> None:
    answers: dict[str, Any] = {"wellbeing": ["home", "dignity"], "wellbeing_impact": "significant"}
    assert wellbeing(answers) == Wellbeing(("dignity", "home"), told=True, impact="significant")
    assert len(AREAS) == 9


def test_no_area_is_an_answer_and_no_answer_is_not_known() -> None:
    assert wellbeing({"wellbeing": ["none"]}) == Wellbeing((), told=True, impact=None)
    assert wellbeing({"wellbeing": ["not-sure"]}) == Wellbeing((), told=False, impact=None)
    assert wellbeing({}) == Wellbeing((), told=False, impact=None)


def test_a_size_of_effect_that_is_not_known_is_none() -> None:
    assert wellbeing({"wellbeing_impact": "not-sure"}).impact is None
    assert wellbeing({"wellbeing_impact": "none"}).impact == "none"
