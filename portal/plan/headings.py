"""The headings of About me, the seven questions, and the texts beside them: how each is asked.

About me has the headings of the Professional Record Standards Body's standard (version 2.01), in its order.
The seven questions are those that support plans in England have answered since In Control's work on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.pack.support import AboutMe, PlanPart, SevenQuestion
from portal.text import _


@dataclass(frozen=True, slots=True)
class Ask:
    """How a text is asked for."""

    ask: str
    hint: str


ABOUT_ME: Mapping[AboutMe, Ask] = {
    "about_important": Ask(
        _("What is most important to me"), _("Values, habits, things you love, things you would miss.")
    ),
    "about_people": Ask(_("People who are important to me"), _("Who they are, and how you keep in touch.")),
    "about_communicate": Ask(
        _("How I communicate and how to communicate with me"),
        _("Words, signs, pictures, more time. How people can tell that you agree or do not."),
    ),
    "about_wellness": Ask(
        _("My wellness"), _("How you are on a good day and on a bad day, and what helps you to keep well.")
    ),
    "about_do": Ask(
        _("Please do and please do not"), _("For example, please knock first. Please do not talk over me.")
    ),
    "about_support": Ask(
        _("How and when to support me"), _("What you want help with, when, and how you like it done.")
    ),
    "about_also": Ask(_("Also worth knowing about me"), _("Anything else: your past, your work, your pets.")),
    "about_by": Ask(
        _("Supported to write this by"), _("Who helped you to write this. Leave it empty if nobody did.")
    ),
}
"""The last heading, the day of the last change, is kept by the portal itself."""

SEVEN: Mapping[SevenQuestion, Ask] = {
    "q_important": Ask(_("What is important to you?"), _("In your life, not only in your care.")),
    "q_change": Ask(_("What do you want to change or achieve?"), _("Big or small.")),
    "q_supported": Ask(_("How will you be supported?"), _("Who does what, and how you want it done.")),
    "q_budget": Ask(
        _("How will you use your personal budget?"),
        _("The lines of your plan say what is bought. Write here what the numbers do not say."),
    ),
    "q_managed": Ask(
        _("How will your support be managed?"),
        _("Who arranges things from day to day, pays people and keeps the papers."),
    ),
    "q_control": Ask(
        _("How will you stay in control of your life?"),
        _("What you decide yourself, and how people help you to decide the rest."),
    ),
    "q_happen": Ask(
        _("What are you going to do to make this happen?"), _("The next steps, who takes each, and by when.")
    ),
}

OPEN_QUESTION = _("Answer, or say that it is not needed: %(question)s")
"""What a plan lacks that does not answer one of the seven."""

TEXTS: Mapping[PlanPart, Ask] = {
    "over": Ask(
        _("Why does your plan cost more than your budget?"),
        _("For example, “I need two people to help me to stand up safely.”"),
    ),
    "helped": Ask(
        _("Who helped you with this plan?"),
        _("Names, and what they did. If nobody helped, write “nobody”."),
    ),
    "review": Ask(
        _("When would you like to look at your plan again?"),
        _("For example, after the summer. We look at every plan with you in any case."),
    ),
    "nobody_comes": Ask(
        _("Who do you phone if nobody comes?"),
        _("Names and phone numbers, the first one first. It is printed on your week."),
    ),
    "carer_ill": Ask(
        _("What happens if somebody who helps you is ill tomorrow?"),
        _("Who steps in, who has a key, and what can wait."),
    ),
}

ASKS: Mapping[PlanPart, Ask] = dict[PlanPart, Ask]((*TEXTS.items(), *ABOUT_ME.items(), *SEVEN.items()))
"""Every text of a plan."""
