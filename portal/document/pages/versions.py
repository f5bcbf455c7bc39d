"""The versions of a plan, and what changed between any two of them."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.document.changes import changes_between
from portal.document.pages.blueprint import bp
from portal.document.records import read_kept, read_reasons, versions
from portal.document.rules.redacting import to_share
from portal.england import day_in_england
from portal.fields import Choice, Control
from portal.safeguards import db
from portal.sharing.access import needs_case, role
from portal.text import _
from portal.words import translate, words


@bp.get("/document/versions")
@needs_case("document", whole=True)
def all_versions() -> str | Response:
    """Every version with its day and reason, and a choice of two to compare."""
    kept = versions(db(), g.case.id)
    if not kept:
        return redirect(url_for("document.check"), 303)
    offered = tuple(
        Choice(
            str(one.number),
            translate(
                _("Version %(number)s, %(day)s"),
                number=one.number,
                day=words().day(day_in_england(one.made_at)),
            ),
        )
        for one in reversed(kept)
    )
    newest, before = kept[0], kept[:2][-1]
    boxes = (
        Control("select", "old", translate(_("From")), options=offered, value=str(before.number)),
        Control("select", "new", translate(_("To")), options=offered, value=str(newest.number)),
    )
    return render_template(
        "document/versions.html",
        kept=kept,
        reasons=read_reasons(db(), g.case.id),
        controls=boxes if len(kept) > 1 else (),
        owns=role().owns,
    )


@bp.get("/document/changes")
@needs_case("document", whole=True)
def changes() -> str:
    """What two versions say differently, side by side."""
    numbers = sorted(request.args.get(name, 0, int) for name in ("old", "new"))
    old, new = (read_kept(db(), g.case.id, number) for number in numbers)
    if old is None or new is None:
        abort(404)
    pair = (old.document, new.document)
    if not role().owns:
        pair = (to_share(old.document), to_share(new.document))
    return render_template(
        "document/changes.html",
        old=pair[0].version,
        new=pair[1].version,
        changes=changes_between(*pair, words()),
        reasons=[
            (one.number, read_reasons(db(), g.case.id).get(one.number, ""))
            for one in reversed(versions(db(), g.case.id))
            if numbers[0] < one.number <= numbers[1]
        ],
    )
