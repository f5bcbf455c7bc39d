"""Every form of the journey with one field wrong: the rest is not lost, the wrong one comes back as typed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from bs4 import Tag

from tests.browsing import Fields, Page, Visitor
from tests.plan.conftest import sample_at
from tests.visiting import answers, follow_links

ROOMS = ("/assessment", "/paying", "/choices", "/plan")
TOO_LONG = "x" * 12_000
NO_NUMBER = "many"
_CARRIED = {"csrf_token", "once", "made_from", "kept", "whose"}


def boxes(form: Tag) -> list[str]:
    """The names of the boxes of a form into which something can be typed."""
    typed = [one for one in form.select("input[name], textarea[name]") if _is_typed(one)]
    return [str(one["name"]) for one in typed]


def _is_typed(box: Tag) -> bool:
    return box.name == "textarea" or box.get("type", "text") == "text"


def wrong_for(form: Tag, name: str) -> str:
    """Something that cannot be right in a box."""
    (box,) = form.select(f'[name="{name}"]')
    numbers = box.get("inputmode") in {"numeric", "decimal"}
    return NO_NUMBER if numbers else TOO_LONG


def forms_of(pages: dict[str, Page]) -> Iterator[tuple[str, Tag]]:
    """The address of each page of the journey that takes something typed, and its form."""
    seen = set()
    for address, page in pages.items():
        for form in page.soup.select('main form[method="post"]'):
            action = str(form["action"])
            if action.startswith(ROOMS) and boxes(form) and urlsplit(action).path not in seen:
                seen.add(urlsplit(action).path)
                yield address, form


def typed(shown: Fields) -> Fields:
    """What a person sees in a form."""
    return {name: value for name, value in shown.items() if name not in _CARRIED and value}


@pytest.fixture
def planner(app, client: Visitor) -> Visitor:
    """Somebody with a plan."""
    client.send("/", to=f"/demo/{sample_at(app, 'plan_ready')}")
    return client


def test_the_rest_is_kept_and_the_wrong_one_comes_back(planner: Visitor) -> None:
    lost, looked_at = [], set()
    for address, form in forms_of(follow_links(planner, ("/tasks",))):
        action = str(form["action"])
        for name in boxes(form):
            page = planner.page(address)
            if not page.soup.select(f'form[action="{action}"]'):
                continue
            sent = {**page.filled(action), **answers(page.form(action)), name: wrong_for(form, name)}
            answer = planner.send(page, sent, to=action)
            if answer.status != 422:
                continue
            looked_at.add(action)
            if typed(answer.filled(action)) != typed(sent) or not answer.errors:
                lost.append(f"{action}, {name}: not as it was typed")
            if not given_back(planner, action, sent):
                lost.append(f"{action}, {name}: not there when one comes back")
            break
    assert lost == []
    assert len(looked_at) > 20


def given_back(visitor: Visitor, action: str, sent: Fields) -> bool:
    """Whether all that was typed is there when one comes back, and is gone when it is thrown away."""
    page = visitor.page(action)
    link = next((one for one in page.links if "kept=" in one), None)
    if link is None:
        return False
    back = typed(visitor.page(link).filled(action)) == typed(sent)
    visitor.send(page, to=str(page.soup.select("aside form")[0]["action"]))
    return back and "kept=" not in " ".join(visitor.page(action).links)
