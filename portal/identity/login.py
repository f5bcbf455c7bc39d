"""The signed-in person, as Flask-Login knows them."""

from __future__ import annotations

from flask_login import UserMixin


class SignedIn(UserMixin):
    """Who is signed in, by id. What more a page needs it asks the database for."""

    def __init__(self, account_id: str) -> None:
        self.id = account_id
