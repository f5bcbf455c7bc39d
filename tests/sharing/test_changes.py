"""What was changed can be read before and after: by the person, and by who helps where they may see."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal import trail
from portal.audit import AuditEntry, record, said_at
from portal.keys import Erased
from portal.plan.records import write_texts
from portal.safeguards import now
from portal.sealing import erase_asked
from portal.sharing.changes import Entry, open_to
from portal.sharing.records import delete_case

LINE = Entry(3, "add", "line k3f")
SHARED = Entry(2, "share", "helper sam")


def seen_by(*entries: Entry, sections=("plan",), private=()) -> set[int]:
    return open_to(entries, "sam", lambda part: part in sections, frozenset(private))


@pytest.mark.parametrize(
    ("entries", "more", "places"),
    [
        ((SHARED, LINE), {}, {3}),
        ((SHARED, LINE), {"sections": ("assessment",)}, set()),
        ((SHARED, LINE), {"private": {"line k3f"}}, set()),
        ((LINE, Entry(4, "share", "helper sam")), {}, set()),
        ((SHARED, LINE, Entry(4, "share", "helper ann")), {}, {3}),
        ((SHARED, LINE, Entry(4, "unhide", "line k3f"), Entry(5, "change", "line k3f")), {}, {5}),
        ((SHARED, Entry(3, "change", "answer safe")), {"sections": ("assessment",)}, set()),
        ((SHARED, Entry(3, "view", "line k3f"), Entry(4, "change", "helper x")), {}, set()),
    ],
)
def test_a_helper_sees_changes_of_their_parts_since_they_may_and_while_they_were_not_private(
    entries, more, places
):
    assert seen_by(*entries, **more) == places


def test_the_person_and_a_helper_read_a_change_before_and_after_and_others_do_not(people):
    owner, sees, plans = people.account(), people.account(), people.account()
    case = people.case(owner)
    people.grant(case, sees, {"assessment": "see", "plan": "see"})
    people.grant(case, plans, {"outcomes": "see"})
    mine, theirs, other = (people.browser(who, case) for who in (owner, sees, plans))
    for said in ("Tea first", "Coffee first"):
        mine.send("/plan/review", {"words": said})
    place = len(people.trail(case))
    page = mine.page("/people/seen?all=yes")
    assert page.soup.find("a", href=f"/people/changes/{place}")
    for browser in (mine, theirs):
        words = browser.page(f"/people/changes/{place}").words
        assert "before Tea first What it said after Coffee first" in words
    assert "changed your words for “When would you like" in theirs.page("/people/changes").words
    assert other.get(f"/people/changes/{place}").status_code == 404
    assert "Nothing was changed" in other.page("/people/changes").words


def test_who_erases_a_case_erases_the_words_of_its_trail_and_the_chain_holds(people):
    case = people.case(people.account())
    with people.session() as session:
        write_texts(session, case, {"review": "A word of mine"}, now())
        place, kept = session.execute(
            select(AuditEntry.place, AuditEntry.said).order_by(AuditEntry.place)
        ).all()[-1]
        assert said_at(session, case, place) == (None, "A word of mine")
        assert "mine" not in kept
        record(session, case, "delete", "case", now())
        delete_case(session, case)
        session.commit()
        erase_asked(session.info)
        with pytest.raises(Erased):
            said_at(session, case, place)
        assert list(trail.faults(session)) == []
