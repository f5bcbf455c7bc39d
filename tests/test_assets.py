"""Files for the browser: kept for a year by a name that changes with them, compressed where that helps."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from portal.assets import council_sheet, pack_pictures, read_assets, version_of
from portal.pack.colours import Colours
from portal.pack.text import Picture
from tests.browsing import Visitor


def sheet_address(client: Visitor) -> str:
    found = re.search(r'href="(/static/[0-9a-f]+/style\.css)"', client.get("/").get_data(as_text=True))
    assert found is not None
    return found[1]


def test_a_file_may_be_kept_for_a_year_under_its_present_name_only(client: Visitor) -> None:
    address = sheet_address(client)
    assert "immutable" in client.get(address).headers["Cache-Control"]
    old = re.sub(r"/static/[0-9a-f]+/", "/static/000000000000/", address)
    assert client.get(old).headers["Cache-Control"] == "no-cache"


def test_a_sheet_is_sent_compressed_to_a_browser_that_takes_it(client: Visitor) -> None:
    address = sheet_address(client)
    plain = client.get(address).data
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain


def test_nothing_outside_the_folder_can_be_asked_for(client: Visitor) -> None:
    assert client.get("/static/x/../app.py").status_code == 404
    assert client.get("/static/x/%2e%2e/portal/app.py").status_code == 404


def test_the_name_changes_when_any_file_does(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a")
    first = version_of(read_assets(tmp_path))
    (tmp_path / "a.css").write_text("b")
    assert version_of(read_assets(tmp_path)) != first


def test_a_council_with_colours_of_its_own_gets_a_sheet_for_them() -> None:
    assert council_sheet(Colours()) is None
    own = council_sheet(Colours(leaf="#123456"))
    assert own is not None
    assert own.body == b":root{--leaf:#123456;}"


def test_a_picture_of_the_pack_is_kept_for_a_year_too_and_is_nothing_but_a_picture(client: Visitor) -> None:
    root = sheet_address(client).removesuffix("/style.css")
    answer = client.get(f"{root}/pictures/eating.svg")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert client.get(f"{root}/pictures/LICENSE.txt").status_code == 404


def test_a_png_is_told_as_one() -> None:
    files = pack_pictures({"eating.png": Picture(body=b"\x89PNG")})
    assert files["pictures/eating.png"].type == "image/png"
