"""Pictures of About me: each under its heading, with what it shows in words."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.fields import Control
from portal.pictures.checking import ACCEPT, LARGEST_FILE, Drawn, NotTaken, drawn_anew
from portal.pictures.records import (
    MOST_PICTURES,
    Picture,
    add_picture,
    describe_picture,
    pictures_of,
    remove_picture,
)
from portal.plan.fields import controls_of_plan
from portal.plan.forms import PictureForm
from portal.plan.headings import ABOUT_ME
from portal.plan.pages.about import known_part
from portal.plan.pages.blueprint import bp
from portal.safeguards import db, now, takes_up_to
from portal.sharing.access import needs_case
from portal.sharing.private import hidden
from portal.text import _
from portal.unsaved.carried import as_a_whole, shows, unchanged_since_shown
from portal.words import translate

_FILE = "picture"
_ENOUGH = _("You have as many pictures as there can be. Remove one first")


@bp.get("/about/<part>/picture")
@needs_case("plan", "write")
def new_picture(part: str) -> str:
    """Ask for a picture to stand under a heading."""
    return _new_page(known_part(part), PictureForm(), "")


@bp.post("/about/<part>/picture")
@takes_up_to(LARGEST_FILE)
@needs_case("plan", "write")
def keep_picture(part: str) -> Response | tuple[str, int]:
    """Keep a picture, drawn anew. Sent twice, it is kept once."""
    known = known_part(part)
    form = PictureForm()
    sound, drawn = form.validate(), _sent()
    if isinstance(drawn, str) or not sound:
        return _new_page(known, form, drawn if isinstance(drawn, str) else ""), 422
    if add_picture(db(), g.case.id, drawn, form.shows.data or "", None, now(), part=known) is None:
        return _new_page(known, form, _ENOUGH), 422
    return redirect(url_for("plan.about", _anchor=known), 303)


@bp.get("/about/picture/<picture_id>")
@needs_case("plan", "write")
def one_picture(picture_id: str) -> str:
    """A picture, and what it shows in words."""
    found = _picture_or_404(picture_id)
    return _one_page(found, _form(found))


@bp.post("/about/picture/<picture_id>")
@needs_case("plan", "write")
def change_picture(picture_id: str) -> Response | tuple[str, int]:
    """Keep what it shows, in other words."""
    found = _picture_or_404(picture_id)
    form = _form(found)
    if not form.validate():
        return _one_page(found, form), 422
    describe_picture(db(), g.case.id, found.id, form.shows.data or "", now())
    return redirect(url_for("plan.about", _anchor=found.part), 303)


@bp.get("/about/picture/<picture_id>/remove")
@needs_case("plan", "write")
def ask_remove_picture(picture_id: str) -> str:
    """Ask before it is taken away."""
    return _remove_page(_picture_or_404(picture_id))


@bp.post("/about/picture/<picture_id>/remove")
@needs_case("plan", "write")
def take_picture_away(picture_id: str) -> Response | tuple[str, int]:
    """Take it away, if it is still as it was shown. Versions that were made with it keep it."""
    found = _picture_or_404(picture_id)
    if not unchanged_since_shown(as_a_whole(found)):
        return _remove_page(found, changed=True), 409
    remove_picture(db(), g.case.id, found.id, now())
    return redirect(url_for("plan.about", _anchor=found.part), 303)


def _sent() -> Drawn | str:
    """The picture that was sent, drawn anew; or what is wrong with it."""
    sent = request.files.get(_FILE)
    try:
        return drawn_anew(sent.read() if sent is not None else b"")
    except NotTaken as problem:
        return problem.problem


def _picture_or_404(picture_id: str) -> Picture:
    found = next((one for one in pictures_of(db(), g.case.id) if one.id == picture_id), None)
    if found is None or f"text {found.part}" in hidden():
        abort(404)
    return found


def _form(picture: Picture) -> PictureForm:
    return PictureForm(data={"shows": picture.about}, about=f"picture {picture.id}")


def _new_page(part: str, form: PictureForm, problem: str) -> str:
    file = Control(
        "file",
        _FILE,
        translate(_("Choose a picture")),
        hint=translate(_("A photo or a drawing: a JPEG, PNG or WebP file of up to 8 MB.")),
        error=translate(problem) if problem else None,
        accept=ACCEPT,
    )
    again = form.is_submitted() and not file.error
    if again:
        file = replace(file, error=translate(_("Choose your picture again. Your words are still here")))
    return render_template(
        "plan/picture-new.html",
        controls=(file, *controls_of_plan(form)),
        part=part,
        title=translate(ABOUT_ME[part].ask),  # type: ignore[index]
        full=len(pictures_of(db(), g.case.id)) >= MOST_PICTURES,
        most=MOST_PICTURES,
        errors=form.is_submitted(),
    )


def _one_page(picture: Picture, form: PictureForm) -> str:
    return render_template(
        "plan/picture-one.html", picture=picture, controls=controls_of_plan(form), errors=form.is_submitted()
    )


def _remove_page(picture: Picture, *, changed: bool = False) -> str:
    shows(as_a_whole(picture))
    return render_template("plan/picture-remove.html", picture=picture, changed=changed)
