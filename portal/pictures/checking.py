"""What a picture must be, and the drawing of it anew.

What is kept is never the file that was sent: it is read as a picture, made no larger than a page
needs, and written again. Where it was taken, what took it and whatever else the file carried are left
behind.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps

from portal.text import _
from portal.turns import others_turn

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes of a file as it is sent."""
MOST_PIXELS = 50_000_000
"""Of a JPEG, which is drawn smaller while it is read; others must have at most half as many."""
LONGEST_SIDE = 1000
"""Pixels of a picture as it is kept: 8 cm of paper at the finest that a printer shows."""
LARGEST_KEPT = 150 * 1024
"""Bytes of a picture as it is kept. Each version of a plan has its pictures inside."""
MEDIA_TYPE = "image/jpeg"
"""Of every picture as it is kept."""
ACCEPT = "image/jpeg,image/png,image/webp"
"""What a file field offers to choose from."""

_KINDS = ("JPEG", "PNG", "WEBP")
_QUALITIES = (82, 70, 55, 40, 25)
_WHITE = (255, 255, 255)
# A picture in memory is far larger than its file; two at once could take what every other page needs.
_ONE_AT_A_TIME = threading.Lock()

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class NotTaken(ValueError):
    """A file is no picture that can be kept. ``problem`` says what to do, in words for translating."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew, as a JPEG. ``width`` and ``height`` are pixels."""

    content: bytes
    width: int
    height: int


def drawn_anew(sent: bytes) -> Drawn:
    """A picture made from a file that was sent.

    :raises NotTaken: when it is too large, or no picture.
    """
    if not sent:
        raise NotTaken(_("Choose a picture"))
    if len(sent) > LARGEST_FILE:
        raise NotTaken(_("Choose a picture smaller than 8 MB"))
    with others_turn(), _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(sent), formats=_KINDS) as picture, _whole_ones_only():
                return _drawn(picture)
        except Image.DecompressionBombError:
            raise NotTaken(_TOO_MANY) from None
        except NotTaken:
            raise
        except Exception:  # noqa: BLE001 - whatever a reader of pictures stumbles over, it is no picture
            raise NotTaken(_("Choose a picture that is a JPEG, PNG or WebP file")) from None


def without_colour(kept: bytes) -> bytes:
    """A picture as it is kept, in shades of grey: for paper that is printed or copied without colour."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(kept), formats=_KINDS) as picture:
        ImageOps.grayscale(picture).save(written, "JPEG", quality=_QUALITIES[0], optimize=True)
    return written.getvalue()


@contextmanager
def _whole_ones_only() -> Iterator[None]:
    """Half a picture is none, also where the renderer of PDFs, which takes halves, runs in this process."""
    allowed, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = allowed


_TOO_MANY = _("Choose a picture with fewer pixels, for example a smaller copy of it")


def _drawn(picture: Image.Image) -> Drawn:
    pixels = picture.width * picture.height
    if pixels > (MOST_PIXELS if picture.format == "JPEG" else MOST_PIXELS // 2):
        raise NotTaken(_TOO_MANY)
    # A JPEG can be read at an eighth of its size, without ever being as large in memory.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    seen = upright.convert("RGBA")
    plain = Image.new("RGB", seen.size, _WHITE)
    plain.paste(seen, mask=seen.getchannel("A"))
    return _written(plain)


def _written(plain: Image.Image) -> Drawn:
    """As fine as it may be: one of much detail is kept a little coarser, at last half as large."""
    for quality in _QUALITIES:
        written = io.BytesIO()
        plain.save(written, "JPEG", quality=quality, optimize=True)
        if written.tell() <= LARGEST_KEPT:
            return Drawn(written.getvalue(), plain.width, plain.height)
    return _written(plain.reduce(2))
