"""Words that packs and plans share: sorts of support, days, and the parts of a plan."""

from __future__ import annotations

from typing import Literal

LineKind = Literal[
    "self",
    "family",
    "community",
    "free",
    "core",
    "hours",
    "flexible",
    "sessions",
    "sum",
    "cash",
    "award",
    "equipment",
    "one_off",
]
"""What sort of support a line is. It decides what is asked, and how the cost is worked out.

``free`` is a service that nobody pays for; ``core`` a fixed part that leaves no choice; ``flexible``
hours whose days the person chooses as they go; ``cash`` a sum for the person to use; ``award`` money
for a time, which may be given again.
"""

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Part = Literal["morning", "midday", "afternoon", "evening", "night"]
Every = Literal["week", "four_weeks", "month", "year"]

Payee = Literal["nobody_close", "spouse", "partner", "close_family", "other"]
"""Who is paid with a direct payment, as far as a rule asks (Direct Payments Regulations 2014, reg. 3).

``nobody_close``: neither family nor partner; ``close_family``: a parent, child, brother, sister, aunt,
uncle or grandparent, also by marriage or as step family, or the partner of one; ``other``: family that is
further away.
"""

MetBy = Literal["self", "carer", "community", "declined", "to_find"]
"""How a need is met without a line of support, as the person says.

``declined``: they want no help; ``to_find``: nothing meets it, and they ask the council to help to find
something.
"""

AboutMe = Literal[
    "about_important",
    "about_people",
    "about_communicate",
    "about_wellness",
    "about_do",
    "about_support",
    "about_also",
    "about_by",
]
"""The headings of About me, in the order of the Professional Record Standards Body (version 2.01)."""

SevenQuestion = Literal[
    "q_important", "q_change", "q_supported", "q_budget", "q_managed", "q_control", "q_happen"
]
"""The seven questions that a support plan answers, in their order."""

PlanPart = Literal[
    "over",
    "helped",
    "review",
    "nobody_comes",
    "carer_ill",
    "about_important",
    "about_people",
    "about_communicate",
    "about_wellness",
    "about_do",
    "about_support",
    "about_also",
    "about_by",
    "q_important",
    "q_change",
    "q_supported",
    "q_budget",
    "q_managed",
    "q_control",
    "q_happen",
]
"""What a plan says beside its lines: why it costs more than the budget, who helped to write it, when the
person would like to look at it again, whom to phone if nobody comes, what happens if a carer is ill
tomorrow, About me, and the seven questions."""

Worth = Literal["worth", "not_sure"]
"""Whether the person finds a risk worth taking."""
