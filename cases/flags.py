"""The small sealed record of flags, opened for people who hold a grant; no query can see it."""

from __future__ import annotations

from dataclasses import dataclass

from cases import broken, records, work
from cases.models import Case
from cases.wording import FLAGS, STRONG_FLAGS
from vault.errors import NoGrant, VaultError
from vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag in words; strong ones are filled."""

    words: str
    is_strong: bool


UNREADABLE = Flag("Flags do not verify", is_strong=True)


def flags_of(case: Case, ring: Keyring) -> list[Flag]:
    """The flags of a case, strong ones first; none for a viewer without a grant. A record that was changed shows."""
    try:
        codes = records.read_newest(work.opened(case, ring), "case", "flags", case.id)
    except NoGrant:
        return []
    except VaultError as error:
        broken.raise_for(case, error)
        return [UNREADABLE]
    found = [Flag(FLAGS.get(code, code), code in STRONG_FLAGS) for code in codes or []]
    return sorted(found, key=lambda flag: (not flag.is_strong, flag.words))
