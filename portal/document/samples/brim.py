"""A plan filled to the brim, and one that is read from right to left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import (
    Advice,
    Disagreement,
    Helper,
    Line,
    Need,
    OtherAmount,
    Passage,
    Person,
    Risk,
    Route,
    Said,
    Setback,
    Statement,
)
from portal.document.rules.portraits import Portrayed
from portal.document.samples.drawn import house
from portal.document.samples.usual import DIRECT, FUND, usual, weekdays
from portal.pack.questions import Outcome

LONG = (
    "I like my own cup, my own chair and the window open a little – even in winter. "
    "My sister Zoë rings from Łódź on Sundays; it costs her £4.50."
)
MIXED = "£4, café, Łódź, ŵy, Tiếng Việt, Київ, Αθήνα, سلام علیکم, ✓ ☐ ½ × – … 😀 " + "n" * 120
"""Letters of many scripts, an emoji that no font has, and a word without an end: what fits on one line."""
_END = " The end of what I wanted to say, at last and in full."
BOOK = (MIXED + " " + (LONG + " ") * 40)[: 4000 - len(_END)] + _END
"""As much as anybody may type into one field: 4,000 characters."""


def full() -> PlanDocument:
    """A plan filled to the brim: all ten outcomes, four thousand characters where they can be typed."""
    base = usual()
    needs = tuple(
        Need(
            outcome=outcome,
            title=f"{place}. Outcome with a rather long name, {outcome.replace('_', ' ')}",
            answer="I need a lot of help with this. " * 2 + "Really.",
            unable=tuple(
                Said(code=way, words=f"Because of {way}") for way in ("assistance", "pain", "danger")
            ),
            eligible=("likely", "not_likely", "not_known")[place % 3],
            own_words=BOOK if place == 1 else MIXED,
            wanted=BOOK if place == 3 else LONG,
        )
        for place, outcome in enumerate(get_args(Outcome), 1)
    )
    lines = tuple(
        Line(
            needs=(needs[place % 10].outcome, needs[(place * 3) % 10].outcome),
            what=MIXED if place == 2 else f"Support number {place}",
            who=MIXED if place == 4 else "Somebody",
            when=LONG if place % 5 == 0 else "Mondays, 9 to 10",
            days=weekdays("Monday", "Tuesday", "Friday")[: 1 + place % 3] if place % 4 else (),
            parts=tuple(
                Said(code=part, words=part)
                for part in (("morning", "night") if place % 3 else ("afternoon", "evening"))
            ),
            times=MIXED if place == 2 else "9 to 10",
            how_much="1 hour at £10.00 an hour",
            starts=date(2027, 1, 1),
            ends=date(2027, 12, 31),
            route=DIRECT if place % 2 else FUND,
            weekly=Decimal("10.00"),
            one_off=Decimal("1.25") if place % 7 == 0 else Decimal(0),
        )
        for place in range(12)
    )
    odd, even = lines[1::2], lines[0::2]
    return base.model_copy(
        update={
            "needs": needs,
            "lines": lines,
            "routes": tuple(
                Route(
                    route=route,
                    about=LONG,
                    duties=(LONG, MIXED),
                    facts=(
                        Passage(code="surplus", title="Money that is left over", words=BOOK),
                        Passage(code="disputes", title="If we disagree", words=BOOK),
                        Passage(code="receiver_name", title="The name of who receives it", words=MIXED),
                    )
                    if route is FUND
                    else (),
                    weekly=sum((line.weekly for line in its), Decimal(0)),
                    one_off=sum((line.one_off for line in its), Decimal(0)),
                    needs=tuple(need.title for need in needs),
                )
                for route, its in ((DIRECT, odd), (FUND, even))
            ),
            "person": Person(name=MIXED, preferred_name=MIXED[:80], born=date(1948, 3, 14)),
            "helped": BOOK,
            "important": BOOK,
            "review": BOOK,
            "carer_ill": BOOK,
            "carers": (Helper(name=MIXED, relation="sister", how=MIXED),) * 2,
            "planners": (Said(code="family", words=MIXED),),
            "budget": base.budget.model_copy(
                update={
                    "other": OtherAmount(
                        weekly=Decimal("120.00"),
                        reason=BOOK,
                        author=MIXED,
                        role="Social worker",
                        day=date(2026, 11, 20),
                    )
                }
            ),
            "about_me": tuple(
                Portrayed(
                    code=f"me{place}",
                    title=f"Heading {place} of what others should know",
                    words=LONG if place > 1 else BOOK,
                    pictures=(house(MIXED, place),) if place < 7 else (),
                )
                for place in range(1, 8)
            ),
            "questions": tuple(
                Passage(
                    code=f"q{place}",
                    title=f"Question number {place} of seven",
                    words=MIXED if place > 1 else BOOK,
                )
                for place in range(1, 8)
            ),
            "disagreements": (Disagreement(about=LONG, instead=BOOK, amount=MIXED, why=BOOK),),
            "risks": (Risk(what=LONG, why=BOOK, safer=MIXED),),
            "nobody_comes": BOOK,
            "over_reason": BOOK,
            "statement": Statement(
                cost=Decimal("120.00"), person=Decimal("23.40"), council=Decimal("96.60"), estimated=True
            ),
            "communication": (MIXED, LONG),
            "helpers": (Helper(name="سعاد", relation="sister", how=LONG),) * 3,
            "setbacks": (
                Setback(what=BOOK, signs=BOOK, then=BOOK, call=BOOK),
                Setback(what=MIXED, then=LONG, call=MIXED),
            ),
            "advice": (Advice(title="A thing", words=LONG, where=MIXED),) * 3,
            "lacks": (LONG,) * 4,
        }
    )


def urdu() -> PlanDocument:
    """A plan in a language that is read from right to left."""
    base = usual()
    return base.model_copy(
        update={
            "language": "ur",
            "person": Person(name="سعاد بیگم", born=date(1948, 3, 14)),
            "important": "میرا باغ اور میری بہن۔ NHS 999 000 0018",
            "needs": tuple(
                need.model_copy(update={"title": "کھانا پکانا", "own_words": "میں خود پکانا چاہتی ہوں۔"})
                for need in base.needs
            ),
        }
    )
