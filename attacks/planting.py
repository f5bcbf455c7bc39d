"""Faults, planted into a portal under attack from outside: its own code knows nothing of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request


@dataclass(frozen=True)
class Faults:
    """What goes wrong.

    :ivar body: what becomes of a page before it is sent.
    :ivar status: the status instead of the page's, told from the page; ``None`` leaves it.
    :ivar wait: seconds until a form sent to an address is answered.
    :ivar forms_protected: whether forms are asked for their token.
    :ivar header: a header that repeats what was typed.
    """

    body: Callable[[str], str] | None = None
    status: Callable[[str], int | None] | None = None
    wait: Callable[[str], float] | None = None
    forms_protected: bool = True
    header: str = ""


def planted(app: Flask, faults: Faults) -> None:
    """Plant faults into a portal."""
    if not faults.forms_protected:
        kept = app.before_request_funcs[None]
        app.before_request_funcs[None] = [each for each in kept if each.__name__ != "_check_token"]

    @app.before_request
    def _wait() -> None:
        if faults.wait is not None and request.method == "POST":
            time.sleep(faults.wait(request.path))

    def _spoil(response: Response) -> Response:
        if response.mimetype == "text/html" and faults.body is not None:
            response.set_data(faults.body(response.get_data(as_text=True)))
        if faults.status is not None:
            sent = "".join(request.form.values()) if "csrf_valid" in g else ""
            response.status_code = faults.status(sent) or response.status_code
        if faults.header and "csrf_valid" in g:
            typed = "".join(character for character in str(dict(request.form)) if " " <= character < "\x7f")
            response.headers[faults.header] = typed[:500]
        return response

    app.after_request(_spoil)
