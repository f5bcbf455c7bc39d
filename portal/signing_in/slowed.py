"""Who has to wait before another try: told by account and by network, for each request."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from flask import request

from portal.identity.slowing import (
    ACCOUNT,
    NETWORK,
    Slowing,
    forget_failures,
    must_wait,
    note_failure,
)
from portal.safeguards import db, now, settings
from portal.text import _

LATER = {"Retry-After": "60"}
"""For machines: how many seconds to wait at least."""
WAIT = _("There were many wrong tries. Wait a few minutes and try again, or phone us for help.")


def network() -> str | None:
    """The network a request comes from; ``None`` when only a proxy in front could tell it."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return None
    if not settings().proxies and (address.is_loopback or address.is_private):
        return None
    # Whoever has one address of the newer kind has as many as they like in their network.
    wide = 64 if address.version == 6 else 32
    return str(ip_network(f"{address}/{wide}", strict=False))


def too_early(account: str, *, known: bool, slowing: Slowing = ACCOUNT) -> bool:
    """Whether an account, or a network, has to wait. A known browser does not wait for others' failures."""
    if known:
        return False
    place = network()
    return must_wait(db(), slowing, account, now()) or (
        place is not None and must_wait(db(), NETWORK, place, now())
    )


def was_wrong(account: str, slowing: Slowing = ACCOUNT) -> None:
    """Count a try that was wrong."""
    note_failure(db(), slowing, account, now())
    place = network()
    if place is not None:
        note_failure(db(), NETWORK, place, now())


def was_right(account: str, slowing: Slowing = ACCOUNT) -> None:
    """Forget an account's failures. Those of its network fade with time."""
    forget_failures(db(), slowing, account)
