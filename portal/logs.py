"""What the portal writes about itself: one line for each thing, and no word of anybody's.

A message of an error often quotes the value that it is about, which may be what somebody typed. So of an
error only its kind is told, and where in the code it was.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

from flask.logging import wsgi_errors_stream

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Ends of lines, other control characters, and signs that turn the direction of what follows.
_UNSEEN = {
    number: f"\\u{number:04x}"
    for numbers in (
        range(32),
        range(127, 160),
        range(0x200B, 0x2010),
        range(0x2028, 0x202F),
        range(0x2066, 0x206A),
    )
    for number in numbers
}

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class OneLine(logging.Formatter):
    """A record on a line that nobody can make two of; of an error its kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        told = logging.makeLogRecord(
            {**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None}
        )
        line = super().format(told).translate(_UNSEEN)
        return f"{line}{self.formatException(record.exc_info)}" if record.exc_info else line

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the library's name
        """Each error that led to it, by its kind, with the places it came through."""
        told, error, before = "", ei[1], set[int]()
        while error is not None and id(error) not in before:
            before.add(id(error))
            kind = type(error)
            told += f"\n  {kind.__module__}.{kind.__qualname__}"
            for place in traceback.extract_tb(error.__traceback__):
                told += f"\n    {place.filename}:{place.lineno} {place.name}"
            error = error.__cause__ or error.__context__
        return told


def prepare() -> None:
    """Write what the portal logs to the error stream, in this form. Calling it again changes nothing."""
    log = logging.getLogger("portal")
    if not any(isinstance(handler.formatter, OneLine) for handler in log.handlers):
        # Looked up anew for each line: a server gives every request a stream of its own.
        stream: Any = wsgi_errors_stream
        handler = logging.StreamHandler(stream)
        handler.setFormatter(OneLine(_FORM))
        log.addHandler(handler)
