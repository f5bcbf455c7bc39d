"""Where the pages of the document stand."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("document", __name__)
