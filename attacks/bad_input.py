"""Put hostile things into every form and address of the portal, as everybody who may come.

Forms are found by following links, as each of these people, and on the pages that answers lead to.
An input is one request. What came back is looked at, and where it was taken, the page it is shown on.
"""

from __future__ import annotations

import logging
import random
import re
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, got_request_exception
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from attacks.hostile import ADDRESSES, BODIES, HEADERS, MARK, UNESCAPED, VALUES, Fields, drawn, swapped
from attacks.in_process import portal
from attacks.people import PEOPLE, Begin
from attacks.planting import Faults, planted
from attacks.reading import Form, like, read
from attacks.report import Place, Report

LONGEST = 5.0
"""Seconds after which an answer counts as a hang."""
_MOST_PAGES = 150
"""Pages that each of them opens to find forms; fewer when there is little to send."""
_MOST_MISSED = 2
_AFRESH_EVERY = 300
"""Inputs after which a visit is begun anew: what was taken piles up on its pages."""
_LEFT_ALONE = re.compile(r"^/(static|leave|look)\b|\.(pdf|json)$|^/document/(plan|paper)")
_TELLS = re.compile(r"Traceback \(most|sqlalchemy\.|pysqlite3|psycopg|jinja2\.|werkzeug\.")


@dataclass
class Kind:
    """One kind of person at work: their visit, the forms they have found.

    :ivar homes: on what page each form was found; ``ways``: from what page each page was found.
    :ivar changed: whether anything was taken since forms were looked at.
    :ivar missed: how often a form was not offered even in a new visit.
    """

    name: str
    begin: Begin
    app: Flask
    most_pages: int = _MOST_PAGES
    client: FlaskClient = field(init=False)
    forms: dict[str, Form] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=deque)
    used: int = 0
    changed: bool = False
    homes: dict[str, str] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)
    missed: Counter[str] = field(default_factory=Counter)

    def afresh(self) -> None:
        """Begin a visit."""
        self.client = self.app.test_client()
        self.client.environ_base["HTTP_REFERER"] = "https://localhost/"
        self.begin(self.client)
        self.used = 0
        self._from_the_start()

    def _from_the_start(self) -> None:
        self.forms, self.changed = {}, False
        self.waiting = deque(("/tasks", "/"))
        self.known = set(self.waiting)

    def explore(self, pattern: str = "", *, straight: bool = False) -> bool:
        """Follow links until a form is found, or to the end; whether it was found.

        :param straight: follow no others than those that led to it before; they come first in any case.
        """
        on_the_way, here = set[str](), self.homes.get(pattern, "")
        while here and here not in on_the_way:
            on_the_way.add(here)
            here = self.ways.get(here, "")
        while (
            pattern not in self.forms
            and self.waiting
            and len(self.known) < self.most_pages + len(self.waiting)
        ):
            page = self.waiting.popleft()
            for link in self.look(page):
                self.ways.setdefault(like(link), like(page))
                leads_there = like(link) in on_the_way
                if link not in self.known and (leads_there or not straight):
                    self.known.add(link)
                    (self.waiting.appendleft if leads_there else self.waiting.append)(link)
        return pattern in self.forms

    def look(self, address: str) -> list[str]:
        """Open a page, note its forms, and give where it leads inside the portal."""
        answer = self.client.get(address)
        if answer.location:
            return list(_inside([answer.location]))
        if answer.mimetype != "text/html":
            return []
        forms, links = read(address, answer.get_data(as_text=True))
        for form in forms:
            if _LEFT_ALONE.search(form.action) is None:
                self.forms[form.pattern] = form
                self.homes.setdefault(form.pattern, like(address))
        return list(_inside(links))

    def form(self, pattern: str) -> Form | None:
        """The form as it is offered now, its hidden fields the newest; in a new visit if need be."""
        if self.used < _AFRESH_EVERY:
            if self.changed:
                here = self.forms.get(pattern)
                self._from_the_start()
                if here is not None:
                    self.look(here.page)
            if pattern in self.forms or self.explore(pattern, straight=True):
                return self.forms[pattern]
            self._from_the_start()
        if self.missed[pattern] >= _MOST_MISSED:
            return None
        self.afresh()
        if not self.explore(pattern):
            self.missed[pattern] += 1
        return self.forms.get(pattern)


def _inside(links: list[str]) -> Iterator[str]:
    for link in links:
        parts = urlsplit(link)
        local = not parts.scheme and parts.netloc in {"", "localhost"} and parts.path.startswith("/")
        if local and _LEFT_ALONE.search(parts.path) is None:
            yield parts._replace(fragment="", netloc="").geturl()


@dataclass
class Attack:
    """What is counted while it goes on."""

    inputs: int = 0
    hang: float = LONGEST
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    raised: list[str] = field(default_factory=list)

    def open(self, kind: Kind, what: str, address: str, **more: Any) -> TestResponse | None:
        """Send one input and look at what comes back."""
        self.inputs += 1
        kind.used += 1
        headers = more.pop("headers", {})
        began = time.monotonic()
        try:
            answer = kind.client.open(address, headers=headers, **more)
        except ValueError:
            # The test's own browser cannot send it; a raw connection can, which is another attack.
            return None
        took = time.monotonic() - began
        self.slowest = max(self.slowest, took)
        self.statuses[answer.status_code] += 1
        kind.changed |= more.get("method") == "POST" and answer.status_code < 400
        self.kinds[what.partition(":")[0]] += 1
        self._look(f"{kind.name}: {more.get('method', 'GET')} {address[:80]}: {what}", answer, took)
        return answer

    def _look(self, where: str, answer: TestResponse, took: float) -> None:
        text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        if answer.status_code >= 500:
            self.wrong.append(f"{where}: {answer.status_code} {self.raised[-1] if self.raised else ''}")
        if took > self.hang:
            self.wrong.append(f"{where}: {took:.1f} s")
        shown = next((piece for piece in UNESCAPED if piece in text), None)
        if shown is not None:
            self.wrong.append(f"{where}: shown as it was typed: {shown}")
        if text and (told := _TELLS.search(text)):
            self.wrong.append(f"{where}: tells of the inside: {told.group()}")
        if any(MARK in f"{name}: {value}" for name, value in answer.headers if name.lower() != "location"):
            self.wrong.append(f"{where}: typed text in a header")
        target = urlsplit(answer.location or "")
        if target.netloc not in {"", "localhost"} and not where.endswith("leave"):
            self.wrong.append(f"{where}: leads to {target.netloc}")


Input = Callable[[Attack, Kind], None]


def _value(pattern: str, name: str, value: str, attack: Attack, kind: Kind) -> None:
    form = kind.form(pattern)
    if form is None:
        return
    _send(attack, kind, form, f"value: {name}={value[:30]!r}", swapped(form.sent, name, value))


def _send(attack: Attack, kind: Kind, form: Form, what: str, fields: Fields) -> None:
    sent: dict[str, list[str]] = {}
    for name, value in fields:
        sent.setdefault(name, []).append(value)
    if form.method == "get":
        attack.open(kind, what, form.action, query_string=sent)
        return
    answer = attack.open(kind, what, form.action, method="POST", data=sent)
    if answer is not None and answer.location:
        # It was taken: is it shown as text where the person comes next, and where it stands from now on?
        for address in dict.fromkeys((*_inside([answer.location]), form.page)):
            attack.open(kind, f"{what} shown", address)


def _body(pattern: str, name: str, attack: Attack, kind: Kind) -> None:
    form = kind.form(pattern)
    if form is not None and form.sent:
        attack.open(kind, f"body: {name}", form.action, method="POST", **BODIES[name](form.sent))


def _left_out(pattern: str, name: str, attack: Attack, kind: Kind) -> None:
    form = kind.form(pattern)
    if form is not None:
        _send(attack, kind, form, f"structure: without {name}", [f for f in form.sent if f[0] != name])


FORGED: Mapping[str, tuple[str | None, Mapping[str, str]]] = {
    "no token": (None, {}),
    "an empty token": ("", {}),
    "a made-up token": ("x" * 80, {}),
    "a token with one sign changed": ("+", {}),
    "the token of another visit": ("*", {}),
    "another site's origin": ("=", {"Origin": "https://elsewhere.example"}),
    "an origin that ends alike": ("=", {"Origin": "https://localhost.elsewhere.example"}),
    "another site, as the browser says": ("=", {"Sec-Fetch-Site": "cross-site"}),
    "a neighbouring site": ("=", {"Sec-Fetch-Site": "same-site"}),
    "a wrong token as a header": (None, {"X-CSRFToken": "x" * 80}),
}
"""Forms of another site: the token (``=`` the right one, ``+`` changed, ``*`` another visit's), headers."""


def _forged(pattern: str, how: str, other: str, attack: Attack, kind: Kind) -> None:
    form = kind.form(pattern)
    token = dict(form.sent).get("csrf_token", "") if form is not None else ""
    if form is None or not token:
        return
    put, headers = FORGED[how]
    said = {"=": token, "*": other, "+": token[:-9] + token[-9:].swapcase()}.get(put or "", put)
    fields = swapped(form.sent, "csrf_token", said or "") if put is not None else form.sent
    fields = fields if put is not None else [pair for pair in fields if pair[0] != "csrf_token"]
    answer = attack.open(
        kind, f"forged: {how}", form.action, method="POST", data=dict(fields), headers=headers
    )
    if answer is not None and answer.status_code < 400:
        attack.wrong.append(f"{kind.name}: {form.action}: a form with {how} was taken")


def _address(rule: str, value: str, query: str, attack: Attack, kind: Kind) -> None:
    address = re.sub(r"<[^>]+>", lambda _part: value, rule) + (f"?{query}={value}" if query else "")
    method = "POST" if len(value) % 3 == 0 else "GET"
    attack.open(kind, f"address: {rule}", address, method=method)


def _header(address: str, number: int, attack: Attack, kind: Kind) -> None:
    attack.open(kind, f"header: {sorted(HEADERS[number])}", address, headers=HEADERS[number])


def inputs(app: Flask, kind: Kind, chance: random.Random, other: str) -> dict[str, list[Input]]:
    """Everything that can be sent as one kind of person, by the form or the way."""
    found: dict[str, list[Input]] = {}
    for pattern, form in kind.forms.items():
        fields = [name for name in form.names if name != "csrf_token"]
        values = [*VALUES, *(drawn(chance) for _turn in range(20))]
        if not fields:
            fields, values = ["x"], values[:3]
        ways: list[list[Input]] = [
            [partial(_value, pattern, name, value) for name in fields for value in values],
            [partial(_left_out, pattern, name) for name in form.names],
        ]
        if form.method == "post":
            ways.append([partial(_body, pattern, name) for name in BODIES])
            ways.append([partial(_forged, pattern, how, other) for how in FORGED])
        for way in ways:
            chance.shuffle(way)
        # Some of each, values most of all.
        ways.insert(0, ways[0][1::2])
        ways[1] = ways[1][0::2]
        chance.shuffle(ways)
        found[pattern] = [send for each in zip_longest(*ways) for send in each if send is not None]
    rules = [rule.rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/static")]
    found["addresses"] = [
        partial(_address, rule, value, query)
        for rule in rules
        if rule not in {"/document/paper-form.pdf", "/leave"}
        for value in ADDRESSES
        for query in ("", "next", "saved", "left_out")
        if "<" in rule or query
    ]
    found["headers"] = [
        partial(_header, address, number)
        for address in ("/", "/tasks", "/account", "/plan")
        for number in range(len(HEADERS))
    ]
    for each in (found["addresses"], found["headers"]):
        chance.shuffle(each)
    return found


def _shared_out(ways: dict[str, list[Input]], most: int, chance: random.Random) -> Iterator[Input]:
    """Of each way as much as of any other, as long as there is any left."""
    some = chance.sample(sorted(ways), min(most, len(ways)))
    for place, name in enumerate(sorted(some, key=lambda name: len(ways[name]))):
        size = most // (len(some) - place)
        share, ways[name] = ways[name][:size], ways[name][size:]
        most -= len(share)
        yield from share


def attack(app: Flask, most: int, *, hang: float = LONGEST, first: bool = False) -> Report:
    """Send so many inputs, shared out among everybody who may come and every form they find.

    :param hang: seconds after which an answer counts as a hang.
    :param first: whether to end with the first thing that is wrong.
    """
    chance, doing = random.Random(1), Attack(hang=hang)
    got_request_exception.connect(
        note := lambda _app, exception, **_more: doing.raised.append(_briefly(exception)), app
    )
    found: Counter[str] = Counter()
    other = app.test_client()
    another = dict(read("/", other.get("/").get_data(as_text=True))[0][-1].sent).get("csrf_token", "x" * 80)
    for place, (name, begin) in enumerate(PEOPLE.items()):
        if first and doing.wrong:
            break
        kind = Kind(name, begin, app, min(_MOST_PAGES, 40 + most // 100))
        kind.afresh()
        kind.explore()
        found[name] = len(kind.forms)
        ways = inputs(app, kind, chance, another)
        ends = doing.inputs + max(0, most - doing.inputs) // (len(PEOPLE) - place)
        # What is taken is looked at again, which is one more input or two: so it is sent by halves.
        while (size := (ends - doing.inputs + 1) // 2) > 0 and any(ways.values()):
            for send in _shared_out(ways, size, chance):
                if not (first and doing.wrong):
                    send(doing, kind)
            if first:
                break
    got_request_exception.disconnect(note, app)
    return Report(
        {
            "inputs": doing.inputs,
            **{f"forms of {name}": count for name, count in found.items()},
            **{
                each: doing.kinds[each]
                for each in ("value", "body", "structure", "forged", "address", "header")
            },
            "server errors": sum(count for status, count in doing.statuses.items() if status >= 500),
            "slowest in s": doing.slowest,
        },
        list(dict.fromkeys(doing.wrong)),
    )


def _briefly(exception: BaseException) -> str:
    last = traceback.extract_tb(exception.__traceback__)[-1]
    return f"{type(exception).__name__}: {str(exception)[:150]} ({last.filename}:{last.lineno})"


def report(place: Place, *, inputs: int, fault: str = "") -> Report:
    """Make the attack on a portal of its own."""
    logging.getLogger("portal.app").setLevel(logging.CRITICAL)
    with portal(place.folder, place.address) as app:
        hang = LONGEST
        if fault:
            planted(app, _FAULTS[fault])
            hang = _SOON if fault == _HANG else LONGEST
        return attack(app, inputs, hang=hang, first=bool(fault))


_HANG, _SOON = "a hang", 2.0
_FAULTS: Mapping[str, Faults] = {
    "unescaped": Faults(body=lambda text: text.replace(f"&lt;{MARK}", f"<{MARK}")),
    "an error": Faults(status=lambda text: 500 if MARK in text else None),
    _HANG: Faults(wait=lambda address: _SOON if address == "/start" else 0),
    "no token needed": Faults(forms_protected=False),
    "typed text in a header": Faults(header="X-Typed"),
}
