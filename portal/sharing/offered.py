"""What a helper cannot do is not offered: no button, no link to a page that they would be refused.

Pages are written for the person whose plan it is. For somebody who helps, what leads to where they
may not go is taken out of the finished page: so no page can forget to.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Response, current_app
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from portal.sharing.access import Need, access_of, may_open, role
from portal.sharing.banner import helping
from portal.text import _
from portal.words import translate

_FORM = re.compile(r'<form method="post" action="([^"]*)".*?</form>', re.DOTALL)
_ROW_LINK = re.compile(r'<dd class="acts">(<a [^>]*href="([^"]*)"[^>]*>.*?</a>)</dd>', re.DOTALL)
_LINK = re.compile(r'<a ([^>]*)href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_HIDDEN = re.compile(r'<span class="unseen">.*?</span>', re.DOTALL)


def offer_what_is_allowed(response: Response) -> Response:
    """After a page for somebody who helps: take out the links and forms that are not for them."""
    if not role().helps or role().owns or response.mimetype != "text/html" or response.is_streamed:
        return response
    page = _FORM.sub(_form, response.get_data(as_text=True))
    page = _ROW_LINK.sub(lambda found: found.group() if _leads(found.group(2), "GET") else "", page)
    response.set_data(_LINK.sub(_link, page))
    return response


def _form(found: re.Match[str]) -> str:
    need = _need(found.group(1), "POST")
    if need is None or role().may(need.section, need.right):
        return found.group()
    if need.right != "own":
        return ""
    shown = helping()
    name = shown.name if shown else ""
    # Not inside of the braces: what gathers texts for translators does not look there.
    only = translate(_("Only %(name)s can do this."), name=name)
    return f'<p class="small">{escape(only)}</p>'


def _link(found: re.Match[str]) -> str:
    if _leads(found.group(2), "GET"):
        return found.group()
    if "button" in found.group(1) + found.group(3):
        return ""
    return str(Markup("<span>{}</span>").format(Markup(_HIDDEN.sub("", found.group(4)))))  # noqa: S704 - of the page


def _leads(address: str, method: str) -> bool:
    endpoint = _endpoint(address, method)
    return endpoint is None or may_open(endpoint)


def _need(address: str, method: str) -> Need | None:
    endpoint = _endpoint(address, method)
    need = access_of(endpoint) if endpoint is not None else None
    return need if isinstance(need, Need) else None


def _endpoint(address: str, method: str) -> str | None:
    """The page that an address of this portal leads to; ``None`` for any other address."""
    parts = urlsplit(address)
    if parts.netloc or not parts.path.startswith("/"):
        return None
    try:
        endpoint, _arguments = current_app.url_map.bind("").match(parts.path, method)
    except HTTPException:
        return None
    return str(endpoint)
