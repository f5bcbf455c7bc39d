"""``portal eligibility``: where one person stands under a policy, from a file with their answers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from portal.assessment.rules.eligibility import LimbStanding, Standing
    from portal.pack.conditions import Kept
    from portal.pack.eligibility import EligibilityPolicy
    from portal.words import Language

_MET = {True: "met", False: "not met", None: "not known"}


@click.command("eligibility")
@click.option(
    "--policy",
    "policy_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A policy: a file of a pack’s folder eligibility.",
)
@click.option(
    "--answers",
    "answers_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML or JSON: each question’s id with its answer, as samples.yaml of a pack has them.",
)
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is asked for; today if absent."
)
@click.option("--json", "as_json", is_flag=True, help="JSON in place of words.")
def eligibility(policy_file: Path, answers_file: Path, day: datetime | None, *, as_json: bool) -> None:
    """Say where a person stands under a policy, test by test. Never a decision: the council decides."""
    from portal.assessment.rules.eligibility import standing
    from portal.pack.eligibility import EligibilityPolicy
    from portal.pack.faults import PackProblems
    from portal.pack.loading import load_model
    from portal.paths import TRANSLATIONS
    from portal.words import ENGLISH, read_languages

    try:
        policy = load_model(policy_file, EligibilityPolicy)
        answers = _answers(answers_file, policy, policy_file)
    except PackProblems as wrong:
        _stop(str(wrong))
    on = day.date() if day is not None else datetime.now(UTC).date()
    found = standing(policy, answers, on=on)
    english = read_languages(TRANSLATIONS)[ENGLISH]
    if as_json:
        click.echo(json.dumps(_data(found, english), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found, english, on)))


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(2)


def _answers(file: Path, policy: EligibilityPolicy, policy_file: Path) -> dict[str, Kept]:
    """The answers that count, each in the form in which it is stored.

    A policy without questions of its own rests on those of the pack that it is in.
    """
    from portal.pack.faults import PackProblem, PackProblems
    from portal.pack.kept import answer_faults
    from portal.pack.loading import CARER_QUESTIONS, load_model
    from portal.pack.questions import Section
    from portal.pack.reading import read_yaml
    from portal.pack.references import nearest
    from portal.pack.text import Words
    from portal.questions.path import walk

    source = read_yaml(file, file.name)
    if not isinstance(source.content, dict):
        raise PackProblems([PackProblem(file.name, 1, "answers are written by question", "Write id: answer")])
    given: dict[str, Any] = source.content
    sections: tuple[Section, ...]
    if policy.asks:
        sections = (Section(id="own", title=Words(text=policy.title.text), questions=policy.asks),)
    else:
        folder = CARER_QUESTIONS if policy.group == "carer" else "questions"
        beside = sorted((policy_file.parent.parent / folder).glob("*.yaml"))
        sections = tuple(load_model(each, Section) for each in beside)
    known = {question.id: question for section in sections for question in section.questions}
    problems = []
    for name, kept in given.items() if known else ():
        if name not in known:
            problem = f"there is no question {name}"
            problems.append(source.problem((name,), problem, nearest(name, known)))
            continue
        faults = answer_faults(known[name], kept)
        problems += [source.problem((name, *where), problem, fix) for where, problem, fix in faults]
    if problems:
        raise PackProblems(problems)
    return walk(_Asked(sections), given).counted if known else given


class _Asked:
    """Questions on their own, to walk through."""

    def __init__(self, sections: tuple[Any, ...]) -> None:
        self.sections = sections


def _lines(found: Standing, english: Language, on: date) -> list[str]:
    policy = found.policy
    until = policy.valid_to or "today"
    lines = [
        english.say(policy.title),
        f"{policy.id}, {policy.status.replace('_', ' ')}, from {policy.valid_from} to {until}",
    ]
    if found.warning is not None:
        lines.append(f"WARNING: {english.say(found.warning)}")
    lines.append("")
    for limb in found.limbs:
        lines += _told(limb, english, "")
    decides = "may guide the council’s decision" if found.may_guide_decision else "decides nothing"
    return [*lines, "", f"{found.result}: {english.say(found.words.title)}", f"On {on} this rule {decides}."]


def _told(limb: LimbStanding, english: Language, space: str) -> list[str]:
    lines = [f"{space}{english.say(limb.title)}: {_MET[limb.met]}"]
    lines.append(f"{space}  {english.say(limb.reason.text, **limb.reason.values)}")
    for outcome in limb.outcomes:
        ways = ", ".join(english.say(way.title) for way in outcome.ways)
        state = f"{outcome.state.replace('_', ' ')}{f' ({ways})' if ways else ''}"
        lines.append(f"{space}  - {english.say(outcome.outcome.title)}: {state}")
    for domain in limb.domains:
        band = english.say(domain.band.title) if domain.band else "no band" if domain.known else "not known"
        lines.append(f"{space}  - {english.say(domain.domain.title)}: {band}")
    if limb.domains:
        lines.append(f"{space}  Band: {english.say(limb.band.title) if limb.band else 'none'}")
    for part in limb.parts:
        lines += _told(part, english, f"{space}    ")
    return lines


def _data(found: Standing, english: Language) -> dict[str, Any]:
    policy = found.policy
    return {
        "policy": policy.id,
        "status": policy.status,
        "valid_from": policy.valid_from.isoformat(),
        "valid_to": policy.valid_to.isoformat() if policy.valid_to else None,
        "warning": english.say(found.warning) if found.warning else None,
        "on": found.on.isoformat(),
        "may_guide_decision": found.may_guide_decision,
        "result": found.result,
        "unable": list(found.unable),
        "eligible_needs": list(found.eligible_needs),
        "limbs": [_limb(limb, english) for limb in found.limbs],
    }


def _limb(limb: LimbStanding, english: Language) -> dict[str, Any]:
    return {
        "id": limb.id,
        "met": limb.met,
        "reason": english.say(limb.reason.text, **limb.reason.values),
        "rests_on": list(limb.rests_on),
        "outcomes": [
            {"id": each.outcome.id, "state": each.state, "ways": [way.id for way in each.ways]}
            for each in limb.outcomes
        ],
        "band": limb.band.id if limb.band else None,
        "domains": [
            {"id": each.domain.id, "band": each.band.id if each.band else None, "known": each.known}
            for each in limb.domains
        ],
        "parts": [_limb(part, english) for part in limb.parts],
    }
