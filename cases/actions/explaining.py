"""After a complaint was filed: what can still be taken back, explained in the lawyer's words, and the person's stop.

The explanation stands in the letter after a withdrawal; a signed record in `messages`, which the person holds too, says
that it does. Only then does the person stop what is filed: nobody stops it without knowing what that can still do.
"""

from __future__ import annotations

from django.db import transaction

from cases import guards, keys, records
from cases.actions import moving
from cases.guards import Sight
from cases.lawyers.proposals import opened_messages
from cases.models import Case
from cases.texts.limits import FIELD, STEP, TABLE
from cases.workflow import is_possible
from people.models import Person
from vault import audit
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import today


@transaction.atomic
def note(*, case: Case, by: Person, ring: Keyring) -> None:
    """Seal that the letter which was just written holds what the lawyer explained; nothing where nothing is filed."""
    moving.lock(case)
    if not is_possible(case, STEP):
        return
    messages = opened_messages(case, ring)
    records.write_next(messages[-1], TABLE, FIELD, case.id, {"on": today().isoformat()}, ring.signer)
    write_head(case.id, messages[-1], ring.signer)
    audit.record("limits.explained", "case", case.id, by=by.id)


@transaction.atomic
def stop(*, case: Case, receipt: Keyring, seen: str = "") -> None:
    """The person stops what is filed, as far as it can be. Raises NotReady("limits_explained"), Refused("stale")."""
    keys.require_receipt(case, receipt)
    moving.lock(case)
    guards.require(STEP, Sight(case, receipt))
    moving.apply(case, STEP, receipt=receipt, seen=seen, has_news=True, heard_on=today())
