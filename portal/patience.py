"""A connection to PostgreSQL that does not wait for ever.

The limits that the server keeps itself help nobody when the server stands still: a machine that is paused or
moved, a disk that hangs. The system still takes what is sent there, so that no limit of the network ends the
waiting either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

LONGEST_STATEMENT = 16
"""Seconds for one statement: a little more than the server itself allows."""
LONGEST_SIGN_OF_LIFE = 2
"""Seconds for the question whether a connection from the pool is still good."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when an answer does not come in time."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg's, and never without an end.

        :raises psycopg.OperationalError: when the time is over; the connection is closed then.
        """
        # The pool asks for a sign of life outside of any transaction; nobody else asks for anything there.
        longest = LONGEST_SIGN_OF_LIFE if self.autocommit else LONGEST_STATEMENT
        try:
            return super().wait(gen, interval, longest if timeout is None else timeout)
        except psycopg.OperationalError:
            # An error that the server told ends what was asked; here it still is on its way.
            if self.info.transaction_status is TransactionStatus.ACTIVE:
                self.close()
            raise


def connect(_dialect: object, _record: object, given: Sequence[Any], named: dict[str, Any]) -> Any:
    """Open such a connection, where SQLAlchemy asks for one."""
    return PatientConnection.connect(*given, **named)
