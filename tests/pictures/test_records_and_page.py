"""Pictures are kept sealed, and only whoever may see the plan is shown them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask, Response, request
from PIL import Image
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.database import WRITES
from portal.pictures.checking import Drawn, drawn_anew
from portal.pictures.records import (
    MOST_PICTURES,
    add_picture,
    describe_picture,
    picture_of,
    pictures_of,
    remove_picture,
)
from portal.safeguards import takes_up_to
from portal.sharing.records import start_case
from tests.browsing import Visitor
from tests.visiting import begin

AT = datetime.fromisoformat("2026-11-22T12:00:00")


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(written, "PNG")
    return drawn_anew(written.getvalue())


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    engine = app.extensions["engine"].execution_options(**{WRITES: True})
    with Session(engine, info={**app.extensions["session_info"]}) as opened:
        yield opened


@pytest.fixture
def case(session: Session) -> str:
    return start_case(session, pack_id="demo", pack_version="1", at=AT)


def test_a_picture_comes_back_as_it_was_drawn(session: Session, case: str, drawn: Drawn) -> None:
    added = add_picture(session, case, drawn, "My dog in the garden", None, AT, part="about_people")
    assert added is not None
    shown = picture_of(session, case, added)
    assert shown is not None and shown.content == drawn.content
    (kept,) = pictures_of(session, case)
    assert (kept.id, kept.about, kept.width, kept.height) == (added, "My dog in the garden", 40, 30)
    describe_picture(session, case, added, "My dog, asleep", AT)
    assert pictures_of(session, case)[0].about == "My dog, asleep"
    remove_picture(session, case, added, AT)
    assert not pictures_of(session, case) and picture_of(session, case, added) is None


def test_it_is_sealed(session: Session, case: str, drawn: Drawn) -> None:
    add_picture(session, case, drawn, "My dog in the garden", None, AT, part="about_people")
    (row,) = session.execute(text("SELECT about, content FROM case_picture")).all()
    assert row.about.startswith("~")
    assert drawn.content[:40] not in bytes(row.content)


def test_a_form_sent_twice_adds_one_and_there_are_only_so_many(
    session: Session, case: str, drawn: Drawn
) -> None:
    assert add_picture(session, case, drawn, "", "key", AT, part="about_people") == add_picture(
        session, case, drawn, "", "key", AT, part="about_people"
    )
    for _time in range(MOST_PICTURES - 1):
        assert add_picture(session, case, drawn, "", None, AT, part="about_people") is not None
    assert add_picture(session, case, drawn, "", None, AT, part="about_people") is None


def shown_to(client: Visitor, app: Flask, drawn: Drawn) -> str:
    """The address of a picture of the visitor's own."""
    engine = app.extensions["engine"].execution_options(**{WRITES: True})
    with Session(engine, info={**app.extensions["session_info"]}) as session:
        newest = text("SELECT id FROM case_record ORDER BY started DESC LIMIT 1")
        added = add_picture(
            session, session.execute(newest).scalar_one(), drawn, "", None, AT, part="about_people"
        )
        session.commit()
    return f"/pictures/{added}.jpg"


def test_its_person_sees_it_as_a_picture_and_nothing_else(client: Visitor, app: Flask, drawn: Drawn) -> None:
    begin(client)
    response = client.get(shown_to(client, app, drawn))
    assert response.data == drawn.content
    assert response.mimetype == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == "inline; filename=picture.jpg"
    assert "sandbox" in response.headers.getlist("Content-Security-Policy")[0]


def test_to_everybody_else_it_is_not_there(client: Visitor, app: Flask, drawn: Drawn) -> None:
    begin(client)
    address = shown_to(client, app, drawn)
    stranger = app.test_client()
    stranger.environ_base["HTTP_REFERER"] = "https://localhost/"
    assert stranger.get(address).status_code in {303, 404}
    begin(stranger)  # type: ignore[arg-type]
    refused = stranger.get(address)
    assert refused.status_code == 404
    made_up = stranger.get("/pictures/made-up.jpg")
    name = address.removeprefix("/pictures/").removesuffix(".jpg")
    assert refused.text.replace(name, "made-up") == made_up.text


def test_only_a_page_that_takes_a_file_takes_a_large_form_and_only_from_a_visit_with_a_case(
    client: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    @takes_up_to(1_000_000)
    def taking() -> Response:
        sent = request.files["picture"]
        assert isinstance(sent.stream, io.BytesIO), "it is never written to a disk"
        return Response(str(len(sent.read())), mimetype="text/plain")

    taking.access = "open"  # type: ignore[attr-defined]

    def send(address: str, size: int) -> int:
        field = client.page("/").soup.select_one('input[name="csrf_token"]')
        assert field is not None
        parts = (
            f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{field["value"]}\r\n'
            '--x\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n'
        )
        body = parts.encode() + bytes(size) + b"\r\n--x--\r\n"
        return client.post(address, data=body, content_type="multipart/form-data; boundary=x").status_code

    with monkeypatch.context() as patched:
        patched.setitem(app.view_functions, "guide.begin", taking)
        assert send("/start", 900_000) == 413
    begin(client)
    assert send("/start", 900_000) == 413
    monkeypatch.setitem(app.view_functions, "guide.begin", taking)
    assert send("/start", 900_000) == 200
    assert send("/start", 1_300_000) == 413
