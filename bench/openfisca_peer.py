"""The scheme of ``points_scheme`` written for OpenFisca-Core, in an environment of its own.

Started by ``allocation.py``, which sends one command a line and reads one answer a line, both JSON.
Whole numbers throughout: points, pennies, and hundredths of points while a part is taken off.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity  # type: ignore[import-not-found,unused-ignore]
from openfisca_core.periods import DateUnit  # type: ignore[import-not-found,unused-ignore]
from openfisca_core.simulation_builder import SimulationBuilder  # type: ignore[import-not-found,unused-ignore]
from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-not-found,unused-ignore]
from openfisca_core.variables import Variable  # type: ignore[import-not-found,unused-ignore]

PERIOD = "2026-11"


def system(about: dict[str, Any]) -> Any:
    """A tax and benefit system with a variable for each answer, each domain's points, and the figures."""
    person = build_entity(key="person", plural="persons", label="A person", is_person=True)
    built = TaxBenefitSystem([person])
    questions, points = about["questions"], about["points"]
    tables = {name: np.array(worth, dtype=np.int32) for name, worth in zip(questions, points, strict=True)}
    percent = np.array([100 - off for off in about["percent_off"]], dtype=np.int32)
    breaks = np.array(about["break_pence"], dtype=np.int32)
    domains: list[list[str]] = about["domains"]

    def variable(name: str, formula: Any = None) -> None:
        members: dict[str, Any] = {
            "value_type": int,
            "entity": person,
            "definition_period": DateUnit.MONTH,
            "label": name,
        }
        if formula is not None:
            members["formula"] = formula
        built.add_variable(type(name, (Variable,), members))

    for name in about["columns"]:
        variable(name)

    def points_of(names: list[str]) -> Any:
        def formula(people: Any, period: Any) -> Any:
            total = tables[names[0]].take(people(names[0], period))
            for name in names[1:]:
                total = total + tables[name].take(people(name, period))
            return total

        return formula

    for number, names in enumerate(domains):
        variable(f"domain_points_{number}", points_of(names))

    def hundredths(people: Any, period: Any) -> Any:
        body = people("domain_points_0", period) * percent.take(people("help_body", period))
        home = people("domain_points_1", period) * percent.take(people("help_home", period))
        rest = sum(people(f"domain_points_{number}", period) for number in range(2, len(domains)))
        return body + home + rest * 100

    def support(people: Any, period: Any) -> Any:
        return people("points_hundredths", period) * about["rate_pence"]

    def carer(people: Any, period: Any) -> Any:
        return breaks.take(people("carer_break", period))

    def weekly(people: Any, period: Any) -> Any:
        exact = people("support_hundredths", period) + people("carer_pence", period) * 100
        lifted = np.where(exact > 0, np.maximum(exact, about["floor"] * 10_000), exact)
        capped = np.minimum(lifted, about["cap"] * 10_000)
        return (capped + 5_000) // 10_000 * 100

    def annual(people: Any, period: Any) -> Any:
        return people("weekly_pence", period) * 52

    def review(people: Any, period: Any) -> Any:
        exact = people("support_hundredths", period) + people("carer_pence", period) * 100
        return (exact > about["cap"] * 10_000).astype(np.int32)

    variable("points_hundredths", hundredths)
    variable("support_hundredths", support)
    variable("carer_pence", carer)
    variable("weekly_pence", weekly)
    variable("annual_pence", annual)
    variable("review", review)
    return built


RESULTS = ("weekly_pence", "annual_pence", "points_hundredths", "support_hundredths", "carer_pence", "review")


def run(built: Any, about: dict[str, Any], answers: dict[str, Any], people: int) -> dict[str, Any]:
    """One simulation of all these people."""
    simulation = SimulationBuilder().build_default_simulation(built, count=people)
    for name in about["columns"]:
        simulation.set_input(name, PERIOD, answers[name])
    return {name: simulation.calculate(name, PERIOD) for name in RESULTS}


def main() -> None:
    """Answer commands until there are no more."""
    about = json.loads(sys.stdin.readline())
    built = system(about)
    codes = np.load(about["answers"])
    whole = {name: codes[number].astype(np.int32) for number, name in enumerate(about["columns"])}
    for line in sys.stdin:
        command = json.loads(line)
        people = command["people"]
        answers = {name: column[:people] for name, column in whole.items()}
        started = time.process_time()
        found = run(built, about, answers, people)
        seconds = time.process_time() - started
        if command.get("save"):
            np.savez(command["save"], **found)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        sys.stdout.write(json.dumps({"seconds": seconds, "memory_kib": memory}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
