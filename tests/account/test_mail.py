"""Mails through a real mail server: none lost, none doubled, nothing added to their heads."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.database import WRITES
from portal.mail import outbox
from portal.mail.outbox import how_many_wait, note_sent, send, take_due
from portal.mail.sending import Outcome, Postman, send_due
from portal.safeguards import now
from portal.settings import Settings
from tests.conftest import ENCRYPTION, SECRET, keys_beside


class Mailboxes:
    """What a mail server keeps. It can be told to refuse."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("2"):
            read = message_from_bytes(envelope.content, policy=default)
            assert isinstance(read, EmailMessage)
            self.mails.append(read)
        return self.answer


@pytest.fixture
def server() -> Iterator[tuple[Mailboxes, str]]:
    """A mail server on this machine, and its address."""
    boxes = Mailboxes()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(boxes, hostname="127.0.0.1", port=port)
    controller.start()
    yield boxes, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def settings(app: Flask, database_url: str, server) -> Settings:
    """Settings of a portal that sends through the server."""
    return Settings(
        secret_key=SECRET,
        encryption_key=ENCRYPTION,
        database_url=database_url,
        keys_url=keys_beside(database_url),
        address="https://plan.example.org",
        smtp_url=server[1],
        mail_from="plans@council.example.org",
    )


def writing(app: Flask) -> Session:
    engine = app.extensions["engine"].execution_options(**{WRITES: True})
    return Session(engine, info={**app.extensions["session_info"]})


def write(
    app: Flask, to: str = "maya@example.org", subject: str = "Hello", body: str = "A line.", **more
) -> None:
    with writing(app) as session, session.begin():
        send(session, to, subject, body, now(), **more)


def run(app: Flask, settings: Settings) -> Outcome:
    return send_due(app.extensions["engine"], app.extensions["session_info"], settings)


def test_a_mail_arrives_as_it_was_written(app: Flask, settings: Settings, server) -> None:
    write(app, subject="Zażółć 🙂", body="Grüße.\n\nhttps://plan.example.org/account/reset/abc")
    assert run(app, settings) == (1, 0)
    (mail,) = server[0].mails
    assert (mail["To"], mail["From"]) == ("maya@example.org", "plans@council.example.org")
    assert mail["Subject"] == "Zażółć 🙂"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@plan.example.org>")
    assert "Grüße." in mail.get_content()
    assert "https://plan.example.org/account/reset/abc" in mail.get_content()
    assert run(app, settings) == (0, 0)


def test_nothing_typed_can_add_a_line_to_the_head(app: Flask, settings: Settings, server) -> None:
    write(app, "maya@example.org\r\nBcc: all@example.org", "Hi\r\nBcc: all@example.org\r\n\r\nBuy", "x")
    write(app, "maya@example.org, all@example.org")
    write(app, "")
    write(app, subject="Two\nlines")
    assert run(app, settings) == (1, 0)
    (mail,) = server[0].mails
    assert mail["Subject"] == "Two lines"
    assert mail["Bcc"] is None


def test_a_server_that_is_down_loses_nothing_and_is_tried_later_and_later(
    app: Flask, settings: Settings, server
) -> None:
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as clock:
        write(app)
        server[0].answer = "451 try again"
        for _minute in range(60):
            assert run(app, settings) == (0, 1)
            clock.shift(timedelta(minutes=1))
        server[0].answer = "250 OK"
        clock.shift(timedelta(hours=2))
        assert run(app, settings) == (1, 0)
    assert len(server[0].mails) == 1


def test_no_server_at_all_is_the_same(app: Flask, settings: Settings, server) -> None:
    from dataclasses import replace

    write(app)
    assert run(app, replace(settings, smtp_url="smtp://127.0.0.1:9")) == (0, 1)


def test_a_mailbox_that_is_not_there_keeps_nobody_waiting(app: Flask, settings: Settings, server) -> None:
    write(app, "nobody@example.org")
    write(app)
    assert run(app, settings) == (1, 0)


def test_a_mail_of_one_name_is_written_once(app: Flask, settings: Settings, server) -> None:
    for _time in range(3):
        write(app, once="draft-goes 7K3F-9QXM")
    assert run(app, settings) == (1, 0)
    write(app, once="draft-goes 7K3F-9QXM")
    assert run(app, settings) == (0, 0)


def test_what_was_undone_is_not_sent(app: Flask, settings: Settings, server) -> None:
    with writing(app) as session:
        send(session, "maya@example.org", "Hello", "x", now())
        session.rollback()
    assert run(app, settings) == (0, 0)


def test_two_that_send_at_once_send_each_mail_once(app: Flask, settings: Settings, server) -> None:
    write(app)
    with writing(app) as session, session.begin():
        taken = take_due(session, "one", now())
    with writing(app) as session, session.begin():
        assert take_due(session, "two", now()) is None
        assert taken is not None
        note_sent(session, taken.id, "two", now())
        assert how_many_wait(session) == 1
        note_sent(session, taken.id, "one", now())
        assert how_many_wait(session) == 0


def test_of_many_mails_one_is_taken_at_a_time(app: Flask, settings: Settings) -> None:
    for each in range(40):
        write(app, once=f"number {each}")
    with writing(app) as session, session.begin():
        if session.connection().dialect.name == "postgresql":
            # As it may well choose to look for them once it knows the table.
            for way in ("hashagg", "hashjoin", "mergejoin", "sort", "material"):
                session.execute(text(f"SET LOCAL enable_{way} = off"))
        assert take_due(session, "one", now()) is not None
        assert session.scalar(text("SELECT count(*) FROM outbox WHERE taken_by = 'one'")) == 1


KILLED = """
import os, sys
from portal import audit, sealing
from portal.database import open_database
from portal.mail import sending
from portal.settings import Settings
settings = Settings.from_environment()
when = sys.argv[1]
if when == "before":
    sending._Server.send = lambda *_all: os._exit(9)
else:
    handed = sending._Server.send
    def send(*all):
        handed(*all)
        os._exit(9)
    sending._Server.send = send
info = {audit.KEY: settings.audit_key, sealing.KEYS: settings.keyring()}
sending.send_due(open_database(settings.database_url), info, settings)
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_sender_that_is_killed_between_claim_and_done_loses_and_doubles_nothing(
    app: Flask, settings: Settings, server, when: str
) -> None:
    write(app)
    environment = {
        "PATH": "",
        "PORTAL_SECRET_KEY": settings.secret_key,
        "PORTAL_ENCRYPTION_KEY": settings.encryption_key,
        "PORTAL_DATABASE_URL": settings.database_url,
        "PORTAL_KEYS_URL": settings.keys_url,
        "PORTAL_ADDRESS": settings.address,
        "PORTAL_SMTP_URL": settings.smtp_url,
        "PORTAL_MAIL_FROM": settings.mail_from,
    }
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, when], env=environment, check=False, capture_output=True
    )
    assert killed.returncode == 9, killed.stderr.decode()
    assert run(app, settings) == (0, 1), "somebody may still be sending it"
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        assert run(app, settings) == (1, 0)
    # The server took it and could not say so any more: the same mail comes again under the same name,
    # by which mailboxes know it.
    assert len({mail["Message-ID"] for mail in server[0].mails}) == 1
    assert len(server[0].mails) == (1 if when == "before" else 2)


@pytest.mark.once
def test_a_planted_fault_is_found(app: Flask, settings: Settings, server, monkeypatch) -> None:
    monkeypatch.setattr(outbox, "LEASE", timedelta(minutes=-1))
    with pytest.raises(AssertionError, match="somebody may still be sending it"):
        test_a_sender_that_is_killed_between_claim_and_done_loses_and_doubles_nothing(
            app, settings, server, "before"
        )


def test_the_folder_of_the_demonstration_holds_each_mail_once(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    from dataclasses import replace

    folder = replace(settings, smtp_url="", mail_folder=str(tmp_path / "mail"), demonstration=True)
    write(app)
    assert run(app, folder) == (1, 0)
    (file,) = (tmp_path / "mail").iterdir()
    assert message_from_bytes(file.read_bytes(), policy=default)["Subject"] == "Hello"


def test_a_mail_is_sent_beside_the_page_that_wrote_it(app: Flask, settings: Settings, server) -> None:
    import time

    postman = Postman(lambda: app.extensions["engine"], app.extensions["session_info"], settings)
    write(app)
    postman.call()
    ends = time.monotonic() + 20
    while not server[0].mails and time.monotonic() < ends:
        time.sleep(0.02)
    # Whatever it still has to note is noted, and nothing of it goes on in the next test.
    postman.rest()
    assert len(server[0].mails) == 1
    assert run(app, settings) == (0, 0)


def test_the_operator_can_send_what_waits(app: Flask, settings: Settings, server, commands) -> None:
    write(app)
    assert "There is no mail server." in commands("mail", "send", fails=True)
    through = {"PORTAL_SMTP_URL": settings.smtp_url, "PORTAL_MAIL_FROM": settings.mail_from}
    assert commands("mail", "send", **through) == "Mails sent: 1. Waiting: 0.\n"
    assert len(server[0].mails) == 1
