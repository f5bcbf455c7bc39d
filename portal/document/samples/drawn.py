"""A picture for the sample plans: a small house, drawn here, so that nobody's photograph is needed."""

from __future__ import annotations

import io
from base64 import b64encode
from functools import cache

from PIL import Image, ImageDraw

from portal.document.rules.portraits import Picture
from portal.pictures.checking import Drawn, drawn_anew

_WIDTH, _HEIGHT = 800, 600
_SKY, _GRASS, _WALL, _ROOF, _SUN, _DOOR = "#bfe0ee", "#6f9f52", "#f3e3c3", "#97482c", "#ffc845", "#0b5148"


@cache
def _house() -> Drawn:
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 430, _WIDTH, _HEIGHT), _GRASS)
    pen.ellipse((620, 60, 740, 180), _SUN)
    pen.rectangle((220, 250, 580, 480), _WALL)
    pen.polygon(((180, 250), (400, 90), (620, 250)), _ROOF)
    pen.rectangle((360, 350, 440, 480), _DOOR)
    for left in (260, 480):
        pen.rectangle((left, 300, left + 60, 370), _SKY, _DOOR, 6)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return drawn_anew(written.getvalue())


def house(about: str, place: int = 1) -> Picture:
    """The picture.

    :param about: what it shows, in words.
    :param place: tells several of them apart.
    """
    drawn = _house()
    content = b64encode(drawn.content).decode()
    return Picture(id=f"sample-{place}", about=about, width=drawn.width, height=drawn.height, content=content)
