"""A carer's own answers put together for paper, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.assessment.rules.eligibility import standing
from portal.document.rules.paper import NEVER_PRINTED
from portal.pack.conditions import Answers
from portal.pack.eligibility import policy_on
from portal.pack.pack import Pack
from portal.questions.path import walk
from portal.questions.telling import answer_in_words
from portal.text import _
from portal.words import Language

_STANDS = {True: _("Likely met"), False: _("Not likely met"), None: _("Not known yet")}


@dataclass(frozen=True)
class CarersPart:
    """One part of the answers: its title, and each question with its answer, a line for each thing said."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class CarersAnswers:
    """A carer's own answers on a day, and where they stand under the rule for carers.

    :ivar stands: the words of the result; empty where no rule is in force.
    :ivar tests: each test with its reason and whether it is met, in words.
    """

    reference: str
    made_on: date
    name: str
    sample: bool
    parts: tuple[CarersPart, ...]
    stands: str
    tests: tuple[tuple[str, str, str], ...]


def carers_answers(reference: str, pack: Pack, answers: Answers, words: Language, on: date) -> CarersAnswers:
    """What is printed of a carer's answers. It reads nothing but the carer's own record.

    :param pack: as the carer meets it; see :attr:`portal.pack.pack.Pack.for_carers`.
    """
    path = walk(pack, answers)
    policy = policy_on(pack.policies, "carer", on)
    found = standing(policy, path.counted, on=on) if policy else None
    tests = [
        (words.say(limb.title), words.say(limb.reason.text, **limb.reason.values), _STANDS[limb.met])
        for limb in (found.limbs if found else ())
    ]
    asked = {question.id for question in path.asked} - NEVER_PRINTED
    parts = [
        CarersPart(
            words.say(section.title),
            tuple(
                (words.say(one.short), answer_in_words(one, path.counted.get(one.id), words))
                for one in section.questions
                if one.id in asked
            ),
        )
        for section in pack.sections
    ]
    named = answers.get("your_name")
    return CarersAnswers(
        reference=reference,
        made_on=on,
        name=str(named.get("full_name") or named.get("known_as") or "") if isinstance(named, dict) else "",
        sample=pack.council.status == "demo",
        parts=tuple(part for part in parts if part.rows),
        stands=words.say(found.words.title) if found else "",
        tests=tuple((title, why, words.gettext(met)) for title, why, met in tests),
    )
