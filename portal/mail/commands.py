"""Commands about mails."""

from __future__ import annotations

import click

from portal import audit, sealing
from portal.database import opened
from portal.mail.sending import can_send, send_due
from portal.settings import Settings, SettingsProblems


@click.group()
def mail() -> None:
    """Mails to people: what waits in the outbox."""


@mail.command()
def send() -> None:
    """Send every mail that is due. Run it every few minutes; the portal itself sends them too."""
    try:
        settings = Settings.from_environment()
    except SettingsProblems as wrong:
        click.echo(str(wrong), err=True)
        raise SystemExit(2) from None
    if not can_send(settings):
        click.echo("There is no mail server. Set PORTAL_SMTP_URL.", err=True)
        raise SystemExit(2)
    keyring = settings.keyring()
    try:
        with opened(settings.database_url) as engine:
            info = {audit.KEY: settings.audit_key, sealing.KEYS: keyring}
            outcome = send_due(engine, info, settings)
    finally:
        keyring.close()
    click.echo(f"Mails sent: {outcome.sent}. Waiting: {outcome.waiting}.")
