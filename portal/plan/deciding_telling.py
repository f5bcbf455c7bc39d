"""Whether it is necessary to pay somebody close, in words: what was asked, and what an officer decided."""

from __future__ import annotations

from portal.plan.agreed import Asked, Necessary
from portal.text import _
from portal.words import Language

_DECIDED = {
    True: _("%(payee)s. The council found it necessary: %(reason)s (%(author)s, %(role)s, %(day)s)"),
    False: _("%(payee)s. The council did not find it necessary: %(reason)s (%(author)s, %(role)s, %(day)s)"),
}


def tell_decided(one: Necessary, payee: str, words: Language) -> str:
    """What an officer decided, with the reason, who it was and when.

    :param payee: who is to be paid, in words.
    """
    return words.gettext(
        _DECIDED[one.necessary],
        payee=payee,
        reason=one.reason,
        author=one.author,
        role=one.role,
        day=words.day(one.decided_on),
    )


def tell_asked(one: Asked, payee: str, words: Language) -> str:
    """That the council is asked, and why it is necessary in the person's words."""
    return words.gettext(
        _("%(payee)s. I have asked the council if it is necessary: %(why)s"), payee=payee, why=one.why
    )
