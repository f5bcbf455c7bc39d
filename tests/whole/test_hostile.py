"""Whatever is typed is shown as it was typed: on every page of the plan, in print, and in what is taken away.

What each form makes of each value on its own is tried by ``python -m attacks bad-input``.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from attacks.hostile import MARK, UNESCAPED, VALUES
from portal.assessment.records import keep_answer
from portal.database import WRITES
from portal.plan.records import add_line, add_setback, write_words
from portal.plan.rules.left import Setback
from portal.plan.rules.lines import Line
from portal.safeguards import now
from portal.sharing.records import Case
from portal.text import clean
from tests.browsing import Visitor

LONGEST = 200
"""Signs of a value here: what is longer is refused by the forms."""
TYPED = tuple(dict.fromkeys(value for value in (clean(each)[:LONGEST].strip() for each in VALUES) if value))


@pytest.fixture
def planned(client: Visitor, app: Flask) -> Visitor:
    """Somebody who typed each hostile value into every part of a plan."""
    client.send("/", to="/demo/grace")
    engine = app.extensions["engine"].execution_options(**{WRITES: True})
    with Session(engine, info={**app.extensions["session_info"]}) as session:
        case_id = session.execute(select(Case.id)).scalar_one()
        keep_answer(session, case_id, "about_me", "\n".join(TYPED), now())
        write_words(session, case_id, "nutrition", "\n".join(TYPED), now())
        for value in TYPED:
            line = Line(id="", kind="self", what=value, who=value, times=value)
            add_line(session, case_id, line, None, now())
            add_setback(session, case_id, Setback(id="", wrong=value, then=value, call=value), None, now())
        session.commit()
    return client


def shown(page: str) -> str:
    """The words of a page, all on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_pages_and_print_and_the_copy_have_each_value_as_words(planned: Visitor, tmp_path: Path) -> None:
    for address in ("/plan", "/plan/backup", "/document/check"):
        page = planned.get(address, follow_redirects=True)
        assert page.status_code == 200
        assert not [sign for sign in UNESCAPED if sign in page.text]
        words = shown(page.text)
        lacking = [value for value in TYPED if " ".join(value.split()) not in words and "<" not in value]
        assert not lacking, address
    lines = {line["what"] for line in json.loads(planned.get("/account/copy").data)["plan_line"]}
    assert set(TYPED) <= lines
    print_has_each(planned, tmp_path)


def print_has_each(planned: Visitor, tmp_path: Path) -> None:
    """Make the PDF, and look at what it says and holds."""
    planned.send("/document/check", to="/document/check")
    printed = planned.get("/document/plan-1.pdf")
    assert printed.mimetype == "application/pdf", printed.text[:500]
    (tmp_path / "plan.pdf").write_bytes(printed.data)
    told = subprocess.run(["pdftotext", "-q", tmp_path / "plan.pdf", "-"], capture_output=True, check=True)
    words = re.sub(r"\s", "", told.stdout.decode())
    assert "{{7919*7907}}" in words and "62615533" not in words
    assert f"<{MARK}>x</{MARK}>" in words
    assert "=HYPERLINK" in words
    assert b"/JavaScript" not in printed.data and b"/Launch" not in printed.data
