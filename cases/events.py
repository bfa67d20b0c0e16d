"""The trail of a case in words: who did what and when, from the audit chain."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from cases.access import PURPOSES
from cases.models import Approval, Case, Dossier, Exhibit, Paper
from people import trail
from people.trail import About, Entry, Names
from vault.models import AuditEvent

SHOWN = 30
SURVIVOR = "The person"
WORDS = {
    "access.closed": "ended what the number opens",
    "account.begun": "began the longer account",
    "account.opened": "opened the account",
    "account.recorded": "wrote the account down for the person",
    "account.refused": "was refused the account",
    "account.searched": "searched the account",
    "account.sent": "sent the account",
    "account.violent": "unfolded a violent part of the account",
    "after.told": "said how they are after sending",
    "approval.agreed": "agreed to what was asked for",
    "approval.refused": "refused what was asked for",
    "approval.requested": "asked a lead",
    "approval.taken_back": "took an asking back",
    "case.accepted": "accepted the case",
    "case.assigned": "was assigned",
    "case.declined": "declined the case",
    "case.erased": "erased the case",
    "case.handed_over": "handed something over to a body",
    "case.moved": "moved the case on",
    "case.opened": "sent the first answers",
    "case.recorded": "wrote the first answers down for the person",
    "case.unassigned": "ended an assignment",
    "care.ended": "ended what a clinician reads",
    "care.given": "gave answers about health to a clinician",
    "care.opened": "opened the answers about health",
    "care.said": "wrote as a clinician",
    "care.stopped": "stopped a clinician: the permission was taken back",
    "consent.withdrawn": "took permissions back",
    "dossier.acknowledged": "confirmed the dossier",
    "dossier.approved": "approved the dossier",
    "dossier.built": "built the dossier",
    "dossier.downloaded": "downloaded the dossier",
    "dossier.handed_over_again": "asked for the dossier again",
    "dossier.purged": "erased the dossier after its period",
    "dossier.refused": "refused the dossier",
    "dossier.requested": "asked for a dossier",
    "dossier.stopped": "stopped building the dossier",
    "dossier.taken_back": "stopped the dossier: the permission was taken back",
    "dossier.trouble": "reported a problem with the dossier",
    "erasing.asked": "asked us to erase everything",
    "erasing.refused": "refused to erase the case",
    "erasing.requested": "asked to erase the case",
    "brief.ended": "ended the mandate of a lawyer",
    "brief.handed_over": "handed the brief to the lawyer",
    "brief.opened": "opened the brief",
    "brief.said": "wrote about the brief",
    "exhibit.bears": "said what an exhibit bears on",
    "exhibit.noted": "wrote a note on a page of an exhibit",
    "exhibit.opened": "opened an exhibit",
    "lawyer.accepted": "took the mandate",
    "lawyer.answered": "answered about a lawyer",
    "lawyer.bar_checked": "looked a lawyer up in the register of the bar",
    "lawyer.kept": "wrote the record of a lawyer",
    "lawyer.checked": "checked for conflicts",
    "lawyer.declined": "declined the case as a lawyer",
    "lawyer.lapsed": "let an offer to a lawyer lapse",
    "lawyer.named": "named a lawyer to the person",
    "lawyer.offered": "offered the case to a lawyer",
    "lawyer.stopped": "stopped a lawyer: the permission was taken back",
    "lawyer.taken_back": "took the name of a lawyer back",
    "lawyer.waived": "went on in spite of a conflict",
    "facts.confirmed": "confirmed the facts",
    "flag.closed": "closed a risk flag",
    "flag.raised": "raised a risk flag",
    "flag.step": "noted a first action on a risk flag",
    "hold.kept": "kept the safety hold",
    "hold.lifted": "lifted the safety hold",
    "hold.note": "wrote a note on the safety hold",
    "hold.placed": "placed the case in safety hold",
    "hold.released": "released the safety hold alone",
    "hold.reviewed": "reviewed the release of the safety hold",
    "legal_hold.lifted": "lifted a legal hold",
    "legal_hold.placed": "placed a legal hold",
    "letter.received": "wrote a letter",
    "letter.sent": "wrote a letter to the person",
    "letters.read": "read our letters",
    "note.changed": "changed a note",
    "level.lowered": "lowered the level of the case",
    "note.written": "wrote a note",
    "paper.brought": "brought a paper",
    "paper.opened": "opened a paper",
    "second_word.removed": "removed the second word",
    "second_word.set": "set a second word",
    "second_word.wrong": "typed a wrong second word, or somebody with the number did",
    "sealed.closed": "closed the sealed part again",
    "sealed.not_released": "refused to release the sealed part",
    "sealed.opened": "opened the sealed part",
    "sealed.refused": "was refused the sealed part",
    "sealed.released": "released the sealed part",
    "sealed.requested": "asked for the sealed part",
    "task.added": "added a task",
    "task.changed": "changed a task",
    "task.done": "marked a task as done",
    "task.reopened": "opened a task again",
}
OF_THE_SURVIVOR = {
    "access.closed", "account.begun", "account.sent", "after.told", "care.stopped", "case.opened", "consent.withdrawn",
    "dossier.taken_back", "erasing.asked", "lawyer.answered", "lawyer.stopped", "letter.received", "letters.read",
    "second_word.removed", "second_word.set", "second_word.wrong",
}  # fmt: skip
WITH_PURPOSE = (
    "account.opened", "account.searched", "account.violent", "exhibit.opened", "paper.opened", "sealed.opened",
)  # fmt: skip


def subjects(case: Case) -> list[UUID]:
    """The rows whose events make the trail of a case."""
    exhibits, dossiers = (rows.values_list("id", flat=True) for rows in (case.exhibits, case.dossiers))
    papers = Paper.objects.filter(proposal__case=case).values_list("id", flat=True)
    return [case.id, *exhibits, *dossiers, *papers]


def about(rows: list[UUID]) -> QuerySet[AuditEvent]:
    """Every event about these rows."""
    return AuditEvent.objects.filter(subject__in=rows)


def of_case(case: Case, number: int = SHOWN) -> tuple[list[Entry], int]:
    """The newest entries about a case and what belongs to it, and how many there are in all; not who read them."""
    events = about(subjects(case)).exclude(action=trail.READ).order_by("-id")
    return trail.entries(events[:number]), events.count()


def _survivor(event: AuditEvent) -> str | None:
    return SURVIVOR if event.action in OF_THE_SURVIVOR else None


def _with_purpose(event: AuditEvent, names: Names) -> str:
    purpose = str(event.detail.get("purpose", ""))
    return f"{WORDS[event.action]}: {PURPOSES.get(purpose, purpose).lower()}" if purpose else WORDS[event.action]


def _assigned(event: AuditEvent, names: Names) -> str:
    chosen = UUID(str(event.detail["person"]))
    return "took the case" if chosen == event.actor else f"gave the case to {names.get(chosen, 'a former member')}"


def _ended(event: AuditEvent, names: Names) -> str:
    whom = UUID(str(event.detail["person"]))
    return "gave the case back" if whom == event.actor else f"ended the work of {names.get(whom, 'a former member')}"


def _find(wanted: set[UUID]) -> dict[UUID, About]:
    """Cases, exhibits, dossiers and papers by reference and number."""
    cases = Case.objects.filter(id__in=wanted)
    found = {each.id: About("Case", each.reference, _address(each), is_whole=True) for each in cases}
    rows: list[tuple[str, Exhibit | Dossier]] = [
        *(("Exhibit", row) for row in Exhibit.objects.filter(id__in=wanted).select_related("case")),
        *(("Dossier", row) for row in Dossier.objects.filter(id__in=wanted).select_related("case")),
    ]
    for word, row in rows:
        found[row.id] = About(f"{word} {row.number}", row.case.reference, _address(row.case))
    for paper in Paper.objects.filter(id__in=wanted).select_related("proposal__case"):
        found[paper.id] = About("Paper", paper.proposal.case.reference, _address(paper.proposal.case))
    return found


def _address(case: Case) -> str:
    return reverse("cases:trail", args=[case.reference])


def _moved(event: AuditEvent, names: Names) -> str:
    """What the step was, by the status that it led to."""
    to = str(event.detail.get("to", ""))
    words = str(WORDS[event.action])
    return f"{words}: {Case.Status(to).label.lower()}" if to in Case.Status.values else words


def _asked(event: AuditEvent, names: Names) -> str:
    """What was asked for or decided about."""
    kind = str(event.detail.get("kind", ""))
    words = str(WORDS[event.action])
    return f"{words}: {Approval.Kind(kind).label.lower()}" if kind in Approval.Kind.values else words


APPROVALS = ("approval.requested", "approval.agreed", "approval.refused", "approval.taken_back")
trail.register(
    WORDS,
    finder=_find,
    phrases={
        "case.assigned": _assigned,
        "case.unassigned": _ended,
        **dict.fromkeys(WITH_PURPOSE, _with_purpose),
        "case.moved": _moved,
        **dict.fromkeys(APPROVALS, _asked),
    },
    nobody=_survivor,
)
