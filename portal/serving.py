"""The portal as a server runs it."""

from __future__ import annotations

import gc

from flask import Flask

from portal.app import create_app
from portal.waiting import in_turn, whole_first

AT_ONCE = 4
"""Requests one process works on at the same time. More would only wait for each other."""
AT_ONCE_IN_TURN = 16
"""The same where one of them computes at a time: the others wait for the disk or for their turn to write,
and must not keep a page waiting that only reads."""
LONGEST = 16 * 2**20
"""Bytes of the longest request that is waited for before somebody works on it: a picture."""

YOUNG = 20_000
"""New objects before Python looks for rings among them. A page makes a few thousand and drops them all."""


def application(at_once: int | None = None) -> Flask:
    """The portal, with everything that stays for good left out of every later search for rubbish.

    The pack, the templates and the languages are many small objects. Looking through them again and
    again costs a page up to a fifth of its time, and never finds anything.

    :param at_once: how many requests it works on at the same time, if not as many as the database allows.
    """
    app = create_app()
    # A page that asks PostgreSQL waits for another process, and others compute meanwhile.
    takes_turns = app.extensions["engine"].dialect.name == "sqlite"
    inner = in_turn(app.wsgi_app) if takes_turns else app.wsgi_app
    places = at_once or (AT_ONCE_IN_TURN if takes_turns else AT_ONCE)
    app.wsgi_app = whole_first(inner, places, LONGEST)  # type: ignore[method-assign, assignment]
    # Without a search first: what it would find is little, and it is a tenth of a start. A process that the
    # server forks would also write to, and so copy, all the memory that it shares with the others.
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
    gc.enable()
    return app
