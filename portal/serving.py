"""The portal as a server runs it."""

from __future__ import annotations

import gc

from flask import Flask

from portal.app import create_app

YOUNG = 20_000
"""New objects before Python looks for rings among them. A page makes a few thousand and drops them all."""


def application() -> Flask:
    """The portal, with everything that stays for good left out of every later search for rubbish.

    The pack, the templates and the languages are many small objects. Looking through them again and
    again costs a page up to a fifth of its time, and never finds anything.
    """
    app = create_app()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
    return app
