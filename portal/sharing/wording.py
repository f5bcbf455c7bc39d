"""What parts, rights and people are called where a person decides about them. Words for translating."""

from __future__ import annotations

from collections.abc import Mapping

from portal.sharing.rules import Basis, Confirmed, Given, Level, Section, Whose
from portal.text import _

SECTION_WORDS: Mapping[Section, str] = {
    "outcomes": _("What I am likely to get help with, and what matters to me"),
    "assessment": _("My answers about my needs"),
    "budget": _("My budget and how it is worked out"),
    "charging": _("My own money, and what I may have to pay"),
    "choices": _("Who helps me plan, and who looks after the money"),
    "plan": _("My support plan"),
    "document": _("My plan as it is printed"),
}

GIVEN_WORDS: Mapping[Given, str] = {
    "see": _("see it"),
    "suggest": _("see it, and suggest changes that I decide on"),
    "write": _("see it, and write in it for me"),
}

NOTHING = _("not see it")

LEVEL_WORDS: Mapping[Level, tuple[str, str]] = {
    "see": (_("Look only"), _("They see my answers and my plan. They change nothing.")),
    "suggest": (
        _("Look, and suggest"),
        _("They fill in pages for me. Nothing changes until I say yes to it."),
    ),
    "write": (
        _("Look, and write for me"),
        _("What they write counts at once. I see who wrote it."),
    ),
    "outcomes": (
        _("Only see what I am likely to get help with"),
        _("Enough for somebody who plans with me. They see no answers."),
    ),
}

WHOSE_WORDS: Mapping[Whose, tuple[str, str]] = {
    "theirs": (_("Their own words"), _("I write down what %(name)s says.")),
    "mine": (_("My words"), _("I write what I think, for %(name)s to read.")),
    "paper": (_("A paper form"), _("I type what %(name)s wrote on paper.")),
}

RELATIONS: Mapping[str, str] = {
    "family": _("Family"),
    "friend": _("Friend or neighbour"),
    "carer": _("Somebody who cares for me, unpaid"),
    "advocate": _("Advocate"),
    "planner": _("Planner or support broker"),
    "worker": _("Council or health worker"),
    "other": _("Somebody else"),
}

BASIS_WORDS: Mapping[Basis, str] = {
    "lpa": _("Lasting power of attorney for health and welfare"),
    "deputy": _("Deputy for personal welfare, from the Court of Protection"),
    "best_interests": _("Best interests decision, made with the council"),
    "appointee": _("Appointee for benefits only"),
}

BASIS_HINTS: Mapping[Basis, str] = {
    "lpa": _("The person chose you while they could decide. It is registered."),
    "deputy": _("A court chose you to decide about care."),
    "best_interests": _("The council and you decided together what is best for the person."),
    "appointee": _("You look after their benefits. This does not let you decide about their care."),
}

CONFIRMED_WORDS: Mapping[Confirmed, str] = {
    "asked": _("The council has not checked this yet."),
    "confirmed": _("The council has checked and agreed this."),
    "refused": _("The council did not agree this."),
}
