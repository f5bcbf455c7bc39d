"""The last step is done when the paper says what the plan says."""

from __future__ import annotations

from bs4 import Tag

from tests.browsing import Visitor


def row(client: Visitor) -> str:
    rows = [li for li in client.page("/tasks").soup.select("li") if "Check and print" in li.get_text()]
    assert isinstance(rows[-1], Tag)
    return " ".join(rows[-1].get_text(" ").split())


def test_a_pdf_that_says_less_than_the_plan_is_not_the_last_word(client: Visitor) -> None:
    start = client.page("/")
    (action,) = [f["action"] for f in start.soup.select("form") if "grace" in str(f["action"]).lower()]
    client.send(start, to=str(action))
    assert "Not started" in row(client)
    check = client.page("/document/check")
    client.send(check, to=str(check.form()["action"]))
    assert "Done" in row(client)
    client.send("/plan/helped", {"helped": "My niece helped me too."})
    assert "In progress" in row(client)
