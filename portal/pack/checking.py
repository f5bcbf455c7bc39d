"""What one file cannot tell: whether the files of a pack fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel

from portal.pack.charging import ChargingRates
from portal.pack.charging_checks import charging_problems
from portal.pack.colours import weak_pairs
from portal.pack.conditions import Condition
from portal.pack.council import Council
from portal.pack.eligibility import EligibilityPolicy
from portal.pack.faults import PackProblem
from portal.pack.kept import answer_faults
from portal.pack.pack import USABLE
from portal.pack.questions import Outcome, Question, Section, questions_of
from portal.pack.reading import Path_, Source
from portal.pack.references import (
    Known,
    condition_problems,
    counts_as_problems,
    fields_and_questions,
    nearest,
    policy_problems,
    scheme_problems,
    unknown_question,
)
from portal.pack.samples import Sample
from portal.pack.scheme import Scheme
from portal.pack.text import Words
from portal.pack.walking import parts_like

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Read(Generic[M]):
    """A file that was read and is sound in itself."""

    value: M
    source: Source


@dataclass
class Draft:
    """What could be read of a pack.

    :ivar files: the single files by name.
    :ivar whole: whether every file could be read; else what is missing may only be unread.
    """

    files: dict[str, Read[Any]] = field(default_factory=dict)
    sections: list[Read[Section]] = field(default_factory=list)
    carer_sections: list[Read[Section]] = field(default_factory=list)
    schemes: list[Read[Scheme]] = field(default_factory=list)
    policies: list[Read[EligibilityPolicy]] = field(default_factory=list)
    rates: list[Read[ChargingRates]] = field(default_factory=list)
    whole: bool = True

    def everything(self) -> Iterator[Read[Any]]:
        """Every file that was read."""
        yield from self.files.values()
        yield from self.sections
        yield from self.carer_sections
        yield from self.schemes
        yield from self.policies
        yield from self.rates


def check(draft: Draft) -> Iterator[PackProblem]:
    """Every fault between the files of a pack."""
    twice = list(_names(draft))
    yield from twice
    yield from _films(draft)
    yield from _periods(draft)
    if "council.yaml" in draft.files:
        yield from _colours(draft.files["council.yaml"])
        yield from _live(draft)
    if draft.whole and not twice:
        yield from _outcomes(draft)
        yield from _order(draft.sections)
        yield from _order(draft.carer_sections)
        yield from _references(draft)
        yield from _samples(draft)
    files = {name: (read.value, read.source) for name, read in draft.files.items()}
    yield from charging_problems(files, [(read.value, read.source) for read in draft.rates])


def _names(draft: Draft) -> Iterator[PackProblem]:
    """Ids that are given twice."""
    yield from _section_names(draft.sections)
    yield from _section_names(draft.carer_sections)
    for name, key in _LISTS.items():
        if name in draft.files:
            once, read = _Once("entry"), draft.files[name]
            for at, entry in enumerate(getattr(read.value, key)):
                yield from once.seen(entry.id, read.source, (key, at, "id"))
    versions = _Once("version of the scheme")
    for scheme in draft.schemes:
        name = f"{scheme.value.id} {scheme.value.version}"
        yield from versions.seen(name, scheme.source, ("version",))
    policies = _Once("policy")
    for policy in draft.policies:
        yield from policies.seen(policy.value.id, policy.source, ("id",))


def _section_names(among: list[Read[Section]]) -> Iterator[PackProblem]:
    sections, questions = _Once("section"), _Once("question")
    for read in among:
        yield from sections.seen(read.value.id, read.source, ("id",))
        for at, question in enumerate(read.value.questions):
            yield from questions.seen(question.id, read.source, ("questions", at, "id"))
            fields = _Once("field")
            for inner, part in enumerate(question.fields):
                where = ("questions", at, "fields", inner, "id")
                yield from fields.seen(part.id, read.source, where)


_LISTS = {
    "planners.yaml": "planners",
    "money.yaml": "routes",
    "prevention.yaml": "offers",
    "carers.yaml": "offers",
    "ideas.yaml": "ideas",
    "prices.yaml": "prices",
    "samples.yaml": "samples",
}


_FILM = re.compile(r"https://[\w.-]+\.\w+(:\d+)?(/\S*)?\Z")


class _Once:
    def __init__(self, what: str) -> None:
        self.what = what
        self.first: dict[str, str] = {}

    def seen(self, name: str, source: Source, where: Path_) -> Iterator[PackProblem]:
        """A problem when this name was seen before."""
        before = self.first.get(name, "")
        told = source.problem(
            where, f"there is a {self.what} {name} already, at {before}", "Give each a name of its own"
        )
        if before:
            yield told
        self.first.setdefault(name, f"{told.file}:{told.line}")


def _films(draft: Draft) -> Iterator[PackProblem]:
    for read in draft.everything():
        for where, words in parts_like(read.value, Words):
            if words.film is not None and not _FILM.match(words.film):
                yield read.source.problem(
                    (*where, "film"), "a film is a full address", "Write an address that starts with https://"
                )


def _periods(draft: Draft) -> Iterator[PackProblem]:
    """Schemes that would both give a figure on the same day."""
    dated = [read for read in draft.schemes if read.value.status in USABLE]
    dated.sort(key=lambda read: read.value.effective.from_)
    for at, read in enumerate(dated):
        for later in dated[at + 1 :]:
            start, end = later.value.effective.from_, read.value.effective.to
            if end is None or start <= end:
                yield later.source.problem(
                    ("effective",),
                    f"on {start} the scheme in {read.source.file} holds too",
                    "End the earlier one with to: on the day before, or write status: draft or retired",
                )


def _colours(read: Read[Council]) -> Iterator[PackProblem]:
    for name, ground, found, needed in weak_pairs(read.value.colours):
        given = read.value.colours.model_fields_set
        key = name if name in given or ground not in given else ground
        yield read.source.problem(
            ("colours", key),
            f"{name} on {ground} has a contrast of {found} to 1, it needs {needed}",
            "Choose a darker or lighter colour for one of the two",
        )


def _live(draft: Draft) -> Iterator[PackProblem]:
    if draft.files["council.yaml"].value.status != "live":
        return
    advice = "Write the council’s own figures, or status: demo in council.yaml"
    for read in draft.schemes:
        if read.value.illustrative:
            yield read.source.problem(("status",), "a live pack cannot use an illustrative scheme", advice)
    for name in ("prices.yaml", "planners.yaml"):
        read_file = draft.files.get(name)
        if read_file is not None and read_file.value.illustrative:
            yield read_file.source.problem(
                ("illustrative",), "a live pack cannot use illustrative prices", advice
            )


def _outcomes(draft: Draft) -> Iterator[PackProblem]:
    """The two questions on each of the ten outcomes: how able, and in which way unable."""
    questions = {question.id: question for question in _questions(draft)}
    for outcome in get_args(Outcome):
        for name, kind in ((outcome, "one_of"), (f"{outcome}_unable", "any_of")):
            question = questions.get(name)
            if question is None:
                source, where = _place(draft, outcome)
                problem, fix = (
                    f"there is no question {name}",
                    f"Add one of kind {kind} with outcome: {outcome}",
                )
                yield source.problem(where, problem, fix)
            elif (question.kind, question.outcome) != (kind, outcome):
                source, where = _place(draft, name)
                fix = f"Write kind: {kind} and outcome: {outcome}"
                yield source.problem(where, f"{name} asks about an outcome", fix)


def _place(draft: Draft, name: str) -> tuple[Source, Path_]:
    """Where a question stands; the top of the first file when there is none of this name."""
    for read in draft.sections:
        for at, question in enumerate(read.value.questions):
            if question.id == name:
                return read.source, ("questions", at, "id")
    return draft.sections[0].source, ()


def _questions(draft: Draft) -> Iterator[Question]:
    yield from questions_of(tuple(read.value for read in draft.sections))


def _order(sections: list[Read[Section]]) -> Iterator[PackProblem]:
    """A question depends on earlier ones only: the path is walked from the first to the last."""
    known = _known(sections)
    earlier: set[str] = set()
    for read in sections:
        for at, question in enumerate(read.value.questions):
            where: Path_ = ("questions", at, "ask_if")
            yield from condition_problems(question.ask_if, known, read.source, where)
            for inside, condition in parts_like(question.ask_if, Condition):
                name = condition.question.partition(".")[0] if condition.question else ""
                if condition.question in known and name not in earlier:
                    yield read.source.problem(
                        (*where, *inside, "question"),
                        f"{question.id} depends on {name}, which is asked later",
                        f"Move {question.id} below {name}",
                    )
            earlier.add(question.id)


def _known(sections: list[Read[Section]]) -> dict[str, Question]:
    return fields_and_questions(questions_of(tuple(read.value for read in sections)))


def _references(draft: Draft) -> Iterator[PackProblem]:
    known, of_carers = _known(draft.sections), _known(draft.carer_sections)
    for scheme in draft.schemes:
        yield from scheme_problems(scheme.value, known, scheme.source)
    for policy in draft.policies:
        group_knows = of_carers if policy.value.group == "carer" and of_carers else known
        yield from policy_problems(policy.value, group_knows, policy.source)
    offers = draft.files["prevention.yaml"]
    yield from condition_problems(offers.value, known, offers.source)
    carers = draft.files.get("carers.yaml")
    if carers is not None:
        yield from condition_problems(carers.value, of_carers, carers.source)
        yield from counts_as_problems(carers.value.counts_as, known, of_carers, carers.source)


def _samples(draft: Draft) -> Iterator[PackProblem]:
    read = draft.files.get("samples.yaml")
    if read is None:
        return
    adults: Known = {question.id: question for question in _questions(draft)}
    carers: Known = _known(draft.carer_sections)
    planners = [planner.id for planner in draft.files["planners.yaml"].value.planners]
    routes = [route.id for route in draft.files["money.yaml"].value.routes]
    for at, sample in enumerate(read.value.samples):
        where: Path_ = ("samples", at)
        known = carers if sample.group == "carer" else adults
        for name, kept in sample.answers.items():
            yield from unknown_question(name, known, read.source, (*where, "answers", name))
            for inside, problem, fix in answer_faults(known[name], kept) if name in known else ():
                yield read.source.problem((*where, "answers", name, *inside), problem, fix)
        yield from _link(sample, [one.id for one in read.value.samples], read.source, where)
        for key, there, names in _choices(sample, planners, routes):
            for inside, name in names:
                if name not in there:
                    problem = f"there is no {key} {name}"
                    yield read.source.problem((*where, *inside), problem, nearest(name, there))


def _link(sample: Sample, known: list[str], source: Source, where: Path_) -> Iterator[PackProblem]:
    if sample.link is not None and (sample.link.to not in known or sample.link.to == sample.id):
        others = [name for name in known if name != sample.id]
        problem = f"there is no other sample {sample.link.to}"
        yield source.problem((*where, "link", "to"), problem, nearest(sample.link.to, others))


def _choices(
    sample: Sample, planners: list[str], routes: list[str]
) -> Iterator[tuple[str, list[str], list[tuple[Path_, str]]]]:
    yield "planner", planners, [(("planners", name), name) for name in sample.planners]
    yield "money route", routes, [(("routes", at), name) for at, name in enumerate(sample.routes)]
    lines = sample.plan.lines if sample.plan is not None else ()
    named = [(("plan", "lines", at, "route"), line.route) for at, line in enumerate(lines) if line.route]
    yield "money route", [*routes, "own"], list(named)
