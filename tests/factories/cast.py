"""The cast of the tests. Invented people: Amina tells, Ben and Chloe work, Dana and Marek lead, Lena is a lawyer."""

from __future__ import annotations

import copy
import hashlib
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from cases import records
from cases.actions import drafting, letters, opening, telling
from cases.actions.assigning import accept, assign
from cases.actions.dossiers import PACKAGE, request_dossier
from cases.actions.facts import confirm_facts
from cases.dossier.points import Point
from cases.models import Case, Dossier, Stamp
from people import keys
from people.models import Person, Role, SealedTOTPDevice
from people.organisation import Credentials, Founded, NewPerson, found
from tests.factories.complaint import drafted
from vault import worker
from vault.compartments import create
from vault.envelope.receipt import ReceiptCode, ReceiptKeys, derive, new_code
from vault.keyring import Keyring
from vault.recipients import stated
from vault.uploads import SealedUpload, SealingUploadHandler
from vault.writing import FileWriter

TEAM = "North"
PEOPLE = (
    NewPerson("ben", "Ben", Role.CASEWORKER, TEAM),
    NewPerson("chloe", "Chloe", Role.CASEWORKER, TEAM),
    NewPerson("dana", "Dana", Role.LEAD, TEAM),
    NewPerson("marek", "Marek", Role.LEAD, TEAM),
    NewPerson("lena", "Lena", Role.LAWYER),
    NewPerson("tomas", "Tomas", Role.LAWYER),
)
# Invented, in Belarusian.
STORY = (
    "Мяне спынілі вечарам, калі я вяртаўся ад сястры. Дакументаў не паказалі, сказалі сесці ў бус без нумароў.\n\n"
    "У аддзяленні быў доўгі калідор, падлога ў дробную плітку. Там ужо стаялі людзі, можа дваццаць чалавек."
)
FIRST: dict[str, dict[str, Any]] = {
    "ELG-01": {"value": "BY", "lang": "be"},
    "ELG-02": {"value": "LT", "lang": "be"},
    "SAF-04": {"value": ["family_risk"], "lang": "be"},
    "CTC-01": {"value": "code_only", "lang": "be"},
    "CNS-01": {"value": "yes", "lang": "be"},
}
SECTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "you": {"LNG-04": {"value": "Аміна", "lang": "be"}},
    "story": {
        "EPI-02": {"value": {"year": 2020, "month": 8, "day": 12}, "lang": "be"},
        "EPI-04": {"value": ["street", "police_station"], "lang": "be"},
        "EPI-06": {"value": {"town": "Мінск", "text": "двор за крамай"}, "lang": "be"},
        "EPI-08": {"value": STORY, "lang": "be"},
    },
    "consent": {"CNS-02": {"value": ["lt"], "lang": "be"}, "CNS-03": {"value": "yes", "lang": "be"}},
}


FACTS: dict[str, Any] = {
    "acts": [{"country": "BY", "from": "2020-08-12", "to": "2020-08-14", "crime_facts": ["custody"]}],
    "victim": {"residence_now": "LT", "refugee": True},
    "consents": {"countries": ["LT"]},
    "languages": ["be"],
}
REASON = {
    "code": "practice_open_file",
    "effect": "+",
    "text": "An open file takes this.",
    "provision": "",
    "source": "https://example.org/law",
    "confidence": "high",
}
# Two routes in the shape of the assessment, so that pages can be tested without the reference data.
ROUTES: list[dict[str, Any]] = [
    {
        "forum": forum,
        "forum_name": f"Authority of {forum}",
        "crime": "torture",
        "basis": "universal",
        "provision": "art. 7",
        "verdict": verdict,
        "stages": {"file": "open", "open": verdict, "try": "unknown"},
        "reasons": [REASON],
        "missing": [{"code": "victim.age_now", "text": "How old is the person now?"}],
        "deadline": {"date": None, "kind": "unknown: lawyer must confirm"},
        "next_steps": [{"code": "authority", "text": "Write to them.", "source": "", "confidence": "low"}],
        "cautions": [],
        "unverified": ["gatekeeper"],
        "order_reason": "Above the next because a file is open.",
    }
    for forum, verdict in (("LT", "open"), ("DE", "conditional"))
]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff or a lawyer, with everything that was printed for this person."""

    person: Person
    password: str
    totp: bytes

    @property
    def seed(self) -> bytes:
        """The seed, opened with the password."""
        return keys.open_seed(self.person.pair, self.password)

    @property
    def ring(self) -> Keyring:
        """A fresh keyring."""
        return Keyring(self.seed, self.person.pair)

    def code(self) -> str:
        """A code that was not used yet. After three within one window the device forgets, as no clock waits here."""
        device = SealedTOTPDevice.objects.get(user=self.person)
        step, now = SealedTOTPDevice.STEP, int(time.time())
        oldest = now // step - (0 if now % step > step - 10 else 1)  # one that will still be good when it arrives
        wanted = max(device.last_t + 1, oldest)
        if wanted > now // step + 1:
            SealedTOTPDevice.objects.filter(id=device.id).update(last_t=-1)
            wanted = now // step
        return self.code_at(wanted * step)

    def code_at(self, moment: int) -> str:
        """The code of a moment, in seconds."""
        totp = TOTP(self.totp, SealedTOTPDevice.STEP)
        totp.time = moment
        return f"{totp.token():06d}"

    def browser(self) -> Client:
        """A browser in which this member has signed in by the pages."""
        client = Client()
        client.post("/desk/sign-in/", {"login": self.person.login, "password": self.password})
        answer = client.post("/desk/code/", {"code": self.code()})
        assert answer.status_code == 302, answer.content.decode()
        return client


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who signs in."""

    ben: Member
    chloe: Member
    dana: Member
    marek: Member
    lena: Member
    tomas: Member
    founded: Founded


@dataclass(frozen=True, slots=True)
class Survivor:
    """Amina and her receipt."""

    code: ReceiptCode
    keys: ReceiptKeys
    case: Case

    def __deepcopy__(self, memo: dict[int, Any]) -> Survivor:
        """Another one with the same code: codes and keys refuse to be copied, and do not change."""
        return Survivor(self.code, self.keys, copy.deepcopy(self.case, memo))

    @property
    def ring(self) -> Keyring:
        """The keyring of the receipt."""
        return opening.receipt_keyring(self.case, self.keys.seed)

    def fresh(self) -> Case:
        """The case as it stands in the database."""
        return Case.objects.get(id=self.case.id)


def found_cast() -> Cast:
    """Found an organisation and return its people."""
    founded = found(list(PEOPLE), demo=False)
    members = {one.person.login: _member(one) for one in founded.people}
    return Cast(**members, founded=founded)


def first_contact(answers: dict[str, dict[str, Any]] | None = None, language: str = "be") -> Survivor:
    """Send the five answers and return the survivor with the receipt."""
    code = new_code()
    receipt = derive(code, settings.DEPLOYMENT_SALT)
    case = opening.open_case(keys=receipt, answers=answers or FIRST, language=language)
    return Survivor(code, receipt, case)


def tell(
    survivor: Survivor,
    sections: dict[str, dict[str, dict[str, Any]]] | None = None,
    files: tuple[tuple[str, str, bytes], ...] = (),
) -> Case:
    """Write and send the account. files: name, type and bytes of each exhibit."""
    case, ring = survivor.fresh(), survivor.ring
    for section, answers in (sections or SECTIONS).items():
        drafting.save_section(case=case, receipt=ring, section=section, answers=answers, seen_version=0)
    for name, content_type, body in files:
        drafting.attach(case=case, receipt=ring, upload=sealed_upload(name, body), name=name, content_type=content_type)
    telling.send_account(case=case, receipt=ring, language="be")
    return survivor.fresh()


def assigned(survivor: Survivor, member: Member) -> Case:
    """The member takes the case."""
    assign(case=survivor.fresh(), person=member.person, by=member.person, ring=member.ring)
    return survivor.fresh()


def given(survivor: Survivor, member: Member, lead: Member) -> Case:
    """A lead gives the case to the member, who accepts it."""
    assign(case=survivor.fresh(), person=member.person, by=lead.person, ring=lead.ring)
    accept(case=survivor.fresh(), by=member.person, ring=member.ring)
    return survivor.fresh()


def write(survivor: Survivor, text: str) -> None:
    """The survivor writes a letter."""
    letters.write_from_survivor(case=survivor.fresh(), receipt=survivor.ring, text=text, language="be")


def sealed_upload(name: str, body: bytes) -> SealedUpload:
    """A file that has just arrived through the sealing handler."""
    handler = SealingUploadHandler()
    handler.request = None  # type: ignore[assignment]
    handler.new_file("file", name, "application/octet-stream", len(body))
    source = BytesIO(body)
    try:
        while chunk := source.read(handler.chunk_size):
            handler.receive_data_chunk(chunk, 0)
    except SkipFile as error:
        raise AssertionError("the file was refused") from error
    return handler.file_complete(len(body))


def _member(one: Credentials) -> Member:
    return Member(one.person, one.password, one.totp)


def confirmed(survivor: Survivor, member: Member, facts: dict[str, Any] | None = None) -> Case:
    """The member confirms facts."""
    confirm_facts(case=survivor.fresh(), by=member.person, ring=member.ring, facts=facts or FACTS)
    return survivor.fresh()


def requested(survivor: Survivor, member: Member, lawyer: Member) -> Dossier:
    """The member writes the facts of the complaint of a told, taken and confirmed case, and asks for a dossier."""
    worker.ensure()
    drafted(survivor.fresh(), member)
    return request_dossier(
        case=survivor.fresh(),
        by=member.person,
        ring=member.ring,
        route=ROUTES[0],
        lawyer=lawyer.person,
        reason="The person said yes to Lithuania.",
    )


def delivered(
    dossier: Dossier,
    lawyer: Member,
    body: bytes,
    *,
    asker: Member | None = None,
    points: Iterable[Point] = (),
    is_for_filing: bool = False,
) -> Dossier:
    """The worker delivers a package; its content is not of interest here, its seal is. points: marked in it."""
    receivers = [each for each in (lawyer, asker) if each]
    ring = worker.ensure()
    opened = create(
        kind=PACKAGE,
        owner=dossier.id,
        recipients=[stated(each.person.pair, {"person"}) for each in receivers],
        giver=ring.signer,
        purpose=PACKAGE,
    )
    with FileWriter() as writer:
        writer.write(body)
        kept = writer.keep(opened, ring.signer)
    digest = hashlib.sha256(body).hexdigest()
    contents = {
        "files": [["complaint.pdf", len(body), digest]],
        "sha256": digest,
        "pages": 1,
        "client": [["Contact ", "only through you", "."]],
        "imprint": digest,
        "fingerprint": "0123456789abcdef" * 4,
        "self_made": True,
        "stamped": [],
        "for_filing": is_for_filing,
        "points": [asdict(each) for each in points],
    }
    records.write_next(opened, "dossier", "contents", dossier.id, contents, ring.signer)
    Stamp.objects.create(dossier=dossier, place=1, imprint=bytes.fromhex(digest))
    Dossier.objects.filter(id=dossier.id).update(file=kept, state=Dossier.State.READY, decided_at=timezone.now())
    return Dossier.objects.get(id=dossier.id)
