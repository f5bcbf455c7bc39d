"""Fields of Flask-WTF's forms as controls, drawn like the questions of a pack (`portal/fields.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import wtforms
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    SubmitField,
    TextAreaField,
)

from portal.fields import DATE_PARTS, Choice, Control, ControlKind
from portal.text import clean
from portal.words import translate

__all__ = ["Choice", "Control", "ControlKind", "control_of", "controls_of", "offer"]


def offer(choices: Iterable[tuple[str, str]]) -> list[Any]:
    """Values and their words as the choices of a field."""
    new: Any = wtforms.SelectChoice  # type: ignore[attr-defined]
    return [new(value, words) for value, words in choices]


_KINDS: tuple[tuple[type[Field], ControlKind], ...] = (
    (RadioField, "radios"),
    (SelectMultipleField, "checkboxes"),
    (SelectField, "select"),
    (BooleanField, "checkboxes"),
    (TextAreaField, "textarea"),
    (EmailField, "email"),
    (PasswordField, "passphrase"),
    (IntegerField, "number"),
    (DecimalField, "number"),
    (DateField, "date"),
)


def _kind(field: Field) -> ControlKind:
    return next((kind for type_, kind in _KINDS if isinstance(field, type_)), "text")


def _typed(field: Field, kind: ControlKind) -> str | tuple[str, ...]:
    """What the field holds, as it was typed."""
    if kind == "passphrase":
        return ""
    if isinstance(field, BooleanField):
        return ("y",) if field.data else ()
    if kind == "checkboxes":
        return tuple(str(value) for value in field.data or ())
    if kind == "date":
        parts = " ".join(field.raw_data or ()).split("-") if field.raw_data else []
        if field.data:
            parts = [str(field.data.year), str(field.data.month), str(field.data.day)]
        return tuple(reversed(parts)) if len(parts) == len(DATE_PARTS) else ("", "", "")
    if kind in ("radios", "select"):
        return "" if field.data is None else str(field.data)
    typed = field.raw_data[0] if field.raw_data else field.data
    # A page cannot show control characters, whatever was sent.
    return "" if typed is None else clean(str(typed)) if kind in {"text", "email"} else str(typed)


def _options(field: Field) -> tuple[Choice, ...]:
    if isinstance(field, BooleanField):
        return (Choice("y", translate(field.label.text)),)
    if isinstance(field, SelectField):
        offered: Any = field.iter_choices()
        return tuple(Choice(str(choice.value), translate(str(choice.label))) for choice in offered)
    return ()


def control_of(field: Field) -> Control:
    """One field of a form as a control.

    The field's description is its hint. ``render_kw`` may set ``autocomplete``, ``inputmode``,
    ``width``, ``prefix``, ``suffix``, ``rows``, ``maximum`` and ``heading``. A field that needs no
    answer is told by its ``optional`` flag, as WTForms' ``Optional()`` validator sets it.
    """
    kind = _kind(field)
    control = Control(
        kind=kind,
        name=field.name,
        label="" if isinstance(field, BooleanField) else translate(field.label.text),
        hint=translate(field.description) if field.description else None,
        error=translate(str(field.errors[0])) if field.errors else None,
        value=_typed(field, kind),
        options=_options(field),
        optional=bool(field.flags.optional) and not isinstance(field, BooleanField),
    )
    control = replace(control, **(field.render_kw or {}))
    # A field of several boxes of its own says what stands in each, and which of them is wrong.
    drawn: Control = field.drawn(control) if hasattr(field, "drawn") else control
    return drawn


def controls_of(form: FlaskForm) -> tuple[Control, ...]:
    """Every field a person fills in, in the form's order; hidden fields and buttons are left out."""
    return tuple(control_of(field) for field in form if not isinstance(field, HiddenField | SubmitField))
