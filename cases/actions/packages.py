"""A finished dossier in the lawyer's hands: opened, downloaded, acknowledged. Only what a worker packed is believed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import records
from cases.actions.dossiers import PACKAGE, reference, require
from cases.dossier.inputs import FULL
from cases.errors import NotReady, Refused
from cases.hold import require_no_hold
from cases.models import Dossier
from cases.permission import is_stopped
from people.models import Person
from people.permissions import Permission, may
from vault import audit, files
from vault.authors import require_founder
from vault.directory import statement_for
from vault.envelope.stream import StreamOpener
from vault.keyring import Keyring
from vault.models import Compartment, KeyPair
from vault.opened import Opened


def open_package(*, dossier: Dossier, by: Person, ring: Keyring) -> tuple[str, int, StreamOpener]:
    """Open the finished package as (file name, size in bytes, stream).

    Raises Refused, NotReady("package"), NotReady("safety_hold"), NotReady("taken_back").
    """
    require_receiver(dossier, by)
    require_no_hold(dossier.case_id)
    if is_stopped(dossier.id):
        raise NotReady("taken_back")
    opened = package_opened(dossier, ring)
    found = files.find_key(_file(dossier), opened)
    audit.record("dossier.downloaded", "dossier", dossier.id, by=by.id)
    Dossier.objects.filter(id=dossier.id, delivered_at=None).update(delivered_at=timezone.now())
    return f"{named(dossier, package_facts(dossier, ring))}.zip", found.size, files.open_stream(found)


def named(dossier: Dossier, facts: dict[str, Any]) -> str:
    """The name of the package without its ending: it says so of a pseudonymised one. facts: of package_facts()."""
    is_full = facts.get("rendering", FULL) == FULL
    return reference(dossier) if is_full else f"{reference(dossier)}_{facts['rendering']}"


def look_into(*, dossier: Dossier, ring: Keyring) -> tuple[int, StreamOpener]:
    """The finished package as (size in bytes, stream), to look up what is in it: no download.

    Raises NotReady("package").
    """
    found = files.find_key(_file(dossier), package_opened(dossier, ring))
    return found.size, files.open_stream(found)


def package_facts(dossier: Dossier, ring: Keyring) -> dict[str, Any]:
    """What stands on the lawyer's page: {"files": [[name, size, sha256]], "pages", "client": [...]}."""
    found: dict[str, Any] = records.read_newest([package_opened(dossier, ring)], "dossier", "contents", dossier.id)
    return found


@transaction.atomic
def acknowledge(*, dossier: Dossier, by: Person, ring: Keyring) -> None:
    """The lawyer confirms, signed, that the package arrived whole."""
    require_receiver(dossier, by)
    content = {"received": True, "at": timezone.now().isoformat(timespec="minutes")}
    records.write_next(package_opened(dossier, ring), "dossier", "acknowledgement", dossier.id, content, ring.signer)
    Dossier.objects.filter(id=dossier.id).update(state=Dossier.State.ACKNOWLEDGED, acknowledged_at=timezone.now())
    audit.record("dossier.acknowledged", "dossier", dossier.id, by=by.id)


def package_opened(dossier: Dossier, ring: Keyring) -> Opened:
    """Open what a worker has packed. Raises NotReady("package"), Forged or Unstated if nobody admitted that worker."""
    found = Compartment.objects.select_related("founder").filter(kind=PACKAGE, owner=dossier.id).first()
    if found is None:
        raise NotReady("package")
    require_founder(found, found.founder)
    statement_for(found.founder, {KeyPair.Use.WORKER}, found.made_on)
    return ring.latest(found)


def _file(dossier: Dossier) -> Any:
    if dossier.file is None:
        raise NotReady("package")
    return dossier.file


def require_receiver(dossier: Dossier, by: Person) -> None:
    """Raise Refused for anybody but the lawyer it is for, NotReady("package") before it is there."""
    require(may(by, Permission.RECEIVE_DOSSIER))
    if dossier.lawyer_id != by.id:
        raise Refused("another_lawyer")
    if dossier.state not in (Dossier.State.READY, Dossier.State.ACKNOWLEDGED):
        raise NotReady("package")
