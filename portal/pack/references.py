"""Whether the questions and options that a pack names are there."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping

from portal.pack.conditions import Condition
from portal.pack.eligibility import BandsLimb, Domain, EligibilityPolicy, OutcomesLimb
from portal.pack.faults import PackProblem
from portal.pack.questions import WITH_OPTIONS, Question
from portal.pack.reading import Path_, Source
from portal.pack.scheme import Quantity, Reducer, Scheme, ScoredQuestion
from portal.pack.values import UNKNOWN
from portal.pack.walking import parts_like

Known = Mapping[str, Question]
NUMBERS = frozenset({"number", "money"})


def fields_and_questions(questions: Iterable[Question]) -> dict[str, Question]:
    """Everything that an answer can be named by: questions, and fields of groups as ``group.field``."""
    known: dict[str, Question] = {}
    for question in questions:
        known[question.id] = question
        known.update({f"{question.id}.{field.id}": field for field in question.fields})
    return known


_ALIKE = 0.8
"""From here on two names of questions are one, written wrong. Many begin or end alike."""


def nearest(name: str, known: Collection[str]) -> str:
    """Advice that names what the author may have meant."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    if near:
        return f"Write {near[0]}"
    return f"Write one of {', '.join(known)}" if len(known) <= 12 else "Write one that is there"


def unknown_question(name: str, known: Known, source: Source, where: Path_) -> Iterator[PackProblem]:
    """A problem when no question has this name."""
    if name not in known:
        near = difflib.get_close_matches(name, list(known), n=1, cutoff=_ALIKE)
        fix = f"Write {near[0]}" if near else "Write one that is there, or add the question"
        yield source.problem(where, f"there is no question {name}", fix)


def condition_problems(
    value: object, known: Known, source: Source, where: Path_ = ()
) -> Iterator[PackProblem]:
    """Every condition inside a value that names a question or an option that is not there."""
    for inside, condition in parts_like(value, Condition):
        yield from _one_condition(condition, known, source, (*where, *inside))


def _one_condition(condition: Condition, known: Known, source: Source, where: Path_) -> Iterator[PackProblem]:
    name = condition.question
    if name is None:
        return
    question = known.get(name)
    if question is None:
        yield from unknown_question(name, known, source, (*where, "question"))
        return
    for key, named in (("is", condition.is_), ("is_not", condition.is_not)):
        for at, option in enumerate(named or ()):
            yield from unknown_option(option, question, source, (*where, key, at))
    bounded = condition.at_least is not None or condition.at_most is not None
    if bounded and question.kind not in NUMBERS:
        yield source.problem(
            where,
            f"{name} is not a number, so that nothing can be at least or at most",
            "Write is: or is_not:",
        )


def unknown_option(option: str, question: Question, source: Source, where: Path_) -> Iterator[PackProblem]:
    """A problem when a question has no option of this name."""
    if option in question.values:
        return
    if option in UNKNOWN:
        key = option.replace("-", "_")
        yield source.problem(
            where,
            f"{question.id} does not offer {option}",
            f"Add {key}: true to the question, or remove it here",
        )
    elif question.values:
        yield source.problem(where, f"{question.id} has no option {option}", nearest(option, question.values))
    else:
        yield source.problem(
            where,
            f"{question.id} has no options, it is of kind {question.kind}",
            "Write answered: true, or at_least: or at_most: for a number",
        )


def scheme_problems(scheme: Scheme, known: Known, source: Source) -> Iterator[PackProblem]:
    """Questions and options that an allocation scheme names and the pack does not have."""
    for at, scored in enumerate(scheme.questions):
        yield from _scored(scored, known, source, ("questions", at))
    for where, reducer in parts_like(scheme, Reducer):
        driver = known.get(reducer.driver)
        if driver is not None and driver.values:
            for option in reducer.table or ():
                yield from unknown_option(option, driver, source, (*where, "table", option))
    for where, quantity in parts_like(scheme, Quantity):
        looked_up = known.get(quantity.by or "")
        if looked_up is not None:
            for option in quantity.values or ():
                yield from unknown_option(option, looked_up, source, (*where, "values", option))
    yield from condition_problems(scheme, known, source)


def _scored(scored: ScoredQuestion, known: Known, source: Source, where: Path_) -> Iterator[PackProblem]:
    question = known.get(scored.id)
    if question is None:
        yield from unknown_question(scored.id, known, source, (*where, "id"))
        return
    for option in scored.points:
        yield from unknown_option(option, question, source, (*where, "points", option))
    for at, option in enumerate(scored.options):
        yield from unknown_option(option, question, source, (*where, "options", at))
    if (scored.each is not None or scored.bands) and question.kind not in NUMBERS:
        key = "each" if scored.each is not None else "bands"
        yield source.problem((*where, key), f"{scored.id} is not a number", "Write points: by option")
    if scored.points and question.kind in WITH_OPTIONS:
        # An option without points counts as nought: that may be meant, but never by being forgotten.
        for offered in question.options:
            if offered.id not in scored.points and not offered.exclusive:
                yield source.problem(
                    (*where, "points"),
                    f"{scored.id} has an option {offered.id} without points",
                    f"Add {offered.id}: and its points, 0 if none",
                )


def policy_problems(policy: EligibilityPolicy, known: Known, source: Source) -> Iterator[PackProblem]:
    """Questions and options that an eligibility policy names, and neither it nor the pack has."""
    known = fields_and_questions(policy.asks) if policy.asks else known
    for limb_at, banded in parts_like(policy, BandsLimb):
        for at, domain in enumerate(banded.domains):
            yield from _domain(domain, known, source, (*limb_at, "domains", at))
    for limb_at, limb in parts_like(policy, OutcomesLimb):
        ways = (*(way.id for way in limb.ways), *limb.not_ways, limb.no_way)
        for at, outcome in enumerate(limb.outcomes):
            where: Path_ = (*limb_at, "outcomes", at)
            asked = {"level": outcome.level, "unable": outcome.unable}
            for key, name in asked.items():
                yield from unknown_question(name, known, source, (*where, key))
            for key, options in (
                ("able", outcome.able),
                ("much", outcome.much),
                ("not_applicable", outcome.not_applicable),
            ):
                for option in options if outcome.level in known else ():
                    yield from unknown_option(option, known[outcome.level], source, (*where, key))
            for way in ways if outcome.unable in known else ():
                yield from unknown_option(way, known[outcome.unable], source, (*where, "unable"))
    yield from condition_problems(policy, known, source)


def counts_as_problems(
    counts_as: Mapping[str, str], known: Known, of_carers: Known, source: Source
) -> Iterator[PackProblem]:
    """Carers' questions that stand for one of a scheme, and cannot: other answers, or no such question."""
    for name, own in counts_as.items():
        where: Path_ = ("counts_as", name)
        yield from unknown_question(name, known, source, where)
        yield from unknown_question(own, of_carers, source, where)
        for option in of_carers[own].values if name in known and own in of_carers else ():
            if option not in UNKNOWN:
                yield from unknown_option(option, known[name], source, where)


def _domain(domain: Domain, known: Known, source: Source, where: Path_) -> Iterator[PackProblem]:
    question = known.get(domain.question)
    if question is None:
        yield from unknown_question(domain.question, known, source, (*where, "question"))
        return
    for option in domain.bands:
        yield from unknown_option(option, question, source, (*where, "bands", option))
    for option in question.values:
        if option not in domain.bands and option not in UNKNOWN:
            problem = f"{option} of {domain.question} falls in no band"
            yield source.problem((*where, "bands"), problem, f"Add {option}: and its band, or none")
