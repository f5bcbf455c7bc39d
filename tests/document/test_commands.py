"""``portal document`` draws what the portal draws."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands import main
from portal.document import samples
from portal.document.printing.plan import NO_MARK, render_plan
from portal.sharing.records import Case
from tests.conftest import ENCRYPTION, SECRET, keys_beside
from tests.document.test_pages import begin


def draw(*arguments: str, environment: dict[str, str] | None = None):
    return CliRunner().invoke(main, ["document", *arguments], env=environment or {})


@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_a_made_up_plan_is_drawn(sample, tmp_path):
    out = tmp_path / "plan.pdf"
    done = draw("--sample", sample, "--edition", "week", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF")


def test_a_plan_on_the_record_is_drawn_to_the_same_bytes(client, app, database_url, tmp_path):
    visitor = begin(client, app, "plan_ready")
    visitor.send("/document/check", to="/document/check")
    with Session(app.extensions["engine"]) as session:
        reference = session.execute(select(Case.reference)).scalar_one()
    environment = {
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_ENCRYPTION_KEY": ENCRYPTION,
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_KEYS_URL": keys_beside(database_url),
        "PORTAL_ADDRESS": "https://localhost",
    }
    out = tmp_path / "plan.pdf"
    done = draw("--plan", reference, "--out", str(out), environment=environment)
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == visitor.get("/document/plan-1.pdf").data
    for wrong in (("--plan", "NO-SUCH"), ("--plan", reference, "--version", "9")):
        refused = draw(*wrong, "--out", str(out), environment=environment)
        assert (refused.exit_code, "There is no such plan" in refused.output) == (2, True)


def test_what_is_missing_or_unknown_is_told(tmp_path):
    out = str(tmp_path / "plan.pdf")
    assert "Say which plan" in draw("--out", out).output
    assert "Say which plan" in draw("--plan", "A", "--sample", "empty", "--out", out).output
    assert "There is no language xx" in draw("--sample", "empty", "--language", "xx", "--out", out).output
    assert "Invalid value" in draw("--sample", "empty", "--edition", "another", "--out", out).output


def test_without_a_code_nothing_is_said_of_one():
    assert NO_MARK.link == ""
    assert b"/Type /EmbeddedFile" in render_plan(samples.empty(), _english())


def _english():
    from tests.document.conftest import ENGLISH

    return ENGLISH
