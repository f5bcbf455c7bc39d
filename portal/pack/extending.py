"""A pack built on another: the files that it does not have come from that one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from portal.pack.faults import PackProblem, PackProblems
from portal.pack.reading import Path_, Source, read_yaml
from portal.pack.values import Value
from portal.pack.wording import problems_of

PACK_FILE = "pack.yaml"
SAME_AS = "same_as"
SHIPPED = Path(__file__).parents[1] / "packs"


class PackFile(Value):
    """``pack.yaml``: the pack that this one is built on.

    :ivar extends: a pack that ships, by its name, or a folder, told from the folder of this pack.
    :ivar without: files and folders of that pack that this one does without.
    """

    extends: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a file of a pack stands.

    :ivar name: how messages call it: its path inside the pack's folder, after the name of the pack
        when it comes from the one that is extended.
    :ivar folder: the folder of the pack it belongs to, out of which it may not lead.
    """

    path: Path
    name: str
    folder: Path


class Joined(Source):
    """A file that is the same as another but for some keys: each part knows its own line."""

    def __init__(self, own: Source, other: Source) -> None:
        kept = {key: value for key, value in own.content.items() if key != SAME_AS}
        super().__init__(own.file, {**other.content, **kept})
        self.own, self.other = own, other

    def holder(self, where: Path_) -> Source:
        """The file in which a part is written."""
        return self.own if not where or where[0] in self.own.content else self.other

    def line(self, *where: str | int) -> int:
        """The line of a part in its own file."""
        return self.holder(where).line(*where)

    def problem(self, where: Path_, problem: str, fix: str) -> PackProblem:
        """A problem with a part, told with the file in which that is written."""
        return self.holder(where).problem(where, problem, fix)


class Files:
    """The files of a pack, its own and those it has from the pack it extends.

    :param folder: the pack's folder.
    :param about: what its ``pack.yaml`` says; ``None`` when it stands alone.
    """

    def __init__(self, folder: Path, about: PackFile | None = None) -> None:
        self.folder = folder
        self.about = about
        self.base = base_of(folder, about.extends) if about is not None else None

    def file(self, name: str) -> Place | None:
        """A single file; ``None`` when there is none."""
        own = self.folder / name
        if own.exists() or self.base is None:
            return Place(own, name, self.folder) if own.exists() else None
        return self._inherited(name)

    def inside(self, name: str) -> list[Place]:
        """The files of a folder, in the order of their names: all its own, or all of the other pack."""
        own = sorted((self.folder / name).glob("*.yaml"))
        if own or self.base is None:
            return [Place(path, f"{name}/{path.name}", self.folder) for path in own]
        paths = sorted((self.base / name).glob("*.yaml"))
        found = (self._inherited(f"{name}/{path.name}") for path in paths)
        return [place for place in found if place is not None]

    def read(self, place: Place) -> Source:
        """A file, with what it takes from another by ``same_as``.

        :raises PackProblems: it cannot be read, or there is nothing of that name to take.
        """
        source = read_yaml(place.path, place.name)
        if not (isinstance(source.content, dict) and SAME_AS in source.content):
            return source
        named = source.content[SAME_AS]
        inside = place.path.relative_to(place.folder).parent
        plain = place.folder == self.folder and Path(str(named)).name == named
        other = self._inherited((inside / str(named)).as_posix()) if plain else None
        if other is None or not other.path.resolve().is_relative_to(other.folder.resolve()):
            raise PackProblems([source.problem((SAME_AS,), *self._nothing(named, inside))])
        found = read_yaml(other.path, other.name)
        if not isinstance(found.content, dict):
            raise PackProblems([found.problem((), "this file has no keys", "Write its keys")])
        return found if source.content.keys() == {SAME_AS} else Joined(source, found)

    def _inherited(self, name: str) -> Place | None:
        if self.base is None or self.about is None or not (self.base / name).exists():
            return None
        if any(name == left or name.startswith(f"{left.rstrip('/')}/") for left in self.about.without):
            return None
        return Place(self.base / name, f"{self.about.extends}/{name}", self.base)

    def _nothing(self, named: object, inside: Path) -> tuple[str, str]:
        if self.about is None or self.base is None:
            return "this pack extends no other, so that there is nothing to be the same as", (
                "Write the file out, or add pack.yaml with extends:"
            )
        names = [path.name for path in sorted((self.base / inside).glob("*.yaml"))]
        near = difflib.get_close_matches(str(named), names, n=1)
        fix = f"Write {near[0]}" if near else f"Write one of {', '.join(names) or 'the files that it has'}"
        return f"{self.about.extends} has no {(inside / str(named)).as_posix()}", fix


def open_files(folder: Path) -> Files:
    """The files of a pack, as its ``pack.yaml`` says, if it has one.

    :raises PackProblems: with what is wrong in that file.
    """
    path = folder / PACK_FILE
    if not path.exists():
        return Files(folder)
    source = read_yaml(path, PACK_FILE)
    try:
        about = PackFile.model_validate(source.content)
    except ValidationError as wrong:
        raise PackProblems(problems_of(wrong, PackFile, source)) from None
    problems = list(_problems(about, folder, base_of(folder, about.extends), source))
    if problems:
        raise PackProblems(problems)
    return Files(folder, about)


def own_words(path: Path, source: Source) -> tuple[Source, frozenset[str] | None]:
    """A file that is read by itself, with what it takes from another pack, and the keys that are its own.

    :return: the keys are ``None`` when all of it is its own.
    :raises PackProblems: as :meth:`Files.read`.
    """
    if not (isinstance(source.content, dict) and SAME_AS in source.content):
        return source, None
    folder = next((up for up in path.parents if (up / PACK_FILE).exists()), path.parent)
    name = path.relative_to(folder).as_posix()
    return open_files(folder).read(Place(path, name, folder)), frozenset(source.content)


def base_of(folder: Path, extends: str) -> Path:
    """The folder of the pack that is extended, whether it is there or not."""
    shipped = SHIPPED / extends
    named = "/" not in extends and not extends.startswith(".")
    return shipped if named and shipped.is_dir() else folder / extends


def _problems(about: PackFile, folder: Path, base: Path, source: Source) -> Iterator[PackProblem]:
    if not base.is_dir():
        shipped = ", ".join(sorted(path.name for path in SHIPPED.iterdir() if path.is_dir()))
        fix = f"Write a folder, told from this one, or one that ships: {shipped}"
        yield source.problem(("extends",), f"there is no pack {about.extends}", fix)
    elif base.resolve() == folder.resolve():
        yield source.problem(("extends",), "a pack cannot extend itself", "Write the name of another pack")
    elif (base / PACK_FILE).exists():
        yield source.problem(
            ("extends",),
            f"{about.extends} is built on another pack itself",
            "Extend one that stands alone, and copy what you need of this one",
        )
    else:
        for at, name in enumerate(about.without):
            if not (base / name).exists():
                fix = "Write the name of a file or folder that it has"
                yield source.problem(("without", at), f"{about.extends} has no {name}", fix)
