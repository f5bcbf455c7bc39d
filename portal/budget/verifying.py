"""``portal budget verify``: whether every budget that was told can still be worked out as it was told."""

from __future__ import annotations

import click
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.budget.records import verify
from portal.database import UnsafeDatabase, opened
from portal.settings import Settings, SettingsProblems
from portal.upgrade import WrongVersion, need_current


@click.group("budget")
def budget() -> None:
    """The budgets that people were told."""


@budget.command("verify")
def verify_command() -> None:
    """Work out every budget that was told again, by the scheme that told it, and compare each receipt.

    The exit code is 1 when one is not what was told. The first such is named.
    """
    same = words = 0
    try:
        with opened(Settings.from_environment().database_url) as engine, Session(engine) as session:
            need_current(engine)
            for check in verify(session):
                if check.outcome == "other":
                    click.echo(f"Budget {check.told} of case {check.case} is not what was told: {check.why}.")
                    raise SystemExit(1)
                same += check.outcome == "same"
                words += check.outcome == "words"
    except (SettingsProblems, UnsafeDatabase, WrongVersion, OperationalError) as wrong:
        click.echo(str(wrong), err=True)
        raise SystemExit(2) from None
    click.echo(f"Budgets told: {same + words}. Worked out again to the same bytes: {same}.")
    if words:
        click.echo(f"With every number the same, and only words of the portal changed since: {words}.")
