"""The small sealed records of flags and ways, opened for people who hold a grant; no query can see them.

What the first contact raised lies in `work`. A further sending cannot write there, because the receipt does not read
it; what it raised lies in the epoch of `account` that it made, and in the head of the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import broken, keys, records, work
from cases.models import Case
from cases.raising import FIELD
from cases.wording import FLAGS, OTHER_WAYS, STRONG_FLAGS
from vault.errors import NoGrant, VaultError
from vault.heads import check_head, settled
from vault.keyring import Keyring
from vault.models import SealedValue

TABLE, FIRST = "case", "flags"  # in `work`; see cases.raising.FIELD for what came later


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag in words; strong ones are filled."""

    words: str | Promise
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """What answers raised, in words: flags, strong ones first, and ways as (who or what it is about, what to do)."""

    flags: list[Flag] = field(default_factory=list)
    ways: list[tuple[str, str]] = field(default_factory=list)


UNREADABLE = Flag(_("Flags do not verify"), is_strong=True)


def marks_of(case: Case, ring: Keyring) -> Marks:
    """Flags and ways of a case; none for a viewer without a grant. A record that was changed or taken out shows."""
    return _marks(case, ring, lambda: settled(case.id, lambda: _checked(case, ring)))


def flags_of(case: Case, ring: Keyring, *, has_more: bool = True) -> list[Flag]:
    """The flags of a case for a list, strong ones first; has_more: see with_more().

    Signatures are verified, the head of the case is not: that a record of a further sending was taken out shows on the
    page of the case.
    """
    return _marks(case, ring, lambda: _added(case, ring) if has_more else []).flags


def with_more(cases: Iterable[Case]) -> set[UUID]:
    """The ids of those cases that have a record of a further sending."""
    rows = SealedValue.objects.filter(table=TABLE, field=FIELD, row__in=[case.id for case in cases])
    return set(rows.values_list("row", flat=True))


def _marks(case: Case, ring: Keyring, added: Callable[[], list[dict[str, Any]]]) -> Marks:
    try:
        found = [_first(case, ring), *added()]
    except NoGrant:
        return Marks()
    except VaultError as error:
        broken.raise_for(case, error)
        return Marks([UNREADABLE])
    return Marks(in_words(found), _ways(_codes(found, "ways")))


def in_words(found: list[dict[str, Any]]) -> list[Flag]:
    """The flags of what was raised, strong ones first."""
    flags = [Flag(str(FLAGS.get(code, code)), code in STRONG_FLAGS) for code in _codes(found, "flags")]
    return sorted(flags, key=lambda flag: (not flag.is_strong, str(flag.words)))


def first_raised(record: Any) -> dict[str, Any]:
    """What the first contact raised, as its newest record says: a list of flags, while there were no ways."""
    return record if isinstance(record, dict) else {"flags": record or []}


def _first(case: Case, ring: Keyring) -> dict[str, Any]:
    return first_raised(records.read_newest(work.opened(case, ring), TABLE, FIRST, case.id))


def _checked(case: Case, ring: Keyring) -> list[dict[str, Any]]:
    """What further sendings raised, after the head of the case was checked: none of them is missing."""
    check_head(case.id, keys.open_whole(case, keys.MESSAGES, ring))
    return _added(case, ring)


def _added(case: Case, ring: Keyring) -> list[dict[str, Any]]:
    account = keys.open_whole(case, keys.ACCOUNT, ring)
    return [content for _value, content in records.read_all(account, TABLE, case.id, FIELD)]


def _codes(found: list[dict[str, Any]], name: str) -> list[str]:
    return sorted({code for each in found for code in each.get(name, ())})


def _ways(codes: list[str]) -> list[tuple[str, str]]:
    return [(str(what), str(act)) for code, (what, act) in OTHER_WAYS.items() if code in codes]
