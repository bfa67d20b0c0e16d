"""What was told at once, each answer sealed into the compartment that the catalogue names for its question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cases import keys, records
from cases.models import StatementVersion
from cases.statement import catalogue
from vault.opened import Opened
from vault.places import Place
from vault.signers import Signer

Section = dict[str, dict[str, Any]]  # by question id, {"value": ..., "lang": ...}
TABLE = "statement"
ALONE = "sent"  # the section of a version that tells nothing in `account`
SEALED_BYTES = 16 * 1024  # `sealed` is this long at least: its size does not tell whether something is in it


def seal_told(
    told: Mapping[str, Section], version: StatementVersion, opened: Mapping[str, Opened], signer: Signer
) -> None:
    """Seal a version. told: by section id; opened: the epochs to write to, by kind.

    `account` and `sealed` get a record of every version, whatever was answered: readers compare the versions with the
    records of the first, and that there is one in the second says nothing.
    """
    parts = _by_compartment(told)
    for kind, sections in parts.items():
        for section, answers in sections.items() if kind != keys.SEALED else ():
            _write(opened[kind], section, record_of(answers, version), version, signer)
    if keys.ACCOUNT not in parts:
        _write(opened[keys.ACCOUNT], ALONE, record_of({}, version), version, signer)
    apart = _lengthened(record_of(parts.get(keys.SEALED, {}), version))
    _write(opened[keys.SEALED], keys.SEALED, apart, version, signer)


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


def _write(opened: Opened, field: str, record: dict[str, Any], version: StatementVersion, signer: Signer) -> None:
    records.write(opened, Place(TABLE, field, version.id), record, signer)
