"""The pages of the assessment and their addresses.

Words of an address: ``<question>`` is a question's id, ``<place>`` counts the items of a list from 1.
"""

from __future__ import annotations

from flask import Blueprint

from portal.assessment.pages import check, items, numbers, outcomes, pressing, question, results
from portal.assessment.pages.sitting import PREFIX

bp = Blueprint("assessment", __name__, url_prefix=PREFIX)

for _address, _methods, _view in (
    ("", "GET", question.go_on),
    ("/check", "GET", check.check),
    ("/check", "POST", check.confirm),
    ("/by-number", "GET", numbers.by_number),
    ("/outcomes", "GET", outcomes.outcomes),
    ("/standing", "GET", results.standing),
    ("/standing", "POST", results.go_on_from_standing),
    ("/prevention", "GET", results.prevention),
    ("/prevention", "POST", results.go_on_from_prevention),
    ("/<question_id>", "GET", question.show),
    ("/<question_id>", "POST", question.answer),
    ("/<question_id>/now", "GET", pressing.pressing),
    ("/<question_id>/add", "GET", items.show_new),
    ("/<question_id>/add", "POST", items.add),
    ("/<question_id>/<int:place>", "GET", items.show_item),
    ("/<question_id>/<int:place>", "POST", items.change),
    ("/<question_id>/<int:place>/remove", "GET", items.ask_to_remove),
    ("/<question_id>/<int:place>/remove", "POST", items.remove),
):
    bp.add_url_rule(_address, view_func=_view, methods=[_methods])
