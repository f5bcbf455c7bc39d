"""Can somebody tell by the time it takes whether an address has an account? (T20)

    python -m attacks timing

Signs in with a wrong passphrase, and asks for a link, with known and unknown addresses in turn. The
medians of each pair must be within a tenth of each other. The fault that can be planted is a sign-in that
looks at no passphrase when there is no account.
"""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest import mock

from flask import Flask

from attacks.report import Place, Report
from portal.app import create_app
from portal.database import open_database
from portal.identity import passphrases
from portal.settings import Settings
from portal.signing_in import mails
from portal.signing_in.pages import entering
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


def medians(ask: Callable[[str], None], tries: int) -> tuple[float, float]:
    """Milliseconds for known and for unknown addresses, taken in turns."""
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(tries):
        for known in (True, False):
            began = time.perf_counter()
            ask(address(number % KNOWN if known else number, known=known))
            took[known].append((time.perf_counter() - began) * 1000)
    return statistics.median(took[True]), statistics.median(took[False])


def guess(app: Flask, page: str) -> Callable[[str], None]:
    """Fills in the form of a page with an address, and a passphrase where one is asked for."""
    person = visitor(app)
    fields = person.page(page).filled(page)

    def ask(email: str) -> None:
        answer = person.post(page, data={**fields, "email": email, "passphrase": secrets.token_hex(8)})
        assert answer.status_code in {303, 422}, answer.status_code

    return ask


def free() -> list[Any]:
    """Nobody waits: what is measured is the work, not the slowing down."""
    return [
        mock.patch.object(entering, "too_early", return_value=False),
        mock.patch.object(mails, "must_wait", return_value=False),
    ]


def report(place: Place, *, tries: int, percent: int, fault: str = "") -> Report:
    """Measure known and unknown addresses in turns.

    :param percent: how far the medians may be apart.
    """
    came = Report()
    app = portal(str(place.folder))
    make_accounts(app, KNOWN)
    skipping = mock.patch.object(
        entering, "matches", lambda kept, typed: kept is not None and passphrases.matches(kept, typed)
    )
    with ExitStack() as during:
        for each in [*free(), *([skipping] if fault else [])]:
            during.enter_context(each)
        for page in ("/account/sign-in",) if fault else ("/account/sign-in", "/account/forgotten"):
            known, unknown = medians(guess(app, page), tries)
            apart = abs(known - unknown) / max(known, unknown)
            came.figures |= {f"{page}, known in ms": known, f"{page}, unknown in ms": unknown}
            if apart > percent / 100:
                came.wrong.append(f"{page}: {known:.1f} and {unknown:.1f} ms, {apart:.0%} apart")
    app.extensions["engine"].dispose()
    return came
