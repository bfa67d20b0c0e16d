"""What was told at once, each answer sealed into the compartment that the catalogue names for its question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cases import keys, records
from cases.models import StatementVersion
from cases.statement import catalogue
from vault.models import SealedValue
from vault.opened import Opened, save_values
from vault.places import Place
from vault.signers import Signer

Section = dict[str, dict[str, Any]]  # by question id, {"value": ..., "lang": ...}
TABLE = "statement"
ALONE = "sent"  # the section of a version that tells nothing in `account`
SEALED_BYTES = 16 * 1024  # `sealed` is this long at least: its size does not tell whether something is in it


def seal_told(
    told: Mapping[str, Section], version: StatementVersion, opened: Mapping[str, Opened], signer: Signer
) -> None:
    """Seal a version and save it. See sealed_told()."""
    save_values(sealed_told(told, version, opened, signer))


def sealed_told(
    told: Mapping[str, Section], version: StatementVersion, opened: Mapping[str, Opened], signer: Signer
) -> list[SealedValue]:
    """A version as sealed values, not saved yet. told: by section id; opened: the epochs to write to, by kind.

    `account` and `sealed` get a record of every version, whatever was answered: readers compare the versions with the
    records of the first, and that there is one in the second says nothing.
    """
    parts = _by_compartment(told)
    records_of = [
        (kind, section, record_of(answers, version))
        for kind, sections in parts.items()
        if kind != keys.SEALED
        for section, answers in sections.items()
    ]
    if keys.ACCOUNT not in parts:
        records_of.append((keys.ACCOUNT, ALONE, record_of({}, version)))
    records_of.append((keys.SEALED, keys.SEALED, _lengthened(record_of(parts.get(keys.SEALED, {}), version))))
    return [
        records.sealed(opened[kind], Place(TABLE, field, version.id), record, signer)
        for kind, field, record in records_of
    ]


def record_of(answers: Mapping[str, Any], version: StatementVersion) -> dict[str, Any]:
    """Answers as they are sealed: with what the version's row says, so that versions cannot change places."""
    return {
        "answers": answers, "number": version.number, "catalogue": version.catalogue, "language": version.language,
        "sent_at": timezone.now().isoformat(timespec="minutes"),
    }  # fmt: skip


def _by_compartment(told: Mapping[str, Section]) -> dict[str, dict[str, Section]]:
    """The answers by compartment, section and question."""
    parts: dict[str, dict[str, Section]] = {}
    for section, answers in told.items():
        for question_id, answer in answers.items():
            kind = catalogue.question(question_id).compartment
            parts.setdefault(kind, {}).setdefault(section, {})[question_id] = answer
    return parts


def _lengthened(record: dict[str, Any]) -> dict[str, Any]:
    """With as many dots as are missing to SEALED_BYTES."""
    size = len(json.dumps(record, ensure_ascii=False).encode())
    return {**record, "filler": "." * max(SEALED_BYTES - size, 0)}
