"""What pages about people say: why something was refused, and what each act does before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from people.models import Person

REASONS = {
    "login_taken": "Somebody has this login, or an open invitation names it. Choose another one.",
    "link": "The link is gone by now.",
    "not_joined": "There are no new keys that wait here. Somebody has admitted or ended this meanwhile.",
    "changed": "The row of this person names another key than the one that was made. Somebody changed the database: "
    "tell the other leads, and end this invitation.",
    "another_role": "This is not the role that the invitation and the person’s row name. Ask who invited this person; "
    "if the rows were changed, end this invitation and make a new one.",
    "not_open": "This invitation is over already.",
    "yourself": "Nobody does this for themselves. Ask another lead.",
    "not_active": "This person is not active.",
    "last_lead": "This is the last active lead. Somebody must be left who can let people in.",
    "two_leads_stay": "Two leads must stay: one asks and another decides. Admit another lead first.",
    "last_holder": "Nobody else holds a key of the organisation that this person holds. It would be lost, and "
    "everything that it opens. Admit somebody in the same role first.",
    "not_suspended": "This person is not suspended.",
    "not_admitted": "The directory does not name this person’s key in this role, so there is nothing to go back to.",
    "removed": "This person was removed. A removal is not taken back; invite the person anew.",
    "permission": "This is not for you to start.",
    "no_deputy": "Only clinicians, analysts, data protection officers, reference editors and account administrators "
    "stand in for the leads. Never a caseworker, who holds the other share.",
    "is_deputy": "This person stands in for the leads already.",
    "too_long": "From today to at most 30 days ahead.",
    "ended_today": "The same days were named and ended today. Choose another last day.",
    "not_intake": "Only an active caseworker is named to read new accounts, and only once.",
    "not_deputy": "This person does not stand in for the leads any more.",
}
WRONG_WORDS = (
    "These are not the words of the key in our database. Nobody was admitted, and the leads have got an alarm. Ask for "
    "the words once more; if they are the same, end this and invite the person anew."
)
LOST = {
    "package": "packages of dossiers; ask for these dossiers again",
    "recovery_share": "share of the recovery kit that was not on paper; make a new kit",
}


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
        f"Suspend {person.name}",
        "Suspend",
        [
            "Every session of this person ends now, and nobody signs in under this login.",
            "The keys stay as they are. A lead can let the person in again, and nothing is lost.",
            "What was read or copied before is not taken back. If somebody else may have the key, remove the person, "
            "or start new keys as for a key under suspicion.",
        ],
        f"{person.name} is suspended. Every session has ended.",
    )


def reinstate(person: Person) -> Act:
    """Letting somebody in again."""
    return Act(
        f"Let {person.name} in again",
        "Let in again",
        ["The person signs in as before, with the same password, authenticator and keys."],
        f"{person.name} may sign in again.",
    )


def name_intake(person: Person) -> Act:
    """Naming intake staff."""
    return Act(
        f"Let {person.name} read new accounts",
        "Let read new accounts",
        [
            "The root signs it, and the intake key is given to this person’s key.",
            "It opens new accounts until somebody accepts them, and those that wait now.",
        ],
        f"{person.name} reads new accounts.",
    )


def end_intake(person: Person) -> Act:
    """Ending it."""
    return Act(
        f"End that {person.name} reads new accounts",
        "End it",
        [
            "The intake key is replaced, and accounts that nobody has accepted get new keys while leads are signed in.",
            "The own cases of this person stay. What was read or copied before is not taken back.",
        ],
        f"{person.name} no longer reads new accounts.",
    )


def remove(person: Person) -> Act:
    """Removing somebody for good."""
    return Act(
        f"Remove {person.name}",
        "Remove for good",
        [
            "The person’s key is revoked at once: nothing new is sealed to it, and nothing that it signs from now on "
            "counts.",
            "Sessions, second factors and assignments end. The keys of the organisation that the person held are "
            "replaced.",
            "Each case that the person could open gets a new key. That is done bit by bit while leads are signed in; "
            "the page Keys says how far it is.",
            "What cannot be taken back: what the person has read, copied or photographed. Whoever kept a copy of the "
            "database and the password reads what was written until today.",
            "A lead who kept a copy also keeps the root’s key. It admits nobody without writing to the database; if "
            "you fear that, found the organisation anew.",
            "It is not undone. To come back, the person is invited anew under another login.",
        ],
        f"{person.name} is removed.",
    )


def deputy(person: Person) -> Act:
    """Letting somebody stand in for the leads."""
    return Act(
        f"Let {person.name} stand in for the leads",
        "Let stand in",
        [
            "Until the last day this person opens every case and decides as a lead, and gets the leads’ key so long.",
            "Not the root: a deputy admits, removes and names nobody, and does not work on keys.",
            "A deputy takes no case and asks for no dossier, for that would stay sealed to the own key afterwards.",
            "When it ends, the leads’ key is replaced by the next lead who signs in.",
        ],
        f"{person.name} stands in for the leads.",
    )


def end_deputy(person: Person) -> Act:
    """Ending a deputyship early."""
    return Act(
        f"End {person.name}’s standing in",
        "End it now",
        [
            "The leads’ key is taken back and replaced at once. Each case gets a new key bit by bit while leads are "
            "signed in.",
        ],
        f"{person.name} no longer stands in for the leads.",
    )


def new_keys(person: Person, *, is_own: bool) -> Act:
    """Starting new keys."""
    whose = "your" if is_own else f"{person.name}’s"
    return Act(
        "Make new keys for yourself" if is_own else f"New keys for {person.name}",
        "Make the link",
        [
            "You get a link that works once. Behind it a new password, authenticator and key are made in "
            f"{whose} name.",
            "Until a lead has heard the six words of the new key, the old one stays as it is.",
            "Then the new key gets what the old one had, the old one is revoked, and passkeys and recovery codes end.",
            "What no lead can open is lost: packages of a lawyer are built again when somebody asks for them.",
        ],
        "",
    )


def reason(code: str) -> str:
    """Why an act was refused, in words; permissions bring their own."""
    return REASONS.get(code, code)


def lost(kinds: dict[str, int]) -> list[str]:
    """What new keys could not be given again: one line for each kind."""
    return [f"{count} {LOST.get(kind, f'sealed to the old key ({kind})')}" for kind, count in sorted(kinds.items())]
