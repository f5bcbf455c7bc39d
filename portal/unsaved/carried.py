"""What a page with a form carries, so that nothing typed on it is lost or overwrites what others saved.

Every form is drawn with :func:`hidden_fields`, and takes its values by three functions::

    shows(stored)            a page that is opened: what is stored now, by the names of its boxes
    given_back(stored)       what was typed here before and not saved, if the person wants it back
    sent_over(stored, …)     what was sent, brought together with what others saved meanwhile

:class:`portal.unsaved.forms.Form` does so for forms of Flask-WTF, and
:mod:`portal.unsaved.questions` for the questions of a pack.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import current_app, g, request, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from portal.current import the_app, the_g, the_request
from portal.fields import Control
from portal.identity.sessions import form_token
from portal.safeguards import db, now
from portal.sharing.access import Need, account_id, role
from portal.text import _
from portal.unsaved.records import Fields, Kept, kept_for_account, kept_forms, new_id
from portal.unsaved.rules import CARRIED, Merged, both, merge, units_of, version_of
from portal.words import translate

ONCE, MADE_FROM, KEPT, WHOSE = "once", "made_from", "kept", "whose"
"""The fields of a form with the key of this page, the version it was made from, the name under which
what is typed in it is kept, and a mark of the case that it belongs to."""
SUGGESTION = "suggestion"
"""The field with the name of the suggestion that a page is drawn from: it waits on, whatever is typed."""
BOTH = "both"
"""In the address of a page: two texts are to be put together."""

SUGGESTED = "suggested"
"""Beside the fields of a suggestion: the passport of whoever made it, whose words, what it changes."""

GIVEN_BACK_FOR = timedelta(hours=1)
"""How long a form that met an ended session waits for the person to sign in again."""

_NOT_KEPT = frozenset({"account", "identity", "signing_in"})
"""Parts of a case on whose pages passphrases and codes are typed."""
_NO_OTHER_FORM = frozenset({KEPT, BOTH, "from", "new"})
"""What stands after a question mark and leaves the form the same: a kept one, and the way to it."""
_LONGEST_ID = 32


class Clash(Exception):
    """Somebody else saved the same thing meanwhile, and the person has to choose.

    :ivar merged: what was typed, and where it clashes.
    :ivar stored: what is stored now.
    :ivar controls: the fields of the page, to tell both in words.
    :ivar about: what the audit trail calls the thing; empty when it has no name there.
    """

    def __init__(
        self, merged: Merged, stored: Mapping[str, Sequence[str]], controls: Sequence[Control], about: str
    ) -> None:
        super().__init__("saved by somebody else meanwhile")
        self.merged, self.stored, self.controls, self.about = merged, stored, controls, about


@dataclass(slots=True)
class Carried:
    """What the form of this request carries.

    :ivar version: what it was made from.
    :ivar kept_id: the name under which what is typed is kept; empty until something is.
    :ivar suggestion: the name of the suggestion that the page was drawn from; empty when it was not.
    :ivar given: the kept form that the page is drawn from.
    :ivar offered: kept forms of this page that the person may have back.
    """

    version: str = ""
    kept_id: str = ""
    suggestion: str = ""
    given: Kept | None = None
    offered: tuple[Kept, ...] = ()
    looked: bool = field(default=False)


def carried() -> Carried:
    """What this request's form carries."""
    here = the_g()
    found: Carried | None = here.get("carried")
    if found is None:
        found = here.carried = Carried()
        if request.method == "POST":
            found.version = request.form.get(MADE_FROM, "")
            found.kept_id = request.form.get(KEPT, "")[:_LONGEST_ID] or new_id()
            found.suggestion = request.form.get(SUGGESTION, "")[:_LONGEST_ID]
    return found


def typed_fields() -> Fields:
    """What was typed in the form that was sent, and the version it was made from."""
    sent = request.form.to_dict(flat=False)
    return {name: values for name, values in sent.items() if name == MADE_FROM or name not in CARRIED}


def may_be_kept(need: object) -> bool:
    """Whether what is typed on a page with this need of access may be kept: no passphrase and no code is."""
    return isinstance(need, Need) and need.section not in _NOT_KEPT


def need_of(endpoint: str | None) -> object:
    """What a page needs, as its view says."""
    return getattr(current_app.view_functions.get(endpoint or ""), "access", None)


def keeps_for_account(endpoint: str | None) -> bool:
    """Whether what is typed on this page of no case is kept for the account."""
    return getattr(current_app.view_functions.get(endpoint or ""), "keeps", False)


def look_for_kept() -> None:
    """Before a page is drawn: find what was typed here and not saved."""
    case = the_g().get("case")
    if case is None and the_request().method == "GET" and keeps_for_account(request.endpoint):
        _look_for_account()
    if the_request().method != "GET" or case is None or not getattr(case, "keeps", True):
        return
    at = carried()
    asked = request.args.get(KEPT)
    mine = [
        kept
        for kept in kept_forms(db(), case.id, address=request.path)
        if (kept.account_id == account_id() and not _is_over(kept)) or kept.id == asked
    ]
    at.given = next((kept for kept in mine if kept.id == asked), None)
    if at.given is None:
        at.given = next((kept for kept in mine if kept.why == "expired" and _is_here(kept)), None)
    if at.given is None and role().helps:
        # Whoever suggested something is shown that in place of what stands there.
        at.given = next((kept for kept in mine if kept.why == "suggested" and _is_here(kept)), None)
    at.offered = tuple(
        kept for kept in mine if kept is not at.given and kept.why != "suggested" and _is_of_this_form(kept)
    )
    if at.given is None:
        return
    if at.given.why == "suggested":
        at.suggestion = at.given.id
    else:
        at.kept_id = at.given.id


def _look_for_account() -> None:
    who, at = account_id(), carried()
    kept = kept_for_account(db(), who, request.path) if who is not None else None
    if kept is not None and not _is_over(kept):
        at.given, at.kept_id = kept, kept.id


def _is_over(kept: Kept) -> bool:
    return kept.why == "expired" and now() - kept.at > GIVEN_BACK_FOR


def _is_here(kept: Kept) -> bool:
    return kept.address == request.full_path.rstrip("?")


def _is_of_this_form(kept: Kept) -> bool:
    """Whether a form was kept on this page, or on one that this page leads to.

    A page may have a form for each kind of thing, told apart by what stands after its question mark. The
    way on which somebody came makes no other form of it.
    """
    asked = {name: value for name, value in request.args.items() if name not in _NO_OTHER_FORM}
    return asked.items() <= dict(parse_qsl(urlsplit(kept.address).query)).items()


def is_plain() -> bool:
    """Whether this page is as every visitor with the same answers sees it."""
    found: Carried | None = g.get("carried")
    return found is None or (found.given is None and not found.offered)


def shows(stored: Mapping[str, Sequence[str]]) -> None:
    """Say what a page that is opened shows of what is stored."""
    at = carried()
    at.version = version_of(stored)
    if at.offered:
        saved = units_of(stored)
        at.offered = tuple(kept for kept in at.offered if units_of(kept.fields) != saved)


def given_back(stored: Mapping[str, Sequence[str]]) -> MultiDict[str, str] | None:
    """What the page is to show in place of what is stored: what was typed here and is not saved."""
    at = carried()
    if at.given is None:
        return None
    fields: Mapping[str, Sequence[str]] = at.given.fields
    version = next(iter(fields.get(MADE_FROM, ())), "")
    if BOTH in request.args:
        # Both are seen now, so that what is sent is made from what is stored now.
        fields = both(fields, stored, merge(fields, stored, "").clashes)
    else:
        at.version = version
    return _form(fields)


def sent_over(
    stored: Mapping[str, Sequence[str]], controls: Callable[[], Sequence[Control]], about: str = ""
) -> MultiDict[str, str]:
    """What was sent, with what others saved meanwhile in the boxes that were left alone.

    :param controls: gives the fields of the page with their labels.
    :param about: what the audit trail calls the thing that is changed.
    :raises Clash: when the same was changed by both.
    """
    merged = merged_with(stored)
    if merged.clashes:
        raise Clash(merged, stored, controls(), about)
    return _form(merged.fields)


def merged_with(stored: Mapping[str, Sequence[str]]) -> Merged:
    """What was sent, brought together with what is stored. A form that tells no version has seen it."""
    form = the_request().form
    sent, version = form.to_dict(flat=False), form.get(MADE_FROM)
    if version is None or version == version_of(stored):
        # Nobody saved anything meanwhile, as for nearly every form.
        return Merged(sent, ())
    return merge(sent, stored, version)


def as_a_whole(thing: object) -> dict[str, list[str]]:
    """A thing that a page shows without boxes, for example to ask before it is removed."""
    return {"whole": [repr(thing)]}


def unchanged_since_shown(stored: Mapping[str, Sequence[str]]) -> bool:
    """Whether what is stored is still what the form that was sent has shown, to the last sign."""
    return request.form.get(MADE_FROM) in (None, version_of(stored))


def saved_so_far(stored: Mapping[str, Sequence[str]]) -> None:
    """A part of what was sent is saved; the page that is shown again for the rest is made from this."""
    carried().version = version_of(stored)


def mark_of(case_id: str) -> str:
    """What a form carries of the case that it belongs to. It tells nothing by itself."""
    return _mark(str(the_app().secret_key), case_id)


@lru_cache(maxsize=4096)
def _mark(key: str, case_id: str) -> str:
    return hmac.new(key.encode(), f"whose {case_id}".encode(), hashlib.sha256).hexdigest()[:16]


def page_of(address: str) -> str:
    """An address without what tells which kept form a page is drawn from."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in (KEPT, BOTH)]
    return urlunsplit(("", "", parts.path, urlencode(query), ""))


def hidden_fields(*, once: bool) -> Markup:
    """The fields that every form carries without showing them.

    :param once: whether sending the form twice must not do twice what it does. A form that puts one
        thing in place of another does the same however often it is sent.
    """
    at = carried()
    drawn = Markup('<input type="hidden" name="{}" value="{}">')
    fields = [drawn.format("csrf_token", form_token())]
    if at.version:
        fields.append(drawn.format(MADE_FROM, at.version))
    if "case" in g:
        fields.append(drawn.format(WHOSE, mark_of(g.case.id)))
    if once:
        fields.append(drawn.format(ONCE, secrets.token_urlsafe(12)))
    if at.kept_id:
        fields.append(drawn.format(KEPT, at.kept_id))
    if at.suggestion:
        fields.append(drawn.format(SUGGESTION, at.suggestion))
    return Markup().join(fields)


def keeping() -> Markup:
    """The attributes of a form whose text is kept while it is typed, by `static/scripts/unsaved.js`."""
    if "case" not in g or not may_be_kept(need_of(request.endpoint)):
        return Markup()
    return Markup(' data-keep="{}" data-kept="{}" data-unkept="{}"').format(
        url_for("unsaved.keep_typing"),
        translate(_("Your answer is kept, at {time}. Press the button to save it.")),
        translate(_("We cannot keep your answer now. It is still on this page.")),
    )


def offers() -> tuple[Kept, ...]:
    """What was typed on this page and not saved, for the person to take back or throw away."""
    found: Carried | None = g.get("carried")
    return found.offered if found is not None and request.method == "GET" else ()


def given() -> Kept | None:
    """The kept form that this page is drawn from."""
    found: Carried | None = the_g().get("carried")
    return found.given if found is not None else None


def with_kept(kept: Kept, **more: str) -> str:
    """The address of a page that is drawn from a kept form."""
    mark = "&" if "?" in kept.address else "?"
    return f"{kept.address}{mark}{KEPT}={kept.id}" + "".join(
        f"&{name}={value}" for name, value in more.items()
    )


def _form(fields: Mapping[str, Sequence[str]]) -> MultiDict[str, str]:
    return MultiDict([(name, value) for name, values in fields.items() for value in values])
