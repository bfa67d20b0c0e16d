"""Asking to erase, deciding, holding, and what the retention page proposes; each for whoever may and may not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from cases import keeping
from cases.actions.letters import write_from_team
from cases.models import Case, Dossier, Erasure, LegalHold
from cases.tasks import sweep
from people.models import Role
from people.organisation import NewPerson, admit
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from vault.models import AuditEvent, Compartment, SealedFile, today

pytestmark = pytest.mark.shown

DAY = timedelta(days=1)
LONG_AGO = date(2020, 2, 29)


def at(case: Case, page: str = "") -> str:
    return f"/desk/cases/{case.reference}/{page}"


def said(answer: Any) -> str:
    return answer.content.decode()


def ask(client: Client, case: Case, why: str = "survivor_asked") -> Any:
    return client.post(at(case, "erasing/"), {"why": why})


def decide(client: Client, member: Member, decision: str, **more: str) -> Any:
    erasure = Erasure.objects.get()
    sent = {"reference": erasure.reference, "reason": "Fits.", "code": member.code(), "decision": decision, **more}
    return client.post(f"/desk/erasing/{erasure.id}/", sent)


def grow_old(case: Case, on: date = LONG_AGO) -> None:
    """Set every day of a case back."""
    Case.objects.filter(id=case.id).update(received_on=on)
    case.messages.update(made_on=on)
    case.versions.update(sent_on=on)
    case.assignments.update(made_on=on)
    case.dossiers.update(requested_at=datetime(on.year, on.month, on.day, tzinfo=ZoneInfo("UTC")))


@pytest.fixture
def protection(cast: Cast) -> Client:
    """The data protection officer's browser."""
    root = cast.dana.ring.team("root").signer
    one = admit(NewPerson("pia", "Pia", Role.DATA_PROTECTION), root=root, demo=False)
    return Member(one.person, one.password, one.totp).browser()


class TestAskAndDecide:
    """The whole way through the pages."""

    def test_ben_asks_and_dana_erases(self, told: Case, dana: Member, as_ben: Client, as_dana: Client) -> None:
        assert "Nobody can bring it back" in said(as_ben.get(at(told, "erasing/")))
        answer = ask(as_ben, told)
        page = said(as_ben.get(answer["Location"]))
        assert "You asked; a lead is the second." in page
        assert 'name="decision"' not in page
        assert "asked to erase this case" in said(as_ben.get(at(told)))
        assert "you may" in said(as_dana.get("/desk/erasing/"))
        assert "Approvals <span>1</span>" in said(as_dana.get("/desk/"))
        page = said(as_dana.get(answer["Location"]))
        assert "The person asked us to erase it." in page
        assert "No lawyer has downloaded a dossier" in page
        assert '<button class="button big" name="decision" value="erase">Erase</button>' in page
        assert '<button class="button big" name="decision" value="keep">Keep</button>' in page
        assert decide(as_dana, dana, "erase")["Location"] == answer["Location"]
        assert not Case.objects.exists()
        for words in ("is erased", told.reference, "Ben", "Dana", "The person asked us to erase it"):
            assert words in said(as_ben.get(answer["Location"]))
        assert told.reference in said(as_ben.get("/desk/erasing/"))
        assert as_ben.get(at(told)).status_code == 404
        assert told.reference not in said(as_ben.get("/desk/"))

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"code": "000000"}, "That code did not work"),
            ({"code": ""}, "There is a problem"),
            ({"reference": "ZZZ-ZZZ"}, "This is not the reference of the case"),
            ({"reference": ""}, "This is not the reference of the case"),
            ({"decision": ""}, "the Enter key chooses nothing"),
            ({"decision": "keep", "reason": ""}, "Nothing is written here yet"),
        ],
    )
    def test_what_a_decision_needs(
        self, told: Case, dana: Member, as_ben: Client, as_dana: Client, changed: dict[str, str], words: str
    ) -> None:
        ask(as_ben, told)
        answer = decide(as_dana, dana, changed.pop("decision", "erase"), **changed)
        assert words in said(answer)
        assert Case.objects.exists()

    def test_a_wrong_reference_does_not_spend_the_code(
        self, told: Case, dana: Member, as_ben: Client, as_dana: Client
    ) -> None:
        ask(as_ben, told)
        code = dana.code()
        decide(as_dana, dana, "erase", reference="ZZZ-ZZZ", code=code)
        assert decide(as_dana, dana, "erase", code=code).status_code == 302

    def test_keeping_says_why(self, told: Case, dana: Member, as_ben: Client, as_dana: Client) -> None:
        ask(as_ben, told)
        decide(as_dana, dana, "keep", reference="", reason="She meant <only> the letters.")
        page = said(as_ben.get(f"/desk/erasing/{Erasure.objects.get().id}/"))
        assert "She meant &lt;only&gt; the letters." in page
        assert "Dana kept the case" in page
        assert "Kept on" in said(as_ben.get(at(told)))

    def test_who_asked_cannot_decide_by_a_forged_form(self, told: Case, dana: Member, as_dana: Client) -> None:
        ask(as_dana, told)
        decide(as_dana, dana, "erase")
        assert Case.objects.exists()

    def test_delivered_dossiers_are_named_before_the_button(
        self, package: Dossier, as_ben: Client, as_dana: Client, as_lena: Client
    ) -> None:
        case = package.case
        b"".join(as_lena.get(f"/desk/dossiers/{package.id}/package/"))
        as_lena.post(f"/desk/dossiers/{package.id}/received/")
        ask(as_ben, case)
        page = said(as_dana.get(f"/desk/erasing/{Erasure.objects.get().id}/"))
        assert page.index("cannot be taken back") < page.index("Dossier 1, Lena") < page.index('value="erase"')
        assert "Has the lawyer been asked" in page

    def test_the_lawyer_finds_nothing_afterwards(
        self, package: Dossier, dana: Member, as_ben: Client, as_dana: Client, as_lena: Client
    ) -> None:
        ask(as_ben, package.case)
        decide(as_dana, dana, "erase")
        assert as_lena.get(f"/desk/dossiers/{package.id}/").status_code == 404
        assert "Nothing is waiting for you" in said(as_lena.get("/desk/dossiers/"))

    def test_while_a_worker_builds_the_page_says_wait(
        self, request_made: Dossier, dana: Member, as_ben: Client, as_dana: Client
    ) -> None:
        ask(as_ben, request_made.case)
        Dossier.objects.update(state=Dossier.State.BUILDING)
        answer = decide(as_dana, dana, "erase")
        assert (answer.status_code, "A worker builds a dossier" in said(answer)) == (409, True)

    @pytest.mark.parametrize(
        ("login", "expected"), [("ben", 200), ("chloe", 403), ("dana", 200), ("marek", 200), ("lena", 403)]
    )
    def test_who_may_see_it(self, cast: Cast, told: Case, as_ben: Client, login: str, expected: int) -> None:
        client = getattr(cast, login).browser()
        assert client.get(at(told, "erasing/")).status_code == expected
        ask(as_ben, told)
        assert client.get(f"/desk/erasing/{Erasure.objects.get().id}/").status_code == expected

    def test_another_team_finds_nothing(self, cast: Cast, told: Case, as_ben: Client) -> None:
        ask(as_ben, told)
        Case.objects.update(team="South")
        client = cast.dana.browser()
        assert client.get(f"/desk/erasing/{Erasure.objects.get().id}/").status_code == 404
        assert client.get(at(told, "legal-hold/")).status_code == 404
        assert told.reference not in said(client.get("/desk/erasing/"))
        assert told.reference not in said(client.get("/desk/retention/"))

    def test_nobody_enters_without_signing_in(self, told: Case, as_ben: Client) -> None:
        ask(as_ben, told)
        erasure = Erasure.objects.get()
        pages = ["/desk/erasing/", f"/desk/erasing/{erasure.id}/", "/desk/retention/", at(told, "erasing/")]
        for address in [*pages, at(told, "legal-hold/")]:
            answer = Client().get(address)
            assert answer["Location"].startswith("/desk/sign-in/"), address


class TestHold:
    """A hold is seen where the case is seen, and closes the way to erasing."""

    def test_it_is_seen_and_nothing_can_be_asked(self, told: Case, as_ben: Client, as_dana: Client) -> None:
        as_dana.post(at(told, "legal-hold/"), {"reason": "A court asked.", "act": "place"})
        page = said(as_ben.get(at(told)))
        assert "Legal hold" in page
        assert "A court asked." in page
        assert "Ask to erase" not in page
        assert "Legal hold" in said(as_ben.get("/desk/"))
        assert "A legal hold stands" in said(as_ben.get(at(told, "erasing/")))
        answer = ask(as_ben, told)
        assert (answer.status_code, "A legal hold stands." in said(answer)) == (409, True)

    def test_one_placed_after_the_request_takes_the_button_away(
        self, told: Case, dana: Member, as_ben: Client, as_dana: Client
    ) -> None:
        ask(as_ben, told)
        as_dana.post(at(told, "legal-hold/"), {"reason": "A court asked.", "act": "place"})
        page = said(as_dana.get(f"/desk/erasing/{Erasure.objects.get().id}/"))
        assert 'value="erase"' not in page
        assert 'value="keep"' in page
        assert decide(as_dana, dana, "erase").status_code == 409
        assert Case.objects.exists()

    def test_another_lead_lifts_it(self, cast: Cast, told: Case, as_dana: Client) -> None:
        address, as_marek = at(told, "legal-hold/"), cast.marek.browser()
        as_dana.post(address, {"reason": "A court asked.", "act": "place"})
        assert "Another lead lifts it." in said(as_dana.get(address))
        assert as_dana.post(address, {"reason": "Over.", "act": "lift"}).status_code == 409
        assert LegalHold.objects.get().lifted_on is None
        assert as_marek.post(address, {"reason": "Over.", "act": "lift"}).status_code == 302
        assert LegalHold.objects.get().lifted_by == cast.marek.person
        assert "lifted it on" in said(as_dana.get(address))

    def test_two_leads_at_once_do_not_undo_each_other(self, cast: Cast, told: Case, as_dana: Client) -> None:
        address, as_marek = at(told, "legal-hold/"), cast.marek.browser()
        as_dana.post(address, {"reason": "A court asked.", "act": "place"})
        assert as_marek.post(address, {"reason": "I too.", "act": "place"}).status_code == 409
        assert LegalHold.objects.get().lifted_on is None

    def test_a_hold_that_vanished_stops_the_page(self, told: Case, as_ben: Client, as_dana: Client) -> None:
        as_dana.post(at(told, "legal-hold/"), {"reason": "A court asked.", "act": "place"})
        LegalHold.objects.all().delete()
        assert as_ben.get(at(told)).status_code == 409

    @pytest.mark.parametrize(("login", "expected"), [("ben", 403), ("chloe", 403), ("dana", 200), ("lena", 403)])
    def test_who_may(self, cast: Cast, told: Case, login: str, expected: int) -> None:
        client = getattr(cast, login).browser()
        assert client.get(at(told, "legal-hold/")).status_code == expected
        client.post(at(told, "legal-hold/"), {"reason": "A court asked.", "act": "place"})
        assert LegalHold.objects.exists() is (expected == 200)


class TestRetention:
    """What is due, from readable columns; proposed, never done."""

    def test_a_first_contact_is_proposed_from_the_day_after(
        self, amina: Survivor, dana: Member, as_dana: Client
    ) -> None:
        assert "Nothing is due." in said(as_dana.get("/desk/retention/"))
        grow_old(amina.case, LONG_AGO)
        assert [len(keeping.proposed(dana.person, on)) for on in (date(2021, 2, 28), date(2021, 3, 1))] == [0, 1]
        page = said(as_dana.get("/desk/retention/"))
        for words in (amina.case.reference, "First contact without continuation", "28 February 2021", "Ask the person"):
            assert words in page
        assert "Retention <span>1</span>" in page
        assert Case.objects.exists()

    def test_the_day_before_a_leap_day(self, amina: Survivor, dana: Member) -> None:
        grow_old(amina.case, date(2023, 2, 28))
        assert [len(keeping.proposed(dana.person, on)) for on in (date(2024, 2, 28), date(2024, 2, 29))] == [0, 1]

    def test_asked_waited_and_then_proposed(self, amina: Survivor, dana: Member, as_dana: Client) -> None:
        grow_old(amina.case)
        write_from_team(case=amina.case, by=dana.person, ring=dana.ring, text="Are you well?", language="en")
        assert "Wait for an answer until" in said(as_dana.get("/desk/retention/"))
        amina.case.messages.update(made_on=today() - 90 * DAY)
        assert "Wait for an answer until" in said(as_dana.get("/desk/retention/"))
        amina.case.messages.update(made_on=today() - 91 * DAY)
        assert "Propose to erase" in said(as_dana.get("/desk/retention/"))
        made.write(amina, "Я тут")
        assert "Nothing is due." in said(as_dana.get("/desk/retention/"))

    def test_an_account_after_two_years(self, told: Case, dana: Member) -> None:
        grow_old(told)
        found = [keeping.proposed(dana.person, on) for on in (date(2022, 2, 28), date(2022, 3, 1))]
        assert [[each.due.step for each in day] for day in found] == [[], ["review"]]

    def test_a_case_with_a_lawyer_a_hold_or_a_request_is_not_proposed(
        self, package: Dossier, dana: Member, as_dana: Client, as_ben: Client
    ) -> None:
        case = package.case
        grow_old(case)
        assert len(keeping.proposed(dana.person, today())) == 1
        Dossier.objects.update(delivered_at=timezone.now())
        assert keeping.proposed(dana.person, today()) == []
        Dossier.objects.update(delivered_at=None)
        ask(as_ben, case)
        assert keeping.proposed(dana.person, today()) == []
        assert "1 waiting" in said(as_dana.get("/desk/retention/"))
        Erasure.objects.all().delete()
        as_dana.post(at(case, "legal-hold/"), {"reason": "A court asked.", "act": "place"})
        assert keeping.proposed(dana.person, today()) == []
        assert "placed by Dana" in said(as_dana.get("/desk/retention/"))

    def test_the_reason_that_time_is_over_is_offered_only_then(self, told: Case, as_ben: Client) -> None:
        assert "Its time is over" not in said(as_ben.get(at(told, "erasing/")))
        assert "There is a problem" in said(ask(as_ben, told, "clock_over"))
        grow_old(told)
        assert "Its time is over" in said(as_ben.get(at(told, "erasing/")))
        assert ask(as_ben, told, "clock_over").status_code == 302

    def test_data_protection_sees_what_is_due_and_opens_nothing(self, told: Case, protection: Client) -> None:
        grow_old(told)
        page = said(protection.get("/desk/retention/"))
        assert told.reference in page
        assert "A lead reviews" in page
        assert at(told) not in page
        assert "/desk/erasing/" not in page
        assert protection.get(at(told)).status_code == 403

    @pytest.mark.parametrize(("login", "expected"), [("ben", 403), ("dana", 200), ("lena", 403)])
    def test_who_may_see_it(self, cast: Cast, login: str, expected: int) -> None:
        client = getattr(cast, login).browser()
        assert client.get("/desk/retention/").status_code == expected
        assert ("Retention" in said(client.get("/desk/" if login != "lena" else "/desk/dossiers/"))) is (
            expected == 200
        )

    def test_every_period_is_on_the_page_with_its_source(self, as_dana: Client) -> None:
        page = said(as_dana.get("/desk/retention/"))
        for words in ("14 days", "12 months", "24 months", "180 days", "60 months", "not set by counsel yet", "CTC-07"):
            assert words in page


class TestPackages:
    """Our copy of a dossier goes by the clock, once the lawyer has confirmed it."""

    def confirmed_on(self, package: Dossier, day: date) -> None:
        moment = datetime(day.year, day.month, day.day, 23, 59, tzinfo=ZoneInfo("UTC"))
        Dossier.objects.update(state=Dossier.State.ACKNOWLEDGED, delivered_at=moment, acknowledged_at=moment)

    def test_it_goes_the_day_after_its_last_day(self, package: Dossier) -> None:
        self.confirmed_on(package, date(2024, 2, 29))
        assert keeping.purge_packages(date(2024, 2, 29) + 180 * DAY) == 0
        assert SealedFile.objects.filter(dossier=package).exists()
        assert keeping.purge_packages(date(2024, 2, 29) + 181 * DAY) == 1
        package.refresh_from_db()
        assert package.file is None
        assert not SealedFile.objects.filter(exhibit=None).exists()
        assert Compartment.objects.get(kind="package", owner=package.id).erased_on == today()
        assert AuditEvent.objects.filter(action="dossier.purged", subject=package.id).count() == 1
        assert keeping.purge_packages(date(2030, 1, 1)) == 0

    def test_the_sweeper_does_it(self, package: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cases.tasks.wake", lambda dossier: True)
        self.confirmed_on(package, today() - 181 * DAY)
        sweep()
        package.refresh_from_db()
        assert package.file is None

    def test_never_before_the_lawyer_confirmed_it(self, package: Dossier) -> None:
        self.confirmed_on(package, LONG_AGO)
        Dossier.objects.update(state=Dossier.State.READY, acknowledged_at=None)
        assert keeping.purge_packages(today()) == 0

    def ready_since(self, package: Dossier, day: date) -> None:
        Dossier.objects.update(state=Dossier.State.READY, delivered_at=None, acknowledged_at=None)
        SealedFile.objects.filter(dossier=package).update(made_on=day)

    def test_one_that_nobody_fetched_goes_after_sixty_days_and_both_sides_are_told(
        self, package: Dossier, as_lena: Client, as_ben: Client
    ) -> None:
        self.ready_since(package, today() - 60 * DAY)
        assert keeping.expire_packages(today()) == 0
        assert "It is here until" in as_lena.get(f"/desk/dossiers/{package.id}/").content.decode()
        assert keeping.expire_packages(today() + DAY) == 1
        package.refresh_from_db()
        assert (package.state, package.file) == (Dossier.State.EXPIRED, None)
        assert not SealedFile.objects.filter(exhibit=None).exists()
        assert Compartment.objects.get(kind="package", owner=package.id).erased_on == today()
        assert AuditEvent.objects.filter(action="dossier.expired", subject=package.id).count() == 1
        assert as_lena.get(f"/desk/dossiers/{package.id}/").status_code == 404
        page = as_ben.get(at(package.case, f"dossiers/{package.number}/")).content.decode()
        assert "did not fetch it in time" in page
        assert "Ask again" not in page

    def test_one_that_was_fetched_or_is_held_stays(self, package: Dossier, as_dana: Client) -> None:
        self.ready_since(package, LONG_AGO)
        as_dana.post(at(package.case, "legal-hold/"), {"reason": "A court asked.", "act": "place"})
        assert keeping.expire_packages(today()) == 0
        LegalHold.objects.update(lifted_on=today())
        Dossier.objects.update(delivered_at=datetime(2024, 3, 1, tzinfo=ZoneInfo("UTC")))
        assert keeping.expire_packages(today()) == 0

    def test_the_sweeper_expires(self, package: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cases.tasks.wake", lambda dossier: True)
        self.ready_since(package, today() - 61 * DAY)
        sweep()
        package.refresh_from_db()
        assert package.state == Dossier.State.EXPIRED

    def test_a_hold_wins(self, package: Dossier, as_dana: Client) -> None:
        self.confirmed_on(package, LONG_AGO)
        as_dana.post(at(package.case, "legal-hold/"), {"reason": "A court asked.", "act": "place"})
        assert keeping.purge_packages(today()) == 0

    def test_the_lawyer_is_told_where_it_went(self, package: Dossier, as_lena: Client, as_ben: Client) -> None:
        self.confirmed_on(package, LONG_AGO)
        keeping.purge_packages(today())
        for address in (f"/desk/dossiers/{package.id}/", f"/desk/dossiers/{package.id}/package/"):
            answer = as_lena.get(address)
            assert answer.status_code == 200
            assert "Our copy is erased" in said(answer)
        assert "Our copy is erased" in said(as_lena.get("/desk/dossiers/"))
        assert "Our copy erased" in said(as_ben.get(at(package.case, "dossiers/1/")))
