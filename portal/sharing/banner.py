"""What every page tells somebody who helps: whom they help, and what they may do here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g

from portal.safeguards import db
from portal.sharing.access import Need, role, whose_words
from portal.sharing.grants import given_by
from portal.sharing.rules import Given, Whose
from portal.text import _
from portal.words import translate

_HERE: Mapping[Given | None, str] = {
    None: "",
    "see": _("You can look at this page. You cannot change it."),
    "suggest": _("What you send is a suggestion. %(name)s decides about it."),
    "write": _("What you write here counts at once."),
}
_OWNS = _("You act for them by law.")
_WORDS: Mapping[Whose, str] = {
    "theirs": _("You write down the words of %(name)s."),
    "mine": _("You write your own words."),
    "paper": _("You type from a paper form."),
}


@dataclass(frozen=True, slots=True)
class Helping:
    """The banner's words.

    :ivar here: what the helper may do on this page; ``words``: whose words they write, where they write.
    :ivar paper: whether they type a paper form whose person has not taken it over yet.
    """

    name: str
    here: str
    words: str
    paper: bool = False


def helping() -> Helping | None:
    """The banner for this page; ``None`` for whoever is in their own plan, or in none."""
    held = g.get("held")
    if held is None or role().grant is None:
        return None
    name = given_by(db(), held) or translate(_("this person"))
    if role().owns or role().keeps:
        return Helping(name, translate(_OWNS), "")
    need = g.get("need")
    given = role().given(need.section) if isinstance(need, Need) else None
    words = ""
    if any(right != "see" for right in role().rights.values()):
        words = translate(_WORDS[whose_words(held)], name=name)
    return Helping(name, translate(_HERE[given], name=name), words, held.claim is not None)
