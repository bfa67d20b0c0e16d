"""The safety hold: while a case is in it, nothing of it goes outside but letters through the code."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cases.errors import NotReady
from cases.models import Case

CODE = "safety_hold"
WORDS = _("The case is in safety hold. Nothing of it goes outside until the hold is lifted.")


def is_held(case_id: UUID) -> bool:
    """Is a case in safety hold now? Asks the database, whatever an object in memory says."""
    return Case.objects.filter(id=case_id, status=Case.Status.SAFETY_HOLD).exists()


def require_no_hold(case_id: UUID) -> None:
    """Raise NotReady("safety_hold") for a case in safety hold."""
    if is_held(case_id):
        raise NotReady(CODE)
