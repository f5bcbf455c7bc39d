"""``portal catalogue``: a saved feed is taken in, and what is wrong with it is told."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from portal.catalogue.commands import fill_demonstration
from portal.commands import main
from portal.database import WRITES, opened
from portal.pack.once import pack_in
from portal.paths import PACKS
from tests.catalogue.feeds import page, service
from tests.conftest import SECRET


@pytest.fixture
def run(database_url, monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_SECRET_KEY", SECRET)
    monkeypatch.setenv("PORTAL_DATABASE_URL", database_url)
    monkeypatch.setenv("PORTAL_KEYS_URL", f"sqlite:///{tmp_path}/keys.sqlite")
    monkeypatch.setenv("PORTAL_DEMONSTRATION", "1")
    return lambda *words: CliRunner().invoke(main, ["catalogue", *words])


def test_a_feed_in_several_files_is_taken_in(run, tmp_path):
    (tmp_path / "1.json").write_text(page(service("a"), total_items=2, total_pages=2), encoding="utf-8")
    second = page(service("b"), total_items=2, total_pages=2, page_number=2)
    (tmp_path / "2.json").write_text(second, encoding="utf-8")
    done = run("import", str(tmp_path), "--source", "town")
    assert done.exit_code == 0, done.output
    assert "2 new, 0 changed, 0 the same" in done.output
    assert run("list").output == "town: 2 services\n"


def test_a_row_that_is_left_out_is_told_with_file_and_line_and_the_rest_is_taken_in(run, tmp_path):
    file = tmp_path / "feed.json"
    file.write_text(page(service("a"), service("b", status="perhaps")), encoding="utf-8")
    done = run("import", str(file), "--source", "town")
    assert done.exit_code == 1
    assert f"{file}:" in done.stderr
    assert "Write one of active" in done.stderr
    assert "2 rows: 1 services, 0 there twice, 1 left out." in done.stdout


def test_a_setting_that_is_wrong_is_told_plainly(run, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "short")
    done = run("list")
    assert done.exit_code == 1
    assert "PORTAL_SECRET_KEY" in done.stderr


def test_a_dry_run_keeps_nothing(run, tmp_path):
    file = tmp_path / "feed.json"
    file.write_text(page(service("a")), encoding="utf-8")
    assert run("import", str(file), "--source", "town", "--dry-run").exit_code == 0
    assert "empty" in run("list").output


@pytest.mark.parametrize(("about", "services"), [("extends: demo\n", True), (None, False)])
def test_a_demonstration_of_a_pack_without_services_has_those_of_the_pack_it_is_built_on(
    tmp_path, database_url, about, services
):
    if about is not None:
        (tmp_path / "pack.yaml").write_text(about, encoding="utf-8")
    rules = pack_in(PACKS / "demo").catalogue
    with opened(database_url) as engine, Session(engine.execution_options(**{WRITES: True})) as session:
        assert bool(fill_demonstration(session, tmp_path, rules, date(2026, 11, 29))) is services
