"""The check of a code: whether the paper in somebody's hand is the version on the record, and no more."""

from __future__ import annotations

from flask import g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from portal.document.pages.blueprint import bp
from portal.document.records import find_code
from portal.document.rules.checking import grouped, read_code
from portal.fields import Control
from portal.safeguards import db
from portal.sharing.access import may, open_page
from portal.text import _
from portal.words import translate


@bp.get("/c")
@open_page
def ask_code() -> str | Response | tuple[str, int]:
    """Ask for the code that stands at the foot of a page."""
    typed = request.args.get("code", "")
    code = read_code(typed)
    if code:
        return redirect(url_for("document.check_code", code=code), 303)
    page = render_template("document/ask-code.html", controls=(_box(typed),), errors=bool(typed))
    return (page, 422) if typed else page


@bp.get("/c/<code>")
@bp.get("/C/<code>", endpoint="check_scanned_code")
@open_page
def check_code(code: str) -> str | Response:
    """Whether a code belongs to the newest version of a plan, an earlier one, or none."""
    read = read_code(code)
    if read is None:
        return redirect(url_for("document.ask_code", code=code[:40]), 303)
    found = find_code(db(), read)
    held = g.get("held")
    own = found is not None and held is not None and session.get("case") == found.case_id == held.id
    return render_template(
        "document/code.html",
        code=grouped(read),
        found=found is not None,
        newest=found is not None and found.number == found.newest,
        own=own and may("document"),
    )


def _box(typed: str) -> Control:
    return Control(
        "text",
        "code",
        translate(_("The check code")),
        hint=translate(_("It has 12 letters and numbers, for example 7K2M-4XQ9-AB3D.")),
        error=translate(_("Enter the 12 letters and numbers of the code")) if typed else None,
        value=typed,
        width=20,
    )
