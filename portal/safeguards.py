"""What surrounds every request: its transaction, its clock, its language, and the browser's rules.

One transaction a request: committed when the page is good, rolled back when it is not. No page
commits. A page that shows an error but must not lose the right part of what was typed says so with
:func:`keep`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from sqlalchemy.engine import Connection, NestedTransaction
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter

from portal import sealing
from portal.current import the_app, the_g, the_request
from portal.database import to_write
from portal.england import day_in_england
from portal.lines import AWAY, Lines, lines_of
from portal.turns import others_turn
from portal.words import Language

if TYPE_CHECKING:
    from portal.pack.loading import Pack
    from portal.settings import Settings

MODES = ("standard", "larger", "easy")
"""Ways of reading every page."""

LOOK_COOKIES = {"mode": "look-mode", "language": "look-language"}
_MOST_FIGURES = 9
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - times are kept in UTC without a zone
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
"""The methods of requests that may change something."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex",
}
STRICT = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


class Work:
    """The database session of one request: one connection in one transaction.

    It is a :class:`~sqlalchemy.orm.Session` made only when a page asks for more than the connection:
    what every page reads and most pages write needs no more, and making one costs as much as a read.
    """

    def __init__(self, lines: Lines, line: Connection, info: dict[str, Any]) -> None:
        self._lines = lines
        self.line = line
        self.info = info
        self._session: Session | None = None

    def connection(self) -> Connection:
        """The request's connection."""
        return self.line

    def commit(self) -> None:
        """Write what is still held back, and commit."""
        if self._session is not None:
            self._session.commit()
        with others_turn():
            self.line.commit()
        sealing.erase_asked(self.info)

    def undo(self) -> None:
        """Roll back; a connection that cannot even do that is thrown away. What comes next begins anew."""
        try:
            if self._session is not None:
                self._session.close()
                self._session = None
            self.line.rollback()
        except AWAY:
            self.line.invalidate()

    def undo_to(self, point: NestedTransaction) -> None:
        """Undo what was done since a point of this transaction, and go on from there."""
        if self._session is not None:
            self._session.close()
            self._session = None
        # It may have been undone with everything before it.
        if point.is_active:
            point.rollback()

    def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        if self._session is not None:
            # It undoes what it did; where that fails, the connection is of no use to anybody.
            with suppress(*AWAY):
                self._session.close()
        self._lines.give_back(self.line)

    def __getattr__(self, name: str) -> Any:
        if self._session is None:
            self._session = Session(
                self.line, expire_on_commit=False, info=self.info, join_transaction_mode="rollback_only"
            )
        return getattr(self._session, name)


def db() -> Session:
    """The database session of this request, opened when it is first asked for."""
    here = the_g()
    work: Work | None = here.get("db")
    if work is None:
        extensions = the_app().extensions
        lines = lines_of(extensions["engine"])
        line = lines.take(to_change=the_request().method in WRITING)
        work = here.db = Work(lines, line, {**extensions["session_info"]})
    return cast("Session", work)


def write_first(write: Callable[[Session], None]) -> None:
    """Write something at once, in a transaction of its own, before the page is drawn.

    For what must be kept although the request only reads. What the request has read so far is let go,
    so that it never holds two connections; it goes on with a new one when it next asks for one.
    """
    _close(None)
    extensions = current_app.extensions
    with (
        Session(to_write(extensions["engine"]), info={**extensions["session_info"]}) as session,
        session.begin(),
    ):
        write(session)


def now() -> datetime:
    """The time in UTC, without a zone, as it is kept."""
    return _time(int(time.time()))


@lru_cache(maxsize=64)
def _time(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)


def today() -> date:
    """Today's date in England, for rules that depend on one."""
    return day_in_england(now())


def current_pack() -> Pack:
    """The pack of this council."""
    pack: Pack = the_app().extensions["pack"]
    return pack


def settings() -> Settings:
    """What the operator decided."""
    decided: Settings = current_app.extensions["settings"]
    return decided


def own_address() -> str:
    """Where links in mails and square codes on paper lead, as the operator says; ``""`` when not known.

    What a browser says of it is believed only in the demonstration: a mail with a link to elsewhere
    would hand its secret over.
    """
    return settings().address or (request.host_url.rstrip("/") if settings().demonstration else "")


def database_away(error: Exception) -> Response:
    """Undo what the request did, and answer that the database is away.

    For what happens after the page, where Flask asks nobody how to handle an error.
    """
    g.keep = False
    work: Work | None = g.get("db")
    if work is not None:
        work.undo()
    return current_app.make_response(current_app.handle_user_exception(error))


def keep(response: Any) -> Response:
    """Commit although the answer is an error: the right part of what was typed is kept."""
    g.keep = True
    return current_app.make_response(response)


View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(size: int) -> Callable[[View], View]:
    """The page takes a form with a file of up to so many bytes, from a visit that has a case open."""

    def mark(view: View) -> View:
        view.largest_file = size  # type: ignore[attr-defined]
        return view

    return mark


def _allow_file() -> None:
    """Before anything reads the form: let a file in where a page takes one, and nowhere else."""
    asked = the_request()
    if asked.method not in WRITING:
        return
    view = the_app().view_functions.get(asked.endpoint or "")
    largest = getattr(view, "largest_file", None)
    ended = g.get("expired")
    # Of a session that has ended the words beside the picture are still kept.
    if largest is not None and (g.get("held") is not None or (ended is not None and ended.held)):
        request.max_content_length = largest + current_app.config["MAX_CONTENT_LENGTH"]


class SmallNumber(IntegerConverter):
    """A number in an address: of nine figures at most, which every database can compare with its own."""

    regex = r"\d{1,9}"


def number_asked(name: str, otherwise: int) -> int:
    """A number that an address asks for behind its question mark.

    :param otherwise: what it is when it is missing, or no number a page could mean.
    """
    said = request.args.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_FIGURES else otherwise


def is_local(address: str) -> bool:
    """Whether an address leads to a page of this portal and nowhere else."""
    parts = urlsplit(address)
    return (
        not parts.scheme
        and not parts.netloc
        and address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and "\\" not in address
        and all(character >= " " for character in address)
    )


def guard(app: Flask) -> None:
    """Put the safeguards around every request of an app."""
    secure = app.extensions["settings"].secure_cookies
    app.extensions["headers"] = list(HEADERS.items()) + ([STRICT] if secure else [])
    app.before_request(_refuse_foreign)
    app.before_request(_allow_file)
    app.after_request(_finish)
    app.teardown_appcontext(_close)


def choose_words(languages: dict[str, Language], offered: tuple[str, ...], modes: tuple[str, ...]) -> Any:
    """A function that sets the language and mode of a request from its cookies.

    :param offered: the languages of the pack, the first one the fallback.
    """
    ready = {
        (code, mode): replace(languages[code], mode=mode)
        for code in offered
        if code in languages
        for mode in MODES
    }
    known = tuple(dict.fromkeys(code for code, _mode in ready))

    def choose() -> None:
        cookies = the_request().cookies
        asked = cookies.get(LOOK_COOKIES["language"], "")
        code = asked if asked in known else known[0]
        mode = cookies.get(LOOK_COOKIES["mode"], "standard")
        the_g().words = ready[code, mode if mode in modes else "standard"]

    return choose


def _refuse_foreign() -> None:
    """Refuse a form that another site sent, whatever its token says."""
    asked = the_request()
    if asked.method not in WRITING:
        return
    if asked.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = asked.headers.get("Origin")
    if origin and origin != "null" and urlsplit(origin).netloc != asked.host:
        abort(403)


def _finish(response: Response) -> Response:
    work: Work | None = the_g().get("db")
    if work is not None and the_request().method in WRITING:
        if response.status_code < 400 or g.get("keep", False):
            try:
                work.commit()
            except AWAY as error:
                response = database_away(error)
        else:
            work.undo()
    return response


def _close(_error: BaseException | None) -> None:
    work: Work | None = the_g().pop("db", None)
    if work is not None:
        work.close()
