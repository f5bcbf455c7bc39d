"""What is typed into a form by somebody who wants it to break: values, bodies, and odd ways of sending."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from urllib.parse import quote_plus, urlencode

Fields = list[tuple[str, str]]

MARK = "zq7hostile"
"""In every piece of markup, so that it is told from the portal's own. Longer than what turns up by chance in
the random token of a cookie: of three letters one does, once in 50,000 inputs."""

UNESCAPED = (
    f"<{MARK}",
    f"</{MARK}",
    f'" {MARK}=',
    f"' {MARK}=",
    f'"{MARK}-attribute',
    "62615533",
    f"<!--{MARK}",
    f"<script>/*{MARK}",
)
"""What stands in no page when every value is written as text; 62615533 is 7919 times 7907."""

VALUES: tuple[str, ...] = (
    # Markup, attributes, scripts, comments.
    f"<{MARK}>x</{MARK}>", f'"><{MARK} src=x onerror=alert(1)>', f"'><{MARK}>", f"</textarea><{MARK}>",
    f"</title><{MARK}>", f'" {MARK}="1', f"' {MARK}='1", f"<!--{MARK}-->", f"--><{MARK}>",
    f"]]><{MARK}>", f"<script>/*{MARK}*/</script>", f"javascript:/*{MARK}*/alert(1)", f"&lt;{MARK}&gt;",
    f"<svg/onload={MARK}><{MARK}>", f"\u003c{MARK}\u003e", f"＜{MARK}＞", f"<\0{MARK}>", f"%3C{MARK}%3E",
    # Templates, formats, paths, commands.
    "{{7919*7907}}", "{% for x in ().__class__.__base__.__subclasses__() %}", "${7919*7907}",
    "#{7919*7907}",
    "<%= 7919*7907 %>", "{0.__class__}", "%(name)s %s %d %n", "{name}", "%", "$HOME `id` $(id) ; id | id",
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "file:///etc/passwd", "http://169.254.169.254/",
    # SQL and formulas.
    "' OR '1'='1", "'; DROP TABLE case_record; --", '" OR ""="', "1) UNION SELECT 1,2,3 --", "\\' OR 1=1 #",
    '=HYPERLINK("http://elsewhere.example")', "+1+1", "-1+1", "@SUM(1)", "\t=1", "=cmd|' /C calc'!A0",
    # Headers, lines and control characters.
    f"x\r\nX-{MARK}: 1", f"x\nSet-Cookie: {MARK}=1", "a\0b", "\0", "\x01\x02\x07\x08\x1b[31m",
    "\x7f\x85\u2028",
    # Unicode: right to left, joiners, surrogates by halves, noncharacters, length in composed form.
    "\u202eevil\u202c", "\u2066\u2069\u200f", "مرحبا بالعالم", "שלום", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "e" + "\u0301" * 400,
    "\ufeffx", "\ufffe\uffff", "\U0010ffff", "ﷺ" * 50, "İıſKÅ", "\u00ad\u200b\u2060", "à" * 300, "﷽" * 200,
    # Numbers, dates, choices.
    "-1", "0", "-0", "NaN", "Infinity", "-Infinity", "1e309", "1e-400", "9" * 400, "0x10", "1_000",
    "٣", "½", "１２",
    "1,000,000.555", "1.0000000000000000001", "£5", "99999999999999999999", "2147483648",
    "-9223372036854775809",
    "0000-00-00", "31", "29 February 2100", "9999", "true", "null", "None", "undefined", "[]", "{}",
    "__proto__",
    # Nothing, spaces, and too much.
    "", " ", "\u00a0\u3000", "\n\n\n",
    "x" * 201, "x" * 4001, "x" * 20_000, "word " * 4000, "<" * 5000, "&" * 5000,
)  # fmt: skip

GRABBED = (
    "role", "admin", "is_admin", "user_id", "account_id", "account", "case_id", "case", "id", "status",
    "state",
    "owner", "reference", "section", "right", "rights", "version", "at", "actor", "who", "hash",
    "price", "weekly",
    "budget", "amount", "points", "agreed", "signed", "_method", "next", "_user_id", "_fresh", "held",
    "token",
)  # fmt: skip
"""Fields that no form of the portal offers to whoever fills it in, sent along to see whether one is taken."""


def _encoded(fields: Fields) -> bytes:
    return urlencode(fields).encode()


def _form(body: bytes) -> dict[str, object]:
    return {"data": body, "content_type": "application/x-www-form-urlencoded"}


def _multipart(fields: Fields, boundary: str = MARK) -> bytes:
    parts = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields
    )
    return ("".join(parts) + f"--{boundary}--\r\n").encode()


def _in_parts(body: bytes, boundary: str = MARK) -> dict[str, object]:
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def _typed(content_type: str) -> Callable[[Fields], dict[str, object]]:
    return lambda fields: {"data": _encoded(fields), "content_type": content_type}


def _kept(fields: Fields, more: Fields) -> Fields:
    return [*fields, *more]


BODIES: Mapping[str, Callable[[Fields], dict[str, object]]] = {
    "nothing at all": lambda _fields: {},
    "an empty form": lambda _fields: _form(b""),
    "only the token": lambda fields: _form(_encoded([f for f in fields if f[0] == "csrf_token"])),
    "every field twice": lambda fields: _form(_encoded([*fields, *fields])),
    "every field twice, the other value first": lambda fields: _form(
        _encoded([*((name, MARK) for name, _v in fields if name != "csrf_token"), *fields])
    ),
    "a field a thousand times": lambda fields: _form(_encoded(_kept(fields, [fields[-1]] * 1000))),
    "names with brackets": lambda fields: _form(
        _encoded(_kept(fields, [(f"{name}[]", "x") for name, _value in fields]))
    ),
    "fields that are not there": lambda fields: _form(
        _encoded(_kept(fields, [(name, "1") for name in GRABBED]))
    ),
    "bytes that are not UTF-8": lambda fields: _form(_encoded(fields) + b"&x=%ff%fe%c0%80&%ff=%ed%a0%80"),
    "raw bytes": lambda fields: _form(_encoded(fields) + b"&x=\xff\xfe\x00\x80"),
    "broken percent signs": lambda fields: _form(_encoded(fields) + b"&x=%&%zz=%1&=&&;=%00"),
    "a name of NUL": lambda fields: _form(_encoded(fields) + b"&%00=%00&a%00b=1"),
    "a huge name": lambda fields: _form(_encoded(fields) + b"&" + b"n" * 90_000 + b"=1"),
    "a megabyte": lambda fields: _form(_encoded(fields) + b"&x=" + b"y" * 1_000_000),
    "just under the limit": lambda fields: _form(_encoded(fields) + b"&x=" + b"y" * 120_000),
    "as parts": lambda fields: _in_parts(_multipart(fields)),
    "parts without an end": lambda fields: _in_parts(_multipart(fields)[:-6]),
    "parts of another boundary": lambda fields: _in_parts(_multipart(fields), "other"),
    "parts without a boundary": lambda fields: {
        "data": _multipart(fields),
        "content_type": "multipart/form-data",
    },
    "four hundred parts": lambda fields: _in_parts(_multipart([*fields, *[("x", "y")] * 400])),
    "a part with a file's name": lambda fields: _in_parts(
        _multipart(fields).replace(b'name="', b'filename="../../x\x00.sh"; name="')
    ),
    "as JSON": lambda fields: {"data": json.dumps(dict(fields)), "content_type": "application/json"},
    "deep JSON": lambda _fields: {"data": "[" * 50_000, "content_type": "application/json"},
    "as text": _typed("text/plain"),
    "as XML": lambda _fields: {
        "data": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "content_type": "application/xml",
    },
    "said to be UTF-16": _typed("application/x-www-form-urlencoded; charset=utf-16"),
    "said to be of no encoding": _typed("application/x-www-form-urlencoded; charset=zq7-8"),
    "said to be compressed": lambda fields: {
        **_form(_encoded(fields)),
        "headers": {"Content-Encoding": "gzip"},
    },
    "an odd type": _typed("\x7f/;;;=,"),
}
"""Whole bodies, made of what the form would send."""

ADDRESSES: tuple[str, ...] = tuple(
    quote_plus(value, safe="")
    for value in (
        f"<{MARK}>",
        f'"{MARK}-attribute',
        "{{7919*7907}}",
        "' OR '1'='1",
        "..",
        "../../etc/passwd",
        "%",
        "\0",
        "x" * 5000,
        "-1",
        "0",
        "9" * 40,
        "٣",
        "\u202e",
        "new",
        "null",
        "check",
        ".",
        "con",
        "\\",
        "a\r\nb",
        "é",
    )
)
"""What may stand where an address varies, and in its query."""

HEADERS: tuple[Mapping[str, str], ...] = (
    {"Accept-Language": "x" * 4000},
    {"Accept-Language": f"<{MARK}>, *;q=zzz"},
    {"Accept": "application/json"},
    {"Accept": "\x80\xff"},
    {"Cookie": f"visit=<{MARK}>; __Host-visit=' OR 1=1; look-mode={{{{7919*7907}}}}; look-language=../x"},
    {"Cookie": "; ".join(f"c{n}=x" for n in range(300))},
    {"Cookie": "visit=" + "A" * 5000},
    {"Cookie": "look-language=\x00; look-mode=\xff"},
    {"Referer": f"https://localhost/<{MARK}>"},
    {"Referer": "https://elsewhere.example/"},
    {"User-Agent": f"<{MARK}> {{{{7919*7907}}}} ${{jndi:ldap://x}}"},
    {"Range": "bytes=0-18446744073709551615,1-1"},
    {"If-None-Match": '"' * 2000, "If-Modified-Since": "yesterday"},
    {"Authorization": "Basic ////", "X-Forwarded-For": f"<{MARK}>"},
    {"X-Requested-With": "XMLHttpRequest", "Content-Type": "application/json"},
)
"""What a browser would not say of itself."""


def swapped(fields: Fields, name: str, value: str) -> Fields:
    """A form with one field's value put in the place of its own."""
    kept = [(each, told) for each, told in fields if each != name]
    return [*kept, (name, value)]


def drawn(chance: random.Random) -> str:
    """A value that stands in no list: a few pieces of others, in any order."""
    pieces = chance.choices(VALUES, k=chance.randint(2, 4))
    return "".join(piece[: chance.randint(1, 40)] for piece in pieces)
