"""What tests share: the portal with a fresh database for each test, and a browser without scripts.

The portal is imported by the fixtures that need it, so that tests of rules start without the web.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask import Flask

    from portal.settings import Settings
    from tests.browsing import Visitor
    from tests.postgres import PostgreSQL

SECRET = "only-for-tests-Zq7#mJ2vXw9!Lr4Tc8Np"


ENCRYPTION = "only-for-tests-Kd4!wQ8s_Zx1+Vb6Ny3Hg"


def keys_beside(database_url: str) -> str:
    """Where the keys of a test's database are kept: a file of their own, also for PostgreSQL."""
    if database_url.startswith("sqlite:///"):
        return database_url.removesuffix(".sqlite") + "-keys.sqlite"
    name = database_url.partition("@/")[2].partition("?")[0]
    return f"sqlite:///{Path(database_url.partition('host=')[2])}/{name}-keys.sqlite"


def settings(database_url: str, **decided: Any) -> Settings:
    """Sound settings for a test's database."""
    from portal.settings import Settings

    keys = {"encryption_key": ENCRYPTION, "keys_url": keys_beside(database_url)}
    return Settings(**{"secret_key": SECRET, "database_url": database_url, **keys, **decided})


@pytest.fixture
def session_info(database_url: str) -> Iterator[dict[Any, Any]]:
    """What a session of the test's database carries, for tests that make their own."""
    from portal import audit, sealing

    decided = settings(database_url)
    keyring = decided.keyring()
    yield {audit.KEY: decided.audit_key, sealing.KEYS: keyring}
    keyring.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let whoever starts the tests choose the database of those that need one."""
    about = "the database of the tests that need one; with postgresql, the other tests are left out"
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help=about)


def pytest_configure() -> None:
    """No property is taken for false because the machine is busy."""
    from hypothesis import HealthCheck
    from hypothesis import settings as of_properties

    of_properties.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    of_properties.load_profile("busy")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what PostgreSQL makes no difference to, when the tests are to run on it."""
    if config.getoption("--database") == "sqlite":
        return
    rest = [
        item
        for item in items
        if "postgresql" not in getattr(item, "fixturenames", ()) or item.get_closest_marker("once")
    ]
    config.hook.pytest_deselected(items=rest)
    items[:] = [item for item in items if item not in set(rest)]


@pytest.fixture(scope="session")
def postgresql(request: pytest.FixtureRequest) -> Iterator[PostgreSQL | None]:
    """The running PostgreSQL, when the tests were asked to use it."""
    if request.config.getoption("--database") == "sqlite":
        yield None
        return
    from tests.postgres import running

    with running() as started:
        yield started


@pytest.fixture(scope="session")
def empty_database(postgresql: PostgreSQL | None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database of the newest version with nothing in it. Copied, never opened."""
    from portal import database
    from portal.upgrade import upgrade

    file = tmp_path_factory.mktemp("database") / "empty.sqlite"
    address = postgresql.fresh() if postgresql is not None else f"sqlite:///{file}"
    # A test need not wait for the disk; the attacks that do are on a portal with a process of its own.
    database._PRAGMAS = tuple(each.replace("=FULL", "=OFF") for each in database._PRAGMAS)
    engine = database.open_database(address)
    upgrade(engine)
    engine.dispose()
    return address


@pytest.fixture(scope="session")
def one_database(
    postgresql: PostgreSQL | None, empty_database: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The address of the database that tests use one after another."""
    if postgresql is not None:
        return postgresql.copy_of(empty_database)
    return f"sqlite:///{tmp_path_factory.mktemp('one')}/portal.sqlite"


@pytest.fixture
def database_url(postgresql: PostgreSQL | None, one_database: str, empty_database: str) -> Iterator[str]:
    """The address of a database as good as fresh, with no keys."""
    if postgresql is None:
        _remove(one_database)
        shutil.copyfile(_file(empty_database), _file(one_database))
    _remove(keys_beside(one_database))
    yield one_database
    if postgresql is not None:
        postgresql.empty(one_database)


def _file(address: str) -> Path:
    return Path(address.removeprefix("sqlite:///"))


def _remove(address: str) -> None:
    for file in _file(address).parent.glob(f"{_file(address).name}*"):
        file.unlink()


@pytest.fixture
def blank_database(postgresql: PostgreSQL | None, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if postgresql is not None:
        address = postgresql.fresh()
        yield address
        postgresql.drop(address)
    else:
        yield f"sqlite:///{tmp_path}/blank.sqlite"


@pytest.fixture(scope="session")
def portal_made_once(
    postgresql: PostgreSQL | None,
    empty_database: str,
    one_database: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Flask:
    """The portal as in production, with the demonstration's pack. Use ``app``, which gives it a database."""
    from jinja2 import FileSystemBytecodeCache

    from portal.app import create_app
    from portal.database import open_database
    from tests.browsing import Visitor

    # What is copied for each test must never be open, not even in a thread beside the pages.
    own = empty_database if postgresql is None else postgresql.copy_of(empty_database)
    made = create_app(settings(own, demonstration=True))
    # One engine for all tests, with a fresh database for each: what it has learned is not learned again.
    made.extensions["engine"].dispose()
    made.extensions["engine"] = open_database(one_database)
    made.config.update(TESTING=True, PREFERRED_URL_SCHEME="https")
    made.test_client_class = Visitor
    made.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    return made


@pytest.fixture
def app(
    portal_made_once: Flask,
    database_url: str,
    session_info: dict[Any, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Flask]:
    """The portal with a fresh database and fresh keys."""
    from portal.document.printing.queue import Queue

    # A test waits for its PDF, however busy the machine is.
    monkeypatch.setitem(portal_made_once.extensions, "pdf_queue", Queue(patience=120))
    monkeypatch.setitem(portal_made_once.extensions, "session_info", session_info)
    yield portal_made_once
    portal_made_once.extensions["engine"].dispose()


@pytest.fixture
def client(app: Flask) -> Visitor:
    """A browser without scripts, on a visit of its own."""
    from tests.browsing import Visitor

    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    # What a browser sends to the page it came from; forms over HTTPS are refused without.
    visitor.environ_base["HTTP_REFERER"] = "https://localhost/"
    return visitor
