"""How money is held, in words: what is asked, what is still needed, and what a rule says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.plan.rules.holding import Capacity, Held, Lack, Needed, Net, PaidEvery, Receiver
from portal.text import _
from portal.words import Language

RECEIVER_WORDS: Mapping[Receiver, str] = {
    "me": _("I receive it myself"),
    "nominated": _("Somebody I name receives it for me"),
    "authorised": _("Somebody receives it because I cannot decide about it"),
}
CAPACITY_WORDS: Mapping[Capacity, str] = {
    "yes": _("Yes, on my own"),
    "with_help": _("Yes, with help"),
    "not_sure": _("I am not sure"),
    "no": _("No"),
}
PAID_EVERY_WORDS: Mapping[PaidEvery, str] = {
    "week": _("Every week"),
    "four_weeks": _("Every 4 weeks"),
    "month": _("Every month"),
}
PAYMENTS: Mapping[PaidEvery, str] = {
    "week": _("%(sum)s every week"),
    "four_weeks": _("%(sum)s every 4 weeks"),
    "month": _("%(sum)s every month"),
}
NET_WORDS: Mapping[Net, str] = {
    "net": _("Without my own part. I add that myself"),
    "gross": _("All of it. I pay my own part back to the council"),
}

_NEEDED: Mapping[Lack, str] = {
    "receiver": _("%(route)s: say who receives the money"),
    "receiver_name": _("%(route)s: say the name of who receives the money"),
    "receiver_agrees": _("%(route)s: ask the person you name whether they agree"),
    "capacity": _("%(route)s: say whether you can decide about the money and look after it"),
    "no_capacity": _("%(route)s: somebody has to be authorised to receive it for you"),
    "amount": _("%(route)s: something it pays for has no price yet"),
    "needs": _("%(route)s: something it pays for helps with no need yet"),
    "payee": _("%(line)s: say who is paid"),
    "same_home": _("%(line)s: say whether they live with you"),
    "close_family": _("%(line)s: a direct payment cannot pay somebody this close, unless it is necessary"),
    "close_family_asked": _("%(line)s: you asked the council if it is necessary to pay somebody this close"),
    "close_family_no": _("%(line)s: the council says it is not necessary to pay somebody this close"),
    "care_home": _("%(line)s: a direct payment cannot pay for more than 4 weeks in a care home"),
    "provider": _("%(route)s: name the provider who holds the money, or ask for one"),
    "surplus": _("%(route)s: say what happens to money that is left over"),
    "agreed_on": _("%(route)s: say when you and the provider agreed"),
    "disputes": _("%(route)s: say what you do if you and the provider disagree"),
}


def tell_needed(one: Needed, words: Language) -> str:
    """What the money of a route still needs."""
    return words.gettext(
        _NEEDED[one.lack], route=words.say(one.route.short), line=one.line.what if one.line else ""
    )


@dataclass(frozen=True)
class Fact:
    """One thing the person said about the money of a route.

    :ivar code: what it is, for machines; ``title`` and ``words`` are read.
    """

    code: str
    title: str
    words: str


def told_facts(held: Held, words: Language) -> Iterator[Fact]:
    """What the person said about the money of a route, in the order in which it is asked."""
    agreed = words.day(held.agreed_on) if held.agreed_on else ""
    chosen: tuple[tuple[str, str, str], ...] = (
        ("capacity", _CAN, CAPACITY_WORDS[held.capacity] if held.capacity else ""),
        ("receiver", _("Who receives the money"), RECEIVER_WORDS[held.receiver] if held.receiver else ""),
        ("receiver_name", _("The name of who receives it"), held.receiver_name),
        ("receiver_agrees", _("They have agreed"), _("Yes") if held.receiver_agrees else ""),
        ("every", _("How often it is paid"), PAID_EVERY_WORDS[held.every] if held.every else ""),
        ("net", _("My own part"), NET_WORDS[held.net] if held.net else ""),
        ("provider", _("The provider who holds the money"), held.provider),
        ("asks_for_one", _("A provider is still to be found"), _ASKS if held.asks_for_one else ""),
        ("surplus", _("Money that is left over"), held.surplus),
        ("disputes", _("If we disagree"), held.disputes),
        ("agreed_on", _("The day we agreed it"), agreed),
        ("share", _("The provider may see my plan"), _("Yes") if held.share else ""),
    )
    typed = {"receiver_name", "provider", "surplus", "disputes", "agreed_on"}
    for code, title, said in chosen:
        if said:
            yield Fact(code, words.gettext(title), said if code in typed else words.gettext(said))


_CAN = _("Can decide about it and look after it")
_ASKS = _("I ask the council to help me find one")
