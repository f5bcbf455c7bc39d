"""What the tests of accounts share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask import Flask

from portal.commands import main
from tests.conftest import ENCRYPTION, SECRET, keys_beside


@pytest.fixture
def commands(app: Flask, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command of the operator on the database of the test, and gives what it said."""
    environment = {
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_ENCRYPTION_KEY": ENCRYPTION,
        "PORTAL_KEYS_URL": keys_beside(database_url),
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_ADDRESS": "https://localhost",
    }

    def run(*words: str, fails: bool = False, **more: str) -> str:
        outcome = CliRunner().invoke(main, list(words), env=environment | more)
        assert (outcome.exit_code != 0) is fails, outcome.output
        return outcome.output

    return run
