"""What of an opened account goes into the annexes of a dossier: what the survivor allowed, and names by two alone."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from cases import access, building
from cases.actions import releasing
from cases.actions.dossiers import approve, request_dossier, request_record
from cases.actions.facts import routes
from cases.actions.packages import open_package
from cases.actions.translating import save_translation
from cases.annexed import seen
from cases.annexed.gather import Asked, gather
from cases.dossier import annex_inputs as annex
from cases.errors import Refused
from cases.models import Approval, Case, Dossier
from cases.routing import route_key
from cases.statement import catalogue
from tests.factories import cast as made
from tests.factories.cast import ROUTES, Cast, Member, Survivor
from tests.factories.complaint import drafted
from tests.factories.kept import kept
from tests.factories.lawyers import ask, briefed_road, decide
from tests.factories.papers import BODY, brought
from vault import worker
from vault.errors import NoGrant
from vault.models import AuditEvent, today

NAME, NOW = "Прыдумка Ілья", "у Выдуманску, кажуць"
WITNESS, CONTACT, SHY, FAR = "Аксана Сведкавая", "signal +000 00", "Бяззгодная Ірына", "Далёкая Ніна"
FAMILY, ADDRESS = "Узорная-Прыклад", "вуліца Дамашняя, 7"
SECRET = (NOW, WITNESS, CONTACT, SHY, FAR, FAMILY, ADDRESS, "Дамашняя")


def said(value: Any, **more: Any) -> dict[str, Any]:
    return {"value": value, "lang": "be", **more}


SECTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "you": {
        "LNG-04": said("Аміна"), "LNG-03": said("woman"), "LNG-06": said(["short_meetings"]), "LNG-07": said("woman"),
    },
    "story-1": {
        "EPI-02": said({"year": 2020, "month": 8, "day": 12}), "EPI-03": said({"year": 2020, "month": 8}),
        "EPI-04": said(["temporary_detention"]), "EPI-05": said("akrestsina_tsip"),
        "EPI-06": said({"town": "Мінск", "text": "камера 4"}), "EPI-08": said(made.STORY),
        "EPI-17": said(["refused", "hospital"]), "EPI-18": said("бальніца, 15 жніўня"),
    },
    "people-1": {
        "PRP-01": said("person"), "PRP-02": said(NAME), "PRP-03": said("капітан"), "PRP-04": said("gubopik"),
        "PRP-08": said(["hit"]), "PRP-09": said(["leak"]), "PRP-10": said("unsure"), "PRP-11": said(["1"]),
        "PRP-12": said(NOW),
    },
    "people-2": {"PRP-04": said("other", other="невядомая служба")},
    "witnesses-1": {
        "WIT-01": said("yes"), "WIT-02": said(WITNESS), "WIT-03": said(CONTACT), "WIT-04": said("LT"),
        "WIT-05": said("бачыла камеру"),
    },
    "witnesses-2": {"WIT-01": said("no"), "WIT-02": said(SHY), "WIT-03": said(CONTACT), "WIT-05": said("чула")},
    "witnesses-3": {"WIT-01": said("yes"), "WIT-02": said(FAR), "WIT-03": said(CONTACT), "WIT-04": said("BY")},
    "consent": {
        "CNS-02": said(["lt"]), "CNS-03": said("yes"), "CNS-04": said("name_sealed"), "CNS-13": said("yes"),
        "CNS-14": said("via_lawyer"),
    },
    "identity": {
        "IDN-01": said(FAMILY), "IDN-05": said({"year": 1990, "month": 5}), "IDN-08": said(ADDRESS),
        "IDN-09": said(["by_passport"], other="XX 0000000"),
    },
    "wishes": {"WSH-01": said(["compensation"]), "WSH-03": said("Каб мама не даведалася.")},
    "lawyer": {"REP-06": said("yes")},
    "health": {"CSQ-04": said("ip")},
}  # fmt: skip


def told(cast: Cast, amina: Survivor, **changes: dict[str, dict[str, Any]]) -> Case:
    """Amina's case, told in full, taken by Ben. changes: answers of a section that replace those here."""
    sections = {key: {**answers, **changes.get(key, {})} for key, answers in SECTIONS.items()}

    def tell() -> Case:
        made.assigned(amina, cast.ben)
        return made.tell(amina, sections)

    return kept(f"told for annexes {sorted(changes.items())}", tell)


@pytest.fixture
def case(cast: Cast, amina: Survivor) -> Case:
    """Told in full."""
    return told(cast, amina)


@pytest.fixture
def lent(cast: Cast, case: Case) -> Case:
    """The sealed part is lent to Ben by Dana."""
    lend(case, cast)
    return case


def lend(case: Case, cast: Cast) -> None:
    release = releasing.ask(case=case, by=cast.ben.person, ring=cast.ben.ring, reason="For the envelope.", days=0)
    releasing.lend(release=release, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.", days=0)


def gathered(case: Case, cast: Cast, *, by: Member | None = None, **more: Any) -> dict[str, Any]:
    member = by or cast.ben
    account = access.open_account(case, by=member.person, ring=member.ring, purpose="dossier")
    asked = Asked(case, account, cast.lena.person, "UJ-EN", **more)
    return gather(asked, by=member.person, ring=member.ring)


def test_people_stand_there_by_code_and_without_a_name(cast: Cast, case: Case) -> None:
    found = gathered(case, cast)
    first, second = found["persons"]
    assert first == annex.AccusedPerson(
        "P-001", "be", "person", agency="gubopik", rank="капітан", roles=("hit",), episodes=("1",), bases=("leak",),
        certainty="unsure",
    )  # fmt: skip
    assert (second.code, second.other_agency) == ("P-002", "невядомая служба")
    assert [(each.code, each.can_tell) for each in found["witnesses"]] == [
        ("W-01", "бачыла камеру"), ("W-02", "чула"), ("W-03", ""),
    ]  # fmt: skip
    assert (found["witness_contacts"], found["whereabouts"]) == ((), ())
    assert not any(secret in repr(found) for secret in (NAME, NOW, WITNESS, CONTACT, SHY, FAR))


def test_names_come_with_the_sealed_part_alone(cast: Cast, lent: Case) -> None:
    found = gathered(lent, cast, with_names=True)
    assert found["persons"][0].name == NAME
    assert not found["persons"][0].is_confirmed
    assert found["whereabouts"] == (annex.Whereabouts("P-001", "be", NOW),)
    assert found["witness_contacts"] == (
        annex.WitnessContact("W-01", "be", WITNESS, CONTACT, "LT"),
        annex.WitnessContact("W-03", "be", FAR, "", "BY"),
    ), "who did not agree is not named, who is in Belarus is not reached"
    assert AuditEvent.objects.filter(action="sealed.opened").count() == 1


def test_nobody_gets_the_names_to_whom_they_are_not_lent(cast: Cast, case: Case) -> None:
    with pytest.raises(NoGrant):
        gathered(case, cast, with_names=True)


def test_a_lead_who_lent_them_does_not_get_them_either(cast: Cast, lent: Case) -> None:
    with pytest.raises((Refused, NoGrant)):
        gathered(lent, cast, by=cast.dana, with_names=True)


def test_the_codes_are_the_same_with_and_without_the_names(cast: Cast, lent: Case) -> None:
    without, with_names = gathered(lent, cast), gathered(lent, cast, with_names=True)
    assert [each.code for each in without["persons"]] == [each.code for each in with_names["persons"]]


def test_an_episode_has_what_was_told_but_no_cell(cast: Cast, case: Case) -> None:
    assert gathered(case, cast)["episodes"] == (
        annex.Episode(1, "be", "2020-08-12", "2020-08", "akrestsina_tsip", "", ("temporary_detention",), "Мінск",
                      "minsk", "BY"),
    )  # fmt: skip


def test_the_identity_sheet_has_no_home_address(cast: Cast, case: Case) -> None:
    found = gathered(case, cast)
    assert found["identity"] == annex.Identity(
        FAMILY, birth_date="1990-05", documents=("by_passport",), document_numbers="XX 0000000"
    )
    assert "Дамашняя" not in repr(found)


@pytest.mark.parametrize("naming", ["pseudonym", "org_only", "not_sure", ""])
def test_without_the_word_that_the_name_may_be_used_there_is_no_identity_sheet(
    cast: Cast, amina: Survivor, naming: str
) -> None:
    case = told(cast, amina, consent={"CNS-04": said(naming)})
    assert gathered(case, cast)["identity"] is None


def test_requests_rest_on_answers_that_a_lawyer_may_see(cast: Cast, case: Case) -> None:
    assert [(each.question_id, each.code) for each in gathered(case, cast)["needs"]] == [
        ("CNS-14", "via_lawyer"), ("LNG-06", "short_meetings"), ("LNG-07", "woman"), ("WSH-01", "compensation"),
        ("WSH-03", ""),
    ]  # fmt: skip
    assert not seen.may_see("LNG-03")
    assert not seen.may_see("REP-06")


def test_no_question_of_contact_or_safety_may_be_seen() -> None:
    questions = catalogue.at(catalogue.VERSION).questions
    assert not any(seen.may_see(each) for each in questions if each.startswith(("CTC-", "SAF-")))
    assert not seen.may_see("XXX-99")


def test_medical_findings_need_the_permission_for_health_information(cast: Cast, case: Case) -> None:
    care = annex.Care(1, "be", ("hospital",), "бальніца, 15 жніўня")
    assert gathered(case, cast)["medical"] == annex.Medical("ip", "", (care,))


def test_without_it_there_are_none(cast: Cast, amina: Survivor) -> None:
    case = told(cast, amina, consent={"CNS-13": said("no")})
    assert gathered(case, cast)["medical"] is None


def test_a_translation_is_taken_answer_by_answer_in_the_language_of_filing(cast: Cast, case: Case) -> None:
    version = case.versions.get(number=1)
    texts = {"story-1/EPI-08": "It was in August.", "witnesses-1/WIT-05": "saw the cell", "people-1/PRP-02": "X"}
    for language in ("en", "lt"):
        save_translation(
            case=case, version=version, by=cast.ben.person, ring=cast.ben.ring, language=language, texts=texts, seen=0
        )
    found = gathered(case, cast)
    assert [(each.section_id, each.version, each.question_id, each.language) for each in found["translation"]] == [
        ("story-1", 1, "EPI-08", "en"), ("witnesses-1", 1, "WIT-05", "en"),
    ]  # fmt: skip
    assert found["witnesses"][0].translated == "saw the cell"


def engage(cast: Cast, amina: Survivor, *kinds: str) -> Case:
    """Lena gets the mandate, and papers are brought."""
    made.confirmed(amina, cast.ben)
    drafted(amina.fresh(), cast.ben)
    made.given(amina, cast.chloe, cast.dana)
    decide(ask(amina.fresh(), cast.ben, Approval.Kind.ACCEPT), cast.dana)
    proposal = briefed_road(amina.fresh(), amina, cast)
    for kind in kinds:
        brought(proposal, cast.lena, kind, f"паперы {FAMILY}.pdf")
    return amina.fresh()


@pytest.fixture
def engaged(cast: Cast, amina: Survivor, lent: Case) -> Case:
    """Lena has the mandate, and papers were brought."""
    return engage(cast, amina, "statement", "power", "certificate", "receipt")


def test_papers_of_the_lawyer_with_the_mandate_are_annexed(cast: Cast, engaged: Case) -> None:
    found = gathered(engaged, cast)
    assert [(each.label, each.kind, each.has_file) for each in found["papers"]] == [
        ("L-001", "statement", True), ("L-002", "power", True), ("L-003", "certificate", True),
    ]  # fmt: skip
    assert found["mandate"].country == "LT"
    assert FAMILY not in repr(found["papers"]), "nor the name of the file"


def test_papers_of_another_lawyer_are_not(cast: Cast, engaged: Case) -> None:
    account = access.open_account(engaged, by=cast.ben.person, ring=cast.ben.ring, purpose="dossier")
    found = gather(Asked(engaged, account, cast.marek.person, "UJ-EN"), by=cast.ben.person, ring=cast.ben.ring)
    assert "papers" not in found
    assert "mandate" not in found


def test_papers_with_a_name_stay_with_counsel_when_it_may_not_be_used(cast: Cast, amina: Survivor) -> None:
    told(cast, amina, consent={"CNS-04": said("pseudonym")})
    papers = gathered(engage(cast, amina, "power", "certificate"), cast)["papers"]
    assert [(each.kind, each.has_file, bool(each.file)) for each in papers] == [
        ("power", False, False), ("certificate", True, True),
    ]  # fmt: skip


@pytest.fixture
def package(cast: Cast, amina: Survivor, engaged: Case) -> dict[str, bytes]:
    """The files of the package that a worker built, with names in the envelope."""
    worker.ensure()
    dossier = request_dossier(
        case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, route=ROUTES[0], lawyer=cast.lena.person,
        reason="Yes.", with_names=True,
    )  # fmt: skip
    approve(dossier=dossier, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.")
    building.build(dossier.id)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.trouble) == (Dossier.State.READY, "")
    _, _, stream = open_package(dossier=dossier, by=cast.lena.person, ring=cast.lena.ring)
    whole = b"".join(stream.chunks())
    stream.close()
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
def test_the_built_package_has_the_envelope_and_nothing_of_it_outside(
    as_lena: Client, package: dict[str, bytes]
) -> None:
    page = as_lena.get(f"/desk/dossiers/{Dossier.objects.get().id}/").content.decode()
    assert page.count("Hand this over apart, in a sealed envelope.") == 5
    sealed = sorted(name for name in package if name.startswith("sealed/"))
    assert [name.split("_D-")[0] for name in sealed] == [
        "sealed/A2_whereabouts", "sealed/A5_witnesses", "sealed/B3_statement_L-001", "sealed/B4_power_L-002",
        "sealed/B7_identity",
    ]  # fmt: skip
    assert package[sealed[2]] == package["originals/B2_certificate_L-003.pdf"] == BODY
    assert FAMILY in PdfReader(BytesIO(package[sealed[4]])).pages[0].extract_text()
    for name, body in package.items():
        if not name.startswith("sealed/"):
            text = body.decode("utf-8", "replace")
            if name.endswith(".pdf") and body != BODY:
                text += " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
            assert not any(secret in text for secret in SECRET), name


def test_the_asking_page_offers_names_only_to_whom_they_are_lent(as_ben: Client, cast: Cast, amina: Survivor) -> None:
    case = ready(cast, amina)
    place = f"/desk/cases/{case.reference}/routes/{key_of(case, cast)}/dossier/"
    sent = {
        "lawyer": str(cast.lena.person.id),
        "variant": "UJ-EN",
        "is_other": "on",
        "reason": "Yes.",
        "with_names": "on",
    }
    assert "with_names" not in as_ben.get(place).context["form"].fields
    as_ben.post(place, sent)
    assert request_record(case.dossiers.get(), cast.ben.ring)["with_names"] is False
    assert not AuditEvent.objects.filter(action="sealed.opened").exists()
    lend(case, cast)
    as_ben.post(place, sent)
    assert request_record(case.dossiers.get(number=2), cast.ben.ring)["with_names"] is True
    assert AuditEvent.objects.filter(action="sealed.opened").count() == 1


def test_the_lead_sees_that_names_come_along(as_dana: Client, cast: Cast, amina: Survivor) -> None:
    case = ready(cast, amina)
    lend(case, cast)
    for with_names in (True, False):
        request_dossier(
            case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, route=ROUTES[0], lawyer=cast.lena.person,
            reason="Yes.", with_names=with_names,
        )  # fmt: skip
        newest = case.dossiers.latest("number")
        shown = as_dana.get(f"/desk/approvals/{newest.id}/").content.decode()
        assert ("What is sealed for two people comes along" in shown) is with_names


def ready(cast: Cast, amina: Survivor) -> Case:
    """Told, with facts and sentences, and a worker to build it."""
    told(cast, amina)
    made.confirmed(amina, cast.ben)
    drafted(amina.fresh(), cast.ben)
    worker.ensure()
    return amina.fresh()


def key_of(case: Case, cast: Cast) -> str:
    return route_key(routes(case, cast.ben.ring, today())[0])


def test_the_input_that_is_sealed_takes_random_digits_each_time(cast: Cast, case: Case) -> None:
    one, other = gathered(case, cast), gathered(case, cast)
    assert one["salt"] != other["salt"]
    assert {**one, "salt": ""} == {**other, "salt": ""}
