"""Type a word of its own into every field there is, and look for it everywhere it must not be.

A real server runs; several people go through it and fill in every form that they find. Then the
server's log, every address and cookie, the mails, the audit trail, and every byte of the database
and of its keys are searched for what was typed.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from sqlalchemy import inspect, text

from attacks.report import Place, Report
from attacks.serving import RUN, Portal
from portal.database import opened
from tests.browsing import Fields, filled_in
from tests.visiting import TYPED, answers

_SHORT = re.compile(r" (code|email|passphrase|reference)$")
"""What no page shows again to whoever typed it."""
_MEANT = {("a mail", "given_by")}
"""What may be there: who is invited is told by whom."""
PEOPLE = ("a newcomer", "a person with a plan", "a helper", "a carer", "an officer")

_LAST = re.compile(r"/(remove|delete|forget|leave|out|end|revoke|take-back|copy|open|other|sign-out)\b")
_NO_PAGE = re.compile(r"^/(static|look|leave|pictures)\b|\.(pdf|json|csv|ics|jpg)$")
_CANARY = re.compile(r"qz\d{4}canary")


@dataclass
class Typed:
    """What was typed, by field; each value is there once only."""

    fields: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def new(self, where: str) -> str:
        """A word that was never typed before."""
        canary = f"qz{len(self.fields):04}canary"
        self.fields[canary] = where
        return canary


class Browser(urllib.request.HTTPRedirectHandler):
    """Somebody at work: their cookies, and every address they were sent to."""

    def __init__(self, port: int, typed: Typed) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.typed = typed
        self.passphrase = f"{typed.new('a passphrase')} by the river"
        self.addresses: set[str] = set()
        self.sent: set[str] = set()
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), self)

    def redirect_request(self, *about: object) -> urllib.request.Request | None:
        """Note where it leads."""
        self.addresses.add(str(about[-1]))
        return super().redirect_request(*about)  # type: ignore[arg-type]

    def ask(self, path: str, fields: Fields | None = None) -> tuple[str, str]:
        """A page after all redirects: its address and its HTML; nothing for what is none."""
        address = urljoin(self.base, path)
        self.addresses.add(address)
        body = urlencode(fields, doseq=True).encode() if fields is not None else None
        asked = urllib.request.Request(address, body, {"Referer": f"{self.base}/"})
        try:
            answer = self._opener.open(asked, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            html = answer.read().decode(errors="replace")
        if fields is None or answer.geturl() != address:
            self.typed.shown |= set(_CANARY.findall(html))
        return urlsplit(answer.geturl()).path, html

    def fill_in(self, page: str, action: str = "", **given: str) -> str:
        """Open a page, fill in one of its forms and send it; the HTML of where that leads.

        :param action: where the form leads, or how that begins; that of the page itself if left out.
        :param given: what is not to be a word of its own.
        """
        here, html = self.ask(page)
        forms = BeautifulSoup(html, "html.parser").select(f'form[action^="{action or page}"]')
        assert forms, f"{here} has no form to {action or page}"
        return self._send(forms[0], here, given)[1]

    def go_through(self, most: int, *start: str) -> None:
        """Follow links, and fill in each form that is found and was not sent before.

        :param most: so many pages at most.
        """
        waiting, known = deque(start), set[str]()
        while waiting and len(known) < most:
            address = waiting.popleft()
            if address in known:
                continue
            known.add(address)
            here, html = self.ask(address)
            for _again in range(2):
                soup = BeautifulSoup(html, "html.parser")
                waiting.extend(_links(soup))
                form = _new_form(soup, self.sent)
                if form is None:
                    break
                here, html = self._send(form, here, {})
                waiting.append(here)
                # Where it stands from now on, if it was taken.
                self.ask(address)

    def _send(self, form: Tag, here: str, given: Mapping[str, str]) -> tuple[str, str]:
        fields = {**filled_in(form), **answers(form)}
        for name, value in fields.items():
            kind = form.select_one(f'[name="{name}"]')
            if kind is not None and kind.get("type") == "password":
                fields[name] = self.passphrase
            elif value == "visitor@example.org":
                fields[name] = f"{self.typed.new(f'{here} {name}')}@mail.example.org"
            elif value == TYPED or (kind is not None and _is_words(kind)):
                fields[name] = self.typed.new(f"{here} {name}")
        fields |= given
        return self.ask(str(form["action"]), {name: value for name, value in fields.items() if value})


def _everybody(port: int, typed: Typed, most: int) -> list[Browser]:
    """Have everybody go through the portal and type into each form they find.

    :param most: pages for each of them.
    """
    people = [Browser(port, typed) for _each in PEOPLE]
    newcomer, person, helper, carer, officer = people
    newcomer.fill_in("/", "/start")
    newcomer.go_through(most, "/tasks", "/", "/account", "/account/save")

    person.fill_in("/", "/demo/grace")
    person.fill_in("/account/save")
    code = _code(person.fill_in("/people/invite", level="write"))
    helper.fill_in("/account/new")
    helper.fill_in("/people/code", code=code)
    helper.fill_in("/people/accept")
    helper.fill_in("/people/helping", "/people/helping/")
    helper.fill_in("/people/acting")

    carer.fill_in("/carer/start")
    carer.fill_in("/account/save")
    person.fill_in("/together/enter", code=_code(carer.fill_in("/together/new")))
    carer.go_through(most, "/tasks", "/together", "/account")
    person.go_through(most, "/plan/about", "/plan", "/together", "/people", "/tasks", "/", "/account")
    helper.go_through(most, "/plan/about", "/tasks", "/people/helping", "/people/words", "/account")

    officer.fill_in("/", "/demo/officer")
    officer.go_through(most, "/people/claims", "/staff")
    return people


def _code(html: str) -> str:
    """The code that a page shows, to be handed over."""
    shown = BeautifulSoup(html, "html.parser").select_one("main bdi[dir=ltr]")
    assert shown is not None, "the page shows no code"
    return shown.get_text(strip=True)


def _is_words(kind: Tag) -> bool:
    """Whether anything may be typed into a field, filled in already or not."""
    text_box = kind.name == "input" and kind.get("type", "text") == "text" and not kind.get("inputmode")
    dated = str(kind["name"]).rpartition("-")[2] in {"day", "month", "year"}
    return kind.name == "textarea" or (text_box and not dated)


def _new_form(soup: BeautifulSoup, sent: set[str]) -> Tag | None:
    for form in soup.select('main form[method="post"]'):
        names = sorted({str(each["name"]) for each in form.select("[name]")})
        pattern = re.sub(r"[A-Za-z0-9_-]{16,}", "*", f"{form['action']} {names}")
        if pattern not in sent and not _LAST.search(str(form["action"])):
            sent.add(pattern)
            return form
    return None


def _links(soup: BeautifulSoup) -> Iterator[str]:
    for link in soup.select("a[href]"):
        path = urlsplit(str(link["href"]))
        if path.path.startswith("/") and not path.netloc and not _NO_PAGE.search(path.path):
            yield path._replace(fragment="").geturl()


def _in_tables(address: str) -> Iterator[tuple[str, str]]:
    """Every row of every table, in words."""
    with opened(address) as engine, engine.connect() as line:
        for name in inspect(engine).get_table_names():
            for row in line.execute(text(f'SELECT * FROM "{name}"')):
                yield f"the table {name}", str(row)


def _everywhere(place: Place, portal: Portal, browsers: list[Browser]) -> Iterator[tuple[str, str]]:
    """Every place where no canary may be, with what stands there."""
    yield "the log", portal.log
    for browser in browsers:
        yield "an address", " ".join(browser.addresses)
        yield "a cookie", " ".join(f"{each.name}={each.value}" for each in browser.jar)
    yield from _in_tables(place.address)
    for file in place.folder.rglob("*.sqlite*"):
        yield f"the file {file.name}", file.read_bytes().decode("latin-1")
    for mail in (place.folder / "mails").glob("*"):
        # A mail goes to somebody: their address is what is in its head.
        yield "a mail", re.sub(r"(?im)^(to|x-[a-z-]*to):.*(\n\s.*)*", "", _read(mail))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def report(place: Place, *, pages: int, fault: str = "") -> Report:
    """Type, look everywhere, and say what was found where."""
    portal, typed = Portal(place.folder, place.address, _FAULTS.get(fault, RUN)), Typed()
    try:
        portal.start()
        browsers = _everybody(portal.port, typed, pages)
    finally:
        portal.kill()
    forms = {f"forms of {name}": len(one.sent) for name, one in zip(PEOPLE, browsers, strict=True)}
    words = {found for found, where in typed.fields.items() if not _SHORT.search(where)}
    came = Report(
        {**forms, "fields": len(typed.fields), "words": len(words), "shown again": len(typed.shown & words)}
    )
    hits = {
        (where, found)
        for where, what in _everywhere(place, portal, browsers)
        for found in _CANARY.findall(what)
        if (where, typed.fields[found].rpartition(" ")[2]) not in _MEANT
    }
    came.wrong += [
        f"{where} holds what was typed into {typed.fields[found]}" for where, found in sorted(hits)
    ]
    if len(typed.shown & words) * 2 < len(words):
        came.wrong.append("too little of what was typed was taken for the search to mean anything")
    return came


_FAULTS = {
    "what was sent is logged": """
from portal import safeguards
finish = safeguards._finish
def _finish(response):
    print(dict(safeguards.request.form), flush=True)
    return finish(response)
safeguards._finish = _finish
"""
    + RUN,
    "words are kept clear": """
import json
from portal import sealing
sealing._seal = lambda key, bound_to, value: "~" + json.dumps(value)
sealing._plain = lambda key, bound_to, kept: sealing._DATA + kept[1:].encode()
"""
    + RUN,
    "words in an address": """
from portal import safeguards
finish = safeguards._finish
def _finish(response):
    typed = [value for name, value in safeguards.request.form.items() if "canary" in value]
    if response.location and typed:
        response.location += "?said=" + typed[0]
    return finish(response)
safeguards._finish = _finish
"""
    + RUN,
}
