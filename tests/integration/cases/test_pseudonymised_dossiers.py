"""A pseudonymised dossier from asking to the lawyer: what was replaced never leaves the team, and two people looked."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from cases import building, keys, records, work
from cases.actions import pseudonyms
from cases.actions.dossiers import KIND, approve, hand_over_again, request_dossier, request_record
from cases.actions.packages import open_package, package_facts
from cases.changed import since
from cases.dossier.inputs import FULL, PSEUDONYMISED
from cases.dossier.pseudonym.table import OTHER, RELATIVE, WITNESS, Term
from cases.errors import NotReady, Refused
from cases.models import Case, Dossier
from cases.pseudonyms import kept
from cases.release import NotReleased, open_released
from tests.factories.cast import ROUTES, Member, Survivor, tell
from tests.factories.intruder import overwrite
from tests.factories.pseudonym import leaks
from vault import worker
from vault.errors import Forged, NoGrant
from vault.models import AuditEvent, SealedFile, SealedValue

NAMES = {"names": ("Сыракваш", "Людвік", "Вольга", "Вользе"), "documents": ("МР7654321",), "days": ("23 чэрвеня 2021",)}
TOLD = "Мяне завуць Людвік Сыракваш. Вользе я казаў пра пашпарт МР7654321. 23 чэрвеня 2021 года быў суд."
ANSWERS: dict[str, Any] = {
    "identity": {
        "IDN-01": {"value": "Сыракваш", "lang": "be"}, "IDN-02": {"value": "Людвік", "lang": "be"},
        "IDN-05": {"value": {"year": "1987", "month": "3", "day": "11"}, "lang": "be"},
        "IDN-09": {"value": ["by_passport"], "other": "MP 7654321", "lang": "be"},
        "IDN-10": {"value": "арганіст, ААТ «Крышталік»", "lang": "be"},
    },
    "end": {"SND-01": {"value": TOLD, "lang": "be"}},
}  # fmt: skip
CHECKED = {"is_checked": "on", "residual": "The cell and the days are those of hundreds."}


@pytest.fixture
def named(reviewed: Case, amina: Survivor) -> Case:
    """A case whose survivor gave the legal name, and wrote it into the own words too."""
    worker.ensure()
    tell(amina, ANSWERS)
    return amina.fresh()


def ask(case: Case, by: Member, lawyer: Member, rendering: str = PSEUDONYMISED) -> Dossier:
    return request_dossier(
        case=case, by=by.person, ring=by.ring, route=ROUTES[0], lawyer=lawyer.person, reason="why", rendering=rendering
    )  # fmt: skip


def say_yes(dossier: Dossier, dana: Member, residual: str = "Hundreds were there.") -> None:
    approve(dossier=dossier, by=dana.person, ring=dana.ring, reason="Fits.", residual=residual)


def add(case: Case, by: Member, *terms: Term) -> None:
    for term in terms:
        pseudonyms.add(case=case, by=by.person, ring=by.ring, term=term)


def input_of(dossier: Dossier) -> dict[str, Any]:
    """What the worker opens."""
    return open_released(dossier, worker.keyrings()).content


class TestAsking:
    def test_the_worker_gets_neither_a_name_nor_a_key_to_a_file(
        self, named: Case, ben: Member, lena: Member, dana: Member
    ) -> None:
        add(named, ben, Term(RELATIVE, "Вольга", "relation:sister"))
        dossier = ask(named, ben, lena)
        shared = SealedValue.objects.filter(epoch__compartment__kind=KIND, epoch__compartment__owner=dossier.id)
        assert set(shared.values_list("table", flat=True)) == {"dossier"}
        say_yes(dossier, dana)
        content = input_of(dossier)
        text = json.dumps(content, ensure_ascii=False)
        assert content["rendering"] == PSEUDONYMISED
        assert leaks(text, NAMES) == {}
        code = f"C-{named.reference.replace('-', '')}"
        assert f"Мяне завуць [{code}]. [сястра] я казаў пра пашпарт […21]. [чэрвень 2021] года быў суд." in text
        assert {exhibit["sha256"] for exhibit in content["exhibits"]} <= {""}

    def test_the_full_one_is_as_it_was(self, named: Case, ben: Member, lena: Member, dana: Member) -> None:
        dossier = ask(named, ben, lena, FULL)
        approve(dossier=dossier, by=dana.person, ring=dana.ring, reason="Fits.")
        assert TOLD in json.dumps(input_of(dossier), ensure_ascii=False)
        assert "replaced" not in request_record(dossier, ben.ring)

    def test_the_key_table_lies_with_the_identity_and_the_code_stays(
        self, named: Case, amina: Survivor, ben: Member, lena: Member
    ) -> None:
        ask(named, ben, lena)
        first = kept.read(named, ben.ring)
        tell(amina, {"identity": {"IDN-04": {"value": "Зязюля", "lang": "be"}}})
        add(amina.fresh(), ben, Term(WITNESS, "Павел Шэршань"), Term(WITNESS, "Ірэна"), Term(WITNESS, "Iryna", "W-02"))
        ask(amina.fresh(), ben, lena)
        table = kept.read(named, ben.ring)
        assert set(first.terms) < set(table.terms)
        assert [term.code for term in table.of([WITNESS])] == ["W-01", "W-02", "W-02"]
        assert Term("name", "Зязюля", first.code) in table.terms
        rows = SealedValue.objects.filter(table=kept.TABLE)
        assert set(rows.values_list("epoch__compartment__kind", flat=True)) == {keys.IDENTITY}

    def test_it_is_not_for_filing_before_somebody_said_yes_to_its_words(
        self, named: Case, ben: Member, lena: Member
    ) -> None:
        with pytest.raises(NotReady) as caught:
            request_dossier(
                case=named, by=ben.person, ring=ben.ring, route=ROUTES[0], lawyer=lena.person, reason="why",
                rendering=PSEUDONYMISED, is_for_filing=True,
            )  # fmt: skip
        assert caught.value.code == "approval"
        assert not named.dossiers.exists()

    def test_nothing_is_kept_twice_when_nothing_changed(self, named: Case, ben: Member, lena: Member) -> None:
        ask(named, ben, lena)
        count = SealedValue.objects.filter(table=kept.TABLE).count()
        ask(named, ben, lena)
        assert SealedValue.objects.filter(table=kept.TABLE).count() == count == 1

    def test_somebody_without_a_key_reads_no_table(self, named: Case, ben: Member, chloe: Member, lena: Member) -> None:
        ask(named, ben, lena)
        for other in (chloe, lena):
            with pytest.raises(NoGrant):
                kept.read(named, other.ring)
            with pytest.raises(Refused):
                pseudonyms.add(case=named, by=other.person, ring=other.ring, term=Term(OTHER, "x"))

    def test_a_table_that_was_changed_by_sql_is_seen(self, named: Case, ben: Member, lena: Member) -> None:
        ask(named, ben, lena)
        value = SealedValue.objects.get(table=kept.TABLE)
        overwrite(value, blob=bytes(value.blob)[:-1] + bytes([bytes(value.blob)[-1] ^ 1]))
        with pytest.raises(Forged):
            kept.read(named, ben.ring)


class TestRelease:
    def test_it_needs_the_words_of_a_second_person(self, named: Case, ben: Member, lena: Member, dana: Member) -> None:
        dossier = ask(named, ben, lena)
        for words in ("", " \n"):
            with pytest.raises(NotReady) as caught:
                say_yes(dossier, dana, words)
            assert caught.value.code == "residual"
        with pytest.raises(NotReleased):
            open_released(dossier, worker.keyrings())
        say_yes(dossier, dana, "Hundreds were there.")
        decision = work.read(named, dana.ring, "dossier", "decision", dossier.id)
        assert decision["residual"] == "Hundreds were there."
        assert decision["digest"] == request_record(dossier, dana.ring)["replaced"]["digest"]

    def test_the_lead_reads_what_the_lawyer_will_and_no_value(
        self, named: Case, ben: Member, lena: Member, dana: Member
    ) -> None:
        shown = request_record(ask(named, ben, lena), dana.ring)["replaced"]
        assert leaks(json.dumps(shown, ensure_ascii=False), {"names": ("Сыракваш", "Людвік")}) == {}
        assert shown["counts"]["name"] >= 1
        assert any("Мяне завуць [C-" in text for _, _, text in shown["account"])

    @pytest.mark.parametrize("rendering", [FULL, PSEUDONYMISED])
    def test_an_asker_who_says_another_rendering_than_is_sealed_is_caught(
        self, named: Case, ben: Member, lena: Member, dana: Member, rendering: str
    ) -> None:
        dossier = ask(named, ben, lena, rendering)
        other = PSEUDONYMISED if rendering == FULL else FULL
        said = request_record(dossier, ben.ring) | {"rendering": other, "replaced": {"digest": "x", "counts": {}}}
        work.write(named, ben.ring, "dossier", "request", dossier.id, said)
        with pytest.raises(Forged):
            say_yes(dossier, dana)

    def test_it_is_handed_over_again_with_its_rendering(
        self, named: Case, ben: Member, lena: Member, dana: Member
    ) -> None:
        dossier = ask(named, ben, lena)
        say_yes(dossier, dana)
        hand_over_again(dossier=dossier, by=ben.person, ring=ben.ring)
        say_yes(dossier, dana)
        assert input_of(dossier)["rendering"] == PSEUDONYMISED

    @pytest.mark.slow
    def test_the_lawyer_gets_it_under_its_own_name_and_it_is_compared_with_its_like(
        self, named: Case, ben: Member, lena: Member, dana: Member
    ) -> None:
        full, first, second = ask(named, ben, lena, FULL), ask(named, ben, lena), ask(named, ben, lena)
        for each in (full, first, second):
            say_yes(each, dana)
            building.build(each.id)
            each.refresh_from_db()
            assert each.state == Dossier.State.READY, each.trouble
        name, _, stream = open_package(dossier=second, by=lena.person, ring=lena.ring)
        with zipfile.ZipFile(BytesIO(b"".join(stream.chunks()))) as archive:
            names = archive.namelist()
            manifest = json.loads(archive.read("manifest.json"))
        stream.close()
        assert name.endswith("-3_pseudonymised.zip")
        assert manifest["rendering"] == package_facts(second, lena.ring)["rendering"] == PSEUDONYMISED
        assert not [each for each in names if each.startswith(("originals", "sealed"))]
        assert since(first, lena.ring) is None
        changes = since(second, lena.ring)
        assert changes is not None
        assert (changes.before.endswith("-2"), changes.is_nothing) == (True, True)


class TestPages:
    def post(self, client: Client, case: Case, lena: Member, **more: str) -> Any:
        from tests.integration.cases.test_dossier_pages import ask as sent

        return sent(client, case, lena, **more)

    def test_it_is_chosen_in_the_form_and_said_wherever_the_dossier_is(
        self, named: Case, as_ben: Client, as_dana: Client, dana: Member, lena: Member, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("cases.views.approvals.wake", lambda _: None)
        answer = self.post(as_ben, named, lena, rendering=PSEUDONYMISED)
        dossier = named.dossiers.get()
        assert "<b>pseudonymised</b>" in as_ben.get(answer["Location"]).content.decode()
        page = as_dana.get(f"/desk/approvals/{dossier.id}/").content.decode()
        assert '<th scope="row">name of the person</th>' in page
        assert "Сыракваш" not in page
        assert "Мяне завуць [C-" in page
        bare = {"reason": "Clear.", "code": dana.code(), "decision": "approve"}
        refused = as_dana.post(f"/desk/approvals/{dossier.id}/", {**bare, "residual": "words without the tick"})
        assert "Tick that nobody from the same cell" in refused.content.decode()
        dossier.refresh_from_db()
        assert dossier.state == Dossier.State.REQUESTED
        as_dana.post(f"/desk/approvals/{dossier.id}/", {**bare, "code": dana.code(), **CHECKED})
        dossier.refresh_from_db()
        assert dossier.state == Dossier.State.APPROVED
        assert CHECKED["residual"] in as_ben.get(f"/desk/approvals/{dossier.id}/").content.decode()

    def test_refusing_needs_no_check(
        self, named: Case, ben: Member, lena: Member, dana: Member, as_dana: Client
    ) -> None:
        dossier = ask(named, ben, lena)
        sent = {"reason": "They would know.", "code": dana.code(), "decision": "refuse"}
        as_dana.post(f"/desk/approvals/{dossier.id}/", sent)
        dossier.refresh_from_db()
        assert dossier.state == Dossier.State.REFUSED

    def test_a_caseworker_adds_a_name_and_takes_it_out(self, named: Case, as_ben: Client, ben: Member) -> None:
        address = f"/desk/cases/{named.reference}/pseudonyms/"
        page = as_ben.get(address).content.decode()
        assert "Сыракваш" in page
        assert "[1987]" in page
        assert "Take out" not in page  # what an answer says stays
        sent = {"text": "Вольга", "kind": RELATIVE, "code": "relation:sister"}
        assert as_ben.post(address, sent)["Location"] == address
        assert "[sister]" in as_ben.get(address).content.decode()
        as_ben.post(f"{address}out/", sent)
        assert not kept.read(named, ben.ring).of([RELATIVE])
        actions = list(AuditEvent.objects.filter(subject=named.id).values_list("action", "detail"))
        assert [each for each, _ in actions].count("pseudonyms.changed") == 2
        assert ("account.opened", {"purpose": "dossier"}) in actions
        assert not [detail for _, detail in actions if "Вольга" in json.dumps(detail, ensure_ascii=False)]

    def test_somebody_near_needs_a_word(self, named: Case, as_ben: Client, ben: Member) -> None:
        address = f"/desk/cases/{named.reference}/pseudonyms/"
        page = as_ben.post(address, {"text": "Вольга", "kind": RELATIVE, "code": ""}).content.decode()
        assert "Choose what stands for it." in page
        assert not kept.read(named, ben.ring).of([RELATIVE])

    def test_it_is_for_the_team_of_the_case_alone(
        self, named: Case, as_chloe: Client, as_lena: Client, client: Client
    ) -> None:
        address = f"/desk/cases/{named.reference}/pseudonyms/"
        for other in (as_chloe, as_lena):
            assert other.get(address).status_code in (403, 404)
            assert other.post(address, {"text": "x", "kind": OTHER}).status_code in (403, 404)
            assert other.post(f"{address}out/", {"text": "x", "kind": OTHER}).status_code in (403, 404)
        assert client.get(address).status_code == 302


def test_no_value_is_in_the_database_in_clear(named: Case, ben: Member, lena: Member) -> None:
    add(named, ben, Term(OTHER, "Непаўторны", ""))
    ask(named, ben, lena)
    from django.db import connection

    marks = [word.encode() for word in ("Сыракваш", "Непаўторны", "MP 7654321")]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            held = repr(cursor.fetchall()).encode()
            assert not [mark for mark in marks if mark in held], table
    assert records.newest_version(kept.TABLE, kept.FIELD, named.id) == 2
    assert SealedFile.objects.filter(dossier__case=named).count() == 0
