"""HTML to PDF, in this process. The portal does it in a process of its own: see ``press``."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

import weasyprint
import weasyprint.pdf
from weasyprint.text.fonts import FontConfiguration

from portal.document.printing.assets import ORIGIN, OwnFiles
from portal.document.printing.directions import direction_of
from portal.document.printing.enclosing import Enclosed
from portal.document.printing.finishing import finish
from portal.document.printing.tagging.tree import add_tags
from portal.paths import STATIC

MOST_PAGES = 200
TESTED_WITH = "70."

FOLDER = STATIC / "print"


class TooLong(Exception):
    """The document has more pages than anybody would print."""


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def render(
    html: str,
    styles: tuple[str, ...],
    enclosed: Enclosed | None = None,
    smaller: tuple[str, ...] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> tuple[bytes, tuple[str, ...]]:
    """A tagged PDF, PDF/UA-1 and PDF/A-3a at once, and what the renderer complained about.

    :param styles: names of style sheets in ``static/print``, the later ones stronger.
    :param smaller: more sheets, tried one after another while it does not fit on one page.
    :param pictures: JPEGs by the name under which the page shows them.
    :raises TooLong: when it comes to more than :data:`MOST_PAGES` pages.
    :raises RuntimeError: when the renderer is not the one this was tested with.
    """
    if not weasyprint.__version__.startswith(TESTED_WITH):
        raise RuntimeError(f"the tags are tested with WeasyPrint {TESTED_WITH}x only")
    weasyprint.pdf.add_tags = add_tags
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        files = OwnFiles(FOLDER, pictures)
        fonts = FontConfiguration()
        options: dict[str, Any] = {"pdf_variant": "pdf/a-3a", "dpi": 150, "jpeg_quality": 75}
        sheets = [_sheet(name, fonts, files) for name in styles]
        page = weasyprint.HTML(string=html, base_url=ORIGIN, url_fetcher=files)
        _say_directions(page.etree_element)
        document = page.render(font_config=fonts, stylesheets=sheets, **options)
        for name in smaller:
            if len(document.pages) == 1:
                break
            sheets.append(_sheet(name, fonts, files))
            document = page.render(font_config=fonts, stylesheets=sheets, **options)
        if len(document.pages) > MOST_PAGES:
            raise TooLong(f"{len(document.pages)} pages")
        if enclosed is not None:
            options["attachments"] = [_attachment(enclosed)]
        return document.write_pdf(finisher=finish, **options), tuple(complaints.heard)
    finally:
        logger.removeHandler(complaints)


def _say_directions(page: Any) -> None:
    """Say which way each element with ``dir="auto"`` is read. The renderer does not look by itself."""
    for element in page.iter():
        if element.get("dir") == "auto":
            del element.attrib["dir"]
            if direction := direction_of("".join(element.itertext())):
                element.set("dir", direction)


def _sheet(name: str, fonts: FontConfiguration, files: OwnFiles) -> weasyprint.CSS:
    return weasyprint.CSS(url=ORIGIN + name, font_config=fonts, url_fetcher=files)


def _attachment(enclosed: Enclosed) -> weasyprint.Attachment:
    made = datetime.combine(enclosed.day, time(), tzinfo=UTC)
    return weasyprint.Attachment(
        string=enclosed.content,
        name=enclosed.name,
        description=enclosed.description,
        created=made,
        modified=made,
        relationship="Data",
    )
