"""What cannot wait: shown between two questions when an answer tells of danger or haste."""

from __future__ import annotations

from flask import redirect, render_template
from werkzeug.wrappers import Response

from portal.assessment.pages.sitting import UNSAFE, Sitting, address, question_or_404, sitting, to_first_open
from portal.assessment.rules.flags import FlagName
from portal.assessment.rules.flags_in_easy_read import wording
from portal.pack.carers import Signpost
from portal.sharing.access import needs_case


def _signposts(at: Sitting) -> tuple[tuple[FlagName, Signpost], ...]:
    """Who helps carers whose rights stand in another law, by what tells of it."""
    carers = at.pack.carers_file
    return (("young_carer", carers.young), ("parent_carer", carers.parents)) if carers else ()


@needs_case("assessment", "write")
def pressing(question_id: str) -> str | Response:
    """Whom to turn to now, with the way on below. Nothing here stops the person."""
    at = sitting()
    question = question_or_404(at, question_id)
    if not at.walk.asks(question.id):
        return to_first_open(at)
    flags = at.pressing(question)
    if not flags:
        return redirect(at.way_on(question), 303)
    routes = {flag.route for flag in flags}
    return render_template(
        "assessment/pressing.html",
        flags=flags,
        wording=wording,
        triggers=[trigger for trigger in at.pack.triggers if trigger.id in routes],
        signposts=[sign for name, sign in _signposts(at) if name in {flag.id for flag in flags}],
        unsafe=any(flag.id in UNSAFE for flag in flags),
        onward=at.way_on(question),
        back=address(question),
    )
