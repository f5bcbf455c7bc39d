"""The support plan as a PDF, in each of its editions."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import date

from portal.document.printing.drawing import draw_html
from portal.document.printing.enclosing import Enclosed
from portal.document.printing.press import print_pdf
from portal.document.printing.square import SQUARE, square_code
from portal.document.rules.canonical import canonical_json
from portal.document.rules.checking import grouped
from portal.document.rules.content import PlanDocument
from portal.document.rules.editions import STANDARD, Edition
from portal.document.rules.redacting import to_share
from portal.document.rules.week import week_of
from portal.pictures.checking import without_colour
from portal.plan.telling import tell_span
from portal.text import _
from portal.words import Language

ENCLOSED = "plan.json"
"""The name of the plan as data, inside the PDF."""


@dataclass(frozen=True)
class Mark:
    """What a printed version says of itself beside what the plan says.

    :ivar code: the check code; empty for a plan that is not on the record.
    :ivar address: the portal's public address, for the square code; empty for none.
    :ivar replaced_by: the number of the version that replaced this one, and ``replaced_on`` the day.
    """

    code: str = ""
    address: str = ""
    replaced_by: int | None = None
    replaced_on: date | None = None

    @property
    def grouped(self) -> str:
        """The code as it is printed."""
        return grouped(self.code)

    @property
    def link(self) -> str:
        """Where the code is checked, in the letters that make the smallest square code."""
        return f"{self.address}/c/{self.code}".upper() if self.code and self.address else ""

    @property
    def host(self) -> str:
        """The portal's address as people say it."""
        return self.address.partition("://")[2]


NO_MARK = Mark()


def plan_html(
    document: PlanDocument, words: Language, edition: Edition = STANDARD, mark: Mark = NO_MARK
) -> str:
    """The page that is printed."""
    shown = to_share(document) if edition.to_share else document
    week = week_of(shown.lines, lambda start, end: tell_span(start, end, words))
    return draw_html(edition.template, words, plan=shown, edition=edition, mark=mark, week=week)


def enclosed_plan(document: PlanDocument, words: Language, edition: Edition, kept: str) -> Enclosed | None:
    """The plan as data, as much of it as an edition shows; ``None`` for an edition that shows parts only.

    :param kept: the plan as it is kept on the record; empty for one that is not.
    """
    if not edition.whole:
        return None
    if edition.to_share:
        content = canonical_json(to_share(document)).decode()
    else:
        content = kept or canonical_json(document).decode()
    return Enclosed(
        name=ENCLOSED,
        description=words.gettext(_("This plan as data, for another computer to read")),
        content=content,
        day=document.version.made_on,
    )


def render_plan(
    document: PlanDocument,
    words: Language,
    edition: Edition = STANDARD,
    mark: Mark = NO_MARK,
    kept: str = "",
) -> bytes:
    """A plan as a tagged PDF (PDF/UA-1 and PDF/A-3a), its own data enclosed.

    The same plan makes the same bytes.

    :param words: the language of the document.
    :param kept: the plan as it is kept on the record, to enclose it to the letter.
    :raises portal.document.printing.press.NotPrinted: when it cannot be printed, with the reason.
    """
    page = plan_html(document, words, edition, mark)
    data = enclosed_plan(document, words, edition, kept)
    return print_pdf(page, edition.styles, data, edition.smaller, pictures_in(document, edition, mark))


def pictures_in(document: PlanDocument, edition: Edition = STANDARD, mark: Mark = NO_MARK) -> dict[str, str]:
    """What a plan shows: its pictures and its square code, in Base64, by the names that its page gives."""
    held = {
        one.address.removeprefix("/"): one.content for shown in document.about_me for one in shown.pictures
    }
    if not edition.colour:
        held = {name: b64encode(without_colour(b64decode(kept))).decode() for name, kept in held.items()}
    return held | ({SQUARE: b64encode(square_code(mark.link)).decode()} if mark.link else {})
