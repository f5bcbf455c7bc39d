"""A plan with nothing in it, and one as most people would have it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import (
    Advice,
    Budget,
    Council,
    Criterion,
    Disagreement,
    Helper,
    Line,
    Need,
    Passage,
    Person,
    ReceiptLine,
    Risk,
    Route,
    Said,
    Scheme,
    Setback,
    Signer,
    Standing,
    Statement,
    Version,
)
from portal.document.rules.portraits import Portrayed
from portal.document.samples.drawn import house

COUNCIL = Council(
    name="Rivermead Council",
    phone="01632 960 123",
    email="care@rivermead.example",
    hours="Monday to Friday, 9am to 5pm",
    night="The night and weekend team",
    night_phone="01632 960 199",
    address=("Adult Social Care", "1 Bridge Street", "Rivermead", "RM1 2AB"),
)
DIRECT = Said(code="direct_payment", words="Direct payment")
MANAGED = Said(code="council", words="The council looks after it")
FUND = Said(code="isf", words="A provider holds it (individual service fund)")


def weekdays(*days: str) -> tuple[Said, ...]:
    """Days of the week by their English names."""
    return tuple(Said(code=day.lower(), words=day) for day in days)


def empty() -> PlanDocument:
    """A plan with nothing in it yet."""
    return PlanDocument(
        reference="PS-0000-0001",
        version=Version(number=1, made_on=date(2026, 11, 22)),
        council=COUNCIL,
        lacks=("You have not answered the questions about your needs.", "Nothing is planned yet."),
    )


def _receipt(*rows: tuple[str, str, str, str]) -> tuple[ReceiptLine, ...]:
    running = Decimal(0)
    lines = []
    for label, reason, points, amount in rows:
        running += Decimal(amount)
        lines.append(
            ReceiptLine(label=label, reason=reason, points=points, amount=Decimal(amount), running=running)
        )
    return tuple(lines)


def usual() -> PlanDocument:
    """A plan as most people would have one."""
    return PlanDocument(
        reference="PS-7K2M-4XQ9",
        version=Version(number=2, made_on=date(2026, 11, 22), replaces=1),
        council=COUNCIL,
        person=Person(name="Margaret Okafor-Łukasik", preferred_name="Maggie", born=date(1948, 3, 14)),
        communication=("Large print, 18 point or more", "Please phone after 10 in the morning"),
        helpers=(Helper(name="Ada Okafor", relation="daughter", how="Sat with me and typed what I said."),),
        about_me=(
            Portrayed(
                code="important",
                title="What is most important to me",
                words="My garden. To be asked and not told. My faith.",
                pictures=(house("My house, with the door that I painted green."),),
            ),
            Portrayed(
                code="people",
                title="People who are important to me",
                words="My daughter Ada, and Father Michael.",
            ),
            Portrayed(
                code="support",
                title="How and when to support me",
                words="Slowly in the morning. Please let me do the buttons myself.",
            ),
            Portrayed(code="also", title="Also worth knowing about me", not_needed=True),
        ),
        questions=(
            Passage(
                code="control",
                title="How will I stay in control of my life?",
                words="I choose who comes into my house. Ada and I look at the week together on Sundays.",
            ),
            Passage(code="happen", title="What will I do to make this happen?"),
        ),
        important="My garden, Sunday lunch with my family, and getting to St Mary’s on Wednesdays.",
        needs=(
            Need(
                outcome="nutrition",
                title="Making meals and eating",
                answer="I need some help to make a meal.",
                unable=(
                    Said(code="assistance", words="I need help from somebody to do it"),
                    Said(code="pain", words="It causes me pain or distress"),
                ),
                eligible="likely",
                own_words="I used to cook for the whole street. My hands shake now.\nI burn myself.",
                wanted="I want to cook on Sundays again.",
            ),
            Need(
                outcome="hygiene",
                title="Washing and keeping clean",
                answer="I need a lot of help to wash.",
                unable=(Said(code="danger", words="It puts me or others in danger"),),
                eligible="likely",
                own_words="I fell in the bath in May.",
                wanted="To have a proper wash three times a week without being afraid.",
            ),
            Need(
                outcome="community",
                title="Getting out and about",
                answer="I cannot go out without somebody with me.",
                unable=(Said(code="longer", words="It takes me much longer than others"),),
                eligible="likely",
                wanted="To get to the lunch club.",
            ),
            Need(
                outcome="work_learning",
                title="Work, learning and volunteering",
                answer="I can do this alone.",
                eligible="not_likely",
            ),
        ),
        standing=Standing(
            likely="likely",
            tests=(
                Criterion(words="My needs come from a physical or mental impairment or illness", met=True),
                Criterion(words="I cannot achieve two or more of the ten outcomes", met=True),
                Criterion(words="This has a significant impact on my wellbeing", met=None),
            ),
            wellbeing=(
                Said(code="dignity", words="Being treated with dignity and respect"),
                Said(code="relationships", words="Family and other relationships"),
            ),
            impact="The impact on my wellbeing is significant.",
            changes="Some days are worse than others. About two bad days in a week.",
        ),
        lines=(
            Line(
                id="l1",
                needs=("nutrition",),
                what="Lunch club at St Mary’s",
                who="St Mary’s Church",
                when="Wednesdays, 12 to 2",
                days=weekdays("Wednesday"),
                parts=(Said(code="midday", words="Midday"),),
                times="12 to 2",
                how_much="Free",
            ),
            Line(
                id="l2",
                needs=("nutrition", "community"),
                what="Cooking together",
                who="Personal assistant: Anna",
                when="Sundays, 11 to 1",
                days=weekdays("Sunday"),
                times="11 to 1",
                quantity=Decimal(2),
                price=Decimal("14.50"),
                how_much="2 hours at £14.50 an hour",
                starts=date(2027, 1, 3),
                route=DIRECT,
                weekly=Decimal("29.00"),
            ),
            Line(
                id="l3",
                needs=("hygiene",),
                what="Help to wash and dress",
                who="Rivermead Home Care",
                when="Monday, Wednesday, Friday, 8 to 9 in the morning",
                days=weekdays("Monday", "Wednesday", "Friday"),
                parts=(Said(code="morning", words="Morning"),),
                times="8 to 9",
                quantity=Decimal(3),
                price=Decimal("24.00"),
                how_much="3 hours at £24.00 an hour",
                starts=date(2027, 1, 4),
                ends=date(2027, 6, 30),
                route=MANAGED,
                weekly=Decimal("72.00"),
            ),
            Line(
                id="l4",
                needs=("hygiene",),
                what="Bath board and grab rails",
                who="Equipment service",
                how_much="One time",
                route=MANAGED,
                one_off=Decimal("85.50"),
            ),
        ),
        routes=(
            Route(
                route=DIRECT,
                about="The council pays the money to you and you buy the support.",
                duties=("Keep the money in its own bank account.", "Keep receipts and show them when asked."),
                weekly=Decimal("29.00"),
                needs=("Making meals and eating", "Getting out and about"),
                paid="Paid every four weeks: £116.00.",
                facts=(
                    Passage(code="receives", title="Who receives it", words="I do, into an account for it."),
                    Passage(code="net", title="Net or gross", words="Net: what I pay is taken off first."),
                ),
            ),
            Route(
                route=MANAGED,
                about="The council keeps the money and arranges the support for you.",
                weekly=Decimal("72.00"),
                one_off=Decimal("85.50"),
                needs=("Washing and keeping clean",),
            ),
        ),
        budget=Budget(
            state="amount",
            weekly=Decimal("96.50"),
            yearly=Decimal("5018.00"),
            told_on=date(2026, 11, 21),
            scheme=Scheme(title="the Rivermead scheme", version="3", dated=date(2026, 4, 1)),
            lines=_receipt(
                ("Making meals: some help", "4 points at £5.50", "4", "22.00"),
                ("Washing: a lot of help", "14 points at £5.50", "14", "77.00"),
                (
                    "Help your daughter gives with washing",
                    "Half of washing taken off; £77.00 before",
                    "−7",
                    "-38.50",
                ),
                ("For your daughter, to have a break", "The carer’s own line", "", "36.00"),
            ),
            caveats=("Do not rely on this figure alone. You told us your needs change from day to day.",),
        ),
        over_reason="I cannot manage the stairs alone in the morning.",
        statement=Statement(
            cost=Decimal("101.00"), person=Decimal("23.40"), council=Decimal("77.60"), estimated=True
        ),
        disagreements=(
            Disagreement(
                about="Washing: a lot of help, £77.00",
                instead="It takes two people on bad days.",
                amount="£120.00 a week",
                why="I fell in May with one person beside me.",
            ),
        ),
        planners=(
            Said(code="family", words="Family or a friend"),
            Said(code="broker", words="An independent broker"),
        ),
        setbacks=(
            Setback(
                id="s1",
                what="Anna is ill",
                signs="She phones before 9",
                then="Ada comes on Sunday",
                call="Ada: 01632 960 456",
            ),
            Setback(what="I fall", then="I press the pendant", call="Careline: 01632 960 789, or 999"),
        ),
        risks=(
            Risk(
                what="I go down the garden steps by myself.",
                why="It is where I am happy.",
                safer="A rail, and the pendant round my neck.",
            ),
        ),
        private=("answer hygiene_matters", "setback s1", "line l3"),
        nobody_comes="Rivermead Home Care: 01632 960 700. After 6pm the careline: 01632 960 789.",
        first_review_weeks=6,
        review="After Easter.",
        review_rule="The council looks at it with me after 6 weeks, then every 12 months.",
        advice=(
            Advice(
                title="Falls clinic",
                words="Exercises that make a fall less likely.",
                where="Ask your surgery",
            ),
            Advice(title="Telecare pendant", words="A button to call for help at home."),
        ),
        lacks=("Nothing says when the bath board comes.",),
        signers=(
            Signer(role="person", name="Margaret Okafor-Łukasik"),
            Signer(role="helper", name="Ada Okafor"),
            Signer(role="officer"),
        ),
    )
