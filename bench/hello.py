"""The yardstick: the smallest thing Flask can serve."""

from __future__ import annotations

from flask import Flask


def create_app() -> Flask:
    """An application that says hello."""
    app = Flask(__name__)

    @app.get("/")
    def hello() -> str:
        return "hello"

    return app
