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
from openfisca_core.indexed_enums import Enum, EnumArray  # type: ignore[import-not-found,unused-ignore]
from openfisca_core.parameters import ParameterNode  # type: ignore[import-not-found,unused-ignore]
from openfisca_core.periods import DateUnit  # type: ignore[import-not-found,unused-ignore]
from openfisca_core.simulation_builder import SimulationBuilder  # type: ignore[import-not-found,unused-ignore]
from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-not-found,unused-ignore]
from openfisca_core.variables import Variable  # type: ignore[import-not-found,unused-ignore]

PERIOD = "2026-11"


def system(about: dict[str, Any], style: str) -> Any:  # noqa: C901 - a formula for each variable
    """A tax and benefit system with a variable for each answer, each domain's points, and the figures.

    :param style: ``parameters``: as its documentation has it, answers are enumerations and look their
        numbers up in parameters; ``tables``: answers are whole numbers that look up in arrays.
    """
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

    if style == "parameters":
        _with_parameters(built, person, about)
    else:
        for name in about["columns"]:
            variable(name)

    def worth(people: Any, period: Any, parameters: Any, name: str) -> Any:
        if style == "parameters":
            return parameters(period)[name][people(name, period)].astype(np.int32)
        table = {"help_body": percent, "help_home": percent, "carer_break": breaks}.get(name)
        return (tables[name] if table is None else table).take(people(name, period))

    def points_of(names: list[str]) -> Any:
        def formula(people: Any, period: Any, parameters: Any) -> Any:
            total = worth(people, period, parameters, names[0])
            for name in names[1:]:
                total = total + worth(people, period, parameters, name)
            return total

        return formula

    for number, names in enumerate(domains):
        variable(f"domain_points_{number}", points_of(names))

    def hundredths(people: Any, period: Any, parameters: Any) -> Any:
        body = people("domain_points_0", period) * worth(people, period, parameters, "help_body")
        home = people("domain_points_1", period) * worth(people, period, parameters, "help_home")
        rest = sum(people(f"domain_points_{number}", period) for number in range(2, len(domains)))
        return body + home + rest * 100

    def support(people: Any, period: Any) -> Any:
        return people("points_hundredths", period) * about["rate_pence"]

    def carer(people: Any, period: Any, parameters: Any) -> Any:
        return worth(people, period, parameters, "carer_break")

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


def _with_parameters(built: Any, person: Any, about: dict[str, Any]) -> None:
    """Answers as enumerations, and what they are worth as parameters."""
    off = [100 - percent for percent in about["percent_off"]]
    numbers = [*about["points"], off, off, about["break_pence"]]
    tree: dict[str, Any] = {}
    for name, options, worth in zip(about["columns"], about["options"], numbers, strict=True):
        answers = Enum(f"{name}_answers", [(option, option) for option in options])
        members = {
            "value_type": Enum,
            "possible_values": answers,
            "default_value": answers[options[0]],
            "entity": person,
            "definition_period": DateUnit.MONTH,
            "label": name,
        }
        built.add_variable(type(name, (Variable,), members))
        tree[name] = {
            option: {"values": {"2026-01-01": {"value": number}}}
            for option, number in zip(options, worth, strict=True)
        }
    built.parameters = ParameterNode("", data=tree)


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
    systems = {style: system(about, style) for style in ("parameters", "tables")}
    codes = np.load(about["answers"])
    whole = {name: codes[number].astype(np.int32) for number, name in enumerate(about["columns"])}
    for line in sys.stdin:
        command = json.loads(line)
        people, built = command["people"], systems[command["style"]]
        answers = {name: column[:people] for name, column in whole.items()}
        if command["style"] == "parameters":
            # Answers as OpenFisca itself keeps them, so that reading them in costs nothing here.
            answers = {
                name: EnumArray(column.astype(np.uint8), built.get_variable(name).possible_values)
                for name, column in answers.items()
            }
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
