"""Somebody who has told their needs, and so may look at what they may have to pay."""

from __future__ import annotations

import pytest

from tests.browsing import Visitor
from tests.visiting import take_assessment


@pytest.fixture
def visitor(client: Visitor) -> Visitor:
    """Their assessment is whole; nothing is said about money."""
    take_assessment(client)
    return client
