"""The real server is starved of disk and shut out of its database: nothing acknowledged is lost."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pysqlite3
import pytest

from attacks.serving import Portal, Saver

pytestmark = pytest.mark.xdist_group("kills")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MiB; only root may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("this needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def visiting(portal: Portal) -> Saver:
    saver = Saver(portal.port)
    saver.begin()
    return saver


def test_a_full_disk_is_said_plainly_reading_goes_on_and_it_heals(small_disk: Path, tmp_path: Path) -> None:
    portal = Portal(tmp_path, f"sqlite:///{small_disk}/portal.sqlite")
    try:
        portal.start()
        saver = visiting(portal)
        assert saver.save() and saver.acknowledged == 1
        ballast = small_disk / "ballast"
        with ballast.open("wb", buffering=0) as filling:
            try:
                while True:
                    filling.write(b"x" * 4096)
            except OSError:
                pass
        for _turn in range(200):
            assert saver.save()
            if saver.refused:
                break
        assert saver.refused == {503: 1}
        assert "What you typed on the last page is not saved" in saver.last_page
        assert saver.status_of("/tasks") == 200
        kept = saver.acknowledged
        ballast.unlink()
        assert saver.save() and saver.acknowledged == kept + 1
        assert "Traceback" not in portal.log
    finally:
        portal.kill()


def test_a_locked_database_is_said_plainly_and_reading_goes_on(tmp_path: Path) -> None:
    portal = Portal(tmp_path, f"sqlite:///{tmp_path}/portal.sqlite")
    try:
        portal.start()
        saver = visiting(portal)
        other = pysqlite3.connect(str(tmp_path / "portal.sqlite"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert saver.save() and saver.refused == {503: 1}
        assert "What you typed on the last page is not saved" in saver.last_page
        assert saver.status_of("/tasks") == 200
        other.execute("ROLLBACK")
        other.close()
        assert saver.save() and saver.acknowledged == 1
        assert "Traceback" not in portal.log
    finally:
        portal.kill()
