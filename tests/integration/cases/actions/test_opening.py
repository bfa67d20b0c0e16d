"""The first contact: one code, one case; and nothing of an answer where a thief of the database could read it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError

from cases import keys, records
from cases.actions import opening
from cases.models import Case
from tests.factories.cast import FIRST, Cast, Survivor, first_contact
from tests.factories.intruder import overwrite
from tests.factories.together import together
from vault.envelope.receipt import derive, new_code
from vault.errors import Forged, NoGrant, Unstated
from vault.models import AuditEvent, Compartment, Grant, KeyPair, SealedValue

MARK = "адметнае слова"
OWN_WORDS: dict[str, dict[str, Any]] = {
    **FIRST,
    "SAF-04": {"value": ["other"], "lang": "be", "other": MARK},
    "CTC-01": {"value": "phone", "lang": "be", "other": f"{MARK} +375 29 000-00-00"},
}


def test_the_same_code_sent_twice_is_one_case(amina: Survivor) -> None:
    again = opening.open_case(keys=amina.keys, answers={}, language="ru")
    assert again.id == amina.case.id
    assert Case.objects.count() == 1
    assert AuditEvent.objects.filter(action="case.opened").count() == 1


def test_a_send_that_overtakes_itself_is_one_case(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other request is committed between the look for the case and the insert."""
    code = derive(new_code(), settings.DEPLOYMENT_SALT)
    find, seen = opening.find_case, []

    def late(receipt_keys: Any) -> Case | None:
        if not seen:
            seen.append(opening.Case.objects.count())
            monkeypatch.setattr(opening, "find_case", find)
            opening.open_case(keys=code, answers=FIRST, language="be")
            return None
        return find(receipt_keys)

    monkeypatch.setattr(opening, "find_case", late)
    case = opening.open_case(keys=code, answers=FIRST, language="be")
    assert case.id == find(code).id  # type: ignore[union-attr]
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_the_same_moment_are_one_case(cast: Cast) -> None:
    code = derive(new_code(), settings.DEPLOYMENT_SALT)

    def send() -> Case:
        return opening.open_case(keys=code, answers=FIRST, language="be")

    found = together(send, send, send)
    assert {each.id for each in found} == {Case.objects.get().id}
    assert Compartment.objects.filter(owner=found[0].id).count() == 5
    assert KeyPair.objects.filter(use="receipt").count() == 1


@pytest.mark.parametrize(
    ("ticks", "level", "has_hour"),
    [
        ([], "P2", False), (["fresh_injury"], "P1", True), (["detained_now"], "P0", True),
        (["family_risk", "removal"], "P0", True), (["no_such_tick"], "P2", False), (None, "P2", False),
    ],
)  # fmt: skip
def test_the_level_comes_from_the_ticks(cast: Cast, ticks: list[str] | None, level: str, has_hour: bool) -> None:
    case = first_contact({**FIRST, "SAF-04": {"value": ticks, "lang": "be"}}).fresh()
    assert (case.level, case.answer_by is not None) == (level, has_hour)
    if case.answer_by:
        assert (case.answer_by.hour % 4, case.answer_by.minute, case.answer_by.second) == (0, 0, 0)


def test_the_flags_are_sealed_and_the_level_is_all_that_shows(cast: Cast) -> None:
    survivor = first_contact({**FIRST, "SAF-04": {"value": ["suspect_near", "dying_thoughts"], "lang": "be"}})
    opened = keys.open_every(survivor.fresh(), keys.WORK, cast.dana.ring)
    assert records.read_newest(opened, "case", "flags", survivor.case.id) == {
        "flags": ["SUICIDE", "SUSPECT_ABROAD"], "ways": [],
    }  # fmt: skip
    columns = json.dumps(
        [str(getattr(survivor.fresh(), field.attname)) for field in Case._meta.local_fields], ensure_ascii=False
    )
    assert "SUICIDE" not in columns
    assert "suspect" not in columns


def test_the_sealed_compartment_exists_for_every_case_and_looks_the_same(cast: Cast) -> None:
    quiet, loud = first_contact(), first_contact(OWN_WORDS)
    found = []
    for survivor in (quiet, loud):
        compartment = Compartment.objects.get(kind="sealed", owner=survivor.case.id)
        values = SealedValue.objects.filter(epoch__compartment=compartment)
        shares = Grant.objects.filter(epoch__compartment=compartment).order_by("share")
        found.append(
            (
                [len(value.blob) for value in values],
                [(grant.share, grant.recipient.use) for grant in shares],
                [epoch.is_split for epoch in compartment.epochs.all()],
            )
        )
    assert found[0] == found[1]
    assert found[0][1:] == ([("a", "caseworkers"), ("b", "leads")], [True])


def test_nobody_alone_opens_the_sealed_compartment(cast: Cast, amina: Survivor) -> None:
    for ring in (cast.ben.ring, cast.dana.ring, amina.ring):
        with pytest.raises(NoGrant):
            keys.open_latest(amina.fresh(), keys.SEALED, ring)


def test_who_holds_a_new_case(cast: Cast, amina: Survivor) -> None:
    held = {
        kind: sorted(
            Grant.objects.filter(epoch__compartment__kind=kind, epoch__compartment__owner=amina.case.id).values_list(
                "recipient__use", flat=True
            )
        )
        for kind in keys.ASSIGNED_KINDS
    }
    team = ["intake", "leads", "recovery"]
    assert held == {"identity": team, "account": team, "work": team, "messages": sorted([*team, "receipt"])}


def test_the_code_does_not_read_what_it_has_sent(amina: Survivor) -> None:
    for kind in (keys.IDENTITY, keys.ACCOUNT, keys.WORK):
        with pytest.raises(NoGrant):
            keys.open_latest(amina.fresh(), kind, amina.ring)
    assert keys.open_latest(amina.fresh(), keys.MESSAGES, amina.ring).epoch.number == 1


def test_nothing_of_an_answer_stands_in_any_column(cast: Cast) -> None:
    survivor = first_contact(OWN_WORDS)
    secrets = [MARK, "+375 29", survivor.code.digits, survivor.keys.seed.hex()]
    wanted = [
        form
        for secret in secrets
        for form in (secret.encode(), secret.encode("utf-16-le"), json.dumps(secret)[1:-1].encode())
    ]
    wanted.append(survivor.keys.seed)
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.all().values():
            stored = b"\n".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row.values()
            )
            for form in wanted:
                assert form not in stored, model._meta.label


def test_no_act_of_a_survivor_has_an_hour(amina: Survivor) -> None:
    events = AuditEvent.objects.filter(action__in=["case.opened", "head.written"])
    assert events.count() == 3
    assert set(events.values_list("at", flat=True)) == {None}
    assert set(events.values_list("actor", flat=True)) == {None}


def test_before_an_organisation_has_keys_nothing_is_stored(fresh_deployment: None, db: None) -> None:
    with pytest.raises(Unstated):
        first_contact()
    assert (Case.objects.count(), KeyPair.objects.count(), SealedValue.objects.count()) == (0, 0, 0)


def test_when_the_last_row_cannot_be_stored_nothing_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(opening, "found_heads", full)
    with pytest.raises(DatabaseError):
        first_contact()
    assert (Case.objects.count(), KeyPair.objects.filter(use="receipt").count()) == (0, 0)


class TestReceipt:
    """The tag finds the case; only the seed is the case's."""

    def test_another_code_finds_nothing(self, amina: Survivor) -> None:
        assert opening.find_case(derive(new_code(), settings.DEPLOYMENT_SALT)) is None

    def test_a_tag_moved_to_another_case_opens_nothing(self, cast: Cast, amina: Survivor) -> None:
        other = first_contact()
        overwrite(amina.fresh(), tag=bytes(32))
        overwrite(other.fresh(), tag=amina.keys.tag)
        found = opening.find_case(amina.keys)
        assert found is not None
        with pytest.raises(Forged):
            opening.receipt_keyring(found, amina.keys.seed)

    def test_the_seed_of_another_code_is_refused(self, amina: Survivor) -> None:
        with pytest.raises(Forged):
            opening.receipt_keyring(amina.fresh(), derive(new_code(), settings.DEPLOYMENT_SALT).seed)
