"""Every way on which something of a case can leave the house: none without a signed permission, none in a safety hold.

Each way is brought to the moment before it happens; then the permission is missing, taken back, forged, or the case is
put on hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases import building, keys, records
from cases.actions import briefing, caring, offering, papers, texts
from cases.actions.asking import ask_person
from cases.actions.breaking_glass import hold
from cases.actions.dossiers import approve, hand_over_again, request_dossier
from cases.actions.handing_over import MEDIA, NATIONS, OTHERS, SANCTIONS
from cases.actions.packages import open_package
from cases.actions.stamps import open_stamp
from cases.actions.withdrawing import withdraw
from cases.errors import CaseError, NotConsented, NotReady
from cases.models import Approval, Care, Case, Dossier, HandOver, Proposal
from cases.permission import COUNTRIES, COURT, HEALTH, LAWYERS, READING
from cases.rounds import Part
from people.models import Role
from tests.attack import sql
from tests.attack.joined import admitted
from tests.factories import cast as made
from tests.factories import lawyers as steps
from tests.factories.cast import FIRST, Cast, Member, Survivor
from tests.factories.complaint import drafted, saved, sentence
from tests.factories.kept import kept
from tests.factories.texts import put
from tests.factories.time_authority import authority
from vault import worker
from vault.errors import VaultError
from vault.models import today
from vault.places import Place

Kind = Approval.Kind
Act = Callable[[], Any]
CALM = {**FIRST, "SAF-04": {"value": ["none"], "lang": "be"}}
YES = {scope: {"value": "yes", "lang": "be"} for scope in (LAWYERS, COURT, NATIONS, OTHERS, MEDIA, SANCTIONS, HEALTH)}
EVERYTHING = {**made.SECTIONS, "consent": {COUNTRIES: {"value": ["lt"], "lang": "be"}, **YES}}
NO = {scope: {"value": "no", "lang": "be"} for scope in YES}
NOTHING = {**made.SECTIONS, "consent": {COUNTRIES: {"value": [], "lang": "be"}, **NO}}
BODY = {"body": "A body", "what": "One letter"}


class World:
    """A case that looks for a lawyer, and everybody who may act on it."""

    def __init__(self, cast: Cast, survivor: Survivor, carla: Member) -> None:
        self.cast, self.survivor, self.carla = cast, survivor, carla

    @property
    def case(self) -> Case:
        """As it stands now."""
        return self.survivor.fresh()

    def by(self, member: Member | None = None) -> dict[str, Any]:
        """The actor of an action."""
        who = member or self.cast.ben
        return {"by": who.person, "ring": who.ring}

    def asked(self, kind: str, content: dict[str, Any]) -> Act:
        """What Ben asked, and Dana now agrees to."""
        approval = steps.ask(self.case, self.cast.ben, kind, content)
        return lambda: steps.decide(approval, self.cast.dana)

    def request(self) -> Dossier:
        """Ben asks for a dossier."""
        worker.ensure()
        return request_dossier(
            case=self.case, **self.by(), route=made.ROUTES[0], lawyer=self.cast.lena.person, reason="yes"
        )  # fmt: skip

    def proposal(self) -> Proposal:
        """Lena was named, and the person said yes."""
        return steps.answered(steps.named(self.case, self.cast), self.survivor)

    def engaged(self) -> Proposal:
        """Lena has the mandate."""
        offered = steps.offered(self.proposal(), self.cast)
        steps.checked(offered, self.cast.lena)
        return steps.accepted(offered, self.cast.lena)


def _offer(world: World) -> Act:
    proposal = world.proposal()
    return lambda: offering.offer(proposal=proposal, **world.by(), summary="Held in 2020.", language="en")


def _accept(world: World) -> Act:
    offered = steps.offered(world.proposal(), world.cast)
    steps.checked(offered, world.cast.lena)
    return lambda: offering.accept(proposal=offered, **world.by(world.cast.lena))


def _brief(world: World) -> Act:
    proposal = world.engaged()
    return lambda: briefing.hand_over(proposal=proposal, **world.by())


def _read_brief(world: World) -> Act:
    proposal = steps.briefed(world.engaged(), world.cast.ben)
    return lambda: briefing.open_brief(proposal=steps.fresh(proposal), **world.by(world.cast.lena))


def _read_paper(world: World) -> Act:
    proposal, body = world.engaged(), b"%PDF-1.4\n" + b"x" * 70_000
    brought = papers.bring(
        proposal=proposal, **world.by(world.cast.lena), kind="power", upload=made.sealed_upload("a.pdf", body),
        name="a.pdf", content_type="application/pdf",
    )  # fmt: skip

    def act() -> None:
        found = papers.open_paper(
            proposal=steps.fresh(proposal), paper_id=brought.id, **world.by(world.cast.lena)
        )  # fmt: skip
        found[1].close()

    return act


def _approve(world: World) -> Act:
    dossier = world.request()
    return lambda: approve(dossier=dossier, **world.by(world.cast.dana), reason="yes")


def _again(world: World) -> Act:
    dossier = world.request()
    return lambda: hand_over_again(dossier=dossier, **world.by())


def _fetch(world: World) -> Act:
    dossier = made.delivered(world.request(), world.cast.lena, b"PK" + b"x" * 70_000)

    def act() -> None:
        package = open_package(dossier=Dossier.objects.get(id=dossier.id), **world.by(world.cast.lena))
        package[2].close()

    return act


def _stamp(world: World) -> Act:
    dossier = made.delivered(world.request(), world.cast.lena, b"PK" + b"x" * 70_000)
    row = dossier.stamps.get()
    dossier.stamps.update(token=authority().token(bytes(row.imprint), timezone.now()), got_on=today())

    def act() -> None:
        open_stamp(dossier=Dossier.objects.get(id=dossier.id), **world.by(world.cast.lena), place=1)

    return act


def _care(world: World) -> Act:
    return lambda: caring.give(case=world.case, clinician=world.carla.person, **world.by())


def _read_care(world: World) -> Act:
    care = _care(world)()
    return lambda: caring.open_care(care=Care.objects.get(id=care.id), **world.by(world.carla))


def _to(kind: str, to: str) -> Callable[[World], Act]:
    return lambda world: world.asked(kind, {"to": to, **BODY})


# What each way rests on, and how it is brought to the moment before.
WAYS: dict[str, tuple[str, Callable[[World], Act]]] = {
    "ask for a dossier": (COUNTRIES, lambda world: world.request),
    "approve a dossier": (LAWYERS, _approve),
    "ask for a dossier again": (LAWYERS, _again),
    "fetch a dossier": (LAWYERS, _fetch),
    "fetch a time stamp": (LAWYERS, _stamp),
    "name a lawyer": (LAWYERS, lambda world: world.asked(
        Kind.PROPOSE, {**steps.NAME, "lawyer": str(world.cast.lena.person.id)})),
    "offer to a lawyer": (COUNTRIES, _offer),
    "take the mandate": (LAWYERS, _accept),
    "hand the brief over": (LAWYERS, _brief),
    "read the brief": (LAWYERS, _read_brief),
    "read a paper": (LAWYERS, _read_paper),
    "to the Court": (COURT, _to(Kind.TRANSFER, "icc")),
    "to a body of the United Nations": (NATIONS, _to(Kind.TRANSFER, "un")),
    "to a body that decides on sanctions": (SANCTIONS, _to(Kind.TRANSFER, "sanctions")),
    "to media": (MEDIA, _to(Kind.MEDIA, "media")),
    "to a clinician": (HEALTH, _care),
    "read as a clinician": (HEALTH, _read_care),
}  # fmt: skip
# Those that need nothing before them; of one kind of asking one waits at a time.
ENTRIES = ("ask for a dossier", "name a lawyer", "to the Court", "to media", "to a clinician")


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(cast: Cast) -> World:
    """A survivor who said yes to everything; Ben and Chloe work on the case, which looks for a lawyer."""

    def make() -> tuple[Survivor, Member]:
        carla = admitted(cast, "carla", Role.CLINICIAN)
        survivor = made.first_contact(CALM)
        return ready(cast, survivor, EVERYTHING), carla

    return World(cast, *kept("ways out", make))


def ready(cast: Cast, survivor: Survivor, told: dict[str, Any]) -> Survivor:
    """Told, confirmed, and agreed that a lawyer is looked for, where the permissions allow it."""
    made.assigned(survivor, cast.ben)
    made.tell(survivor, told)
    made.confirmed(survivor, cast.ben)
    drafted(survivor.fresh(), cast.ben)
    made.given(survivor, cast.chloe, cast.dana)
    steps.record_of(cast.lena, cast)
    if told is EVERYTHING:
        steps.decide(steps.ask(survivor.fresh(), cast.ben, Kind.ACCEPT), cast.dana)
    return survivor


@pytest.mark.parametrize("way", WAYS)
def test_open_with_a_yes_shut_without_it_and_in_a_hold(world: World, way: str) -> None:
    """The first part is the control: what the others refuse is refused for no other reason."""
    scope, prepare = WAYS[way]
    act = prepare(world)
    with undone():
        act()
    before = HandOver.objects.count()
    with undone():
        withdraw(case=world.case, receipt=world.survivor.ring, scopes=[scope], language="be")
        with pytest.raises((CaseError, VaultError)):
            act()
        assert HandOver.objects.count() == before
    require_held(world, act)


def require_held(world: World, act: Act) -> None:
    """In a safety hold it does not happen."""
    with undone():
        hold(case=world.case, **world.by(), reason="somebody looks for her")
        with pytest.raises(NotReady) as caught:
            act()
        assert caught.value.code == "safety_hold"


def test_nothing_goes_out_without_a_signed_yes(cast: Cast) -> None:
    survivor, carla = made.first_contact(CALM), admitted(cast, "carla", Role.CLINICIAN)
    world = World(cast, ready(cast, survivor, NOTHING), carla)
    Case.objects.filter(id=world.case.id).update(status=Case.Status.MATCHING)  # as a database writer would
    for name in [*ENTRIES, "to a body of the United Nations", "to a body that decides on sanctions"]:
        with undone():
            act = WAYS[name][1](world)
            with pytest.raises(NotConsented):
                act()
            for model in (HandOver, Dossier, Proposal, Care):
                assert not model.objects.exists()


def test_everything_taken_back_stops_each_way(world: World) -> None:
    acts = [WAYS[name][1](world) for name in ENTRIES]
    withdraw(case=world.case, receipt=world.survivor.ring, scopes=[READING], language="be")
    for act in acts:
        with pytest.raises((CaseError, VaultError)):
            act()
    assert not HandOver.objects.exists()


def _copied_by_sql(world: World) -> None:
    """The yes of another survivor is copied over the answer, row, signature and all."""
    other = made.first_contact(CALM)
    made.tell(other, EVERYTHING)
    sql.run(
        "UPDATE vault_sealedvalue SET blob = (SELECT blob FROM vault_sealedvalue v WHERE v.id = %s), signature = "
        "(SELECT signature FROM vault_sealedvalue v WHERE v.id = %s) WHERE id = %s",
        _consent_of(other), _consent_of(other), _consent_of(world.survivor),
    )  # fmt: skip


def _signed_by_a_caseworker(world: World) -> None:
    """Ben writes a yes into the newest version, in his own hand, and has the head list it."""
    from vault.heads import write_head

    version = world.case.versions.last()
    assert version is not None
    account = keys.open_latest(world.case, keys.ACCOUNT, world.cast.ben.ring)
    answers = {"number": version.number, "catalogue": version.catalogue, "language": "be", "answers": YES}
    records.write(account, Place("statement", "consent", version.id, 99), answers, world.cast.ben.ring.signer)
    messages = keys.open_latest(world.case, keys.MESSAGES, world.cast.ben.ring)
    write_head(world.case.id, messages, world.cast.ben.ring.signer)


def _consent_of(survivor: Survivor) -> Any:
    version = survivor.fresh().versions.last()
    assert version is not None
    return sql.ask(
        "SELECT id FROM vault_sealedvalue WHERE field = 'consent' AND \"row\" = %s", sql.plain(version.id)
    )[0][0]  # fmt: skip


@pytest.mark.parametrize("forge", [_copied_by_sql, _signed_by_a_caseworker])
def test_nothing_goes_out_on_a_forged_yes(world: World, forge: Callable[[World], None]) -> None:
    acts = [WAYS[name][1](world) for name in ENTRIES]
    forge(world)
    for act in acts:
        with pytest.raises(VaultError):
            act()
    for model in (HandOver, Dossier, Proposal, Care):
        assert not model.objects.exists()


def _ask(world: World) -> Act:
    parts = (Part("Дзе гэта было?", "трэба месца", "H5"),)
    return lambda: ask_person(case=world.case, **world.by(), text="Пытанне", parts=parts, language="be")


def _talk(world: World) -> Act:
    proposal = world.engaged()
    return lambda: briefing.say(proposal=proposal, **world.by(), text="The twelfth.")


def _write(world: World) -> Act:
    steps.briefed(world.engaged(), world.cast.ben)
    return lambda: saved(world.case, world.cast.ben, sentence("Of the third day."))


def _text(world: World) -> Act:
    steps.briefed(world.engaged(), world.cast.ben)
    drafted(world.case, world.cast.ben)
    Case.objects.update(status=Case.Status.LEGAL_REVIEW)
    written = put(world.case, world.cast)
    return lambda: texts.show(
        case=world.case, **world.by(world.cast.dana), route=made.ROUTES[0], put=written, aloud="by telephone"
    )


@pytest.mark.parametrize("prepare", [_ask, _talk, _write, _text])
def test_in_a_hold_nobody_asks_the_person_or_writes_to_the_lawyer(
    world: World, prepare: Callable[[World], Act]
) -> None:
    require_held(world, prepare(world))


def test_a_worker_builds_nothing_in_a_hold(world: World) -> None:
    dossier = world.request()
    approve(dossier=dossier, **world.by(world.cast.dana), reason="yes")
    hold(case=world.case, **world.by(), reason="somebody looks for her")
    building.build(dossier.id)
    dossier.refresh_from_db()
    assert (dossier.file_id, dossier.state == Dossier.State.READY) == (None, False)


def test_no_other_action_asks_about_the_hold() -> None:
    """A new way out asks about the hold, and then belongs into the tables above."""
    folder = Path(settings.BASE_DIR) / "cases"
    found = {str(path.relative_to(folder)) for path in folder.rglob("*.py") if "_held(" in (text := path.read_text())
             or "require_no_hold(" in text}  # fmt: skip
    actions = {
        "asking", "briefing", "caring", "dossiers", "handing_over", "offering", "papers", "planning", "proposing",
        "breaking_glass", "composing", "packages", "stamps", "texts",
    }  # fmt: skip
    elsewhere = {"hold.py", "building.py", "notices.py", "steps.py", "views/dates.py", "views/offers.py"}
    assert found - elsewhere == {f"actions/{each}.py" for each in actions}
