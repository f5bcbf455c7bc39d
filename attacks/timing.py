"""Can somebody tell by the time it takes whether an address has an account, or how a link goes on?

    python -m attacks timing

Signs in with a wrong passphrase, and asks for a link, with known and unknown addresses in turn; then opens
links that begin as a good one does, and others. The medians of each pair must be within a tenth of each
other. The faults that can be planted are a sign-in that looks at no passphrase when there is no account,
and links that are compared sign by sign.
"""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from itertools import takewhile
from typing import Any
from unittest import mock

from flask import Flask
from sqlalchemy.orm import Session

from attacks.report import Place, Report
from portal.app import create_app
from portal.database import open_database, to_write
from portal.identity import passphrases
from portal.identity.links import find_link, make_link
from portal.safeguards import now
from portal.settings import Settings
from portal.signing_in import mails
from portal.signing_in.pages import entering, forgotten
from portal.upgrade import upgrade
from tests.browsing import Visitor

KNOWN = 20


def address(number: int, *, known: bool) -> str:
    """An email address; each is tried but a few times, so that nobody has to wait."""
    return f"{'known' if known else 'other'}{number:05}@example.org"


def portal(folder: str) -> Flask:
    """A portal on this machine, called without a network between."""
    settings = Settings(
        secret_key=secrets.token_urlsafe(48),
        database_url=f"sqlite:///{folder}/portal.sqlite",
        demonstration=True,
    )
    engine = open_database(settings.database_url)
    upgrade(engine)
    engine.dispose()
    app = create_app(settings)
    app.config.update(TESTING=True, PREFERRED_URL_SCHEME="https")
    app.test_client_class = Visitor
    return app


def visitor(app: Flask) -> Visitor:
    """A browser that has not been here."""
    made = app.test_client()
    assert isinstance(made, Visitor)
    made.environ_base["HTTP_REFERER"] = "https://localhost/"
    return made


def make_accounts(app: Flask, number: int) -> None:
    """Accounts to be guessed at."""
    for each in range(number):
        person = visitor(app)
        person.send("/", to="/start")
        person.send(
            "/account/save",
            {"email": address(each, known=True), "passphrase": "seven purple kettles sing"},
            to="/account/save",
        )


def medians(known: Callable[[int], None], other: Callable[[int], None], tries: int) -> tuple[float, float]:
    """Milliseconds for what is known, and for what is not, taken in turns."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(tries):
        for ask, times in zip((known, other), took, strict=True):
            began = time.perf_counter()
            ask(number)
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(took[0]), statistics.median(took[1])


def guess(app: Flask, page: str) -> tuple[Callable[[int], None], Callable[[int], None]]:
    """Fill in the form of a page with an address, known or not, and a passphrase where one is asked for."""
    person = visitor(app)
    fields = person.page(page).filled(page)

    def ask(email: str) -> None:
        answer = person.post(page, data={**fields, "email": email, "passphrase": secrets.token_hex(8)})
        assert answer.status_code in {303, 422}, answer.status_code

    return lambda number: ask(address(number % KNOWN, known=True)), lambda number: ask(
        address(number, known=False)
    )


def open_links(app: Flask) -> tuple[Callable[[int], None], Callable[[int], None]]:
    """Open a link that begins as one that was sent, or one that was made up."""
    engine = to_write(app.extensions["engine"])
    with Session(engine, info=app.extensions["session_info"]) as session, session.begin():
        token = make_link(session, "reset", None, now())
    person = visitor(app)

    def ask(begins: str) -> None:
        made_up = secrets.token_urlsafe(32)
        answer = person.get(f"/account/reset/{begins}{made_up[len(begins) :]}")
        assert answer.status_code == 410, answer.status_code

    return lambda _number: ask(token[:-4]), lambda _number: ask("")


def _sign_by_sign(find: Callable[..., Any]) -> Callable[..., Any]:
    """Finds a link as somebody would who compares it with each that was sent, and stops where they differ."""
    sent: list[str] = []

    def found(session: Session, purpose: Any, token: str, at: datetime) -> Any:
        known = sent[0] if sent else token
        sent.append(token)
        alike = takewhile(lambda signs: signs[0] == signs[1], zip(known, token, strict=False))
        time.sleep(sum(1 for _sign in alike) / 1000)
        return find(session, purpose, token, at)

    return found


def free() -> list[Any]:
    """Nobody waits: what is measured is the work, not the slowing down."""
    return [
        mock.patch.object(entering, "too_early", return_value=False),
        mock.patch.object(mails, "must_wait", return_value=False),
    ]


def report(place: Place, *, tries: int, percent: int, fault: str = "") -> Report:
    """Measure in turns what somebody could tell apart.

    :param percent: how far the medians may be apart.
    """
    came = Report()
    app = portal(str(place.folder))
    make_accounts(app, KNOWN)
    asked = {page: partial(guess, app, page) for page in ("/account/sign-in", "/account/forgotten")}
    asked["a link"] = partial(open_links, app)
    with ExitStack() as during:
        for each in [*free(), *([_FAULTS[fault]()] if fault else [])]:
            during.enter_context(each)
        for what, ask in asked.items():
            known, unknown = medians(*ask(), tries)
            apart = abs(known - unknown) / max(known, unknown)
            came.figures |= {f"{what}, known in ms": known, f"{what}, unknown in ms": unknown}
            if apart > percent / 100:
                came.wrong.append(f"{what}: {known:.1f} and {unknown:.1f} ms, {apart:.0%} apart")
    app.extensions["engine"].dispose()
    return came


def _no_work() -> Any:
    return mock.patch.object(
        entering, "matches", lambda kept, typed: kept is not None and passphrases.matches(kept, typed)
    )


_FAULTS: Mapping[str, Callable[[], Any]] = {
    "no work for an address without an account": _no_work,
    "links are compared sign by sign": lambda: mock.patch.object(
        forgotten, "find_link", _sign_by_sign(find_link)
    ),
}
