"""Every route tried as every role, with the ids of one person's case in the address.

What is expected is data: :data:`TABLE` says by part and right who is let in, and ``routes.txt`` which
part and right each route needs. Everybody else must be answered as if there were nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.whole.files import ROOT

OWNERS = frozenset({"owner", "draft", "another draft", "owner of another case", "confirmed representative"})
CARER = frozenset({"carer"})
TYPIST = frozenset({"staff who types from paper"})
WRITERS = frozenset({"helper who suggests", "helper who writes", "representative not confirmed"})
SEERS = WRITERS | {"helper who sees"}
PLANNER = frozenset({"planner with outcomes only"})
NOBODY: frozenset[str] = frozenset()

_SHARED = {"see": OWNERS | SEERS, "write": OWNERS | WRITERS, "own": OWNERS}
_EVERY_HELPER = OWNERS | SEERS | PLANNER | CARER | TYPIST
_TYPED = {right: allowed | TYPIST if right != "own" else allowed for right, allowed in _SHARED.items()}
_SEEN = _SHARED | {"see": _SHARED["see"] | TYPIST}
TABLE: Mapping[str, Mapping[str, frozenset[str]]] = {
    "tasks": {"see": _EVERY_HELPER},
    "passport": {"see": _EVERY_HELPER, "write": _EVERY_HELPER},
    "outcomes": {"see": OWNERS | SEERS | PLANNER | TYPIST},
    "assessment": {right: allowed | CARER for right, allowed in _TYPED.items()},
    "budget": _SEEN,
    "charging": _SHARED,
    "choices": _TYPED,
    "plan": _TYPED,
    "document": _SEEN,
    "people": {"own": OWNERS | CARER},
    "account": {"own": (OWNERS | CARER) - {"confirmed representative"}},
    "carer": {"see": CARER, "write": CARER},
    "together": {"own": OWNERS | CARER},
}
"""Who is let in, by part and right. The carer is somebody with a record of their own as a carer; who types
from paper has a case open that waits for its person, and until then only that."""

SIGNED_IN = frozenset(
    {
        *OWNERS,
        *SEERS,
        *PLANNER,
        *CARER,
        *TYPIST,
        "helper whose time is over",
        "helper who was removed",
        "staff",
        "staff whose form was taken over",
        "staff without a second factor",
    }
) - {"draft", "another draft"}
STAFF = frozenset({"staff", "staff whose form was taken over"}) | TYPIST
HAVE_NO_CASE = frozenset(
    {
        "stranger",
        "helper whose time is over",
        "helper who was removed",
        "staff",
        "staff whose form was taken over",
        "staff without a second factor",
    }
)
IN_THIS_CASE = (
    frozenset(
        {"owner", "confirmed representative", "helper who sees", "helper who suggests", "helper who writes"}
    )
    | PLANNER
)
"""Who has the case open whose ids stand in the addresses. The others have one of their own, or none."""
NAMES_ONE = ("<pair_id>", "<line_id>", "<setback_id>", "<grant_id>", "<picture_id>")
"""What names a thing of one case, so that in any other there is no such thing."""
BY_AUTHOR = frozenset({"/unsaved/<kept_id>/throw-away"})
"""What only whoever typed it may do, whatever their right to the part."""
ROLES = sorted(OWNERS | SEERS | PLANNER | CARER | TYPIST | HAVE_NO_CASE)

_TOKEN = re.compile(r'(?:name="(?:csrf_token|once|made_with)" value=")[^"]*')
_HERE = re.compile(r"to=[^\"]*")
# When somebody is signed out; the minute may turn between two requests.
_CLOCK = re.compile(r"\b\d\d:\d\d\b")
_NOT_COMPARED = frozenset({"Content-Length", "Set-Cookie", "Retry-After"})


@dataclass(frozen=True, slots=True)
class Route:
    """One line of ``routes.txt``."""

    rule: str
    method: str
    section: str
    right: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that is not as the table says."""

    role: str
    route: Route
    what: str


def routes(only: Callable[[Route], bool] = lambda _route: True) -> Iterator[Route]:
    """Every route as it is written down."""
    for line in (ROOT / "tests" / "whole" / "routes.txt").read_text(encoding="utf-8").splitlines():
        rule, method, said = line.split("  ")
        section, _colon, right = said.partition(": ")
        route = Route(rule, method, section, right)
        if only(route):
            yield route


def address_of(rule: str, ids: Mapping[str, str]) -> str:
    """The address of a rule with the ids of a case."""
    return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda part: ids.get(part.group(1), "x"), rule)


@dataclass
class Matrix:
    """All roles over one case.

    :ivar client: asks, and keeps no cookie: what one cell is answered makes no difference to the next.
    :ivar browsers: for each role its cookie, and its token for forms.
    :ivar ids: those of the case that everything is about, by the names of arguments.
    :ivar marker: words that stand all over that case.
    """

    client: FlaskClient
    browsers: Mapping[str, tuple[str, str]]
    ids: Mapping[str, str]
    marker: bytes

    def cells(self, only: Callable[[Route], bool] = lambda _route: True) -> Iterator[Wrong | None]:
        """Try every route as every role: ``None`` for what is as it should be."""
        for route in routes(only):
            for role in ROLES:
                yield self.cell(role, route)

    def cell(self, role: str, route: Route) -> Wrong | None:
        """One of them."""
        answer = self.ask(role, route.method, address_of(route.rule, self.ids))
        wrong = self._wrong(role, route, answer)
        return Wrong(role, route, wrong) if wrong else None

    def ask(self, role: str, method: str, address: str) -> TestResponse:
        """What a role is answered."""
        cookie, token = self.browsers[role]
        sent = {"csrf_token": token, "kept": self.ids["kept_id"]} if method == "POST" else None
        headers = {"Cookie": cookie, "Referer": "https://localhost/"}
        return self.client.open(address, method=method, data=sent, headers=headers)

    def _wrong(self, role: str, route: Route, answer: TestResponse) -> str:
        if answer.status_code >= 500:
            return f"it broke: {answer.status_code}"
        theirs = (
            role in OWNERS - {"owner", "confirmed representative"} or role in CARER | TYPIST | HAVE_NO_CASE
        )
        if theirs and self.marker in answer.get_data():
            return "it shows what somebody else wrote"
        if route.section == "open":
            return ""
        allowed = self._allowed(role, route)
        if allowed:
            refused = self._looks_absent(role, route.method, answer) or _goes(answer, "/", "/account/sign-in")
            if role not in IN_THIS_CASE and any(name in route.rule for name in NAMES_ONE):
                absent = self._looks_absent(role, route.method, answer)
                return "" if absent else f"it finds what belongs to another case: {answer.status_code}"
            here = role in IN_THIS_CASE and (route.rule not in BY_AUTHOR or role == "owner")
            return "it was refused" if refused and here and not self._is_absent_for_owner(route) else ""
        if route.section == "signed in":
            return "" if _goes(answer, "/account/sign-in") else f"let in: {answer.status_code}"
        if route.section == "staff" and role == "staff without a second factor":
            return "" if _goes(answer, "/account/ways") else f"let in: {answer.status_code}"
        if route.section != "staff" and role in HAVE_NO_CASE:
            return "" if _goes(answer, "/") else f"not sent to the start: {answer.status_code}"
        if self._looks_absent(role, route.method, answer):
            return ""
        return f"it can be told apart from what is not there: {answer.status_code}"

    def _allowed(self, role: str, route: Route) -> bool:
        if route.section == "signed in":
            return role in SIGNED_IN
        if route.section == "staff":
            return role in STAFF
        return role in TABLE[route.section][route.right]

    def _looks_absent(self, role: str, method: str, answer: TestResponse) -> bool:
        return _seen(answer) == _seen(self.ask(role, method, "/nowhere"))

    def _is_absent_for_owner(self, route: Route) -> bool:
        answer = self.ask("owner", route.method, address_of(route.rule, self.ids))
        return answer.status_code == 404


def _goes(answer: TestResponse, *addresses: str) -> bool:
    where = answer.headers.get("Location", "")
    return answer.status_code == 303 and any(
        where == one or where.startswith((f"{one}?to=", f"{one}?nothing=")) for one in addresses
    )


def _seen(answer: TestResponse) -> tuple[Any, ...]:
    """Everything by which two answers could be told apart, but for the address that was asked for."""
    body = _HERE.sub("to=", _TOKEN.sub("", answer.get_data().decode("utf-8", "replace")))
    body = _CLOCK.sub("", body)
    headers = sorted((name, value) for name, value in answer.headers if name not in _NOT_COMPARED)
    return answer.status_code, headers, body
