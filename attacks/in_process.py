"""A portal in this process, as in production: for attacks that send tens of thousands of requests."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from portal.app import create_app
from portal.database import opened
from portal.settings import Settings
from portal.upgrade import upgrade


@contextmanager
def portal(folder: Path, address: str) -> Iterator[Flask]:
    """The portal with the demonstration's pack on an empty database.

    :param folder: for the keys; ``address``: that of the database.
    """
    with opened(address) as engine:
        upgrade(engine)
    app = create_app(
        Settings(
            secret_key=secrets.token_urlsafe(48),
            encryption_key=secrets.token_urlsafe(48),
            keys_url=f"sqlite:///{folder}/keys.sqlite",
            database_url=address,
            demonstration=True,
        )
    )
    app.config["PREFERRED_URL_SCHEME"] = "https"
    try:
        yield app
    finally:
        app.extensions["engine"].dispose()
