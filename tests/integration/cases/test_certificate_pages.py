"""The certificate of a translation: written down from the signed sheet, and bound to both texts."""

from __future__ import annotations

import pytest
from django.test import Client

from cases import access
from cases.actions import certifying
from cases.actions.certifying import Word
from cases.actions.translating import save_translation
from cases.annexed.gather import Asked, gather
from cases.complaint.checked import Written
from cases.dossier import certified
from cases.dossier.inputs import DossierInput
from cases.dossier_input import compose
from cases.errors import NotReady, Refused
from cases.models import Case, Dossier
from cases.told_sections import account_sections
from tests.factories.cast import FACTS, ROUTES, Cast, Member
from tests.factories.dossier import make_input
from tests.factories.walk import text_of
from vault.errors import NoGrant
from vault.models import AuditEvent, SealedValue

NAME = "Перакладчыца Выдуманая"
SENT = {
    "translator": NAME, "qualification": "sworn, no. 00-00", "place": "Vilnius", "on": "2026-11-20",
    "is_complete": "on", "remarks": "", "paper": "",
}  # fmt: skip
WORD = Word(NAME, "sworn, no. 00-00", "Vilnius", "2026-11-20", True)


def at(case: Case, language: str = "en") -> str:
    return f"/desk/cases/{case.reference}/account/1/translation/{language}/certificate/"


@pytest.fixture
def reader(as_ben: Client, told: Case) -> Client:
    """Ben, who has given a purpose."""
    as_ben.post(f"/desk/cases/{told.reference}/account/open/", {"purpose": "dossier"})
    return as_ben


def translate(case: Case, member: Member, text: str = "They stopped me in the evening.", seen: int = 0) -> int:
    return save_translation(
        case=case, version=case.versions.get(number=1), by=member.person, ring=member.ring, language="en",
        texts={"story/EPI-08": text}, seen=seen,
    )  # fmt: skip


def sealed(case: Case, member: Member, *, seen: int = 1, word: Word = WORD, language: str = "en") -> None:
    account = access.open_account(case, by=member.person, ring=member.ring, purpose="dossier")
    certifying.certify(
        case=case, version=case.versions.get(number=1), account=account, by=member.person, ring=member.ring,
        language=language, word=word, seen=seen,
    )  # fmt: skip


def as_filed(case: Case, cast: Cast) -> DossierInput:
    account = access.open_account(case, by=cast.ben.person, ring=cast.ben.ring, purpose="dossier")
    asked = Asked(case, account, cast.lena.person, "UJ-EN")
    fields = gather(asked, by=cast.ben.person, ring=cast.ben.ring)
    return make_input(account=tuple(account_sections(account)), facts=(), elements=(), **fields)


def test_it_is_written_down_and_holds_for_what_is_filed(reader: Client, told: Case, cast: Cast) -> None:
    assert "There is no translation yet" in text_of(reader.get(at(told)).content.decode())
    translate(told, cast.ben)
    assert certified.translations_without_certificate(as_filed(told, cast)) == (1,)
    form = reader.get(at(told)).context["form"]
    answer = reader.post(at(told), {**SENT, "seen": form.initial["seen"]})
    assert answer["Location"] == f"/desk/cases/{told.reference}/account/"
    data = as_filed(told, cast)
    assert certified.translations_without_certificate(data) == ()
    assert [each.translator for each in data.certificates] == [NAME]
    assert "Written down already: " + NAME in text_of(reader.get(at(told)).content.decode())
    [event] = AuditEvent.objects.filter(action="account.certified")
    assert event.detail == {"version": 1}
    assert (
        "wrote down the certificate of a translation" in reader.get(f"/desk/cases/{told.reference}/").content.decode()
    )


def test_a_request_says_which_translations_were_certified(told: Case, cast: Cast) -> None:
    translate(told, cast.ben)
    sealed(told, cast.ben)
    account = access.open_account(told, by=cast.ben.person, ring=cast.ben.ring, purpose="dossier")
    planned = Dossier(case=told, number=1, variant="UJ-EN", lawyer=cast.lena.person)
    fields = gather(Asked(told, account, cast.lena.person, "UJ-EN"), by=cast.ben.person, ring=cast.ben.ring)
    content = compose(planned, account, FACTS, ROUTES[0], Written(()), annexed=fields)
    assert content["certified"] == [1]
    without = compose(planned, account, FACTS, ROUTES[0], Written(()), annexed=fields | {"certificates": ()})
    assert without["certified"] == []


def test_it_ends_with_the_text_that_the_translator_saw(told: Case, cast: Cast) -> None:
    translate(told, cast.ben)
    sealed(told, cast.ben)
    translate(told, cast.ben, "They took me in the evening.", seen=1)
    assert certified.translations_without_certificate(as_filed(told, cast)) == (1,)


def test_one_that_is_not_complete_certifies_nothing(reader: Client, told: Case, cast: Cast) -> None:
    translate(told, cast.ben)
    reader.post(at(told), {**SENT, "is_complete": "", "seen": "1"})
    assert certified.translations_without_certificate(as_filed(told, cast)) == (1,)


def test_a_translation_that_was_changed_meanwhile_is_not_certified(reader: Client, told: Case, cast: Cast) -> None:
    translate(told, cast.ben)
    translate(told, cast.ben, "Other words.", seen=1)
    answer = reader.post(at(told), {**SENT, "seen": "1"}, follow=True)
    assert "was changed meanwhile" in text_of(answer.content.decode())
    assert not SealedValue.objects.filter(table=certifying.TABLE).exists()


@pytest.mark.parametrize(("change", "said"), [
    ({"translator": " "}, "Translator"), ({"on": "2999-01-01"}, "This day has not come yet."), ({"on": "x"}, "Day"),
    ({"paper": "L-009"}, "L-009"), ({"seen": "-1"}, "problem"),
])  # fmt: skip
def test_a_sheet_with_a_slip_is_shown_again(
    reader: Client, told: Case, cast: Cast, change: dict[str, str], said: str
) -> None:
    translate(told, cast.ben)
    answer = reader.post(at(told), {**SENT, "seen": "1", **change})
    assert answer.status_code == 200
    assert said in text_of(answer.content.decode())
    assert not SealedValue.objects.filter(table=certifying.TABLE).exists()


def test_a_paper_that_is_no_certificate_of_the_brief_is_refused(told: Case, cast: Cast) -> None:
    translate(told, cast.ben)
    with pytest.raises(NotReady, match="paper"):
        sealed(told, cast.ben, word=Word(NAME, "", "Vilnius", "2026-11-20", True, paper="L-001"))


def test_without_a_translation_there_is_nothing_to_certify(told: Case, cast: Cast) -> None:
    with pytest.raises(NotReady, match="translation"):
        sealed(told, cast.ben)


def test_nobody_else_writes_one(told: Case, cast: Cast) -> None:
    translate(told, cast.ben)
    account = access.open_account(told, by=cast.ben.person, ring=cast.ben.ring, purpose="dossier")
    for member in (cast.chloe, cast.lena):
        with pytest.raises((Refused, NoGrant)):
            certifying.certify(
                case=told, version=told.versions.get(number=1), account=account, by=member.person, ring=member.ring,
                language="en", word=WORD, seen=1,
            )  # fmt: skip


def test_the_name_of_the_translator_is_in_no_column(told: Case, cast: Cast) -> None:
    translate(told, cast.ben)
    sealed(told, cast.ben)
    for value in SealedValue.objects.filter(table=certifying.TABLE):
        assert NAME.encode() not in bytes(value.blob)
    assert not AuditEvent.objects.filter(detail__icontains="Перакладчыца").exists()


def test_the_account_leads_to_it_and_other_languages_do_not(reader: Client, told: Case, cast: Cast) -> None:
    translate(told, cast.ben)
    assert at(told) in reader.get(f"/desk/cases/{told.reference}/account/?beside=en").content.decode()
    assert reader.get(at(told, "be")).status_code == 404
    assert reader.get(at(told, "fr")).status_code == 404
