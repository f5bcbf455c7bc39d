"""Each edition says what it is for, in the size of letters it promises, with a code that can be read."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image
from pydantic import BaseModel

from portal.document import samples
from portal.document.printing.plan import plan_html, render_plan
from portal.document.printing.tagging.tree import POINTS
from portal.document.rules.canonical import canonical_json, read_document
from portal.document.rules.editions import EDITIONS
from portal.document.rules.parts import Line, Slot
from portal.document.rules.redacting import to_share
from portal.document.samples.brim import BOOK
from portal.plan.rules.clock import DAYS
from tests.document.conftest import ADDRESS, ENGLISH, mark_of, printed

NAMES = {
    "standard": "full",
    "large-print": "full, large-print",
    "black-and-white": "full, black-and-white",
    "to-share": "full, to-share",
    "week": "full, week",
    "profile": "full, profile",
}
SMALLEST = {"large-print": 18.0, "week": 12.0, "profile": 12.0}


def drawing(page: Any, operators: str) -> Iterator[tuple[Any, str]]:
    for instruction in pikepdf.parse_content_stream(page, operators):
        yield instruction.operands, str(instruction.operator)


def saved(name: str, folder: Path) -> Path:
    file = folder / "edition.pdf"
    file.write_bytes(printed(name).pdf)
    return file


TYPED = {
    **dict.fromkeys(("important", "helped", "review", "nobody_comes", "carer_ill", "over_reason"), 4000),
    **dict.fromkeys(("about_me.words", "questions.words", "needs.own_words", "needs.wanted"), 4000),
    **dict.fromkeys(("setbacks.what", "setbacks.signs", "setbacks.then", "setbacks.call"), 4000),
    **dict.fromkeys(("risks.why", "disagreements.instead", "disagreements.why"), 4000),
    **dict.fromkeys(("routes.facts.words", "budget.other.reason"), 4000),
    **dict.fromkeys(("person.name", "communication", "carers.name", "carers.how", "helpers.how"), 120),
    **dict.fromkeys(("lines.what", "lines.who", "lines.times", "planners.words"), 120),
    **dict.fromkeys(("disagreements.amount", "disagreements.about", "budget.other.author"), 120),
}
"""Every text of a plan that somebody types, and how many characters of it are tried at the least."""


def test_every_edition_and_every_text_that_is_typed_is_tried_to_the_brim():
    assert set(NAMES) == set(EDITIONS)
    lengths: dict[str, int] = {}
    for name, text in _texts_of(samples.full()):
        lengths[name] = max(lengths.get(name, 0), len(text))
    assert {name: lengths[name] for name in TYPED if lengths[name] < TYPED[name]} == {}
    assert all(sign in BOOK for sign in "£éŁس😀")
    assert len(BOOK) == 4000


def _texts_of(part: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(part, str):
        yield name, part
    elif isinstance(part, BaseModel):
        for field in type(part).model_fields:
            yield from _texts_of(getattr(part, field), f"{name}.{field}".lstrip("."))
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts_of(one, name)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_letter_is_smaller_than_the_edition_promises(edition, tmp_path):
    sizes: set[float] = set()
    with pikepdf.open(saved(NAMES[edition], tmp_path)) as pdf:
        for page in pdf.pages:
            size = scale = 1.0
            for operands, operator in drawing(page, "Tf Tm TJ"):
                if operator == "Tf":
                    size = float(operands[1])
                elif operator == "Tm":
                    scale = abs(float(operands[3]))
                else:
                    sizes.add(round(size * scale * POINTS, 1))
    assert sizes
    assert min(sizes) == SMALLEST.get(edition, 14.0)


def test_large_print_has_no_table_of_more_than_three_columns(tmp_path):
    with pikepdf.open(saved("full, large-print", tmp_path)) as pdf:
        rows = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TR"
        ]
        assert rows
        assert max(len(row.K) for row in rows) <= 3


def test_black_and_white_has_no_colour(tmp_path):
    with pikepdf.open(saved("full, black-and-white", tmp_path)) as pdf:
        for page in pdf.pages:
            for operands, _operator in drawing(page, "rg RG"):
                assert len({float(part) for part in operands}) == 1
        pictures = [
            item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/ColorSpace" in item
        ]
        assert pictures
        assert {str(picture.ColorSpace) for picture in pictures} == {"/DeviceGray"}


@pytest.mark.parametrize("edition", ["week", "profile"])
def test_a_usual_week_and_profile_take_one_page(edition, tmp_path):
    file = tmp_path / "one.pdf"
    file.write_bytes(printed(f"usual, {edition}").pdf)
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 1


def test_a_week_with_twelve_visits_a_day_takes_one_page(tmp_path):
    who = ("Rivermead Home Care and Two Rivers Nursing Agency", "Rivermead Home Care")
    lines = tuple(
        Line(
            what=f"Visit {hour}, to help me wash, dress and move",
            who=who[hour % 4 > 0],
            how_much="Free",
            slots=tuple(Slot(day=day, start=f"{hour:02}:00", end=f"{hour + 1:02}:15") for day in DAYS),
            workers=1 + hour % 2,
        )
        for hour in range(10, 22)
    )
    crowded = samples.usual().model_copy(update={"lines": (*lines, *samples.usual().lines)})
    edition = EDITIONS["week"]
    file = tmp_path / "week.pdf"
    file.write_bytes(render_plan(crowded, ENGLISH, edition, mark_of(crowded, edition)))
    words = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert words.count("Visit 21, to help me wash") == 1
    assert "2 people at once" in words and "The night and weekend team: 01632 960 199" in words
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("edition", ["standard", "large-print", "week"])
def test_the_square_code_on_every_page_is_the_printed_code(edition, tmp_path):
    name = "usual" if edition == "standard" else f"usual, {edition}"
    subprocess.run(["pdftoppm", "-r", "150", "-gray", saved(name, tmp_path), tmp_path / "page"], check=True)
    mark = mark_of(samples.usual(), EDITIONS[edition])
    images = sorted(tmp_path.glob("page-*.pgm"))
    assert images
    for image in images:
        with Image.open(image) as read:
            codes = zxingcpp.read_barcodes(read)
        assert [code.text for code in codes] == [f"{ADDRESS}/c/{mark.code}".upper()]
    words = subprocess.run(
        ["pdftotext", saved(name, tmp_path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert words.count(mark.grouped) >= len(images)


def test_what_is_private_is_neither_printed_nor_enclosed_in_a_copy_to_share(tmp_path):
    plan = samples.usual()
    file = saved("usual, to-share", tmp_path)
    with pikepdf.open(file) as pdf:
        enclosed = pdf.attachments["plan.json"].get_file().read_bytes()
    assert enclosed == canonical_json(to_share(plan))
    shared = read_document(enclosed)
    assert shared.statement is None and shared.private == () and shared.shortened
    assert shared.weekly == sum(route.weekly for route in shared.routes) == 29
    words = plan_html(plan, ENGLISH, EDITIONS["to-share"]) + enclosed.decode()
    for private in ("Anna is ill", "I fell in the bath in May.", "23.40", "Help to wash and dress"):
        assert private in canonical_json(plan).decode()
        assert private not in words


def test_a_copy_to_share_does_not_name_a_need_or_a_way_of_paying_that_is_private_altogether():
    usual = samples.usual()
    hidden = ("answer hygiene", "answer hygiene_matters", "need hygiene", "line l2", "line l4")
    shared = to_share(usual.model_copy(update={"private": hidden}))
    page = plan_html(shared, ENGLISH)
    assert "Help to wash and dress" in page
    for private in ("Washing and keeping clean", "The council pays the money to you"):
        assert private in plan_html(usual, ENGLISH)
        assert private not in page
    assert "We cannot say yet" not in page
    assert "£0.00 a week" not in page
    assert all("hygiene" not in line.needs for line in shared.lines)
    told = to_share(usual.model_copy(update={"private": ("answer hygiene", "line l2", "line l4")}))
    assert "I fell in the bath in May." in plan_html(told, ENGLISH)
    assert "We cannot say yet" not in plan_html(told, ENGLISH)


def test_a_day_of_which_something_private_is_left_out_is_not_called_empty():
    assert "Nothing planned" in plan_html(samples.usual(), ENGLISH)
    for edition in ("week", "to-share"):
        page = plan_html(samples.usual(), ENGLISH, EDITIONS[edition])
        assert "Nothing planned" not in page
        assert "Nothing on this copy" in page


def test_what_is_left_out_of_a_copy_to_share_is_not_told_as_if_there_were_none():
    usual = samples.usual()
    hidden = {"answer communication", "answer wellbeing", *(f"line {line.id}" for line in usual.lines)}
    page = plan_html(usual.model_copy(update={"private": tuple(hidden)}), ENGLISH, EDITIONS["to-share"])
    for untrue in ("no advice", "anything special", "Nothing meets this need", "did not choose an area"):
        assert untrue not in page
    bare = usual.model_copy(update={"lines": (), "advice": (), "communication": (), "private": ()})
    for true in ("no advice", "anything special", "Nothing meets this need"):
        assert true in plan_html(bare, ENGLISH, EDITIONS["to-share"])


@pytest.mark.parametrize("edition", ["week", "profile"])
def test_an_edition_of_parts_encloses_nothing_and_says_nothing_of_money(edition, tmp_path):
    with pikepdf.open(saved(f"usual, {edition}", tmp_path)) as pdf:
        assert len(pdf.attachments) == 0
    assert "£" not in printed(f"usual, {edition}").html
