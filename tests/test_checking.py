"""The look at every page finds what it is there to find."""

from __future__ import annotations

import pytest

from tests.checking import FaultyPage, check_page, faults_of

SOUND = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Your help - Portal</title></head>
<body><a href="#main">Skip</a><main id="main"><h1>Your help</h1>
<form action="/next" method="post" novalidate><input type="hidden" name="csrf_token" value="x">
<label for="name">Name</label><input id="name" name="name" type="text"><button>Continue</button></form>
</main></body></html>"""


def test_a_sound_page_has_no_faults():
    assert list(faults_of(SOUND)) == []


@pytest.mark.parametrize(
    ("what", "instead", "fault"),
    [
        ("<!doctype html>", "", "not valid HTML"),
        ("<h1>Your help</h1>", "<h1>Your help</h1><p></main>", "not valid HTML"),
        (' lang="en"', "", "does not say its language"),
        ("<h1>Your help</h1>", "", "0 level 1 headings"),
        ("<h1>Your help</h1>", "<h1>Your help</h1><h1>Again</h1>", "2 level 1 headings"),
        ("<title>Your help", "<title>Portal: your help", "does not start with"),
        ("<h1>", '<div id="problems"></div><h1>', "a page in error"),
        ("</form>", '</form><p id="name">', "used 2 times"),
        ('href="#main"', 'href="#top"', "leads to no id"),
        ('href="#main"', 'href="#"', "leads nowhere"),
        ('<label for="name">', '<label for="nome">', "has no label"),
        ('<label for="name">', '<label for="nome">', "leads to no id"),
        (">Name<", "><", "has no words"),
        ('action="/next"', "", "does not say where it goes"),
        (' value="x"', ' value=""', "no token against forgery"),
        (" novalidate", "", "leaves its errors to the browser"),
        ("<h1>", '<h1 style="color: red">', "style of its own"),
        ("</main>", "<script>go()</script></main>", "a script stands in the page"),
        ("<button>", '<button onclick="go()">', "carries a script in onclick"),
        ('href="#main"', 'href="javascript:go()"', "carries a script in href"),
        ("</main>", '<img src="/picture.svg"></main>', "cannot see it"),
        ("</main>", '<img alt="" src="https://elsewhere.example/a.png"></main>', "from elsewhere"),
        (">Continue<", "><", "has no words"),
        ("</main>", "<fieldset><p>Choose</p></fieldset></main>", "does not begin with its legend"),
    ],
)
def test_each_fault_is_found(what, instead, fault):
    assert what in SOUND
    faults = list(faults_of(SOUND.replace(what, instead, 1)))
    assert any(fault in found for found in faults), faults


def test_a_page_that_was_sound_is_looked_at_again_when_what_is_looked_at_has_changed():
    check_page("/", SOUND.replace(">Name<", ">Whole name<"))
    check_page("/", SOUND)
    with pytest.raises(FaultyPage, match="has no words"):
        check_page("/", SOUND.replace(">Name<", "><"))
    with pytest.raises(FaultyPage, match="does not start with"):
        check_page("/", SOUND.replace("<h1>Your help", "<h1>Your plan"))
