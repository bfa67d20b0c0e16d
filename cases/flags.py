"""The small sealed records of flags and ways, opened for people who hold a grant; no query can see them.

What the first contact raised lies in `work`. A further sending cannot write there, because the receipt does not read
it; what it raised lies in the epoch of `account` that it made, and in the head of the case. What the team closed or
raised by hand is in cases.flag_log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import broken, flag_log, flag_proof, keys, records, work
from cases.models import Case
from cases.raising import FIELD
from cases.wording import FLAGS, OTHER_WAYS, STRONG_FLAGS
from vault.errors import NoGrant, VaultError
from vault.heads import check_head, settled
from vault.keyring import Keyring
from vault.models import SealedValue
from vault.opened import Opened

TABLE, FIRST = "case", "flags"  # in `work`; see cases.raising.FIELD for what came later
Sendings = list[tuple[int, dict[str, Any]]]  # number of the version, and what it raised


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


@dataclass(frozen=True, slots=True)
class Found:
    """The flags of a case. raised: by each sending; log: what the team did since; codes: of those that are open."""

    raised: Sendings
    log: list[flag_log.Entry]
    codes: list[str]

    def since(self, case: Case, code: str) -> date | None:
        """The day on which a flag was raised last, by an answer or by hand."""
        days = dict(case.versions.values_list("number", "sent_on"))
        found = [days[number] for number, record in self.raised if code in record.get("flags", ()) and number in days]
        by_hand = [each.on for each in self.log if (each.do, each.flag) == (flag_log.RAISED, code)]
        return max([*found, *by_hand], default=None)


def marks_of(case: Case, ring: Keyring) -> Marks:
    """Flags and ways of a case; none for a viewer without a grant. A record that was changed or taken out shows."""

    def both() -> tuple[list[str], Sendings]:
        found = found_in(case, ring)
        return found.codes, found.raised

    return _marks(case, both)


def flags_of(case: Case, ring: Keyring, *, has_more: bool = True) -> list[Flag]:
    """The open flags of a case for a list, strong ones first; has_more: see added_in().

    Signatures are verified, the head of the case is not: that a record of a further sending was taken out shows on the
    page of the case, and so does a closing by somebody who may not.
    """

    def both() -> tuple[list[str], Sendings]:
        team = work.opened(case, ring)
        raised = [(0, _first(case, team)), *(_added(case, ring) if has_more else [])]
        return flag_log.open_codes(raised, flag_log.contents(case, team)), raised

    return _marks(case, both).flags


def found_in(case: Case, ring: Keyring) -> Found:
    """Everything about the flags of a case, verified: no sending is missing, and whoever closed one might.

    Raises vault.errors.NoGrant, Forged, Unstated.
    """
    return settled(case.id, lambda: _found(case, ring))


def added_in(cases: Iterable[Case]) -> dict[UUID, set[UUID]]:
    """Of those cases that have records of further sendings, by id: the epochs in which these lie."""
    rows = SealedValue.objects.filter(table=TABLE, field=FIELD, row__in=[case.id for case in cases])
    found: dict[UUID, set[UUID]] = {}
    for case, epoch in rows.values_list("row", "epoch"):
        found.setdefault(case, set()).add(epoch)
    return found


def in_words(codes: Iterable[str]) -> list[Flag]:
    """Flags in words, strong ones first."""
    flags = [Flag(str(FLAGS.get(code, code)), code in STRONG_FLAGS) for code in codes]
    return sorted(flags, key=lambda flag: (not flag.is_strong, str(flag.words)))


def first_raised(record: Any) -> dict[str, Any]:
    """What the first contact raised, as its newest record says: a list of flags, while there were no ways."""
    return record if isinstance(record, dict) else {"flags": record or []}


def _marks(case: Case, read: Callable[[], tuple[list[str], Sendings]]) -> Marks:
    try:
        codes, raised = read()
    except NoGrant:
        return Marks()
    except VaultError as error:
        broken.raise_for(case, error)
        return Marks([UNREADABLE])
    ways = sorted({code for _number, record in raised for code in record.get("ways", ())})
    return Marks(in_words(codes), [(str(what), str(act)) for code, (what, act) in OTHER_WAYS.items() if code in ways])


def _found(case: Case, ring: Keyring) -> Found:
    check_head(case.id, keys.open_whole(case, keys.MESSAGES, ring))
    team = work.opened(case, ring)
    raised = [(0, _first(case, team)), *_added(case, ring)]
    log = flag_log.read(case, team)
    for entry in log:
        if entry.do in (flag_log.CLOSED, flag_log.RAISED):
            flag_proof.require(case, ring, entry)
    return Found(raised, log, flag_log.open_codes(raised, flag_log.contents(case, team)))


def _first(case: Case, team: list[Opened]) -> dict[str, Any]:
    return first_raised(records.read_newest(team, TABLE, FIRST, case.id))


def _added(case: Case, ring: Keyring) -> Sendings:
    account = keys.open_whole(case, keys.ACCOUNT, ring)
    return [(value.version, content) for value, content in records.read_all(account, TABLE, case.id, FIELD)]
