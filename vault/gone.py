"""Keys that count no longer: revoked ones, and exposed ones, which somebody has had who must not read on.

The audit trail knows of both, so that a column that was set back hides neither. Once nothing is left to do about such a
key, that is recorded too; from then on nothing new is believed because that key signed it.
"""

from __future__ import annotations

from uuid import UUID

from vault.directory import REVOKED
from vault.events import record
from vault.models import AuditEvent, KeyPair, Revocation

EXPOSED, FINISHED = "keys.exposed", "keys.finished"


def expose(pair: KeyPair) -> None:
    """Mark a key whose seed is in hands that must not read on: what it holds gets new epochs."""
    KeyPair.objects.filter(id=pair.id).update(is_exposed=True)
    pair.is_exposed = True
    if not _has_event(EXPOSED, pair):
        record(EXPOSED, "keypair", pair.id, by=None)


def finish(pairs: set[UUID]) -> None:
    """Record for each of these keys, once, that nothing is left to do about it."""
    for pair in pairs - finished():
        record(FINISHED, "keypair", pair, by=None)


def exposed() -> set[UUID]:
    """The ids of all exposed keys."""
    return {*KeyPair.objects.filter(is_exposed=True).values_list("id", flat=True), *_subjects(EXPOSED)}


def gone() -> set[UUID]:
    """The ids of all keys that count no longer."""
    return exposed() | {*Revocation.objects.values_list("pair_id", flat=True), *_subjects(REVOKED)}


def unfinished() -> set[UUID]:
    """The ids of the keys that count no longer and about which something may be left to do; by two statements."""
    exposed_now = KeyPair.objects.filter(is_exposed=True).values_list("id")
    found = {pair for (pair,) in exposed_now.union(Revocation.objects.values_list("pair_id"))}
    told = AuditEvent.objects.filter(action__in=[EXPOSED, REVOKED, FINISHED]).values_list("action", "subject")
    events = set(told)
    found |= {pair for action, pair in events if action != FINISHED}
    return found - {pair for action, pair in events if action == FINISHED}


def finished() -> set[UUID]:
    """The ids of the keys about which nothing was left to do."""
    return _subjects(FINISHED)


def is_exposed(pair: KeyPair) -> bool:
    """Has somebody had this key who must not read on?"""
    return pair.is_exposed or _has_event(EXPOSED, pair)


def is_finished(pair: KeyPair) -> bool:
    """Was everything about this key done?"""
    return _has_event(FINISHED, pair)


def _subjects(action: str) -> set[UUID]:
    return set(AuditEvent.objects.filter(action=action).values_list("subject", flat=True))


def _has_event(action: str, pair: KeyPair) -> bool:
    return AuditEvent.objects.filter(action=action, subject=pair.id).exists()
