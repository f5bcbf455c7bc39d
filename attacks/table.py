"""Every attack on the portal, as a table: what it does, how big it is, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from attacks import suite
from attacks.report import Place, Report

Sizes = Mapping[str, int]


@dataclass(frozen=True)
class Attack:
    """One attack.

    :ivar name: how the command line calls it.
    :ivar about: what is done to the portal.
    :ivar reach: what must come of it.
    :ivar short: its sizes in the tests; ``full``: before a release.
    :ivar faults: planted one at a time into the portal under attack, to show that the attack finds them.
    :ivar databases: on which it makes a difference.
    :ivar tests: of an attack that is a test already, with planted faults of its own.
    """

    name: str
    about: str
    reach: str
    short: Sizes
    full: Sizes
    faults: tuple[str, ...] = ()
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    planted: Sizes = field(default_factory=dict)
    tests: tuple[str, ...] = ()

    def run(self, place: Place, sizes: Sizes, fault: str = "") -> Report:
        """Make the attack.

        :param fault: the name of one of :attr:`faults`, to plant it.
        """
        if self.tests:
            return suite.report(place, self.tests)
        module = import_module(f"attacks.{self.name.replace('-', '_')}")
        report: Callable[..., Report] = module.report
        return report(place, fault=fault, **sizes)


ATTACKS: tuple[Attack, ...] = (
    Attack(
        "kill",
        "kill -9 of the whole portal while two people save without pause",
        "no acknowledged save lost, the audit trail sound, answering again after 2 s of processor time",
        short={"kills": 3, "milliseconds": 700, "start": 10_000},
        full={"kills": 200, "milliseconds": 3000, "start": 2000},
        faults=("acknowledged too early",),
        planted={"kills": 4, "milliseconds": 700, "start": 10_000},
    ),
    Attack(
        "races",
        "one form sent eight times at once, one page or two boxes of it saved by two, a visit begun twice",
        "nothing made twice, nothing overwritten unseen, both boxes kept, who was refused shown both texts",
        short={"repeats": 2},
        full={"repeats": 50},
        faults=("sent forms not remembered", "versions not looked at"),
        planted={"repeats": 1},
    ),
    Attack(
        "full",
        "the disk is full while somebody saves, again and again",
        "a refused save says so and holds what was typed; reading goes on; none acknowledged lost; it heals",
        short={"fillings": 1},
        full={"fillings": 20},
        faults=("a save that failed is said to be kept",),
        databases=("sqlite",),
    ),
    Attack(
        "locked",
        "eight processes read and then write without pause; then somebody holds a lock and does not let go",
        "no error, p99 wait under 500 ms, worst under 2 s, no write lost; a lock that stays is told plainly",
        short={"seconds": 2, "p99": 2000},
        full={"seconds": 60, "p99": 500},
        faults=("nobody takes turns",),
        planted={"seconds": 2, "p99": 2000},
    ),
    Attack(
        "away",
        "PostgreSQL is stopped, stands still or takes nobody in while people save",
        "told plainly within 8 s, no acknowledged save lost, nothing by halves, back within 5 s",
        short={"stops": 4, "pauses": 0, "crowds": 2},
        full={"stops": 20, "pauses": 10, "crowds": 10},
        faults=("a save that failed is said to be kept", "it waits for ever"),
        databases=("postgresql",),
    ),
    Attack(
        "tamper",
        "change, delete, move, insert or cut entries of the audit trail, one at a time",
        "each found, and the first bad entry named",
        short={"times": 60, "cases": 11, "entries": 6, "verified": 0},
        full={"times": 1000, "cases": 20, "entries": 20, "verified": 1_000_000},
        faults=("hashes not looked at",),
        planted={"times": 10, "cases": 5, "entries": 5, "verified": 0},
    ),
    Attack(
        "bad-input",
        "hostile values, odd bodies, missing fields and forged forms into every form and address",
        "no server error, nothing over 5 s, nothing shown unescaped, no form taken without its token",
        short={"inputs": 800},
        full={"inputs": 50_000},
        faults=("no token needed", "unescaped", "an error", "a hang", "typed text in a header"),
        planted={"inputs": 800},
    ),
    Attack(
        "raw-http",
        "46 requests of a wrong shape on a raw connection, then clients that say a byte a second",
        "no server error, no request hidden in another, ordinary pages meanwhile under 1 s (p95)",
        short={"clients": 60, "seconds": 4},
        full={"clients": 200, "seconds": 60},
        faults=("an error", "one at a time"),
        databases=("sqlite",),
        planted={"clients": 10, "seconds": 2},
    ),
    Attack(
        "migrations",
        "up, down and up again through every version with people's words in it; kill -9 half-way",
        "no value of an untouched column changed, never half a version",
        short={"kills": 2},
        full={"kills": 50},
        faults=("a value changed on the way", "half of it counts"),
    ),
    Attack(
        "printing",
        "plans full of hostile text are printed, and what prints them is killed",
        "a PDF or a plain page within 10 s of processor time and 1 GiB, and no call to another host",
        short={"plans": 4},
        full={"plans": 500},
        faults=("calls outside", "an error"),
        databases=("sqlite",),
        planted={"plans": 12},
    ),
    Attack(
        "durability",
        "watch the system calls of the portal while somebody saves",
        "each save is on the disk before it is acknowledged: at least one sync of the log a save",
        short={"saves": 20},
        full={"saves": 500},
        faults=("nothing is synced",),
        databases=("sqlite",),
    ),
    Attack(
        "model",
        "a person and a helper do anything in any order, and a small model says what must come of it",
        "no difference between the pages and the model",
        short={"runs": 6, "steps": 15},
        full={"runs": 2000, "steps": 50},
        faults=("a line is not shown", "wrong answers are taken", "a passport is not taken back"),
        planted={"runs": 30, "steps": 25},
    ),
    Attack(
        "timing",
        "sign in and ask for links with known and unknown addresses in turn, and open links nearly right",
        "medians within a tenth of each other",
        short={"tries": 12, "percent": 60},
        full={"tries": 200, "percent": 10},
        faults=("no work for an address without an account", "links are compared sign by sign"),
        databases=("sqlite",),
    ),
    Attack(
        "matrix",
        "every route as every role, with another person's ids in address, form and download",
        "nobody let in who should not be, refusals that cannot be told from what is not there",
        short={},
        full={},
        tests=("tests/sharing/test_matrix.py",),
    ),
    Attack(
        "mail",
        "the mail server is down, refuses, or the sender is killed between claim and done",
        "each mail once, none lost",
        short={},
        full={},
        tests=("tests/account/test_mail.py",),
    ),
    Attack(
        "erasure",
        "look for an erased case in the database, its files and older backups; lose keys, bring them back",
        "nothing readable of it; keys back from escrow",
        short={},
        full={},
        tests=(
            "tests/test_keys.py",
            "tests/test_sealing.py",
            "tests/whole/test_sealed.py",
            "tests/test_logs.py",
        ),
        databases=("sqlite",),
    ),
    Attack(
        "canaries",
        "a word of its own in every field; then the log, addresses, cookies, mails and all bytes searched",
        "not one found outside the pages of whoever typed it",
        short={"pages": 10},
        full={"pages": 400},
        faults=("what was sent is logged", "words are kept clear", "words in an address"),
        planted={"pages": 3},
    ),
    Attack(
        "erasing",
        "cases deleted; then every file and an older backup searched for their words and keys",
        "nothing found, and nothing opens",
        short={"cases": 6},
        full={"cases": 1000},
        faults=("the key stays", "a copy of the keys lies about"),
    ),
    Attack(
        "backups",
        "backups while two people save without pause, each brought back in an empty place",
        "each whole: no save acknowledged before it lacking, the trail sound, all keys there; 1 GiB in 60 s",
        short={"backups": 2, "milliseconds": 500, "mebibytes": 8},
        full={"backups": 10, "milliseconds": 60_000, "mebibytes": 1024},
        faults=("the file is copied",),
    ),
)


def named(name: str) -> Attack:
    """The attack of that name.

    :raises KeyError: when there is none.
    """
    return {attack.name: attack for attack in ATTACKS}[name]
