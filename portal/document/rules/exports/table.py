"""The lines of support as a table for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from portal.document.rules.content import PlanDocument

COLUMNS = (
    *("needs", "what", "who", "when", "how_much", "starts", "ends", "kind", "route"),
    *("direct_payment", "pounds_a_week", "pounds_once", "price_known"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""


def lines_csv(document: PlanDocument) -> str:
    """Every line of support, one a row, in the order of the plan. Pounds have no sign; days are ISO dates.

    Free text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    titles = {need.outcome: need.title for need in document.needs}
    direct = direct_payments(document)
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for line in document.lines:
        typed = (
            "; ".join(titles.get(need, need) for need in line.needs),
            line.what,
            line.who,
            line.when,
            line.how_much,
        )
        writer.writerow(
            (
                *map(_plain, typed),
                line.starts or "",
                line.ends or "",
                line.kind.code if line.kind else "",
                line.route.code if line.route else "",
                "yes" if line.route is not None and line.route.code in direct else "no",
                f"{line.weekly:.2f}",
                f"{line.one_off:.2f}",
                "yes" if line.priced else "no",
            )
        )
    return file.getvalue()


def direct_payments(document: PlanDocument) -> frozenset[str]:
    """The codes of the routes that are direct payments."""
    return frozenset(
        one.route.code for one in document.routes if "direct_payment" in {one.kind, one.route.code}
    )


def _plain(typed: str) -> str:
    return f"'{typed}" if typed.startswith(_FORMULA) else typed
