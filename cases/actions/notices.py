"""Telling a survivor by e-mail that there is something new, and nothing else."""

from __future__ import annotations

from cases.errors import Refused
from cases.models import Case
from cases.notices import BY_TIME, OK, SENT, notice_for, words_in
from people import mailing
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.keyring import Keyring

FAILED = "failed"


def tell(*, case: Case, by: Person, ring: Keyring, now_is_fine: bool = False) -> str:
    """Send it, and return OK; else a code of cases.notices, or FAILED, and nothing has been sent.

    Not in a transaction: a mail server may take its time, and nobody else is kept waiting for it. now_is_fine: a member
    has looked at the times at which the person may be reached. Raises Refused, vault.errors.NoGrant, Forged.
    """
    decision = may(by, Permission.WRITE_LETTER, case)
    if not decision.ok:
        raise Refused(decision.reason)
    notice = notice_for(case, ring)
    if notice.why_not != OK and not (notice.why_not == BY_TIME and now_is_fine):
        return notice.why_not
    subject, body = words_in(notice.language)
    if not mailing.send(to=notice.address, subject=subject, body=body):
        return FAILED
    audit.record(SENT, "case", case.id, by=by.id)
    return OK
