"""Commands for whoever runs the portal: back up, restore, and look over the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal import audit as entries
from portal import backup as backups
from portal import trail
from portal.database import WRITES, UnsafeDatabase, one_moment, opened
from portal.keys import KeyProblem, Keyring
from portal.pack.faults import PackProblems
from portal.pack.once import pack_in
from portal.safeguards import now
from portal.settings import Settings, SettingsProblems
from portal.sharing.records import Case
from portal.upgrade import WrongVersion, need_current

_WRONG = (
    SettingsProblems,
    UnsafeDatabase,
    WrongVersion,
    KeyProblem,
    trail.BadSeal,
    PackProblems,
    backups.BackupProblem,
)


@contextmanager
def said_plainly() -> Iterator[None]:
    """What is wrong is said in words, and the command ends with 2."""
    try:
        yield
    except OperationalError as wrong:
        click.echo(f"The database cannot be used ({type(wrong.orig).__name__}).", err=True)
        raise SystemExit(2) from None
    except _WRONG as wrong:
        click.echo(str(wrong), err=True)
        raise SystemExit(2) from None


@contextmanager
def _reading() -> Iterator[Session]:
    settings = Settings.from_environment()
    with opened(settings.database_url) as made:
        need_current(made)
        with Session(one_moment(made), info={entries.KEY: settings.audit_key}) as session:
            yield session


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a backup of the database into FILE, while the portal runs, and check that it is whole."""
    with said_plainly():
        backups.take(Settings.from_environment().database_url, file)
    click.echo(f"The backup is in {file}. It is whole. Keep it where only you can read it.")
    click.echo("It holds no keys. Keep a copy of them too, somewhere else: portal keys escrow")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the backup in FILE where PORTAL_DATABASE_URL says. Nothing that is there is overwritten.

    The keys of its cases must be where PORTAL_KEYS_URL says.
    """
    with said_plainly():
        settings = Settings.from_environment()
        with closing(settings.keyring()) as keyring:
            _need_keys(file, keyring)
            backups.put_back(settings.database_url, file)
    click.echo("The backup is back. Now run: portal upgrade && portal tidy && portal audit verify")


def _need_keys(file: Path, keyring: Keyring) -> None:
    """Refuse a backup that could not be read, before anything is put back."""
    cases = backups.cases_in(file)
    lacking = len(set(cases) - keyring.known().keys())
    if lacking:
        raise backups.BackupProblem(
            f"The keys of {lacking} of {len(cases)} cases in this backup are not where PORTAL_KEYS_URL says, "
            "and without them nobody could read what was written. Name the right keys there, or bring them "
            "back from escrow first: portal keys restore FILE --with RECOVERY-KEY"
        )
    keyring.need(cases[:1])


@click.command()
@click.argument("reference")
@click.option("--release", is_flag=True, help="End the hold.")
def hold(reference: str, *, release: bool) -> None:
    """Let nothing delete the record with this REFERENCE, because of a complaint or a court case."""
    with said_plainly():
        settings = Settings.from_environment()
        with closing(settings.keyring()) as keyring, opened(settings.database_url) as engine:
            need_current(engine)
            info = {entries.KEY: settings.audit_key}
            with Session(engine.execution_options(**{WRITES: True}), info=info) as session, session.begin():
                found = session.execute(select(Case.id).where(Case.reference == reference.upper())).scalar()
                if found is None:
                    raise KeyProblem(f"There is no record with the reference {reference}.")
                keyring.release(found) if release else keyring.hold(found)
                entries.record(
                    session, found, "release" if release else "hold", "case", now(), actor="council"
                )
    click.echo("The hold has ended." if release else "The record is kept until: portal hold --release")


@click.group()
def audit() -> None:
    """The audit trail: who did what, kept so that nobody can change it unseen."""


@audit.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def seal(file: Path) -> None:
    """Write into FILE how every trail ends now. Keep it away from the database."""
    with said_plainly(), _reading() as session:
        if file.exists():
            raise backups.BackupProblem(f"{file} is there already. Choose another name.")
        file.write_text(trail.seal(session, now()), encoding="ascii")
    click.echo(f"The seal is in {file}. Keep it where nobody who can write to the database can write.")


@audit.command()
def forget() -> None:
    """Take out the trails of records that have been gone for as long as the pack says: its audit_days.

    What stays of each is one entry that says when it was taken out and how it ended, so that the rest can
    still be verified. The trail of a record that is there is never touched.
    """
    with said_plainly():
        settings = Settings.from_environment()
        days = pack_in(settings.pack_folder).retention.audit_days
        with opened(settings.database_url) as engine:
            need_current(engine)
            info = {entries.KEY: settings.audit_key}
            with Session(engine.execution_options(**{WRITES: True}), info=info) as session, session.begin():
                gone = trail.forget(session, now() - timedelta(days=days), now())
    click.echo(f"Trails taken out: {gone.trails}.")
    if gone.unsound:
        click.echo(f"Left, because they are not what was written: {gone.unsound}. See: portal audit verify")
        raise SystemExit(1)


@audit.command()
@click.option(
    "--seal", "sealed", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="An earlier seal."
)
def verify(sealed: Path | None) -> None:
    """Look whether every entry of every case is what was written.

    The first one that is not is named, and the exit code is 1. Without a seal, entries that were taken
    off the end of a trail are not seen.
    """
    with said_plainly():
        with _reading() as session:
            told = sealed.read_text(encoding="ascii", errors="replace") if sealed else ""
            ends = trail.read_seal(session, told) if sealed else None
            written = trail.written(session)
        settings = Settings.from_environment()
        found = trail.faults_in(settings.database_url, settings.audit_key, ends)
        first = next(found, None)
        if first is not None:
            click.echo(f"The audit trail is not what was written. {first}.")
            click.echo(f"Faults in all: {1 + sum(1 for _fault in found)}.")
            raise SystemExit(1)
        click.echo(f"The audit trail is sound. Entries: {written}.")
        if ends is None:
            click.echo("No seal was given, so that entries taken off the end of a trail would not be seen.")
