"""Times of day as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.plan.rules.clock import Slot, hours_of, time_in


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9", "09:00"),
        ("9.30", "09:30"),
        ("09:30", "09:30"),
        ("9 am", "09:00"),
        ("2pm", "14:00"),
        ("2.15 p.m.", "14:15"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("21:05", "21:05"),
        ("24:00", "00:00"),
        ("noon", "12:00"),
        ("Midnight", "00:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert time_in(typed) == kept


@pytest.mark.parametrize("typed", ["", "soon", "25", "9.75", "13pm", "0am", "9-10", "-1", "9:5"])
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    assert time_in(typed) is None


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_that_is_kept_reads_as_itself(hour: int, minute: int) -> None:
    assert time_in(f"{hour:02}:{minute:02}") == f"{hour:02}:{minute:02}"


def test_the_times_of_a_week_add_up_past_midnight_too() -> None:
    night = Slot("friday", "22:00", "07:00")
    assert night.past_midnight
    assert hours_of([Slot("monday", "09:00", "10:30"), night]) == Decimal("10.5")
