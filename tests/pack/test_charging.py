"""Figures of a year and a council's own rules: dated, sourced, whole, and never derived in a live pack."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portal.pack.charging import Charging
from portal.pack.loading import check_report, load_pack
from portal.pack.text import texts_in
from portal.paths import PACKS
from tests.pack.readability import reading_age, sentences_of, words_of

DEMO = load_pack(PACKS / "demo")
assert DEMO.charging is not None
CHARGING: Charging = DEMO.charging


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[dict[str, tuple[str, str]]], list[str]]:
    """What is wrong with the demonstration's pack once some words in its files are others."""

    def change(changes: dict[str, tuple[str, str]]) -> list[str]:
        folder = tmp_path / "pack"
        shutil.copytree(PACKS / "demo", folder)
        for name, (old, new) in changes.items():
            text = (folder / name).read_text(encoding="utf-8")
            assert old in text
            (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return check_report(folder)

    return change


def test_each_day_from_2023_to_2027_has_its_figures() -> None:
    for year in (2023, 2024, 2025, 2026):
        name = f"{year}/{(year + 1) % 100}"
        for day in (date(year, 4, 6), date(year + 1, 4, 5)):
            found = CHARGING.rates_on(day)
            assert found is not None
            assert found.year == name
    assert CHARGING.rates_on(date(2023, 4, 5)) is None
    assert CHARGING.rates_on(date(2027, 4, 6)) is None


def test_every_figure_of_every_year_has_a_source_on_the_web_and_a_status() -> None:
    for rates in CHARGING.rates:
        assert len(rates.figures) == 20
        for rate in rates.figures.values():
            assert rates.sources[rate.source].web.startswith("https://")
            assert rate.status != "derived" or rate.note


def test_derived_figures_are_those_of_the_year_before_uprated_to_5_pence() -> None:
    # What amounts rose by, and what the basic amounts below pension age rose by.
    steps = {"2025/26": ("1.017", "1.017"), "2026/27": ("1.038", "1.07")}
    for year, (others, basic) in steps.items():
        rates = CHARGING.rates_of(year)
        before = CHARGING.rates_of(f"{int(year[:4]) - 1}/{year[2:4]}")
        assert rates is not None
        assert before is not None
        for name in rates.derived():
            factor = Decimal(basic if name in {"lone_parent", "couple_18_each"} else others)
            exact = before.figures[name].amount * factor
            assert abs(rates.figures[name].amount - exact) <= Decimal("0.0375"), name


def test_a_live_pack_refuses_derived_figures_and_an_illustrative_policy(
    changed: Callable[[dict[str, tuple[str, str]]], list[str]],
) -> None:
    found = changed({"council.yaml": ("status: demo", "status: live")})
    about_rates = [line for line in found if line.startswith("charging/rates/2026-27.yaml:")]
    assert len(about_rates) == 11
    assert all("is derived, and a live pack cannot use it. Read the figure" in line for line in about_rates)
    assert any(line.startswith("charging/local.yaml:") and "illustrative policy" in line for line in found)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "charging/rates/2026-27.yaml",
            "year: 2026/27",
            "year: 2026/28",
            "2026/28 is not the year from 2026-04-06. Write 2026/27.",
        ),
        (
            "charging/rates/2026-27.yaml",
            "last_day: 2027-04-05",
            "last_day: 2026-04-05",
            "the year ends before it starts",
        ),
        (
            "charging/rates/2026-27.yaml",
            "from_day: 2026-04-06",
            "from_day: 2026-04-05",
            "the figures in charging/rates/2025-26.yaml hold too",
        ),
        (
            "charging/rates/2026-27.yaml",
            "source: benefits}",
            "source: benfits}",
            "names the source benfits, which is not listed",
        ),
        ("charging/rates/2026-27.yaml", "status: derived", "status: guessed", "status cannot be “guessed”"),
        (
            "charging/rates/2026-27.yaml",
            "amount: 95.40",
            "amount: 95.405",
            "too many figures after the point",
        ),
        (
            "charging/local.yaml",
            "small_support: 20.00",
            "upper_capital: 20000",
            "upper_capital is below the law’s 23250.00",
        ),
        (
            "charging/local.yaml",
            "small_support: 20.00",
            "also_ignored: [esaa]",
            "there is no kind of income esaa. Write esa.",
        ),
        (
            "charging/local.yaml",
            "small_support: 20.00",
            "reablement_weeks: 5",
            "reablement_weeks is 6 or more",
        ),
        (
            "charging/income.yaml",
            "    reason: Pay from work does not count. The law says so.\n",
            "",
            "earnings: what does not count in full has a reason",
        ),
        ("charging/income.yaml", "{id: esa,", "{id: state_pension,", "state_pension is listed twice"),
        (
            "charging/questions.yaml",
            "{id: esa, label",
            "{id: essa, label",
            "charging/income.yaml has no essa for pay_income. Write esa.",
        ),
        ("charging/questions.yaml", "id: pay_esa", "id: pay_es", "nothing asks how much esa is"),
        (
            "charging/questions.yaml",
            "{id: middle, label",
            "{id: mid, label",
            "pay_savings_band is not asked as it is read",
        ),
        (
            "charging/questions.yaml",
            "{question: pay_income, is: [esa]}",
            "{question: pay_incme, is: [esa]}",
            "there is no question pay_incme. Write pay_income.",
        ),
        (
            "charging/questions.yaml",
            "id: laundry",
            "id: washing",
            "charging/income.yaml has no washing for pay_disability",
        ),
        (
            "charging/questions.yaml",
            "            - dla_care_middle\n",
            "",
            "who gets dla_care_middle is not asked about the costs of their disability",
        ),
    ],
)
def test_a_fault_is_told_with_its_file_line_and_fix(
    changed: Callable[[dict[str, tuple[str, str]]], list[str]], name: str, old: str, new: str, said: str
) -> None:
    found = changed({name: (old, new)})
    assert any(line.startswith(f"{name}:") and said in line for line in found), found


def test_a_pack_has_all_of_it_or_none(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(PACKS / "demo", folder)
    (folder / "charging" / "income.yaml").unlink()
    assert any("charging/income.yaml:1: this file is missing" in line for line in check_report(folder))
    shutil.rmtree(folder / "charging")
    assert check_report(folder) == []
    assert load_pack(folder).charging is None


def test_the_questions_read_only_what_was_asked_before_and_are_plain_to_read() -> None:
    assert CHARGING.questions is not None
    texts = [words.text for words in texts_in(CHARGING.questions)]
    assert reading_age(texts) <= 9
    for text in texts:
        assert all(len(words_of(sentence)) <= 25 for sentence in sentences_of(text)), text
