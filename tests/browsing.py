"""A test client that reads pages as a person does, and looks at each one it is given."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.checking import check_page

Fields = dict[str, Any]


class Page:
    """One page that was answered: its status, its words, its forms."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.address = response.request.path

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as a tree."""
        return BeautifulSoup(self.response.get_data(as_text=True), "lxml")

    @property
    def heading(self) -> str:
        """The words of the level 1 heading."""
        return _words(self.soup.h1)

    @property
    def words(self) -> str:
        """Every word of the main part."""
        return _words(self.soup.main)

    @property
    def errors(self) -> list[str]:
        """The links of the error summary, in order."""
        return [_words(link) for link in self.soup.select("#problems a")]

    @property
    def links(self) -> list[str]:
        """The addresses the page leads to, in order."""
        return [str(link["href"]) for link in self.soup.select("a[href]")]

    def form(self, action: str | None = None) -> Tag:
        """The form that goes to an address; without one, the only form of the main part that is posted."""
        forms = [
            form
            for form in self.soup.select('form[method="post"]')
            if (form["action"] == action if action else form.find_parent("main"))
        ]
        assert len(forms) == 1, f"{len(forms)} forms to {action or 'anywhere'} on {self.address}"
        return forms[0]

    def filled(self, action: str | None = None) -> Fields:
        """What the form would send if nothing were changed."""
        return {name: values for name, values in filled_in(self.form(action)).items() if values}


class Visitor(FlaskClient):
    """A browser without scripts. Every page it is given must keep the rules all pages keep."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """As Flask's, and look at the page."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            where = f"{response.request.method} {response.request.path}: {response.status_code}"
            check_page(where, response.get_data(as_text=True))
        return response

    def page(self, address: str) -> Page:
        """Go to an address, and on to wherever it leads."""
        return Page(self.get(address, follow_redirects=True))

    def send(self, page: Page | str, fields: Fields | None = None, *, to: str | None = None) -> Page:
        """Fill in the form of a page and send it.

        :param page: the page, or its address.
        :param fields: what to change; ``None`` for a field leaves it out.
        :param to: the form's address, where the page has several.
        """
        shown = self.page(page) if isinstance(page, str) else page
        sent = {**shown.filled(to), **(fields or {})}
        known = {name: value for name, value in sent.items() if value is not None}
        return Page(self.post(str(shown.form(to)["action"]), data=known, follow_redirects=True))


def _words(element: Tag | None) -> str:
    return " ".join(element.get_text(" ").split()) if element else ""


def filled_in(form: Tag) -> Fields:
    """What a form would send if nothing were changed, empty fields included."""
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name = str(field["name"])
        values = sent.setdefault(name, [])
        if field.name == "textarea":
            # A browser leaves out the line end that follows the opening tag.
            values.append(field.get_text().removeprefix("\n"))
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            values += [str(chosen.get("value", chosen.get_text()))] if chosen else []
        elif field.get("type") in {"radio", "checkbox"}:
            values += [str(field.get("value", "on"))] if field.has_attr("checked") else []
        elif field.get("type") not in {"submit", "button", "file"}:
            values.append(str(field.get("value", "")))
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}
