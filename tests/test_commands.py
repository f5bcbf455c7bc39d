"""The ``portal`` command stops with plain words where it cannot go on."""

from __future__ import annotations

import secrets
import socket

import pytest
from click.testing import CliRunner

from portal.commands import main
from portal.paths import PACKS


@pytest.fixture
def sound(tmp_path, monkeypatch):
    """An environment the portal starts in."""
    monkeypatch.setenv("PORTAL_SECRET_KEY", secrets.token_urlsafe(48))
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEY", secrets.token_urlsafe(48))
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"sqlite:///{tmp_path}/portal.sqlite")


def test_it_does_not_start_without_a_secret(monkeypatch):
    monkeypatch.delenv("PORTAL_SECRET_KEY", raising=False)
    told = CliRunner().invoke(main, ["run"])
    assert told.exit_code == 2
    assert "PORTAL_SECRET_KEY is not set. Make one with: python3" in told.output
    assert "Traceback" not in told.output


def test_a_port_in_use_is_said_with_another_to_try(sound):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = CliRunner().invoke(main, ["run", "--port", str(port)])
    assert told.exit_code == 2
    assert f"Port {port} is in use. Choose another, for example: make run PORT={port + 1}" in told.output


def test_a_pack_can_be_named_and_one_that_is_not_there_is_said(sound, monkeypatch):
    monkeypatch.setenv("PORTAL_PACK", "demo")
    told = CliRunner().invoke(main, ["run", "--pack", "surey"])
    assert told.exit_code == 2
    assert "PORTAL_PACK is “surey”, and there is no such folder." in told.output
    assert "surrey" in told.output


def test_upgrade_makes_the_database_and_does_nothing_the_second_time(sound, tmp_path):
    for _time in range(2):
        told = CliRunner().invoke(main, ["upgrade"])
        assert told.exit_code == 0, told.output
        assert "newest version" in told.output
    assert (tmp_path / "portal.sqlite").stat().st_size > 0


def test_the_pack_that_ships_is_sound():
    told = CliRunner().invoke(main, ["pack", "check", str(PACKS / "demo")])
    assert told.exit_code == 0, told.output
    assert "is sound" in told.output


def test_what_to_look_at_again_in_a_sound_pack_is_told_when_asked_for():
    told = CliRunner().invoke(main, ["pack", "check", str(PACKS / "surrey"), "--warnings"])
    assert told.exit_code == 0, told.output
    sound, *warnings = told.output.splitlines()
    assert "is sound" in sound
    assert warnings
    assert all(warning.startswith("surrey-2013: ") for warning in warnings)


def test_a_faulty_pack_is_told_with_file_line_and_fix(tmp_path):
    (tmp_path / "pack.yaml").write_text("id: [broken\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["pack", "check", str(tmp_path)])
    assert told.exit_code == 2
    assert "pack.yaml:" in told.output
    assert "Traceback" not in told.output
