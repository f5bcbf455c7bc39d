"""Check and print: the whole plan on screen, frozen versions of it, and their PDFs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal import steps
from portal.assessment.records import answers_of
from portal.document.assembling import assemble
from portal.document.carers import carers_answers
from portal.document.printing.carers import render_carers_answers
from portal.document.printing.characters import cannot_print
from portal.document.printing.paper import render_paper_form
from portal.document.printing.plan import NO_MARK, render_plan
from portal.document.printing.press import NotPrinted
from portal.document.records import freeze, next_version, read_version, versions
from portal.document.rules.canonical import canonical_json, content_hash
from portal.document.rules.content import PlanDocument
from portal.document.rules.editions import STANDARD
from portal.document.rules.week import week_of
from portal.pack.pack import Pack
from portal.plan.rules.agreement import who_agrees
from portal.safeguards import current_pack, db, now, today
from portal.sharing.access import needs_case, open_page, pack_here
from portal.words import Language, words

bp = Blueprint("document", __name__, url_prefix="/document")


def _plan() -> PlanDocument:
    return assemble(db(), g.case, current_pack(), words(), next_version(db(), g.case.id, now()))


@bp.get("/check")
@needs_case("document", whole=True)
def check() -> str:
    """The whole plan as it will be printed, and what it still lacks."""
    plan = _plan()
    kept = versions(db(), g.case.id)
    rule = current_pack().agreement
    budget = plan.budget.weekly if plan.budget.state == "amount" else None
    return render_template(
        "document/check.html",
        plan=plan,
        edition=STANDARD,
        mark=NO_MARK,
        week=week_of(plan.lines),
        rule=rule,
        agrees=who_agrees(rule, plan.weekly_from_budget, budget),
        unprintable=cannot_print(canonical_json(plan).decode()),
        latest=kept[0] if kept else None,
        unchanged=bool(kept) and kept[0].said == content_hash(plan),
        back=steps.before("document"),
    )


@bp.post("/check")
@needs_case("document", "own")
def make() -> AnyResponse:
    """Freeze the plan as it stands. When nothing has changed the newest version stands."""
    freeze(db(), g.case.id, _plan(), now())
    return redirect(url_for("document.ready"), 303)


@bp.get("/ready")
@needs_case("document", whole=True)
def ready() -> str | AnyResponse:
    """The versions there are, and what to do with them."""
    kept = versions(db(), g.case.id)
    if not kept:
        return redirect(url_for("document.check"), 303)
    return render_template(
        "document/ready.html",
        latest=kept[0],
        earlier=kept[1:],
        back=url_for("document.check"),
        onward=steps.after("document"),
    )


@bp.get("/plan-<int:number>.pdf")
@needs_case("document", noted="print", whole=True)
def plan_pdf(number: int) -> Response | tuple[str, int]:
    """A version of the plan as a PDF."""
    document = read_version(db(), g.case.id, number)
    if document is None:
        abort(404)
    try:
        pdf = render_plan(document, _language(document.language))
    except NotPrinted as problem:
        return _not_printed(problem)
    return _pdf(pdf, f"support-plan-{document.reference}-{number}.pdf")


@bp.get("/paper-form.pdf")
@open_page
def paper_form() -> Response | tuple[str, int]:
    """The whole self-assessment, blank, to answer by hand."""
    return _paper_form(current_pack(), "self-assessment.pdf")


@bp.get("/carers-paper-form.pdf")
@open_page
def carers_paper_form() -> Response | tuple[str, int]:
    """The carers' own questions, blank, to answer by hand."""
    if not current_pack().has_carers:
        abort(404)
    return _paper_form(current_pack().for_carers, "carers-assessment.pdf")


@bp.get("/carer-answers.pdf")
@needs_case("carer", noted="print")
def carer_answers_pdf() -> Response | tuple[str, int]:
    """A carer's own answers, and where they stand, on paper."""
    pack = pack_here()
    answers = carers_answers(g.case, pack, answers_of(db(), g.case.id), words(), today())
    try:
        pdf = render_carers_answers(answers, pack, words())
    except NotPrinted as problem:
        return _not_printed(problem)
    return _pdf(pdf, f"carers-assessment-{g.case.reference}.pdf")


def _paper_form(pack: Pack, name: str) -> Response | tuple[str, int]:
    """Questions on paper: the same for everybody, so made once for each language and way of reading."""
    language = words()
    made: dict[tuple[str, str, str], bytes] = current_app.extensions.setdefault("paper_forms", {})
    key = (pack.version, language.code, language.mode)
    if key not in made:
        try:
            made[key] = render_paper_form(pack, language)
        except NotPrinted as problem:
            return _not_printed(problem)
    return _pdf(made[key], name)


def _language(code: str) -> Language:
    languages: dict[str, Language] = current_app.extensions["languages"]
    return languages.get(code, words())


def _pdf(pdf: bytes, name: str) -> Response:
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _not_printed(problem: NotPrinted) -> tuple[str, int]:
    # The reason only: what the renderer says beside it may quote the plan.
    current_app.logger.error("no PDF was made: %s", problem.reason)
    shown: dict[str, Any] = {"reason": problem.reason, "has_plan": "case" in g}
    return render_template("document/not-printed.html", **shown), 503
