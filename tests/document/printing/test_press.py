"""Making a PDF reads nothing but our own files, stays within bounds, and gives the same bytes again."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from portal.document import samples
from portal.document.printing import places, press
from portal.document.printing.plan import pictures_in, plan_html, render_plan
from portal.document.printing.press import NotPrinted, print_pdf
from tests.document.conftest import ENGLISH, mark_of, printed, render_here

HOSTILE = (
    '<img alt="x" src="http://127.0.0.1:9/a.png">',
    '<img alt="x" src="file:///etc/passwd">',
    '<img alt="x" src="https://own.invalid/../../etc/passwd">',
    '<img alt="x" src="https://own.invalid.example/print.css">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    "<style>@import 'http://127.0.0.1:9/a.css';</style>",
    "<style>@font-face{font-family:x;src:url(http://127.0.0.1:9/a.ttf)}p{font-family:x}</style>",
    "<style>p{background:url(ftp://127.0.0.1/a.png)}</style>",
    '<object data="file:///etc/passwd"></object>',
    '<embed src="http://127.0.0.1:9/a.svg">',
)


def _page(body: str) -> str:
    return f"<html lang=en><title>A page</title><body><p>Words</p>{body}"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_is_fetched(hostile, monkeypatch):
    def refuse(*_args, **_more):
        raise AssertionError("something was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    read = _watch_files(monkeypatch)
    try:
        render_here(_page(hostile))
    except BaseException as refused:  # noqa: BLE001
        assert "refused" in repr(refused) or "fetching" in repr(refused).lower()  # noqa: PT017
    assert "/etc/passwd" not in read


def _watch_files(monkeypatch) -> list[str]:
    read: list[str] = []
    real = Path.read_bytes

    def reading(self):
        read.append(str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", reading)
    return read


def test_a_hostile_page_makes_no_pdf():
    with pytest.raises(NotPrinted) as refused:
        print_pdf(_page(HOSTILE[1]), ("print.css",))
    assert refused.value.reason == "broken"


def test_the_same_plan_makes_the_same_bytes():
    again = render_plan(samples.usual(), ENGLISH, mark=mark_of(samples.usual()))
    assert again == printed("usual").pdf


def test_another_plan_makes_other_bytes():
    assert printed("usual").pdf != printed("empty").pdf


def test_a_document_nobody_would_print_is_refused():
    with pytest.raises(NotPrinted) as refused:
        print_pdf(_page("<p style='break-before:page'>Page</p>" * 220), ("print.css",))
    assert refused.value.reason == "too_long"


def test_deep_nesting_is_an_answer_and_not_an_accident():
    with pytest.raises(NotPrinted):
        print_pdf(_page("<div>" * 2000), ("print.css",))
    assert print_pdf(_page(""), ("print.css",)).startswith(b"%PDF")


_HOLDING = """
import sys
from contextlib import ExitStack
from portal.document.printing.places import AT_ONCE, a_place
with ExitStack() as held:
    for _place in range(AT_ONCE):
        held.enter_context(a_place())
    print("held", flush=True)
    sys.stdin.read()
"""


def test_when_too_many_print_at_once_the_next_one_is_told_so_whichever_process_they_are_of(monkeypatch):
    monkeypatch.setattr(places, "PATIENCE", 0.01)
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLDING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(NotPrinted) as refused:
            print_pdf(_page(""), ())
        assert refused.value.reason == "busy"
    finally:
        # What a process holds is free again, however it ends.
        other.kill()
        other.communicate()
    monkeypatch.setattr(places, "PATIENCE", 20)
    assert print_pdf(_page(""), ("print.css",)).startswith(b"%PDF")


def test_the_process_that_prints_is_bounded():
    code = (
        "from portal.document.printing.worker import limit, MEMORY; limit()\n"
        "try: bytearray(MEMORY)\n"
        "except MemoryError: print('bounded')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "bounded"


def test_the_process_that_prints_knows_no_secret(monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "secret")
    assert "secret" not in str(press.environment())


@pytest.mark.parametrize("name", ["empty", "usual", "full"])
def test_the_renderer_has_nothing_to_complain_about(name):
    plan = getattr(samples, name)()
    _pdf, complaints = render_here(plan_html(plan, ENGLISH), pictures_in(plan))
    assert complaints == ()
