"""A form about sharing or agreeing comes back as typed when somebody first had to show who they are."""

from __future__ import annotations

import pytest

from portal.carer.records import join_pair, make_pair, read_pair
from portal.safeguards import now


@pytest.mark.parametrize("page", ["rights", "agree", "private"])
def test_it_comes_back_as_it_was_typed(people, page):
    owner = people.account()
    case = people.case(owner)
    carer = people.case(people.account(), kind="carer")
    grant = people.grant(case, people.account(), {"plan": "see"})
    with people.session() as session, session.begin():
        pair = make_pair(session, case, "Joe", now())
        made = read_pair(session, case, pair)
        assert made is not None and made.code is not None
        join_pair(session, carer, "carer", made.code, "Ann", now())
    address, fields, box = {
        "rights": (f"/people/{grant}/rights", {"plan": "suggest", "months": "6"}, 'value="suggest" selected'),
        "agree": (
            f"/together/{pair}/agree/needs",
            {"basis": "attorney", "decided": "Ellen"},
            "\nEllen</textarea>",
        ),
        "private": ("/account/private", {"private-plan": "text review"}, 'value="text review" checked'),
    }[page]
    now_and_then = people.browser(owner, case)
    if page == "private":
        now_and_then.send("/plan/review", {"words": "In May"})
    # Where scripts run, what was typed for a while was kept already, under this name.
    sent = now_and_then.page(address).filled(address) | fields | {"kept": "a name that a script made"}
    stale = people.browser(owner, case, fresh=None)
    sent["csrf_token"] = stale.page("/people").filled("/people/stop")["csrf_token"]
    if page == "private":
        sent["csrf_token"] = "of an earlier visit"
        assert stale.post(address, data=sent).status_code == 400
    else:
        answer = stale.post(address, data=sent)
        assert answer.status_code == 303
        assert answer.location.startswith("/account/again")
    assert box in now_and_then.page(address).response.text
