"""A finished page with its form filled in as somebody filled it in, whatever the page itself would show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from urllib.parse import urlsplit

from markupsafe import escape

_FORM = re.compile(r'<form method="post" action="([^"]*)".*?</form>', re.DOTALL)
_FIELD = re.compile(r"<input\b[^>]*>|<textarea\b[^>]*>.*?</textarea>|<select\b[^>]*>.*?</select>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
_OPTION = re.compile(r'<option value="([^"]*)"(?: selected)?>')
_CHOSEN = frozenset({"radio", "checkbox"})
_LEFT_ALONE = frozenset({"hidden", "submit", "file"})


def fill(page: str, path: str, fields: Mapping[str, Sequence[str]]) -> str:
    """The page with the fields of the form that goes to this path as they were sent.

    :param fields: every value of every field; a choice that is not among them was not made.
    """

    def filled(form: re.Match[str]) -> str:
        if urlsplit(unescape(form.group(1))).path != path:
            return form.group()
        return _FIELD.sub(lambda field: _filled(field.group(), fields), form.group())

    return _FORM.sub(filled, page)


def _filled(field: str, fields: Mapping[str, Sequence[str]]) -> str:
    head, end, rest = field.partition(">")
    tag, _space, said = head.partition(" ")
    attributes = dict(_ATTRIBUTE.findall(said))
    name, kind = unescape(attributes.get("name", "")), attributes.get("type", "text")
    if tag == "<input" and kind in _CHOSEN:
        chosen = unescape(attributes.get("value", "on")) in fields.get(name, ())
        return re.sub(r" checked\b", "", head) + (" checked>" if chosen else ">")
    if kind in _LEFT_ALONE or name not in fields:
        return field
    value = fields[name][0] if fields[name] else ""
    if tag == "<textarea":
        return f"{head}>\n{escape(value)}</textarea>"
    if tag == "<select":
        return head + end + _OPTION.sub(lambda option: _option(option.group(1), value), rest)
    head = re.sub(r' value="[^"]*"', "", head)
    return f'{head} value="{escape(value)}">'


def _option(offered: str, value: str) -> str:
    return f'<option value="{offered}"{" selected" if unescape(offered) == value else ""}>'
