"""The ``portal keys`` commands: wrap the keys anew, keep a copy of them in escrow, look at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import text

from portal import escrow
from portal.backup import replace_file
from portal.database import opened
from portal.keys import Entry, KeyProblem, Keyring
from portal.operating import said_plainly
from portal.safeguards import now
from portal.settings import Settings
from portal.upgrade import need_current

_FILE = click.Path(dir_okay=False, path_type=Path)
_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
_WITH = click.option("--with", "recovery", type=_THERE, required=True, help="The private recovery key.")


def _keyring() -> closing[Keyring]:
    return closing(Settings.from_environment().keyring())


@click.group()
def keys() -> None:
    """The keys that what people wrote is sealed with: rotation, escrow, and a look at them."""


@keys.command()
def rotate() -> None:
    """Wrap every key by the first key in PORTAL_ENCRYPTION_KEY. The portal may run meanwhile."""
    with said_plainly(), _keyring() as keyring:
        done = keyring.rotate()
    click.echo(f"Keys wrapped anew: {done}. All are wrapped by the first key in PORTAL_ENCRYPTION_KEY.")
    click.echo("Start every portal with the new key first, then take the older ones out of the setting.")


@keys.command()
@click.argument("name", type=_FILE)
def recovery(name: Path) -> None:
    """Make a recovery key: NAME.private.pem under a passphrase, and NAME.public.pem.

    Keep the private one away from every machine that runs the portal.
    """
    private, public = (name.with_name(f"{name.name}.{half}.pem") for half in ("private", "public"))
    with said_plainly():
        for file in (private, public):
            if file.exists():
                raise KeyProblem(f"{file} is there already. Choose another name.")
        passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
        if len(passphrase) < escrow.SHORTEST_PASSPHRASE:
            raise KeyProblem(f"Make it at least {escrow.SHORTEST_PASSPHRASE} characters long.")
        halves = escrow.recovery_pair(passphrase)
        for file, half in zip((private, public), halves, strict=True):
            replace_file(file, half)
    click.echo(f"The recovery key is in {private}. Keep it and its passphrase apart, away from the portal.")
    click.echo(f"Copies are made for {public}, which may lie anywhere.")


@keys.command("escrow")
@click.option("--out", type=_FILE, required=True, help="The one current copy; an older one is replaced.")
@click.option("--for", "recipient", type=_THERE, required=True, help="The public recovery key.")
def write_escrow(out: Path, recipient: Path) -> None:
    """Write the one current copy of all keys, which only the recovery key opens."""
    with said_plainly(), _keyring() as keyring:
        entries = list(keyring.entries())
        replace_file(out, escrow.sealed_copy(entries, escrow.public_key(recipient), now()))
    click.echo(f"The copy is in {out}. Keys: {_there(entries)}. Keep no older one: it opens erased cases.")


@keys.command()
@click.argument("file", type=_THERE)
@_WITH
def restore(file: Path, recovery: Path) -> None:
    """Put the copy in FILE where PORTAL_KEYS_URL says, wrapped by PORTAL_ENCRYPTION_KEY."""
    with said_plainly(), _keyring() as keyring:
        entries = escrow.opened_copy(file.read_bytes(), _private(recovery))
        keyring.fill(entries)
    click.echo(f"The keys are back: {_there(entries)}. Now run: portal keys check")


@keys.command()
@click.option("--escrow", "copy", type=_THERE, help="Also: whether this copy holds the same keys.")
@click.option("--with", "recovery", type=_THERE, help="The private recovery key that opens it.")
def check(copy: Path | None, recovery: Path | None) -> None:
    """Look whether every case has its key and every key opens. With a copy: whether it would do."""
    settings = Settings.from_environment()
    with said_plainly(), _keyring() as keyring:
        wrong = list(_wrong(keyring, settings.database_url))
        found = keyring.look()
        click.echo(f"Keys: {found.whole}. Erased: {found.erased}. Wrapped by an older key: {found.older}.")
        if copy is not None:
            if recovery is None:
                raise KeyProblem("Name the private recovery key: --with FILE")
            kept = escrow.opened_copy(copy.read_bytes(), _private(recovery))
            if kept != list(keyring.entries()):
                wrong.append("The copy is not the current one. Write it anew: portal keys escrow")
    for what in wrong:
        click.echo(what)
    if wrong:
        raise SystemExit(1)
    click.echo("The keys are sound.")


def _wrong(keyring: Keyring, address: str) -> Iterator[str]:
    for owner in keyring.look().shut:
        yield f"The key of {owner} does not open."
    with opened(address) as engine:
        need_current(engine)
        with engine.connect() as line:
            cases = set(line.execute(text("SELECT id FROM case_record")).scalars())
    known = keyring.known()
    lacking = len(cases - known.keys())
    erased = sum(known.get(case, False) for case in cases)
    spare = sum(not gone and owner not in cases and owner[0] != "@" for owner, gone in known.items())
    if lacking:
        yield f"Cases without a key: {lacking}. Name their keys in PORTAL_KEYS_URL, or bring them back."
    if erased:
        yield f"Cases whose key was erased: {erased}. They come from an older backup. Run: portal tidy"
    if spare:
        click.echo(f"Keys without a case: {spare}. They open nothing.")


def _there(entries: list[Entry]) -> int:
    return sum(entry.key is not None for entry in entries)


def _private(file: Path) -> X25519PrivateKey:
    passphrase = click.prompt("Passphrase of the recovery key", hide_input=True, err=True)
    return escrow.private_key(file, passphrase)
