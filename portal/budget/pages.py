"""The indicative budget: the figure, every line of its working, and what would change it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import steps
from portal.assessment.records import answers_of
from portal.assessment.rules.eligibility import standing
from portal.budget.disagreeing import read_doubts
from portal.budget.parts import (
    HEADS,
    nothing_yet,
    part_amounts,
    told_besides,
    told_figure,
    told_other_periods,
    told_parts,
)
from portal.budget.publishing import UNITS, published
from portal.budget.ranges import told_sums, told_working
from portal.budget.records import indicative, keep_told, last_override
from portal.budget.rules import Allocation, example_week, what_would_change, when_help_stops
from portal.budget.rules.spread import range_of
from portal.budget.telling import ToldLine, line_name, said, told_changes, told_lines, told_once, told_stop
from portal.pack.conditions import Answers
from portal.pack.eligibility import policy_on
from portal.pack.pack import Pack
from portal.questions.path import counted
from portal.safeguards import current_pack, db, now, today
from portal.sharing.access import needs_case, open_page
from portal.sharing.telling import told_typed
from portal.sharing.typed import typed_here
from portal.text import _
from portal.words import translate, words

bp = Blueprint("budget", __name__, url_prefix="/budget")
_NONE = ("", "0")
_BY_RIGHT = frozenset({"social_care", "carer"})
"""Funders whose money goes with a right to care and support."""


@dataclass(frozen=True, slots=True)
class Share:
    """One bar of the picture: pounds each base period that belong together."""

    words: str
    amount: Decimal


def _answers() -> Answers:
    return counted(current_pack(), answers_of(db(), g.case.id))


def shares(lines: tuple[ToldLine, ...]) -> tuple[Share, ...]:
    """The lines of the receipt by what they are about, largest first. They add up to the same figure.

    What was taken off a question is taken off its own bar. A bar that would fall below nought, and
    whatever is about no question and takes off, stands in one row of its own at the end; where it is
    one line, by the name that line has in the receipt.
    """
    by_place: dict[str, Share] = {}
    for line in lines:
        known = by_place.get(line.about)
        name = known.words if known else line.words.partition(":")[0]
        by_place[line.about] = Share(name, line.amount + (known.amount if known else Decimal(0)))
    gains = sorted((share for share in by_place.values() if share.amount > 0), key=lambda s: -s.amount)
    losses = [share for share in by_place.values() if share.amount < 0]
    if len(losses) > 1:
        rest = sum((share.amount for share in losses), Decimal(0))
        losses = [Share(words().gettext(_("Taken off the whole")), rest)]
    gains += losses
    return tuple(gains)


def added_nothing(lines: tuple[ToldLine, ...]) -> tuple[ToldLine, ...]:
    """The answers that brought no money and that no other line rests on; none where there is nothing else.

    An answer that is not known is not among them: it is to be seen. Nor is one that brought points.
    """
    about = Counter(line.about for line in lines)
    found = tuple(
        line
        for line in lines
        if line.kind == "answer" and not line.amount and line.points in _NONE and about[line.about] == 1
    )
    return found if len(found) < len(lines) else ()


def not_likely(pack: Pack, answers: Answers, allocation: Allocation) -> bool:
    """Whether the person is not likely to have a right to support, so that the figure needs a word on it.

    Money of other funders has rules of its own.
    """
    if not any(part.amount for part in allocation.streams if part.funder in _BY_RIGHT):
        return False
    policy = policy_on(pack.policies, "adult", today())
    return policy is not None and standing(policy, answers, on=today()).result == "not_likely"


@bp.get("")
@needs_case("budget", "see", whole=True)
def show() -> str | Response:
    """The figure and its receipt."""
    pack = current_pack()
    allocation = indicative(db(), g.case.id, pack, today())
    if allocation is None or allocation.status != "figure":
        return render_template("budget/no-figure.html", allocation=allocation, **_about(allocation))
    answers = _answers()
    lines = told_lines(allocation, pack, words())
    scheme = pack.scheme_on(today())
    assert scheme is not None
    stops = when_help_stops(scheme, answers, on=today())
    nothing, empty = added_nothing(lines), nothing_yet(allocation)
    once = told_once(allocation, pack, words())
    # As the pages about disagreeing count them.
    numbers = {line_name(line): number for number, line in enumerate((*lines, *once), start=1)}
    spread = range_of(scheme, allocation)
    return render_template(
        "budget/show.html",
        allocation=allocation,
        spread=spread,
        spread_sums=told_sums(spread, allocation, words()) if spread else (),
        spread_working=told_working(spread, words()) if spread else (),
        figure_words=told_figure(allocation, words()),
        nothing_yet=empty,
        in_easy_read=scheme.plain_summary.easy is not None,
        comparable=empty != "unsure" or what_would_change(scheme, answers, on=today()),
        besides=told_besides(allocation, words()),
        other_periods=told_other_periods(allocation, words()),
        period=words().gettext(HEADS[allocation.base_period]),
        lines=[_line(line, numbers[line_name(line)]) for line in lines if line not in nothing],
        nothing=[_line(line, numbers[line_name(line)]) for line in nothing],
        doubts=read_doubts(db(), g.case.id),
        not_likely=not_likely(pack, answers, allocation),
        once=[_line(line, numbers[line_name(line)]) for line in once],
        parts=told_parts(allocation, scheme, words(), today()),
        shares=tuple(Share(*part) for part in part_amounts(allocation, words())) or shares(lines),
        example=example_week(scheme, allocation),
        units=UNITS,
        stops=told_stop(stops, pack, words()) if stops is not None and stops.more else None,
        **_about(allocation),
    )


def _about(allocation: Allocation | None) -> dict[str, object]:
    """What goes with every budget page: caveats, missing answers, an amount set beside the figure."""
    other = last_override(db(), g.case.id)
    if allocation is None:
        return {"caveats": (), "flags": (), "missing": (), "other": other}
    questions = current_pack().questions
    return {
        "other": other,
        "caveats": [
            (said(caveat.text, words()), [questions[name] for name in caveat.questions if name in questions])
            for caveat in allocation.caveats
        ],
        "flags": [(flag, said(flag.reason, words())) for flag in allocation.review_flags],
        "missing": [questions[name] for name in allocation.missing if name in questions],
    }


def _line(line: ToldLine, number: int) -> dict[str, object]:
    change = None
    if line.question is not None:
        change = f"/assessment/{line.question}?from=budget"
    typed = typed_here().get(f"answer {line.question}") if line.question is not None else None
    notes = (line.note, told_typed(typed, translate) if typed is not None else "")
    return {
        "words": line.words,
        "note": " · ".join(note for note in notes if note),
        "points": line.points,
        # In a scheme with a table, answers bring points, and all of them together bring the money.
        "amount": line.amount if line.amount or line.points in _NONE else None,
        "change": change,
        "disagree": f"/plan/disagree/{number}",
    }


@bp.get("/change")
@needs_case("budget", "see", whole=True)
def change() -> str | Response:
    """For each answer that counted: the figure if it were one level higher or lower."""
    pack = current_pack()
    allocation = indicative(db(), g.case.id, pack, today())
    scheme = pack.scheme_on(today())
    if allocation is None or scheme is None or allocation.weekly is None:
        return redirect(url_for("budget.show"), 303)
    answers = _answers()
    changes = what_would_change(scheme, answers, on=today())
    told = told_changes(changes, allocation, pack, answers, words())
    if not told:
        return redirect(url_for("budget.show"), 303)
    return render_template(
        "budget/change.html", allocation=allocation, changes=told, nothing_yet=nothing_yet(allocation)
    )


@bp.post("")
@needs_case("budget", "write", whole=True)
def go_on() -> Response:
    """Keep the budget as it was told, and go on to the next step."""
    keep_told(db(), g.case.id, current_pack(), today(), now())
    return redirect(steps.after("budget"), 303)


@bp.get("/scheme")
@open_page
def scheme() -> str:
    """The whole scheme in plain words, for anybody to read."""
    found = current_pack().scheme_on(today())
    told = published(found, current_pack(), words()) if found is not None else ()
    return render_template("budget/scheme.html", scheme=found, chapters=told)
