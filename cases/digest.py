"""One mail a day to members who want it: how many things wait, and nothing else. From readable columns alone.

It goes in the first run of the day, whatever happened since: a mail at the hour at which something arrives would tell
the mail company the hour of a survivor's act.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext, ngettext

from cases import due_tasks, navigation, queue
from cases.models import Assignment, Dossier, Proposal
from people import mailing
from people.models import Person
from people.permissions import Permission, may
from vault.models import today

HOUR = 6  # UTC; the first run after it


def send_all(now: datetime) -> int:
    """Send what is due today and return how many mails went out. A second run on the same day sends nothing."""
    if not mailing.is_on() or now.hour < HOUR:
        return 0
    return sum(_send(person) for person in Person.objects.filter(_due()))


def waiting(person: Person) -> int:
    """How many things wait for a member."""
    found = 0
    if may(person, Permission.SEE_QUEUE):
        mine = queue.filtered(queue.visible(person), {"person": queue.ME}, person)
        found += mine.filter(has_news=True).count()
        found += Assignment.objects.filter(person=person, ended_on=None, accepted_on=None).count()
        found += due_tasks.mine(person).filter(due_on__lte=today()).count()
    if may(person, Permission.DECIDE_STEP):
        found += navigation.waiting_for(person)
    if may(person, Permission.RECEIVE_DOSSIER):
        found += Dossier.objects.filter(lawyer=person, state=Dossier.State.READY).count()
        found += Proposal.objects.filter(lawyer=person, state=Proposal.State.OFFERED).count()
    return found


def _due() -> Q:
    """Who wants one and was not looked at today."""
    return Q(is_active=True) & ~Q(digest_address="") & (Q(digest_on=None) | Q(digest_on__lt=today()))


def _send(person: Person) -> bool:
    """Claim the day, so that two schedulers send one mail; a server that does not take it is tried in the next hour."""
    before = person.digest_on
    if not Person.objects.filter(_due(), id=person.id).update(digest_on=today()):
        return False
    number = waiting(person)
    if not number:
        return False
    subject, body = _words(person, number)
    if mailing.send(to=person.digest_address, subject=subject, body=body):
        return True
    Person.objects.filter(id=person.id, digest_on=today()).update(digest_on=before)
    return False


def _words(person: Person, number: int) -> tuple[str, str]:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        body = ngettext(
            "%(number)s new thing waits in the workspace.", "%(number)s new things wait in the workspace.", number
        )
        return gettext("Workspace"), body % {"number": number}
