"""The stylesheet: light, readable from either side, and told apart by everybody."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise

import pytest

from portal.assets import read_assets
from portal.pack.colours import Colours, contrast, weak_pairs
from portal.paths import STATIC, TEMPLATES

SHEET = (STATIC / "style.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
ROOT = dict(re.findall(r"(?m)^  --([a-z-]+): (#[0-9a-f]{3,6});", RULES))
DECLARED = re.findall(r"(?<=[{;\s])([a-z-]+)\s*:\s*([^;{}]+);", RULES)

ONE_SIDED = re.compile(
    r"^(left|right|top|bottom|float|clear|width|height|(min|max)-(width|height)"
    r"|(margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right|top|bottom)(-.*)?"
    r"|border-(top|bottom)-(left|right)-radius|overflow-[xy]-.*)$"
)

TINTS = [
    ("ink", "leaf-pale"),
    ("soft", "leaf-pale"),
    ("leaf-deep", "leaf-pale"),
    ("link", "leaf-pale"),
    ("ink", "sun-pale"),
    ("soft", "sun-pale"),
    ("error", "error-pale"),
    ("leaf", "sand"),
    ("ink", "leaf-faint"),
    ("leaf-words", "leaf-deep"),
    ("leaf-words", "error"),
    ("leaf-words", "error-deep"),
]


def whole(colour: str) -> str:
    """``#fff`` as ``#ffffff``."""
    return "#" + "".join(mark * 2 for mark in colour[1:]) if len(colour) == 4 else colour


def test_the_sheet_is_under_20_kilobytes_compressed() -> None:
    assert len(gzip.compress(SHEET.encode(), 9)) < 20_000


def test_what_a_first_question_page_fetches_leaves_room_for_the_page_itself() -> None:
    sent = read_assets(STATIC)
    fetched = ("style.css", "favicon.svg", "scripts/once.js", "scripts/unsaved.js")
    packed = sum(len(sent[name].compressed or b"") for name in fetched)
    font = STATIC / "fonts" / "atkinson-hyperlegible-next-english.woff2"
    assert packed + font.stat().st_size < 21_000


def test_the_colours_of_the_sheet_are_those_a_pack_starts_from() -> None:
    for name, colour in Colours().model_dump().items():
        assert whole(ROOT[name.replace("_", "-")]) == colour, name


def test_the_colours_a_pack_starts_from_can_be_told_apart() -> None:
    assert list(weak_pairs(Colours())) == []


@pytest.mark.parametrize(("words", "ground"), TINTS)
def test_words_on_tints_have_seven_to_one(words: str, ground: str) -> None:
    assert contrast(whole(ROOT[words]), whole(ROOT[ground])) >= 7


def test_every_declaration_reads_from_either_side() -> None:
    assert [name for name, _value in DECLARED if ONE_SIDED.match(name)] == []


def test_nothing_is_put_to_the_left_or_the_right() -> None:
    sided = [(name, value) for name, value in DECLARED if re.search(r"\b(left|right)\b", value)]
    assert sided == []


def test_every_custom_property_that_is_used_is_set() -> None:
    used = set(re.findall(r"var\(--([a-z-]+)", RULES))
    named = set(re.findall(r"--([a-z-]+)\s*:", RULES))
    assert used <= named


def test_colours_are_named_once_so_that_a_pack_can_change_them() -> None:
    after_root = RULES.split("}", 1)[1]
    written = set(re.findall(r"#[0-9a-f]{3,8}\b", after_root))
    assert written <= {"#fff", "#fdfffb"}


def test_things_move_only_for_people_who_do_not_mind() -> None:
    start = RULES.index("@media (prefers-reduced-motion: no-preference)")
    end = RULES.index("@media", start + 1)
    elsewhere = RULES[:start] + RULES[end:]
    assert not re.search(r"\b(transition|animation|scroll-behavior)\s*:", elsewhere)


def test_nothing_stays_fixed_over_what_has_the_focus() -> None:
    assert [value for name, value in DECLARED if name == "position" and value in ("fixed", "sticky")] == []


def test_every_font_file_that_is_named_exists_and_the_page_asks_early_for_the_first() -> None:
    named = re.findall(r'url\("([^"]+)"\)', RULES)
    assert named
    for address in named:
        assert (STATIC / address).is_file(), address
    preloaded = re.findall(r'rel="preload" href="\{\{ static_root \}\}/([^"]+)"', base())
    assert preloaded == [named[0]]


def test_no_letter_is_claimed_by_two_fonts_of_one_weight() -> None:
    faces = re.findall(r"@font-face \{(.*?)\}", RULES, flags=re.DOTALL)
    for weight in ("400", "700"):
        ranges = sorted(
            span
            for face in faces
            if f"font-weight: {weight};" in face
            for span in _spans(re.search(r"unicode-range: ([^;]+);", face))
        )
        assert ranges
        assert all(one[1] < other[0] for one, other in pairwise(ranges))


def test_every_class_the_components_use_is_drawn() -> None:
    drawn = set(re.findall(r"\.([a-z][a-z0-9_-]*)", RULES))
    used = set()
    for file in [TEMPLATES / "frame" / "head.html", *(TEMPLATES / "components").glob("*.html")]:
        plain = re.sub(r"\{%.*?%\}|[a-z_-]*\{\{.*?\}\}", " ", file.read_text(encoding="utf-8"))
        used |= {name for names in re.findall(r'class="([^"]*)"', plain) for name in names.split()}
    assert used
    assert used - drawn == set()


def base() -> str:
    return (TEMPLATES / "frame" / "head.html").read_text(encoding="utf-8")


def _spans(found: re.Match[str] | None) -> list[tuple[int, int]]:
    assert found
    spans = []
    for part in found[1].replace("U+", "").split(","):
        first, _dash, last = part.strip().partition("-")
        spans.append((int(first, 16), int(last or first, 16)))
    return spans
