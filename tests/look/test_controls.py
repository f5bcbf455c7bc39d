"""Fields of Flask-WTF become controls like those of a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask, g
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from portal.controls import controls_of
from portal.paths import TRANSLATIONS
from portal.words import read_languages


class Form(FlaskForm):  # type: ignore[misc]
    name = StringField("Your name", [InputRequired("Enter your name")], description="As on letters")
    email = EmailField("Your email", render_kw={"autocomplete": "email"})
    passphrase = PasswordField("A passphrase")
    matters = TextAreaField("What matters", [Optional()], render_kw={"rows": 3})
    who = RadioField("Who", choices={"me": "Me", "other": "Someone else"})
    days = SelectMultipleField("Days", choices={"mon": "Monday", "tue": "Tuesday"})
    hours = IntegerField("Hours")
    born = DateField("Born")
    agree = BooleanField("I agree")
    secret = HiddenField()
    send = SubmitField("Send")


@pytest.fixture(autouse=True)
def request_in_english() -> Iterator[None]:
    app = Flask(__name__)
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.test_request_context():
        g.words = read_languages(TRANSLATIONS)["en"]
        yield


def test_every_field_a_person_fills_in_becomes_a_control() -> None:
    assert [(control.name, control.kind) for control in controls_of(Form())] == [
        ("name", "text"),
        ("email", "email"),
        ("passphrase", "passphrase"),
        ("matters", "textarea"),
        ("who", "radios"),
        ("days", "checkboxes"),
        ("hours", "number"),
        ("born", "date"),
        ("agree", "checkboxes"),
    ]


def test_label_hint_and_extras_go_along() -> None:
    controls = {control.name: control for control in controls_of(Form())}
    assert (controls["name"].label, controls["name"].hint) == ("Your name", "As on letters")
    assert controls["email"].autocomplete == "email"
    assert (controls["matters"].optional, controls["matters"].rows) == (True, 3)
    assert not controls["name"].optional
    assert controls["agree"].label == ""
    assert [choice.label for choice in controls["agree"].options] == ["I agree"]
    assert [(choice.value, choice.label) for choice in controls["who"].options] == [
        ("me", "Me"),
        ("other", "Someone else"),
    ]


def test_what_was_typed_is_kept_as_it_was_typed() -> None:
    typed = MultiDict(
        [("name", ""), ("who", "me"), ("days", "mon"), ("days", "tue"), ("hours", "about 3"), ("agree", "y")]
    )
    typed.add("passphrase", "correct horse")
    form = Form(typed)
    assert not form.validate()
    controls = {control.name: control for control in controls_of(form)}
    assert controls["name"].error == "Enter your name"
    assert controls["who"].value == "me"
    assert controls["days"].value == ("mon", "tue")
    assert controls["hours"].value == "about 3"
    assert controls["agree"].value == ("y",)
    assert controls["passphrase"].value == ""


def test_a_date_is_told_in_three_parts() -> None:
    controls = {control.name: control for control in controls_of(Form(born=date(1958, 3, 27)))}
    assert controls["born"].value == ("27", "3", "1958")
