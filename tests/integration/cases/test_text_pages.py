"""The desk's pages of the text before the person: put into the own language, shown, answered, taken back."""

from __future__ import annotations

import pytest
from django.test import Client

from cases.models import Case, Dossier, Proposal, Text
from cases.routing import route_key
from tests.factories import cast as made
from tests.factories.cast import ROUTES, Cast, Survivor
from tests.factories.kept import kept
from tests.factories.texts import answered, before_person, in_review, with_word
from tests.factories.walk import fields_of, text_of
from vault import worker

pytestmark = pytest.mark.shown


@pytest.fixture
def reviewed(cast: Cast, amina: Survivor) -> Survivor:
    """The draft in Lithuanian is with the second reader; the person has a second word."""

    def make() -> None:
        made.assigned(amina, cast.ben)
        made.tell(amina)
        made.confirmed(amina, cast.ben)
        in_review(amina, cast, "LT")
        with_word(amina)

    kept("draft in review, LT", make)
    return amina


def at(case: Case, tail: str = "") -> str:
    return f"/desk/cases/{case.reference}/reading/{tail}"


def put(case: Case, place: int = 0) -> str:
    return at(case, f"{route_key(ROUTES[place])}/{('lt', 'de')[place]}/")


def fill(client: Client, address: str, do: str, **more: str) -> object:
    fields = {name: values[0] for name, values in fields_of(client.get(address).content.decode()).items()}
    boxes = {name: f"Па-беларуску {name}" for name in fields if name[0] == "s" and name[1:].isdigit()}
    return client.post(address, fields | boxes | {"do": do} | more)


def test_a_caseworker_puts_it_and_a_lead_shows_it(reviewed: Survivor, as_ben: Client, as_dana: Client) -> None:
    case = reviewed.fresh()
    assert put(case) in as_ben.get(at(case)).content.decode()
    first = as_ben.get(put(case)).content.decode()
    assert "3 texts are missing still" in text_of(first)
    assert "The text for Lithuania, in Belarusian" in text_of(first), "the person's language, not the reader's"
    assert "Lietuvos Respublikos generalinė prokuratūra" in first, "the beginning of what it is about"
    assert "Show it to the person" not in first, "a lead shows it"
    assert fill(as_ben, put(case), "show").status_code == 302
    assert not Text.objects.exists()
    page = as_dana.get(put(case)).content.decode()
    assert "Everything is put into the person’s language." in page
    assert "Па-беларуску s1" in page
    answer = fill(as_dana, put(case), "show")
    assert answer["Location"] == at(case)
    assert reviewed.fresh().status == Case.Status.SURVIVOR_APPROVAL
    assert "With the person" in as_ben.get(at(case)).content.decode()


def test_a_missing_sentence_is_said_and_nothing_is_lost(reviewed: Survivor, as_dana: Client) -> None:
    case = reviewed.fresh()
    page = fill(as_dana, put(case), "show", s2="  ", about="Пра ўсё.").content.decode()
    assert "is not put into the person’s language yet" in page
    assert "Па-беларуску s1" in page
    assert "Пра ўсё." in page
    assert not Text.objects.exists()


def test_two_who_write_at_once_lose_nothing(reviewed: Survivor, as_ben: Client, as_dana: Client) -> None:
    case = reviewed.fresh()
    fields = {name: values[0] for name, values in fields_of(as_dana.get(put(case)).content.decode()).items()}
    fill(as_ben, put(case), "save", s1="Ад Бэна")
    answer = as_dana.post(put(case), fields | {"s1": "Ад Даны", "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ад Бэна" in page
    assert "Ад Даны" in page
    again = {name: values[0] for name, values in fields_of(page).items()}
    assert as_dana.post(put(case), again | {"do": "save"}).status_code == 302
    assert "Ад Даны" in as_ben.get(put(case)).content.decode()


def test_a_text_that_is_too_long_stays(reviewed: Survivor, as_ben: Client) -> None:
    answer = fill(as_ben, put(reviewed.fresh()), "save", s1="доўга " * 700)
    assert answer.status_code == 422
    assert "доўга доўга" in answer.content.decode()


def test_without_a_draft_or_an_agreed_country(reviewed: Survivor, as_ben: Client, as_dana: Client) -> None:
    case = reviewed.fresh()
    page = as_ben.get(at(case)).content.decode()
    assert put(case, 1) not in page, "nobody agreed to Germany"
    assert "Nobody has written the facts for this text yet." in as_ben.get(put(case, 1)).content.decode()
    assert as_ben.get(at(case, "0123456789ab/lt/")).status_code == 302
    assert as_ben.get(put(case).replace("/lt/", "/xx/")).status_code == 404


def test_the_answer_stands_there_with_its_words_and_a_lead_takes_the_text_back(
    reviewed: Survivor, cast: Cast, as_ben: Client, as_dana: Client
) -> None:
    text = before_person(reviewed, cast, variant="LT", aloud="by telephone")
    answered(reviewed, text, no_wait=True)
    case = reviewed.fresh()
    page = text_of(as_ben.get(at(case)).content.decode())
    assert "The person said yes" in page
    assert "May be filed from" in page
    assert "by telephone" in page
    back = at(case, f"back/{text.id}/")
    assert as_ben.post(back).status_code == 403
    assert back not in as_ben.get(at(case)).content.decode()
    assert as_dana.post(back)["Location"] == at(case)
    assert Text.objects.get().state == Text.State.TAKEN_BACK
    assert as_dana.post(back).status_code == 409


def test_the_next_step_leads_there(reviewed: Survivor, as_ben: Client) -> None:
    Case.objects.update(has_news=False, answer_by=None)
    Proposal.objects.update(has_news=False)
    page = as_ben.get(f"/desk/cases/{reviewed.fresh().reference}/").content.decode()
    assert "Next step: put the text before the person" in page
    assert at(reviewed.fresh()) in page


def test_a_dossier_for_filing_says_what_is_missing(reviewed: Survivor, cast: Cast, as_ben: Client) -> None:
    worker.ensure()
    case = reviewed.fresh()
    address = f"/desk/cases/{case.reference}/routes/{route_key(ROUTES[0])}/dossier/"
    sent = {"lawyer": str(cast.lena.person.id), "reason": "why", "variant": "LT", "purpose": "filing"}
    page = as_ben.post(address, sent).content.decode()
    assert "The person has not said yes to this text." in page
    answered(reviewed, before_person(reviewed, cast, variant="LT", aloud="by telephone"))
    page = as_ben.post(address, sent).content.decode()
    assert "The person’s time is not over" in page
    assert not Dossier.objects.filter(is_for_filing=True).exists()
