"""Sends what waits in the outbox: by the council's mail server, or into a folder in the demonstration.

A mail is taken out, handed over and noted as sent, each in a transaction of its own. Whoever dies in
between loses nothing: after a while another one sends it. A mail keeps its name (``Message-ID``) over
all tries, so that the one moment in which nobody can know, when the server had taken it and could not
say so any more, is one that mailboxes can see through.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import smtplib
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.database import WRITES
from portal.lines import AWAY
from portal.mail.outbox import Letter, give_up, how_many_wait, note_sent, put_back, take_due
from portal.safeguards import now
from portal.settings import Settings

log = logging.getLogger("portal")
PAUSE = 60
"""Seconds after which the outbox is looked at again when nobody wrote a mail."""
_LONGEST = 20
_NEVER = range(550, 560)
"""What a server answers when there is no such mailbox; anything else may get better."""
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}

Carrier = Callable[[EmailMessage], None]


class NoSuchMailbox(Exception):
    """The server will never take a mail for this address."""


class Outcome(NamedTuple):
    """What became of the mails that were due."""

    sent: int
    waiting: int


def can_send(settings: Settings) -> bool:
    """Whether mails go anywhere at all."""
    return bool(settings.smtp_url or settings.mail_folder)


def message_of(letter: Letter, settings: Settings) -> EmailMessage:
    """A mail as it travels: plain text, and marked so that no machine answers it.

    :raises ValueError: when it is for no address at all; also
        :class:`email.errors.MessageError`, or :class:`IndexError` for some of them.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from or "plan-my-support@localhost"
    # One address and nothing else: what is none, or is several, goes nowhere.
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.made.replace(tzinfo=UTC))
    message["Message-ID"] = f"<{letter.id}@{settings.host.partition(':')[0] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def send_due(engine: Engine, info: Mapping[str, Any], settings: Settings) -> Outcome:
    """Send every mail that is due; those that cannot be sent now wait for a later try."""
    who, sent = secrets.token_hex(16), 0
    writing = engine.execution_options(**{WRITES: True})

    @contextlib.contextmanager
    def a_moment() -> Iterator[Session]:
        with Session(writing, info={**info}) as session, session.begin():
            yield session

    with _carrier(settings) as carry:
        while True:
            with a_moment() as session:
                letter = take_due(session, who, now())
            if letter is None:
                break
            try:
                carry(message_of(letter, settings))
            except (NoSuchMailbox, ValueError, IndexError, MessageError):
                with a_moment() as session:
                    give_up(session, letter.id, who)
            except OSError as wrong:
                # Its kind only: what a server says may repeat the address.
                log.warning("a mail could not be sent: %s", type(wrong).__name__)
                with a_moment() as session:
                    put_back(session, letter.id, who, now())
            else:
                with a_moment() as session:
                    note_sent(session, letter.id, who, now())
                sent += 1
    with a_moment() as session:
        return Outcome(sent, how_many_wait(session))


@contextlib.contextmanager
def _carrier(settings: Settings) -> Iterator[Carrier]:
    if settings.smtp_url:
        server = _Server(settings.smtp_url)
        try:
            yield server.send
        finally:
            server.close()
    else:
        yield lambda message: _into_folder(message, Path(settings.mail_folder))


class _Server:
    """The council's mail server: called when there is something to send, and for all of it once."""

    def __init__(self, address: str) -> None:
        self._address = urlsplit(address)
        self._line: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> None:
        line = self._line = self._line or self._call()
        try:
            line.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = {code for code, _said in refused.recipients.values()}
            if codes <= set(_NEVER):
                raise NoSuchMailbox from None
            raise
        except smtplib.SMTPResponseException:
            raise
        except OSError:
            # The line is broken; the next mail is sent over another one.
            self.close()
            raise

    def _call(self) -> smtplib.SMTP:
        host, secure = self._address.hostname or "", ssl.create_default_context()
        if self._address.scheme == "smtps":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._address.port or 465, timeout=_LONGEST, context=secure
            )
        else:
            line = smtplib.SMTP(host, self._address.port or 587, timeout=_LONGEST)
            if host not in _THIS_MACHINE:
                line.starttls(context=secure)
        if self._address.username:
            line.login(unquote(self._address.username), unquote(self._address.password or ""))
        return line

    def close(self) -> None:
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.quit()
            self._line = None


def _into_folder(message: EmailMessage, folder: Path) -> None:
    """Write a mail under its own name: written twice, it is there once."""
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    half = folder / f".{name}"
    half.write_bytes(message.as_bytes())
    half.replace(folder / f"{name}.eml")


class Postman:
    """Sends mails beside the pages of one process, soon after they were written."""

    def __init__(self, engine: Callable[[], Engine], info: Mapping[str, Any], settings: Settings) -> None:
        self._engine, self._info, self._settings = engine, info, settings
        self._called = threading.Event()
        self._at_work = threading.Lock()
        self._thread: threading.Thread | None = None
        self._enough = False

    def call(self) -> None:
        """A mail was written."""
        self._called.set()
        if self._at_work.acquire(blocking=False):
            # Only now, and not at the start: a server may make its processes after that.
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def rest(self) -> None:
        """Finish what is being sent and stop until called again, before the database is closed."""
        if self._thread is None:
            return
        self._enough = True
        self._called.set()
        self._thread.join()
        self._thread, self._enough = None, False
        self._at_work.release()

    def _work(self) -> None:
        while True:
            self._called.wait(PAUSE)
            self._called.clear()
            if self._enough:
                return
            try:
                send_due(self._engine(), self._info, self._settings)
            except AWAY as away:
                log.warning("the outbox could not be read: %s", type(away).__name__)
