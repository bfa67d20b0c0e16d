"""Erasing a case: two people, a hold that wins, everything of the case and nothing of another, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import access, building
from cases.actions.dossiers import approve
from cases.actions.erasing import approve_erasing, refusal, refuse_erasing, request_erasing
from cases.actions.holding import holds_of, lift_hold, place_hold
from cases.actions.letters import read_letters, write_from_team
from cases.actions.opening import find_case
from cases.actions.packages import open_package
from cases.errors import NotReady, Refused
from cases.models import Case, Dossier, Erasure, LegalHold
from tests.factories import cast as made
from tests.factories.cast import STORY, Member, Survivor
from tests.factories.intruder import erase as delete_row
from tests.factories.intruder import overwrite
from tests.factories.together import together
from vault import erasing
from vault.errors import Forged
from vault.models import AuditEvent, KeyPair, SealedFile, SealedValue, today

State = Erasure.State


def asked(case: Case, by: Member, why: str = "survivor_asked") -> Erasure:
    return request_erasing(case=case, by=by.person, ring=by.ring, why=why)


def decided(erasure: Erasure, by: Member, reference: str | None = None) -> None:
    approve_erasing(erasure=erasure, by=by.person, ring=by.ring, reference=reference or erasure.reference)


def held(case: Case, by: Member) -> LegalHold:
    return place_hold(case=case, by=by.person, ring=by.ring, reason="A court asked for it.")


def is_whole(case: Case, by: Member) -> bool:
    """Is everything still readable?"""
    account = access.open_account(case, by=by.person, ring=by.ring, purpose="reply")
    return account.answer("EPI-08")["value"] == STORY and len(account.exhibits) == 1


class TestTwoPeople:
    """Asking is not deciding, in the actions and in the database."""

    def test_a_caseworker_asks_and_a_lead_erases(self, told: Case, ben: Member, dana: Member) -> None:
        erasure = asked(told, ben)
        decided(erasure, dana)
        row = Erasure.objects.get()
        assert (row.case, row.reference, row.state, row.why) == (None, told.reference, State.DONE, "survivor_asked")
        assert (row.requested_by, row.decided_by, row.decided_on) == (ben.person, dana.person, today())
        assert not Case.objects.exists()

    def test_whoever_asked_does_not_decide(self, told: Case, dana: Member) -> None:
        erasure = asked(told, dana)
        with pytest.raises(Refused, match="own_request"):
            decided(erasure, dana)
        with pytest.raises(Refused, match="own_request"):
            refuse_erasing(erasure=erasure, by=dana.person, ring=dana.ring, reason="No.")
        assert is_whole(told, dana)

    def test_no_caseworker_decides(self, told: Case, ben: Member, dana: Member) -> None:
        with pytest.raises(Refused, match="Not for a caseworker"):
            decided(asked(told, dana), ben)
        assert is_whole(told, ben)

    def test_nobody_asks_who_does_not_work_on_the_case(self, told: Case, chloe: Member, lena: Member) -> None:
        for stranger in (chloe, lena):
            with pytest.raises(Refused):
                asked(told, stranger)

    def test_the_database_refuses_one_person(self, told: Case, ben: Member, dana: Member) -> None:
        erasure = asked(told, dana)
        impossible: list[dict[str, Any]] = [
            {"state": State.DONE, "decided_by": dana.person},
            {"state": State.DONE, "decided_by": None},
            {"state": State.DONE, "decided_by": dana.person, "requested_by": None},
            {"state": State.REFUSED},
        ]
        for columns in impossible:
            with pytest.raises(IntegrityError), transaction.atomic():
                Erasure.objects.filter(id=erasure.id).update(**columns)
        hold = held(told, dana)
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalHold.objects.filter(id=hold.id).update(lifted_by=dana.person, lifted_on=today())
        assert is_whole(told, ben)

    def test_one_request_waits_at_a_time(self, told: Case, ben: Member, marek: Member) -> None:
        asked(told, ben)
        with pytest.raises(Refused, match="already_asked"):
            asked(told, marek)
        with pytest.raises(IntegrityError), transaction.atomic():
            Erasure.objects.create(case=told, reference=told.reference, why="by_mistake", requested_by=marek.person)

    def test_it_is_decided_once(self, told: Case, ben: Member, dana: Member, marek: Member) -> None:
        erasure = asked(told, ben)
        decided(erasure, dana)
        with pytest.raises(Refused, match="already_decided"):
            decided(erasure, marek, told.reference)

    def test_the_wrong_reference_erases_nothing(self, told: Case, ben: Member, dana: Member) -> None:
        with pytest.raises(Refused, match="reference"):
            decided(asked(told, ben), dana, "ZZZ-ZZZ")
        assert is_whole(told, ben)

    def test_the_reference_may_be_typed_in_small_letters(self, told: Case, ben: Member, dana: Member) -> None:
        decided(asked(told, ben), dana, f" {told.reference.lower()} ")
        assert not Case.objects.exists()

    def test_a_refusal_keeps_everything_and_says_why(self, told: Case, ben: Member, dana: Member) -> None:
        erasure = asked(told, ben)
        refuse_erasing(erasure=erasure, by=dana.person, ring=dana.ring, reason="She meant the letters.")
        assert refusal(erasure, told, ben.ring) == "She meant the letters."
        assert is_whole(told, ben)
        assert asked(told, ben).id != erasure.id, "it may be asked again"

    def test_the_reason_is_a_code_that_must_be_true(self, told: Case, ben: Member) -> None:
        for why, said in (("clock_over", "no_clock"), ("because I say so", "why")):
            with pytest.raises(Refused, match=said):
                asked(told, ben, why)
        Case.objects.update(received_on="2020-01-01")
        told.versions.update(sent_on="2020-01-01")
        told.assignments.update(made_on="2020-01-01")
        assert asked(told, ben, "clock_over").why == "clock_over"


class TestHold:
    """A legal hold wins, whatever the columns say."""

    def test_while_one_stands_nobody_may_ask(self, told: Case, ben: Member, dana: Member) -> None:
        held(told, dana)
        with pytest.raises(Refused, match="held"):
            asked(told, ben)

    def test_one_placed_after_the_request_wins(self, told: Case, ben: Member, dana: Member, marek: Member) -> None:
        erasure = asked(told, ben)
        held(told, marek)
        with pytest.raises(Refused, match="held"):
            decided(erasure, dana)
        assert is_whole(told, ben)

    def test_another_lead_lifts_it(self, told: Case, ben: Member, dana: Member, marek: Member) -> None:
        erasure, hold = asked(told, ben), held(told, marek)
        with pytest.raises(Refused, match="own_hold"):
            lift_hold(hold=hold, by=marek.person, ring=marek.ring, reason="Over.")
        lift_hold(hold=hold, by=dana.person, ring=dana.ring, reason="The court is done.")
        assert [(each.reason, each.lifted, each.stands) for each in holds_of(told, ben.ring)] == [
            ("A court asked for it.", "The court is done.", False)
        ]
        decided(erasure, marek)
        assert not LegalHold.objects.exists()

    def test_no_caseworker_places_or_lifts_one(self, told: Case, ben: Member, dana: Member) -> None:
        with pytest.raises(Refused):
            held(told, ben)
        hold = held(told, dana)
        with pytest.raises(Refused):
            lift_hold(hold=hold, by=ben.person, ring=ben.ring, reason="Over.")

    def test_one_stands_at_a_time(self, told: Case, dana: Member, marek: Member) -> None:
        held(told, dana)
        with pytest.raises(Refused, match="held"):
            held(told, marek)
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalHold.objects.create(case=told, placed_by=marek.person)

    def test_a_hold_that_was_deleted_in_the_table_still_stands(
        self, told: Case, ben: Member, dana: Member, marek: Member
    ) -> None:
        erasure, hold = asked(told, ben), held(told, marek)
        delete_row(LegalHold.objects.filter(id=hold.id))
        with pytest.raises(Forged):
            decided(erasure, dana)
        assert is_whole(told, ben)

    def test_a_hold_that_was_set_to_lifted_in_the_table_still_stands(
        self, told: Case, ben: Member, dana: Member, marek: Member
    ) -> None:
        erasure, hold = asked(told, ben), held(told, marek)
        overwrite(hold, lifted_on=today(), lifted_by_id=dana.person.id)
        with pytest.raises(Forged, match="its row says something else"):
            decided(erasure, dana)
        assert is_whole(told, ben)

    def test_a_case_that_does_not_verify_is_not_erased(self, told: Case, ben: Member, dana: Member) -> None:
        erasure = asked(told, ben)
        value = SealedValue.objects.filter(table="case", field="flags").get()
        overwrite(value, blob=bytes(value.blob)[:-1] + bytes([bytes(value.blob)[-1] ^ 1]))
        with pytest.raises(Forged):
            decided(erasure, dana)
        assert Case.objects.exists()


@pytest.fixture
def full(told: Case, amina: Survivor, ben: Member, dana: Member, marek: Member, lena: Member) -> Case:
    """A case with one of everything: letters, facts, a dossier with its lawyer, a draft with a file, a lifted hold."""
    made.confirmed(amina, ben)
    made.write(amina, "Ліст")
    write_from_team(case=told, by=ben.person, ring=ben.ring, text="Адказ", language="be")
    dossier = made.requested(amina, ben, lena)
    approve(dossier=dossier, by=dana.person, ring=dana.ring, reason="Fits.")
    package = made.delivered(dossier, lena, b"%PDF-1.4\n" + b"x" * 9000)
    open_package(dossier=package, by=lena.person, ring=lena.ring)[2].close()
    made.requested(amina, ben, lena)  # a second one, which waits
    made.drafting.save_section(
        case=told, receipt=amina.ring, section="story", answers=made.SECTIONS["story"], seen_version=0
    )
    upload = made.sealed_upload("b.pdf", b"%PDF-1.4\n" + b"y" * 9000)
    made.drafting.attach(case=told, receipt=amina.ring, upload=upload, name="b.pdf", content_type="application/pdf")
    refused = asked(told, ben)
    refuse_erasing(erasure=refused, by=dana.person, ring=dana.ring, reason="Not yet.")
    lift_hold(hold=held(told, dana), by=marek.person, ring=marek.ring, reason="Over.")
    return told


def ids_of(case: Case) -> set[UUID]:
    """The id of the case, of all that names it, of their compartments and files, and of the receipt."""
    found = {case.id, case.receipt_id}
    size = 0
    while size != len(found):
        size = len(found)
        for model in walked():
            for row in model.objects.all():
                cells = {getattr(row, field.attname) for field in model._meta.fields}
                is_own = cells & found and not isinstance(row, KeyPair)
                if is_own:
                    found |= {row.pk} | ({row.file_id} if getattr(row, "file_id", None) else set())
    return {each for each in found if isinstance(each, UUID)}


def walked() -> Iterator[Any]:
    """All tables but the audit trail, the tombstone and the people: those are named by a case, not part of it."""
    apart = {"AuditEvent", "AuditBatch", "AuditLink", "Countersignature", "Erasure", "Person", "Statement"}
    for model in apps.get_models():
        if model._meta.app_label in ("vault", "cases", "people") and model.__name__ not in apart:
            yield model


def left_of(ids: set[UUID]) -> list[str]:
    """Where any of the ids still stands."""
    texts = {str(each) for each in ids} | {each.hex for each in ids}
    return [
        f"{model.__name__}.{field.name}"
        for model in walked()
        for row in model.objects.all()
        for field in model._meta.fields
        if getattr(row, field.attname) in ids or str(getattr(row, field.attname)) in texts
    ]


def files_on_disk() -> set[Path]:
    return {path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()}


class TestEverything:
    """Nothing of the case is left, and nothing else is touched."""

    def test_nothing_of_the_case_is_left(
        self, full: Case, ben: Member, dana: Member, django_capture_on_commit_callbacks: Any
    ) -> None:
        ids = ids_of(full)
        models = {type(row).__name__ for model in walked() for row in model.objects.all() if row.pk in ids}
        assert models >= {
            "Case", "Assignment", "Draft", "DraftExhibit", "StatementVersion", "Exhibit", "Message", "Dossier",
            "LegalHold", "Compartment", "Epoch", "Grant", "SealedValue", "SealedFile", "Head", "EraseShare", "KeyPair",
        }, "the walk sees what it must find gone"  # fmt: skip
        assert len(files_on_disk()) == SealedFile.objects.count() == 3
        with django_capture_on_commit_callbacks(execute=True):
            decided(asked(full, ben), dana)
        assert left_of(ids) == []
        assert files_on_disk() == set()
        assert Erasure.objects.count() == 1

    def test_the_trail_stays_and_holds_ids_and_codes_only(self, full: Case, ben: Member, dana: Member) -> None:
        before = set(AuditEvent.objects.values_list("id", flat=True))
        decided(asked(full, ben), dana)
        events = list(AuditEvent.objects.all())
        assert before < {event.id for event in events}
        assert AuditEvent.objects.get(action="case.erased").subject == full.id
        for event in events:
            for name, value in event.detail.items():
                assert isinstance(value, int) or re.fullmatch(r"[a-z0-9_:.-]{1,80}", str(value)), (event.action, name)

    def test_another_case_stays_as_it_was(
        self, full: Case, ben: Member, dana: Member, django_capture_on_commit_callbacks: Any
    ) -> None:
        other = made.first_contact()
        made.assigned(other, ben)
        case = made.tell(other, files=(("c.pdf", "application/pdf", b"%PDF-1.4\n" + b"z" * 9000),))
        with django_capture_on_commit_callbacks(execute=True):
            decided(asked(full, ben), dana)
        assert is_whole(case, ben)
        record, stream = access.open_exhibit(
            case, case.exhibits.get().id, by=ben.person, ring=ben.ring, purpose="reply"
        )
        assert sum(len(chunk) for chunk in stream.chunks()) == record.size
        stream.close()
        assert read_letters(case, ben.ring) == []

    def test_the_code_finds_nothing_and_its_case_can_begin_anew(
        self, full: Case, amina: Survivor, ben: Member, dana: Member
    ) -> None:
        decided(asked(full, ben), dana)
        assert find_case(amina.keys) is None
        again = made.opening.open_case(keys=amina.keys, answers=made.FIRST, language="be")
        assert again.id != full.id

    def test_a_first_contact_goes_as_well(self, amina: Survivor, ben: Member, dana: Member) -> None:
        case = made.assigned(amina, ben)
        ids = ids_of(case)
        decided(asked(case, ben, "by_mistake"), dana)
        assert left_of(ids) == []

    def test_while_a_worker_builds_it_waits(self, full: Case, ben: Member, dana: Member) -> None:
        Dossier.objects.filter(number=2).update(state=Dossier.State.BUILDING, claimed_until=timezone.now())
        erasure = asked(full, ben)
        with pytest.raises(NotReady, match="building"):
            decided(erasure, dana)
        assert is_whole(full, ben)
        Dossier.objects.filter(number=2).update(state=Dossier.State.FAILED)
        decided(erasure, dana)

    def test_a_worker_that_wakes_up_later_finds_no_job(self, full: Case, ben: Member, dana: Member) -> None:
        waiting = Dossier.objects.get(number=2)
        approve(dossier=waiting, by=dana.person, ring=dana.ring, reason="Fits.")
        decided(asked(full, ben), dana)
        before = AuditEvent.objects.count()
        building.build(waiting.id)
        assert AuditEvent.objects.count() == before
        assert not SealedFile.objects.exists()

    @pytest.mark.parametrize("place", ["files.remove", "Compartment.objects.filter", "settle"])
    def test_when_it_fails_in_the_middle_it_is_whole_or_gone(
        self,
        full: Case,
        ben: Member,
        dana: Member,
        monkeypatch: pytest.MonkeyPatch,
        place: str,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        """Before the commit everything is still readable; after it nothing is."""
        erasure, ids, before = asked(full, ben), ids_of(full), files_on_disk()

        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("power")

        if place == "settle":
            monkeypatch.setattr(erasing, "settle", fail)
            with django_capture_on_commit_callbacks(execute=True):
                decided(erasure, dana)
            assert left_of(ids) == []
            assert files_on_disk() == set()
            return
        target, _, name = place.rpartition(".")
        owner: Any = erasing
        for part in target.split("."):
            owner = getattr(owner, part)
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, fail)
            with pytest.raises(RuntimeError):
                decided(erasure, dana)
        assert is_whole(full, ben)
        assert files_on_disk() == before
        assert Erasure.objects.get(id=erasure.id).state == State.REQUESTED


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Two people at the same moment, in transactions of their own."""

    def test_a_hold_and_an_erasing_never_both_win(self, told: Case, ben: Member, dana: Member, marek: Member) -> None:
        erasure, ring = asked(told, ben), dana.ring
        hold = {"case": told, "by": marek.person, "ring": marek.ring, "reason": "A court asked."}
        results = together(
            lambda: place_hold(**hold),
            lambda: approve_erasing(erasure=erasure, by=dana.person, ring=ring, reference=told.reference),
        )
        refusals = [result for result in results if isinstance(result, Refused)]
        assert [refusal.code for refusal in refusals] == ["erased" if results[0] in refusals else "held"]
        assert Case.objects.exists() is LegalHold.objects.exists() is (results[1] in refusals)
        if Case.objects.exists():
            assert is_whole(told, ben)

    def test_two_leads_erase_once(self, told: Case, ben: Member, dana: Member, marek: Member) -> None:
        erasure = asked(told, ben)
        rings = [(each.person, each.ring) for each in (dana, marek)]
        results = together(
            *(
                lambda by=by, ring=ring: approve_erasing(erasure=erasure, by=by, ring=ring, reference=told.reference)
                for by, ring in rings
            )
        )
        assert sorted(getattr(result, "code", "") for result in results) == ["", "already_decided"]
        assert AuditEvent.objects.filter(action="case.erased").count() == 1

    def test_what_the_survivor_writes_right_then_does_not_stay_behind(
        self, told: Case, amina: Survivor, ben: Member, dana: Member
    ) -> None:
        erasure, ring, receipt, ids = asked(told, ben), dana.ring, amina.ring, ids_of(told)
        letter = {"case": told, "receipt": receipt, "text": "Ліст", "language": "be"}
        results = together(
            lambda: made.letters.write_from_survivor(**letter),
            lambda: approve_erasing(erasure=erasure, by=dana.person, ring=ring, reference=told.reference),
        )
        assert results[1] is None
        assert left_of(ids) == []
        assert not SealedValue.objects.filter(table="message").exists()
        assert files_on_disk() == set()
