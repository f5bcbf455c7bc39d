"""The mails of the demonstration: written into a folder instead of being sent, and read from there."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

NEWEST = 30
"""So many are shown."""


class Paragraph(NamedTuple):
    """Part of a mail: words, or a link to a page of this portal."""

    words: str
    link: str | None


class Mail(NamedTuple):
    """One mail as it would have arrived."""

    to: str
    subject: str
    paragraphs: tuple[Paragraph, ...]


def mails_in(folder: str) -> list[Mail]:
    """The newest mails of a folder, the newest first; none without a folder."""
    if not folder or not Path(folder).is_dir():
        return []
    files = sorted(Path(folder).glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_read(file) for file in files[:NEWEST]]


def _read(file: Path) -> Mail:
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    parts = message.get_content().replace("\r\n", "\n").split("\n\n")
    paragraphs = tuple(Paragraph(part.strip(), _link(part.strip())) for part in parts if part.strip())
    return Mail(str(message["To"]), str(message["Subject"]), paragraphs)


def _link(words: str) -> str | None:
    """The page a link leads to, without the host: a mail of the portal leads nowhere else."""
    address = urlsplit(words)
    return address.path if address.scheme in {"http", "https"} and " " not in words else None
