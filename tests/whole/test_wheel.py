"""What is installed is whole: the wheel alone, with the locked packages, serves the start page."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.paths import PACKS, STATIC, TEMPLATES
from tests.whole.files import ROOT

BIN = Path(sys.executable).parent
# One process builds and installs, where tests run in several.
pytestmark = pytest.mark.xdist_group("wheel")


def ran(*command: str | Path, cwd: Path) -> str:
    """What a command printed; the test fails when the command does."""
    told = subprocess.run(command, cwd=cwd, env=_plain(), capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def _plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "PYTHON"))}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    ran(BIN / "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the locked packages and the wheel, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    ran(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        folder / "venv" / "bin" / "python",
        "install",
        "-q",
    ]
    ran(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
    ran(*pip, "--no-deps", "--no-index", wheel, cwd=folder)
    return folder


def test_the_wheel_carries_all_that_the_portal_reads_and_nothing_of_its_making(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in ((TEMPLATES, "templates"), (STATIC, "static"), (PACKS, "packs")):
        wanted = {
            f"portal/{inside}/{path.relative_to(folder).as_posix()}"
            for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert wanted, inside
        assert wanted - names == set()
    others = {name for name in names if not name.startswith(("portal/", "plan_my_support-"))}
    assert others == set()
    assert not [name for name in names if "test" in name or name.endswith(".sqlite")]


def test_the_wheel_asks_for_nothing_that_only_development_needs(wheel):
    with zipfile.ZipFile(wheel) as opened:
        (about,) = [name for name in opened.namelist() if name.endswith(".dist-info/METADATA")]
        needed = [
            line.removeprefix("Requires-Dist: ")
            for line in opened.read(about).decode().splitlines()
            if line.startswith("Requires-Dist: ")
        ]
    assert any(need.startswith("flask>") for need in needed)
    assert [need for need in needed if need.startswith(("pytest", "playwright", "ruff", "mypy"))] == []


@pytest.fixture
def served(installed: Path) -> Iterator[str]:
    """The address of the installed portal, started in a folder without the checkout."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **_plain(),
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
        "PORTAL_ENCRYPTION_KEY": secrets.token_urlsafe(48),
        "PORTAL_DATABASE_URL": f"sqlite:///{installed}/portal.sqlite",
    }
    log = installed / "server.log"
    with log.open("w", encoding="utf-8") as told:
        command = [str(installed / "venv" / "bin" / "portal"), "run", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, cwd=installed, stdout=told, stderr=told)
        try:
            for _time in range(600):
                if "is at http" in log.read_text(encoding="utf-8") or process.poll() is not None:
                    break
                threading.Event().wait(0.1)
            assert process.poll() is None, log.read_text(encoding="utf-8")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def test_the_wheel_serves_the_start_page_from_a_folder_without_the_checkout(installed, served):
    where = ran(
        installed / "venv" / "bin" / "python", "-c", "import portal; print(portal.__file__)", cwd=installed
    )
    assert where.startswith(str(installed))
    with urllib.request.urlopen(f"{served}/", timeout=20) as answer:
        page = answer.read().decode()
    assert answer.status == 200
    assert "<h1" in page
    sheet = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    with urllib.request.urlopen(served + sheet, timeout=20) as answer:
        assert answer.headers["Content-Type"].startswith("text/css")
        assert len(answer.read()) > 1000
