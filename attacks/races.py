"""Two windows at the same moment: pressed eight times, saved by two, begun twice.

python -m attacks races
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from attacks.in_process import portal
from attacks.reading import Form, read
from attacks.report import Place, Report
from portal.assessment.records import answers_of
from portal.sharing.records import Case
from portal.unsaved.rules import Merged

PRESSES = 8
_ADD, _WORDS, _NAME = "/assessment/helpers/add", "/assessment/nutrition_matters", "/assessment/your_name"
Fields = dict[str, list[str]]


@dataclass
class Person:
    """Somebody with as many windows as they like."""

    app: Flask

    def __post_init__(self) -> None:
        self.cookie = ""
        self.send(self.form("/", "/start"), 1)
        for question, answer in (("nutrition", "lot"), ("help_with", "nutrition")):
            page = f"/assessment/{question}"
            self.send({**self.form(page), question: [answer]}, 1, page)

    def form(self, page: str, action: str | None = None) -> Fields:
        """What the form of a page sends as it stands."""
        forms, _links = read(page, self.ask("GET", page).get_data(as_text=True))
        found: Form = next(form for form in forms if form.action.partition("?")[0] == (action or page))
        sent: Fields = {}
        for name, value in found.sent:
            sent.setdefault(name, []).append(value)
        return sent

    def send(self, fields: Fields, times: int, to: str = "/start") -> list[TestResponse]:
        """Send the same form from so many windows at once."""
        return self.at_once([lambda: self.ask("POST", to, fields)] * times)

    def at_once(self, asked: list[Callable[[], TestResponse]]) -> list[TestResponse]:
        """Every one of these at the same moment."""
        ready, answers = threading.Barrier(len(asked)), []

        def ask(one: Callable[[], TestResponse]) -> None:
            ready.wait()
            answers.append(one())

        windows = [threading.Thread(target=ask, args=(one,)) for one in asked]
        for window in windows:
            window.start()
        for window in windows:
            window.join()
        for cookie in (answer.headers.get("Set-Cookie") for answer in answers):
            self.cookie = cookie.partition(";")[0] if cookie else self.cookie
        return answers

    def ask(self, method: str, path: str, fields: Fields | None = None) -> TestResponse:
        """One request of one window."""
        headers = {"Cookie": self.cookie, "Referer": "https://localhost/"}
        client = self.app.test_client(use_cookies=False)
        answer = client.open(
            path, method=method, data=fields, headers=headers, base_url="https://localhost", buffered=True
        )
        if method == "GET" and (cookie := answer.headers.get("Set-Cookie")):
            self.cookie = cookie.partition(";")[0]
        return answer

    def stored(self) -> dict[str, Any]:
        """The answers as they are stored."""
        with Session(self.app.extensions["engine"], info={**self.app.extensions["session_info"]}) as session:
            newest = select(Case.id).order_by(Case.started.desc(), Case.id)
            cases = [answers_of(session, case) for case in session.execute(newest).scalars()]
        return next((answers for answers in cases if answers), {})


def _pressed(person: Person, _turn: int) -> Iterator[str]:
    """One new thing, its button pressed eight times."""
    before = len(person.stored().get("helpers", []))
    form = person.form(_ADD)
    form |= {"helpers-name": ["Anna"], "helpers-relation": ["child"], "helpers-hours": ["1"]}
    answers = person.send(form, PRESSES, _ADD)
    told = Counter((answer.status_code, answer.location) for answer in answers)
    made = len(person.stored().get("helpers", [])) - before
    if made != 1 or told != {(303, "/assessment/helpers"): PRESSES}:
        yield f"{PRESSES} presses made {made}, and were answered with {dict(told)}"
    person.send(person.form("/assessment/helpers/1/remove"), 2, "/assessment/helpers/1/remove")
    if len(person.stored()["helpers"]) != before:
        yield "two presses did not remove exactly one"


def _saved_by_two(person: Person, turn: int) -> Iterator[str]:
    """The same text, changed by two at once."""
    form = person.form(_WORDS)
    texts = [f"Mine {turn}", f"Theirs {turn}"]
    ways = [{**form, "nutrition_matters": [one]} for one in texts]
    answers = person.at_once([lambda way=way: person.ask("POST", _WORDS, way) for way in ways])  # type: ignore[misc]
    statuses = sorted(answer.status_code for answer in answers)
    if statuses != [303, 409]:
        yield f"two who saved the same were answered with {statuses}"
        return
    refused = next(answer for answer in answers if answer.status_code == 409).get_data(as_text=True)
    if not all(one in refused for one in texts):
        yield "who was refused was not shown both texts"
    if person.stored()["nutrition_matters"] not in texts:
        yield "neither text is stored"


def _merged(person: Person, turn: int) -> Iterator[str]:
    """Two boxes of one page, changed by two at once."""
    form = person.form(_NAME)
    changed = {"your_name-full_name": f"Ann {turn}", "your_name-known_as": f"Annie {turn}"}
    ways = [{**form, name: [value]} for name, value in changed.items()]
    person.at_once([lambda way=way: person.ask("POST", _NAME, way) for way in ways])  # type: ignore[misc]
    stored = person.stored()["your_name"]
    if (stored.get("full_name"), stored.get("known_as")) != tuple(changed.values()):
        yield f"of two boxes changed by two, {stored} is stored"


def _begun(person: Person, _turn: int) -> Iterator[str]:
    """A visit begun by eight presses."""
    other = Person.__new__(Person)
    other.app, other.cookie = person.app, ""
    form = other.form("/", "/start")
    before = _cases(person.app)
    answers = other.send(form, PRESSES)
    made = _cases(person.app) - before
    if made != 1 or {answer.status_code for answer in answers} != {303}:
        yield f"{PRESSES} presses on the start began {made} plans"


def _cases(app: Flask) -> int:
    with app.extensions["engine"].connect() as line:
        return len(line.execute(select(Case.id)).all())


_RACES: dict[str, Callable[[Person, int], Iterator[str]]] = {
    "pressed eight times": _pressed,
    "saved by two": _saved_by_two,
    "two boxes of one page": _merged,
    "begun eight times": _begun,
}


@contextmanager
def _planted(fault: str) -> Iterator[None]:
    if fault == "sent forms not remembered":
        with mock.patch("portal.unsaved.guarding.first_answer", return_value=None):
            yield
    elif fault == "versions not looked at":

        def mine(typed: Any, _stored: Any, _version: str) -> Merged:
            return Merged({name: list(values) for name, values in typed.items()}, ())

        with mock.patch("portal.unsaved.carried.merge", mine):
            yield
    else:
        yield


def report(place: Place, *, repeats: int, fault: str = "") -> Report:
    """Run every race so many times, and say what was made twice, lost or overwritten."""
    came = Report()
    with portal(place.folder, place.address) as app, _planted(fault):
        person = Person(app)
        for name, race in _RACES.items():
            wrong = [found for turn in range(repeats) for found in race(person, turn)]
            came.figures[name] = repeats
            came.wrong += wrong[:3]
    return came
