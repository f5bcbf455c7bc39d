"""The square code on each page of paper, as a picture."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno
from PIL import Image

SQUARE = "square.png"
"""The name under which a page shows its square code."""

QUIET = 4
"""Empty modules around the code, without which it is not found."""

DOTS = 3
"""Dots a module: as fine as the renderer keeps a picture of this size, so that none is blurred."""


@lru_cache(maxsize=64)
def square_code(said: str) -> bytes:
    """A QR code of a short text, as a PNG. A quarter of it may be dirty and it still reads.

    It is a picture, which all pages share. Lines would be drawn anew on each of them.
    """
    dots, grey = BytesIO(), BytesIO()
    code = segno.make_qr(said, error="q", boost_error=False)
    code.save(dots, kind="png", scale=DOTS, border=QUIET)
    # Of dots that are only black or white the renderer makes coloured ones.
    Image.open(dots).convert("L").save(grey, "PNG", optimize=True)
    return grey.getvalue()
