"""Feeds as they are saved, in the two forms that are about."""

from __future__ import annotations

import json
from typing import Any

SAMPLE: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Community Counselling",
    "status": "active",
    "minimum_age": 12,
    "maximum_age": 100,
    "url": "http://example.com/counselling",
    "email": "email@example.com",
    "assured_date": "2005-01-01",
    "last_modified": "2023-03-15T10:30:45.123Z",
    "organization": {
        "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
        "name": "Example Organization Inc.",
        "description": "An organisation that does not exist",
        "organization_identifiers": [
            {
                "id": "d4dbcebc-0802-47cb-8651-b937ac4f2f3e",
                "identifier_scheme": "GB-COH",
                "identifier_type": "Company number",
                "identifier": "1234567",
            }
        ],
    },
    "schedules": [
        {
            "id": "48102e86-bb50-41c4-8f1e-e269368c41d1",
            "freq": "WEEKLY",
            "byday": "TH,FR",
            "opens_at": "10:00:00",
            "closes_at": "18:00:00",
        }
    ],
    "cost_options": [
        {
            "id": "1fdf4d39-3d80-484d-9f92-a8ffa08621e7",
            "option": "Under 18s and Over 60s",
            "amount": 35,
            "amount_description": "per 1 hour session",
        }
    ],
    "service_at_locations": [
        {
            "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
            "location": {
                "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
                "location_type": "physical",
                "addresses": [
                    {
                        "id": "74706e55-df26-4b84-80fe-ecc30b5befb4",
                        "address_1": "1-30 Main Street",
                        "city": "MyCity",
                        "state_province": "MyState",
                        "postal_code": "ABC 1234",
                        "country": "US",
                        "address_type": "postal",
                    }
                ],
                "accessibility": [
                    {
                        "id": "afcf296e-1cb2-4139-9c88-33d587d1a50b",
                        "description": "Induction loops; wheelchair access on all levels",
                    }
                ],
            },
        }
    ],
    "attributes": [
        {
            "id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e",
            "taxonomy_term": {
                "id": "3f7b145d-84af-42d7-8fae-eaca714b02b2",
                "name": "name",
                "taxonomy": "taxonomy",
                "term_uri": "http://example.com",
            },
        }
    ],
}
"""The sample of the profile's own validator (OpenReferralUK/oruk-validator), a little shortened."""

OLDER: dict[str, Any] = {
    "id": "1a2b",
    "name": "Chatty café",
    "status": "active",
    "description": "<p>Tea and talk</p>",
    "assured_date": "2026-02-03",
    "organization": {"id": "o1", "name": "Old Mill Trust", "description": "A trust"},
    "contacts": [{"id": "c1", "name": "Pat", "phones": [{"id": "p1", "number": "01632 960333"}]}],
    "cost_options": [{"id": "k1", "option": "Tea", "amount": "1.50", "amount_description": "a cup"}],
    "regular_schedules": [{"id": "r1", "weekday": "Monday", "opens_at": "10:00", "closes_at": "12:00"}],
    "eligibilitys": [{"id": "e1", "minimum_age": 55}],
    "languages": [{"id": "l1", "language": "Polish"}],
    "service_areas": [{"id": "a1", "service_area": "Longmarch"}],
    "service_taxonomys": [
        {"id": "t1", "taxonomy": {"id": "x1", "name": "Social groups", "vocabulary": "openEligibility"}}
    ],
    "service_at_locations": [
        {
            "id": "s1",
            "location": {
                "id": "h1",
                "name": "Old Mill",
                "physical_addresses": [{"id": "d1", "address_1": "Mill Lane", "city": "Longmarch"}],
                "accessibility_for_disabilities": [{"id": "b1", "accessibility": "A ramp"}],
            },
        }
    ],
}
"""A service as version 1 of the profile told it."""


def page(*rows: Any, **more: Any) -> str:
    """One page of a feed of version 3, as text with a row's keys on lines of their own."""
    told = {"total_items": len(rows), "total_pages": 1, "page_number": 1, "contents": list(rows)}
    return json.dumps(told | more, indent=1)


def service(id_: str, **more: Any) -> dict[str, Any]:
    """A small service of version 3."""
    organization = {"id": "o", "name": "A club", "description": "It is a club"}
    return {"id": id_, "name": f"Service {id_}", "status": "active", "organization": organization} | more
