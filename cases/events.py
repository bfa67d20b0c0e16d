"""The trail of a case in words: who did what and when, from the audit chain."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.access import PURPOSES
from cases.models import Approval, Case, Dossier, Exhibit, LetterTemplate, Paper
from cases.wording import lowerfirst
from people import trail
from people.trail import About, Entry, Names
from vault.models import AuditEvent

SHOWN = 30
SURVIVOR = _("The person")
WORDS = {
    "access.closed": _("ended what the number opens"),
    "account.begun": _("began the longer account"),
    "account.certified": _("wrote down the certificate of a translation"),
    "account.opened": _("opened the account"),
    "account.recorded": _("wrote the account down for the person"),
    "account.refused": _("was refused the account"),
    "account.searched": _("searched the account"),
    "account.sent": _("sent the account"),
    "account.translated": _("wrote a translation for orientation"),
    "account.violent": _("unfolded a violent part of the account"),
    "after.told": _("said how they are after sending"),
    "approval.agreed": _("agreed to what was asked for"),
    "approval.refused": _("refused what was asked for"),
    "approval.requested": _("asked a lead"),
    "approval.taken_back": _("took an asking back"),
    "case.accepted": _("accepted the case"),
    "case.assigned": _("was assigned"),
    "case.declined": _("declined the case"),
    "case.erased": _("erased the case"),
    "case.handed_over": _("handed something over to a body"),
    "case.moved": _("moved the case on"),
    "case.opened": _("sent the first answers"),
    "case.recorded": _("wrote the first answers down for the person"),
    "case.unassigned": _("ended an assignment"),
    "case.went_on": _("moved the case on"),
    "care.ended": _("ended what a clinician reads"),
    "care.given": _("gave answers about health to a clinician"),
    "care.opened": _("opened the answers about health"),
    "care.said": _("wrote as a clinician"),
    "care.stopped": _("stopped a clinician: the permission was taken back"),
    "exhibit.bears": _("said what an exhibit bears on"),
    "exhibit.noted": _("wrote a note on a page of an exhibit"),
    "flag.closed": _("closed a risk flag"),
    "flag.raised": _("raised a risk flag"),
    "flag.step": _("noted a first action on a risk flag"),
    "level.risen": _("made the case more urgent: a time limit comes near"),
    "level.lowered": _("lowered the level of the case"),
    "complaint.deleted": _("deleted a sentence of the complaint"),
    "complaint.moved": _("put the sentences of the complaint in another order"),
    "complaint.written": _("wrote a sentence of the complaint"),
    "consent.holder_told": _("told a holder of a copy that the permission was taken back"),
    "consent.withdrawn": _("took permissions back"),
    "limits.explained": _("explained what can still be taken back"),
    "text.shown": _("showed the text to the person"),
    "text.answered": _("answered about the text"),
    "text.taken_back": _("took the text back"),
    "dossier.acknowledged": _("confirmed the dossier"),
    "dossier.approved": _("approved the dossier"),
    "dossier.built": _("built the dossier"),
    "dossier.point_cleared": _("cleared a marked point of the dossier"),
    "dossier.stamped": _("fetched a time stamp for the dossier"),
    "dossier.stamp_downloaded": _("downloaded a time stamp of the dossier"),
    "dossier.downloaded": _("downloaded the dossier"),
    "dossier.expired": _("erased the dossier, which nobody had fetched"),
    "dossier.handed_over_again": _("asked for the dossier again"),
    "dossier.exported": _("sealed the dossier to the lawyer"),
    "dossier.recalled": _("recalled the dossier: a yes or a permission was taken back"),
    "dossier.recall_answered": _("said what became of a recalled dossier"),
    "dossier.purged": _("erased the dossier after its period"),
    "dossier.refused": _("refused the dossier"),
    "dossier.requested": _("asked for a dossier"),
    "dossier.stopped": _("stopped building the dossier"),
    "dossier.cancelled": _("stopped the dossier for good"),
    "dossier.taken_back": _("stopped the dossier: the permission was taken back"),
    "dossier.trouble": _("reported a problem with the dossier"),
    "erasing.asked": _("asked us to erase everything"),
    "erasing.refused": _("refused to erase the case"),
    "erasing.requested": _("asked to erase the case"),
    "brief.ended": _("ended the mandate of a lawyer"),
    "brief.handed_over": _("handed the brief to the lawyer"),
    "brief.opened": _("opened the brief"),
    "brief.said": _("wrote about the brief"),
    "brief.word": _("wrote a word about a danger as the lawyer"),
    "exhibit.opened": _("opened an exhibit"),
    "lawyer.accepted": _("took the mandate"),
    "lawyer.answered": _("answered about a lawyer"),
    "lawyer.bar_checked": _("looked a lawyer up in the register of the bar"),
    "lawyer.kept": _("wrote the record of a lawyer"),
    "lawyer.office_kept": _("wrote the own office address as a lawyer"),
    "lawyer.checked": _("checked for conflicts"),
    "lawyer.declined": _("declined the case as a lawyer"),
    "lawyer.lapsed": _("let an offer to a lawyer lapse"),
    "lawyer.named": _("named a lawyer to the person"),
    "lawyer.offered": _("offered the case to a lawyer"),
    "lawyer.stopped": _("stopped a lawyer: the permission was taken back"),
    "lawyer.taken_back": _("took the name of a lawyer back"),
    "lawyer.waived": _("went on in spite of a conflict"),
    "facts.confirmed": _("confirmed the facts"),
    "hold.kept": _("kept the safety hold"),
    "hold.lifted": _("lifted the safety hold"),
    "hold.note": _("wrote a note on the safety hold"),
    "hold.placed": _("placed the case in safety hold"),
    "hold.released": _("released the safety hold alone"),
    "hold.reviewed": _("reviewed the release of the safety hold"),
    "legal_hold.lifted": _("lifted a legal hold"),
    "legal_hold.placed": _("placed a legal hold"),
    "letter_text.changed": _("changed a text with which letters begin"),
    "letter.received": _("wrote a letter"),
    "letter.sent": _("wrote a letter to the person"),
    "letters.read": _("read our letters"),
    "note.changed": _("changed a note"),
    "note.written": _("wrote a note"),
    "notice.sent": _("told the person by e-mail that there is something new"),
    "paper.brought": _("brought a paper"),
    "paper.opened": _("opened a paper"),
    "plan.answered": _("answered about the plan of an interview"),
    "plan.cared": _("noted that somebody looked after the person"),
    "plan.copied": _("copied the answer to a plan for the lawyer"),
    "plan.made": _("made a plan for an interview"),
    "plan.passed_on": _("passed the plan of an interview on to the person"),
    "second_word.removed": _("removed the second word"),
    "second_word.set": _("set a second word"),
    "second_word.wrong": _("typed a wrong second word, or somebody with the number did"),
    "sealed.closed": _("closed the sealed part again"),
    "sealed.not_released": _("refused to release the sealed part"),
    "pseudonyms.changed": _("changed what is replaced in a pseudonymised copy"),
    "sealed.opened": _("opened the sealed part"),
    "sealed.refused": _("was refused the sealed part"),
    "sealed.released": _("released the sealed part"),
    "sealed.requested": _("asked for the sealed part"),
    "task.added": _("added a task"),
    "task.changed": _("changed a task"),
    "task.done": _("marked a task as done"),
    "task.reopened": _("opened a task again"),
}
OF_THE_SURVIVOR = {
    "access.closed", "account.begun", "account.sent", "after.told", "care.stopped", "case.opened", "case.went_on",
    "consent.withdrawn",
    "dossier.taken_back", "erasing.asked", "lawyer.answered", "lawyer.stopped", "letter.received", "letters.read",
    "dossier.recalled", "plan.answered", "second_word.removed", "second_word.set", "second_word.wrong",
    "text.answered",
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
    return str(SURVIVOR) if event.action in OF_THE_SURVIVOR else None


def _with(words: str | Promise, more: str | Promise) -> str:
    """opened the account: preparing a reply."""
    return f"{words}: {lowerfirst(more)}" if more else str(words)


def _with_purpose(event: AuditEvent, names: Names) -> str:
    purpose = str(event.detail.get("purpose", ""))
    return _with(WORDS[event.action], PURPOSES.get(purpose, purpose))


def _assigned(event: AuditEvent, names: Names) -> str:
    chosen = UUID(str(event.detail["person"]))
    if chosen == event.actor:
        return gettext("took the case")
    name, over = names.get(chosen) or gettext("a former member"), event.detail.get("over")
    if over:
        return gettext("gave the case to %(name)s, beyond the limit (%(over)s open cases)") % {
            "name": name,
            "over": over,
        }
    return gettext("gave the case to %(name)s") % {"name": name}


def _ended(event: AuditEvent, names: Names) -> str:
    whom = UUID(str(event.detail["person"]))
    if whom == event.actor:
        return gettext("gave the case back")
    return gettext("ended the work of %(name)s") % {"name": names.get(whom) or gettext("a former member")}


def _find(wanted: set[UUID]) -> dict[UUID, About]:
    """Cases, exhibits, dossiers and papers by reference and number."""
    cases = Case.objects.filter(id__in=wanted)
    found = {each.id: About(gettext("Case"), each.reference, _address(each), is_whole=True) for each in cases}
    rows: list[tuple[str, Exhibit | Dossier]] = [
        *((gettext("Exhibit %(number)s"), row) for row in Exhibit.objects.filter(id__in=wanted).select_related("case")),
        *((gettext("Dossier %(number)s"), row) for row in Dossier.objects.filter(id__in=wanted).select_related("case")),
    ]
    for words, row in rows:
        found[row.id] = About(words % {"number": row.number}, row.case.reference, _address(row.case))
    for paper in Paper.objects.filter(id__in=wanted).select_related("proposal__case"):
        found[paper.id] = About(gettext("Paper"), paper.proposal.case.reference, _address(paper.proposal.case))
    for text in LetterTemplate.objects.filter(id__in=wanted):
        found[text.id] = About(str(text.get_kind_display()))
    return found


def _address(case: Case) -> str:
    return reverse("cases:trail", args=[case.reference])


def _moved(event: AuditEvent, names: Names) -> str:
    """What the step was, by the status that it led to."""
    to = str(event.detail.get("to", ""))
    return _with(WORDS[event.action], Case.Status(to).label if to in Case.Status.values else "")


def _asked(event: AuditEvent, names: Names) -> str:
    """What was asked for or decided about."""
    kind = str(event.detail.get("kind", ""))
    return _with(WORDS[event.action], Approval.Kind(kind).label if kind in Approval.Kind.values else "")


APPROVALS = ("approval.requested", "approval.agreed", "approval.refused", "approval.taken_back")
trail.register(
    WORDS,
    finder=_find,
    phrases={
        "case.assigned": _assigned,
        "case.unassigned": _ended,
        **dict.fromkeys(WITH_PURPOSE, _with_purpose),
        "case.moved": _moved,
        "case.went_on": _moved,
        **dict.fromkeys(APPROVALS, _asked),
    },
    nobody=_survivor,
)
