"""A lawyer says that a delivered dossier is not right. A closed list, because the answer stands in a column."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.errors import Refused
from cases.models import Dossier
from people.models import Person
from people.permissions import Permission, may
from vault import audit

TROUBLES = {
    "not_complete": _("Something is missing"),
    "not_verified": _("It does not verify"),
    "not_readable": _("A file cannot be opened or read"),
    "not_mine": _("It is not meant for me, or I may not act"),
    "other": _("Something else; please ask me"),
}
PREFIX = "lawyer:"  # tells a lawyer's word from a worker's in the same column


@transaction.atomic
def report_trouble(*, dossier: Dossier, by: Person, code: str) -> None:
    """Keep the lawyer's answer with the dossier. Raises Refused for another lawyer or an unknown code."""
    if not may(by, Permission.RECEIVE_DOSSIER).ok or dossier.lawyer_id != by.id or code not in TROUBLES:
        raise Refused("another_lawyer")
    Dossier.objects.filter(id=dossier.id).update(trouble=PREFIX + code)
    audit.record("dossier.trouble", "dossier", dossier.id, by=by.id, detail={"code": code})


def reported(dossier: Dossier) -> str:
    """What the lawyer reported, in words, or ""."""
    if not dossier.trouble.startswith(PREFIX):
        return ""
    return str(TROUBLES.get(dossier.trouble.removeprefix(PREFIX), ""))
