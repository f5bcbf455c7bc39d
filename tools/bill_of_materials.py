"""Every package that the portal is installed with, as a CycloneDX bill of materials: for audits and alerts.

    python tools/bill_of_materials.py requirements.lock > plan-my-support.cdx.json

It is told from the lock file alone, so that the same lock gives the same bill, whatever is installed.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

_PINNED = re.compile(
    r"^(?P<name>[a-z0-9.-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)",
    re.MULTILINE,
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill_of(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    """The bill of a lock file, for the project that ``pyproject.toml`` tells of."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
                "purl": f"pkg:pypi/{project['name']}@{project['version']}",
            }
        },
        "components": [_component(found) for found in _PINNED.finditer(lock)],
    }


def _component(found: re.Match[str]) -> dict[str, Any]:
    name, version = found["name"], found["version"]
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": [{"alg": "SHA-256", "content": told} for told in _HASH.findall(found["rest"])],
    }


def main() -> None:
    """Print the bill of the lock file that is named."""
    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (root / (sys.argv[1] if len(sys.argv) > 1 else "requirements.lock")).read_text(encoding="utf-8")
    print(json.dumps(bill_of(lock, project), indent=1))


if __name__ == "__main__":
    main()
