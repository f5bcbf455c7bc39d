"""Starting a council's pack: a folder that is sound at once, with what to change first said in each file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from string import Template

from portal.pack.extending import PACK_FILE, SHIPPED
from portal.pack.faults import PackProblem, PackProblems
from portal.pack.loading import FILES, FOLDERS, model_for
from portal.pack.reading import read_yaml
from portal.pack.schemas import schema_name, schemas

SCHEMAS = ".schemas"
"""The folder of a pack in which an editor finds the JSON Schemas."""

BASE = SHIPPED / "demo"
_STARTING = Path(__file__).parent / "starting"
_NAME = re.compile(r"[^\W_][\w .,’'()&-]{0,79}\Z")
_BODY = re.compile(r",? (?:(?:city|county|borough|district|metropolitan) )*council\Z", re.IGNORECASE)
_TAKEN = ("triggers.yaml", "privacy.yaml", "planners.yaml", "money.yaml", "prevention.yaml", "carers.yaml")
_FIRST: Mapping[str, str] = {
    "triggers.yaml": "the telephone numbers and addresses under contact are invented",
    "privacy.yaml": "your data protection officer approves every word, and writes the day under updated",
    "planners.yaml": "the prices, the waiting times and the telephone numbers are invented",
    "money.yaml": "who holds a service fund near here, and who helps with direct payments",
    "prevention.yaml": "the offers, their prices and their telephone numbers are invented",
    "carers.yaml": "the offers and telephone numbers for carers are invented",
    "ideas.yaml": "write what there is near here, and remove what there is not",
    "samples.yaml": "these people are invented; they are for demonstrations only",
    "charging/local.yaml": "these are choices of an invented council",
}
_ANY = "what does not fit your council"


def start(folder: Path, name: str, first_day: date) -> tuple[str, ...]:
    """Write a council's pack into a folder that is empty or not there yet.

    :param name: the council's own name, such as “Market Town Council”.
    :param first_day: the first day of its prices and of its scheme.
    :return: the files that were written.
    :raises PackProblems: the folder holds something, or the name cannot stand in a file.
    """
    if not _NAME.match(name):
        fix = "Write it in letters, such as Market Town Council"
        raise PackProblems([PackProblem(str(folder), 1, f"“{name}” cannot be a council’s name", fix)])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fix = "Name a folder that is empty or not there yet"
        raise PackProblems([PackProblem(str(folder), 1, "there is something in this folder already", fix)])
    places = _places(folder, name, first_day)
    written = {
        PACK_FILE: "pack.yaml",
        "council.yaml": "council.yaml",
        "prices.yaml": "prices.yaml",
        f"schemes/{first_day.year}.yaml": "scheme.yaml",
    }
    for file, template in written.items():
        text = (_STARTING / template).read_text(encoding="utf-8")
        _write(folder, file, Template(text).substitute(places))
    for text_name, text in schemas().items():
        _put(folder / SCHEMAS / text_name, text)
    return (*written, *take(folder, _TAKEN, places))


def _places(folder: Path, name: str, first_day: date) -> dict[str, str]:
    short = _BODY.sub("", name) or name
    web = re.sub(r"[^a-z0-9]+", "-", short.lower()).strip("-") or "council"
    web = web if web[0].isalpha() else f"council-{web}"
    return {
        "name": name,
        "short": short,
        "quoted_name": json.dumps(name, ensure_ascii=False),
        "quoted_short": json.dumps(short, ensure_ascii=False),
        "web": web[:40].strip("-"),
        "id": web[:40].strip("-").replace("-", "_"),
        "from_day": first_day.isoformat(),
        "year": str(first_day.year),
        "folder": folder.name,
    }


def take(folder: Path, names: Iterable[str], places: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Copy files of the demonstration into a pack, to be changed there, under the council's own name.

    :param names: files such as ``ideas.yaml``, or folders such as ``questions``.
    :return: the files that were written.
    :raises PackProblems: there is no such file, or the pack has one already.
    """
    files = [file for name in names for file in _files_of(name)]
    known = places or _places_of(folder)
    for file in files:
        path = folder / file
        if path.exists():
            fix = "Change that one, or move it away first"
            raise PackProblems([PackProblem(file, 1, "the pack has a file of this name already", fix)])
    for file in files:
        text = (BASE / file).read_text(encoding="utf-8")
        text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("# "))
        for theirs, ours in (
            ("Harrowmere Council", known["name"]),
            ("Harrowmere", known["short"]),
            ("harrowmere", known["web"]),
        ):
            text = text.replace(theirs, ours)
        _write(folder, file, f"# CHANGE FIRST: {_FIRST.get(file, _ANY)}.\n{text.lstrip()}")
    return tuple(files)


def _files_of(name: str) -> list[str]:
    path = BASE / name
    inside = not Path(name).is_absolute() and Path(name).parts and ".." not in Path(name).parts
    if inside and path.is_dir():
        return [file.relative_to(BASE).as_posix() for file in sorted(path.rglob("*.yaml"))]
    if inside and path.is_file() and model_for(path.relative_to(BASE)) is not None:
        return [path.relative_to(BASE).as_posix()]
    known = ", ".join(sorted({*(file for file in FILES if "/" not in file), *FOLDERS, "charging"}))
    problem = PackProblem(name, 1, "the demonstration has no such file", f"Write one of {known}")
    raise PackProblems([problem])


def _places_of(folder: Path) -> dict[str, str]:
    told = read_yaml(folder / "council.yaml", "council.yaml").content
    name = str(told.get("name") or folder.name) if isinstance(told, dict) else folder.name
    places = _places(folder, name, date.min)
    if isinstance(told, dict) and told.get("id"):
        places["id"] = str(told["id"])
    return places


def _write(folder: Path, file: str, text: str) -> None:
    name = file if file in FILES or file == PACK_FILE else file.rpartition("/")[0]
    up = "../" * file.count("/")
    _put(folder / file, f"# yaml-language-server: $schema={up}{SCHEMAS}/{schema_name(name)}\n{text}")


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
