"""A person does anything in any order, and a small model of the portal says what must come of it.

Hypothesis draws what is done, and when the portal and the model differ it looks for the shortest way there.
"""

from __future__ import annotations

import json
import secrets
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from, text

from attacks.in_process import portal
from attacks.people import PASSPHRASE, accept, account_of, form_to, invite, open_helped, send
from attacks.planting import Faults, planted
from attacks.reading import read
from attacks.report import Place, Report
from portal.text import clean

CHOICES = {
    "answering_for": ("me", "together", "someone_else"),
    "wish_self_assessment": ("yes", "no"),
    "nutrition": ("some", "alone"),
    "community": ("lot", "alone"),
}
"""Questions with one answer each, by the name of question and field."""
_WORDS = text(alphabet=sampled_from("aé<>&\"'{}%ß漢🙂\u202e\n "), min_size=1, max_size=12).map(clean)


class Model(RuleBasedStateMachine):
    """What one person, with at most two browsers, has kept; checked against what the pages show."""

    app: Flask
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.client = self._browser()
        self.begun = False
        self.account = ""
        self.signed_in = False
        self.answers: dict[str, str] = {}
        self.lines: list[str] = []
        self.helper: FlaskClient | None = None
        self.level = ""
        self.given = ""
        self.suggested: dict[str, str | None] = {}

    def _browser(self) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_REFERER"] = "https://localhost/"
        # Everybody is at home: many who try used codes from one place would be slowed down there.
        client.environ_base["REMOTE_ADDR"] = f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1"
        return client

    @precondition(lambda self: not self.begun and not self.signed_in)
    @rule()
    def begin(self) -> None:
        """Begin a private draft."""
        assert send(self.client, form_to(self.client, "/", "/start")) == 303
        self.begun, self.answers, self.lines, self.account = True, {}, [], ""
        self.helper, self.level, self.suggested = None, "", {}

    @precondition(lambda self: self.begun)
    @rule(question=sampled_from(sorted(CHOICES)), number=sampled_from((0, 1)))
    def answer(self, question: str, number: int) -> None:
        """Answer a question, or answer it again."""
        form = self._question(question)
        if form is not None:
            assert send(self.client, form, **{question: CHOICES[question][number]}) == 303
            self.answers[question] = CHOICES[question][number]

    @precondition(lambda self: self.begun)
    @rule(question=sampled_from(sorted(CHOICES)))
    def answer_wrongly(self, question: str) -> None:
        """Send an answer that is not offered: refused, and nothing changes."""
        form = self._question(question)
        if form is not None:
            assert send(self.client, form, **{question: "zq7"}) == 422

    @precondition(lambda self: self.begun and len(self.lines) < 6)
    @rule(words=_WORDS)
    def plan_a_line(self, words: str) -> None:
        """Plan a line of support in one's own words."""
        form = form_to(self.client, "/plan/line/new?kind=self", "/plan/line/new?kind=self")
        status = send(self.client, form, what=words)
        assert status == (303 if words else 422)
        if words:
            self.lines.append(words)

    @precondition(lambda self: self.begun and self.lines)
    @rule()
    def remove_a_line(self) -> None:
        """Take the first line of the board out again."""
        _forms, links = read("/plan", self._page("/plan"))
        address = next(link for link in links if link.startswith("/plan/line/") and "/new" not in link)
        page = self._page(address.partition("?")[0].rstrip("/") + "/remove")
        words = next((each for each in self.lines if _shown(each, page)), None)
        forms, _links = read(address, page)
        form = next(each for each in forms if each.action.endswith("/remove"))
        assert words is not None
        assert send(self.client, form) == 303
        self.lines.remove(words)

    @precondition(lambda self: self.begun and not self.account)
    @rule()
    def save(self) -> None:
        """Make an account that takes the draft along."""
        email = f"{secrets.token_hex(6)}@mail.example.org"
        form = form_to(self.client, "/account/save", "/account/save")
        assert send(self.client, form, email=email, passphrase=PASSPHRASE) == 303
        self.account, self.signed_in = email, True

    @precondition(lambda self: self.signed_in)
    @rule()
    def sign_out(self) -> None:
        """Sign out: this browser opens nothing of it any more."""
        assert send(self.client, form_to(self.client, "/account", "/account/sign-out")) == 303
        self.signed_in = self.begun = False
        assert self.client.get("/tasks").status_code == 303

    @precondition(lambda self: self.account and not self.signed_in and not self.begun)
    @rule(elsewhere=sampled_from((True, False)))
    def return_(self, elsewhere: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        """Come back, in this browser or in another one."""
        self.client = self._browser() if elsewhere else self.client
        form = form_to(self.client, "/account/sign-in", "/account/sign-in")
        assert send(self.client, form, email=self.account, passphrase=PASSPHRASE) == 303
        self.signed_in = self.begun = True

    @precondition(lambda self: self.begun and not self.signed_in)
    @rule()
    def delete(self) -> None:
        """Delete a private draft: nothing is left of it."""
        assert send(self.client, form_to(self.client, "/account/delete", "/account/delete")) == 303
        self.begun, self.answers, self.lines = False, {}, []
        assert self.client.get("/tasks").status_code == 303

    @precondition(lambda self: self.signed_in and not self.level)
    @rule(level=sampled_from(("see", "suggest", "write")))
    def invite(self, level: str) -> None:
        """Invite a helper, who accepts with their own account and opens the case."""
        if self.helper is None:
            self.helper = self._browser()
            account_of(self.helper)
        self.given, code = invite(self.client, level)
        accept(self.helper, code)
        assert open_helped(self.helper)
        form = form_to(self.helper, "/people/code", "/people/code")
        assert send(self.helper, form, code=code) == 422, "a used code works again"
        self.level = level

    @precondition(lambda self: self.helper is not None)
    @rule(question=sampled_from(sorted(CHOICES)), number=sampled_from((0, 1)))
    def help_with_an_answer(self, question: str, number: int) -> None:
        """The helper answers: it counts at once, waits as a suggestion, or is refused.

        Who changes a suggestion is asked first when the person has answered otherwise since it was made.
        """
        assert self.helper is not None
        form, value = self._question(question, self.helper), CHOICES[question][number]
        if self.level in {"", "see"}:
            assert form is None, "a helper may do more than was given"
        elif form is not None:
            kept = self.answers.get(question)
            asked = self.suggested.get(question, kept) != kept and value != kept
            assert send(self.helper, form, **{question: value}) == (409 if asked else 303)
            if self.level == "write" and not asked:
                self.answers[question] = value
                self.suggested.pop(question, None)
            elif self.level == "suggest" and not asked and value != kept:
                self.suggested[question] = kept

    @precondition(lambda self: self.signed_in and self.level)
    @rule()
    def revoke(self) -> None:
        """Take it back: the helper's next click finds nothing."""
        assert self.helper is not None
        forms, _links = read(self.given, self._page(self.given))
        assert send(self.client, next(one for one in forms if one.action.endswith("/remove"))) == 303
        self.level = ""
        assert not open_helped(self.helper)

    @precondition(lambda self: self.begun)
    @rule()
    def take_a_copy(self) -> None:
        """The copy of everything holds what the model holds, and nothing else of it."""
        answer = self.client.get("/account/copy")
        if answer.status_code != 200:
            return
        told = json.dumps(answer.get_json(), ensure_ascii=False)
        for words in self.lines:
            assert json.dumps(words, ensure_ascii=False)[1:-1] in told, words

    @invariant()
    def the_pages_show_what_was_kept(self) -> None:
        """Each answer is chosen on its page, each line stands on the board, and there are no others."""
        Model.steps += 1
        if not self.begun:
            return
        for question, value in self.answers.items():
            form = self._question(question)
            if form is not None:
                assert dict(form.sent).get(question) == value, question
        page = self._page("/plan")
        for words in self.lines:
            assert _shown(words, page), words

    @invariant()
    def the_helper_sees_what_was_given(self) -> None:
        """While they help, all lines; else no page of it."""
        if self.helper is None:
            return
        answer = self.helper.get("/plan")
        assert (answer.status_code == 200) == bool(self.level), (
            f"{self.level or 'revoked'}: {answer.status_code}"
        )
        for words in self.lines if self.level else ():
            assert _shown(words, answer.get_data(as_text=True)), words

    def _page(self, address: str) -> str:
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return answer.get_data(as_text=True)

    def _question(self, question: str, client: FlaskClient | None = None) -> Any:
        """The form of a question, if it is asked now, for the person or for somebody else."""
        answer = (client or self.client).get(f"/assessment/{question}")
        if answer.status_code != 200:
            return None
        forms, _links = read(f"/assessment/{question}", answer.get_data(as_text=True))
        return next((each for each in forms if question in each.names), None)


def _shown(words: str, page: str) -> bool:
    """Whether some words stand on a page as text."""
    escaped = page.replace("&#39;", "'").replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">")
    return " ".join(words.split()) in " ".join(escaped.replace("&amp;", "&").split())


def attack(app: Flask, runs: int, steps: int) -> Report:
    """Let people do anything, so many runs of so many steps at most."""
    machine = type("Drawn", (Model,), {"app": app})
    Model.steps = 0
    drawing = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    came = Report({"runs": runs})
    run: Callable[..., None] = run_state_machine_as_test
    try:
        run(machine, settings=drawing)
    except AssertionError as differs:
        where = next(
            frame
            for frame in reversed(traceback.extract_tb(differs.__traceback__))
            if frame.filename == __file__
        )
        notes = " ".join(getattr(differs, "__notes__", ()))
        told = f"{where.name}, line {where.lineno}: {where.line}: {differs} {notes}"
        came.wrong.append(f"the portal and the model differ: {told}"[:2000])
    came.figures["steps"] = Model.steps
    return came


def report(place: Place, *, runs: int, steps: int, fault: str = "") -> Report:
    """Make the attack on a portal of its own."""
    with portal(place.folder, place.address) as app, ExitStack() as plants:
        if fault == _NOT_TAKEN_BACK:
            plants.enter_context(patch("portal.sharing.pages.inviting.revoke", lambda *_given: None))
        elif fault:
            planted(app, _FAULTS[fault])
        return attack(app, runs, steps)


_NOT_TAKEN_BACK = "a passport is not taken back"
_FAULTS = {
    "a line is not shown": Faults(body=lambda page: page.replace("é", "e")),
    "wrong answers are taken": Faults(status=lambda text: 303 if "zq7" in text else None),
}
