"""The self-assessment on paper, as a PDF."""

from __future__ import annotations

from portal.document.printing.drawing import draw_html
from portal.document.printing.press import print_pdf
from portal.document.rules.paper import NEVER_PRINTED, paper_form
from portal.pack.conditions import Answers, answer_to
from portal.pack.pack import Pack
from portal.questions.telling import answer_in_words
from portal.words import Language

STYLES = ("print.css", "paper-form.css")


def paper_form_html(pack: Pack, words: Language, answers: Answers | None = None, reference: str = "") -> str:
    """The page that is printed."""
    given = {name: kept for name, kept in (answers or {}).items() if name not in NEVER_PRINTED}
    named = answer_to("your_name.full_name", given)
    return draw_html(
        "document/paper-form.html",
        words,
        form=paper_form(pack.sections),
        council=pack.council,
        given=given,
        told={
            question.id: answer_in_words(question, given[question.id], words)
            for question in pack.questions.values()
            if question.id in given
        },
        filled=answers is not None,
        name=named if isinstance(named, str) else "",
        reference=reference,
    )


def render_paper_form(
    pack: Pack, words: Language, answers: Answers | None = None, reference: str = ""
) -> bytes:
    """Every question of a pack, blank or with what is answered so far, as a tagged PDF.

    It is PDF/UA-1 and PDF/A-3a.

    :raises portal.document.printing.press.NotPrinted: when it cannot be printed, with the reason.
    """
    return print_pdf(paper_form_html(pack, words, answers, reference), STYLES)
