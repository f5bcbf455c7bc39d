"""A picture, for whoever may see the plan that it belongs to."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g

from portal.pictures.checking import MEDIA_TYPE
from portal.pictures.records import picture_of
from portal.safeguards import db
from portal.sharing.access import needs_case
from portal.sharing.private import hidden

bp = Blueprint("pictures", __name__)

# Even if a browser could be led to take it for a page, nothing in it could run.
_NOTHING_RUNS = "default-src 'none'; sandbox"


@bp.get("/pictures/<picture_id>.jpg")
@needs_case("plan")
def picture(picture_id: str) -> Response:
    """A picture as it is kept: a JPEG that the portal drew itself."""
    found = picture_of(db(), g.case.id, picture_id)
    if found is None or f"text {found.part}" in hidden():
        abort(404)
    response = Response(found.content, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = "inline; filename=picture.jpg"
    response.headers["Content-Security-Policy"] = _NOTHING_RUNS
    return response
