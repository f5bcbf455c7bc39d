"""What the operator decides, read once from the environment when the portal starts."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from portal.keys import Keyring, OperatorKey, operator_keys
from portal.paths import PACKS

SHORTEST_SECRET = 32
_WRAPS = "PORTAL_ENCRYPTION_KEY"
_MAKE_ONE = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"

# Keys printed in documentation and examples, which everybody who attacks a site tries first.
_WELL_KNOWN = frozenset(
    {
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "change-me-to-a-long-random-secret-key",
        "this-is-a-secret-key-change-it-in-production",
    }
)
_FEWEST_DIFFERENT_CHARACTERS = 12
_MOST_PROXIES = 9
_YES = frozenset({"1", "yes", "true", "on"})
_NO = frozenset({"0", "no", "false", "off", ""})


class SettingsProblems(ValueError):
    """Everything that is wrong with the settings, said at once."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("The portal cannot start:\n" + "\n".join(f"  - {problem}" for problem in problems))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the operator decides. Every default is safe in production."""

    secret_key: str
    """Signs cookies and forms. At least 32 characters, random, kept by the operator (PORTAL_SECRET_KEY)."""

    encryption_key: str = ""
    """Wraps the keys that what people wrote is sealed with. At least 32 characters, random, another than
    the secret key. Older ones may follow it, with blanks between (PORTAL_ENCRYPTION_KEY)."""

    encryption_key_file: str = ""
    """A file that holds the encryption key, instead of the environment (PORTAL_ENCRYPTION_KEY_FILE)."""

    database_url: str = "sqlite:///portal.sqlite"
    """Where everything is kept: SQLite or PostgreSQL (PORTAL_DATABASE_URL)."""

    keys_url: str = ""
    """Where the keys are kept, apart from everything. Beside a database of SQLite when it is not given
    (PORTAL_KEYS_URL)."""

    pack: str = "demo"
    """The council's pack: the name of one that ships, or a folder (PORTAL_PACK)."""

    demonstration: bool = False
    """Whether the sample people may be signed in as. Only ever on a machine that holds no real person's
    data; set by ``make run`` and by nothing else (PORTAL_DEMONSTRATION)."""

    secure_cookies: bool = True
    """Whether cookies travel over HTTPS only. Off only for the demonstration (PORTAL_SECURE_COOKIES)."""

    address: str = ""
    """Where people reach the portal, ``https://plan.example.gov.uk``. With it, a request for another host
    is refused, and links in letters and emails lead here whatever a browser claims (PORTAL_ADDRESS)."""

    proxies: int = 0
    """How many proxies stand in front and tell who asks in ``X-Forwarded-For``. With none, nobody is
    believed who sends such a header (PORTAL_PROXIES)."""

    smtp_url: str = ""
    """The mail server: ``smtp://user:passphrase@host:587`` speaks TLS after its greeting, ``smtps://`` from
    the start. Only on this machine may it do without. Mails wait while there is none (PORTAL_SMTP_URL)."""

    mail_from: str = ""
    """Whom mails are from: an email address of the council (PORTAL_MAIL_FROM)."""

    mail_folder: str = ""
    """A folder in which mails are written instead of being sent. Only for the demonstration
    (PORTAL_MAIL_FOLDER)."""

    @property
    def host(self) -> str:
        """The host of the portal's address, or nothing when that is not known."""
        return urlsplit(self.address).netloc

    @property
    def pack_folder(self) -> Path:
        """The folder of the council's pack."""
        shipped = PACKS / self.pack
        return shipped if "/" not in self.pack and shipped.is_dir() else Path(self.pack)

    @property
    def keys_address(self) -> str:
        """Where the keys are kept: for SQLite a file beside the database, unless the operator says."""
        if self.keys_url:
            return self.keys_url
        url = make_url(self.database_url)
        file = Path(url.database or "portal.sqlite")
        return f"sqlite:///{file.with_name(f'{file.stem}-keys.sqlite')}"

    @property
    def operator_keys(self) -> tuple[OperatorKey, ...]:
        """The operator's keys, the one for new wraps first.

        A demonstration without one uses a key told from its secret key: it holds no real person's data.
        """
        if self.encryption_key or not self.demonstration:
            return operator_keys(self.encryption_key)
        return (OperatorKey.told_from(f"demonstration {self.secret_key}"),)

    def keyring(self) -> Keyring:
        """The keys of the database. Close it at the end.

        :raises SettingsProblems: when no operator's key is set.
        """
        if not self.operator_keys:
            raise SettingsProblems(_encryption_problems(self))
        return Keyring(self.keys_address, self.operator_keys)

    @property
    def audit_key(self) -> bytes:
        """What the audit trail's hashes are made with, told from the secret key."""
        return hmac.new(self.secret_key.encode(), b"audit", hashlib.sha256).digest()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """The settings the environment asks for.

        :raises SettingsProblems: naming everything that is wrong and how to put it right.
        """
        given = os.environ if environ is None else environ
        problems: list[str] = []
        settings = cls(
            secret_key=given.get("PORTAL_SECRET_KEY", ""),
            encryption_key=given.get("PORTAL_ENCRYPTION_KEY", "") or _from_file(given, problems),
            encryption_key_file=given.get("PORTAL_ENCRYPTION_KEY_FILE", ""),
            database_url=given.get("PORTAL_DATABASE_URL", "") or cls.database_url,
            keys_url=given.get("PORTAL_KEYS_URL", ""),
            pack=given.get("PORTAL_PACK", "") or cls.pack,
            demonstration=_switch(given, "PORTAL_DEMONSTRATION", problems, default=cls.demonstration),
            secure_cookies=_switch(given, "PORTAL_SECURE_COOKIES", problems, default=cls.secure_cookies),
            address=given.get("PORTAL_ADDRESS", "").rstrip("/"),
            proxies=_count(given, "PORTAL_PROXIES", problems, default=cls.proxies),
            smtp_url=given.get("PORTAL_SMTP_URL", ""),
            mail_from=given.get("PORTAL_MAIL_FROM", ""),
            mail_folder=given.get("PORTAL_MAIL_FOLDER", ""),
        )
        problems += [*_unknown_names(given), *settings.problems()]
        if problems:
            raise SettingsProblems(problems)
        return settings

    def problems(self) -> list[str]:
        """What is wrong with these settings, in plain words; nothing when they are sound."""
        found = [
            *_secret_problems(self.secret_key),
            *_address_problems(self.address, plain=self.demonstration),
            *_database_problems("PORTAL_DATABASE_URL", self.database_url),
            *self._mail_problems(),
        ]
        found += _encryption_problems(self) or _keys_problems(self)
        if not self.pack_folder.is_dir():
            shipped = ", ".join(sorted(path.name for path in PACKS.iterdir() if path.is_dir()))
            found.append(
                f"PORTAL_PACK is “{self.pack}”, and there is no such folder. "
                f"Give the path of a pack, or the name of one that ships: {shipped}."
            )
        if not self.secure_cookies and not self.demonstration:
            found.append(
                "PORTAL_SECURE_COOKIES is off, so that anybody on the network could take over a visit. "
                "Remove it, and serve the portal over HTTPS."
            )
        return found

    def _mail_problems(self) -> list[str]:
        found = []
        server = urlsplit(self.smtp_url)
        if self.smtp_url and (server.scheme not in {"smtp", "smtps"} or not server.hostname):
            # It is never repeated: it may hold a passphrase.
            found.append("PORTAL_SMTP_URL is not a mail server. Write smtp://user:passphrase@host:587.")
        if self.smtp_url and not (self.address and "@" in self.mail_from):
            found.append("PORTAL_SMTP_URL needs PORTAL_ADDRESS and PORTAL_MAIL_FROM beside it.")
        if self.mail_folder and not self.demonstration:
            found.append("PORTAL_MAIL_FOLDER writes mails where others can read them. Remove it.")
        return found


def _switch(given: Mapping[str, str], name: str, problems: list[str], *, default: bool) -> bool:
    said = given.get(name)
    if said is None:
        return default
    if said.strip().lower() in _YES:
        return True
    if said.strip().lower() not in _NO:
        problems.append(f"{name} is “{said}”. Write 1 for yes or 0 for no.")
    return False


def _from_file(given: Mapping[str, str], problems: list[str]) -> str:
    file = given.get("PORTAL_ENCRYPTION_KEY_FILE", "")
    if not file:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        problems.append(f"PORTAL_ENCRYPTION_KEY_FILE is “{file}”, and that file cannot be read.")
        return ""


def _secret_problems(secret: str, name: str = "PORTAL_SECRET_KEY") -> list[str]:
    if not secret:
        return [f"{name} is not set. {_MAKE_ONE}"]
    if len(secret) < SHORTEST_SECRET:
        return [f"{name} is shorter than {SHORTEST_SECRET} characters. {_MAKE_ONE}"]
    if secret in _WELL_KNOWN or len(set(secret)) < _FEWEST_DIFFERENT_CHARACTERS:
        return [f"{name} is one that others could guess. {_MAKE_ONE}"]
    return []


def _encryption_problems(settings: Settings) -> list[str]:
    if not settings.encryption_key and settings.demonstration:
        return []
    keys = settings.encryption_key.replace(",", " ").split()
    if settings.secret_key in keys:
        return [f"PORTAL_ENCRYPTION_KEY must be another than PORTAL_SECRET_KEY. {_MAKE_ONE}"]
    return list(dict.fromkeys(each for key in keys or [""] for each in _secret_problems(key, _WRAPS)))


def _keys_problems(settings: Settings) -> list[str]:
    if not settings.keys_url and settings.database_url.startswith("postgresql"):
        problem = "PORTAL_KEYS_URL is not set. The keys are kept apart from a database of PostgreSQL."
        return [f"{problem} Give the address of another database."]
    if settings.keys_url == settings.database_url:
        return ["PORTAL_KEYS_URL is PORTAL_DATABASE_URL. A backup must not carry the keys: give another one."]
    return _database_problems("PORTAL_KEYS_URL", settings.keys_url) if settings.keys_url else []


def _database_problems(name: str, address: str) -> list[str]:
    # The address is never repeated: it may hold a passphrase.
    try:
        backend = make_url(address).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend in {"sqlite", "postgresql"}:
        return []
    problem = f"{name} is not the address of a database the portal can use."
    return [f"{problem} Write sqlite:////folder/portal.sqlite or postgresql+psycopg://user@host/name."]


def _count(given: Mapping[str, str], name: str, problems: list[str], *, default: int) -> int:
    said = given.get(name, "").strip()
    if not said:
        return default
    if not said.isascii() or not said.isdigit() or int(said) > _MOST_PROXIES:
        problems.append(f"{name} is “{said}”. Write a number from 0 to {_MOST_PROXIES}.")
        return default
    return int(said)


def _address_problems(address: str, *, plain: bool) -> list[str]:
    schemes = {"https", "http"} if plain else {"https"}
    if not address or re.fullmatch(rf"({'|'.join(sorted(schemes))})://[a-z0-9.-]+(:[0-9]+)?", address):
        return []
    return [f"PORTAL_ADDRESS is “{address}”. Write it as https://plan.example.gov.uk, without a path."]


def _unknown_names(given: Mapping[str, str]) -> list[str]:
    known = [f"PORTAL_{name.upper()}" for name in Settings.__dataclass_fields__]
    unknown = sorted(name for name in given if name.startswith("PORTAL_") and name not in known)
    return [_about_unknown(name, known) for name in unknown]


def _about_unknown(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"{name} is not a setting." + (f" Did you mean {close[0]}?" if close else "")
