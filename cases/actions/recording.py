"""A member writes an account down for a person, by telephone or at a meeting.

Until it is sent, the sections lie in a compartment of the member's own. The first answers found a case, in which the
receipt names the member as the only other hand; what the member sends is signed by the member and never by the receipt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from cases import drafted, hands, keys, raising, retention
from cases.actions.opening import FIRST, open_case
from cases.actions.telling import new_epochs, note_arrival
from cases.drafted import DraftContent
from cases.errors import DraftExpired, NothingToSend, Refused
from cases.hands import NO, YES, Hands, How, Recorder
from cases.limits import limits_of
from cases.models import Case, Recording, StatementVersion
from cases.permission import READING
from cases.statement import asked, catalogue
from cases.told import Section, seal_told
from people.models import Person
from people.permissions import Permission, may
from vault import compartments, erasing
from vault.authors import require_founder
from vault.envelope.receipt import ReceiptCode, derive, new_code
from vault.errors import Forged
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import Compartment, today
from vault.opened import Opened

KIND = "recording"
HOW = "how"  # the section that says how the person tells it
SAFETY = "safety"
HOME, CHANNEL = "ELG-02", "CTC-01"
WITH_FIRST = ("SAF-03", "REP-08")  # who tells, and whether the person agrees: sent with the first answers


@transaction.atomic
def begin(*, by: Person, ring: Keyring, how: How, answers: Section, who: Section) -> Recording:
    """Begin to write down what a person tells, after the consent was read aloud and answered with yes.

    answers: the consent to read, who: who tells it. Raises Refused; nothing is kept without that yes.
    """
    _require(by)
    if answers.get(READING, {}).get("value") != YES:
        raise Refused("consent")
    recording = Recording.objects.create(person=by, expires_on=retention.expires_on())
    _save_first(recording, ring, how, answers, who)
    return recording


@transaction.atomic
def begin_more(*, case: Case, by: Person, ring: Keyring, how: How) -> Recording:
    """Write more down for a person whose case this member founded: what they add, or another answer to a permission.

    One that is not sent yet is gone on with. Raises Refused for anybody else, and when the permission to read was taken
    back.
    """
    _require(by)
    Case.objects.select_for_update().get(id=case.id)
    limits = limits_of(case, ring)
    if not hands.hands_of(case, ring).is_recorder(ring):
        raise Refused("recorder")
    if limits.is_over:
        raise Refused("over")
    waiting = unsent(by).filter(case=case).first()
    return waiting or _more(case, by, ring, how, limits.answers)


def _more(case: Case, by: Person, ring: Keyring, how: How, known: Section) -> Recording:
    home = {HOME: {"value": case.residence, "lang": case.language}} if case.residence else {}
    first = {each: known[each] for each in (CHANNEL, READING) if each in known} | home
    who = {each: known[each] for each in WITH_FIRST if each in known}
    recording = Recording.objects.create(person=by, case=case, expires_on=retention.expires_on())
    _save_first(recording, ring, how, first, who)
    return recording


def _save_first(recording: Recording, ring: Keyring, how: How, answers: Section, who: Section) -> None:
    """Open the member's own compartment for it, with what everything else hangs on."""
    opened = compartments.create(
        kind=KIND, owner=recording.id, recipients=[ring.own_recipient()], giver=ring.signer, purpose=KIND
    )
    for section, content in ((HOW, asdict(how)), (FIRST, answers), (SAFETY, who)):
        drafted.save(recording.id, opened, section, content, 0, ring.signer)


def load(recording: Recording, *, by: Person, ring: Keyring) -> DraftContent:
    """Open what was written down so far. Raises Refused; DraftExpired once, and erases it then."""
    _require_own(recording, by)
    if recording.expires_on < today():
        discard(recording, by=by)
        raise DraftExpired
    if recording.is_sent:
        return DraftContent({}, [], recording.expires_on)
    Recording.objects.filter(id=recording.id).update(expires_on=retention.expires_on())
    return DraftContent(drafted.sections(recording.id, _open(recording, ring)), [], retention.expires_on())


def how_of(content: DraftContent) -> How:
    """How the person tells it."""
    return How(**content.sections[HOW].answers)  # type: ignore[arg-type]  # sealed as asdict(how)


@transaction.atomic
def save_section(
    *, recording: Recording, by: Person, ring: Keyring, section: str, answers: Section, seen_version: int
) -> int:
    """Seal a section as its next version and return that. Raises Conflict if another tab saved since, or Refused."""
    locked = _locked(recording, by)
    if locked.is_sent:
        raise Refused("sent")
    return drafted.save(locked.id, _open(locked, ring), section, answers, seen_version, ring.signer)


def found_case(*, recording: Recording, by: Person, ring: Keyring, code: ReceiptCode | None) -> Case:
    """Open the case from the first answers; done twice, the second time returns the first's case.

    code: the number that the person has written down. None for somebody who wants no number: then one is made, and
    forgotten before anybody has seen it, so that the case has all its parts and nobody comes back to it.
    """
    with transaction.atomic():
        locked = _locked(recording, by)
        if locked.case is not None:
            return locked.case
        content = load(locked, by=by, ring=ring)
        how = replace(how_of(content), has_number=code is not None)
        told, first = _told(content, [SAFETY], WITH_FIRST), content.sections[FIRST].answers
        case = open_case(
            keys=derive(code or new_code(), settings.DEPLOYMENT_SALT), answers=first, language=how.language, more=told,
            recorder=Recorder(by, ring, how),
        )  # fmt: skip
        if case.recordings.exists() or not Hands.of(case, keys.open_whole(case, keys.MESSAGES, ring)).is_recorder(ring):
            raise Refused("number")  # a number that opened another case
        Recording.objects.filter(id=locked.id).update(case=case)
    return case


@transaction.atomic
def send(*, recording: Recording, by: Person, ring: Keyring, is_read_back: bool) -> StatementVersion:
    """Seal what was written down as the next version, signed by the member; sent twice, the second changes nothing.

    Raises NothingToSend, DraftExpired, Refused, vault.errors.NoGrant when the member left the case, or Forged.
    """
    locked = _locked(recording, by)
    if locked.case is None:
        raise Refused("no_case")
    case = Case.objects.select_for_update(of=("self",)).select_related("receipt").get(id=locked.case.id)
    newest = case.versions.order_by("-number")[0]
    if locked.is_sent:
        return newest
    content = load(locked, by=by, ring=ring)
    told = _told(content, [each for each in content.sections if each not in (HOW, FIRST)])
    if not any(each not in WITH_FIRST for answers in told.values() for each in answers):
        raise NothingToSend
    how = replace(how_of(content), read_back=YES if is_read_back else NO, has_number=_has_number(case, ring))
    version = StatementVersion.objects.create(
        case=case, number=newest.number + 1, catalogue=catalogue.VERSION, language=how.language
    )
    _freeze(version, told, how, by, ring)
    _erase(locked)
    Recording.objects.filter(id=locked.id).update(is_sent=True)
    return version


@transaction.atomic
def discard(recording: Recording, *, by: Person) -> None:
    """Erase what was written down and not sent; the case, if there is one, stays. Raises Refused."""
    _require_own(recording, by)
    _erase(recording)
    Recording.objects.filter(id=recording.id).delete()


def unsent(person: Person) -> QuerySet[Recording]:
    """What a member is writing down now."""
    return Recording.objects.filter(person=person, is_sent=False).select_related("case").order_by("expires_on", "id")


def expire_recordings() -> int:
    """Erase every recording whose last day is over; returns how many."""
    old = list(Recording.objects.filter(expires_on__lt=today()))
    for recording in old:
        _erase(recording)
        recording.delete()
    return len(old)


def _freeze(version: StatementVersion, told: Mapping[str, Section], how: How, by: Person, ring: Keyring) -> None:
    case = version.case
    opened = new_epochs(case, ring)
    seal_told(told, version, opened, ring.signer)
    hands.note(version, opened[keys.MESSAGES], how, ring.signer)
    found = raising.raised(told, today())
    raising.sealed(version, found, opened[keys.ACCOUNT], ring.signer).save(force_insert=True)
    note_arrival(case, found, "account.recorded", version.number, by=by)
    write_head(case.id, opened[keys.MESSAGES], ring.signer)


def _has_number(case: Case, ring: Keyring) -> bool:
    found = hands.hands_of(case, ring)
    if not found.is_recorder(ring):
        raise Refused("recorder")
    return found.has_number


def _told(content: DraftContent, chosen: list[str], only: tuple[str, ...] = ()) -> dict[str, Section]:
    """The answers of some sections and cards; what hangs on a consent that was taken back stays out."""
    sections = {key: saved.answers for key, saved in content.sections.items() if key != HOW}
    told = {}
    for key in chosen:
        answers = {each: answer for each, answer in sections.get(key, {}).items() if not only or each in only}
        allowed = asked.without_taken_back(answers, asked.known(sections, key))
        if allowed:
            told[key] = allowed
    return told


def _open(recording: Recording, ring: Keyring) -> Opened:
    """The member's own compartment. Raises vault.errors.Forged unless this very key opened it."""
    found = Compartment.objects.filter(kind=KIND, owner=recording.id).first()
    if found is None:
        raise Forged(f"recording {recording.id}: no compartment")
    require_founder(found, ring.pair)
    return ring.latest(found)


def _erase(recording: Recording) -> None:
    erasing.erase_and_forget(Compartment.objects.filter(kind=KIND, owner=recording.id))


def _locked(recording: Recording, by: Person) -> Recording:
    _require_own(recording, by)
    found = Recording.objects.select_for_update(of=("self",)).select_related("case").filter(id=recording.id).first()
    if found is None:
        raise DraftExpired
    return found


def _require(by: Person) -> None:
    decision = may(by, Permission.RECORD_ACCOUNT)
    if not decision.ok:
        raise Refused(decision.reason)


def _require_own(recording: Recording, by: Person) -> None:
    _require(by)
    if recording.person_id != by.id:
        raise Refused("another member writes this down")
