"""A sample person who is linked with another: both become cases, by what the pages of links use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.budget.records import indicative
from portal.carer.records import give_consent, join_pair, make_pair, read_pair, wish
from portal.demonstration.setting_up import set_up
from portal.pack.pack import Pack
from portal.pack.samples import Sample, SampleLink
from portal.plan.joint import agree_to_join, one_shared, share_line, take_part
from portal.plan.records import read_lines
from portal.plan.rules.joint import Terms
from portal.plan.whole import WEEKS_WITHOUT_SCHEME


def set_up_linked(session: Session, pack: Pack, sample: Sample, at: datetime) -> str:
    """A new case as :func:`set_up` makes it, with the other's beside it where it is linked; its id."""
    case_id = set_up(session, pack, sample, at)
    if sample.link is not None:
        other = next(one for one in pack.samples if one.id == sample.link.to)
        _link(session, pack, sample.link, case_id, (set_up(session, pack, other, at), other), at)
    return case_id


def _link(
    session: Session, pack: Pack, link: SampleLink, case_id: str, other: tuple[str, Sample], at: datetime
) -> None:
    other_id, sample = other
    pair_id = make_pair(session, case_id, link.called, at)
    made = read_pair(session, case_id, pair_id)
    assert made is not None and made.code is not None  # noqa: PT018 - it was made just now
    join_pair(session, other_id, sample.group, made.code, link.calls, at)
    for giver, shown in ((case_id, link.shows), (other_id, link.is_shown)):
        for what in shown:
            give_consent(session, giver, pair_id, what, "self", "", at)
    for who, wished in ((case_id, link.wish), (other_id, link.others_wish)):
        if wished is not None:
            wish(session, who, pair_id, wished, at)
    if not link.joined:
        return
    for who in (case_id, other_id):
        agree_to_join(session, who, pair_id, Terms(), "self", "", at)
    _share(session, pack, pair_id, (case_id, other_id), link.shares, at)
    _share(session, pack, pair_id, (other_id, case_id), link.others_share, at)


def _share(
    session: Session, pack: Pack, pair_id: str, two: tuple[str, str], shares: Mapping[int, int], at: datetime
) -> None:
    """Share the cost of some lines of one plan, and have the other agree to it."""
    owner, other = two
    allocation = indicative(session, other, pack, at.date())
    weeks = allocation.year_weeks if allocation is not None else WEEKS_WITHOUT_SCHEME
    lines = read_lines(session, owner)
    for place, percent in shares.items():
        line = lines[place]
        share_line(session, owner, pair_id, line.id, percent, at)
        shared = one_shared(session, other, line.id, weeks)
        assert shared is not None
        take_part(session, other, shared, line.needs, line.route, at)
