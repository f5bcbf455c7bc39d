"""What tests of sharing start from."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.sharing.people import People


@pytest.fixture
def people(app: Flask) -> People:
    """Makes accounts, cases, passports and browsers."""
    return People(app)
