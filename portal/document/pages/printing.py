"""PDFs: a version of the plan in each of its editions, and the questions on paper."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from flask import Response, abort, current_app, g, render_template, request, url_for

from portal.assessment.records import answers_of
from portal.document.carers import carers_answers
from portal.document.pages.blueprint import bp
from portal.document.printing.carers import render_carers_answers
from portal.document.printing.paper import render_paper_form
from portal.document.printing.plan import Mark, render_plan
from portal.document.printing.press import NotPrinted
from portal.document.printing.queue import Queue
from portal.document.records import Kept, read_kept, versions
from portal.document.rules.checking import check_code
from portal.document.rules.editions import EDITIONS, Edition
from portal.england import day_in_england
from portal.pack.pack import Pack
from portal.safeguards import current_pack, db, own_address, today
from portal.sharing.access import needs_case, open_page, pack_here, role
from portal.sharing.private import private_of
from portal.words import Language, words

LOOKED = "looked"
"""How often the page that waits has looked by itself, in its address."""
MOST_LOOKS = 6
LOOK_EVERY = 10
"""Seconds."""

Printed = Response | tuple[str, int]


@bp.get("/document/plan-<int:number>.pdf", defaults={"edition_id": "standard"})
@bp.get("/document/plan-<int:number>/<edition_id>.pdf")
@needs_case("document", noted="print", whole=True)
def plan_pdf(number: int, edition_id: str) -> Printed:
    """A version of the plan as a PDF, in one of its editions. A helper gets what is to share."""
    edition = EDITIONS.get(edition_id)
    kept = read_kept(db(), g.case.id, number)
    if kept is None or edition is None or not (edition.to_share or role().owns):
        abort(404)
    document, language = kept.document, _language(kept.document.language)
    if edition.to_share:
        # What is private now is left out of an older version too.
        private = sorted({*document.private, *private_of(db(), g.case.id)})
        document = document.model_copy(update={"private": tuple(private)})
    mark = mark_of(kept, edition, language)
    key = ("plan", g.case.id, edition.id, language.code, mark, document.private)
    name = f"support-plan-{document.reference}-{number}-{edition.id}.pdf"
    return _made(key, lambda: render_plan(document, language, edition, mark, kept.content), name)


def mark_of(kept: Kept, edition: Edition, language: Language) -> Mark:
    """What is printed on a version beside what it says: its code, and whether it was replaced."""
    number = kept.document.version.number
    later = [one for one in versions(db(), g.case.id) if one.number > number]
    return Mark(
        code=check_code(kept.sha256, edition.id, language.code),
        address=own_address(),
        replaced_by=later[0].number if later else None,
        replaced_on=day_in_england(later[-1].made_at) if later else None,
    )


@bp.get("/document/paper-form.pdf")
@open_page
def paper_form() -> Printed:
    """The whole self-assessment, blank, to answer by hand."""
    return _paper_form(current_pack(), "self-assessment.pdf")


@bp.get("/document/my-paper-form.pdf")
@needs_case("assessment", noted="print", whole=True)
def filled_form() -> Printed:
    """The self-assessment on paper with what is answered so far, to go on by hand."""
    pack, language, answers = current_pack(), words(), answers_of(db(), g.case.id)
    reference = g.case.reference
    key = ("answers", g.case.id, language.code, language.mode, repr(sorted(answers.items())))
    return _made(
        key, lambda: render_paper_form(pack, language, answers, reference), f"self-assessment-{reference}.pdf"
    )


@bp.get("/document/carers-paper-form.pdf")
@open_page
def carers_paper_form() -> Printed:
    """The carers' own questions, blank, to answer by hand."""
    if not current_pack().has_carers:
        abort(404)
    return _paper_form(current_pack().for_carers, "carers-assessment.pdf")


@bp.get("/document/carer-answers.pdf")
@needs_case("carer", noted="print")
def carer_answers_pdf() -> Printed:
    """A carer's own answers, and where they stand, on paper."""
    pack, language = pack_here(), words()
    answers = carers_answers(g.case.reference, pack, answers_of(db(), g.case.id), language, today())
    name = f"carers-assessment-{g.case.reference}.pdf"
    key = ("carer", g.case.id, language.code, language.mode, answers)
    return _made(key, lambda: render_carers_answers(answers, pack, language), name)


def _paper_form(pack: Pack, name: str) -> Printed:
    """Questions on paper: the same for everybody, so made once for each language and way of reading."""
    language = words()
    made: dict[Hashable, bytes] = current_app.extensions.setdefault("paper_forms", {})
    key = ("blank", pack.version, language.code, language.mode)

    def make() -> bytes:
        made[key] = render_paper_form(pack, language)
        return made[key]

    return _pdf(made[key], name) if key in made else _made(key, make, name)


def _language(code: str) -> Language:
    languages: dict[str, Language] = current_app.extensions["languages"]
    return languages.get(code, words())


def _made(key: Hashable, make: Callable[[], bytes], name: str) -> Printed:
    """A PDF, or the page that says it is being made, or why it cannot be."""
    if request.method == "HEAD":
        # The page that waits asks whether it is there: nothing is begun, and nothing handed out.
        return Response(status=200 if _queue().ready(key) else 202, mimetype="application/pdf")
    try:
        pdf = _queue().ask(key, make)
    except NotPrinted as problem:
        return _not_printed(problem)
    if pdf is None:
        return _being_made(), 202
    return _pdf(pdf, name)


def _being_made() -> str:
    """The page that waits. Without scripts it opens the PDF by itself a few times, unless told not to."""
    times = request.args.get(LOOKED, 0, int)

    def page(looked: int) -> str:
        values: dict[str, Any] = {**(request.view_args or {}), LOOKED: looked}
        return url_for(str(request.endpoint), **values)

    return render_template(
        "document/being-made.html",
        here=request.path,
        again=page(times + 1) if 0 <= times < MOST_LOOKS else "",
        alone=page(MOST_LOOKS),
        seconds=LOOK_EVERY,
        has_plan="case" in g,
    )


def _queue() -> Queue:
    if "pdf_queue" not in current_app.extensions:
        current_app.extensions.setdefault("pdf_queue", Queue())
    queue: Queue = current_app.extensions["pdf_queue"]
    return queue


def _not_printed(problem: NotPrinted) -> tuple[str, int]:
    # Only the reason: what the renderer says may repeat what was typed.
    current_app.logger.error("no PDF was made: %s", problem.reason)
    return render_template("document/not-printed.html", reason=problem.reason, has_plan="case" in g), 503


def _pdf(pdf: bytes, name: str) -> Response:
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
