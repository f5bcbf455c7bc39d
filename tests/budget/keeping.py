"""Budgets as an earlier portal told them: scheme, answers and receipt, each as it was kept.

``python -m tests.budget.keeping`` keeps those of :func:`samples` that have no file yet. A file that is there
is never written again: it stands for what people were told.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from portal.budget.rules import allocate, as_data
from portal.budget.rules.kept import read_by
from portal.pack.loading import load_model, load_pack
from portal.pack.reading import read_yaml
from portal.pack.scheme import Scheme, canonical
from portal.paths import PACKS

KEPT = Path(__file__).parent / "kept"
EXAMPLES = Path(__file__).parents[2] / "docs" / "schemes" / "examples"
ON = date(2026, 11, 22)
PACKS_TOLD = ("demo", "surrey", "oxfordshire", "medway", "cheshire", "look_ahead", "herefordshire", "bath")
"""Packs whose first person with a figure is kept."""


def samples() -> dict[str, tuple[Scheme, dict[str, Any]]]:
    """A person of each pack, and the first of each example of the documentation."""
    found: dict[str, tuple[Scheme, dict[str, Any]]] = {}
    for name in PACKS_TOLD:
        pack = load_pack(PACKS / name)
        scheme = pack.scheme_on(ON)
        assert scheme is not None
        told = (sample.answers for sample in pack.samples)
        whole = next(answers for answers in told if allocate(scheme, answers, on=ON).status == "figure")
        found[name] = (scheme, dict(whole))
    for person in read_yaml(EXAMPLES / "people.yaml", "people.yaml").content:
        scheme = load_model(EXAMPLES / f"{person['scheme']}.yaml", Scheme)
        answers = {name: _said(given) for name, given in person["answers"].items()}
        found.setdefault(person["scheme"], (scheme, answers))
    return found


def _said(given: Any) -> Any:
    return ("yes" if given else "no") if isinstance(given, bool) else given


def keep_new() -> None:
    """Keep those that have no file yet."""
    for name, (scheme, answers) in samples().items():
        file = KEPT / f"{name}.json"
        if file.exists():
            continue
        kept = read_by(scheme, answers)
        receipt = as_data(allocate(scheme, kept, on=ON))
        if receipt["status"] != "figure":
            continue
        whole = {"scheme": json.loads(canonical(scheme)), "hash": scheme.content_hash}
        text = json.dumps({**whole, "answers": kept, "receipt": receipt}, ensure_ascii=False, sort_keys=True)
        file.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    keep_new()
