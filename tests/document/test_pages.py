"""Check and print, as a visitor meets it."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit import AuditEntry
from portal.budget.records import indicative
from portal.document.pages import printing
from portal.document.printing.press import NotPrinted
from portal.document.records import Document, read_version
from portal.plan.whole import read_plan
from portal.sharing.records import Case
from tests.browsing import Visitor
from tests.document.tags import said_by_tags


def begin(client: Visitor, app, stage: str) -> Visitor:
    sample = next(sample.id for sample in app.extensions["pack"].samples if sample.stage == stage)
    client.send("/", to=f"/demo/{sample}")
    return client


@pytest.fixture
def planned(client, app) -> Visitor:
    """Somebody whose plan is ready."""
    return begin(client, app, "plan_ready")


def text_of(pdf: bytes, tmp_path) -> str:
    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def pages_of(pdf: bytes) -> list[Any]:
    with pikepdf.open(BytesIO(pdf)) as read:
        return list(read.pages)


def enclosed_in(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as read:
        return read.attachments["plan.json"].get_file().read_bytes()


def words_without_mark(pdf: bytes) -> str:
    """What a PDF says when it is read out, without its mark of being replaced."""
    with pikepdf.open(BytesIO(pdf)) as read:
        said = re.sub(r"\s", "", said_by_tags(read))
    # The list of contents names pages, which move.
    said = re.sub(r"(?<=[a-z])\d+(?=[A-Z])", "", said)
    return re.sub(r"Thisisnotthenewestversion\.Version2replacediton[^.]+\.", "", said)


STAGES = ("fresh", "assessment_started", "assessment_done", "plan_started", "plan_ready")


@pytest.mark.parametrize("stage", STAGES)
def test_a_plan_can_be_checked_and_printed_at_any_point(client, app, stage):
    visitor = begin(client, app, stage)
    assert visitor.page("/document/check").status == 200
    ready = visitor.send("/document/check", to="/document/check")
    assert (ready.address, ready.heading) == ("/document/ready", "Your PDF is ready")
    answer = visitor.get("/document/plan-1.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_real_plan_meets_both_standards(planned, validate):
    planned.send("/document/check", to="/document/check")
    assert validate({"plan": planned.get("/document/plan-1.pdf").data}) == {"plan": []}


def test_the_check_page_says_what_is_printed(planned, tmp_path):
    page = planned.page("/document/check")
    planned.send("/document/check", to="/document/check")
    file = tmp_path / "plan.pdf"
    file.write_bytes(planned.get("/document/plan-1.pdf").data)
    with pikepdf.open(file) as pdf:
        printed = re.sub(r"[\s\u200b]", "", said_by_tags(pdf))
    shown = page.soup.select_one(".whole-plan")
    parts = shown.find_all(["h3", "li", "th", "td", "p", "blockquote"])
    assert len(parts) > 100
    for part in parts:
        assert re.sub(r"\s", "", part.get_text()) in printed, part.get_text()


def test_the_plan_says_what_the_earlier_steps_say(planned, app):
    planned.send("/document/check", to="/document/check")
    pack = app.extensions["pack"]
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        case = session.execute(select(Case)).scalar_one()
        kept = session.execute(select(Document)).scalar_one()
        document = read_version(session, case.id, 1)
        on = kept.made_at.date()
        plan = read_plan(session, case.id, pack, on)
        allocation = indicative(session, case.id, pack, on)
    assert document is not None
    assert allocation is not None
    assert document.reference == case.reference
    assert document.weekly == plan.sums.weekly
    assert document.one_off == plan.sums.once
    assert document.weekly_from_budget == plan.comparison.planned
    assert document.budget.weekly == allocation.weekly
    assert [line.amount for line in document.budget.lines] == [line.amount for line in allocation.lines]
    assert abs(document.difference or Decimal(0)) == plan.comparison.difference
    eligible = {need.outcome for need in plan.needs if need.eligible}
    assert {need.outcome for need in document.to_meet} == eligible
    assert [line.what for line in document.lines if not line.priced] == [
        line.what for line in plan.sums.unpriced
    ]
    questions = [point for point in plan.readiness.points if point.question]
    assert len(document.lacks) == len(plan.left) + len(plan.needed) + len(questions)


def test_no_sum_of_money_is_broken_over_two_lines(planned, app, tmp_path):
    planned.send("/document/check", to="/document/check")
    text = text_of(planned.get("/document/plan-1.pdf").data, tmp_path)
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        document = read_version(session, session.execute(select(Case.id)).scalar_one(), 1)
    assert document is not None
    sums = {line.weekly for line in document.lines} | {line.amount for line in document.budget.lines}
    assert len(sums) > 10
    for amount in sums - {Decimal(0)}:
        assert f"£{abs(amount):,.2f}" in text


def test_the_same_plan_makes_no_second_version(planned, app):
    planned.send("/document/check", to="/document/check")
    page = planned.page("/document/check")
    assert "You made version 1 from exactly this plan." in page.words
    planned.send("/document/check", to="/document/check")
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        assert session.execute(select(Document.number)).scalars().all() == [1]
        freezes = select(AuditEntry.subject).where(AuditEntry.action == "freeze")
        assert session.execute(freezes).scalars().all() == ["document 1"]


def test_a_changed_plan_makes_a_new_version_and_the_old_one_stays_as_it_was(planned, tmp_path):
    planned.send("/document/check", to="/document/check")
    before = planned.get("/document/plan-1.pdf").data
    planned.send("/plan/review", {"words": "In the spring, and in the garden."}, to="/plan/review")
    page = planned.page("/document/check")
    assert "You made version" not in page.words
    ready = planned.send("/document/check", {"reason": "Easter is too early for me."}, to="/document/check")
    assert "There is 1 earlier version." in ready.words
    replaced = planned.get("/document/plan-1.pdf").data
    assert text_of(replaced, tmp_path).count("Replaced by version 2") == len(pages_of(replaced))
    assert "This is not the newest version. Version 2 replaced it on" in text_of(replaced, tmp_path)
    assert enclosed_in(replaced) == enclosed_in(before)
    assert words_without_mark(replaced) == words_without_mark(before)
    after = text_of(planned.get("/document/plan-2.pdf").data, tmp_path)
    assert "In the spring, and in the garden." in after
    assert "It replaces version 1." in after


def test_the_plan_of_somebody_else_does_not_exist(planned, app):
    planned.send("/document/check", to="/document/check")
    assert app.test_client().get("/document/plan-1.pdf").status_code == 303
    other = begin(planned, app, "plan_started")
    assert other.get("/document/plan-1.pdf").status_code == 404


def test_without_a_version_there_is_nothing_to_open(planned):
    assert planned.page("/document/ready").address == "/document/check"
    assert planned.get("/document/plan-1.pdf").status_code == 404


def test_signs_that_cannot_be_printed_are_told(planned):
    assert "cannot be printed" not in planned.page("/document/check").words
    planned.send("/plan/review", {"words": "When the 漢 blooms 😀"}, to="/plan/review")
    assert "These signs cannot be printed: 漢 😀" in planned.page("/document/check").words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("busy", "Many people are printing"),
        ("too_long", "too long to print"),
        ("broken", "wrong on our side"),
    ],
)
def test_when_there_is_no_pdf_the_person_is_told_what_to_do(planned, monkeypatch, reason, words):
    def fail(*_args):
        raise NotPrinted(reason)

    planned.send("/document/check", to="/document/check")
    monkeypatch.setattr(printing, "render_plan", fail)
    page = planned.page("/document/plan-1.pdf")
    assert page.status == 503
    assert words in page.words


def test_the_paper_form_is_there_for_anybody(client, tmp_path):
    answer = client.get("/document/paper-form.pdf")
    assert answer.mimetype == "application/pdf"
    assert "1. Who is answering these questions?" in text_of(answer.data, tmp_path)


def test_the_task_list_says_when_the_plan_is_printed(planned):
    def status() -> str:
        link = planned.page("/tasks").soup.find("a", href="/document/check")
        return " ".join(link.find_parent("li").get_text(" ").split())

    assert "Not started" in status()
    planned.send("/document/check", to="/document/check")
    assert "Done" in status()
