"""``portal catalogue``: take in a saved feed of services, and say what is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
from sqlalchemy.orm import Session

from portal.catalogue.records import Imported, count, keep_feed
from portal.catalogue.rules.feed import Feed, read_feed
from portal.database import WRITES, opened
from portal.pack.catalogue import CatalogueRules
from portal.pack.extending import open_files
from portal.pack.once import pack_in
from portal.safeguards import now
from portal.settings import Settings, SettingsProblems
from portal.upgrade import need_current

DEMONSTRATION = "demonstration"
"""The name of the feed of invented services."""

_FEED = click.Path(exists=True, path_type=Path)


@click.group()
def catalogue() -> None:
    """The catalogue of services near here."""


@catalogue.command("import")
@click.argument("saved", type=_FEED, nargs=-1, required=True)
@click.option("--source", required=True, help="The feed's name: the same at each import of it.")
@click.option("--dry-run", is_flag=True, help="Read and tell, and keep nothing.")
def import_feed(saved: tuple[Path, ...], source: str, *, dry_run: bool) -> None:
    """Take in a feed that was SAVED as JSON: files with its pages, or folders of them.

    Open Referral UK version 3 and the older version 1 are read. What is wrong with a row is told with
    its file and line; the exit status is 1 when a row had to be left out.
    """
    settings = _settings()
    rules = pack_in(settings.pack_folder).catalogue
    if rules is None:
        raise click.ClickException("The pack has no catalogue.yaml. See docs/catalogue.md for what to write.")
    feed = read_feed(_files(saved))
    for fault in feed.faults:
        click.echo(str(fault), err=True)
    if not dry_run and feed.services:
        with opened(settings.database_url) as engine:
            need_current(engine)
            with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
                done = keep_feed(session, source, feed.services.values(), rules.matching, now().date())
        click.echo(_told(done))
    click.echo(
        f"{feed.rows} rows: {len(feed.services)} services, {feed.repeated} there twice, {feed.lost} left out."
    )
    raise SystemExit(1 if feed.lost or not feed.services else 0)


@catalogue.command("list")
def list_feeds() -> None:
    """Say which feeds are in the catalogue, with how many services each."""
    with opened(_settings().database_url) as engine, Session(engine) as session:
        found = count(session)
    for source, services in sorted(found.items()):
        click.echo(f"{source}: {services} services")
    if not found:
        click.echo("The catalogue is empty. Take in a feed: portal catalogue import FILE --source NAME")


def _settings() -> Settings:
    try:
        return Settings.from_environment()
    except SettingsProblems as wrong:
        raise click.ClickException(str(wrong)) from None


def _files(saved: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    for path in saved:
        for file in sorted(path.rglob("*.json")) if path.is_dir() else (path,):
            yield str(file), file.read_text(encoding="utf-8-sig", errors="replace")


def _told(done: Imported) -> str:
    return (
        f"{done.new} new, {done.changed} changed, {done.same} the same, {done.gone} not in the feed any more."
    )


def fill_demonstration(session: Session, folder: Path, rules: CatalogueRules | None, on: date) -> Feed | None:
    """Take in the invented services that a demonstration's pack brings along, once.

    :param folder: the pack's folder. What it does not have comes from the pack it is built on.
    """
    if rules is None or DEMONSTRATION in count(session):
        return None
    saved = open_files(folder).file("catalogue")
    if saved is None:
        return None
    feed = read_feed(_files((saved.path,)))
    keep_feed(session, DEMONSTRATION, feed.services.values(), rules.matching, on)
    return feed
