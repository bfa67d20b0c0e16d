"""The compartments of a case, and who holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cases import records
from cases.models import Case
from people.recipients import STAFF
from vault import rows
from vault.authors import is_founded_by, require_founder
from vault.errors import Forged
from vault.heirs import Heirs, carried_all
from vault.keyring import Keyring
from vault.models import Compartment, Epoch, Grant, KeyPair, SealedValue
from vault.opened import Opened
from vault.places import Place
from vault.recipients import Recipient, organisations
from vault.signers import Signer

IDENTITY, ACCOUNT, MESSAGES, WORK, SEALED, DRAFT = "identity", "account", "messages", "work", "sealed", "draft"
ASSIGNED_KINDS = (IDENTITY, ACCOUNT, MESSAGES, WORK)
HOLDERS = ("case", "holders")  # table and field of the record that says whom a case was given to


@dataclass(frozen=True, slots=True)
class Holders:
    """Whom a case was given to: the members by id, and the intake key until somebody accepted.

    The record is sealed in `messages`, which the survivor holds too, and stands in the head of the case: whoever can
    write to the database and to no case cannot put a name into it, whatever grants or assignments are inserted.
    """

    people: frozenset[UUID] = frozenset()
    has_intake: bool = True

    @classmethod
    def of(cls, case: Case, messages: Iterable[Opened]) -> Holders:
        """Read the newest record. messages: every epoch, after the head was checked. A new case has none: intake."""
        found = records.read_newest(messages, *HOLDERS, case.id, never_by=case.receipt_id)
        return cls() if found is None else cls(frozenset(map(UUID, found["people"])), found["intake"])

    def write(self, case: Case, messages: Opened, ring: Keyring) -> None:
        """Seal this as the next record; the head must be written after it."""
        version = 1 + records.newest_version(*HOLDERS, case.id)
        self.sealed(case, messages, version, ring.signer).save(force_insert=True)

    def sealed(self, case: Case, messages: Opened, version: int, signer: Signer) -> SealedValue:
        """This as the record of a version, not saved yet."""
        content = {"people": sorted(str(person) for person in self.people), "intake": self.has_intake}
        return records.sealed(messages, Place(*HOLDERS, case.id, version), content, signer)

    def admits(self, recipient: Recipient) -> bool:
        """May this holder of one epoch be granted the next one?"""
        if recipient.pair.use == KeyPair.Use.PERSON:
            return recipient.holder in self.people and recipient.role in STAFF
        return self.has_intake or recipient.pair.use != KeyPair.Use.INTAKE


@dataclass(frozen=True, slots=True)
class Team:
    """The organisation's keys that are in use now. Read once for whatever is granted together."""

    by_use: dict[str, Recipient]

    @classmethod
    def now(cls) -> Team:
        """Raises vault.errors.Unstated if one is missing."""
        return cls(organisations("intake", "caseworkers", "leads", "recovery"))

    @property
    def of_new(self) -> list[Recipient]:
        """Everybody who holds a new case: intake, leads, recovery."""
        return [self.by_use[use] for use in ("intake", "leads", "recovery")]

    @property
    def always(self) -> list[Recipient]:
        """Everybody who gets each further epoch, whoever holds the one before."""
        return [self.by_use["leads"], self.by_use["recovery"]]

    @property
    def sides(self) -> dict[str, list[Recipient]]:
        """Who gets the two shares of `sealed`: A the caseworkers, B the leads. Nobody is both."""
        return {"a": [self.by_use["caseworkers"]], "b": [self.by_use["leads"]]}


def sealed_audience() -> dict[str, list[Recipient]]:
    """Who gets the two shares of `sealed`: A the caseworkers, B the leads. Nobody is both."""
    found = organisations("caseworkers", "leads")
    return {"a": [found["caseworkers"]], "b": [found["leads"]]}


@dataclass(frozen=True, slots=True)
class Rooms:
    """Some of a case's compartments with all their epochs, oldest first; the case's receipt opened each of them."""

    case: Case
    by_kind: dict[str, list[Epoch]]

    @classmethod
    def of(cls, case: Case, *kinds: str) -> Rooms:
        """Read them together. Raises vault.errors.Forged if another key opened one."""
        rooms = {each.id: each for each in rows.read(Compartment, owner=case.id, kind=kinds)}
        found: dict[str, list[Epoch]] = {}
        for epoch in sorted(rows.read(Epoch, compartment_id=list(rooms)), key=lambda each: each.number):
            epoch.compartment = rooms[epoch.compartment_id]
            found.setdefault(epoch.compartment.kind, []).append(epoch)
        for epochs in found.values():
            require_founder(epochs[0].compartment, case.receipt)
        return cls(case, found)

    @classmethod
    def of_each(cls, cases: Iterable[Case], *kinds: str) -> dict[UUID, Rooms]:
        """Like of(), for many cases with the statements of one, by the case's id. Expects `receipt` joined.

        A case with a compartment that another key than its receipt opened is left out.
        """
        by_id = {case.id: case for case in cases}
        rooms = {each.id: each for each in rows.read(Compartment, owner=list(by_id), kind=kinds)}
        others = {each.owner for each in rooms.values() if not is_founded_by(each, by_id[each.owner].receipt)}
        found = {case.id: cls(case, {}) for case in by_id.values() if case.id not in others}
        for epoch in sorted(rows.read(Epoch, compartment_id=list(rooms)), key=lambda each: each.number):
            epoch.compartment = rooms[epoch.compartment_id]
            if epoch.compartment.owner in found:
                found[epoch.compartment.owner].by_kind.setdefault(epoch.compartment.kind, []).append(epoch)
        return found

    def newest(self, kind: str) -> Epoch:
        """The newest epoch of a compartment. Raises vault.errors.Forged if there is none."""
        return self.all(kind)[-1]

    def all(self, kind: str) -> list[Epoch]:
        """Every epoch of a compartment. Raises vault.errors.Forged if there is none."""
        if kind not in self.by_kind:
            raise Forged(f"case {self.case.id}: no compartment {kind}")
        return self.by_kind[kind]


def audiences(
    case: Case, kinds: Iterable[str], holders: Holders, *, rooms: Rooms | None = None, heirs: Heirs | None = None,
    team: Team | None = None,
) -> dict[str, list[Recipient]]:  # fmt: skip
    """Who gets a further epoch of each kind: whoever holds the newest one by a verified grant, and should.

    Leads and the recovery kit get it always. A row that says "assigned", or a grant that somebody inserted, counts for
    nothing. rooms, heirs, team: what was read already.
    """
    wanted, team = list(kinds), team or Team.now()
    rooms = rooms or Rooms.of(case, *wanted)
    newest = [rooms.newest(kind) for kind in wanted]
    carried = carried_all(newest, Grant.Share.WHOLE, heirs or Heirs(team=team.by_use.values()))
    return {
        kind: list({each.pair.id: each for each in [*team.always, *given] if holders.admits(each)}.values())
        for kind, given in zip(wanted, carried, strict=True)
    }


def is_with_intake(case: Case) -> bool:
    """Does a row say that the intake key opens the case? For screens; keys decide."""
    return bool(with_intake([case]))


def with_intake(cases: Iterable[Case]) -> set[UUID]:
    """The ids of those cases that the intake key opens, as the rows say."""
    grants = Grant.objects.filter(epoch__compartment__kind=ACCOUNT, recipient__use=KeyPair.Use.INTAKE)
    owners = grants.filter(epoch__compartment__owner__in=[case.id for case in cases])
    return set(owners.values_list("epoch__compartment__owner", flat=True))


def require_receipt(case: Case, ring: Keyring) -> None:
    """Raise vault.errors.Forged unless this keyring is the receipt of this case."""
    if ring.pair.id != case.receipt_id:
        raise Forged(f"case {case.id}: {ring.pair.id} is not its receipt")


def compartment(case: Case, kind: str) -> Compartment:
    """One of a case's compartments. Raises vault.errors.Forged unless this case's receipt opened it."""
    found = find_compartment(case, kind)
    if found is None:
        raise Forged(f"case {case.id}: no compartment {kind}")
    return found


def find_compartment(case: Case, kind: str) -> Compartment | None:
    """Like compartment(), but None when there is none yet."""
    found = rows.first(Compartment, kind=kind, owner=case.id)
    if found is not None:
        require_founder(found, case.receipt)
    return found


def open_latest(case: Case, kind: str, ring: Keyring) -> Opened:
    """The newest epoch of a compartment. Raises vault.errors.NoGrant."""
    return ring.latest(compartment(case, kind))


def open_every(case: Case, kind: str, ring: Keyring) -> list[Opened]:
    """All epochs of a compartment that the ring may open, oldest first."""
    return ring.open_all(compartment(case, kind))


def open_whole(case: Case, kind: str, ring: Keyring) -> list[Opened]:
    """All epochs of a compartment, oldest first. Raises vault.errors.NoGrant if a grant to one of them is missing."""
    return ring.open_many(Rooms.of(case, kind).all(kind))
