"""The addresses of signing in begin here."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("signing_in", __name__, url_prefix="/account")
