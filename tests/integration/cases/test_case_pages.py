"""The case page, the account behind its purpose, letters, facts and routes."""

from __future__ import annotations

import hashlib
import time

import pytest
from django.test import Client

from cases.actions.facts import current_facts
from cases.actions.letters import read_letters
from cases.models import Case
from cases.routing import route_key
from cases.views.purposes import READING_SECONDS
from tests.factories import cast as made
from tests.factories.cast import FIRST, ROUTES, STORY, Cast, Member, Survivor
from tests.factories.walk import text_of
from tests.integration.cases.conftest import PDF
from vault.models import AuditEvent, SealedValue

pytestmark = pytest.mark.shown

WORDS = STORY.split(".")[0]


def at(case: Case, tail: str = "") -> str:
    return f"/desk/cases/{case.reference}/{tail}"


def opened(client: Client, case: Case, purpose: str = "assessment") -> str:
    """The account with the own words unfolded, which are the first fold of the first version."""
    client.post(at(case, "account/open/"), {"purpose": purpose})
    client.post(at(case, "account/unfold/"), {"place": "1-1"})
    return client.get(at(case, "account/")).content.decode()


def test_the_case_page_shows_limits_first_and_one_filled_button(as_ben: Client, told: Case) -> None:
    page = as_ben.get(at(told)).content.decode()
    assert page.index("What they asked of us") < page.index("Parts of the case")
    assert "only here, through the code" in page
    assert "<strong>Lithuania</strong>, nowhere else." in page
    assert "yes, when named to them first" in page
    assert page.count("button go") == 1


def test_nothing_of_the_account_stands_in_the_page_before_it_is_opened(as_ben: Client, told: Case) -> None:
    for tail in ("", "account/", "letters/", "routes/"):
        page = as_ben.get(at(told, tail)).content.decode()
        assert WORDS not in page
        assert "Аміна" not in page
    assert not AuditEvent.objects.filter(action="account.opened").exists()


def test_opening_needs_a_purpose(as_ben: Client, told: Case) -> None:
    page = as_ben.post(at(told, "account/open/"), {"purpose": "curiosity"}).content.decode()
    assert "There is a problem" in page
    assert WORDS not in as_ben.get(at(told, "account/")).content.decode()


def test_the_account_opens_with_a_purpose_and_each_opening_is_recorded(as_ben: Client, ben: Member, told: Case) -> None:
    page = opened(as_ben, told)
    assert WORDS in page
    assert "First account, given by the person; not an interview record" in page
    assert 'lang="be"' in page
    as_ben.get(at(told, "account/"))
    events = AuditEvent.objects.filter(action="account.opened", subject=told.id)
    assert [(event.actor, event.detail) for event in events] == [(ben.person.id, {"purpose": "assessment"})] * 2
    assert "opened the account: assessing routes" in as_ben.get(at(told)).content.decode()


def test_own_words_are_numbered_and_choices_are_not(as_ben: Client, told: Case) -> None:
    page = opened(as_ben, told)
    assert '<span class="hidden">Paragraph </span>1</span><p class="said" lang="be" dir="auto">Аміна</p>' in page
    assert '<p class="chosen">Street or square; Police department (RUVD, ROVD)</p>' in page


def test_a_purpose_holds_for_half_an_hour_and_for_one_case(
    as_ben: Client, told: Case, monkeypatch: pytest.MonkeyPatch, ben: Member
) -> None:
    other = made.first_contact()
    made.assigned(other, ben)
    opened(as_ben, told)
    assert "Why do you open it?" in as_ben.get(at(other.case, "account/")).content.decode()
    later = time.time() + READING_SECONDS + 1
    monkeypatch.setattr("cases.views.purposes.time.time", lambda: later)
    monkeypatch.setattr("people.signing_in.is_idle", lambda request: False)
    assert WORDS not in as_ben.get(at(told, "account/")).content.decode()


def test_a_purpose_ends_with_the_session(as_ben: Client, ben: Member, told: Case) -> None:
    opened(as_ben, told)
    as_ben.post("/desk/sign-out/")
    assert WORDS not in ben.browser().get(at(told, "account/")).content.decode()


def test_the_original_streams_out_under_a_neutral_name(as_ben: Client, told: Case) -> None:
    exhibit = told.exhibits.get()
    page = opened(as_ben, told)
    assert "Акт Іванова.pdf" in page
    assert hashlib.sha256(PDF).hexdigest()[:8] in page
    answer = as_ben.get(at(told, f"exhibits/{exhibit.id}/"))
    assert answer.streaming
    assert b"".join(answer) == PDF
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["Content-Disposition"] == f'attachment; filename="{told.reference}-E-001.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert AuditEvent.objects.filter(action="exhibit.opened", subject=exhibit.id).count() == 1


def test_the_custody_of_an_exhibit_goes_from_its_arrival_to_whoever_opened_it(as_ben: Client, told: Case) -> None:
    exhibit = told.exhibits.get()
    opened(as_ben, told)
    b"".join(as_ben.get(at(told, f"exhibits/{exhibit.id}/")))
    page = text_of(as_ben.get(at(told, "account/")).content.decode())
    steps = [
        "received, by survivor", "hashed, sha-256, by portal", "not scanned, by portal",
        "moved from the draft to the case, by survivor", "original opened: assessing routes, by caseworker",
    ]  # fmt: skip
    places = [page.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)
    assert "Scan for harmful programs not scanned" in page
    assert "Nothing is known about this file." in page
    assert "document (PDF)" in page


def test_an_original_needs_a_purpose_too(as_ben: Client, told: Case) -> None:
    answer = as_ben.get(at(told, f"exhibits/{told.exhibits.get().id}/"))
    assert "Why do you open it?" in answer.content.decode()


def test_an_exhibit_of_another_case_is_not_there(as_ben: Client, ben: Member, told: Case) -> None:
    other = made.first_contact()
    made.assigned(other, ben)
    as_ben.post(at(other.case, "account/open/"), {"purpose": "reply"})
    assert as_ben.get(at(other.case, f"exhibits/{told.exhibits.get().id}/")).status_code == 404


def test_a_changed_record_is_never_shown(as_ben: Client, told: Case) -> None:
    value = SealedValue.objects.filter(table="statement", field="story").get()
    value.blob = bytes(value.blob)[:-1] + bytes([bytes(value.blob)[-1] ^ 1])
    value.save()
    as_ben.post(at(told, "account/open/"), {"purpose": "reply"})
    answer = as_ben.get(at(told, "account/"))
    assert answer.status_code == 409
    assert "A record does not verify" in answer.content.decode()
    assert WORDS not in answer.content.decode()


def test_a_lead_reads_without_being_assigned(as_dana: Client, told: Case) -> None:
    assert WORDS in opened(as_dana, told)


def test_a_letter_is_sealed_and_read_by_the_survivor(as_ben: Client, amina: Survivor, told: Case) -> None:
    text = "Добры дзень.\r\n\r\nМы прачыталі. <b>Адказ</b> будзе ў пятніцу."
    answer = as_ben.post(at(told, "letters/"), {"text": text, "language": "be"})
    assert answer["Location"] == at(told, "letters/")
    letter = read_letters(amina.fresh(), amina.ring)[-1]
    assert (letter.side, letter.language) == ("team", "be")
    assert "пятніцу" in letter.text
    page = as_ben.get(at(told, "letters/")).content.decode()
    assert "&lt;b&gt;Адказ&lt;/b&gt;" in page
    assert "not read yet" in page


@pytest.mark.parametrize("text", ["", "x" * 100_001, "a\x00b"])
def test_a_letter_that_cannot_be_taken_comes_back_whole(as_ben: Client, told: Case, text: str) -> None:
    page = as_ben.post(at(told, "letters/"), {"text": text, "language": "be"}).content.decode()
    assert "There is a problem" in page
    assert text.replace("\x00", "") in page.replace("\x00", "")
    assert not told.messages.exists()


def facts_form(client: Client, case: Case, **changed: str) -> dict[str, str]:
    """What the browser would send from the page as it is shown."""
    client.post(at(case, "account/open/"), {"purpose": "assessment"})
    parts = client.get(at(case, "facts/")).context["parts"]
    sent = {}
    for part in parts.all:
        forms = list(part) if hasattr(part, "management_form") else [part]
        if hasattr(part, "management_form"):
            sent |= {
                f"{part.prefix}-{name}": part.management_form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")
            }
        for form in forms:
            sent |= {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    return {**sent, **changed}


def test_facts_are_proposed_and_count_only_when_confirmed(as_ben: Client, ben: Member, told: Case) -> None:
    sent = facts_form(as_ben, told)
    assert (sent["act-0-country"], sent["act-0-first"], sent["person-residence_now"]) == ("BY", "2020-08-12", "LT")
    assert sent["act-0-crime_facts"] == ["custody"], "that officials tortured is never proposed"
    assert current_facts(told, ben.ring) is None
    assert as_ben.post(at(told, "facts/"), sent)["Location"] == at(told, "routes/")
    facts = current_facts(told, ben.ring)
    assert facts["victim"] == {"residence_now": "LT"}
    assert facts["consents"] == {"countries": ["LT"]}
    assert Case.objects.get(id=told.id).status == Case.Status.STATEMENT_RECEIVED, "two people review an account"


def test_nobody_can_type_a_consent(as_ben: Client, ben: Member, told: Case) -> None:
    sent = facts_form(as_ben, told) | {"consents": "DE", "consents-countries": "DE", "person-consents": "DE"}
    as_ben.post(at(told, "facts/"), sent)
    assert current_facts(told, ben.ring)["consents"] == {"countries": ["LT"]}


def test_facts_with_everything(as_ben: Client, ben: Member, told: Case) -> None:
    more = {
        "act-0-crime_facts": ["custody", "torture_by_officials"],
        "person-refugee": "yes",
        "person-age_now": "31",
        "person-forced": "no",
        "person-crossed_into": "LT",
        "person-crossed_on": "2021-02-03",
        "nationality-0-country": "BY",
        "suspect-0-id": "P-001",
        "suspect-0-office": "other",
        "suspect-0-seen_country": "CH",
        "suspect-0-certainty": "reported",
        "complaint-0-country": "PL",
        "complaint-0-result": "refused",
    }
    assert as_ben.post(at(told, "facts/"), facts_form(as_ben, told) | more).status_code == 302
    facts = current_facts(told, ben.ring)
    assert facts["suspects"] == [
        {"id": "P-001", "office": "other", "last_seen": {"country": "CH", "certainty": "reported"}}
    ]
    assert facts["displacement"] == {"forced": False, "crossed_into": "LT", "date": "2021-02-03"}
    assert facts["victim"]["nationalities"] == [{"country": "BY"}]
    assert "31" in as_ben.get(at(told)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"act-0-last": "2019-01-01"}, {"act-0-country": "ZZ"}, {"suspect-0-id": "Іван Іваноў"}, {"person-age_now": "-1"}],
)
def test_wrong_facts_come_back(as_ben: Client, ben: Member, told: Case, wrong: dict[str, str]) -> None:
    page = as_ben.post(at(told, "facts/"), facts_form(as_ben, told) | wrong).content.decode()
    assert "There is a problem" in page
    assert current_facts(told, ben.ring) is None


def test_the_same_suspect_twice_is_said_in_words(as_ben: Client, ben: Member, told: Case) -> None:
    sent = facts_form(as_ben, told) | {"suspect-0-id": "P-1", "suspect-1-id": "P-1", "suspect-TOTAL_FORMS": "2"}
    assert "stands there twice" in as_ben.post(at(told, "facts/"), sent).content.decode()
    assert current_facts(told, ben.ring) is None


def test_routes_show_verdict_reason_source_and_order(as_ben: Client, reviewed: Case) -> None:
    page = as_ben.get(at(reviewed, "routes/")).content.decode()
    for words in (
        '<span class="verdict open">Open</span>',
        "An open file takes this.",
        "https://example.org/law",
        "Above the next because a file is open.",
        "Not signed by a lawyer",
        "unknown, a lawyer must confirm",
        "How old is the person now?",
    ):
        assert words in page
    assert page.index("Lithuania") < page.index("Germany")


def test_one_route_has_a_page(as_ben: Client, reviewed: Case) -> None:
    page = as_ben.get(at(reviewed, f"routes/{route_key(ROUTES[1])}/")).content.decode()
    assert "Germany" in page
    assert as_ben.get(at(reviewed, "routes/000000000000/"))["Location"] == at(reviewed, "routes/")


def test_limits_of_a_first_contact(as_ben: Client, ben: Member, cast: Cast) -> None:
    survivor = made.first_contact({**FIRST, "CTC-01": {"value": "signal", "lang": "be"}})
    made.assigned(survivor, ben)
    page = as_ben.get(at(survivor.case)).content.decode()
    assert "Answer by <strong>Signal</strong>" in page
    assert "A complaint: <strong>not asked yet</strong>" in page


def test_facts_that_todays_rules_refuse_are_said_so_and_break_no_page(
    as_ben: Client, ben: Member, told: Case, loaded: object
) -> None:
    """Facts that were confirmed under earlier rules: the pages say what to do, and what stood stays readable."""
    from cases import work

    work.write(told, ben.ring, "facts", "confirmed", told.id, {"acts": [{"country": "BY", "from": "2999-01-01"}]})
    page = as_ben.get(at(told, "routes/")).content.decode()
    assert "no longer fit today’s" in page
    for where in ("", "what-if/", "facts/"):
        assert as_ben.get(at(told, where)).status_code in (200, 302)
