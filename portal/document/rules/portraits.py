"""What the person showed in About me: pictures, frozen with the plan."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portal.document.rules.parts import Passage
from portal.pack.values import Value


class Picture(Value):
    """A picture that the person added, as it was when the plan was frozen.

    :ivar id: its name among the person's pictures.
    :ivar about: what it shows, in words, for whoever cannot see it.
    :ivar width: pixels, as ``height``.
    :ivar content: a JPEG in Base64.
    """

    id: Annotated[str, Field(pattern=r"^[\w-]{1,22}$")]
    about: str
    width: int = Field(ge=1)
    height: int = Field(ge=1)
    content: str

    @property
    def address(self) -> str:
        """Where a page shows it: in the browser, and for whoever prints."""
        return f"/pictures/{self.id}.jpg"


class Portrayed(Passage):
    """What the person wrote and showed under a heading of About me."""

    pictures: tuple[Picture, ...] = ()

    @property
    def told(self) -> bool:
        """Whether anything stands under the heading."""
        return bool(self.words or self.pictures)
