"""Flask's application, without what it does around every answer and no page of the portal needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response

from portal.safeguards import InMemory

HEADERS = "headers"
"""Where an app keeps the headers that every answer has, as pairs."""

_PLAIN = re.compile(r"[\w/?=&.-]*", re.ASCII)


class Onward(Response):
    """An answer that leads on to another page, without a page of its own that nobody sees."""

    def get_wsgi_headers(self, environ: dict[str, Any]) -> Any:
        """The headers to send. Werkzeug takes an address apart to write it anew; a plain one may stay."""
        if not _PLAIN.fullmatch(self.headers["Location"]):
            return super().get_wsgi_headers(environ)
        self.headers["Content-Length"] = "0"
        return self.headers


class Portal(Flask):
    """The web application. None of its pages waits for others while it runs."""

    request_class = InMemory

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: Flask would look anew, a dozen times a request, whether it is a coroutine."""
        return func

    def redirect(self, location: str, code: int = 302) -> Onward:
        """An answer that leads on."""
        answer = Onward(status=code)
        answer.headers["Location"] = location
        return answer

    def wsgi_app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request. The headers that are always the same are put on as they leave, written once."""

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            return start_response(status, [*headers, *self.extensions[HEADERS]], error)

        return super().wsgi_app(environ, start)
