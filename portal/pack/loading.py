"""Loading a pack: a folder of YAML becomes one frozen value, or every fault in it is told."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from portal.pack.carers import Carers
from portal.pack.catalogue import CatalogueRules
from portal.pack.charging import ChargingPolicy, ChargingQuestions, ChargingRates, WhatCounts
from portal.pack.checking import Draft, Read, check
from portal.pack.choices import Money, Planners
from portal.pack.council import Council, Glossary, Privacy, Triggers
from portal.pack.eligibility import EligibilityPolicy
from portal.pack.employing import Employing
from portal.pack.extending import PACK_FILE, Files, PackFile, Place, open_files
from portal.pack.faults import PackProblem, PackProblems
from portal.pack.pack import Pack
from portal.pack.pictures import read_pictures
from portal.pack.prevention import Ideas, Prevention
from portal.pack.prices import Prices
from portal.pack.questions import Section
from portal.pack.reading import Source, read_yaml
from portal.pack.samples import Samples
from portal.pack.scheme import Scheme
from portal.pack.wording import problems_of

__all__ = [
    "Pack",
    "PackProblem",
    "PackProblems",
    "check_report",
    "load_model",
    "load_pack",
    "model_for",
    "model_from",
]

M = TypeVar("M", bound=BaseModel)

FILES: Mapping[str, tuple[str, type[BaseModel]]] = {
    "council.yaml": ("council", Council),
    "triggers.yaml": ("triggers_file", Triggers),
    "privacy.yaml": ("privacy", Privacy),
    "planners.yaml": ("planning", Planners),
    "money.yaml": ("money", Money),
    "prevention.yaml": ("prevention", Prevention),
    "carers.yaml": ("carers_file", Carers),
    "ideas.yaml": ("ideas_file", Ideas),
    "catalogue.yaml": ("catalogue", CatalogueRules),
    "prices.yaml": ("prices", Prices),
    "employing.yaml": ("employing", Employing),
    "glossary.yaml": ("glossary_file", Glossary),
    "samples.yaml": ("samples_file", Samples),
    "charging/local.yaml": ("charging_policy", ChargingPolicy),
    "charging/income.yaml": ("charging_income", WhatCounts),
    "charging/questions.yaml": ("charging_questions", ChargingQuestions),
}
"""The single files of a pack: the attribute of :class:`Pack` and the model of each."""

CHARGING = ("charging/local.yaml", "charging/income.yaml", "charging/questions.yaml")
"""What a pack has, all of it or none, that tells people what they may have to pay."""

CARERS, CARER_QUESTIONS = "carers.yaml", "carer-questions"
"""What a pack has, both or neither, where carers have an assessment of their own."""

OPTIONAL = frozenset(
    {CARERS, "employing.yaml", "ideas.yaml", "catalogue.yaml", "glossary.yaml", "samples.yaml", *CHARGING}
)

FOLDERS: Mapping[str, type[BaseModel]] = {
    "questions": Section,
    CARER_QUESTIONS: Section,
    "schemes": Scheme,
    "eligibility": EligibilityPolicy,
    "charging/rates": ChargingRates,
}
"""The folders of a pack, every file in them of one model, in the order of their names."""


def model_for(path: Path) -> type[BaseModel] | None:
    """What a file of a pack holds, told from its name or its folder; ``None`` for any other file."""
    if path.suffix != ".yaml":
        return None
    if path.name == PACK_FILE:
        return PackFile
    here = f"/{path.as_posix()}"
    for name, model in FOLDERS.items():
        if here.endswith(f"/{name}/{path.name}"):
            return model
    return next((model for name, (_, model) in FILES.items() if here.endswith(f"/{name}")), None)


def load_model(path: Path, model: type[M], name: str | None = None) -> M:
    """One file as a typed value.

    :param path: the YAML file.
    :param model: what it holds.
    :param name: how messages call the file; its own name when absent.
    :raises PackProblems: with every fault found, each with its line and what to write instead.
    """
    return model_from(read_yaml(path, name or path.name), model)


def model_from(source: Source, model: type[M]) -> M:
    """A file that was read, as a typed value.

    :raises PackProblems: with every fault found.
    """
    try:
        return model.model_validate(source.content)
    except ValidationError as wrong:
        raise PackProblems(problems_of(wrong, model, source)) from None


def load_pack(folder: Path) -> Pack:
    """A pack, whole and checked. Nothing is read outside its folder and that of the pack it extends.

    :raises PackProblems: with every fault in every file and between them.
    """
    draft = Draft()
    files = open_files(folder)
    problems = list(_strangers(folder))
    for name, (_, model) in FILES.items():
        place = files.file(name)
        if place is not None or name not in OPTIONAL:
            found = _read(files, place or Place(folder / name, name, folder), model, problems)
            if found is not None:
                draft.files[name] = found
    draft.sections += _read_folder(files, "questions", problems)
    draft.carer_sections += _read_carers(files, problems)
    draft.schemes += _read_folder(files, "schemes", problems)
    draft.policies += _read_folder(files, "eligibility", problems)
    if any(files.file(name) for name in CHARGING):
        problems += [
            PackProblem(name, 1, "this file is missing", "Write it; see docs/charging.md")
            for name in CHARGING
            if not files.file(name)
        ]
        draft.rates += _read_folder(files, "charging/rates", problems)
    draft.whole = not problems
    problems += check(draft)
    pictures = read_pictures(draft.everything(), files, problems)
    if problems:
        raise PackProblems(problems)
    return Pack(
        sections=tuple(read.value for read in draft.sections),
        carer_sections=tuple(read.value for read in draft.carer_sections),
        schemes=tuple(read.value for read in draft.schemes),
        policies=tuple(read.value for read in draft.policies),
        charging_rates=tuple(read.value for read in draft.rates),
        pictures=pictures,
        **{FILES[name][0]: read.value for name, read in draft.files.items()},
    )


def check_report(folder: Path) -> list[str]:
    """Every fault of a pack as ``file:line: problem. fix.``; empty when it is sound."""
    try:
        load_pack(folder)
    except PackProblems as wrong:
        return [str(problem) for problem in wrong.problems]
    return []


def _read(files: Files, place: Place, model: type[M], problems: list[PackProblem]) -> Read[M] | None:
    if not place.path.resolve().is_relative_to(place.folder.resolve()):
        problems.append(
            PackProblem(place.name, 1, "this leads out of the pack’s folder", "Copy the file into the folder")
        )
        return None
    try:
        source = files.read(place)
        return Read(model_from(source, model), source)
    except PackProblems as wrong:
        problems += wrong.problems
        return None


def _read_folder(files: Files, name: str, problems: list[PackProblem]) -> list[Read[Any]]:
    places = files.inside(name)
    if not places:
        problems.append(
            PackProblem(name, 1, "this folder has no files", "Add at least one; see docs/packs.md")
        )
    found = (_read(files, place, FOLDERS[name], problems) for place in places)
    return [read for read in found if read is not None]


def _read_carers(files: Files, problems: list[PackProblem]) -> list[Read[Section]]:
    """The carers' questions; what they are told and what they are asked come together."""
    if files.file(CARERS) is None:
        if files.inside(CARER_QUESTIONS):
            fix = "Write it, or remove the folder carer-questions; see docs/carers.md"
            problems.append(PackProblem(CARERS, 1, "this file is missing", fix))
        return []
    return _read_folder(files, CARER_QUESTIONS, problems)


def _strangers(folder: Path) -> Iterator[PackProblem]:
    """YAML that nobody would read: a file with a slip in its name would be lost silently."""
    for path in sorted(folder.rglob("*.y*ml")):
        name = path.relative_to(folder).as_posix()
        known = name in (*FILES, PACK_FILE) or (path.parent.relative_to(folder).as_posix() in FOLDERS)
        if not known or path.suffix != ".yaml":
            near = difflib.get_close_matches(name, list(FILES), n=1)
            fix = f"Call it {near[0]}" if near else "Remove it, or see docs/packs.md for the names of files"
            yield PackProblem(name, 1, "this is not a file of a pack", fix)
