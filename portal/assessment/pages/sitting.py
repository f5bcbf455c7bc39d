"""What every page of the assessment works with: the case's answers, the path, and the way on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from portal.assessment.records import answers_of, forget_answer, keep_answer
from portal.assessment.rules.flags import Flag, flags
from portal.current import the_g, the_request
from portal.pack.conditions import Kept, answer_to, questions_in
from portal.pack.pack import Pack
from portal.pack.questions import Question
from portal.questions.numbers import question_numbers
from portal.questions.path import Walk, section_place, walk
from portal.questions.telling import answer_in_words
from portal.safeguards import db, now
from portal.sharing.access import pack_here, role
from portal.sharing.private import NEVER_SHOWN, close, hidden
from portal.words import words

FROM_CHECK = "check"
CAME_FROM = {FROM_CHECK: "assessment.check", "budget": "budget.show"}
"""Pages with links to change an answer, by their name in ``?from=``: where one goes back to afterwards."""

PREFIX = "/assessment"
"""``?from=check``: the person came from "check your answers" and goes back there."""

ABOUT_THE_HELPER = frozenset({"answering_for", "helper"})
"""Questions in which "you" is the one who types."""

SENSITIVE = frozenset(subject.removeprefix("answer ") for subject in NEVER_SHOWN)
"""Questions whose answer somebody the person is afraid of must not find by reading along."""

PRESSING_ROUTES = frozenset({"safeguarding", "urgent"})
SIGNPOSTED = frozenset({"young_carer", "parent_carer"})
PRESSING_FLAGS = frozenset({"worker_led"}) | SIGNPOSTED
UNSAFE = frozenset({"safeguarding", "self_harm"})


@dataclass
class Sitting:
    """One request's view of the assessment of one case."""

    case_id: str
    pack: Pack
    answers: dict[str, Kept]

    @cached_property
    def walk(self) -> Walk:
        """The path for the answers as they are."""
        return walk(self.pack, self.answers)

    def save(self, question: Question, kept: Kept | None) -> None:
        """Keep an answer, or take it away; nothing is written when nothing has changed."""
        before = self.answers.get(question.id)
        if kept == before:
            return
        if kept is None:
            forget_answer(db(), self.case_id, question.id, now(), before)
            del self.answers[question.id]
        else:
            keep_answer(db(), self.case_id, question.id, kept, now(), before, words=question.in_words)
            self.answers[question.id] = kept
        self.__dict__.pop("walk", None)

    def led_by(self, question: Question) -> tuple[Question, ...]:
        """The answered question that leads to this one; none when several may."""
        named = {name.partition(".")[0] for name, _options in questions_in(question.ask_if)}
        if len(named) != 1 or not named <= self.walk.counted.keys():
            return ()
        return (self.pack.questions[named.pop()],)

    def told_before(self, question: Question) -> list[tuple[str, str]]:
        """What the person said that leads to this question: its name and their answer."""
        said = self.walk.counted
        return [
            (words().say(earlier.short), ", ".join(answer_in_words(earlier, said[earlier.id], words())))
            for earlier in self.led_by(question)
            if f"answer {earlier.id}" not in hidden()
        ]

    def part(self, question: Question) -> dict[str, Any]:
        """The section a question belongs to, which of how many it is, and the question's number on paper."""
        place = section_place(self.pack, question.id)
        sections = self.pack.sections
        number = question_numbers(sections)[question.id]
        return {"section": sections[place], "place": place + 1, "places": len(sections), "number": number}

    def pressing(self, question: Question) -> tuple[Flag, ...]:
        """What the answer to this question asks to be told of at once."""
        if question.outcome is not None:
            # What somebody can do tells of need, not of danger: the commonest save is spared the look.
            return ()
        return tuple(
            flag
            for flag in flags(self.walk.counted)
            if question.id in flag.rests_on
            and (flag.route in PRESSING_ROUTES or flag.id in PRESSING_FLAGS)
            and flag.severity != "note"
        )

    def answering_for(self, question: Question | None = None) -> str | None:
        """Whom the visitor answers for: their name, ``""`` when it is not known, ``None`` for nobody."""
        said = self.walk.counted
        if said.get("answering_for") != "someone_else":
            return None
        if question is not None and question.id in ABOUT_THE_HELPER:
            return None
        name = answer_to("your_name.known_as", said) or answer_to("your_name.full_name", said)
        return name if isinstance(name, str) else ""

    def way_on(self, question: Question) -> str:
        """The address of the page after this question."""
        origin = came_from()
        if origin is None:
            after = self.walk.next_after(question.id)
            return address(after) if after else url_for("assessment.check")
        # What a changed answer has opened in its section is asked before going back to the answers.
        here = next(part for part in self.walk.progress() if question in part.section.questions)
        lacking = [each for each in self.walk.lacking() if each in here.section.questions]
        return address(lacking[0]) if lacking else url_for(CAME_FROM[origin])

    def way_back(self, question: Question) -> str:
        """The address of the page before this question."""
        origin = came_from()
        if origin is not None:
            return url_for(CAME_FROM[origin])
        earlier = self.walk.before(question.id)
        return address(earlier) if earlier else url_for("tasks.show")


def sitting() -> Sitting:
    """The assessment of the visitor's case."""
    case_id = the_g().case.id
    return Sitting(case_id, pack_here(), answers_of(db(), case_id))


def came_from() -> str | None:
    """The page that the person goes back to after changing an answer; ``None`` on the ordinary way."""
    asked = the_request()
    origin = asked.args.get("from") if asked.query_string else None
    return origin if origin in CAME_FROM else None


def address(question: Question) -> str:
    """The address of a question's page, on the same way as this one."""
    # Written out: it is asked for several times a page, and building it costs more than reading an answer.
    origin = came_from()
    return f"{PREFIX}/{question.id}?from={origin}" if origin else f"{PREFIX}/{question.id}"


def here(endpoint: str, **parts: str | int) -> str:
    """An address that keeps to the way on which the visitor is."""
    origin = came_from()
    if origin is not None:
        parts["from"] = origin
    return url_for(endpoint, **parts)  # type: ignore[arg-type]


def question_or_404(at: Sitting, question_id: str, kind: str | None = None) -> Question:
    """The question with this id and, where it matters, of this kind."""
    question = at.pack.questions.get(question_id)
    if question is None or kind not in (None, question.kind):
        abort(404)
    if question.id in SENSITIVE and question.id in at.answers and role().helps and not role().owns:
        close()
    return question


def to_first_open(at: Sitting) -> Response:
    """On to the first question that is still open, or to the answers when none is."""
    question = at.walk.first_open()
    return redirect(address(question) if question else url_for("assessment.check"), 303)
