"""What Flask's ``request``, ``g`` and ``session`` stand for, looked up once where much is asked of it.

Those names look it up anew whenever they are used, which was an eighth of a page's time. What runs
around every request asks here; pages need not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Request, current_app, g, request, session

_app: Any = current_app
_request: Any = request
_g: Any = g
_session: Any = session

the_app: Callable[[], Any] = _app._get_current_object  # noqa: SLF001 - Werkzeug offers it for this
the_request: Callable[[], Request] = _request._get_current_object  # noqa: SLF001 - as above
the_g: Callable[[], Any] = _g._get_current_object  # noqa: SLF001 - as above
the_session: Callable[[], Any] = _session._get_current_object  # noqa: SLF001 - as above
