"""The smallest pack that is whole, for tests that break one thing in it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from portal.pack.questions import Outcome

COUNCIL = """\
id: small
status: demo
name: Small Council
short_name: Small
service: Plan my support
leave_to: https://example.org/weather
contact: &us
  name: Us
  phone: 01632 960000
out_of_hours: *us
safeguarding: *us
emergency:
  - {phone: 999, use: Danger now}
complaints:
  how: [Tell us.]
  answer_days: 20
  contact: *us
  ombudsman: {name: Ombudsman, web: "https://example.org/ombudsman"}
advocacy: *us
carers: *us
interpreters: *us
paper: *us
start:
  title: Plan
  about: [This is for you.]
  need: [an hour]
  time: One hour.
  stop: You can stop.
  typed: You can delete it.
  other_ways: You can phone.
accessibility:
  prepared: 2026-01-31
  answer_days: 5
colours:
  ink: "#1b1a17"
  paper: "#fbf7ef"
retention:
  draft_days: 90
  warning_days: 14
  plan_days: 2920
  audit_days: 2920
agreement:
  percent: 10
  cap: 450.00
  agreed_by: your worker
  panel: a panel
  answer_days: 10
  panel_answer_days: 20
"""

TRIGGERS = "triggers:\n" + "".join(
    f"""\
  - id: {name}
    title: T
    link: L
    about: A
    steps: [S]
    then: [T]
    contact: {{name: Us, phone: 01632 960000}}
"""
    for name in ("safeguarding", "urgent", "appeal", "change", "carer")
)

PRIVACY = """\
updated: 2026-01-31
short: We keep it safe.
sections:
  - title: What we keep
    text: [Your answers.]
contact: {name: Us, phone: 01632 960000}
regulator: {name: Regulator, phone: 01632 960001}
"""

PLANNERS = """\
about: You may choose several.
illustrative: true
price_source: Invented
planners:
  - id: self
    kind: self
    name: Myself
    about: You write it.
    price: 0
    pays: Free
    wait_days: 0
    independence: you
    independence_words: You speak for yourself.
    afterwards: You can ask for help.
    warning: Is there somebody you could talk to?
"""

MONEY = """\
about: Three ways.
mix: You may mix them.
routes:
  - id: direct_payment
    kind: direct_payment
    name: A direct payment
    short: Direct payment
    means: You buy the support.
    you_do: [Keep bills.]
    others_do: [We pay on time.]
    payments:
      - {id: bank_account, name: Bank, about: Into an account.}
"""

PREVENTION = """\
about: These may help.
offers:
  - id: rails
    kind: equipment
    title: Rails
    what: A rail.
    price: 0
    how: Phone us.
    when: {question: hygiene, is: [some]}
"""

PRICES = """\
name: Prices
illustrative: true
from_day: 2026-04-01
source: Invented
prices:
  - {id: pa_hour, name: A personal assistant, amount: 16.40, unit: hour, source: Invented}
"""

SAMPLES = """\
samples:
  - id: ann
    name: Ann
    about: Ann has begun.
    stage: plan_started
    answers:
      hygiene: some
      hygiene_unable: [pain]
    planners: {self: ""}
    routes: [direct_payment]
    plan:
      lines:
        - {kind: hours, what: Help, quantity: "2.5", price: "16.40", route: direct_payment}
"""

ONE_OUTCOME = """\
  - id: {name}
    kind: one_of
    outcome: {name}
    ask: How much help?
    short: Help
    options:
      - {{id: alone, label: None}}
      - {{id: some, label: Some}}
  - id: {name}_unable
    kind: any_of
    outcome: {name}
    ask_if: {{question: {name}, is: [some]}}
    ask: What happens?
    short: What happens
    options:
      - {{id: pain, label: Pain}}
      - {{id: none, label: None of these, exclusive: true}}
"""

OUTCOMES = "id: outcomes\ntitle: Daily life\nquestions:\n" + "".join(
    ONE_OUTCOME.format(name=name) for name in get_args(Outcome)
)

MORE = """\
id: more
title: More
questions:
  - id: impairment
    kind: yes_no
    ask: Is it your health?
    short: Health
  - id: hours
    kind: number
    ask: How many hours?
    short: Hours
    not_sure: true
    ask_if: {question: impairment, is: ["yes"]}
  - id: helper
    kind: group
    ask: Who helps?
    short: Helper
    optional: true
    fields:
      - {id: name, kind: short_text, ask: Name, short: Name}
"""

SCHEME = """\
id: points
version: "1"
title: Points
authority: Small Council
status: illustrative
effective: {from: 2026-04-01}
plain_summary: Points become pounds.
questions:
  - id: hygiene
    points: {alone: 0, some: 5}
streams:
  - id: care
    title: Care
    price_per_point: {rate: 2.50}
"""

POLICY = """\
id: care-act
title: The Care Act
about: The law.
group: adult
status: in_force
valid_from: 2015-04-01
sources: [{title: The law, web: "https://example.org/law"}]
limbs:
  - id: impairment
    kind: said
    title: Health
    met: {question: impairment, is: ["yes"]}
    not_met: {question: impairment, is: ["no"]}
    reasons: {met: Yes., not_met: No., not_known: Not known.}
  - id: outcomes
    kind: outcomes
    title: Outcomes
    needed: 1
    ways: [{id: pain, title: It hurts}]
    outcomes:
      - {id: hygiene, letter: b, title: Washing, level: hygiene, unable: hygiene_unable, able: [alone]}
    reasons: {met: Yes., not_met: No., not_known: Not known.}
likely: {title: Likely, about: A, next: [N]}
not_likely: {title: Not likely, about: A, next: [N]}
cannot_say: {title: Not known, about: A, next: [N]}
"""

FILES = {
    "council.yaml": COUNCIL,
    "triggers.yaml": TRIGGERS,
    "privacy.yaml": PRIVACY,
    "planners.yaml": PLANNERS,
    "money.yaml": MONEY,
    "prevention.yaml": PREVENTION,
    "prices.yaml": PRICES,
    "samples.yaml": SAMPLES,
    "questions/01-outcomes.yaml": OUTCOMES,
    "questions/02-more.yaml": MORE,
    "schemes/points.yaml": SCHEME,
    "eligibility/care-act.yaml": POLICY,
}


def write_pack(folder: Path, **changes: str | None) -> Path:
    """Write the pack into a folder, some files with other content, or none where it is ``None``.

    :param changes: content by the file's path.
    """
    for name, text in {**FILES, **changes}.items():
        if text is not None:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder


def broken(folder: Path, name: str, old: str, new: str) -> Path:
    """Write the pack with one piece of one file put in another way. The piece is there once."""
    text = FILES[name]
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
    return write_pack(folder, **{name: text.replace(old, new)})
