"""What the pages of a carer's space hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("carer", __name__)
