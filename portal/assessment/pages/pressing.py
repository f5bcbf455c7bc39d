"""What cannot wait: shown between two questions when an answer tells of danger or haste."""

from __future__ import annotations

from flask import redirect, render_template
from werkzeug.wrappers import Response

from portal.assessment.pages.sitting import UNSAFE, address, question_or_404, sitting, to_first_open
from portal.sharing.access import needs_case


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
        triggers=[trigger for trigger in at.pack.triggers if trigger.id in routes],
        unsafe=any(flag.id in UNSAFE for flag in flags),
        onward=at.way_on(question),
        back=address(question),
    )
