"""An allocation as rows of text, for a terminal: the lines that the budget page shows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from portal.budget.parts import told_parts
from portal.budget.publishing import UNITS
from portal.budget.ranges import told_range, told_working
from portal.budget.rules import Allocation, Counterfactual, Difference, Line, example_week
from portal.budget.rules.override import Beside
from portal.budget.rules.spread import range_of
from portal.budget.rules.views import AnswerDifference, Figure, Views
from portal.budget.telling import said, said_why
from portal.pack.conditions import Kept
from portal.pack.scheme import Scheme
from portal.words import Language

WIDTH = 58
_STATUS = {
    "refer": "There is no figure: a person works it out.",
    "incomplete": "There is no figure: answers are missing or cannot be read.",
    "no_amount": "The scheme gives no amount here. That is not nought pounds.",
    "not_eligible": "This scheme is not for this person.",
}
_NOT_IN_USE = {
    "draft": "This scheme is a draft. It decides nobody’s budget.",
    "retired": "This scheme is retired. It decides nobody’s new budget.",
}
_PERIODS = {
    "day": "a day",
    "week": "a week",
    "four_weeks": "every 4 weeks",
    "month": "a month",
    "year": "a year",
    "one_off": "once",
}

_NOUGHT = Decimal(0)
_MINUS = "\N{MINUS SIGN}"
_BESIDE = {"weight": "weight", "on_cost": "on-cost", "conversion": "scale"}
"""What a line is that stands below another of the same name."""


class Printer:
    """What prints the allocations of one scheme.

    :ivar why: below each line, also print its reason, its rule and its source.
    """

    def __init__(self, scheme: Scheme, language: Language, *, why: bool = False) -> None:
        self.scheme = scheme
        self.language = language
        self.why = why
        self.names = {
            question.id: said(question.label, language) or plain(question.id) for question in scheme.questions
        }

    def receipt(self, allocation: Allocation) -> Iterator[str]:
        """The receipt as rows of text."""
        language = self.language
        yield f"{said(allocation.scheme_title, language)}, version {allocation.scheme_version}"
        if allocation.illustrative:
            yield "The points and prices of this scheme are illustrative."
        if self.scheme.status in _NOT_IN_USE:
            yield _NOT_IN_USE[self.scheme.status]
        yield f"Prices on {language.day(allocation.on)}. Content {allocation.scheme_hash[:12]}."
        yield ""
        if allocation.lines:
            yield self._heads()
        for line in allocation.lines:
            yield from self._row(line)
        if allocation.one_off is not None:
            yield "\nOnce:"
            for line in allocation.one_off_lines:
                yield from self._row(line)
        if allocation.lines or allocation.one_off is not None:
            yield ""
        yield from self._figures(allocation)
        yield from self._spread(allocation)
        yield from self._notes(allocation)
        yield from self._parts(allocation)
        yield from self._example(allocation)

    def _spread(self, allocation: Allocation) -> Iterator[str]:
        found = range_of(self.scheme, allocation)
        if found is not None:
            lower, higher = told_working(found, self.language)
            yield told_range(found, allocation, self.language)
            yield f"Lower: {lower}. Higher: {higher}."

    def _heads(self) -> str:
        return "".ljust(WIDTH) + "points".rjust(8) + "pounds".rjust(12) + "so far".rjust(12)

    def _row(self, line: Line) -> Iterator[str]:
        language = self.language
        points = language.number(line.points).replace("-", _MINUS) if line.points is not None else ""
        name = self._name(line)[: WIDTH - 1].ljust(WIDTH)
        yield name + points.rjust(8) + self.money(line.amount) + self.money(line.running)
        if self.why:
            source = f"; source: {line.source}" if line.source is not None else ""
            yield f"    {said_why(line, language)} [{line.rule}{source}]".replace("     [", "    [")

    def _name(self, line: Line) -> str:
        about = self.names.get(line.question or "", "")
        name = said(line.label, self.language) if line.label is not None else about or plain(line.rule)
        if line.kind in _BESIDE:
            return f"{name} ({_BESIDE[line.kind]})"
        if line.kind == "answer" and line.answer is not None:
            return f"{name}: {plain(line.answer, first=False)}"
        if line.question is not None and line.label is not None and about != name:
            return f"{name} ({about or line.question})"
        return name

    def _figures(self, allocation: Allocation) -> Iterator[str]:
        if allocation.status != "figure":
            yield _STATUS[allocation.status]
            if allocation.missing:
                yield f"Missing: {', '.join(allocation.missing)}"
            return
        if allocation.weekly is not None and allocation.annual is not None and allocation.amount is not None:
            if allocation.base_period not in ("week", "year"):
                yield self._sum(f"Indicative budget {_PERIODS[allocation.base_period]}", allocation.amount)
            yield self._sum("Indicative budget a week", allocation.weekly)
            weeks = self.language.number(allocation.year_weeks)
            yield self._sum(f"Indicative budget a year, of {weeks} weeks", allocation.annual)
        elif allocation.amount is not None:
            yield self._sum("Indicative budget, once", allocation.amount)
        if allocation.one_off is not None:
            yield self._sum("And once", allocation.one_off)
        if allocation.contribution is not None:
            period = _PERIODS[allocation.base_period]
            yield self._sum(f"You pay {period}", allocation.contribution.person)
            yield self._sum(f"The council pays {period}", allocation.contribution.council)

    def _notes(self, allocation: Allocation) -> Iterator[str]:
        for caveat in allocation.caveats:
            names = ", ".join(self.names.get(name, name) for name in caveat.questions)
            about = f" ({names})" if names else ""
            yield f"Note: {said(caveat.text, self.language)}{about}"
        for flag in allocation.review_flags:
            uncapped = self.language.money(flag.uncapped)
            yield f"A person looks at it: {uncapped} before the limit. {said(flag.reason, self.language)}"

    def _parts(self, allocation: Allocation) -> Iterator[str]:
        if allocation.status != "figure":
            return
        for part in told_parts(allocation, self.scheme, self.language, allocation.on):
            yield f"\n{part.title}"
            for what, value in part.rows:
                yield f"  {what}: {value}"

    def _example(self, allocation: Allocation) -> Iterator[str]:
        example = example_week(self.scheme, allocation)
        if example is None:
            return
        language = self.language
        yield f"\n{said(example.about, language)}"
        for use in example.uses:
            rate = f"{language.number(use.quantity)} at {language.money(use.rate)} {UNITS[use.unit]}"
            yield self._sum(f"  {said(use.label, language)}: {rate}", use.amount)
        yield self._sum("  Left over", example.left)

    def changes(self, changes: tuple[Counterfactual, ...]) -> Iterator[str]:
        """What the figure would be if one answer were different."""
        yield "\nIf one answer were different:"
        for change in changes:
            figure = (
                self.money(change.amount) if change.amount is not None else plain(change.status).rjust(12)
            )
            answer = plain(change.answer, first=False)
            yield f"  {self.names[change.question]}: {answer}".ljust(WIDTH + 8) + figure

    def compared(self, now: Allocation, other: Allocation, found: tuple[Difference, ...]) -> Iterator[str]:
        """Two figures, and where they differ."""
        yield "\nOn the other answers:"
        yield from self._figures(other)
        if now.amount is None or other.amount is None:
            return
        yield self._heads_of("these", "other", "difference")
        labels = {
            (line.rule, line.question, line.stream): self._name(line._replace(answer=None))
            for line in (*now.lines, *other.lines)
        }
        for part in found:
            name = labels[part.rule, part.question, part.stream][: WIDTH - 5].ljust(WIDTH - 4)
            yield name + self.money(part.before) + self.money(part.after) + self.money(part.difference)
        whole = self.money(now.amount) + self.money(other.amount) + self.money(other.amount - now.amount)
        yield "The whole".ljust(WIDTH - 4) + whole

    def views(self, views: Views) -> Iterator[str]:
        """The assessor's receipt below the person's, both figures, and what each answer brings."""
        yield "\n" + "The assessor’s answers".upper()
        yield from self.receipt(views.assessor)
        yield "\n" + "Both".upper()
        if views.difference is None:
            for who, allocation in (("person", views.person), ("assessor", views.assessor)):
                if allocation.status != "figure":
                    yield f"On the {who}’s answers: {_STATUS[allocation.status]}"
            yield "So there is no difference in money. That is not nought pounds."
        else:
            yield self._heads_of("person", "assessor", "difference")
            yield from self._both(views, views.difference)
        if not views.answers:
            yield "\nBoth gave the same answers."
            return
        yield "\nAnswered differently. Each amount is how this answer alone would change the person’s figure:"
        for answer in views.answers:
            yield from self._answer(answer)
        if views.together is None or views.difference is None:
            return
        if any(views.together) or any(answer.alone is None for answer in views.answers):
            yield from self._in_full(
                "Only together (limits, bands or help that act on more than one)", views.together
            )
        yield from self._in_full("The difference", views.difference)

    def _both(self, views: Views, difference: Figure) -> Iterator[str]:
        period = _PERIODS[views.person.base_period]
        sums = (views.person.amount or _NOUGHT, views.assessor.amount or _NOUGHT, difference.regular)
        yield f"Indicative budget {period}".ljust(WIDTH - 4) + "".join(map(self.money, sums))
        once = (views.person.one_off or _NOUGHT, views.assessor.one_off or _NOUGHT, difference.once)
        if any(once):
            yield "And once".ljust(WIDTH - 4) + "".join(map(self.money, once))

    def _answer(self, answer: AnswerDifference) -> Iterator[str]:
        told = f"{self.names[answer.question]}: {self._kept(answer.person)} → {self._kept(answer.assessor)}"
        if answer.alone is None:
            yield f"  {told}".ljust(WIDTH + 8) + "no figure".rjust(12)
        else:
            yield from self._in_full(f"  {told}", answer.alone)

    def _in_full(self, words: str, figure: Figure) -> Iterator[str]:
        yield self._sum(words, figure.regular)
        if figure.once:
            yield self._sum("    and once", figure.once)

    def _kept(self, given: Kept | None) -> str:
        """An answer as it stands in a file, in a few words."""
        if given is None:
            return "no answer"
        if isinstance(given, str):
            return plain(given, first=False)
        if isinstance(given, dict):
            if "pounds" in given:
                return f"£{given['pounds']} {_PERIODS.get(given.get('every', ''), '')}".strip()
            return ", ".join(
                f"{plain(name, first=False)} {self._kept(value)}" for name, value in given.items()
            )
        return " and ".join(self._kept(part) for part in given) or "none"

    def override(self, found: Beside) -> Iterator[str]:
        """Another amount beside the figure, with its reason and who answers for it."""
        override, language = found.override, self.language
        yield "\nANOTHER AMOUNT BESIDE IT"
        if found.computed is None or found.difference is None:
            yield "There is no figure that was worked out. That is not nought pounds."
        else:
            yield self._sum("Worked out, a week. It stays as it is.", found.computed)
        yield self._sum("Set in place of it, a week", override.weekly)
        if found.difference is not None:
            yield self._sum("Difference", found.difference)
        yield f"Reason: {override.reason}"
        yield f"By: {override.author}, {override.role}, {language.day(override.date)}"
        if override.evidence:
            yield f"It rests on: {override.evidence}"

    def _heads_of(self, *heads: str) -> str:
        return "".ljust(WIDTH - 4) + "".join(head.rjust(12) for head in heads)

    def _sum(self, words: str, amount: Decimal) -> str:
        return words.ljust(WIDTH + 8) + self.money(amount)

    def money(self, amount: Decimal) -> str:
        """An amount at the right of its column."""
        return self.language.money(amount).rjust(12)


def plain(name: str, *, first: bool = True) -> str:
    """An id as words, for what has no words of its own."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:] if first else words
