"""A passport in words: what it lets somebody do, and how it stands."""

from __future__ import annotations

from datetime import datetime

from portal.england import day_in_england
from portal.sharing.grants import Passport
from portal.sharing.rules import SECTIONS, right_in
from portal.sharing.wording import GIVEN_WORDS, SECTION_WORDS
from portal.text import _
from portal.words import Language, translate


def told_rights(given: Passport) -> list[dict[str, str]]:
    """What somebody may do, part by part, as rows of a list. Parts they cannot see are left out."""
    return [
        {
            "key": translate(SECTION_WORDS[section]),
            "value": translate(GIVEN_WORDS[right_in(section, given.rights[section])]),
        }
        for section in SECTIONS
        if section in given.rights
    ]


def told_state(given: Passport, email: str, at: datetime, language: Language) -> str:
    """Whether a passport waits, holds or is over, and until when.

    :param email: the address of whoever accepted it.
    """
    if given.revoked is not None:
        return translate(_("You stopped this on %(day)s."), day=language.day(day_in_england(given.revoked)))
    if given.waits(at):
        until = language.day(day_in_england(given.code_until)) if given.code_until else ""
        return translate(_("Nobody has used the code yet. It works until %(day)s."), day=until)
    if given.accepted is None:
        return translate(_("Nobody used the code. It does not work any more."))
    if day_in_england(at) > given.until:
        return translate(_("This ended on %(day)s."), day=language.day(given.until))
    return translate(
        _("They signed in as %(email)s. This ends on %(day)s."), email=email, day=language.day(given.until)
    )
