"""Cases as rows alone: for lists and numbers, where nothing of a case is opened."""

from __future__ import annotations

from secrets import token_bytes
from typing import Any

from cases.models import Assignment, Case
from people.models import Person
from vault.models import KeyPair, today


def bare(**columns: Any) -> Case:
    """A case that has columns and nothing sealed."""
    [made] = many(1, **columns)
    return made


def many(count: int, **columns: Any) -> list[Case]:
    """So many of them."""
    pairs = [KeyPair(use="receipt", kem_public=b"", sign_public=b"", fingerprint=token_bytes(32)) for _ in range(count)]
    KeyPair.objects.bulk_create(pairs)
    cases = [
        Case(**{"tag": token_bytes(32), "receipt": pair, "language": "be", "has_news": False} | columns)
        for pair in pairs
    ]
    return Case.objects.bulk_create(cases)


def working(case: Case, person: Person) -> Assignment:
    """Somebody works on it, as a row says."""
    return Assignment.objects.create(case=case, person=person, by=person, accepted_on=today())
