"""A picture is taken by what it is and not by its name; nothing that came with it is kept."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib

import pytest
from PIL import Image

from portal.pictures.checking import LARGEST_FILE, LONGEST_SIDE, NotTaken, drawn_anew


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: object) -> bytes:
    """A picture as a camera or a program writes it."""
    written = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else None).save(written, kind, **more)
    return written.getvalue()


def from_camera() -> bytes:
    """A photograph on its side, with where and when it was taken."""
    about = Image.Exif()
    about[0x0112] = 6
    about[0x010F] = "Maker-Canary"
    about.get_ifd(0x8825)[1] = "N-Canary"
    return picture(size=(400, 300), exif=about)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")],
)
def test_the_usual_kinds_are_drawn_as_jpeg(kind: str, mode: str) -> None:
    drawn = drawn_anew(picture(kind, mode=mode))
    with Image.open(io.BytesIO(drawn.content)) as kept:
        assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (40, 30))


def test_a_photograph_stands_upright_and_does_not_say_where_it_was_taken() -> None:
    sent = from_camera()
    assert b"Maker-Canary" in sent and b"N-Canary" in sent
    drawn = drawn_anew(sent)
    assert (drawn.width, drawn.height) == (300, 400)
    assert b"Canary" not in drawn.content and b"Exif" not in drawn.content
    with Image.open(io.BytesIO(drawn.content)) as kept:
        assert not kept.getexif()


def test_what_can_be_seen_through_is_put_on_white() -> None:
    drawn = drawn_anew(picture("PNG", mode="RGBA"))
    with Image.open(io.BytesIO(drawn.content)) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_one_is_made_as_large_as_a_page_needs() -> None:
    drawn = drawn_anew(picture(size=(4000, 3000)))
    assert (drawn.width, drawn.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


@pytest.mark.parametrize("after", [b"<script>alert(1)</script>", b"PK\x03\x04 a whole archive", b"%PDF-1.7"])
def test_nothing_that_hangs_on_a_picture_is_kept(after: bytes) -> None:
    drawn = drawn_anew(picture(comment=after) + after)
    assert after not in drawn.content


@pytest.mark.parametrize(
    "sent",
    [
        b"GIF89a<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7\n",
        b"MZ\x90\x00",
        b"\xff\xd8\xff\xe0 no picture at all",
        b"\x89PNG\r\n\x1a\n",
        picture()[:200],
        picture("PNG")[:-50],
        picture("GIF"),
        picture("TIFF"),
        b"\x00" * 1000,
    ],
)
def test_what_is_no_picture_of_these_kinds_is_refused_by_its_content(sent: bytes) -> None:
    with pytest.raises(NotTaken) as refused:
        drawn_anew(sent)
    assert "JPEG, PNG or WebP" in refused.value.problem


def test_nothing_and_too_much_are_said() -> None:
    with pytest.raises(NotTaken, match="Choose a picture"):
        drawn_anew(b"")
    with pytest.raises(NotTaken, match="smaller than 8 MB"):
        drawn_anew(picture() + b"\x00" * LARGEST_FILE)


def bomb(side: int) -> bytes:
    """A small PNG file that is very large once it is drawn."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(1 + side // 8)) for _row in range(min(side, 2000))) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", packed) + part(b"IEND", b"")


@pytest.mark.parametrize("side", [6_000, 20_000, 100_000, 2**31 - 1])
def test_a_bomb_is_refused_before_it_is_drawn(side: int) -> None:
    sent = (
        bomb(side)
        if side <= 100_000
        else bomb(8).replace(struct.pack(">II", 8, 8), struct.pack(">II", side, side))
    )
    tracemalloc.start()
    with pytest.raises(NotTaken):
        drawn_anew(sent)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000
