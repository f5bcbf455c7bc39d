"""A version of the plan for other computers: as data, for the health service, for councils, as a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from flask import Response, abort, g, render_template

from portal.document.pages.blueprint import bp
from portal.document.records import Kept, read_kept, versions
from portal.document.rules.exports.care_plan import care_plan_record
from portal.document.rules.exports.fhir import fhir_bundle
from portal.document.rules.exports.table import lines_csv
from portal.safeguards import db
from portal.sharing.access import needs_case, needs_fresh
from portal.text import _


class Form(NamedTuple):
    """One form in which a plan can be taken away.

    :ivar name: what it is called, and ``about`` for whom it is: messages for gettext.
    :ivar ending: of the file.
    """

    name: str
    about: str
    ending: str
    kind: str
    write: Callable[[Kept], str]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


FORMS: Mapping[str, Form] = {
    "data": Form(
        _("The whole plan as data (JSON)"),
        _("Another copy of this portal can read it."),
        "json",
        "application/json",
        lambda kept: kept.content,
    ),
    "fhir": Form(
        _("For the health service (FHIR)"),
        _("A bundle of FHIR R4, for systems of the NHS."),
        "fhir.json",
        "application/fhir+json",
        lambda kept: _json(fhir_bundle(kept.document)),
    ),
    "care-plan": Form(
        _("For councils (national draft record)"),
        _("The draft national form of assessments and plans."),
        "jsonld",
        "application/ld+json",
        lambda kept: _json(care_plan_record(kept.document)),
    ),
    "lines": Form(
        _("The lines of support as a table (CSV)"),
        _("For a spreadsheet."),
        "csv",
        "text/csv",
        lambda kept: lines_csv(kept.document),
    ),
}
"""Every form by its name in the address."""


@bp.get("/document/data")
@needs_case("document", "own")
def forms() -> str:
    """The forms in which the newest version can be taken away."""
    newest = next(iter(versions(db(), g.case.id)), None)
    if newest is None:
        abort(404)
    return render_template("document/data.html", number=newest.number, forms=FORMS)


@bp.get("/document/plan-<int:number>/data/<form_id>")
@needs_fresh
@needs_case("document", "own", noted="export")
def plan_data(number: int, form_id: str) -> Response:
    """A version in one of the forms."""
    form, kept = FORMS.get(form_id), read_kept(db(), g.case.id, number)
    if form is None or kept is None:
        abort(404)
    response = Response(form.write(kept), content_type=f"{form.kind}; charset=utf-8")
    name = f"support-plan-{kept.document.reference}-{number}.{form.ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
