"""The components by themselves, without the portal around them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from portal.paths import TEMPLATES

Draw = Callable[..., BeautifulSoup]


def translate(message: str, **values: object) -> str:
    return message % values if values else message


def money(amount: Decimal) -> str:
    return f"£{amount:,.2f}"


def _fields(*, once: bool) -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="token">')


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Draws a piece of template with some names, and reads what came of it."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=translate,
        csrf_token=lambda: "token",
        form_keeping=str,
        form_fields=_fields,
        static_root="/static/1",
    )
    environment.filters.update(say=str, money=money)

    def drawn(source: str, **names: object) -> BeautifulSoup:
        return BeautifulSoup(environment.from_string(source).render(names), "html.parser")

    return drawn
