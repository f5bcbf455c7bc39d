"""Attacks that are tests already: they are run as they are, so that one command runs every attack."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from attacks.report import Place, Report

_PASSED = re.compile(r"(\d+) passed")


def report(place: Place, tests: Sequence[str]) -> Report:
    """Run some tests on the kind of database that is attacked."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--database", place.database]
    done = subprocess.run(
        [*command, *tests], cwd=Path(__file__).parents[1], check=False, capture_output=True, text=True
    )
    passed = _PASSED.search(done.stdout)
    came = Report({"tests": int(passed[1]) if passed else 0})
    if done.returncode or not passed:
        came.wrong.append(done.stdout[-1500:])
    return came
