"""The sessions of one person: seen and ended by their owner, or ended all at once with the access."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from people.models import Person
from vault.envelope.encoding import pack
from vault.models import SealedSession
from vault.session import lookup_of


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as its owner sees it. `id` names it in a form; it is derived from the row and opens nothing."""

    id: str
    made_at: datetime | None
    seen_at: datetime | None
    is_locked: bool
    is_this: bool


def mine(person: Person, key: str | None = None) -> list[OwnSession]:
    """The sessions of a person, last used first. `key`: the cookie value of the session that asks."""
    here = lookup_of(key) if key else ""
    return [
        OwnSession(_public(row.lookup), row.made_at, row.seen_at, row.seed_blob is None, row.lookup == here)
        for row in SealedSession.objects.filter(holder=person.id).order_by("-seen_at")
    ]


def end(person: Person, public_id: str) -> bool:
    """End one session of this person. False when there is none of that name."""
    lookups = SealedSession.objects.filter(holder=person.id).values_list("lookup", flat=True)
    found = [lookup for lookup in lookups if _public(lookup) == public_id]
    return bool(found) and SealedSession.objects.filter(lookup=found[0]).delete()[0] > 0


def end_all(person: Person, except_key: str | None = None) -> int:
    """End every session of a person, but for the one with that cookie value, and return how many there were."""
    found = SealedSession.objects.filter(holder=person.id)
    return (found.exclude(lookup=lookup_of(except_key)) if except_key else found).delete()[0]


def _public(lookup: str) -> str:
    return hashlib.sha256(pack("own session", lookup)).hexdigest()[:24]
