"""The road of one dossier in words: what is done, what is going on, what comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.trouble import reported
from cases.models import Dossier
from people.models import Person

State, Making = Dossier.State, Dossier.Step
STOPPED = (State.REFUSED, State.CANCELLED)
ORDER = [Making.NONE, Making.FACTS, Making.EXHIBITS, Making.DOCUMENTS, Making.PACKAGE]
MAKING = {
    Making.FACTS: gettext_lazy("Facts and account opened by the worker"),
    Making.EXHIBITS: gettext_lazy("Exhibits cleaned and stamped"),
    Making.DOCUMENTS: gettext_lazy("Documents written"),
    Making.PACKAGE: gettext_lazy("Package signed and sealed to the lawyer"),
}
GONE = gettext_lazy(
    "The worker that held the first share is gone. Ask again; a lead must release the other share again."
)
NO_KEYS = gettext_lazy(
    "The worker cannot sign: its package keys or its certificate are missing, wrong or over. Whoever runs the "
    "server must look at them (operations.md); then ask again."
)
STAMP = gettext_lazy(
    "It is built and waits for a time stamp: no authority answers now. What goes out for filing is stamped; it is "
    "tried again every minute."
)
RELEASE = gettext_lazy("A condition of the release did not hold over what the worker built. Nothing was delivered.")
RELEASED = ("approval", "facts_sourced", "sealed", "exhibits", "certificate", "parallel", "points")
SIGNING = ("no-keys", "keys", "other-keys", "no-signer", "signer", "signer-expired", "authority")
TROUBLES = {
    **{f"render_{code}": NO_KEYS for code in SIGNING},
    **{f"render_release-{code}": RELEASE for code in RELEASED},
    "worker_changed": GONE,
    "worker_stopped": gettext_lazy(
        "The worker stopped three times in the middle. Ask again, and look at the worker first."
    ),
    "taken_back": gettext_lazy(
        "The person took the permission back. Nothing goes to the lawyer, and what was copied is erased."
    ),
    "cancelled": gettext_lazy("The team stopped it. Nothing goes to the lawyer, and what was copied is erased."),
    "expired": gettext_lazy("The lawyer did not fetch it in time, and our copy is erased. Ask for a new one."),
    "not_released_share": gettext_lazy("The worker did not find both shares. It opened nothing."),
    "not_released_same_person": gettext_lazy("Both shares came from one person. The worker opened nothing."),
    "not_released_purpose": gettext_lazy("The shares were given for another request. The worker opened nothing."),
    "not_released_role": gettext_lazy("A share came from somebody who may not give it. The worker opened nothing."),
    "not_released_lawyer": gettext_lazy(
        "The lawyer’s key is not in the directory any more. The worker opened nothing."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step. state: done, now or later."""

    words: str
    state: str
    note: str = ""
    at: datetime | None = None


def lines(dossier: Dossier) -> list[Line]:
    """All steps of a dossier from the request to the lawyer's receipt."""
    asked = Line(_("Asked for"), "done", _by(dossier.requested_by), dossier.requested_at)
    return [asked, _decision(dossier), *_making(dossier), *_delivery(dossier)]


def trouble(dossier: Dossier) -> str:
    """What went wrong, in words, or ""."""
    if not dossier.trouble:
        return ""
    if said := reported(dossier):
        return _("%(name)s reports: %(said)s.") % {"name": dossier.lawyer.name, "said": said}
    if dossier.state == State.APPROVED and dossier.trouble == "waits_for_stamp":
        return str(STAMP)
    if dossier.state == State.APPROVED:
        return _("A first attempt failed; the worker tries again by itself.")
    unknown = _("It stopped with the code %(code)s. Nothing was delivered.") % {"code": dossier.trouble}
    return str(TROUBLES.get(dossier.trouble, unknown))


def waits_for(dossier: Dossier) -> str:
    """Why a released dossier does not begin yet, in words, or "": each member has one built at a time."""
    if dossier.state != State.APPROVED:
        return ""
    others = Dossier.objects.filter(requested_by=dossier.requested_by_id, state=State.BUILDING)
    asker = dossier.requested_by.name
    return _("Another dossier that %(name)s asked for is built first.") % {"name": asker} if others.exists() else ""


def may_ask_again(dossier: Dossier) -> bool:
    """Can the first share be given to a new worker?"""
    return dossier.state == State.FAILED


def _by(person: Person) -> str:
    return _("by %(name)s") % {"name": person.name}


def _decision(dossier: Dossier) -> Line:
    by = _by(dossier.decided_by) if dossier.decided_by else ""
    if dossier.state == State.REQUESTED:
        return Line(_("Decision of a lead"), "now", _("somebody who did not ask"))
    if dossier.state == State.CANCELLED:
        return Line(_("Stopped by the team"), "done")
    if dossier.state == State.REFUSED:
        return Line(_("Refused"), "done", by, dossier.decided_at)
    return Line(_("Approved: the second share was released"), "done", by, dossier.decided_at)


def _making(dossier: Dossier) -> list[Line]:
    if dossier.state in STOPPED:
        return []
    is_over = dossier.state in (State.READY, State.ACKNOWLEDGED, State.EXPIRED)
    reached = len(ORDER) if is_over else ORDER.index(Making(dossier.step))
    is_working = dossier.state in (State.APPROVED, State.BUILDING)
    return [
        Line(
            str(words), "done" if place <= reached else "now" if is_working and place == reached + 1 else "later",
            _part(dossier) if step == Making.EXHIBITS else "",
        )
        for place, (step, words) in enumerate(MAKING.items(), 1)
    ]  # fmt: skip


def _part(dossier: Dossier) -> str:
    """How far a step is that has parts, while it goes on."""
    if dossier.state != State.BUILDING or not dossier.part:
        return ""
    return _("%(part)s of %(parts)s") % {"part": dossier.part, "parts": dossier.parts}


def _delivery(dossier: Dossier) -> list[Line]:
    if dossier.state in STOPPED:
        return []
    if dossier.state == State.EXPIRED:
        return [Line(_("Not fetched in time, our copy erased"), "done", dossier.lawyer.name)]
    is_there = dossier.state in (State.READY, State.ACKNOWLEDGED)
    fetched = "done" if dossier.delivered_at else "now" if is_there else "later"
    received = "done" if dossier.acknowledged_at else "now" if dossier.delivered_at else "later"
    erased = [Line(_("Our copy erased"), "done", _("the lawyer has the package"))] if _is_purged(dossier) else []
    return [
        Line(_("Downloaded by the lawyer"), fetched, dossier.lawyer.name, dossier.delivered_at),
        Line(_("Confirmed by the lawyer"), received, "", dossier.acknowledged_at),
        *erased,
    ]


def _is_purged(dossier: Dossier) -> bool:
    """The clock erases the package some time after the lawyer has confirmed it."""
    return dossier.state == State.ACKNOWLEDGED and dossier.file_id is None
