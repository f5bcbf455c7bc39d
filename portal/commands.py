"""The ``portal`` command: start the portal, bring the database up, check a pack, allocate."""

from __future__ import annotations

import errno
import gc
import os
import socket
import threading
import time
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from sqlalchemy.exc import OperationalError

from portal import operating
from portal.assessment.commands import eligibility
from portal.budget.commands import allocate_command
from portal.budget.verifying import budget
from portal.catalogue.commands import catalogue, fill_demonstration
from portal.charging.commands import charge
from portal.document.commands import document_command
from portal.key_commands import keys
from portal.mail.commands import mail
from portal.plan.commands import agree_command, plan_commands
from portal.settings import Settings, SettingsProblems
from portal.staff.commands import account, staff

if TYPE_CHECKING:
    from portal.pack.pack import Pack

_APRIL = 4
_LONGEST_START = 60


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plan-my-support", prog_name="portal")
def main() -> None:
    """Plan my support: assess your needs, see an indicative budget and plan your support."""


def _settings() -> Settings:
    try:
        return Settings.from_environment()
    except SettingsProblems as wrong:
        _stop(str(wrong))


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(2)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    show_default="as many as the database allows",
    help="Requests a process works on at once.",
)
@click.option("--pack", metavar="NAME", help="A pack that ships, or a folder; else the one of PORTAL_PACK.")
def run(host: str, port: int, workers: int, threads: int | None, pack: str | None) -> None:
    """Bring the database to the newest version and start the portal."""
    # All that a start makes stays: looking for rubbish meanwhile takes a tenth of the time and finds none.
    gc.disable()
    if pack is not None:
        # The server's processes read the environment again.
        os.environ["PORTAL_PACK"] = pack
    settings = _settings()
    _free_port(host, port)
    sound = _sound_pack(settings.pack_folder)
    _bring_up(settings)
    _tidy(settings, sound)
    if settings.demonstration:
        _fill_catalogue(settings, sound)
    try:
        from granian.constants import Interfaces
        from granian.log import LogLevels
        from granian.server import Server

        from portal.serving import AT_ONCE, application
        from portal.waiting import MOST_WAITING
    except ImportError:
        _stop("The server is not installed. Install plan-my-support[serve].")

    class AnnouncedServer(Server):  # type: ignore[misc, valid-type]
        def startup(self, spawn_target: Any, target_loader: Any) -> None:
            # Most of these wait for somebody who sends slowly; those that work are counted.
            self.blocking_threads = MOST_WAITING
            super().startup(spawn_target, target_loader)
            gc.enable()
            # Only now: a thread at work while the server forks can leave its locks shut in the new process.
            threading.Thread(target=_say_where, args=(host, port), daemon=True).start()

    AnnouncedServer(
        "portal.serving:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=threads or AT_ONCE,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve(target_loader=lambda *_target: application(threads))


def _free_port(host: str, port: int) -> None:
    # The server shares its port between processes, so that without this two portals could share one too.
    try:
        with socket.create_server((host, port), reuse_port=False):
            pass
    except OSError as wrong:
        if wrong.errno == errno.EADDRINUSE:
            _stop(f"Port {port} is in use. Choose another, for example: make run PORT={port + 1}")
        _stop(f"The portal cannot listen on {host}, port {port}: {wrong.strerror}.")


def _say_where(host: str, port: int) -> None:
    """Say the address once the portal answers there."""
    ends = time.monotonic() + _LONGEST_START
    while time.monotonic() < ends:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            shown = f"[{host}]" if ":" in host else host
            click.echo(f"Plan my support is at http://{shown}:{port}/  (Ctrl+C stops it)")
            return


def _bring_up(settings: Settings) -> None:
    from portal.database import UnsafeDatabase, opened
    from portal.keys import KeyProblem
    from portal.upgrade import WrongVersion, need_keys
    from portal.upgrade import upgrade as upgrade_database

    try:
        with closing(settings.keyring()) as keyring, opened(settings.database_url) as engine:
            upgrade_database(engine, keyring=keyring)
            need_keys(engine, keyring)
    except (UnsafeDatabase, WrongVersion, KeyProblem) as wrong:
        _stop(str(wrong))
    except OperationalError as wrong:
        _stop(
            f"The database cannot be used ({type(wrong.orig).__name__}). "
            "Is it there, and may the portal write to it?"
        )


def _sound_pack(folder: Path) -> Pack:
    from portal.pack.faults import PackProblems
    from portal.pack.once import pack_in

    try:
        return pack_in(folder)
    except PackProblems as wrong:
        _stop(str(wrong))


@main.command()
def upgrade() -> None:
    """Bring the database to the newest version. Nothing happens when it is there already."""
    _bring_up(_settings())
    click.echo("The database is at the newest version.")


@main.command()
def tidy() -> None:
    """Delete the drafts that nobody has typed in for as long as the pack says. Run it once a day."""
    settings = _settings()
    click.echo(f"Drafts deleted: {_tidy(settings, _sound_pack(settings.pack_folder))}.")


def _tidy(settings: Settings, pack: Pack) -> int:
    from portal import audit, sealing
    from portal.database import opened
    from portal.paths import TRANSLATIONS
    from portal.retention import tidy as delete_old_drafts
    from portal.safeguards import now
    from portal.words import ENGLISH, read_languages

    with closing(settings.keyring()) as keyring, opened(settings.database_url) as engine:
        info = {audit.KEY: settings.audit_key, sealing.KEYS: keyring}
        english = read_languages(TRANSLATIONS)[ENGLISH]
        return delete_old_drafts(engine, pack, info, now(), english, settings.address)


def _fill_catalogue(settings: Settings, pack: Pack) -> None:
    from sqlalchemy.orm import Session

    from portal.database import WRITES, opened
    from portal.safeguards import now

    with (
        opened(settings.database_url) as engine,
        Session(engine.execution_options(**{WRITES: True})) as session,
        session.begin(),
    ):
        fill_demonstration(session, settings.pack_folder, pack.catalogue, now().date())


@main.group()
def pack() -> None:
    """What a council decides: start its pack, take files into it, check it."""


_FOLDER = click.Path(file_okay=False, path_type=Path)


@pack.command("new")
@click.argument("folder", type=_FOLDER)
@click.option("--name", prompt="The council’s name", help="The council’s own name; asked for if left out.")
@click.option(
    "--from",
    "first_day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day of its prices and its scheme; the last 1 April if left out.",
)
def new_pack(folder: Path, name: str, first_day: datetime | None) -> None:
    """Start a council's pack in FOLDER: sound at once, with what to change first said in each file."""
    from portal.pack.faults import PackProblems
    from portal.pack.new import start
    from portal.safeguards import now

    today = now().date()
    april = date(today.year if today.month >= _APRIL else today.year - 1, _APRIL, 1)
    try:
        written = start(folder, name.strip(), first_day.date() if first_day is not None else april)
    except PackProblems as wrong:
        _stop(str(wrong))
    click.echo("\n".join(f"{folder}/{file}" for file in written))
    click.echo(f"\nEach file says what to change first. Then: portal pack check {folder}")


@pack.command("take")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("files", nargs=-1, required=True)
def take_files(folder: Path, files: tuple[str, ...]) -> None:
    """Copy FILES of the demonstration into the pack in FOLDER, to change them there.

    A folder such as questions may be named too.
    """
    from portal.pack.faults import PackProblems
    from portal.pack.new import take

    try:
        written = take(folder, files)
    except PackProblems as wrong:
        _stop(str(wrong))
    click.echo("\n".join(f"{folder}/{file}" for file in written))


@pack.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--warnings", is_flag=True, help="Also: what to look at again in its schemes; no errors.")
def check_pack(folder: Path, *, warnings: bool) -> None:
    """Say what is wrong with the pack in FOLDER: file, line and what to write instead."""
    checked = _sound_pack(folder)
    click.echo(f"{folder} is sound. Its version is {checked.version}.")
    if warnings:
        from portal.pack.scheme.warnings import warnings_of
        from portal.safeguards import now

        for scheme in checked.schemes:
            for warning in warnings_of(scheme, now().date()):
                click.echo(f"{scheme.id}: {warning.rule}: {warning.message}")


main.add_command(agree_command)
main.add_command(plan_commands)
main.add_command(operating.backup)
main.add_command(operating.restore)
main.add_command(operating.hold)
main.add_command(operating.audit)
main.add_command(allocate_command)
main.add_command(budget)
main.add_command(catalogue)
main.add_command(charge)
main.add_command(document_command)
main.add_command(eligibility)
main.add_command(keys)
main.add_command(mail)
main.add_command(staff)
main.add_command(account)
