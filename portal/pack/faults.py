"""What is wrong with a pack, said so that the person who wrote the file can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class PackProblem:
    """One thing to mend.

    :ivar file: the file's path inside the pack's folder.
    :ivar line: its line, counted from 1.
    :ivar problem: what is wrong, without a full stop.
    :ivar fix: what to write instead, without a full stop.
    """

    file: str
    line: int
    problem: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}. {self.fix}."


class PackProblems(Exception):
    """A pack cannot be used. Holds every problem found, in the order of files and lines."""

    def __init__(self, problems: list[PackProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Fault(ValueError):
    """Raised by a model's own check, with the advice that goes with it.

    :param problem: what is wrong.
    :param fix: what to write instead.
    :param where: keys and positions inside the model, to point at the very line.
    """

    def __init__(self, problem: str, fix: str, *where: str | int) -> None:
        super().__init__(problem)
        self.fix = fix
        self.where = where
