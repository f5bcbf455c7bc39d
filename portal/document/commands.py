"""``portal document``: draw a plan, or a made-up one, in any edition."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NoReturn

import click
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal import audit, sealing
from portal.database import UnsafeDatabase, opened
from portal.document.printing.plan import Mark, render_plan
from portal.document.printing.press import NotPrinted
from portal.document.records import Kept, read_kept, versions
from portal.document.rules.canonical import canonical_json
from portal.document.rules.checking import check_code
from portal.document.rules.editions import EDITIONS
from portal.document.samples import SAMPLES
from portal.england import day_in_england
from portal.paths import TRANSLATIONS
from portal.settings import Settings, SettingsProblems
from portal.sharing.records import Case
from portal.upgrade import WrongVersion, need_current
from portal.words import read_languages


@click.command("document")
@click.option("--plan", "reference", metavar="REF", help="The reference of a plan on the record.")
@click.option("--version", "number", type=click.IntRange(1), help="Which version; the newest if left out.")
@click.option("--sample", type=click.Choice(list(SAMPLES)), help="A made-up plan in place of one.")
@click.option("--edition", default="standard", show_default=True, type=click.Choice(list(EDITIONS)))
@click.option("--language", "code", help="The language around the person’s words; the plan’s if left out.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def document_command(
    reference: str | None,
    number: int | None,
    sample: str | None,
    edition: str,
    code: str | None,
    out: Path,
) -> None:
    """Draw a version of a plan as a PDF, as the portal does."""
    if (reference is None) == (sample is None):
        _stop("Say which plan: --plan REF, or --sample NAME.")
    address = ""
    mark: dict[str, Any] = {}
    if sample is not None:
        plan, content = SAMPLES[sample](), ""
        sha256 = hashlib.sha256(canonical_json(plan)).hexdigest()
    else:
        kept, mark, address = _kept(str(reference), number)
        plan, content, sha256 = kept.document, kept.content, kept.sha256
    languages = read_languages(TRANSLATIONS)
    words = languages.get(code or plan.language)
    if words is None:
        _stop(f"There is no language {code or plan.language}. There are: {', '.join(languages)}.")
    printed = Mark(code=check_code(sha256, edition, words.code), address=address, **mark)
    try:
        pdf = render_plan(plan, words, EDITIONS[edition], printed, content)
    except NotPrinted as problem:
        _stop(f"There is no PDF: {problem.reason}.")
    out.write_bytes(pdf)
    click.echo(f"{out}: {plan.reference}, version {plan.version.number}, {edition}, {len(pdf)} bytes.")


def _kept(reference: str, number: int | None) -> tuple[Kept, dict[str, Any], str]:
    """A version on the record, what replaced it, and the portal's address."""
    try:
        settings = Settings.from_environment()
        info = {audit.KEY: settings.audit_key, sealing.KEYS: settings.keyring()}
        with opened(settings.database_url) as engine, Session(engine, info=info) as session:
            need_current(engine)
            case_id = session.execute(select(Case.id).where(Case.reference == reference)).scalar()
            found = versions(session, case_id) if case_id else ()
            kept = read_kept(session, case_id or "", number or (found[0].number if found else 0))
    except OperationalError as wrong:
        _stop(f"The database cannot be used ({type(wrong.orig).__name__}).")
    except (SettingsProblems, UnsafeDatabase, WrongVersion) as wrong:
        _stop(str(wrong))
    if kept is None:
        _stop("There is no such plan, or no such version of it.")
    later = [one for one in found if one.number > kept.document.version.number]
    mark = {"replaced_by": later[0].number, "replaced_on": day_in_england(later[-1].made_at)} if later else {}
    return kept, mark, settings.address


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(2)
