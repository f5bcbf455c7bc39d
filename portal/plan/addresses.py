"""Where what a plan lacks is put right."""

from __future__ import annotations

from portal.plan.rules.left import Left


def address_of(one: Left) -> str:
    """The page where something that is missing is filled in."""
    if one.need:
        outcome = one.need.outcome
        return f"/plan/need/{outcome}" if one.lack == "need_words" else f"/plan/line/new?need={outcome}"
    if one.line:
        page = {"line_need": "/more", "line_when": "/when"}.get(one.lack, "/what")
        return f"/plan/line/{one.line.id}{page}"
    pages = {"planner": "/choices/planner", "money": "/choices/money", "backup": "/plan/backup"}
    return pages.get(one.lack, f"/plan/{one.lack}")
