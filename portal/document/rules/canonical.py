"""The one way a plan document is written down, so that it can be kept, hashed and compared."""

from __future__ import annotations

import hashlib
import json

from portal.document.rules.content import PlanDocument


def canonical_json(document: PlanDocument) -> bytes:
    """The document as JSON in UTF-8: keys sorted, no spaces, amounts as strings, days as ISO dates.

    Two documents that say the same are the same bytes.
    """
    return _write(document.model_dump(mode="json"))


def content_hash(document: PlanDocument) -> str:
    """SHA-256 of what the document says, its version number and day left out, in hexadecimal.

    When it has not changed there is no need for a new version.
    """
    said = document.model_dump(mode="json")
    del said["version"]
    return hashlib.sha256(_write(said)).hexdigest()


def read_document(kept: bytes | str) -> PlanDocument:
    """The document from its canonical JSON.

    :raises pydantic.ValidationError: when it is not one.
    """
    return PlanDocument.model_validate_json(kept)


def _write(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
