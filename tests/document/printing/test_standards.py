"""Every PDF meets PDF/UA-1, for people who have it read out, and PDF/A-3a, so that it can be kept."""

from __future__ import annotations

import pikepdf
import pytest
import weasyprint

from tests.document.conftest import SAMPLES, printed


def test_every_pdf_meets_both_standards(validate):
    faults = validate({name: printed(name).pdf for name in SAMPLES})
    assert faults == {name: [] for name in SAMPLES}


def test_the_validator_finds_what_is_wrong(validate):
    plain = weasyprint.HTML(string="<html lang=en><title>A</title><p>Untagged").write_pdf()
    assert any("ISO_14289" in fault or "PDFUA_1" in fault for fault in validate({"plain": plain})["plain"])


@pytest.mark.parametrize("name", SAMPLES)
def test_only_our_own_fonts_are_inside(name, tmp_path):
    with pikepdf.open(_saved(name, tmp_path)) as pdf:
        fonts = {str(item.FontName) for item in pdf.objects if _is(item, "/FontDescriptor")}
    families = {font.partition("+")[2].partition("-")[0] for font in fonts}
    assert families <= {"Atkinson", "Noto"}


@pytest.mark.parametrize("name", ["empty", "usual", "urdu"])
def test_the_plan_is_inside_as_data(name, tmp_path):
    from portal.document import samples
    from portal.document.rules.canonical import canonical_json, read_document

    plan = getattr(samples, name)()
    with pikepdf.open(_saved(name, tmp_path)) as pdf:
        enclosed = pdf.attachments["plan.json"].get_file().read_bytes()
        assert len(pdf.Root.AF) == 1
        assert str(pdf.Root.AF[0].AFRelationship) == "/Data"
    assert enclosed == canonical_json(plan)
    assert read_document(enclosed) == plan


def _is(item: object, kind: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and str(item.get("/Type", "")) == kind


def _saved(name, tmp_path):
    file = tmp_path / "sample.pdf"
    file.write_bytes(printed(name).pdf)
    return file
