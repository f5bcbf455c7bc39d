"""A server under measurement: granian with one worker, and the processor time it has used."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

THREADS = 4
CONNECTIONS = 8
_LONGEST_START = 60
_LONGEST_ROUND = 60


@dataclass(frozen=True)
class Server:
    """A running server: its port, and its process group."""

    port: int
    group: int

    def processor_seconds(self) -> float:
        """Processor time used so far by all its threads, in seconds, as the kernel counts it."""
        total = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(process.name)) != self.group:
                    continue
                for task in process.glob("task/*/schedstat"):
                    total += int(task.read_text(encoding="ascii").split()[0])
            except (OSError, ProcessLookupError):
                continue
        return total / 1e9


@contextmanager
def serving(
    target: str, environment: dict[str, str], workers: int = 1, threads: int = THREADS
) -> Iterator[Server]:
    """Serve an application factory on loopback while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("granian")),
        "--interface",
        "wsgi",
        "--factory",
        "--workers",
        str(workers),
    ]
    command += [
        "--blocking-threads",
        str(threads),
        "--no-ws",
        "--log-level",
        "error",
        "--port",
        str(port),
        target,
    ]
    process = subprocess.Popen(command, env={**os.environ, **environment}, start_new_session=True)
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _LONGEST_START
    while time.monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the server did not start")


def request(method: str, path: str, *, cookie: str = "", body: bytes = b"") -> bytes:
    """The bytes of one request on a connection that stays open."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip", "Accept: text/html"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


class _Connection:
    """One keep-alive connection with one request on its way at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""

    def answered(self) -> int | None:
        """The status, once the whole answer is here."""
        self.received += self.socket.recv(1 << 18)
        head, end, rest = self.received.partition(b"\r\n\r\n")
        if not end:
            return None
        status = int(head[9:12])
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if len(rest) < int(length or b"0"):
            return None
        self.received = b""
        return status


def load(server: Server, requests: Sequence[bytes], count: int, status: int) -> float:
    """Send requests in turn over a few connections; the server's processor seconds for each.

    :raises SystemExit: when an answer has another status, or the round takes too long.
    """
    connections = [_Connection(server.port) for _number in range(min(CONNECTIONS, count))]
    before = server.processor_seconds()
    ends = time.monotonic() + _LONGEST_ROUND
    sent = done = 0
    with selectors.DefaultSelector() as waiting:
        for connection in connections:
            waiting.register(connection.socket, selectors.EVENT_READ, connection)
            connection.socket.sendall(requests[sent % len(requests)])
            sent += 1
        while done < count:
            if time.monotonic() > ends:
                raise SystemExit("the round took too long")
            for key, _events in waiting.select(timeout=5):
                got = key.data.answered()
                if got is None:
                    continue
                if got != status:
                    raise SystemExit(f"answered {got}, not {status}")
                done += 1
                if sent < count:
                    key.data.socket.sendall(requests[sent % len(requests)])
                    sent += 1
    for connection in connections:
        connection.socket.close()
    return (server.processor_seconds() - before) / count
