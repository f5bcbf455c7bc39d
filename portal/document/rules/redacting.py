"""A plan to give away: without what the person marked private, in its words and in its data alike."""

from __future__ import annotations

from typing import Any

from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import Need

NEED = "need "
"""Begins the name of a private part that is what the person wrote about one need."""


def to_share(document: PlanDocument) -> PlanDocument:
    """The plan without its private parts, and without what the person may have to pay.

    A private part is named as in the document, such as ``setbacks``; ``need nutrition`` is what the person
    wrote about one need. What stays says the same as before; the names of what is left out go too.
    """
    fresh = PlanDocument.model_fields
    gone: dict[str, Any] = {
        name: fresh[name].get_default(call_default_factory=True)
        for name in document.private
        if name in fresh and not fresh[name].is_required()
    }
    gone |= {"statement": None, "private": ()}
    return document.model_copy(
        update={"needs": tuple(_need(one, document) for one in document.needs), **gone}
    )


def _need(need: Need, document: PlanDocument) -> Need:
    if NEED + need.outcome not in document.private:
        return need
    return need.model_copy(update={"own_words": "", "wanted": "", "unable": ()})
