"""Drawing the HTML that is printed, in one language, outside any request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from portal.document.printing.characters import printable
from portal.document.printing.directions import in_own_direction, kept_apart
from portal.paths import TEMPLATES
from portal.words import Language, paragraphs


def draw_html(template: str, words: Language, **values: Any) -> str:
    """A template of ``templates/`` drawn in a language.

    Every value in it is made printable. What is written in the other direction than the page keeps its
    own order and its full stops, and so do numbers, money and dates.
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
        finalize=lambda value: _printable(value, words.direction),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_globals(words))
    environment.filters.update(_filters(words))
    return environment


def _printable(value: Any, direction: str) -> Any:
    if isinstance(value, Markup):
        return Markup(printable(value))  # noqa: S704 - it was safe and stays so
    return in_own_direction(printable(value), direction) if isinstance(value, str) else value


def _globals(words: Language) -> dict[str, Any]:
    def gettext(message: str, **values: Any) -> str:
        said = words.gettext(message)
        if not values:
            return said
        given = {name: _apart(value) for name, value in values.items()}
        whole = in_own_direction(str(escape(said)), words.direction)
        return Markup(whole) % given  # noqa: S704 - it is escaped

    def _apart(value: Any) -> Any:
        plain = isinstance(value, str) and not isinstance(value, Markup)
        return in_own_direction(printable(value), words.direction) if plain else value

    def ngettext(one: str, many: str, count: int, **values: Any) -> str:
        return words.ngettext(one, many, count, **values)

    return {"_": gettext, "ngettext": ngettext, "html_lang": escape(words.code), "html_dir": words.direction}


def _filters(words: Language) -> dict[str, Callable[..., Any]]:
    def kept_in_order(tell: Callable[..., str]) -> Callable[..., str]:
        if words.direction == "ltr":
            return tell
        return lambda value: kept_apart(tell(value))

    return {
        "say": words.say,
        "paragraphs": lambda typed: paragraphs(in_own_direction(typed, words.direction)),
        "together": kept_in_order(str),
        **{name: kept_in_order(getattr(words, name)) for name in ("money", "money_whole", "number", "day")},
    }
