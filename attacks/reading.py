"""Forms and links of a page, read as quickly as can be: an attack reads tens of thousands of pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VARYING = re.compile(r"(?<=/)(?:[A-Za-z0-9_-]{16,}|\d+)(?=/|$|\?)")


@dataclass
class Form:
    """A form: where it stands and goes, what it would send, and which of it is typed in or chosen."""

    page: str
    action: str
    method: str
    sent: list[tuple[str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def pattern(self) -> str:
        """The same for the same form of another visit, or on another page."""
        names = ",".join(sorted({_VARYING.sub("*", name) for name in self.names}))
        return f"{self.method} {_VARYING.sub('*', self.action.partition('?')[0])} {names}"


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: Form | None = None
        self._text: str | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        elif tag == "form":
            self._open = Form(self.page, told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._inside(self._open, tag, told)

    def _inside(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name = told.get("name", "")
        if tag == "option" and self._select:
            first = not any(each == self._select for each, _value in form.sent)
            if "selected" in told or first:
                form.sent = [pair for pair in form.sent if pair[0] != self._select]
                form.sent.append((self._select, told.get("value", "")))
            return
        if not name:
            return
        if name not in form.names:
            form.names.append(name)
        kind = told.get("type", "text")
        if tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "button":
            form.sent.append((name, told.get("value", "")))
        elif tag == "input" and (kind not in {"radio", "checkbox"} or "checked" in told):
            form.sent.append((name, told.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None and self._open is not None:
            self._open.sent.append((self._area, self._text.removeprefix("\n")))
            self._text = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._open = None


def like(address: str) -> str:
    """The same for the same page of another visit."""
    return _VARYING.sub("*", address.partition("?")[0])


def read(page: str, html: str) -> tuple[list[Form], list[str]]:
    """The forms and the links of a page.

    :param page: its address.
    """
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms, reader.links
