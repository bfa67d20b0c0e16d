"""The brief: what the survivor agreed to hand over, copied and sealed to the lawyer who has the mandate.

Copied is what the catalogue lets a lawyer see, never a contact, never what is sealed for two people. Handing over is
refused in code without the survivor's signed yes to this lawyer, this country and partner lawyers, as they stand now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cases import access, records
from cases.access import Account, OpenedVersion
from cases.actions.facts import current_facts, routes
from cases.actions.offering import lock
from cases.actions.proposing import key_of, require_agreed
from cases.asked import asked_of
from cases.complaint import rooms as complaint
from cases.errors import NotReady, Refused
from cases.exhibits import ExhibitRecord
from cases.hold import require_no_hold
from cases.lawyers import handed, offers, rooms
from cases.lawyers.handed import ACCOUNT, Brief
from cases.lawyers.proposals import YES, read
from cases.limit_words import plain, spoken_by
from cases.limits import limits_of
from cases.models import Case, Exhibit, Proposal
from cases.statement import catalogue
from jurisdictions.assess import FactsError
from people.models import Person
from people.permissions import Permission, may
from vault import audit, files
from vault.directory import own_fingerprint
from vault.envelope.stream import StreamOpener
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import KeyPair, SealedFile, today
from vault.opened import Opened

TALK = "talk"
LAWYER = "L"  # the catalogue's letter for "seen by the lawyer"
APART = ("CTC-", "SAF-")  # how to reach somebody, and what is dangerous, go by the team
State = Proposal.State


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the talk between lawyer and team."""

    is_lawyer: bool
    text: str
    on: str


@transaction.atomic
def hand_over(*, proposal: Proposal, by: Person, ring: Keyring) -> None:
    """Copy the account for the lawyer, for the first time or as it stands now.

    Raises Refused, NotConsented, NotReady ("safety_hold", "no_yes", "mandate", "lawyer"), vault.errors.Forged, NoGrant.
    """
    row = lock(proposal)
    _require(may(by, Permission.FIND_LAWYER, row.case))
    require_no_hold(row.case_id)
    if row.state != State.ENGAGED:
        raise Refused("answered")
    _require_yes(row, ring)
    account = access.open_account(row.case, by=by, ring=ring, purpose="lawyer")
    _copy(row, account, by, ring)
    Proposal.objects.filter(id=row.id).update(briefed_on=today())
    complaint.carry(row.case, ring)
    audit.record("brief.handed_over", "case", row.case_id, by=by.id, detail={"proposal": str(row.id)})


def _require_yes(row: Proposal, ring: Keyring) -> None:
    """The person's signed yes to this lawyer, the lawyer's signed mandate, the permissions of today."""
    named, said = read(row, ring)
    if said is None or said.answer != YES:
        raise NotReady("no_yes")
    if key_of(row.lawyer).fingerprint.hex() != named.fingerprint:
        raise NotReady("lawyer")
    if not offers.is_clean(row, ring) or not offers.has_mandate(row, ring):
        raise NotReady("mandate")
    require_agreed(limits_of(row.case, ring), named.country)


def _copy(row: Proposal, account: Account, by: Person, ring: Keyring) -> None:
    rooms_opened = rooms.opened(row, ring)
    newest, asked = rooms_opened[-1], asked_of(row.case, ring)
    with spoken_by(row.lawyer):
        limits = plain(limits_of(row.case, ring).lines)
    content = {
        "versions": [_version(each) for each in account.versions], "corrections": sorted(asked.corrections),
        "exhibits": [record.to_json() for record in account.exhibits], "on": today().isoformat(),
        "limits": limits, "receipt": own_fingerprint(row.case.receipt).hex(), "deadline": _deadline(row, ring),
        "facts": _acts(row.case, ring),
    }  # fmt: skip
    records.write_next(newest, rooms.TABLE, ACCOUNT, row.id, content, ring.signer)
    _share_files(row, account, rooms_opened, ring)
    write_head(row.id, newest, ring.signer)


def _deadline(row: Proposal, ring: Keyring) -> dict[str, Any] | None:
    """When the first route in the country of the mandate may end, as the team sees it; None without such a route."""
    country = offers.offer_of(row, ring)["country"]
    try:
        found = next((each for each in routes(row.case, ring, today()) if each["forum"] == country), None)
    except FactsError:  # facts that today's rules refuse are confirmed anew first
        return None
    return dict(found["deadline"]) if found else None


def _acts(case: Case, ring: Keyring) -> dict[str, Any]:
    """When and in which country the acts were, of the confirmed facts: what leads to the public sources about them."""
    acts = (current_facts(case, ring) or {}).get("acts", ())
    return {"acts": [{name: act[name] for name in ("country", "from", "to") if act.get(name)} for act in acts]}


def _share_files(row: Proposal, account: Account, held: list[Opened], ring: Keyring) -> None:
    """Copy the key of every file that the brief does not hold yet; the bytes stay where they are."""
    known = {each for opened in held for each in records.rows([opened], "file")}
    told = access.open_epochs(row.case, ring).told
    for exhibit in Exhibit.objects.filter(case=row.case).select_related("file"):
        if exhibit.file_id not in known:
            files.share_key(files.find_key(exhibit.file, *told), held[-1], ring.signer)


def _version(version: OpenedVersion) -> dict[str, Any]:
    """A version with what a lawyer may see of it."""
    known = catalogue.at(version.catalogue).questions
    sections = {
        key: {each: answer for each, answer in section.items() if each in known and _is_for_lawyer(known[each])}
        for key, section in version.sections.items()
    }  # fmt: skip
    return {
        "id": str(version.id), "number": version.number, "catalogue": version.catalogue, "language": version.language,
        "sent_on": version.sent_on.isoformat(), "sections": {key: each for key, each in sections.items() if each},
    }  # fmt: skip


def _is_for_lawyer(question: Any) -> bool:
    return LAWYER in question.seen_by and question.compartment != "sealed" and not question.id.startswith(APART)


def open_brief(*, proposal: Proposal, by: Person, ring: Keyring) -> Brief:
    """Open a brief for its lawyer; recorded like an opening of the account, and the survivor can ask about it.

    Raises Refused, NotReady ("safety_hold", "brief") before it was handed over, vault.errors.NoGrant, Forged.
    """
    require_lawyer(proposal, by)
    require_no_hold(proposal.case_id)
    audit.record("brief.opened", "case", proposal.case_id, by=by.id, detail={"proposal": str(proposal.id)})
    return handed.read(proposal, ring)


def deadline_of(proposal: Proposal, ring: Keyring) -> str:
    """The day on which the route may end, as the brief says, ISO, or "". Raises NoGrant, Forged."""
    found = rooms.read(proposal, ring, ACCOUNT) or {}
    return str((found.get("deadline") or {}).get("date") or "")


def open_file(
    *, proposal: Proposal, exhibit_id: Any, by: Person, ring: Keyring
) -> tuple[ExhibitRecord, StreamOpener]:  # fmt: skip
    """Open one original as a stream. Raises Refused("no such exhibit") and like open_brief()."""
    require_lawyer(proposal, by)
    require_no_hold(proposal.case_id)
    found = next((each for each in handed.read(proposal, ring).account.exhibits if each.id == exhibit_id), None)
    if found is None:
        raise Refused("no such exhibit")
    audit.record("exhibit.opened", "exhibit", found.id, by=by.id, detail={"purpose": "lawyer"})
    file = SealedFile.objects.get(id=found.file)
    return found, files.open_stream(files.find_key(file, *rooms.opened(proposal, ring)))


def require_lawyer(proposal: Proposal, by: Person) -> None:
    """Raise Refused unless this is the lawyer who has the mandate."""
    _require(may(by, Permission.READ_BRIEF))
    if proposal.lawyer_id != by.id or proposal.state != State.ENGAGED:
        raise Refused("another_lawyer")


@transaction.atomic
def say(*, proposal: Proposal, by: Person, ring: Keyring, text: str) -> None:
    """A line of the talk between the lawyer and the team, sealed in the brief.

    Raises Refused, and for a member NotReady("safety_hold").
    """
    row = lock(proposal)
    if row.state != State.ENGAGED:
        raise Refused("answered")
    if row.lawyer_id != by.id:
        _require(may(by, Permission.FIND_LAWYER, row.case))
        require_no_hold(row.case_id)
    rooms.write(row, ring, TALK, {"text": text, "on": today().isoformat()})
    Proposal.objects.filter(id=row.id).update(has_news=row.lawyer_id == by.id)
    audit.record("brief.said", "case", row.case_id, by=by.id, detail={"proposal": str(row.id)})


def talk(proposal: Proposal, ring: Keyring) -> list[Line]:
    """Everything that lawyer and team wrote to each other, oldest first. Raises Forged for an unknown hand."""
    values = records.read_all(rooms.opened(proposal, ring), rooms.TABLE, proposal.id, TALK)
    lines = sorted(values, key=lambda each: each[0].version)
    return [
        Line(value.signer_id == proposal.lawyer.pair_id, content["text"], content["on"]) for value, content in lines
    ]


@transaction.atomic
def end_mandate(*, proposal: Proposal, by: Person, ring: Keyring) -> None:
    """End a mandate, by a lead or by the lawyer: the brief is lost to that key, and written on without it."""
    row = lock(proposal)
    if row.state != State.ENGAGED:
        raise Refused("answered")
    if row.lawyer_id != by.id:
        _require(may(by, Permission.ASSIGN_CASE, row.case))
    rooms.leave(row, ring, KeyPair.objects.filter(id=row.lawyer.pair_id), rooms.OVER)
    Proposal.objects.filter(id=row.id).update(state=State.ENDED, ended_on=today(), has_news=True)
    if row.lawyer_id != by.id:  # the lawyer holds no other place to carry it to; the next member who looks does it
        complaint.carry(row.case, ring)
    audit.record("brief.ended", "case", row.case_id, by=by.id, detail={"proposal": str(row.id)})


def _require(decision: Any) -> None:
    if not decision.ok:
        raise Refused(decision.reason)
