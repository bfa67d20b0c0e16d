"""Asking for a dossier, four eyes, progress, and the lawyer's pages."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client

from cases.models import Case, Dossier
from cases.routing import route_key
from tests.factories import cast as made
from tests.factories.cast import FIRST, ROUTES, SECTIONS, Cast, Member, Survivor
from tests.factories.complaint import drafted
from tests.integration.cases.conftest import PDF
from vault import worker
from vault.models import AuditEvent, Grant

pytestmark = pytest.mark.shown

REASON = "The person said yes to Lithuania & wants <to know> the lawyer."


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The messages that would go to the queue."""
    sent: list[object] = []
    monkeypatch.setattr("cases.views.approvals.wake", sent.append)
    return sent


def ask(client: Client, case: Case, lawyer: Member, place: int = 0, **more: str) -> object:
    address = f"/desk/cases/{case.reference}/routes/{route_key(ROUTES[place])}/dossier/"
    sent = {"lawyer": str(lawyer.person.id), "reason": REASON, "variant": "UJ-EN", "is_other": "on"}
    return client.post(address, {**sent, **more})


def decide(client: Client, member: Member, dossier: Dossier, decision: str, **more: str) -> object:
    sent = {"reason": "Consent and route are clear.", "code": member.code(), "decision": decision, **more}
    return client.post(f"/desk/approvals/{dossier.id}/", sent)


def test_the_lead_sees_in_which_text_it_is_asked_for(as_dana: Client, request_made: Dossier) -> None:
    page = as_dana.get(f"/desk/approvals/{request_made.id}/").content.decode()
    assert '<th scope="row">Text</th><td>UJ-EN, a draft, and says so</td>' in page


def test_a_dossier_is_asked_for_with_a_reason(as_ben: Client, reviewed: Case, lena: Member) -> None:
    worker.ensure()
    answer = ask(as_ben, reviewed, lena)
    assert answer["Location"] == f"/desk/cases/{reviewed.reference}/dossiers/1/"
    page = as_ben.get(answer["Location"]).content.decode()
    assert "The person said yes to Lithuania &amp; wants &lt;to know&gt; the lawyer." in page
    assert "Waiting for a lead" in page


def test_it_says_beside_the_form_whether_the_facts_are_written_and_refuses_without_them(
    as_ben: Client, told: Case, amina: Survivor, ben: Member, lena: Member
) -> None:
    worker.ensure()
    case = made.confirmed(amina, ben)
    address = f"/desk/cases/{case.reference}/routes/{route_key(ROUTES[0])}/dossier/"
    assert "Not written yet, or a sentence has no valid source." in as_ben.get(address).content.decode()
    page = ask(as_ben, case, lena).content.decode()
    assert "Nobody has written the facts for this text of the complaint yet." in page
    assert "The person said yes to Lithuania" in page, "the reason comes back"
    drafted(case, ben)
    assert "Written, each sentence with its source." in as_ben.get(address).content.decode()
    assert ask(as_ben, case, lena).status_code == 302


@pytest.mark.parametrize(("place", "code"), [(0, "LT"), (1, "DE")])
def test_the_text_of_the_route_is_offered(as_ben: Client, reviewed: Case, place: int, code: str) -> None:
    page = as_ben.get(f"/desk/cases/{reviewed.reference}/routes/{route_key(ROUTES[place])}/dossier/").content.decode()
    assert f'<option value="{code}" selected>' in page
    assert page.count("<option value=") >= 5


def test_another_text_needs_a_tick_and_says_why(as_ben: Client, reviewed: Case, lena: Member) -> None:
    worker.ensure()
    page = ask(as_ben, reviewed, lena, variant="PL", is_other="").content.decode()
    assert "For this route the text is LT." in page
    assert not Dossier.objects.exists()
    assert ask(as_ben, reviewed, lena)["Location"]
    assert Dossier.objects.get().variant == "UJ-EN"


def test_a_text_that_does_not_exist_is_refused(as_ben: Client, reviewed: Case, lena: Member) -> None:
    worker.ensure()
    assert "There is a problem" in ask(as_ben, reviewed, lena, variant="../LT").content.decode()
    assert not Dossier.objects.exists()


def test_what_is_usually_done_stands_beside_the_routes_as_a_hint(as_ben: Client, reviewed: Case) -> None:
    for address in ("routes/", f"routes/{route_key(ROUTES[0])}/dossier/"):
        page = as_ben.get(f"/desk/cases/{reviewed.reference}/{address}").content.decode()
        assert "What is usually done" in page
        assert "a hint, not an order" in page
        assert "Usually first: Lithuania." in page


@pytest.mark.parametrize(
    ("consent", "place", "said"),
    [
        ({"CNS-02": {"value": ["lt"], "lang": "be"}}, 0, "has not agreed to a partner lawyer"),
        (SECTIONS["consent"], 1, "has not agreed to a complaint in Germany"),
    ],
)
def test_without_consent_it_is_refused_in_plain_words(
    cast: Cast, amina: Survivor, as_ben: Client, consent: dict[str, object], place: int, said: str
) -> None:
    worker.ensure()
    made.assigned(amina, cast.ben)
    case = made.tell(amina, {**SECTIONS, "consent": consent})
    made.confirmed(amina, cast.ben)
    page = ask(as_ben, case, cast.lena, place).content.decode()
    assert said in page
    assert "The person said yes to Lithuania" in page, "the reason comes back"
    assert not Dossier.objects.exists()


def test_without_a_worker_it_says_so(as_ben: Client, reviewed: Case, lena: Member) -> None:
    page = ask(as_ben, reviewed, lena).content.decode()
    assert "No worker is running" in page
    assert not Dossier.objects.exists()


def test_it_is_never_sealed_to_a_caseworker(as_ben: Client, reviewed: Case, chloe: Member) -> None:
    worker.ensure()
    assert "There is a problem" in ask(as_ben, reviewed, chloe).content.decode()


def test_the_asker_sees_the_same_page_without_the_decision(as_ben: Client, request_made: Dossier) -> None:
    page = as_ben.get(f"/desk/approvals/{request_made.id}/").content.decode()
    assert "You asked; a lead is the second." in page
    assert 'name="decision"' not in page


def test_a_lead_who_asked_cannot_decide(cast: Cast, reviewed: Case, amina: Survivor) -> None:
    made.assigned(amina, cast.dana)
    dossier = made.requested(amina, cast.dana, cast.lena)
    client = cast.dana.browser()
    assert 'name="decision"' not in client.get(f"/desk/approvals/{dossier.id}/").content.decode()
    decide(client, cast.dana, dossier, "approve")
    assert Dossier.objects.get(id=dossier.id).state == Dossier.State.REQUESTED


def test_reason_effects_checks_then_two_equal_buttons(as_dana: Client, request_made: Dossier) -> None:
    page = as_dana.get(f"/desk/approvals/{request_made.id}/").content.decode()
    places = [page.index(words) for words in ("Why, in Ben’s words", "What will happen", "Checked by the system")]
    assert places == sorted(places)
    assert '<button class="button big" name="decision" value="approve">Approve</button>' in page
    assert '<button class="button big" name="decision" value="refuse">Refuse</button>' in page
    assert "button go" not in page


def test_approving_releases_the_share_and_wakes_the_worker(
    as_dana: Client, dana: Member, request_made: Dossier, woken: list[object]
) -> None:
    assert decide(as_dana, dana, request_made, "approve")["Location"] == "/desk/approvals/"
    stored = Dossier.objects.get(id=request_made.id)
    assert (stored.state, stored.decided_by) == (Dossier.State.APPROVED, dana.person)
    released = Grant.objects.filter(epoch__compartment__owner=request_made.id, share="b", recipient__use="worker")
    assert released.get().giver == dana.person.pair
    assert woken == [request_made.id]


def test_refusing_is_shown_with_its_reason(
    as_dana: Client, as_ben: Client, dana: Member, request_made: Dossier
) -> None:
    decide(as_dana, dana, request_made, "refuse", reason="Ask about the lawyer first.")
    page = as_ben.get(f"/desk/approvals/{request_made.id}/").content.decode()
    assert "Ask about the lawyer first." in page
    assert "Dana decided: refused." in page
    Case.objects.update(has_news=False)
    assert "Read why the dossier was refused" in as_ben.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "000000"}, "That code did not work"),
        ({"reason": ""}, "There is a problem"),
        ({"decision": ""}, "the Enter key chooses nothing"),
    ],
)
def test_a_decision_needs_reason_code_and_a_button(
    as_dana: Client, dana: Member, request_made: Dossier, changed: dict[str, str], said: str
) -> None:
    page = decide(as_dana, dana, request_made, changed.pop("decision", "approve"), **changed).content.decode()
    assert said in page
    assert Dossier.objects.get(id=request_made.id).state == Dossier.State.REQUESTED


def test_a_code_is_not_spent_by_a_missing_decision(as_dana: Client, dana: Member, request_made: Dossier) -> None:
    code = dana.code()
    decide(as_dana, dana, request_made, "", code=code)
    assert decide(as_dana, dana, request_made, "approve", code=code).status_code == 302


def test_it_is_decided_once(cast: Cast, as_dana: Client, request_made: Dossier) -> None:
    decide(as_dana, cast.dana, request_made, "refuse")
    decide(cast.marek.browser(), cast.marek, request_made, "approve")
    assert Dossier.objects.get(id=request_made.id).state == Dossier.State.REFUSED


def test_approvals_list_who_may_decide(as_ben: Client, as_dana: Client, request_made: Dossier) -> None:
    assert "another person, a lead" in as_ben.get("/desk/approvals/").content.decode()
    assert "you may" in as_dana.get("/desk/approvals/").content.decode()


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"state": "building", "step": "exhibits"}, "Being built"),
        ({"state": "failed", "trouble": "worker_changed"}, "The worker that held the first share is gone"),
        ({"state": "failed", "trouble": "render_child"}, "It stopped with the code render_child"),
        ({"state": "approved", "trouble": "oserror"}, "the worker tries again by itself"),
    ],
)
def test_progress_in_words(as_ben: Client, request_made: Dossier, columns: dict[str, str], said: str) -> None:
    Dossier.objects.update(**columns)
    page = as_ben.get(f"/desk/cases/{request_made.case.reference}/dossiers/1/").content.decode()
    assert said in page
    assert ("Ask again" in page) is (columns["state"] == "failed")


def test_asking_again_hands_over_the_first_share(as_ben: Client, request_made: Dossier) -> None:
    Dossier.objects.update(state="failed", trouble="worker_changed")
    as_ben.post(f"/desk/cases/{request_made.case.reference}/dossiers/1/again/")
    assert Dossier.objects.get().state == Dossier.State.REQUESTED


def test_the_lawyer_sees_own_dossiers_only(as_lena: Client, as_tomas: Client, package: Dossier) -> None:
    assert f"/desk/dossiers/{package.id}/" in as_lena.get("/desk/dossiers/").content.decode()
    assert "Nothing is waiting for you" in as_tomas.get("/desk/dossiers/").content.decode()


def test_a_dossier_that_is_not_ready_is_not_there(as_lena: Client, request_made: Dossier) -> None:
    assert as_lena.get(f"/desk/dossiers/{request_made.id}/").status_code == 404


def test_three_steps(as_lena: Client, as_ben: Client, package: Dossier) -> None:
    address = f"/desk/dossiers/{package.id}/"
    page = as_lena.get(address).content.decode()
    for words in ("Conditions of the client", "only through you", "complaint.pdf", "Something is wrong"):
        assert words in page
    assert hashlib.sha256(PDF).hexdigest()[:8] in page
    answer = as_lena.get(address + "package/")
    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"].endswith('-1.zip"')
    as_lena.post(address + "received/")
    assert Dossier.objects.get(id=package.id).state == Dossier.State.ACKNOWLEDGED
    assert "You confirmed it on" in as_lena.get(address).content.decode()
    actions = AuditEvent.objects.filter(subject=package.id).values_list("action", flat=True)
    assert {"dossier.downloaded", "dossier.acknowledged"} <= set(actions)
    assert "Received by the lawyer" in as_ben.get(f"/desk/cases/{package.case.reference}/").content.decode()


def test_something_is_wrong(as_lena: Client, as_ben: Client, package: Dossier) -> None:
    address = f"/desk/dossiers/{package.id}/"
    assert "There is a problem" in as_lena.post(address + "trouble/", {}).content.decode()
    as_lena.post(address + "trouble/", {"code": "not_verified"})
    assert "You reported: it does not verify." in as_lena.get(address).content.decode()
    page = as_ben.get(f"/desk/cases/{package.case.reference}/dossiers/1/").content.decode()
    assert "Lena reports: It does not verify." in page
    assert Dossier.objects.get(id=package.id).state == Dossier.State.READY


def test_the_package_opens_with_nobody_elses_key(cast: Cast, package: Dossier) -> None:
    """A row that says another lawyer: the page is found, the key is not."""
    Dossier.objects.filter(id=package.id).update(lawyer=cast.tomas.person)
    answer = cast.tomas.browser().get(f"/desk/dossiers/{package.id}/package/")
    assert answer.status_code in (403, 409)
    assert not answer.streaming


def test_a_first_contact_alone_makes_no_dossier(cast: Cast, as_ben: Client) -> None:
    survivor = made.first_contact(FIRST)
    made.assigned(survivor, cast.ben)
    assert "Confirm the facts first" in as_ben.get(f"/desk/cases/{survivor.case.reference}/routes/").content.decode()
