"""What a council tells and offers to carers: adults who look after another adult without pay."""

from __future__ import annotations

from pydantic import Field

from portal.pack.council import Contact
from portal.pack.prevention import Prevention
from portal.pack.text import Text
from portal.pack.values import Identifier, Value


class Signpost(Value):
    """Who helps carers whose rights stand in another law.

    :ivar title: the question that tells whether it is about the reader.
    :ivar about: what rights they have, and what is done.
    :ivar contact: who to turn to.
    """

    title: Text
    about: Text
    contact: Contact


class Carers(Prevention):
    """``carers.yaml``: what carers are told, and the offers that may help them.

    :ivar about: what stands above the offers.
    :ivar offers: help for carers; ``when`` reads the answers of the folder ``carer-questions``.
    :ivar welcome: what an assessment of one's own is, above its beginning.
    :ivar next: what happens when the questions are answered, a step each.
    :ivar young: for carers under 18 (Care Act 2014, section 63).
    :ivar parents: for parents of a disabled child (Children Act 1989, section 17ZD).
    :ivar counts_as: by question of the allocation scheme, the carer's own question that is read in its
        place for money of the carer's own.
    """

    welcome: tuple[Text, ...] = Field(min_length=1)
    next: tuple[Text, ...] = Field(min_length=1)
    young: Signpost
    parents: Signpost
    counts_as: dict[Identifier, Identifier] = {}
