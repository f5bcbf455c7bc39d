"""A carer's own answers as a PDF."""

from __future__ import annotations

from portal.document.carers import CarersAnswers
from portal.document.printing.drawing import draw_html
from portal.document.printing.press import print_pdf
from portal.pack.pack import Pack
from portal.words import Language

STYLES = ("print.css",)


def carers_answers_html(answers: CarersAnswers, pack: Pack, words: Language) -> str:
    """The page that is printed."""
    return draw_html(
        "document/carer.html", words, answers=answers, council=pack.council, carers=pack.carers_file
    )


def render_carers_answers(answers: CarersAnswers, pack: Pack, words: Language) -> bytes:
    """A carer's answers as a tagged PDF (PDF/UA-1 and PDF/A-3a).

    :raises portal.document.printing.press.NotPrinted: when it cannot be printed, with the reason.
    """
    return print_pdf(carers_answers_html(answers, pack, words), STYLES)
