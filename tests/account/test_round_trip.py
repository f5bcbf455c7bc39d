"""Whatever somebody could have typed goes into a copy and comes out of it the same, by the schema."""

from __future__ import annotations

import json
from datetime import datetime
from operator import itemgetter
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sqlalchemy.orm import Session

from portal.account.copied import copy_schema, read_copy
from portal.account.copying import FORMAT, copy_of
from portal.account.opening import open_copy
from portal.database import WRITES
from portal.plan.rules.clock import DAYS
from portal.sharing.records import read_case, start_case
from portal.text import clean
from tests.account.test_opening import planned

__all__ = ["planned"]

AT = datetime.fromisoformat("2027-03-01T14:05:00")
NEEDS = ("nutrition", "hygiene", "toilet", "community")
VALIDATOR = Draft202012Validator(json.loads(copy_schema()))


def words(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """What a person could type: any sign, lines, the odd formula or markup."""
    typed = st.one_of(
        st.text(max_size=most), st.sampled_from(["=1+1", "<b>{{ 7 }}</b>", "é\u0301 \U0001f35d", "ا\u200fb"])
    )
    return typed.map(clean).map(lambda one: one[:most].strip()).filter(lambda one: len(one) >= least)


DIGITS = st.one_of(st.none(), st.decimals(0, 1000, places=2).map(lambda one: f"{one.normalize():f}"))
LINE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["hours", "sessions", "family", "self"]),
        "what": words(200, 1),
        "who": words(200),
        "needs": st.lists(st.sampled_from(NEEDS), unique=True),
        "days": st.lists(st.sampled_from(DAYS), unique=True).map(
            lambda days: [day for day in DAYS if day in days]
        ),
        "times": words(200),
        "quantity": DIGITS,
        "price": DIGITS,
        "starts": st.one_of(st.none(), st.dates().map(str)),
    }
)
SETBACK = st.fixed_dictionaries(
    {"wrong": words(400, 1), "then": words(400), "call": words(400), "signs": words(400, 1)}
)
COPY = st.fixed_dictionaries(
    {
        "plan_line": st.lists(LINE, max_size=4),
        "plan_setback": st.lists(SETBACK, max_size=3),
        "plan_need": st.lists(
            st.fixed_dictionaries({"outcome": st.sampled_from(NEEDS), "words": words(400)}),
            max_size=3,
            unique_by=lambda need: need["outcome"],
        ),
        "plan_text": st.lists(
            st.fixed_dictionaries(
                {"part": st.sampled_from(["over", "helped", "review"]), "words": words(400)}
            ),
            max_size=3,
            unique_by=lambda text: text["part"],
        ),
        "answer": st.lists(
            st.fixed_dictionaries({"question": st.just("nutrition_matters"), "value": words(400, 1)}),
            max_size=1,
        ),
    }
)


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"place": place} for place, row in enumerate(rows, 1)]


def in_order(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    named_by = {"plan_need": "outcome", "plan_text": "part", "answer": "question"}.get(table, "place")
    return sorted(rows, key=itemgetter(named_by))


def read_back(copy: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Of a copy, what was put in, by the same keys and in the same order."""
    found = {}
    for table, rows in wanted.items():
        pairs = zip(in_order(table, copy[table]), in_order(table, rows), strict=True)
        found[table] = [{key: now[key] for key in put} for now, put in pairs]
    return found


@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=COPY)
def test_what_was_typed_comes_out_as_it_went_in(app, typed: dict[str, Any]) -> None:
    wanted = typed | {
        "plan_line": numbered(typed["plan_line"]),
        "plan_setback": numbered(typed["plan_setback"]),
    }
    body = json.dumps({"format": FORMAT, **wanted})
    assert list(VALIDATOR.iter_errors(json.loads(body))) == []
    read = read_copy(body.encode())
    assert read is not None
    pack, engine = app.extensions["pack"], app.extensions["engine"]
    with Session(
        engine.execution_options(**{WRITES: True}), info={**app.extensions["session_info"]}
    ) as session:
        case_id = start_case(session, pack_id=pack.id, pack_version=pack.version, at=AT)
        open_copy(session, case_id, pack, read, AT)
        case = read_case(session, case_id)
        assert case is not None
        copy = json.loads(json.dumps(copy_of(session, case)))
        session.rollback()
    assert list(VALIDATOR.iter_errors(copy)) == []
    assert read_back(copy, wanted) == {table: in_order(table, rows) for table, rows in wanted.items()}


def test_a_whole_plan_fits_the_schema(planned) -> None:
    copy = json.loads(planned.get("/account/copy").get_data(as_text=True))
    assert list(VALIDATOR.iter_errors(copy)) == []
    assert len(copy["plan_line"]) > 1


def test_what_is_not_saved_yet_is_in_the_copy_as_it_was_typed(planned) -> None:
    page = planned.page("/plan/helped")
    planned.post(
        "/unsaved/typing",
        data={**page.filled(), "words": "My sister", "page": "/plan/helped", "kept": "a" * 32},
    )
    copy = json.loads(planned.get("/account/copy").get_data(as_text=True))
    (kept,) = copy["kept_form"]
    assert kept["fields"]["words"] == ["My sister"]
    assert (kept["address"], kept["why"]) == ("/plan/helped", "typing")
