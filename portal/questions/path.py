"""The path through the questions: what is asked now, what comes next, what is still open.

The path is derived from the sections of a pack and the answers, and never stored. An answer off the
path is kept but never counted, also not when a later question asks about it: a change of mind loses
nothing, and changing it back brings everything back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, partial
from hashlib import blake2b
from typing import Protocol

from portal.pack.conditions import Answers, Condition, Kept, holds, questions_in
from portal.pack.questions import Question, Section
from portal.questions.kinds import whole

Sections = tuple[Section, ...]
Test = Callable[[Answers], bool]


class Asks(Protocol):
    """What asks questions: a pack, or anything else with sections."""

    @property
    def sections(self) -> Sections:
        """The sections in order."""


class Stage(Enum):
    """How far a section has come."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far one section has come.

    :ivar asked: how many questions it asks now.
    :ivar answered: how many of these have an answer.
    :ivar complete: whether nothing that it asks must still be answered.
    :ivar first_open: the question to go on with; ``None`` when nothing is left to answer.
    """

    section: Section
    stage: Stage
    asked: int
    answered: int
    complete: bool
    first_open: Question | None


@dataclass(frozen=True)
class Walk:
    """The path for a set of answers.

    :ivar asked: the questions asked now, in order.
    :ivar places: where each question stands on the path, by its id.
    :ivar answers: what the path was found with, whether it counts or not.
    """

    sections: Sections
    asked: tuple[Question, ...]
    places: Mapping[str, int]
    answers: Answers

    @cached_property
    def counted(self) -> dict[str, Kept]:
        """The answers that count, in the order of the path: those to questions that are asked."""
        said = self.answers
        return {name: kept for name in self.places if (kept := said.get(name)) is not None}

    def asks(self, question_id: str) -> bool:
        """Whether this question is asked now."""
        return question_id in self.places

    def next_after(self, question_id: str) -> Question | None:
        """The question after this one; ``None`` after the last, or when this one is not asked."""
        return self._beside(question_id, 1)

    def before(self, question_id: str) -> Question | None:
        """The question before this one; ``None`` before the first, or when this one is not asked."""
        return self._beside(question_id, -1)

    def first_open(self) -> Question | None:
        """The question to go on with; ``None`` when nothing is left to answer."""
        return _first_open(self.asked, self.counted)

    def lacking(self) -> tuple[Question, ...]:
        """The questions that must still be answered before the assessment is whole."""
        return tuple(question for question in self.asked if _lacks(question, self.counted))

    def progress(self) -> tuple[SectionProgress, ...]:
        """How far each section has come. A section that asks nothing now is left out."""
        found = []
        for section in self.sections:
            here = tuple(question for question in section.questions if question.id in self.places)
            if here:
                found.append(_progress(section, here, self.counted))
        return tuple(found)

    def _beside(self, question_id: str, step: int) -> Question | None:
        place = self.places.get(question_id)
        if place is None or not 0 <= place + step < len(self.asked):
            return None
        return self.asked[place + step]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The questions of a pack with their conditions as functions, made once."""

    sections: Sections
    asked: tuple[tuple[Question, Test | None], ...]
    places: dict[str, int]
    asked_about: tuple[str, ...]
    """The questions that conditions look at: the same answers to these lead along the same path."""
    known: dict[bytes, tuple[tuple[Question, ...], dict[str, int]]] = field(default_factory=dict)
    """Paths, and the places on them, by a hash of the answers that lead there: no answer is held here."""


_ready: dict[int, _Compiled] = {}
"""Compiled sections by identity. The sections are held too, so that an identity is never used again."""

_MOST_READY = 32
"""Packs held at once; a process serves one or a few."""

_MOST_KNOWN = 2048
"""Paths held for each pack."""


def walk(pack: Asks, answers: Answers) -> Walk:
    """The path for these answers, and which of them count."""
    ready = _compiled(pack.sections)
    led_by = repr([answers.get(name) for name in ready.asked_about])
    key = blake2b(led_by.encode(errors="surrogatepass"), digest_size=16).digest()
    known = ready.known.get(key)
    if known is None:
        if len(ready.known) >= _MOST_KNOWN:
            ready.known.clear()
        asked = _asked(ready, answers)
        known = asked, {question.id: place for place, question in enumerate(asked)}
        ready.known[key] = known
    asked, places = known
    return Walk(pack.sections, asked, places, answers)


def _asked(ready: _Compiled, answers: Answers) -> tuple[Question, ...]:
    asked: list[Question] = []
    said: dict[str, Kept] = {}
    for question, test in ready.asked:
        if test is None or test(said):
            asked.append(question)
            kept = answers.get(question.id)
            if kept is not None:
                said[question.id] = kept
    return tuple(asked)


def section_place(pack: Asks, question_id: str) -> int:
    """The place of a question's section among all sections, counted from nought.

    :raises LookupError: when there is no such question.
    """
    return _compiled(pack.sections).places[question_id]


def path(pack: Asks, answers: Answers) -> tuple[Question, ...]:
    """The questions asked now, in order."""
    return walk(pack, answers).asked


def counted(pack: Asks, answers: Answers) -> dict[str, Kept]:
    """The answers that count: those to questions on the path, in its order."""
    return walk(pack, answers).counted


def _first_open(asked: tuple[Question, ...], said: Answers) -> Question | None:
    # An optional question without an answer is open until a later one is answered: then it was passed over.
    passed_over: Question | None = None
    for question in asked:
        if whole(question, said.get(question.id)):
            passed_over = None
        elif _lacks(question, said):
            return passed_over or question
        else:
            passed_over = passed_over or question
    return passed_over


def _lacks(question: Question, said: Answers) -> bool:
    kept = said.get(question.id)
    return not question.optional if kept is None else not whole(question, kept)


def _progress(section: Section, here: tuple[Question, ...], said: Answers) -> SectionProgress:
    complete = not any(_lacks(question, said) for question in here)
    stage = Stage.NOT_STARTED
    if any(question.id in said for question in here):
        stage = Stage.DONE if complete else Stage.IN_PROGRESS
    answered = sum(whole(question, said.get(question.id)) for question in here)
    return SectionProgress(section, stage, len(here), answered, complete, _first_open(here, said))


def _compiled(sections: Sections) -> _Compiled:
    ready = _ready.get(id(sections))
    if ready is None:
        if len(_ready) >= _MOST_READY:
            _ready.clear()
        questions = [question for section in sections for question in section.questions]
        places = {q.id: place for place, section in enumerate(sections) for q in section.questions}
        asked = tuple((q, _test(q.ask_if) if q.ask_if else None) for q in questions)
        named = {name.partition(".")[0]: None for q in questions for name, _options in questions_in(q.ask_if)}
        ready = _Compiled(sections, asked, places, tuple(named))
        _ready[id(sections)] = ready
    return ready


def _test(condition: Condition) -> Test:
    """A condition as a function: the same as :func:`holds`, with its form looked at only once."""
    if condition.all is not None:
        return _every(tuple(map(_test, condition.all)))
    if condition.any is not None:
        return _one_or_more(tuple(map(_test, condition.any)))
    if condition.none is not None:
        some = _one_or_more(tuple(map(_test, condition.none)))
        return lambda answers: not some(answers)
    named, question = condition.is_ or condition.is_not, condition.question
    if named is None or question is None or "." in question:
        return partial(holds, condition)
    wanted = condition.is_ is not None
    options = frozenset(named)

    def says(answers: Answers) -> bool:
        given = answers.get(question)
        if isinstance(given, str):
            return (given in options) is wanted
        if given is None:
            return False
        return any(option in given for option in named) is wanted

    return says


def _every(parts: tuple[Test, ...]) -> Test:
    def every(answers: Answers) -> bool:
        for part in parts:  # noqa: SIM110 - a generator costs more than the tests; a save runs hundreds
            if not part(answers):
                return False
        return True

    return every


def _one_or_more(parts: tuple[Test, ...]) -> Test:
    def one_or_more(answers: Answers) -> bool:
        for part in parts:  # noqa: SIM110 - as above
            if part(answers):
                return True
        return False

    return one_or_more
