"""The JSON Schema of the plan as data. Written anew by ``python -m tests.document.schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portal.document.rules.content import PlanDocument

FILE = Path(__file__).parents[2] / "docs" / "schemas" / "plan-document.schema.json"


def plan_schema() -> dict[str, Any]:
    """The schema of the plan as it is written: amounts are texts with digits, days are ISO dates."""
    schema = PlanDocument.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


if __name__ == "__main__":
    FILE.write_text(json.dumps(plan_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
