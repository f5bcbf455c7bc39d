"""Words to ask for more with, from the plan's own needs and lines. The person changes what they like."""

from __future__ import annotations

from portal.plan.pages.shown import title_of
from portal.plan.rules.asking import reasons
from portal.plan.telling import tell_how_much
from portal.plan.whole import Plan
from portal.text import _
from portal.words import words


def request_for_more(plan: Plan) -> str:
    """A reasoned request: what it costs, what the budget is, and for each need what it takes and why."""
    language, beside = words(), plan.comparison
    assert beside.budget is not None
    told = [
        language.gettext(
            _("My plan needs %(planned)s a week. My budget is %(budget)s. I ask for %(over)s more."),
            planned=language.money(beside.planned),
            budget=language.money(beside.budget),
            over=language.money(beside.difference),
        ),
        language.gettext(_("This is what the money is for:")),
    ]
    for reason in reasons(plan.needs, plan.weeks_in_year, plan.sums.beside):
        for line, cost in reason.lines:
            told.append(
                language.gettext(
                    _("- %(need)s: %(line)s. %(how_much)s. That is %(sum)s a week."),
                    need=title_of(reason.need.outcome),
                    line=line.what,
                    how_much=tell_how_much(line, language),
                    sum=language.money(cost),
                )
            )
        if reason.need.words:
            told.append("  " + language.gettext(_("What matters to me: %(words)s"), words=reason.need.words))
    told.append(language.gettext(_("With less than this, these needs would not be met.")))
    return "\n".join(told)
