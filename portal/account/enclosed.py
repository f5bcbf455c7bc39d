"""A plan opened from its PDF alone: the plan as data that lies inside, read as a copy is read.

Only a PDF that this portal or another copy of it made is read, and only as it was made: the enclosed
file is looked for where our renderer puts it, and must have the size and the checksum that stand beside
it. So no reader of PDF is needed, and nothing else in a file is looked at.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from portal.account.copied import Copy, read_copy
from portal.document.rules.canonical import read_document
from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import Line, Need, Said
from portal.document.rules.portraits import Picture
from portal.plan.rules.holding import TYPED
from portal.plan.rules.left import PLAN_PARTS
from portal.safeguards import takes_up_to

LARGEST_PDF = 4 * 2**20
"""Bytes of a PDF that is opened. A plan filled to the brim, with every picture, takes half of it."""
LARGEST_COPY = 4 * 2**20
"""Bytes of a copy in its own file. Each version of the plan in it has its pictures inside."""
_LARGEST_PLAN = 3 * 2**20

takes_pdf = takes_up_to(LARGEST_PDF)
"""The page takes a PDF of a plan."""

_BEGINS = b"%PDF-"
_ENCLOSED = re.compile(
    rb"<</Type /EmbeddedFile/Subtype /application#2fjson/Params "
    rb"<</CheckSum <([0-9a-f]{32})>/Size (\d{1,8})/[^<>]{0,120}>>"
    rb"/Filter /FlateDecode/Length (\d{1,8})>>\nstream\n"
)


def read_enclosed(pdf: bytes) -> PlanDocument | None:
    """The plan inside a PDF; ``None`` when there is none that can be believed."""
    found = _ENCLOSED.search(pdf) if pdf.startswith(_BEGINS) else None
    if found is None:
        return None
    checksum, size, length = found[1].decode(), int(found[2]), int(found[3])
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(pdf[found.end() : found.end() + length], _LARGEST_PLAN)
    except zlib.error:
        return None
    # Names the file, and proves nothing to anybody: who opens a copy is asked to look at it.
    if len(content) != size or hashlib.md5(content, usedforsecurity=False).hexdigest() != checksum:
        return None
    try:
        return read_document(content)
    except ValidationError:
        return None


def read_any(file: bytes) -> Copy | None:
    """A copy from its own file or from the PDF of a plan; ``None`` when it is neither."""
    document = read_enclosed(file)
    if document is not None:
        return copy_from(document)
    return read_copy(file) if len(file) <= LARGEST_COPY else None


def copy_from(document: PlanDocument) -> Copy | None:
    """What a plan says, as a copy that can be opened; ``None`` when it says what no page could have kept.

    It holds what the plan shows. Answers that the plan does not show stay where they were given.
    """
    behind = document.behind
    copy: dict[str, Any] = {
        "format": "plan-my-support/copy/1",
        "answer": [{"question": name, "value": value} for name, value in _answers(document).items()],
        "choice": [
            {"topic": "planner", "value": behind.planner or _chosen(document.planners)},
            {
                "topic": "money",
                "value": behind.money or _chosen(one.route for one in document.routes if one.kind),
            },
        ],
        "plan_line": [
            _line(place, line) | behind.lines.get(line.id, {}) for place, line in enumerate(document.lines)
        ],
        "plan_need": [
            {"outcome": need.outcome, "words": need.wanted or None, "met_by": need.met_by or None}
            for need in document.needs
            if need.wanted or need.met_by
        ],
        "plan_text": [
            *({"part": part, "words": words} for part, words in _texts(document).items()),
            *({"part": part, "words": "", "not_needed": True} for part in _not_needed(document)),
        ],
        "case_picture": [
            {"place": place, "part": part, "about": one.about, "content": one.content}
            for place, (part, one) in enumerate(_pictures(document))
        ],
        "plan_setback": _setbacks(document),
        "plan_route": [_route(route, held) for route, held in behind.routes.items()],
        "disagreement": list(behind.doubts),
    }
    try:
        return Copy.model_validate_json(json.dumps(copy, default=str))
    except ValidationError:
        return None


def _chosen(said: Iterable[Said]) -> dict[str, Any]:
    return {"chosen": [one.code for one in said]}


def _answers(document: PlanDocument) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    person = document.person
    if person.name or person.preferred_name:
        named = {"full_name": person.name, "known_as": person.preferred_name}
        answers["your_name"] = {name: value for name, value in named.items() if value}
    if document.important:
        answers["strengths"] = document.important
    for need in document.needs:
        answers |= _answers_about(need)
    if document.standing.wellbeing:
        answers["wellbeing"] = [one.code for one in document.standing.wellbeing]
    return answers | document.behind.answers


def _answers_about(need: Need) -> dict[str, Any]:
    told = {
        need.outcome: need.chosen,
        f"{need.outcome}_unable": [one.code for one in need.unable],
        f"{need.outcome}_matters": need.own_words,
    }
    return {name: value for name, value in told.items() if value}


def _line(place: int, line: Line) -> dict[str, Any]:
    return {
        "place": place,
        "kind": line.kind.code if line.kind else "sum",
        "what": line.what,
        "who": line.who,
        "needs": list(line.needs),
        "days": [one.code for one in line.days],
        "parts": [one.code for one in line.parts],
        "times": line.times,
        "quantity": line.quantity,
        "price": line.price,
        "every": line.every or None,
        "route": line.route.code if line.route else None,
        "starts": line.starts,
        "ends": line.ends,
        "slots": [(slot.day, slot.start, slot.end) for slot in line.slots],
        "workers": line.workers,
        "stream": line.stream.code if line.stream else None,
    }


def _texts(document: PlanDocument) -> dict[str, str]:
    texts = {
        "over": document.over_reason,
        "helped": document.helped,
        "review": document.review,
        "nobody_comes": document.nobody_comes,
        "carer_ill": document.carer_ill,
    }
    texts |= {one.code: one.words for one in (*document.about_me, *document.questions)}
    return {part: words for part, words in texts.items() if words and part in PLAN_PARTS}


def _pictures(document: PlanDocument) -> Iterator[tuple[str, Picture]]:
    for shown in document.about_me:
        yield from ((shown.code, one) for one in shown.pictures)


def _not_needed(document: PlanDocument) -> Iterator[str]:
    for one in document.questions:
        if one.not_needed and not one.words and one.code in PLAN_PARTS:
            yield one.code


def _route(route: str, held: Mapping[str, Any]) -> dict[str, Any]:
    typed = {name: words for name, words in held.items() if name in TYPED}
    return {"route": route, "facts": {name: held[name] for name in held if name not in typed}, "words": typed}


def _setbacks(document: PlanDocument) -> list[dict[str, Any]]:
    behind = document.behind
    worth = {risk.id: "worth" for risk in document.risks if risk.id} | dict(behind.worth)
    why = {risk.id: risk.why for risk in document.risks if risk.id} | dict(behind.worth_why)
    return [
        {
            "place": place,
            "wrong": one.what,
            "then": one.then,
            "call": one.call,
            "signs": one.signs,
            "worth": worth.get(one.id),
            "worth_why": why.get(one.id, ""),
        }
        for place, one in enumerate(document.setbacks)
    ]
