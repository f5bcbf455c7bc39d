"""When somebody is signed out, when they must show again who they are, what a browser is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.pack.council import SignIn

FRESH_FOR = timedelta(minutes=5)
"""Sharing, exporting, signing and changing how one signs in need somebody who showed lately who they are."""
SEEN_EVERY = timedelta(minutes=1)
"""How often it is noted that a session is in use. So much later than said somebody may be signed out."""
STAFF_LAPSE = timedelta(days=90)
"""An account of staff that was not used for so long is shut: a dormant one opened Hackney's files in 2020."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a request comes from.

    :ivar account_id: whose sign-in it is; ``None`` for somebody with a private draft, or a stranger.
    :ivar staff: whether they work for the council.
    :ivar strong: whether they showed who they are with two factors, or with a passkey.
    :ivar fresh: when they last showed who they are.
    :ivar ends: when they are signed out if they do nothing.
    """

    account_id: int | None = None
    staff: bool = False
    strong: bool = False
    fresh: datetime | None = None
    ends: datetime | None = None

    def is_fresh(self, at: datetime) -> bool:
        """Whether they showed lately enough who they are."""
        return self.fresh is not None and timedelta(0) <= at - self.fresh <= FRESH_FOR


NOBODY = Actor()


def signed_out_at(began: datetime, seen: datetime, limits: SignIn, *, staff: bool) -> datetime:
    """When a session ends: after a while without use, and at the latest so long after sign-in."""
    idle = timedelta(minutes=limits.staff_idle_minutes if staff else limits.idle_minutes)
    longest = timedelta(hours=limits.staff_hours if staff else limits.hours)
    return min(seen + idle, began + longest)


def has_lapsed(used: datetime | None, made: datetime, at: datetime) -> bool:
    """Whether an account of staff was not used for too long."""
    return at - (used or made) > STAFF_LAPSE


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_KINDS = (
    ("iPad", "tablet"),
    ("Tablet", "tablet"),
    ("iPhone", "phone"),
    ("Mobi", "phone"),
    ("Android", "tablet"),
    ("Windows", "computer"),
    ("Macintosh", "computer"),
    ("CrOS", "computer"),
    ("Linux", "computer"),
)


def device_of(user_agent: str) -> str:
    """The family of a browser and the kind of device, such as ``Firefox/phone``; no more is kept.

    It is for people to know their own devices again. Nothing is allowed or refused by it.
    """
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    kind = next((name for mark, name in _KINDS if mark in user_agent), "")
    return f"{browser}/{kind}"
