"""Words of a pack: what a council says to people, with room for Easy Read, a picture and a film."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from portal.pack.values import Value


class Words(Value):
    """One text in English, the language it is translated from.

    In a pack it is a plain string, or a mapping when there is more to show::

        ask: How much help do you need to eat and drink?

        ask:
          text: How much help do you need to eat and drink?
          easy: Do you need help to eat and drink?
          picture: eating.svg
          film: https://…

    :ivar text: the standard wording.
    :ivar easy: the Easy Read wording.
    :ivar picture: the name of a file in the pack’s folder ``pictures``, shown beside the Easy Read wording.
    :ivar film: the full address of a film that says the same.
    """

    text: str = Field(min_length=1, max_length=4000)
    easy: str | None = Field(default=None, max_length=4000)
    picture: str | None = None
    film: str | None = None

    def in_mode(self, mode: str) -> str:
        """The wording for a mode of reading: Easy Read where there is one, else the standard text."""
        return self.easy if mode == "easy" and self.easy else self.text


def _from_string(given: Any) -> Any:
    return {"text": given} if isinstance(given, str) else given


Text = Annotated[Words, BeforeValidator(_from_string)]
"""A :class:`Words` that may be written as a plain string."""


class Picture(Value):
    """One picture: the file as it is, in base 64 where a pack is told as JSON."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    body: bytes = Field(repr=False)


def texts_in(value: Any) -> Iterator[Words]:
    """Every text in a value of a pack, in the order of its fields: what translators are given."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name))
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
