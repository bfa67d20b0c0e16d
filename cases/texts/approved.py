"""The person's yes as a dossier for filing takes it: to just these words, this authority and lawyer, after its time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cases.dossier import final
from cases.dossier.agreed import digest
from cases.dossier.inputs import DossierInput, Filing
from cases.errors import NotReady
from cases.models import Case, Dossier
from cases.records import as_bytes
from cases.texts import shown
from cases.texts.shown import YES, Answer, Shown
from people.models import Person
from vault.keyring import Keyring


def filing_for(case: Case, ring: Keyring, data: DossierInput, lawyer: Person) -> Filing:
    """The yes for the words of this input, whose column may say anything.

    Raises NotReady: "approval" without one, "approval_other" for other words, another authority or another lawyer,
    "approval_time" before its time is over; vault.errors.Forged, NoGrant.
    """
    found = [(text, *shown.read(text, ring)) for text in shown.open_texts(case) if text.variant == data.variant]
    agreed = [(text, said, answer) for text, said, answer in found if answer is not None and answer.answer == YES]
    if not agreed:
        raise NotReady("approval")
    _text, said, answer = agreed[0]
    _require_same(said, data, lawyer)
    if shown.free_from(said, answer) > _now():
        raise NotReady("approval_time")
    return _filing(said, answer)


def with_yes(dossier: Dossier, ring: Keyring, content: dict[str, Any]) -> dict[str, Any]:
    """The input of a request with the person's yes to it. Raises NotReady with what is missing, see filing_for()."""
    data = _revived(content)
    data = replace(data, filing=filing_for(dossier.case, ring, data, dossier.lawyer))
    for code in final.unmet(data):
        raise NotReady(f"release_{code}")
    filed: dict[str, Any] = json.loads(data.to_bytes())
    return filed


def digest_of(content: dict[str, Any]) -> str:
    """Of the input of a request, as the colophon has it."""
    return _revived(content).digest()


def _revived(content: dict[str, Any]) -> DossierInput:
    return DossierInput.from_bytes(as_bytes(content))


def _require_same(said: Shown, data: DossierInput, lawyer: Person) -> None:
    is_same = (said.digest, said.forum, said.rendering) == (
        digest(data), str(data.route.get("forum", "")), data.rendering,
    )  # fmt: skip
    if not is_same or said.fingerprint != bytes(lawyer.pair.fingerprint).hex():
        raise NotReady("approval_other")


def _filing(said: Shown, answer: Answer) -> Filing:
    return Filing(said.digest, said.at[:10], answer.at[:10], said.language, bool(said.aloud))


def _now() -> datetime:
    return datetime.now(UTC)
