"""A desk on which every page has something to show: the desk in full work, and cases that stand at the other steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from cases.actions import briefing, caring, flagging, letters, releasing, translating
from cases.actions.notes import save_note
from cases.actions.withdrawing import withdraw
from cases.copies import copies
from cases.ledger import ledger
from cases.models import Care, Case, Proposal
from cases.permission import HEALTH
from people import deputies
from people.models import Passkey
from tests.factories import cast as made
from tests.factories import recorded
from tests.factories.authenticator import give_passkey
from tests.factories.cast import Cast, Survivor
from tests.factories.dossier import photograph
from tests.factories.hostile_pdf import plain_pdf, saved
from tests.factories.lawyers import answered, checked, fresh, named, offered, record_of
from tests.factories.newcomers import invited
from tests.factories.plans import agreed
from tests.factories.world import World, address, desk_in_work
from vault.models import Grant, SealedValue, today

YES = {"value": "yes", "lang": "be"}
HEALTHY = {
    **made.SECTIONS,
    "consent": {**made.SECTIONS["consent"], HEALTH: YES, "CNS-06": YES},
    "health": {"CSQ-03": YES, "CSQ-02": {"value": ["sleep"], "lang": "be"}},
}
FILES = (
    ("фатаграфія-двара-за-крамай-2020.jpg", "image/jpeg", photograph(800, 600)),
    ("пастанова-суда.pdf", "application/pdf", saved(plain_pdf())),
    ("нататкі.txt", "text/plain", "Першы радок\nдругі".encode()),
)
LETTER = "Прывітанне. Мы атрымалі тое, што вы расказалі. Адказваць не трэба, калі цяжка.\n\nПышыце, калі захочаце."
NOTE = "Сустрэча ў чацвер. Патрэбны перакладчык; пытаць пра сястру толькі, калі сама пачне.\n\n" * 6


@dataclass(frozen=True)
class Stop:
    """A page that is opened: the name of its route, whose browser, its path, the status that it answers with."""

    name: str
    column: str
    path: str
    status: int = 200


@dataclass(frozen=True)
class Busy:
    """The desk, and the pages that the access table has no address for."""

    world: World
    stops: list[Stop]


def busy_desk(cast: Cast) -> Busy:
    """Everybody at work; each case that is needed beside Amina's stands at another step."""
    world = desk_in_work(cast, HEALTHY, FILES)
    filled(world, cast)
    stops = [
        *lawyers(cast),
        *health(world, cast),
        *sealed(cast),
        *recordings(world, cast),
        *people(world, cast),
        *faults(cast),
    ]
    case = world.dossier.case
    at = {"reference": case.reference}
    stops += [stop("view-exhibit", "own", exhibit_id=each, **at) for each in case.exhibits.values_list("id", flat=True)]
    Case.objects.update(team=made.TEAM)
    return Busy(world, stops)


def told(cast: Cast, sections: dict[str, Any] | None = None) -> Survivor:
    """One more person, on whose case Ben works."""
    survivor = made.first_contact()
    made.assigned(survivor, cast.ben)
    made.tell(survivor, sections)
    return survivor


def filled(world: World, cast: Cast) -> None:
    """Letters, flags, long notes, a translation, an agreed interview and a talk about Amina's case."""
    amina, ben, lena = world.amina, cast.ben, cast.lena
    letters.write_from_team(case=amina.fresh(), by=ben.person, ring=ben.ring, text=LETTER, language="be")
    made.write(amina, "Дзякуй. Я магу пісаць па вечарах.\n\nТэлефон лепш не трэба.")
    by = {"case": amina.fresh(), "by": ben.person, "ring": ben.ring}
    for _ in range(2):
        save_note(**by, note_id=uuid4(), text=NOTE, seen=0)
    flagging.raise_flag(**by, flag="TNR", reason="Невядомыя пыталіся пра яе ў суседзяў.")
    flagging.note_step(**by, flag="FAMILY", step="pseudonym", is_done=True)
    version = amina.fresh().versions.earliest("number")
    translating.save_translation(**by, version=version, language="en", texts={"you/LNG-04": "Amina"}, seen=0)
    proposal = Proposal.objects.get(case=amina.case, state=Proposal.State.ENGAGED)
    agreed(proposal, amina, cast)
    briefing.say(proposal=fresh(proposal), by=lena.person, ring=lena.ring, text="Is the twelfth of August certain?")
    briefing.say(proposal=fresh(proposal), by=ben.person, ring=ben.ring, text="She says so; the paper says the 13th.")


def lawyers(cast: Cast) -> list[Stop]:
    """Cases that look for a lawyer: nobody named, a yes without an offer, an offer, a conflict."""
    record_of(cast.tomas, cast)
    searching = [told(cast) for _ in range(4)]
    Case.objects.filter(id__in=[each.case.id for each in searching]).update(status=Case.Status.MATCHING)
    nobody, yes, offer, conflict = searching
    answered(named(yes.fresh(), cast), yes)
    given = offered(answered(named(offer.fresh(), cast), offer), cast)
    met = offered(answered(named(conflict.fresh(), cast, cast.tomas), conflict), cast)
    checked(met, cast.tomas, ticked=("relative",))
    team = [("name-lawyer", nobody, {"person_id": cast.tomas.person.id}), ("offer-case", yes, {})]
    team += [("waive-conflict", conflict, {}), *(("lawyers", each, {}) for each in searching)]
    own = [("lawyer", given), ("stranger", met)]
    return [stop(name, "own", reference=one.case.reference, **more) for name, one, more in team] + [
        stop("own-offer", column, proposal_id=proposal.id) for column, proposal in own
    ]


def health(world: World, cast: Cast) -> list[Stop]:
    """A clinician has Amina's answers about health, and had Olga's until she took the permission back."""
    carla, ben, olga = world.members["clinician"], cast.ben, told(cast, HEALTHY)
    for case in (olga.fresh(), world.amina.fresh()):
        care = caring.give(case=case, clinician=carla.person, by=ben.person, ring=ben.ring)
        caring.open_care(care=Care.objects.get(id=care.id), by=carla.person, ring=carla.ring)
    caring.say(care=Care.objects.get(id=care.id), by=carla.person, ring=carla.ring, text="Sleeps again.", is_over=False)
    withdraw(case=olga.fresh(), receipt=olga.ring, scopes=[HEALTH], language="be")
    case = olga.fresh()
    [copy] = [each for each in copies(case, ben.ring, ledger(case, ben.ring).withdrawal) if each.is_over]
    reference = case.reference
    return [
        stop("own-care", "clinician", care_id=care.id),
        stop("stop-letter", "own", reference=reference, copy_id=copy.id),
        stop("consents", "own", reference=reference),
        stop("case-care", "own", reference=reference),
    ]


def sealed(cast: Cast) -> list[Stop]:
    """A case whose sealed part two people opened to Ben."""
    case, ben, dana = told(cast).fresh(), cast.ben, cast.dana
    release = releasing.ask(case=case, by=ben.person, ring=ben.ring, reason="the lawyer asks", days=3)
    releasing.lend(release=release, by=dana.person, ring=dana.ring, reason="needed", days=3)
    return [stop("sealed", "own", reference=case.reference)]


def recordings(world: World, cast: Cast) -> list[Stop]:
    """Two recordings: at the five answers, and at the number."""
    first, number = recorded.begun(cast.ben), recorded.begun(cast.ben)
    given = {f"{question}-value": answer["value"] for question, answer in made.FIRST.items()} | {"CTC-02-value": ""}
    world.clients["own"].post(address("recording:first", {"recording_id": number.id}), given)
    return [
        Stop("recording:first", "own", address("recording:first", {"recording_id": first.id})),
        Stop("recording:number", "own", address("recording:number", {"recording_id": number.id})),
    ]


def people(world: World, cast: Cast) -> list[Stop]:
    """A passkey, the wish for another, a deputy, an invitation that waits."""
    own = world.clients["own"]
    give_passkey(own, cast.ben.code())
    own.post("/desk/account/passkeys/add/", {"name": "another", "code": cast.ben.code()})
    stand_in = world.members["analyst"].person
    deputies.name(person=stand_in, until=today(), by=cast.dana.person, ring=cast.dana.ring)
    token = {"token": invited(cast.dana, "yana")[1]}
    number = Passkey.objects.get(user=cast.ben.person).pk
    return [
        Stop("people:make-passkey", "own", address("people:make-passkey", {})),
        Stop("people:passkey", "own", address("people:passkey", {"number": number})),
        Stop("people:end-deputy", "lead", address("people:end-deputy", {"person_id": stand_in.id})),
        Stop("people:join", "nobody", address("people:join", token)),
        Stop("people:join", "own", address("people:join", token), 409),
        Stop("people:join", "nobody", address("people:join", {"token": "B" * 43}), 404),
        Stop("people:unlock", "locked", address("people:unlock", {})),
        Stop("people:sign-in", "nobody", address("people:sign-in", {})),
    ]


def faults(cast: Cast) -> list[Stop]:
    """A case without keys for Ben, another whose letters were changed in the database, and doors that stay shut."""
    locked, broken = told(cast), told(cast)
    Grant.objects.filter(
        recipient=cast.ben.person.pair, epoch__compartment__owner=locked.case.id, epoch__compartment__kind="work"
    ).delete()
    made.write(broken, "Прывітанне")
    SealedValue.objects.filter(table="message", epoch__compartment__owner=broken.case.id).update(signature=b"\0" * 64)
    chloe = cast.chloe.person.id
    return [
        stop("notes", "own", 403, reference=locked.case.reference),
        stop("letters", "own", 409, reference=broken.case.reference),
        Stop("no such page", "own", "/desk/nowhere/", 404),
        stop("case", "lawyer", 403, reference=broken.case.reference),
        stop("case", "far", 404, reference=broken.case.reference),
        Stop("people:end-deputy", "lead", address("people:end-deputy", {"person_id": chloe}), 409),
    ]


def stop(name: str, column: str, status: int = 200, **parameters: Any) -> Stop:
    """A page of the cases."""
    return Stop(f"cases:{name}", column, address(f"cases:{name}", parameters), status)


def cookie_of(client: Client) -> str:
    """The cookie of the desk in a browser of the tests; empty for nobody."""
    found = client.cookies.get("__Host-d")
    return found.value if found else ""
