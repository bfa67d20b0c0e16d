"""What leaves the house goes through here: nothing without a permission that the survivor signed and has not ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from cases import blocks, records, work
from cases.actions.approving import Agreed
from cases.errors import NotConsented
from cases.flag_rules import MEDIA as TO_MEDIA
from cases.hold import require_no_hold
from cases.limits import limits_of
from cases.models import Case, HandOver
from cases.permission import COURT, outcome
from people.models import Person
from vault import audit
from vault.errors import Forged
from vault.keyring import Keyring

TABLE, FIELD = "hand_over", "what"
OTHERS, NATIONS, MEDIA, SANCTIONS = "CNS-08", "CNS-06", "CNS-11", "CNS-12"
SCOPES = {"other": OTHERS, "icc": COURT, "un": NATIONS, "sanctions": SANCTIONS, "media": MEDIA}


@dataclass(frozen=True, slots=True)
class Handed:
    """One hand-over. scope: the permission it rests on; body, what: in the asker's words."""

    row: HandOver
    scope: str
    body: str
    what: str

    @property
    def on(self) -> date:
        """The day on which two people agreed to it."""
        return self.row.made_on


@transaction.atomic
def hand_over(agreed: Agreed, *, by: Person, ring: Keyring) -> HandOver:
    """Record that something goes to a body, which two people agreed to. agreed.content: {"to", "body", "what"}.

    Raises NotReady("safety_hold", "flag_media"), NotConsented with the permission that is missing or was taken back.
    """
    case, content = agreed.case, agreed.content
    require_no_hold(case.id)
    scope = SCOPES[content["to"]]
    if scope == MEDIA:
        blocks.require_free(case, ring, TO_MEDIA)
    require_scope(case, ring, scope)
    row = HandOver.objects.create(case=case)
    told = {"scope": scope, "body": content["body"], "what": content["what"], "approval": str(agreed.approval.id)}
    work.write(case, ring, TABLE, FIELD, row.id, told)
    audit.record("case.handed_over", "case", case.id, by=by.id, detail={"hand_over": str(row.id)})
    return row


def require_scope(case: Case, ring: Keyring, scope: str) -> None:
    """Raise NotConsented unless the newest signed answer to a permission is yes, and reading was not taken back.

    "helper" when somebody else tells it who has not asked the person.
    """
    limits = limits_of(case, ring)
    if limits.is_without_mandate:
        raise NotConsented("helper")
    if limits.is_over:
        raise NotConsented("all")
    if outcome(scope, limits.answers.get(scope)) != "yes":
        raise NotConsented(scope)


def handed(case: Case, ring: Keyring) -> list[Handed]:
    """Everything that went to a body, oldest first. Raises Forged when a row or its record is missing, NoGrant."""
    opened = work.opened(case, ring)
    rows = list(case.hand_overs.all())
    records.require_rows(opened, TABLE, [row.id for row in rows])
    return [_handed(row, records.read_newest(opened, TABLE, FIELD, row.id, never_by=case.receipt_id)) for row in rows]


def _handed(row: HandOver, content: Any) -> Handed:
    if content is None:
        raise Forged(f"hand-over {row.id}: no record")
    return Handed(row, content["scope"], content["body"], content["what"])
