"""Sample people who are linked: a carer with an assessment half-done, and a pair with joined plans."""

from __future__ import annotations

from flask import Flask

from tests.browsing import Visitor
from tests.carer.conftest import browser


def be(app: Flask, sample: str) -> Visitor:
    visitor = browser(app)
    visitor.send("/", to=f"/demo/{sample}")
    return visitor


def link_of(visitor: Visitor) -> str:
    places = [link for link in visitor.page("/together").links if link.startswith("/together/")]
    return next(place for place in places if place not in {"/together/new", "/together/enter"})


def test_tom_is_half_way_through_and_sees_what_margaret_shows_him(app: Flask):
    tom = be(app, "tom")
    assert tom.page("/tasks").heading == "My own space as a carer"
    assert "In progress" in tom.page("/tasks").words
    shown = tom.page(link_of(tom)).words
    assert "If I stopped tomorrow" in shown
    assert "She wants a woman to help her" in shown
    assert "They are kept apart until each of you has said yes." in shown


def test_ruth_and_peter_share_a_cook_and_a_cleaner(app: Flask):
    for who, other in (("ruth", "peter"), ("peter", "ruth")):
        visitor = be(app, who)
        joined = visitor.page(link_of(visitor).replace("/together/", "/plan/joint/")).words
        assert "Your plans are joined." in joined
        assert "What you share costs £153.30 a week together." in joined
        board = visitor.page("/plan").words
        assert "Somebody to cook dinner for us both" in board
        assert "A cleaner for the house" in board
        private = {"peter": "A lift to the stroke group", "ruth": "Help to have a bath"}
        assert private[other] not in board
