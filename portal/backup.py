"""Backups: taken while the portal runs, looked at before they count, and put back only where nothing is.

SQLite writes its copy with ``VACUUM INTO``, which reads one moment and lets everybody else go on.
Copying the file instead would miss what is still in the log beside it. PostgreSQL's own programs do
the same for PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from itertools import takewhile
from pathlib import Path

import pysqlite3
from sqlalchemy import inspect
from sqlalchemy.engine import URL, make_url

from portal.database import opened
from portal.upgrade import need_known

_SQLITE, _POSTGRESQL = b"SQLite format 3\0", b"PGDMP"


class BackupProblem(RuntimeError):
    """A backup was not taken or not put back; the message says why and what to do."""


def take(address: str, file: Path) -> None:
    """Write a backup of a database into a file that is not there yet.

    :raises BackupProblem: when there is one, or it cannot be written, or it is not sound.
    """
    if file.exists():
        raise BackupProblem(f"{file} is there already. Choose another name; a backup is never overwritten.")
    url = make_url(address)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        # Only the operator may read it: it holds everything that people told.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if url.get_backend_name() == "sqlite":
            _copy_sqlite(_file_of(url), part)
        else:
            # Most of it is sealed: to press that harder takes long, and makes nothing smaller.
            _run("pg_dump", url, "--format=custom", "--compress=1", "--no-owner", f"--file={part}")
        check(part)
        _to_disk(part)
        part.rename(file)
        _to_disk(file.parent)
    except (OSError, pysqlite3.Error) as wrong:
        raise BackupProblem(f"The backup could not be written: {wrong}") from wrong
    finally:
        part.unlink(missing_ok=True)


def check(file: Path) -> None:
    """Look at a backup from its first page to its last.

    :raises BackupProblem: when it is not whole.
    """
    kind = _kind(file)
    if kind == _POSTGRESQL:
        _run("pg_restore", None, "--list", str(file))
        return
    try:
        with pysqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True) as line:
            faults = [row[0] for row in line.execute("PRAGMA integrity_check") if row[0] != "ok"]
            faults += [
                f"{row[0]}: a row refers to nothing" for row in line.execute("PRAGMA foreign_key_check")
            ]
        line.close()
    except pysqlite3.DatabaseError as wrong:
        raise BackupProblem(f"{file} is not whole: {wrong}") from wrong
    if faults:
        raise BackupProblem(f"{file} is not whole: {faults[0]}")


def cases_in(file: Path) -> list[str]:
    """The ids of the cases in a backup, which is not put back for it.

    :raises BackupProblem: when it is no whole backup.
    """
    check(file)
    if _kind(file) == _POSTGRESQL:
        rows = iter(
            _run("pg_restore", None, "--data-only", "--table=case_record", "--file=-", str(file)).splitlines()
        )
        head = next((row for row in rows if row.startswith("COPY ")), None)
        if head is None:
            return []
        at = [name.strip() for name in head[head.index("(") + 1 : head.index(")")].split(",")].index("id")
        return [row.split("\t")[at] for row in takewhile(lambda row: row != "\\.", rows)]
    line = pysqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    try:
        return [row[0] for row in line.execute("SELECT id FROM case_record")]
    except pysqlite3.DatabaseError as wrong:
        raise BackupProblem(f"{file} is no backup of the portal.") from wrong
    finally:
        line.close()


def replace_file(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read, in place of an older one: one of the two is always whole.

    :raises BackupProblem: when it cannot be written.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as writing:
            writing.write(content)
        _to_disk(part)
        part.rename(file)
        _to_disk(file.parent)
    except OSError as wrong:
        raise BackupProblem(f"{file} could not be written: {wrong.strerror}.") from wrong
    finally:
        part.unlink(missing_ok=True)


def put_back(address: str, file: Path) -> None:
    """Put a backup where there is no database yet, or an empty one.

    :raises BackupProblem: when there is something that would be lost, or the backup is not whole.
    """
    kind, url = _kind(file), make_url(address)
    if (kind == _SQLITE) != (url.get_backend_name() == "sqlite"):
        raise BackupProblem(f"{file} is a backup of another kind of database than PORTAL_DATABASE_URL names.")
    check(file)
    if kind == _SQLITE:
        _put_back_sqlite(_file_of(url), file)
    else:
        _need_empty(address)
        _run("pg_restore", url, "--no-owner", "--single-transaction", "--exit-on-error", str(file))
    with opened(address) as engine:
        need_known(engine)


def _put_back_sqlite(target: Path, file: Path) -> None:
    for beside in ("", "-wal", "-shm", "-journal"):
        if Path(f"{target}{beside}").exists():
            raise BackupProblem(
                f"{target}{beside} is there already. Stop the portal, move the database and what lies beside "
                "it to another folder, then restore again."
            )
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        shutil.copyfile(file, part)
        check(part)
        _to_disk(part)
        part.rename(target)
        _to_disk(target.parent)
    except OSError as wrong:
        raise BackupProblem(f"The backup could not be put back: {wrong}") from wrong
    finally:
        part.unlink(missing_ok=True)


def _need_empty(address: str) -> None:
    with opened(address) as engine:
        if inspect(engine).get_table_names():
            raise BackupProblem(
                "The database is not empty. Make a new one, and name it in PORTAL_DATABASE_URL."
            )


def _copy_sqlite(source: Path, part: Path) -> None:
    if not source.is_file():
        raise BackupProblem(f"There is no database at {source}.")
    line = pysqlite3.connect(str(source), isolation_level=None, timeout=60)
    try:
        # An empty file is taken as a new database, and keeps who may read it.
        line.execute("VACUUM INTO ?", (str(part),))
    finally:
        line.close()


def _file_of(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise BackupProblem("A database in memory cannot be backed up.")
    return Path(url.database)


def _kind(file: Path) -> bytes:
    try:
        with file.open("rb") as opening:
            start = opening.read(16)
    except OSError as wrong:
        raise BackupProblem(f"{file} cannot be read: {wrong.strerror}.") from wrong
    for kind in (_SQLITE, _POSTGRESQL):
        if start.startswith(kind):
            return kind
    raise BackupProblem(f"{file} is no backup of the portal.")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _run(program: str, url: URL | None, *arguments: str) -> str:
    """Run one of PostgreSQL's programs, and give what it printed.

    It signs in with what only its environment tells.
    """
    found = shutil.which(program)
    if found is None:
        raise BackupProblem(f"{program} is not installed. It comes with PostgreSQL’s client programs.")
    environment = dict(os.environ)
    if url is not None:
        told = {
            "PGHOST": url.host or str(url.query.get("host", "")),
            "PGPORT": str(url.port or url.query.get("port", "")),
            "PGUSER": url.username or "",
            "PGPASSWORD": str(url.password or ""),
            "PGDATABASE": url.database or "",
        }
        environment |= {name: value for name, value in told.items() if value}
        if program == "pg_restore":
            arguments = ("--dbname", url.database or "", *arguments)
    done = subprocess.run([found, *arguments], env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise BackupProblem(
            f"{program} stopped: {done.stderr.strip().splitlines()[-1] if done.stderr else ''}"
        )
    return done.stdout
