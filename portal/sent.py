"""What a browser sent, as the portal reads it: a request."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any, cast
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import parse_cookie
from werkzeug.utils import cached_property

PLAIN_FORM = "application/x-www-form-urlencoded"
"""How browsers send a form that has no file."""

SHORT_FORM = 64 * 1024
"""Bytes of a form that is read at once: less than the portal takes of any form."""


class Parameters(ImmutableMultiDict[str, str]):
    """What an address, a form or a cookie says. What it does not say is told at once.

    Werkzeug makes an error for each name that is missing, a dozen times a save, and catches it again.
    """

    def get(self, key: str, *default: Any, **more: Any) -> Any:
        """As every mapping's: the first value of a name."""
        if key in self:
            return super().get(key, *default, **more)
        return default[0] if default else more.get("default")


class InMemory(Request):
    """A request whose files are never written to a disk, where they would lie open."""

    parameter_storage_class = dict_storage_class = Parameters

    @cached_property
    def cookies(self) -> Parameters:
        """The cookies, from where the server puts them: Werkzeug gathers them from all headers."""
        found: Parameters = cast("Any", parse_cookie)(self.environ, cls=Parameters)
        return found

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return BytesIO()

    def _load_form_data(self) -> None:
        """Read the form. A short one is read at once: Werkzeug makes a reader for files that it has not."""
        told, read = self.environ, self.__dict__
        length = told.get("CONTENT_LENGTH", "")
        plain = told.get("CONTENT_TYPE") == PLAIN_FORM and len(length) <= 5 and length.isdecimal()
        if not plain or int(length) > SHORT_FORM or "stream" in read or "_cached_data" in read:
            super()._load_form_data()
        elif "form" not in read:
            sent = told["wsgi.input"].read(int(length))
            if len(sent) < int(length):
                raise ClientDisconnected
            read["stream"], read["files"] = BytesIO(), Parameters()
            read["form"] = Parameters(_fields(sent))


def _fields(sent: bytes) -> list[tuple[str, str]]:
    """The fields of a form. What is no text has none, as Werkzeug has it."""
    try:
        text = sent.decode()
    except UnicodeDecodeError:
        return []
    return parse_qsl(text, keep_blank_values=True, errors="werkzeug.url_quote")
