"""The portal as an operator starts it, to be attacked; and people who save without pause."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup

_LONGEST_START = 60
_LEFT_OUT = ("PORTAL_", "PYTHONDONTWRITE")
_SHOWN, _KEPT = 200, 303
# Places in what Linux tells of a process, after its name: its group; its time, and the system's for it.
_GROUP, _TIMES = 2, slice(11, 13)
# The portal beside these attacks, whichever one is installed.
RUN = "from portal.commands import main; main()"
QUESTION = "answering_for"
VALUES = ("me", "together", "someone_else")


class Portal:
    """A portal that can be killed and started again on the same database.

    :ivar program: what Python is given to start it; ``watched_by``: a command in front of that.
    """

    def __init__(
        self, folder: Path, address: str, program: str = RUN, watched_by: tuple[str, ...] = ()
    ) -> None:
        self.program = program
        self.watched_by = watched_by
        self.folder = folder
        self.address = address
        self.secret_key = secrets.token_urlsafe(48)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start, wait for the first answer, and give the seconds it took."""
        # As in production, where Python keeps what it has compiled.
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
        environment |= {
            "PYTHONPATH": str(Path(__file__).parents[1]),
            "PORTAL_SECRET_KEY": self.secret_key,
            "PORTAL_DATABASE_URL": self.address,
            "PORTAL_KEYS_URL": f"sqlite:///{self.folder}/keys.sqlite",
            "PORTAL_MAIL_FOLDER": f"{self.folder}/mails",
            "PORTAL_DEMONSTRATION": "1",
            "PORTAL_SECURE_COOKIES": "0",
        }
        command = [
            *self.watched_by,
            sys.executable,
            "-P",
            "-c",
            self.program,
            "run",
            "--port",
            str(self.port),
        ]
        began = time.monotonic()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )
        while time.monotonic() - began < _LONGEST_START and self.process.poll() is None:
            try:
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                line.request("GET", "/")
                line.getresponse().read()
                line.close()
            except OSError:
                time.sleep(0.02)
            else:
                return time.monotonic() - began
        raise AssertionError(self.log)

    @property
    def processor_time(self) -> float:
        """Seconds of processor time that it has taken, all its processes together."""
        assert self.process is not None
        ticks = 0
        for entry in Path("/proc").glob("[0-9]*/stat"):
            # A process may end while it is looked at.
            with suppress(OSError):
                told = entry.read_text().rpartition(")")[2].split()
                if int(told[_GROUP]) == self.process.pid:
                    ticks += sum(map(int, told[_TIMES]))
        return ticks / os.sysconf("SC_CLK_TCK")

    @property
    def log(self) -> str:
        """What the portal said."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, the processes it made included."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            self.process.wait()


class Saver(threading.Thread):
    """Somebody who saves the same answer again and again, and counts what was acknowledged.

    :ivar acknowledged: how many saves were answered with the way to the next page.
    :ivar refused: the answers that were none, by status.
    """

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.acknowledged = 0
        self.sent = 0
        self.refused: dict[int, int] = {}
        self.last_page = ""
        self.enough = threading.Event()
        self._cookie = ""
        self._fields: dict[str, str] = {}

    def begin(self) -> None:
        """Begin a visit, and look at the question once."""
        fields = self._form(self.get("/"), "/start")
        assert self._post("/start", fields) == 303
        fields = self._form(self.get(f"/assessment/{QUESTION}"), None)
        # Without the version of the page each save takes the place of the one before, as if it was seen.
        self._fields = {name: value for name, value in fields.items() if name != "made_from"}

    def again(self) -> Saver:
        """The same person in the same visit, to go on after the portal was started again."""
        other = Saver(self.port)
        other.acknowledged, other.sent, other.refused = self.acknowledged, self.sent, self.refused
        other._cookie, other._fields = self._cookie, self._fields
        return other

    def reference(self) -> str:
        """What the person can say on the phone."""
        words = BeautifulSoup(self.get("/account"), "html.parser").get_text(" ")
        return words.partition("Your reference is ")[2][:9]

    def run(self) -> None:
        """Save until it is enough, or nobody answers any more."""
        while not self.enough.is_set():
            if not self.save():
                return

    def save(self) -> bool:
        """Look at the question and save an answer to it. Whether anybody answered."""
        self.sent += 1
        try:
            status, page = self._ask("GET", f"/assessment/{QUESTION}")
            if status == _SHOWN:
                self._fields = self._form(page, None)
                status = self.send(_another(page))
        except (OSError, http.client.HTTPException):
            return False
        if status == _KEPT:
            self.acknowledged += 1
        else:
            self.refused[status] = self.refused.get(status, 0) + 1
        return True

    def send(self, value: str) -> int:
        """Send the form as it was last seen, with an answer; the status."""
        return self._post(f"/assessment/{QUESTION}", {**self._fields, QUESTION: value})

    def get(self, path: str) -> str:
        """A page."""
        status, page = self._ask("GET", path)
        assert status == 200, f"{path}: {status}"
        return page

    def status_of(self, path: str) -> int:
        """The status of a page."""
        return self._ask("GET", path)[0]

    def _post(self, path: str, fields: dict[str, str]) -> int:
        return self._ask("POST", path, urlencode(fields))[0]

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"http://127.0.0.1:{self.port}/"
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            page = answer.read().decode()
        finally:
            line.close()
        cookie = answer.getheader("Set-Cookie")
        if cookie and answer.status < 400:
            self._cookie = cookie.partition(";")[0]
        self.last_page = page
        return answer.status, page

    def _form(self, page: str, action: str | None) -> dict[str, str]:
        soup = BeautifulSoup(page, "html.parser")
        (form,) = (
            each
            for each in soup.select('form[method="post"]')
            if (each["action"] == action if action else each.find_parent("main"))
        )
        return {str(each["name"]): str(each["value"]) for each in form.select('input[type="hidden"]')}


def _another(page: str) -> str:
    """An answer that differs from the one that is kept: only that is a save that can be counted."""
    chosen = BeautifulSoup(page, "html.parser").select_one(f'input[name="{QUESTION}"][checked]')
    return next(value for value in VALUES if chosen is None or value != chosen["value"])
