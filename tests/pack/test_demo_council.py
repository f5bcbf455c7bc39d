"""The demonstration's own facts: whole, invented where they must be, and plain to read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from portal.pack.conditions import holds
from portal.pack.loading import FILES, load_pack
from portal.pack.pack import Pack
from portal.pack.questions import Outcome
from portal.pack.samples import Sample, Stage
from portal.pack.text import Words, texts_in
from portal.paths import PACKS
from tests.pack.readability import reading_age, sentences_of, words_of

FOLDER = PACKS / "demo"
PACK = load_pack(FOLDER)
OWN_FILES = sorted(name for name in FILES if "/" not in name)
OUTCOMES: tuple[str, ...] = get_args(Outcome)

# Kept free by Ofcom for drama, and the numbers of national services that anybody may need.
INVENTED = re.compile(r"^(18001 )?(01632 960\d{3}|0808 157 0\d{3}|07700 900\d{3})$")
REAL = {"999", "111", "0300 061 0614", "0303 123 1113"}
REAL_PAGES = {"https://www.lgo.org.uk", "https://ico.org.uk", "https://www.bbc.co.uk/weather"}


def own_texts(name: str) -> list[Words]:
    attribute = FILES[name][0]
    return list(texts_in(getattr(PACK, attribute)))


@pytest.mark.parametrize("name", OWN_FILES)
def test_a_child_of_eleven_could_read_it(name: str) -> None:
    texts = [words.text for words in own_texts(name) if words.text not in sources()]
    assert reading_age(texts) <= 10.5
    for text in texts:
        for sentence in sentences_of(text):
            assert len(words_of(sentence)) <= 25, sentence
    hard = [text for text in texts if len(words_of(text)) > 12 and reading_age([text]) > 13]
    assert hard == []


def sources() -> set[str]:
    """Titles of papers, which are quoted as they are."""
    found = {item.source.text for planner in PACK.planners for item in planner.evidence}
    law = re.compile(r"www[.]|Regulations|limits")
    found |= {words.text for words in own_texts("employing.yaml") if law.search(words.text)}
    return found | {item.source.text for item in PACK.planning.evidence} | {PACK.planning.price_source.text}


@pytest.mark.parametrize("name", OWN_FILES)
def test_texts_are_set_with_care(name: str) -> None:
    for words in own_texts(name):
        for text in filter(None, (words.text, words.easy)):
            assert not re.search(r"['\"—]|\.\.\.|  ", text), text
            assert not re.search(
                r"\b(don|can|won|isn|doesn|didn|you|we|it|that|there)’(t|re|ll|ve|d)\b", text
            ), text


def test_telephone_numbers_and_addresses_are_invented() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml")))
    numbers = re.findall(r"(?<![\d.£,-])(?:\+44|0|18001 0)\d[\d ]{7,}\d", text)
    assert len(numbers) > 40
    assert {number for number in numbers if not INVENTED.match(number) and number not in REAL} == set()
    pages = set(re.findall(r"https://[^\s\",}]+", text))
    assert {page for page in pages if "example.org" not in page} == REAL_PAGES
    assert all(address.endswith(".example.org") for address in re.findall(r"[\w.]+@([\w.]+)", text))


def test_the_council_can_be_reached_in_more_than_one_way() -> None:
    contact = PACK.council.contact
    assert all((contact.phone, contact.relay, contact.sms, contact.email, contact.post, contact.hours))
    assert PACK.council.phone == contact.phone
    assert [number.phone for number in PACK.council.emergency] == ["999", "111"]


def test_safeguarding_says_to_phone_999_first_and_offers_to_leave() -> None:
    trigger = next(item for item in PACK.triggers if item.id == "safeguarding")
    assert trigger.leave
    assert trigger.call_first
    assert "999" in trigger.steps[0].text
    assert all(item.contact.phone for item in PACK.triggers)


def test_figures_of_the_demonstration_are_called_illustrative() -> None:
    assert PACK.council.status == "demo"
    assert PACK.prices.illustrative
    assert PACK.planning.illustrative
    assert all(scheme.illustrative for scheme in PACK.schemes)


def test_all_seven_ways_to_plan_are_offered_with_price_wait_and_independence() -> None:
    assert [planner.kind for planner in PACK.planners] == [
        "self", "family", "advocate", "council_worker", "broker", "user_led", "provider",
    ]  # fmt: skip
    alone = PACK.planners[0]
    assert alone.id == "self"
    assert alone.warning
    assert "13 of the 15" in alone.evidence[0].says.text
    assert {planner.independence for planner in PACK.planners} == {
        "you", "near_you", "independent", "council", "provider",
    }  # fmt: skip
    assert all(planner.evidence for planner in PACK.planners)


def test_the_ways_to_hold_the_money_come_with_their_duties() -> None:
    assert [(route.id, route.direct, route.beside) for route in PACK.money_routes] == [
        ("direct_payment", True, False),
        ("card", True, False),
        ("council", False, False),
        ("isf", False, False),
        ("health", False, True),
        ("housing", False, True),
    ]
    direct, card = PACK.money_routes[:2]
    assert {payment.id for payment in direct.payments} == {"bank_account", "someone_else"}
    assert any("cash" in words.text for words in card.good)
    assert any("bank account" in words.text for words in card.think)
    assert len(direct.extra_costs) >= 6
    assert all(route.you_do and route.others_do for route in PACK.money_routes)


def test_there_are_free_ideas_for_each_outcome() -> None:
    for outcome in OUTCOMES:
        kinds = {idea.kind for idea in PACK.ideas if outcome in idea.outcomes}
        assert kinds == {"self", "family", "community"}, outcome
        assert any(idea.price == 0 for idea in PACK.ideas if outcome in idea.outcomes)


def test_there_is_something_to_try_for_each_outcome_and_of_each_kind() -> None:
    assert {outcome for offer in PACK.offers for outcome in offer.outcomes} == set(OUTCOMES)
    assert {offer.kind for offer in PACK.offers} == {
        "information", "reablement", "equipment", "technology", "community",
    }  # fmt: skip
    assert [offer.id for offer in PACK.offers if holds(offer.when, {})] == ["directory", "benefits"]


def test_there_is_a_sample_at_each_point_of_the_journey() -> None:
    alone = [sample.stage for sample in PACK.samples if sample.link is None]
    assert alone == list(get_args(Stage))
    assert PACK.samples[0].answers == {}


def walk(sample: Sample) -> tuple[set[str], set[str]]:
    """The questions a sample comes past, and those of them that must still be answered."""
    asked: set[str] = set()
    counted: dict[str, Any] = {}
    questions = PACK.of(sample.group).questions
    for question in questions.values():
        if holds(question.ask_if, counted):
            asked.add(question.id)
            if question.id in sample.answers:
                counted[question.id] = sample.answers[question.id]
    open_ = {name for name in asked - set(counted) if not questions[name].optional}
    return asked, open_


@pytest.mark.parametrize("sample", PACK.samples, ids=[sample.id for sample in PACK.samples])
def test_a_sample_answers_what_it_is_asked_and_nothing_else(sample: Sample) -> None:
    asked, still_open = walk(sample)
    assert set(sample.answers) <= asked
    assert bool(still_open) == (sample.stage in {"fresh", "assessment_started"})


def test_samples_with_a_plan_have_lines_for_their_needs() -> None:
    started, ready = [sample.plan for sample in PACK.samples if sample.link is None][-2:]
    assert started is not None
    assert ready is not None
    assert started.lines
    assert not started.setbacks
    assert ready.setbacks
    assert all(line.needs and line.what for line in ready.lines)
    assert {line.route for line in ready.lines} >= {"direct_payment", "council", None}
    assert set(ready.wishes) == {need for line in ready.lines for need in line.needs}


def test_the_carer_in_the_samples_needs_a_break() -> None:
    margaret = next(sample for sample in PACK.samples if sample.stage == "budget_seen")
    assert margaret.answers["carer_break"] == "regular"


def test_a_scheme_is_in_force_from_its_first_day_on() -> None:
    first = date(2026, 4, 1)
    assert PACK.scheme_on(first - timedelta(days=1)) is None
    assert PACK.scheme_on(first) is PACK.scheme_on(date(2026, 11, 22)) is not None


def test_the_demonstration_comes_back_from_json_as_it_was() -> None:
    again = Pack.model_validate_json(PACK.model_dump_json(by_alias=True))
    assert (again, again.version) == (PACK, PACK.version)


def test_the_pack_lies_where_the_portal_looks_for_packs() -> None:
    assert (Path(FOLDER) / "council.yaml").is_file()
