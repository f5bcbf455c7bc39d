"""One row of a feed as a service: the same reading for both forms, which name their parts differently.

Open Referral UK 3.0 (a profile of the Human Services Data Specification 3, docs.openreferraluk.org) and
the older version 1 of 2019 to 2023, whose schedules, taxonomies and addresses have other names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from portal.catalogue.rules.services import STATUSES, Cost, Opening, Service, Status, Venue
from portal.catalogue.rules.values import Unreadable, age, clock, day, one, pounds, rows, weekdays, words

Row = dict[str, Any]
Note = Callable[[str], None]
"""Takes what is wrong with a row that is read all the same, and what to do about it."""

T = TypeVar("T")
_RATING = "cqc"
_REQUIRED = ("id", "name", "status")


class BadRow(ValueError):
    """A row that is no service: what is wrong, and what to write."""


def service_of(row: Row, note: Note) -> Service:
    """A row as a service.

    :param note: is told of each part that had to be left out.
    :raises BadRow: when what every service must have is missing.
    """
    lacking = [name for name in _REQUIRED if not words(row, name)]
    if lacking:
        raise BadRow(f"{' and '.join(lacking)} missing. Every service needs an id, a name and a status")
    terms = list(_terms(row))
    rated = next((one for one in terms if one[0].casefold().startswith(_RATING)), None)
    ages = next(iter(rows(row, "eligibilitys", "eligibility")), row)
    return Service(
        source_id=words(row, "id"),
        name=words(row, "name"),
        status=_status(row),
        description=words(row, "description"),
        organization=_organization(row, note),
        numbers=tuple(_numbers(row)),
        web=_web(row),
        email=words(row, "email"),
        phones=tuple(dict.fromkeys(_phones(row, note))),
        fees=words(row, "fees_description") or words(row, "fees"),
        costs=tuple(_costs(row, note)),
        openings=tuple(_openings(row)),
        venues=tuple(_venues(row, note)),
        areas=tuple(dict.fromkeys(filter(None, map(_area, rows(row, "service_areas"))))),
        languages=tuple(dict.fromkeys(filter(None, map(_language, rows(row, "languages"))))),
        terms=tuple(dict.fromkeys(name for taxonomy, name, _day in terms if (taxonomy, name, _day) != rated)),
        least_age=_told(age, ages, "minimum_age", note),
        most_age=_told(age, ages, "maximum_age", note),
        confirmed=_told(day, row, "assured_date", note),
        changed=_told(day, row, "last_modified", note),
        rating=rated[1] if rated else "",
        rated=_told(day, rated[2], "rated", note) if rated else None,
    )


def _told(read: Callable[[Row, str], T | None], row: Row, name: str, note: Note) -> T | None:
    try:
        return read(row, name)
    except Unreadable as wrong:
        note(str(wrong))
        return None


def _status(row: Row) -> Status:
    given = words(row, "status").casefold().replace("_", " ")
    found = next((status for status in STATUSES if status == given), None)
    if found is None:
        raise BadRow(f"status is “{given[:40]}”. Write one of {', '.join(STATUSES)}")
    return found


def _organization(row: Row, note: Note) -> str:
    organization = one(row, "organization")
    lacking = [name for name in ("id", "name", "description") if not words(organization, name)]
    if lacking:
        note(f"the organization has no {' and no '.join(lacking)}. It was read without")
    return words(organization, "name")


def _numbers(row: Row) -> Iterator[tuple[str, str]]:
    for each in rows(one(row, "organization"), "organization_identifiers"):
        number = words(each, "identifier")
        if number:
            yield words(each, "identifier_type") or words(each, "identifier_scheme"), number


def _web(row: Row) -> str:
    address = words(row, "url")
    return address if address.startswith(("https://", "http://")) and " " not in address else ""


def _phones(row: Row, note: Note) -> Iterator[str]:
    here = rows(row, "phones")
    for contact in rows(row, "contacts"):
        here += rows(contact, "phones")
    for phone in here:
        number = words(phone, "number")
        if number:
            yield number
        else:
            note("a telephone has no number. It was left out")


def _costs(row: Row, note: Note) -> Iterator[Cost]:
    for cost in rows(row, "cost_options"):
        try:
            amount, ends = pounds(cost, "amount"), day(cost, "valid_to")
        except Unreadable as wrong:
            note(f"a cost was left out: {wrong}")
            continue
        option, unit = words(cost, "option"), words(cost, "amount_description")
        if amount is not None or option or unit:
            yield Cost(amount=amount, option=option, unit=unit, ends=ends)


def _openings(row: Row) -> Iterator[Opening]:
    for each in rows(row, "schedules", "regular_schedules"):
        found = Opening(
            days=weekdays(each, "byday") or weekdays(each, "weekday"),
            opens=clock(each, "opens_at"),
            closes=clock(each, "closes_at"),
            words=words(each, "description"),
        )
        if found != Opening():
            yield found


def _venues(row: Row, note: Note) -> Iterator[Venue]:
    for there in rows(row, "service_at_locations"):
        location = one(there, "location")
        address = next(iter(rows(location, "addresses", "physical_addresses")), {})
        if location and not words(location, "id"):
            note("a location has no id. It was read without")
        access = rows(location, "accessibility", "accessibility_for_disabilities")
        told = [words(each, "description") or words(each, "accessibility") for each in access]
        found = Venue(
            name=words(location, "name"),
            address=words(address, "address_1"),
            town=words(address, "city"),
            postcode=words(address, "postal_code"),
            accessible="; ".join(filter(None, told)),
        )
        if found != Venue():
            yield found


def _area(area: Row) -> str:
    return words(area, "name") or words(area, "service_area")


def _language(language: Row) -> str:
    return words(language, "name") or words(language, "language") or words(language, "code")


def _terms(row: Row) -> Iterator[tuple[str, str, Row]]:
    """Each term of a taxonomy: the taxonomy, the term, and the row that may tell a date with it."""
    for attribute in rows(row, "attributes"):
        term = one(attribute, "taxonomy_term")
        if words(term, "name"):
            yield words(term, "taxonomy"), words(term, "name"), {"rated": attribute.get("value")}
    for kept in rows(row, "service_taxonomys"):
        term = one(kept, "taxonomy")
        if words(term, "name"):
            yield words(term, "vocabulary"), words(term, "name"), {}
