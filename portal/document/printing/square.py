"""The square code on each page of paper, as a drawing inside the page."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup

QUIET = 4
"""Empty modules around the code, without which it is not found."""


@lru_cache(maxsize=64)
def square_code(said: str) -> Markup:
    """A QR code of a short text. A quarter of it may be dirty and it still reads.

    It is lines as thick as a module: their outlines would be twice the drawing, on every page.
    """
    code = segno.make_qr(said, error="q", boost_error=False)
    size = code.symbol_size(border=QUIET)[0]
    runs = []
    for y, row in enumerate(code.matrix, QUIET):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start + QUIET} {y}.5h{x - start}")
            x += 1
    return Markup(
        '<svg class="square" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" aria-hidden="true">'
        '<path stroke="#000" d="{1}"/></svg>'
    ).format(size, "".join(runs))
