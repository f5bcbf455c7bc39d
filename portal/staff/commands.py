"""The operator's commands for accounts: invite staff, list and remove them; help who lost a second factor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal import audit, sealing
from portal.database import WRITES, UnsafeDatabase, opened, table_of
from portal.identity.codes import drop_seed
from portal.identity.factors import KnownDevice, Passkey
from portal.identity.links import LASTS, make_link
from portal.identity.records import (
    Account,
    account_by_email,
    add_account,
    delete_account,
    end_other_places,
)
from portal.identity.rules import has_lapsed
from portal.mail.outbox import one_line
from portal.safeguards import now
from portal.settings import Settings, SettingsProblems
from portal.upgrade import WrongVersion, need_current

_accounts = table_of(Account)


@click.group()
def staff() -> None:
    """The council's staff: invite them, see who they are, remove them."""


@click.group()
def account() -> None:
    """Accounts of people: for who cannot get in any more."""


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(2)


@contextmanager
def _writing() -> Iterator[tuple[Session, Settings]]:
    try:
        settings = Settings.from_environment()
        keyring = settings.keyring()
        info = {audit.KEY: settings.audit_key, sealing.KEYS: keyring}
        try:
            with opened(settings.database_url) as engine:
                need_current(engine)
                writing = engine.execution_options(**{WRITES: True})
                with Session(writing, info=info) as session, session.begin():
                    yield session, settings
        finally:
            keyring.close()
    except (SettingsProblems, UnsafeDatabase, WrongVersion) as wrong:
        _stop(str(wrong))


@staff.command()
@click.argument("email")
@click.option("--name", default="", help="What people read where this officer did something.")
def invite(email: str, name: str) -> None:
    """Make a staff account for EMAIL and print a link that works once.

    For an account of staff that is there: everything it signs in with is taken away, and it begins anew.
    """
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        _stop("That is not an email address.")
    with _writing() as (session, settings):
        known = account_by_email(session, email)
        if known is not None and not known.staff:
            _stop("Somebody has a plan under this address. Use the address of their work.")
        if known is None:
            made = add_account(session, email.strip(), None, now(), staff=True, name=one_line(name)[:120])
            assert made is not None
            account_id = made.id
        else:
            account_id = known.id
            begin_anew(session, account_id, one_line(name)[:120] or known.name)
        link = f"{settings.address}/account/join/{make_link(session, 'staff', account_id, now())}"
    click.echo(link if settings.address else f"{link}  (put the portal’s address before it)")
    click.echo(f"The link works once, for {LASTS['staff'].days} days. Hand it to nobody else.", err=True)


def begin_anew(session: Session, account_id: int, name: str) -> None:
    """Take away everything an account of staff signs in with; it is as if it were new."""
    for table in (table_of(Passkey), table_of(KnownDevice)):
        session.execute(delete(table).where(table.c.account_id == account_id))
    drop_seed(session, account_id)
    end_other_places(session, account_id)
    values = {"passphrase": None, "used": None, "made": now(), "name": name}
    session.execute(update(_accounts).where(_accounts.c.id == account_id).values(**values))


@staff.command("list")
def list_staff() -> None:
    """Say who has a staff account, when they last signed in, and whether it is shut by now."""
    with _writing() as (session, _settings):
        found = session.execute(select(Account).where(Account.staff)).scalars()
        lines = sorted(_told(each) for each in found)
    click.echo("\n".join(lines) or "There are no staff accounts. Make one: portal staff invite EMAIL")


def _told(officer: Account) -> str:
    last = officer.used.date().isoformat() if officer.used else "never"
    shut = "  shut: not used for 90 days" if has_lapsed(officer.used, officer.made, now()) else ""
    return f"{officer.email}  {officer.name or '-'}  last signed in: {last}{shut}"


@staff.command()
@click.argument("email")
def remove(email: str) -> None:
    """Remove the staff account of EMAIL. It is signed out everywhere at once."""
    with _writing() as (session, _settings):
        known = account_by_email(session, email)
        if known is None or not known.staff:
            _stop("There is no staff account with this address.")
        delete_account(session, known.id)
    click.echo("The account is gone, and signed out everywhere.")


@account.command("without-code")
@click.argument("email")
def without_code(email: str) -> None:
    """Let EMAIL sign in without a code from an app: for a person who lost app and recovery codes.

    Be sure who they are before. Their passphrase is still asked for. Staff are invited anew instead.
    """
    with _writing() as (session, _settings):
        known = account_by_email(session, email)
        if known is None or known.staff:
            _stop("There is no account of a person with this address. Staff are invited anew.")
        drop_seed(session, known.id)
        end_other_places(session, known.id)
    click.echo("Done. They sign in with their passphrase alone, and can set up a code again.")
