"""From a number of the paper form to its question, for whoever types from paper."""

from __future__ import annotations

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from portal.assessment.pages.sitting import address, sitting
from portal.fields import Control
from portal.questions.numbers import question_numbers
from portal.sharing.access import needs_case
from portal.text import _
from portal.words import translate

_LONGEST = 3


@needs_case("assessment", "write")
def by_number() -> str | Response | tuple[str, int]:
    """Go to the question with a number; say so when there is none, or it is not asked."""
    asked = request.args.get("number", "").strip()
    if not asked:
        return _page("", "")
    at = sitting()
    numbers = question_numbers(at.pack.sections)
    number = int(asked) if asked.isdecimal() and len(asked) <= _LONGEST else 0
    found = next((name for name, one in numbers.items() if one == number), None)
    if found is None:
        last = max(numbers.values())
        return _page(asked, translate(_("Enter a number from 1 to %(last)s"), last=last)), 422
    if not at.walk.asks(found):
        said = translate(
            _("Leave number %(number)s out. It is not asked after the answers so far"), number=number
        )
        return _page(asked, said), 422
    return redirect(address(at.pack.questions[found]), 303)


def _page(typed: str, error: str) -> str:
    box = Control(
        "text",
        "number",
        translate(_("Which number of the paper form?")),
        hint=translate(_("It stands before the question.")),
        value=typed,
        error=error or None,
        inputmode="numeric",
        width=4,
        heading=True,
    )
    return render_template("assessment/by-number.html", control_=box, errors=bool(error))
