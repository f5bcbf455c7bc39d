"""Flask's application, without what it does around every answer and no page of the portal needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from flask import Flask, Response
from werkzeug.wsgi import get_host

from portal.sent import InMemory

HEADERS = "headers"
"""Where an app keeps the headers that every answer has, as pairs."""

NO_STORE = ("Cache-Control", "no-store")

_PLAIN = re.compile(r"[\w/?=&.-]*", re.ASCII)


class Onward(Response):
    """An answer that leads on to another page, without a page of its own that nobody sees."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Send it. Werkzeug takes an address apart to write it anew; a plain one may stay."""
        if not _PLAIN.fullmatch(self.headers["Location"]):
            return super().__call__(environ, start_response)
        start_response(self.status, [*self.headers, ("Content-Length", "0")])
        return ()


class Portal(Flask):
    """The web application. None of its pages waits for others while it runs."""

    request_class = InMemory

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: Flask would look anew, a dozen times a request, whether it is a coroutine."""
        return func

    def preprocess_request(self) -> Any:
        """What comes before every page. No blueprint of the portal has anything of its own for that."""
        for act in self.before_request_funcs[None]:
            answer = act()
            if answer is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        """What comes after every page: also the session is kept there, not where Flask would."""
        for act in reversed(self.after_request_funcs[None]):
            response = cast("Any", act)(response)
        return response

    def do_teardown_request(self, exc: BaseException | None = None) -> None:
        """What comes after every answer, whatever became of it."""
        for act in reversed(self.teardown_request_funcs[None]):
            cast("Any", act)(exc)

    def create_url_adapter(self, request: Any) -> Any:
        """What finds the page of an address. Werkzeug's own way looks at the host twice, for a request.

        :raises werkzeug.exceptions.SecurityError: for a host that is not the portal's.
        """
        if request is None:
            return super().create_url_adapter(None)
        request.trusted_hosts = self.config["TRUSTED_HOSTS"]
        request.host = get_host(request.environ, request.trusted_hosts)
        return self.url_map.bind(
            request.host,
            request.root_path,
            "",
            request.scheme,
            request.method,
            request.path,
            request.query_string.decode(errors="replace"),
        )

    def redirect(self, location: str, code: int = 302) -> Onward:
        """An answer that leads on."""
        answer = Onward(status=code)
        answer.headers["Location"] = location
        return answer

    def wsgi_app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request. The headers that are always the same are put on as they leave, written once."""

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            # What a page does not say of itself: that no browser keeps it.
            own = headers if any(name == "Cache-Control" for name, _said in headers) else [*headers, NO_STORE]
            return start_response(status, [*own, *self.extensions[HEADERS]], error)

        return super().wsgi_app(environ, start)
