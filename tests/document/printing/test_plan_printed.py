"""What the plan on paper says."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal

import pytest

from tests.document.conftest import printed


def pages_of(name: str, folder) -> list[str]:
    file = folder / "sample.pdf"
    file.write_bytes(printed(name).pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    return [re.sub(r"\s+", " ", page) for page in text.split("\f")[:-1]]


@pytest.mark.parametrize("name", ["empty", "usual", "full"])
def test_every_page_says_its_number_version_date_and_reference(name, tmp_path):
    pages = pages_of(name, tmp_path)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert re.search(r"Support plan PS-[\w-]+, version \d+, 22 November 2026", page)


def test_the_first_page_says_whose_plan_it_is_and_how_to_talk_with_them(tmp_path):
    first, second, *_rest = pages_of("usual", tmp_path)
    assert "Ada Okafor (daughter)" in first + second
    for words in (
        "Margaret Okafor-Łukasik",
        "14 March 1948",
        "PS-7K2M-4XQ9",
        "2, of 22 November 2026. It replaces version 1.",
        "£101.00 a week, and £85.50 once",
        "Indicative budget: £96.50 a week",
        "Large print, 18 point or more",
        "This plan is not agreed yet.",
        "large print, Easy Read, braille, audio or another language",
        "What this plan still needs",
    ):
        assert words in first


def test_the_budget_is_called_indicative_with_every_line_of_its_working(tmp_path):
    whole = " ".join(pages_of("usual", tmp_path))
    assert "It is not final. It can go up or down" in whole
    for words in (
        "4 points at £5.50",
        "−£38.50",
        "£60.50",
        "the Rivermead scheme, version 3, from 1 April 2026",
    ):
        assert words in whole
    assert "My plan costs £101.00 a week. That is £4.50 more than the indicative budget." in whole
    assert "There is also £85.50 to pay once." in whole


def test_support_for_two_needs_is_told_in_full_once(tmp_path):
    whole = " ".join(pages_of("usual", tmp_path))
    assert whole.count("2 hours at £14.50") == 1
    assert "This helps too, and is listed above: Cooking together" in whole
    assert whole.count("Free") == 1


def test_an_unmet_need_is_said_loudly(tmp_path):
    from portal.document import samples
    from portal.document.printing.plan import plan_html
    from tests.document.conftest import ENGLISH

    plan = samples.usual()
    bare = plan.model_copy(update={"lines": (), "routes": ()})
    assert plan_html(bare, ENGLISH).count("Nothing meets this need yet.") == 3
    assert "Nothing meets this need yet." not in plan_html(plan, ENGLISH)


def test_there_are_boxes_to_sign_and_the_council_comes_last(tmp_path):
    pages = pages_of("usual", tmp_path)
    assert "Signing this plan" in pages[-2]
    assert "I agree with part of it" in pages[-2]
    assert "Somebody who helped me" in pages[-2]
    assert "For the council only" in pages[-1]
    assert "The support costs The person pays The council pays" in pages[-1]
    assert "Paid once, in pounds: It starts: Day Month Year Looked at again by: Day Month Year" in pages[-1]
    assert all("For the council only" not in page for page in pages[:-1])


def test_no_figure_is_not_nought(tmp_path):
    whole = " ".join(pages_of("empty", tmp_path))
    assert "There is no figure yet." in whole
    assert "£0.00" not in whole


def test_what_was_typed_is_shown_as_typed(tmp_path):
    from portal.document import samples
    from portal.document.printing.plan import render_plan
    from tests.document.conftest import ENGLISH

    typed = '<script>alert(1)</script><img src="http://x.example/a.png"> {{ 7 * 7 }} & <b>bold</b>'
    plan = samples.usual().model_copy(update={"important": typed})
    file = tmp_path / "typed.pdf"
    file.write_bytes(render_plan(plan, ENGLISH))
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert re.sub(r"\s", "", typed) in re.sub(r"[\s\u200b]", "", text)


def test_what_the_budget_pays_and_what_comes_from_elsewhere_make_the_whole():
    from portal.document import samples
    from portal.document.printing.plan import plan_html
    from tests.document.conftest import ENGLISH

    plan = samples.usual()
    first, second = plan.routes
    own = first.model_copy(update={"own": True})
    public = second.model_copy(update={"beside": True})
    mixed = plan.model_copy(update={"routes": (own, public)})
    assert (mixed.weekly_own, mixed.weekly_public) == (Decimal("29.00"), Decimal("72.00"))
    assert (mixed.weekly_from_budget, mixed.one_off_from_budget) == (Decimal(0), Decimal(0))
    told = plan_html(plan.model_copy(update={"routes": (first, public)}), ENGLISH)
    assert "Other public money pays £72.00 a week." in told
    last = told[told.index("All together") :][:600]
    assert re.findall(r"£[\d.]+", last)[:4] == ["£101.00", "£85.50", "£29.00", "£0.00"]
    assert "To come from my budget" not in plan_html(plan, ENGLISH)
