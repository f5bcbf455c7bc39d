"""A save that breaks off at any statement changes nothing at all, and says so: the old record or the new."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, text

from portal.tables import ALL_TABLES
from tests.plan.conftest import sample_at

WORDS = "/assessment/nutrition_matters"
ANNA = {"helpers-name": "Anna", "helpers-relation": "child", "helpers-hours": "10"}
SAVES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "an answer": (WORDS, WORDS, {"nutrition_matters": "Sundays"}),
    "one more on a list": ("/assessment/helpers/add", "/assessment/helpers/add", ANNA),
    "one off a list": ("/assessment/helpers/1/remove", "/assessment/helpers/1/remove", {}),
    "a choice": ("/choices/planner", "/choices/planner", {"chosen": ["not_decided"]}),
    "a line of support": ("/plan/line/new?kind=self", "/plan/line/new?kind=self", {"what": "I cook"}),
    "a text of the plan": ("/plan/helped", "/plan/helped", {"words": "My sister"}),
    "what could go wrong": ("/plan/backup/new", "/plan/backup/new", {"wrong": "My sister is ill"}),
    "that the answers are right": ("/assessment/check", "/assessment/check", {}),
    "nothing about money": ("/paying", "/paying/skip", {}),
    "a printed version": ("/document/check", "/document/check", {}),
}
_MOST_STATEMENTS = 80


class Breaking:
    """Breaks off the n-th statement of whatever is done, in the database itself."""

    def __init__(self, engine: Any) -> None:
        self.left = 0
        event.listen(engine, "checkout", self._watch)
        # Connections stay open between requests: those from now on are watched.
        engine.dispose()

    def _watch(self, connection: Any, _record: object, _proxy: object) -> None:
        connection.set_trace_callback(self._begins)
        connection.set_progress_handler(lambda: self.left == 0, 1)

    def _begins(self, statement: str) -> None:
        # Undoing is let through: a database that cannot even do that undoes when it is opened again.
        self.left -= not statement.startswith("ROLLBACK")

    def at(self, number: int) -> None:
        """Break off at this statement; at none when it is below nought."""
        self.left = number if number >= 0 else -1


def dumped(engine: Any) -> dict[str, list[Any]]:
    """Every row of every table but what is noted of a browser."""
    with engine.connect() as line:
        return {
            record.__tablename__: sorted(
                map(str, line.execute(text(f"SELECT * FROM {record.__tablename__}")))
            )
            for record in ALL_TABLES
            if record.__tablename__ != "visit"
        }


@pytest.mark.parametrize("save", SAVES)
def test_whichever_statement_fails_nothing_is_changed_and_the_page_says_so(save: str, app, client) -> None:
    engine = app.extensions["engine"]
    if engine.dialect.name != "sqlite":
        pytest.skip("the statements are counted in SQLite")
    client.send("/", to=f"/demo/{sample_at(app, 'plan_ready')}")
    if save == "one off a list":
        client.send("/assessment/helpers/add", ANNA)
    page, action, fields = SAVES[save]
    sent = {**client.page(page).filled(action), **fields}
    breaking = Breaking(engine)
    before = dumped(engine)
    for number in range(1, _MOST_STATEMENTS):
        breaking.at(number)
        answer = client.post(action, data=sent)
        breaking.at(-1)
        if answer.status_code == 303:
            break
        assert answer.status_code == 503, f"at statement {number}"
        assert dumped(engine) == before, f"at statement {number}"
    assert number > 4
    assert answer.status_code == 303
    assert dumped(engine) != before
