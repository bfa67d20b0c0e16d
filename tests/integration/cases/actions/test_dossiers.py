"""Asking for a dossier, and receiving it: consent first, nothing half made, and nobody's package but the worker's."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from cases import records
from cases.actions import dossiers
from cases.actions.dossiers import KIND, PACKAGE, request_record
from cases.actions.packages import acknowledge, open_package, package_facts
from cases.errors import NotConsented, NotReady, Refused
from cases.models import Case, Dossier
from people.models import Person
from tests.factories.cast import ROUTES, Cast, Member, Survivor, assigned, confirmed, tell
from tests.factories.intruder import Intruder, copied, erase, overwrite
from vault import compartments, worker
from vault.errors import Forged, NoGrant, Unstated, VaultError
from vault.models import AuditEvent, Compartment, Grant, SealedFile, SealedValue, Statement
from vault.places import Place
from vault.recipients import stated
from vault.writing import FileWriter

ROUTE = ROUTES[0]


def ask(case: Case, by: Member, lawyer: Person, route: dict[str, Any] = ROUTE) -> Dossier:
    return dossiers.request_dossier(case=case, by=by.person, ring=by.ring, route=route, lawyer=lawyer, reason="why")


@pytest.fixture
def half(cast: Cast) -> Any:
    """A worker is there."""
    return worker.ensure()


class TestAsking:
    """Everything that must be there first; without it nothing is stored."""

    def nothing_is_left(self) -> bool:
        return not (Dossier.objects.exists() or Compartment.objects.filter(kind=KIND).exists())

    @pytest.mark.parametrize(
        ("forum", "missing"), [("DE", "country"), ("", "icc"), ("ICC", "icc"), ("lt", "country"), (None, "icc")]
    )
    def test_the_survivor_has_agreed_to_that_country(
        self, cast: Cast, reviewed: Case, half: Any, forum: str | None, missing: str
    ) -> None:
        with pytest.raises(NotConsented) as caught:
            ask(reviewed, cast.ben, cast.lena.person, {**ROUTE, "forum": forum} if forum is not None else {})
        assert caught.value.code == missing
        assert self.nothing_is_left()

    @pytest.mark.parametrize("answer", ["no", "ask_later", None])
    def test_and_to_partner_lawyers(self, cast: Cast, amina: Survivor, half: Any, answer: str | None) -> None:
        assigned(amina, cast.ben)
        consents = {"CNS-02": {"value": ["lt"], "lang": "be"}, "CNS-03": {"value": answer, "lang": "be"}}
        tell(amina, {"consent": consents})
        with pytest.raises(NotConsented) as caught:
            ask(confirmed(amina, cast.ben), cast.ben, cast.lena.person)
        assert caught.value.code == "lawyer"

    def test_a_consent_taken_back_in_an_addition_counts(
        self, cast: Cast, reviewed: Case, amina: Survivor, half: Any
    ) -> None:
        tell(amina, {"consent": {"CNS-02": {"value": ["pl"], "lang": "be"}, "CNS-03": {"value": "yes", "lang": "be"}}})
        with pytest.raises(NotConsented):
            ask(amina.fresh(), cast.ben, cast.lena.person)

    def test_a_consent_put_back_by_sql_shows(self, cast: Cast, reviewed: Case, amina: Survivor, half: Any) -> None:
        tell(amina, {"consent": {"CNS-02": {"value": [], "lang": "be"}, "CNS-03": {"value": "no", "lang": "be"}}})
        newest = amina.fresh().versions.order_by("-number")[0]
        erase(SealedValue.objects.filter(row=newest.id))
        erase(type(newest).objects.filter(id=newest.id))
        with pytest.raises(Forged):
            ask(amina.fresh(), cast.ben, cast.lena.person)
        assert self.nothing_is_left()

    def test_a_worker(self, cast: Cast, reviewed: Case) -> None:
        with pytest.raises(NotReady) as caught:
            ask(reviewed, cast.ben, cast.lena.person)
        assert caught.value.code == "worker"
        assert self.nothing_is_left()

    def test_confirmed_facts(self, cast: Cast, told: Case, half: Any) -> None:
        with pytest.raises(NotReady) as caught:
            ask(told, cast.ben, cast.lena.person)
        assert caught.value.code == "facts"
        assert self.nothing_is_left()

    @pytest.mark.parametrize("name", ["chloe", "dana"])
    def test_a_lawyer_and_not_somebody_else(self, cast: Cast, reviewed: Case, half: Any, name: str) -> None:
        member = getattr(cast, name).person
        with pytest.raises(NotReady):
            ask(reviewed, cast.ben, member)
        overwrite(member, role="lawyer")
        with pytest.raises(NotReady):
            ask(reviewed, cast.ben, Person.objects.get(id=member.id))
        assert self.nothing_is_left()

    @pytest.mark.parametrize("change", ["inactive", "unstated", "other_key", "halves"])
    def test_a_lawyer_whose_key_holds(self, cast: Cast, reviewed: Case, half: Any, change: str) -> None:
        lena, tomas = cast.lena.person, cast.tomas.person
        if change == "inactive":
            overwrite(lena, is_active=False)
        elif change == "unstated":
            erase(Statement.objects.filter(pair=lena.pair))
        elif change == "halves":
            overwrite(lena.pair, kem_public=bytes(Intruder().pair.kem_public))
        else:
            spare, pairs = Intruder().pair, (lena.pair, tomas.pair)
            for person, pair in ((lena, spare), (tomas, pairs[0]), (lena, pairs[1])):
                overwrite(person, pair=pair)
        with pytest.raises(NotReady) as caught:
            ask(reviewed, cast.ben, Person.objects.get(id=lena.id))
        assert caught.value.code == "lawyer"
        assert self.nothing_is_left()

    def test_somebody_who_works_on_the_case(self, cast: Cast, reviewed: Case, half: Any) -> None:
        for member in (cast.chloe, cast.lena):
            with pytest.raises(Refused):
                ask(reviewed, member, cast.lena.person)
        assert self.nothing_is_left()

    def test_the_reason_is_readable_to_the_team_and_signed_by_the_asker(
        self, cast: Cast, request_made: Dossier
    ) -> None:
        assert request_record(request_made, cast.dana.ring)["lawyer"] == "Lena"
        assert "Lithuania" in request_record(request_made, cast.ben.ring)["reason"]
        assert "Lithuania" not in repr(list(Dossier.objects.values()))
        with pytest.raises((NoGrant, VaultError)):
            request_record(request_made, cast.lena.ring)

    def test_another_member_does_not_rewrite_the_reason(self, cast: Cast, request_made: Dossier) -> None:
        from cases import work

        work.write(request_made.case, cast.dana.ring, "dossier", "request", request_made.id, {"reason": "other"})
        with pytest.raises(Forged):
            request_record(request_made, cast.marek.ring)


class TestReceiving:
    """Only the worker packs, only that lawyer opens."""

    def test_the_lawyer_opens_what_the_worker_packed(self, cast: Cast, package: Dossier) -> None:
        name, size, stream = open_package(dossier=package, by=cast.lena.person, ring=cast.lena.ring)
        assert name == f"{dossiers.reference(package)}.zip"
        assert len(b"".join(stream.chunks())) == size
        stream.close()
        assert package_facts(package, cast.lena.ring)["pages"] == 1
        assert AuditEvent.objects.filter(action="dossier.downloaded").count() == 1

    def test_nobody_else_does(self, cast: Cast, package: Dossier) -> None:
        for member in (cast.tomas, cast.ben, cast.dana):
            with pytest.raises(Refused):
                open_package(dossier=package, by=member.person, ring=member.ring)
        overwrite(package, lawyer=cast.tomas.person)
        moved = Dossier.objects.get(id=package.id)
        with pytest.raises(NoGrant):
            open_package(dossier=moved, by=cast.tomas.person, ring=cast.tomas.ring)

    def test_before_it_is_ready_there_is_nothing(self, cast: Cast, request_made: Dossier) -> None:
        with pytest.raises(NotReady):
            open_package(dossier=request_made, by=cast.lena.person, ring=cast.lena.ring)
        overwrite(request_made, state="ready")
        with pytest.raises(NotReady):
            open_package(dossier=Dossier.objects.get(), by=cast.lena.person, ring=cast.lena.ring)

    @pytest.mark.parametrize("use", ["receipt", "worker", "person"])
    def test_a_package_by_an_intruder_is_not_opened(self, cast: Cast, package: Dossier, use: str) -> None:
        erase(SealedValue.objects.filter(table="dossier", field="contents"))
        Compartment.objects.get(kind=PACKAGE).delete()
        intruder = Intruder(use)
        opened = compartments.create(
            kind=PACKAGE, owner=package.id, recipients=[stated(cast.lena.person.pair)], giver=intruder.signer,
            purpose=PACKAGE,
        )  # fmt: skip
        with FileWriter() as writer:
            writer.write(b"forged")
            overwrite(package, file=writer.keep(opened, intruder.signer))
        with pytest.raises((Forged, Unstated)):
            open_package(dossier=Dossier.objects.get(id=package.id), by=cast.lena.person, ring=cast.lena.ring)
        with pytest.raises((Forged, Unstated)):
            package_facts(package, cast.lena.ring)

    def test_a_package_by_a_member_is_none_either(self, cast: Cast, package: Dossier) -> None:
        Compartment.objects.get(kind=PACKAGE).delete()
        opened = compartments.create(
            kind=PACKAGE, owner=package.id, recipients=[stated(cast.lena.person.pair)], giver=cast.ben.ring.signer,
            purpose=PACKAGE,
        )  # fmt: skip
        records.write(opened, Place("dossier", "contents", package.id), {"pages": 1}, cast.ben.ring.signer)
        with pytest.raises(Unstated):
            package_facts(package, cast.lena.ring)

    def test_another_file_under_the_dossier_is_forged(self, cast: Cast, package: Dossier) -> None:
        overwrite(package, file=package.case.exhibits.get().file)
        with pytest.raises(Forged):
            open_package(dossier=Dossier.objects.get(id=package.id), by=cast.lena.person, ring=cast.lena.ring)

    def test_the_package_of_another_dossier_is_forged(self, cast: Cast, package: Dossier) -> None:
        other = Dossier.objects.create(
            case=package.case, number=9, requested_by=cast.ben.person, lawyer=cast.lena.person, state="ready"
        )
        overwrite(Compartment.objects.get(kind=PACKAGE), owner=other.id)
        with pytest.raises(VaultError):
            package_facts(other, cast.lena.ring)

    def test_the_receipt_is_signed_by_the_lawyer(self, cast: Cast, package: Dossier) -> None:
        acknowledge(dossier=package, by=cast.lena.person, ring=cast.lena.ring)
        value = SealedValue.objects.get(table="dossier", field="acknowledgement")
        assert value.signer == cast.lena.person.pair
        assert Dossier.objects.get(id=package.id).state == "acknowledged"
        for member in (cast.tomas, cast.ben):
            with pytest.raises(Refused):
                acknowledge(dossier=package, by=member.person, ring=member.ring)


class TestFacts:
    """Facts are what a member confirmed last: no receipt writes them, and no older ones come back."""

    def test_who_does_not_work_on_it_confirms_nothing(self, cast: Cast, told: Case, amina: Survivor) -> None:
        for member in (cast.chloe, cast.lena):
            with pytest.raises(Refused):
                confirmed(amina, member)

    def test_each_confirmation_is_the_next_version(self, cast: Cast, reviewed: Case, amina: Survivor) -> None:
        from cases.actions.facts import current_facts

        before = current_facts(reviewed, cast.dana.ring)
        changed = {**(before or {}), "languages": ["ru"]}
        confirmed(amina, cast.dana, changed)
        assert current_facts(reviewed, cast.ben.ring) == changed
        assert SealedValue.objects.filter(table="facts").count() == 2

    def test_an_older_version_put_in_its_place_shows(self, cast: Cast, reviewed: Case, amina: Survivor) -> None:
        from cases.actions.facts import current_facts

        confirmed(amina, cast.dana, {**(current_facts(reviewed, cast.ben.ring) or {}), "languages": ["ru"]})
        erase(SealedValue.objects.filter(table="facts", version=2))
        with pytest.raises(Forged):
            current_facts(reviewed, cast.ben.ring)
        with pytest.raises(Forged):
            confirmed(amina, cast.ben)

    def test_a_copy_of_a_version_shows(self, cast: Cast, reviewed: Case) -> None:
        from cases.actions.facts import current_facts

        copied(SealedValue.objects.get(table="facts"), version=9)
        with pytest.raises(Forged):
            current_facts(reviewed, cast.ben.ring)

    def test_facts_by_the_receipt_are_none(self, cast: Cast, reviewed: Case, amina: Survivor) -> None:
        """Whoever has the code and the database opens a new epoch of `work` in the receipt's name."""
        from cases import keys
        from cases.actions.facts import current_facts
        from vault.heads import write_head

        compartment = keys.compartment(reviewed, keys.WORK)
        opened = compartments.next_epoch(
            compartment, recipients=keys.Team.now().of_new, giver=amina.ring.signer, purpose="test"
        )
        records.write(opened, Place("facts", "confirmed", reviewed.id, 9), {"forged": True}, amina.ring.signer)
        write_head(compartment.id, opened, amina.ring.signer)
        with pytest.raises(Forged):
            current_facts(reviewed, cast.ben.ring)


def test_a_dossier_row_made_by_hand_is_not_a_request(cast: Cast, told: Case) -> None:
    from cases import building

    row = Dossier.objects.create(
        case=told, number=1, requested_by=cast.ben.person, lawyer=cast.lena.person, state="approved",
        decided_by=cast.dana.person, decided_at=timezone.now(),
    )  # fmt: skip
    worker.ensure()
    building.build(row.id)
    row.refresh_from_db()
    assert (row.state, row.trouble) == ("failed", "not_released_missing")
    assert not Grant.objects.filter(recipient__use="worker").exists()
    assert SealedFile.objects.count() == 1
