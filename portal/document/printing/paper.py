"""The self-assessment on paper, as a PDF."""

from __future__ import annotations

from portal.document.printing.drawing import draw_html
from portal.document.printing.press import print_pdf
from portal.document.rules.paper import paper_form
from portal.pack.pack import Pack
from portal.words import Language

STYLES = ("print.css", "paper-form.css")


def paper_form_html(pack: Pack, words: Language) -> str:
    """The page that is printed."""
    return draw_html(
        "document/paper-form.html",
        words,
        form=paper_form(pack.sections),
        council=pack.council,
    )


def render_paper_form(pack: Pack, words: Language) -> bytes:
    """Every question of a pack, blank, as a tagged PDF (PDF/UA-1 and PDF/A-3a).

    :raises portal.document.printing.press.NotPrinted: when it cannot be printed, with the reason.
    """
    return print_pdf(paper_form_html(pack, words), STYLES)
