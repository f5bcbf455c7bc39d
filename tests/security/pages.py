"""Write the tables of the pages on security from the code: ``python -m tests.security.pages``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from portal.identity import slowing
from portal.identity.links import LASTS
from tests.whole.files import ROOT
from tests.whole.test_sealed import CLEAR

FOLDER = ROOT / "docs" / "security"
_ROUTES = ROOT / "tests" / "whole" / "routes.txt"
_MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(\n<!-- end -->)", re.DOTALL)

Rows = list[tuple[str, ...]]


def _lasting(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    lengths = {"day": 24 * 60, "hour": 60, "minute": 1}
    unit, length = next(each for each in lengths.items() if minutes % each[1] == 0)
    number = minutes // length
    return f"{number} {unit}{'s' * (number > 1)}"


def _routes() -> Rows:
    told = [line.split("  ", 2) for line in _ROUTES.read_text(encoding="utf-8").splitlines()]
    return [("address", "method", "needs"), *((f"`{rule}`", method, need) for rule, method, need in told)]


def _clear() -> Rows:
    return [("column", "why it is clear"), *((f"`{name}`", why) for name, why in CLEAR.items())]


def _slowing() -> Rows:
    kinds = {
        "one account": slowing.ACCOUNT,
        "one network": slowing.NETWORK,
        "a second factor": slowing.CODE,
        "mails to one address": slowing.LETTERS,
    }
    head = ("counted for", "free tries", "longest wait", "counted anew after")
    return [
        head,
        *((name, str(of.free), _lasting(of.longest), _lasting(of.window)) for name, of in kinds.items()),
    ]


def _links() -> Rows:
    return [("for", "lives"), *((name, _lasting(time)) for name, time in LASTS.items())]


TABLES: Mapping[str, Callable[[], Rows]] = {
    "routes": _routes,
    "clear": _clear,
    "slowing": _slowing,
    "links": _links,
}


def filled_in(page: str) -> str:
    """A page with each of its marked tables as the code tells it."""

    def table(found: re.Match[str]) -> str:
        head, *rows = TABLES[found[2]]()
        lines = (head, tuple("---" for _cell in head), *rows)
        return found[1] + "\n".join(f"| {' | '.join(row)} |" for row in lines) + found[3]

    return _MARKED.sub(table, page)


def main() -> None:
    """Write each page anew."""
    for path in FOLDER.glob("*.md"):
        path.write_text(filled_in(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
