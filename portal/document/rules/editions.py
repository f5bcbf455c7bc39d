"""The editions in which a plan can be printed: each a value, so that a new one is a few lines of data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.text import _


@dataclass(frozen=True)
class Edition:
    """One way in which a plan is printed.

    :ivar id: its name on the command line and in addresses.
    :ivar name: what it is called, and ``about`` whom it is for: messages for gettext.
    :ivar template: the page in ``templates/document`` that it is drawn from.
    :ivar styles: style sheets of ``static/print``, the later ones stronger.
    :ivar smaller: more sheets, tried one after another while the edition does not fit on one page.
    :ivar stacked: a table of more than three columns becomes one block for each row, with labelled lines.
    :ivar colour: whether its pictures are in colour.
    :ivar to_share: without what the person marked private.
    :ivar whole: it shows the whole plan, so that the plan as data may be enclosed.
    """

    id: str
    name: str
    about: str
    template: str = "document/plan.html"
    styles: tuple[str, ...] = ("print.css",)
    smaller: tuple[str, ...] = ()
    stacked: bool = False
    colour: bool = True
    to_share: bool = False
    whole: bool = True


STANDARD = Edition(
    id="standard",
    name=_("The whole plan"),
    about=_("To sign, to send and to keep."),
)

EDITIONS: Mapping[str, Edition] = {
    edition.id: edition
    for edition in (
        STANDARD,
        Edition(
            id="large-print",
            name=_("Large print"),
            about=_("The whole plan in letters of 18 points. It has no tables with many columns."),
            styles=("print.css", "large-print.css"),
            stacked=True,
        ),
        Edition(
            id="black-and-white",
            name=_("Black and white"),
            about=_("The whole plan without colour, for any printer or copier."),
            styles=("print.css", "black-and-white.css"),
            colour=False,
        ),
        Edition(
            id="to-share",
            name=_("A copy to give away"),
            about=_("The whole plan without what you marked private, and without what you may have to pay."),
            to_share=True,
        ),
        Edition(
            id="week",
            name=_("My week"),
            about=_("One page to hang on the wall: who comes when, and who to phone."),
            template="document/week.html",
            styles=("print.css", "week.css"),
            smaller=("week-small.css", "week-smaller.css"),
            to_share=True,
            whole=False,
        ),
        Edition(
            id="profile",
            name=_("My one-page profile"),
            about=_("What matters to me and how to support me well, for everybody who meets me."),
            template="document/profile.html",
            styles=("print.css", "profile.css"),
            smaller=("profile-small.css", "profile-smaller.css"),
            to_share=True,
            whole=False,
        ),
    )
}
"""Every edition by its id, in the order in which they are offered."""
