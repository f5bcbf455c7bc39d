"""Addresses about people who help begin here. ``<grant_id>`` is the random name of a passport."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("sharing", __name__, url_prefix="/people")
