"""After a permission was taken back: the letter to the person, and the note that a holder of a copy was written to."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cases import ledger, urgency, work
from cases.actions import letters, tasks
from cases.copies import FIELD, TABLE, Copy, copies
from cases.errors import Refused
from cases.models import Case, Message, Task
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.keyring import Keyring
from vault.models import today

ANSWER_DAYS = 1  # working days until a holder is written to


@transaction.atomic
def write_to_person(*, case: Case, by: Person, ring: Keyring, text: str, language: str) -> Message:
    """Send the letter as the member wrote it, and note that it went. Raises Refused ("no_withdrawal")."""
    newest = _newest(case, by, ring)
    message = letters.write_from_team(case=case, by=by, ring=ring, text=text, language=language)
    work.write(case, ring, TABLE, FIELD, case.id, {"withdrawal": newest})
    return message


@transaction.atomic
def note_sent(*, case: Case, copy: Copy, by: Person, ring: Keyring) -> None:
    """A member has written to a holder by the safe way. Raises Refused: "no_withdrawal"."""
    newest = _newest(case, by, ring)
    if not copy.is_over:
        raise Refused("no_withdrawal")
    work.write(case, ring, TABLE, FIELD, copy.id, {"withdrawal": newest})
    audit.record("consent.holder_told", "case", case.id, by=by.id)


def make_task(*, case: Case, copy: Copy, by: Person, ring: Keyring) -> Task:
    """Put it on the member's own list, for the next working day. Raises Refused."""
    words = _("Write to %(who)s: the permission was taken back. Stop, destroy, or tell us.") % {"who": copy.who}
    due_on = urgency.working_day(today(), ANSWER_DAYS)
    return tasks.add(case=case, by=by, ring=ring, words=words, due_on=due_on, person=by)


def find(case: Case, ring: Keyring, copy_id: object) -> Copy | None:
    """A holder by its id."""
    found = copies(case, ring, ledger.ledger(case, ring).withdrawal)
    return next((each for each in found if str(each.id) == str(copy_id)), None)


def _newest(case: Case, by: Person, ring: Keyring) -> int:
    decision = may(by, Permission.SEE_CONSENTS, case)
    if not decision.ok:
        raise Refused(decision.reason)
    Case.objects.select_for_update().get(id=case.id)
    newest = ledger.ledger(case, ring).withdrawal
    if not newest:
        raise Refused("no_withdrawal")
    return newest
