"""Who may do what in a case: the parts it has, and the rights to them that a person gives.

Every page says which part it belongs to and what it needs. A helper is given a right to a part:
to see it, to suggest, or to write. What is the person's own to do (agree, sign, share, delete) is
given to nobody; somebody who acts for them has it once an officer has confirmed the legal basis.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

from portal.pack.eligibility import PolicyGroup

Right = Literal["see", "write", "own"]
"""What a page needs."""

Given = Literal["see", "suggest", "write"]
"""What a helper may be given on a part of a case."""

Section = Literal["outcomes", "assessment", "budget", "charging", "choices", "plan", "document"]
"""The parts of a case on which rights are given."""

GIVEN: tuple[Given, ...] = get_args(Given)
SECTIONS: tuple[Section, ...] = get_args(Section)
LOOKED_AT: frozenset[Section] = frozenset({"outcomes", "document"})
"""Parts in which there is nothing to write: they follow from the others."""

TASKS, PASSPORT = "tasks", "passport"
EVERY_HELPER = frozenset({TASKS, PASSPORT})
"""What whoever helps may open: the list of parts, which shows theirs alone, and what they are here."""

OWN_ACCOUNT = frozenset({"account"})
"""Pages about the account that a case is kept under, for whoever signs in to it alone."""

NOT_IN: Mapping[PolicyGroup, frozenset[str]] = {
    "adult": frozenset({"carer"}),
    "carer": frozenset({"outcomes", "budget", "charging", "choices", "plan", "document"}),
}
"""The parts that a case of a kind does not have: a carer's own record holds no plan of somebody's care."""

INCLUDED: Mapping[str, Section] = {"outcomes": "assessment"}
"""Parts that are seen by whoever may see a larger one."""

Basis = Literal["lpa", "deputy", "best_interests", "appointee"]
"""On what legal basis somebody acts for a person who cannot decide alone (Mental Capacity Act 2005, sections
5, 9 and 16). An appointee (Social Security (Claims and Payments) Regulations 1987, regulation 33) acts on
benefits alone, which gives no right to decide about care."""

Confirmed = Literal["asked", "confirmed", "refused"]
"""What an officer said of the legal basis on which somebody acts for the person."""

BASES: tuple[Basis, ...] = get_args(Basis)
DECIDES: frozenset[Basis] = frozenset({"lpa", "deputy", "best_interests"})
"""The legal bases that an officer can confirm: with them somebody decides about care."""


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is in a case, and may do in it.

    :ivar audited: how the audit trail names them.
    :ivar owns: whether everything is theirs to do: the person, or who acts for them and was confirmed.
    :ivar keeps: whether the case is kept under their account, or is the draft of their browser.
    :ivar grant: the passport a helper came with; ``None`` for the person.
    :ivar rights: what it gives, by part.
    """

    audited: str
    owns: bool = False
    keeps: bool = False
    grant: str | None = None
    rights: Mapping[str, Given] = field(default_factory=dict)

    @property
    def helps(self) -> bool:
        """Whether it is somebody else than the person themself."""
        return self.grant is not None

    def given(self, section: str) -> Given | None:
        """The right to a part, or ``None``."""
        return self.rights.get(section) or self.rights.get(INCLUDED.get(section, ""))

    def may(self, section: str, right: Right) -> bool:
        """Whether they may open a page of this part that needs this right.

        Who may only suggest opens what is written on; what they send is kept for the person to decide.
        """
        if section in OWN_ACCOUNT and not self.keeps:
            return False
        if self.owns:
            return True
        if right == "own":
            return False
        if section in EVERY_HELPER:
            return True
        given = self.given(section)
        return given is not None and (right == "see" or given != "see")

    def suggests(self, section: str) -> bool:
        """Whether what they send is a suggestion, and changes nothing by itself."""
        return not self.owns and self.given(section) == "suggest"


PERSON = Role("person", owns=True, keeps=True)
"""The person whose case it is."""

_EVERYTHING: Mapping[str, Given] = dict.fromkeys(SECTIONS, "write")


def role_of(case: Any, account_id: int | None, today: date) -> Role | None:
    """Who a visitor is in a case that their session holds; ``None`` when they have no right to it.

    A private draft belongs to the browser that holds it. Once a case is kept under an account, that
    account opens it, and the accounts of those who were given a passport that is accepted, not yet
    over and not taken away. The account itself may belong to somebody who acts for the person: then it
    does what a helper does, until an officer has confirmed on what legal basis.

    :param case: a row of the case with the passport of this account beside it, as
        :func:`portal.sharing.visits.read_visit` reads it.
    :param today: passports hold to the end of their last day.
    """
    grant: str | None = case.grant_id
    if case.account_id is None and grant is None:
        # What was typed from paper is nobody's until its person has taken it over.
        return PERSON if case.claim is None else None
    if case.account_id is not None and case.account_id == account_id:
        if grant is None:
            return PERSON
        return Role(f"representative {grant}", case.grant_basis == "confirmed", True, grant, _EVERYTHING)
    if account_id is None or grant is None or not holds(case.grant_until, case.grant_revoked, today):
        return None
    if case.grant_basis == "confirmed":
        return Role(f"representative {grant}", owns=True, grant=grant, rights=_EVERYTHING)
    return Role(f"helper {grant}", grant=grant, rights=case.grant_rights)


def belongs_to(kind: PolicyGroup, section: str) -> bool:
    """Whether a case of this kind has this part: a carer's own, or that of somebody with needs."""
    return section not in NOT_IN[kind]


Level = Literal["see", "suggest", "write", "outcomes"]
"""A common set of rights, given in one choice."""

LEVELS: tuple[Level, ...] = get_args(Level)
MONEY: frozenset[Section] = frozenset({"charging"})
"""Parts that are given only when they are asked for by name."""


def rights_of(level: Level, *, money: bool = False) -> dict[str, Given]:
    """What a common set of rights gives, by part.

    :param money: whether the person's own money is among it.
    """
    if level == "outcomes":
        return {"outcomes": "see"}
    return {
        section: right_in(section, level)
        for section in SECTIONS
        if section != "outcomes" and (money or section not in MONEY)
    }


def right_in(section: str, given: Given) -> Given:
    """What a right comes to in a part."""
    return "see" if section in LOOKED_AT else given


Whose = Literal["theirs", "mine", "paper"]
"""Whose words a helper writes down: the person's, as they say them; their own; or those of a paper form."""

WHOSE: tuple[Whose, ...] = get_args(Whose)


def in_months(today: date, months: int) -> date:
    """The same day so many months later; the last day of the month where that one is shorter."""
    years, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + years, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def holds(until: date, revoked: datetime | None, today: date) -> bool:
    """Whether a passport is good today."""
    return revoked is None and today <= until
