"""Money that is awarded for a time: when an award ends, and until when it can be given again."""

from __future__ import annotations

from datetime import date

from portal.budget.rules.awards import last_day
from portal.plan.rules.lines import Line


def award_ends(line: Line) -> date | None:
    """The last day of the award; the day the person wrote, or else worked out from its start."""
    if line.ends is not None or line.starts is None or line.award_months is None:
        return line.ends
    return last_day(line.starts, line.award_months)


def last_award_ends(line: Line) -> date | None:
    """The last day that all awards together can reach; ``None`` when nothing limits them or none is known."""
    if line.starts is None or line.longest_months is None:
        return None
    return last_day(line.starts, line.longest_months)
