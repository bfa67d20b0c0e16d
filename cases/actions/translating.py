"""Translations that members type by hand, for orientation: sealed in `work`, by version of the account and language.

They are no evidence by themselves. They leave the house as annex B2 of a dossier alone, which says whether a translator
has certified them (cases.actions.certifying). A change is a further version; every older one stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases import records, work
from cases.errors import Conflict, Refused
from cases.models import Case, StatementVersion
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.directory import statement_for
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import KeyPair, SealedValue
from vault.opened import Opened, values_in

TABLE = "translation"  # the row is a version of the account, the field a language
LANGUAGES = ("en", "ru", "be", "lt", "pl", "de")
LIMIT = 100_000  # characters of one answer, as of a letter


@dataclass(frozen=True, slots=True)
class Translation:
    """The newest version of a translation. texts: by the key of the answer (see cases.reading.Item).

    by: the id of the member whom the directory names for the key that signed it; revision: 1 for the first.
    """

    of: UUID
    language: str
    revision: int
    texts: Mapping[str, str]
    by: UUID
    at: datetime


def translations(case: Case, ring: Keyring) -> list[Translation]:
    """Every translation as it stands now. Raises vault.errors.NoGrant, Forged."""
    opened = work.opened(case, ring)
    newest = {(value.row, value.field): value for value in values_in(opened, table=TABLE)}
    return [_translation(value, opened) for value in newest.values()]


def translation(case: Case, ring: Keyring, version: StatementVersion, language: str) -> Translation | None:
    """One of them, or None."""
    found = translations(case, ring)
    return next((each for each in found if (each.of, each.language) == (version.id, language)), None)


@transaction.atomic
def save_translation(
    *, case: Case, version: StatementVersion, by: Person, ring: Keyring, language: str, texts: Mapping[str, str],
    seen: int,
) -> int:  # fmt: skip
    """Seal a translation, or the next version of it, and return its revision. Answers not in `texts` stay as they were.

    seen: the revision that was on the page, 0 if there was none. Raises Conflict when somebody saved another meanwhile:
    `theirs` has their texts by key. Raises Refused, vault.errors.NoGrant, Forged.
    """
    decision = may(by, Permission.READ_ACCOUNT, case)
    if not decision.ok or version.case_id != case.id or language not in LANGUAGES:
        raise Refused(decision.reason or "no such language")
    Case.objects.select_for_update().get(id=case.id)
    now = translation(case, ring, version, language)
    before = dict(now.texts) if now else {}
    whole = {key: text for key, text in {**before, **texts}.items() if text.strip()}
    if now is not None and whole == before:
        return now.revision
    if (now.revision if now else 0) != seen:
        raise Conflict({key: {"text": text} for key, text in before.items()}, now.revision if now else 0)
    content = {"number": version.number, "texts": whole, "at": timezone.now().isoformat(timespec="minutes")}
    revision = work.write(case, ring, TABLE, language, version.id, content)
    audit.record("account.translated", "case", case.id, by=by.id, detail={"version": version.number})
    return revision


def _translation(value: SealedValue, opened: Sequence[Opened]) -> Translation:
    """Open one; only a person of the directory writes one. Raises vault.errors.Forged or Unstated."""
    content = records.content_of(value, opened)
    holder = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on).holder
    if holder is None:
        raise Forged(f"sealed value {value.id}: in nobody's hand")
    at = datetime.fromisoformat(content["at"])
    return Translation(value.row, value.field, value.version, content["texts"], holder, at)
