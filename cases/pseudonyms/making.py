"""The input of a pseudonymised dossier, made while it is asked for: the worker never gets what was replaced."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases import records
from cases.access import Account, OpenedVersion
from cases.dossier.inputs import DossierInput
from cases.dossier.pseudonym.fields import pseudonymised
from cases.models import Case
from cases.pseudonyms import kept
from cases.pseudonyms.answers import identity_of
from vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Made:
    """content: the input as JSON. shown: for the lead who decides; sealed in `work`, where it names nobody."""

    content: dict[str, Any]
    shown: dict[str, Any]


def make(
    case: Case, account: Account, content: dict[str, Any], ring: Keyring, sealed: Iterable[OpenedVersion] = ()
) -> Made:
    """Replace everything that identifies, and keep the key table for the next version.

    content: the full input. sealed: versions of the sealed part, for the names of witnesses, where it was lent.
    Within a transaction. Raises vault.errors.NoGrant, Forged.
    """
    who = identity_of(kept.read(case, ring), account, sealed)
    kept.keep(case, who, ring)
    data, counts = pseudonymised(DossierInput.from_bytes(records.as_bytes(content)), who)
    made: dict[str, Any] = json.loads(data.to_bytes())
    return Made(made, {"counts": dict(counts), "digest": data.digest(), **_read_by_the_lead(data)})


def replaced(case: Case, account: Account, data: DossierInput, ring: Keyring) -> DossierInput:
    """The same replacing to look at, with the key table as it would be; nothing of it is kept."""
    return pseudonymised(data, identity_of(kept.read(case, ring), account, []))[0]


def _read_by_the_lead(data: DossierInput) -> dict[str, Any]:
    """What is typed in the dossier, after replacing: the fact sentences and the account."""
    told = [
        [answer.question_id, answer.lang, answer.value]
        for section in data.account
        for answer in section.answers
        if answer.value_en is None or answer.own_words
    ]
    return {"facts": [fact.text for fact in data.facts if fact.source != "public"], "account": told}
