"""Drawing the HTML that is printed, in one language, outside any request."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from portal.document.printing.characters import printable
from portal.paths import TEMPLATES
from portal.words import Language, paragraphs


def draw_html(template: str, words: Language, **values: Any) -> str:
    """A template of ``templates/`` drawn in a language.

    Every value in it is made printable; numbers, money and dates keep their order in a language that is
    read from right to left.
    """
    key = (words.code, words.mode, id(words.messages))
    if key not in _environments:
        _environments[key] = _environment(words)
    return _environments[key].get_template(template).render(values)


# Templates are compiled once for each language. Each environment holds its language, and with it the
# catalogue whose identity is part of the key.
_environments: dict[tuple[str, str, int], Environment] = {}


def _environment(words: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_globals(words))
    environment.filters.update(_filters(words))
    return environment


def _printable(value: Any) -> Any:
    if isinstance(value, Markup):
        return Markup(printable(value))  # noqa: S704 - it was safe and stays so
    return printable(value) if isinstance(value, str) else value


def _globals(words: Language) -> dict[str, Any]:
    def gettext(message: str, **values: Any) -> str:
        said = words.gettext(message)
        return Markup(escape(said)) % values if values else said  # noqa: S704 - it is escaped

    def ngettext(one: str, many: str, count: int, **values: Any) -> str:
        return words.ngettext(one, many, count, **values)

    return {"_": gettext, "ngettext": ngettext, "html_lang": words.code, "html_dir": words.direction}


def _isolated(told: str) -> Markup:
    """Words that keep their own order inside a line of the other direction."""
    letters = {unicodedata.bidirectional(character) for character in told}
    direction = "rtl" if letters & {"R", "AL"} else "ltr"
    return Markup('<bdi dir="{}">{}</bdi>').format(direction, told)


def _filters(words: Language) -> dict[str, Callable[..., Any]]:
    def kept_in_order(tell: Callable[..., str]) -> Callable[..., str]:
        if words.direction == "ltr":
            return tell
        return lambda value: _isolated(tell(value))

    return {
        "say": words.say,
        "paragraphs": paragraphs,
        "together": kept_in_order(str),
        **{name: kept_in_order(getattr(words, name)) for name in ("money", "money_whole", "number", "day")},
    }
