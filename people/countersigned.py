"""At a lead's sign-in the audit chain is countersigned, or the leads are alarmed because it was rewritten."""

from __future__ import annotations

from people.alarms import raise_alarm
from people.models import Person, Role
from vault.audit import CHAIN
from vault.countersigning import countersign
from vault.errors import Forged
from vault.keyring import Keyring

REWRITTEN = "audit_rewritten"


def at_sign_in(person: Person, ring: Keyring) -> None:
    """Let a lead's key sign the newest link. A chain that does not continue from the lead's last word raises an alarm.

    A deputy signs nothing: the directory does not call the deputy's key a lead's.
    """
    if person.role != Role.LEAD:
        return
    try:
        countersign(ring.signer)
    except Forged:
        raise_alarm(REWRITTEN, "auditbatch", CHAIN, person.id)
