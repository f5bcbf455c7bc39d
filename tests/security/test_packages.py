"""What the portal is built on is known, pinned, and new enough."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys

import pytest
from packaging.version import Version

from tests.whole.files import ROOT

OLDEST = {
    "weasyprint": "70.0",
    "werkzeug": "3.0.6",
    "pysqlite3": "0.6.0",
    "jinja2": "3.1.6",
    "cryptography": "44.0.1",
    "pillow": "11.3.0",
    "flask": "3.1.1",
}
"""Below these, faults are known that the portal would be open to."""


@pytest.fixture(scope="module")
def bill() -> dict:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "bill_of_materials.py"], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_the_bill_of_materials_names_every_package_of_the_lock_with_its_hashes(bill) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==", lock, re.MULTILINE)
    assert [each["name"] for each in bill["components"]] == pinned
    assert sum(len(each["hashes"]) for each in bill["components"]) == lock.count("--hash=sha256:")
    assert all(each["hashes"] for each in bill["components"])
    assert bill["bomFormat"] == "CycloneDX"


@pytest.mark.parametrize("name", OLDEST)
def test_a_package_with_a_known_fault_is_not_used(bill, name) -> None:
    (version,) = {each["version"] for each in bill["components"] if each["name"] == name}
    assert Version(version) >= Version(OLDEST[name])


def test_the_library_of_sqlite_is_one_that_loses_nothing() -> None:
    import pysqlite3

    from portal.database import OLDEST_SAFE_SQLITE

    assert pysqlite3.sqlite_version_info >= OLDEST_SAFE_SQLITE >= (3, 51, 3)


def test_no_package_of_the_tests_is_among_those_of_production(bill) -> None:
    assert importlib.util.find_spec("pytest") is not None
    assert {each["name"] for each in bill["components"]}.isdisjoint(
        {"pytest", "playwright", "mypy", "coverage"}
    )
