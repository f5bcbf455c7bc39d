"""The support plan as a PDF."""

from __future__ import annotations

from portal.document.printing.drawing import draw_html
from portal.document.printing.enclosing import Enclosed
from portal.document.printing.press import print_pdf
from portal.document.rules.canonical import canonical_json
from portal.document.rules.content import PlanDocument
from portal.text import _
from portal.words import Language

STYLES = ("print.css",)


def plan_html(document: PlanDocument, words: Language) -> str:
    """The page that is printed."""
    return draw_html("document/plan.html", words, plan=document)


def render_plan(document: PlanDocument, words: Language) -> bytes:
    """A plan as a tagged PDF (PDF/UA-1 and PDF/A-3a), its own data enclosed.

    The same plan makes the same bytes.

    :param words: the language of the document.
    :raises portal.document.printing.press.NotPrinted: when it cannot be printed, with the reason.
    """
    data = Enclosed(
        name="plan.json",
        description=words.gettext(_("This plan as data, for another computer to read")),
        content=canonical_json(document).decode(),
        day=document.version.made_on,
    )
    return print_pdf(plan_html(document, words), STYLES, data)
