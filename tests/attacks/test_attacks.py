"""Every attack, as small as can be: the portal withstands it, and it finds a fault that is planted."""

from __future__ import annotations

import pytest

from attacks.report import Place
from attacks.table import ATTACKS, Attack
from tests.whole.files import ROOT

# Those with a server of their own take turns: side by side they would only measure each other.
pytestmark = [pytest.mark.attack, pytest.mark.xdist_group("kills")]

# The others are tests of the project already.
HERE = [attack for attack in ATTACKS if not attack.tests]
# One fault for each here; `python -m attacks --planted` plants them all.
PLANTED = [
    pytest.param(attack, fault, id=f"{attack.name}: {fault}")
    for attack in ATTACKS
    for fault in attack.faults[:1]
]


@pytest.mark.parametrize("attack", HERE, ids=lambda attack: attack.name)
def test_the_portal_withstands(attack: Attack, blank_database, tmp_path) -> None:
    place = Place(tmp_path, blank_database)
    if place.database not in attack.databases:
        pytest.skip("this database makes no difference to it")
    came = attack.run(place, attack.short)
    if came.skipped:
        pytest.skip(came.skipped)
    assert came.wrong == []
    assert came.figures


@pytest.mark.parametrize(("attack", "fault"), PLANTED)
def test_a_planted_fault_is_found(attack: Attack, fault: str, tmp_path) -> None:
    came = attack.run(
        Place(tmp_path, f"sqlite:///{tmp_path}/portal.sqlite"), attack.planted or attack.short, fault
    )
    if came.skipped:
        pytest.skip(came.skipped)
    assert came.wrong != []


def test_every_attack_has_a_fault_that_can_be_planted() -> None:
    assert [attack.name for attack in HERE if not attack.faults] == []


def test_every_test_that_is_an_attack_is_there() -> None:
    named = [test for attack in ATTACKS for test in attack.tests]
    assert [test for test in named if not (ROOT / test).is_file()] == []
