"""A real server and a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.journey.traveller import Traveller

CHROMIUM = "/usr/bin/chromium"
RESULTS = Path(__file__).parents[2] / "test-results"
_LONGEST_START = 60
_CALLED = pytest.StashKey[pytest.TestReport]()
# Chromium asks its maker for news at every start; what is under test is on this machine only.
_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here, and keep them together when tests run in several processes."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journey"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration as ``portal run`` starts it, with a database of its own."""
    folder = tmp_path_factory.mktemp("server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
        "PORTAL_DATABASE_URL": f"sqlite:///{folder}/portal.sqlite",
        "PORTAL_DEMONSTRATION": "1",
        "PORTAL_SECURE_COOKIES": "0",
    }
    command = [str(Path(sys.executable).with_name("portal")), "run", "--port", str(port)]
    log = (folder / "server.log").open("w+", encoding="utf-8")
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(port, process, Path(log.name))
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()
    said = Path(log.name).read_text(encoding="utf-8")
    assert "Traceback" not in said, said


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    pause = threading.Event()
    for _time in range(_LONGEST_START * 20):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None:
                break
            pause.wait(0.05)
        else:
            return
    pytest.fail("the portal did not start:\n" + log.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        yield started
        started.close()


class Watch:
    """What a browser complained of, and where it went: nothing, and nowhere else."""

    def __init__(self, server: str) -> None:
        self.server = urlsplit(server).netloc
        self.faults: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # A page in error is answered with 422, and one that somebody else saved meanwhile with 409: the
        # browser reports both as if a file were missing.
        told = any(f"status of {status}" in message.text for status in (409, 422))
        if message.type in {"error", "warning"} and not told:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        where = urlsplit(request.url)
        # Passkeys belong to a name, so that the same server is visited by its name too.
        here = where.netloc.replace("localhost:", "127.0.0.1:")
        if where.scheme not in {"data", "blob"} and here != self.server:
            self.faults.append(f"a request to {where.netloc}")


@pytest.fixture
def open_browser(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Open a window as somebody has it: ``open_browser(scripts=False, width=320)``."""
    contexts: list[BrowserContext] = []
    watch = Watch(server)

    def opened(*, scripts: bool = True, width: int = 1280, height: int = 900, **options: Any) -> Traveller:
        context = browser.new_context(
            base_url=server,
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            locale="en-GB",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        return Traveller(page, scripts=scripts)

    yield opened
    _keep_picture(request, contexts)
    for context in contexts:
        context.close()
    assert watch.faults == []


def _keep_picture(request: pytest.FixtureRequest, contexts: list[BrowserContext]) -> None:
    report = request.node.stash.get(_CALLED, None)
    if report is None or not report.failed:
        return
    RESULTS.mkdir(exist_ok=True)
    for number, context in enumerate(contexts):
        for page in context.pages:
            name = re.sub(r"\W+", "-", f"{request.node.name} {number}")
            page.screenshot(path=RESULTS / f"{name}.png", full_page=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know whether their test failed, for the picture of the page it failed on."""
    report = yield
    if call.when == "call":
        item.stash[_CALLED] = report
    return report


@pytest.fixture
def traveller(open_browser: Any) -> Traveller:
    """Somebody with an ordinary screen and scripts on."""
    return open_browser()


@pytest.fixture(params=[True, False], ids=["scripts-on", "scripts-off"])
def either_way(open_browser: Any, request: pytest.FixtureRequest) -> Traveller:
    """The same journey twice: with scripts and without."""
    return open_browser(scripts=request.param)
