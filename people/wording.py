"""What pages about people say: why something was refused, and what each act does before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.models import Person

REASONS = {
    "login_taken": gettext_lazy("Somebody has this login, or an open invitation names it. Choose another one."),
    "link": gettext_lazy("The link is gone by now."),
    "not_joined": gettext_lazy("There are no new keys that wait here. Somebody has admitted or ended this meanwhile."),
    "changed": gettext_lazy(
        "The row of this person names another key than the one that was made. Somebody changed the database: "
        "tell the other leads, and end this invitation."
    ),
    "another_role": gettext_lazy(
        "This is not the role that the invitation and the person’s row name. Ask who invited this person; "
        "if the rows were changed, end this invitation and make a new one."
    ),
    "not_open": gettext_lazy("This invitation is over already."),
    "yourself": gettext_lazy("Nobody does this for themselves. Ask another lead."),
    "not_active": gettext_lazy("This person is not active."),
    "last_lead": gettext_lazy("This is the last active lead. Somebody must be left who can let people in."),
    "two_leads_stay": gettext_lazy("Two leads must stay: one asks and another decides. Admit another lead first."),
    "last_holder": gettext_lazy(
        "Nobody else holds a key of the organisation that this person holds. It would be lost, and "
        "everything that it opens. Admit somebody in the same role first."
    ),
    "not_suspended": gettext_lazy("This person is not suspended."),
    "not_admitted": gettext_lazy(
        "The directory does not name this person’s key in this role, so there is nothing to go back to."
    ),
    "removed": gettext_lazy("This person was removed. A removal is not taken back; invite the person anew."),
    "permission": gettext_lazy("This is not for you to start."),
    "no_deputy": gettext_lazy(
        "Only clinicians, analysts, data protection officers, reference editors and account administrators "
        "stand in for the leads. Never a caseworker, who holds the other share."
    ),
    "is_deputy": gettext_lazy("This person stands in for the leads already."),
    "too_long": gettext_lazy("From today to at most 30 days ahead."),
    "ended_today": gettext_lazy("The same days were named and ended today. Choose another last day."),
    "not_intake": gettext_lazy("Only an active caseworker is named to read new accounts, and only once."),
    "not_deputy": gettext_lazy("This person does not stand in for the leads any more."),
}
WRONG_WORDS = gettext_lazy(
    "These are not the words of the key in our database. Nobody was admitted, and the leads have got an alarm. Ask for "
    "the words once more; if they are the same, end this and invite the person anew."
)


@dataclass(frozen=True, slots=True)
class Act:
    """A page on which one act about a person is done. lines: what it does, and what it does not."""

    title: str
    button: str
    lines: list[str]
    done: str


def suspend(person: Person) -> Act:
    """Suspending somebody."""
    return Act(
        _("Suspend %(name)s") % {"name": person.name},
        _("Suspend"),
        [
            _("Every session of this person ends now, and nobody signs in under this login."),
            _("The keys stay as they are. A lead can let the person in again, and nothing is lost."),
            _(
                "What was read or copied before is not taken back. If somebody else may have the key, remove the "
                "person, or start new keys as for a key under suspicion."
            ),
        ],
        _("%(name)s is suspended. Every session has ended.") % {"name": person.name},
    )


def reinstate(person: Person) -> Act:
    """Letting somebody in again."""
    return Act(
        _("Let %(name)s in again") % {"name": person.name},
        _("Let in again"),
        [_("The person signs in as before, with the same password, authenticator and keys.")],
        _("%(name)s may sign in again.") % {"name": person.name},
    )


def name_intake(person: Person) -> Act:
    """Naming intake staff."""
    return Act(
        _("Let %(name)s read new accounts") % {"name": person.name},
        _("Let read new accounts"),
        [
            _("The root signs it, and the intake key is given to this person’s key."),
            _("It opens new accounts until somebody accepts them, and those that wait now."),
        ],
        _("%(name)s reads new accounts.") % {"name": person.name},
    )


def end_intake(person: Person) -> Act:
    """Ending it."""
    return Act(
        _("End that %(name)s reads new accounts") % {"name": person.name},
        _("End it"),
        [
            _(
                "The intake key is replaced, and accounts that nobody has accepted get new keys while leads are "
                "signed in."
            ),
            _("The own cases of this person stay. What was read or copied before is not taken back."),
        ],
        _("%(name)s no longer reads new accounts.") % {"name": person.name},
    )


def remove(person: Person) -> Act:
    """Removing somebody for good."""
    return Act(
        _("Remove %(name)s") % {"name": person.name},
        _("Remove for good"),
        [
            _(
                "The person’s key is revoked at once: nothing new is sealed to it, and nothing that it signs from now "
                "on counts."
            ),
            _(
                "Sessions, second factors and assignments end. The keys of the organisation that the person held are "
                "replaced."
            ),
            _(
                "Each case that the person could open gets a new key. That is done bit by bit while leads are signed "
                "in; the page Keys says how far it is."
            ),
            _(
                "What cannot be taken back: what the person has read, copied or photographed. Whoever kept a copy of "
                "the database and the password reads what was written until today."
            ),
            _(
                "A lead who kept a copy also keeps the root’s key. It admits nobody without writing to the database; "
                "if you fear that, found the organisation anew."
            ),
            _("It is not undone. To come back, the person is invited anew under another login."),
        ],
        _("%(name)s is removed.") % {"name": person.name},
    )


def deputy(person: Person) -> Act:
    """Letting somebody stand in for the leads."""
    return Act(
        _("Let %(name)s stand in for the leads") % {"name": person.name},
        _("Let stand in"),
        [
            _(
                "Until the last day this person opens every case and decides as a lead, and gets the leads’ key so "
                "long."
            ),
            _("Not the root: a deputy admits, removes and names nobody, and does not work on keys."),
            _("A deputy takes no case and asks for no dossier, for that would stay sealed to the own key afterwards."),
            _("When it ends, the leads’ key is replaced by the next lead who signs in."),
        ],
        _("%(name)s stands in for the leads.") % {"name": person.name},
    )


def end_deputy(person: Person) -> Act:
    """Ending a deputyship early."""
    return Act(
        _("End %(name)s’s standing in") % {"name": person.name},
        _("End it now"),
        [
            _(
                "The leads’ key is taken back and replaced at once. Each case gets a new key bit by bit while leads "
                "are signed in."
            ),
        ],
        _("%(name)s no longer stands in for the leads.") % {"name": person.name},
    )


def new_keys(person: Person, *, is_own: bool) -> Act:
    """Starting new keys."""
    link = _("You get a link that works once. Behind it a new password, authenticator and key are made in your name.")
    if not is_own:
        link = _(
            "You get a link that works once. Behind it a new password, authenticator and key are made for %(name)s."
        ) % {"name": person.name}
    return Act(
        _("Make new keys for yourself") if is_own else _("New keys for %(name)s") % {"name": person.name},
        _("Make the link"),
        [
            link,
            _("Until a lead has heard the six words of the new key, the old one stays as it is."),
            _(
                "Then the new key gets what the old one had, the old one is revoked, and passkeys and recovery codes "
                "end."
            ),
            _("What no lead can open is lost: packages of a lawyer are built again when somebody asks for them."),
        ],
        "",
    )


def reason(code: str) -> str:
    """Why an act was refused, in words; permissions bring their own."""
    return str(REASONS.get(code, code))


def lost(kinds: dict[str, int]) -> list[str]:
    """What new keys could not be given again: one line for each kind."""
    return [_lost(kind, count) for kind, count in sorted(kinds.items())]


def _lost(kind: str, count: int) -> str:
    if kind == "package":
        words = ngettext(
            "%(count)s package of a dossier; ask for this dossier again",
            "%(count)s packages of dossiers; ask for these dossiers again",
            count,
        )
    elif kind == "recovery_share":
        words = ngettext(
            "%(count)s share of the recovery kit that was not on paper; make a new kit",
            "%(count)s shares of the recovery kit that were not on paper; make a new kit",
            count,
        )
    else:
        words = _("%(count)s sealed to the old key (%(kind)s)")
    return words % {"count": count, "kind": kind}
