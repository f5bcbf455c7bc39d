"""What was agreed and wished, in words: for the trail that the person sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from flask.blueprints import BlueprintSetupState

from portal.carer.forms import BASIS_WORDS, COMBINE_WORDS
from portal.carer.pages.blueprint import bp
from portal.carer.rules.consent import What
from portal.sharing.changes import Side, Teller, tell_changes_with
from portal.text import _
from portal.words import Language


def _agreed(_to: str, said: Mapping[str, Any], language: Language) -> Side:
    return {
        language.gettext(_("Who decided")): language.gettext(BASIS_WORDS[said["basis"]]),
        language.gettext(_("Who took part, and when")): said["decided"],
    }


def _wished(_by: str, said: Any, language: Language) -> Side:
    label = language.gettext(_("Both assessments done together"))
    return {label: language.gettext(COMBINE_WORDS[said]) if said in COMBINE_WORDS else ""}


_TELLERS: Mapping[str, Teller] = {**dict.fromkeys(get_args(What), _agreed), "combining": _wished}


@bp.record_once
def _tell(state: BlueprintSetupState) -> None:
    tell_changes_with(state.app, _TELLERS)
