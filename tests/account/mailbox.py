"""What the portal has written to people, read from its outbox; and an app for codes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pyotp
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.database import table_of
from portal.keys import MAIL
from portal.mail.outbox import Outbox
from portal.sealing import open_own
from tests.browsing import Page, Visitor


class Mail(NamedTuple):
    """One mail that waits."""

    to: str
    subject: str
    body: str

    @property
    def link(self) -> str:
        """The address its link leads to, without the host."""
        (found,) = re.findall(r"https?://[^/\s]+(/\S*)", self.body)
        return found


def mails(app: Flask) -> list[Mail]:
    """Every mail that waits, in the order in which they were written."""
    table = table_of(Outbox)
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        rows = session.execute(select(table).order_by(table.c.made)).all()
        return [Mail(*open_own(session, MAIL, f"outbox.letter {row.id}", row.letter)) for row in rows]


def to(app: Flask, email: str, about: str = "") -> list[Mail]:
    """The mails to one address, of which the subject says something."""
    return [mail for mail in mails(app) if mail.to == email and about in mail.subject]


class CodeApp:
    """An app for codes on somebody's phone, set up from the key that a page shows."""

    def __init__(self, page: Page) -> None:
        shown = page.soup.select_one("main code")
        assert shown is not None
        self._codes = pyotp.TOTP(shown.get_text().replace(" ", ""))

    def code(self, by: int = 0) -> str:
        """The code of now, or of so many steps later."""
        return str(self._codes.at(datetime.now(UTC) + timedelta(seconds=30 * by)))


def set_up_codes(visitor: Visitor) -> tuple[CodeApp, list[str]]:
    """Set up an app for whoever is signed in; the app, and the recovery codes."""
    page = visitor.page("/account/code-app")
    app = CodeApp(page)
    shown = visitor.send(page, {"code": app.code()}, to="/account/code-app")
    assert shown.heading == "Keep your recovery codes", shown.words
    return app, [each.get_text() for each in shown.soup.select("main code")]
