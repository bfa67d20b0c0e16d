"""The pages about people: who sees them, who may act, and the whole way from a link to the first sign-in."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people import deputies, spoken
from people.models import Invitation, Person
from tests.factories.cast import Cast, Member, assigned, first_contact
from tests.factories.intruder import overwrite
from tests.factories.newcomers import PASSWORD, admitted, again, invited, joined, words_of
from vault.models import AuditEvent, SealedSession, today

pytestmark = pytest.mark.shown

EVA = {"name": "Eva", "login": "eva", "role": "caseworker", "team": "North"}
SECRET = re.compile(r"<pre>([A-Z2-7 ]{39})</pre>")
LINK = re.compile(r"http://testserver(/desk/join/[\w-]{43}/)")


@pytest.fixture
def lead(cast: Cast) -> Client:
    """Dana's browser."""
    return cast.dana.browser()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def invite(client: Client, **fields: str) -> str:
    """Fill the form and return the path of the link."""
    found = LINK.search(text(client.post("/desk/people/invite/", EVA | fields)))
    assert found is not None
    return found[1]


def setup_form(page: str, password: str = PASSWORD) -> dict[str, str]:
    """What somebody types who has read the secret from the page into an app."""
    from base64 import b32decode

    found = SECRET.search(page)
    assert found is not None
    member = Member(Person(), password, b32decode(found[1].replace(" ", "")))
    return {"password": password, "again": password, "code": member.code_at(int(timezone.now().timestamp()))}


def secret_of(page: str) -> bytes:
    from base64 import b32decode

    found = SECRET.search(page)
    assert found is not None
    return b32decode(found[1].replace(" ", ""))


# --- seeing ---


@pytest.mark.parametrize(("login", "status"), [("dana", 200), ("ben", 200), ("lena", 403)])
def test_who_sees_the_people(cast: Cast, login: str, status: int) -> None:
    client = getattr(cast, login).browser()
    for path in ("/desk/people/", f"/desk/people/{cast.chloe.person.id}/"):
        assert client.get(path).status_code == status
        assert Client().get(path)["Location"].startswith("/desk/sign-in/")


def test_the_list_says_role_state_and_key(cast: Cast, lead: Client) -> None:
    page = text(lead.get("/desk/people/"))
    fingerprint = bytes(cast.ben.person.pair.fingerprint).hex()
    assert " ".join(fingerprint[at : at + 8] for at in range(0, 64, 8)) in page
    for words in ("Ben", "caseworker", "North", "active", "Invite somebody"):
        assert words in page
    assert "Invite somebody" not in text(cast.ben.browser().get("/desk/people/"))


def test_the_navigation_counts_who_waits_for_a_lead(cast: Cast, lead: Client) -> None:
    joined(invited(cast.dana)[1])
    assert re.search(r'href="/desk/people/"[^>]*>People <span>1</span>', text(lead.get("/desk/people/")))


def test_the_words_of_a_key_are_shown_once_it_is_admitted(cast: Cast, lead: Client) -> None:
    """Before, the lead hears them and reads them nowhere."""
    row, eva = joined(invited(cast.dana)[1])
    path = f"/desk/people/{eva.person.id}/"
    assert ", ".join(words_of(row).split()) not in text(lead.get(path))
    assert ", ".join(spoken.words_of(cast.ben.person.pair)) in text(lead.get(f"/desk/people/{cast.ben.person.id}/"))


def test_a_key_whose_halves_were_changed_is_said_to_be_so(cast: Cast, lead: Client) -> None:
    overwrite(cast.chloe.person.pair, sign_public=bytes(32))
    answer = lead.get(f"/desk/people/{cast.chloe.person.id}/")
    assert (answer.status_code, "do not fit its fingerprint" in text(answer)) == (200, True)


def test_the_trail_is_a_press_away_for_who_may_see_it(cast: Cast, lead: Client) -> None:
    path = f"/desk/people/{cast.chloe.person.id}/"
    assert f"{path}trail/" in text(lead.get(path))
    assert f"{path}trail/" not in text(cast.ben.browser().get(path))


def test_nobody_with_that_id(lead: Client) -> None:
    assert lead.get("/desk/people/00000000-0000-0000-0000-000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("viewer", "offered"),
    [
        ("dana", ["Suspend", "New keys", "Remove"]),
        ("ben", []),
        ("ada", ["Suspend"]),
    ],
)
def test_a_page_offers_what_its_viewer_may_do(cast: Cast, viewer: str, offered: list[str]) -> None:
    who = admitted(cast.dana, "ada", "administrator") if viewer == "ada" else getattr(cast, viewer)
    page = text(who.browser().get(f"/desk/people/{cast.chloe.person.id}/"))
    found = re.findall(r'<a href="/desk/people/[^"]+/(?:suspend|reinstate|new-keys|deputy|remove)/">([^<]+)<', page)
    assert found == offered


# --- inviting ---


def test_the_link_is_shown_once(cast: Cast, lead: Client) -> None:
    path = invite(lead)
    assert path.split("/")[3] not in text(lead.get("/desk/people/"))
    assert "Eva" in text(lead.get("/desk/people/"))
    page = text(lead.post("/desk/people/invite/", EVA))
    assert "Somebody has this login" in page
    assert not LINK.search(page)


@pytest.mark.parametrize("login", ["ben", "lena"])
def test_others_do_not_invite(cast: Cast, login: str) -> None:
    client = getattr(cast, login).browser()
    assert client.get("/desk/people/invite/").status_code == 403
    assert client.post("/desk/people/invite/", EVA).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("wrong", [{"login": "Eva K"}, {"role": "root"}, {"name": ""}, {"login": "ben"}])
def test_a_wrong_field_keeps_the_rest(lead: Client, wrong: dict[str, str]) -> None:
    page = text(lead.post("/desk/people/invite/", EVA | wrong))
    assert "There is a problem" in page
    assert 'value="North"' in page
    assert not Invitation.objects.exists()


def test_withdrawing_by_the_page(cast: Cast, lead: Client) -> None:
    path = invite(lead)
    row = Invitation.objects.get()
    assert cast.ben.browser().post(f"/desk/people/invitations/{row.id}/withdraw/").status_code == 403
    assert lead.post(f"/desk/people/invitations/{row.id}/withdraw/").status_code == 302
    assert Client().get(path).status_code == 404
    again_ = lead.post(f"/desk/people/invitations/{row.id}/withdraw/")
    assert (again_.status_code, "over already" in text(again_)) == (409, True)


# --- joining ---


def test_the_whole_way_from_the_link_to_the_first_page(cast: Cast, lead: Client) -> None:
    path, eva = invite(lead), Client()
    page = text(eva.get(path))
    answer = eva.post(path, setup_form(page))
    assert answer["Location"] == "/desk/joined/"
    told = re.findall(r"<li>([a-z]+)</li>", text(eva.get("/desk/joined/")))
    row = Invitation.objects.get()
    assert " ".join(told) == words_of(row)
    typed = {"spoken": " ".join(told), "role": "caseworker", "code": cast.dana.code()}
    done = lead.post(f"/desk/people/invitations/{row.id}/", typed)
    assert done["Location"] == f"/desk/people/{row.person_id}/"
    assert "You are admitted" in text(eva.get("/desk/joined/"))
    member = Member(Person.objects.get(login="eva"), PASSWORD, secret_of(page))
    assert member.browser().get("/desk/").status_code == 200


def test_wrong_used_old_and_withdrawn_links_look_the_same(cast: Cast, lead: Client) -> None:
    used, old, gone = (invite(lead, login=login) for login in ("eva", "olga", "ivan"))
    joined(used.split("/")[3])
    Invitation.objects.filter(login="olga").update(expires_at=timezone.now())
    Invitation.objects.filter(login="ivan").update(state="ended")
    signed_in = cast.ben.browser()
    for client in (Client(), signed_in):
        pages = set()
        for path in (used, old, gone, f"/desk/join/{'A' * 43}/", "/desk/join/x/"):
            assert client.post(path, {"password": PASSWORD}).status_code == 404
            answer = client.get(path)
            assert answer.status_code == 404
            pages.add(re.sub(r'value="[A-Za-z0-9]{64}"', "", text(answer).replace(path, "")).rstrip())
        assert len(pages) == 1


def test_a_wrong_link_leaves_no_session(db: None) -> None:
    Client().get(f"/desk/join/{'A' * 43}/")
    assert not SealedSession.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "000000"}, {"code": ""}, {"again": "another " + PASSWORD}, {"password": "short", "again": "short"},
        {"password": "passwordpassword"[:8], "again": "password"},
    ],
)  # fmt: skip
def test_bad_input_keeps_the_secret_and_echoes_no_password(lead: Client, wrong: dict[str, str]) -> None:
    path, eva = invite(lead), Client()
    first = text(eva.get(path))
    page = text(eva.post(path, setup_form(first) | wrong))
    assert "There is a problem" in page
    assert secret_of(page) == secret_of(first)
    assert PASSWORD not in page
    assert eva.post(path, setup_form(page)).status_code == 302


def test_the_secret_in_the_session_is_sealed(lead: Client) -> None:
    path, eva = invite(lead), Client()
    secret = secret_of(text(eva.get(path)))
    blobs = b"".join(bytes(blob) for blob in SealedSession.objects.values_list("blob", flat=True))
    assert secret not in blobs
    assert secret.hex().encode() not in blobs


def test_the_picture_needs_no_style_and_stays_black_on_white(lead: Client) -> None:
    page = text(Client().get(invite(lead)))
    picture = page[page.index("<svg") : page.index("</svg>")]
    assert 'fill="#fff"' in picture
    assert 'stroke="#000"' in picture
    assert "style" not in picture
    assert "<script" not in page


def test_somebody_who_is_signed_in_does_not_join_as_another(cast: Cast, lead: Client) -> None:
    path = invite(lead)
    assert lead.get(path).status_code == 409
    assert lead.post(path, {"password": PASSWORD}).status_code == 409
    assert Client().get(path).status_code == 200


def test_the_words_are_only_for_the_session_that_joined(lead: Client) -> None:
    assert Client().get("/desk/joined/")["Location"] == "/desk/sign-in/"


def test_the_token_is_in_no_log_and_no_event(cast: Cast, lead: Client, caplog: pytest.LogCaptureFixture) -> None:
    path = invite(lead)
    token = path.split("/")[3]
    caplog.set_level(logging.DEBUG)
    joined(token)
    answer = Client().get(path)
    assert answer.status_code == 404
    assert answer["Referrer-Policy"] == "no-referrer"
    assert token not in str(list(AuditEvent.objects.values()))


# --- admitting ---


def test_who_hears_the_words(cast: Cast) -> None:
    row, _ = joined(invited(cast.dana)[1])
    path = f"/desk/people/invitations/{row.id}/"
    admin = admitted(cast.dana, "ada", "administrator")
    for who, status in ((cast.ben, 403), (cast.lena, 403), (admin, 403), (cast.marek, 200)):
        assert who.browser().get(path).status_code == status
    page = text(cast.marek.browser().get(path))
    assert not [word for word in words_of(row).split() if f">{word}<" in page], (
        "the lead hears them, and reads them nowhere"
    )


def test_wrong_words_on_the_page(cast: Cast, lead: Client) -> None:
    row, eva = joined(invited(cast.dana)[1])
    path = f"/desk/people/invitations/{row.id}/"
    typed = {"spoken": "acid " * 6, "role": "caseworker", "code": cast.dana.code()}
    page = text(lead.post(path, typed))
    assert "These are not the words" in page
    assert "1 alarm" in text(lead.get("/desk/")).lower()
    page = text(lead.post(path, typed | {"spoken": "acid acorn xylophon"}))
    assert "xylophon" in page
    assert not again(eva).is_active


@pytest.mark.parametrize("wrong", [{"code": "000000"}, {"code": ""}, {"role": ""}])
def test_admitting_needs_the_second_factor_and_the_role(cast: Cast, lead: Client, wrong: dict[str, str]) -> None:
    row, eva = joined(invited(cast.dana)[1])
    typed = {"spoken": words_of(row), "role": "caseworker", "code": cast.dana.code()}
    answer = lead.post(f"/desk/people/invitations/{row.id}/", typed | wrong)
    assert answer.status_code == 200
    assert not again(eva).is_active


def test_another_role_is_refused_with_a_reason(cast: Cast, lead: Client) -> None:
    row, eva = joined(invited(cast.dana)[1])
    typed = {"spoken": words_of(row), "role": "lead", "code": cast.dana.code()}
    answer = lead.post(f"/desk/people/invitations/{row.id}/", typed)
    assert answer.status_code == 409
    assert "not the role" in text(answer)
    assert not again(eva).is_active


def test_a_row_that_calls_itself_lead_has_no_key_to_admit_with(cast: Cast) -> None:
    row, eva = joined(invited(cast.dana)[1])
    Person.objects.filter(login="ben").update(role="lead")
    typed = {"spoken": words_of(row), "role": "caseworker", "code": cast.ben.code()}
    answer = cast.ben.browser().post(f"/desk/people/invitations/{row.id}/", typed | {"code": cast.ben.code()})
    assert answer.status_code == 403
    assert not again(eva).is_active


# --- acts ---

ACTS = ["suspend", "reinstate", "deputy", "deputy/end", "remove"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("login", ["ben", "lena"])
def test_others_act_on_nobody(cast: Cast, act: str, login: str) -> None:
    client = getattr(cast, login).browser()
    path = f"/desk/people/{cast.chloe.person.id}/{act}/"
    assert client.get(path).status_code == 403
    assert client.post(path, {"code": getattr(cast, login).code()}).status_code == 403
    assert again(cast.chloe).is_active


@pytest.mark.parametrize("act", ["suspend", "remove"])
@pytest.mark.parametrize("code", ["", "000000"])
def test_no_act_without_the_second_factor(cast: Cast, lead: Client, act: str, code: str) -> None:
    path = f"/desk/people/{cast.chloe.person.id}/{act}/"
    assert lead.post(path, {"login": "chloe", "code": code}).status_code == 200
    assert again(cast.chloe).is_active


def test_suspending_and_letting_in_again(cast: Cast, lead: Client) -> None:
    path, chloe = f"/desk/people/{cast.chloe.person.id}/", cast.chloe.browser()
    assert lead.post(f"{path}suspend/", {"code": cast.dana.code()})["Location"] == path
    assert chloe.get("/desk/").status_code == 302
    assert "suspended" in text(lead.get(path))
    lead.post(f"{path}reinstate/", {"code": cast.dana.code()})
    assert cast.chloe.browser().get("/desk/").status_code == 200


def test_removing_ends_assignments_and_says_what_it_cannot_take_back(cast: Cast, lead: Client) -> None:
    case = assigned(first_contact(), cast.chloe)
    path = f"/desk/people/{cast.chloe.person.id}/"
    page = text(lead.get(f"{path}remove/"))
    assert "What cannot be taken back" in page
    assert lead.post(f"{path}remove/", {"login": "ben", "code": cast.dana.code()}).status_code == 200
    assert again(cast.chloe).is_active
    assert lead.post(f"{path}remove/", {"login": "Chloe", "code": cast.dana.code()})["Location"] == path
    page = text(lead.get(path))
    assert "1 assignment ended" in page
    assert "Nothing here." in page
    assert not case.assignments.filter(ended_on=None).exists()


def test_a_refused_removal_says_why_and_ends_nothing(cast: Cast, lead: Client) -> None:
    case = assigned(first_contact(), cast.marek)
    answer = lead.post(f"/desk/people/{cast.marek.person.id}/remove/", {"login": "marek", "code": cast.dana.code()})
    assert answer.status_code == 409
    assert "Two leads must stay" in text(answer)
    assert case.assignments.filter(ended_on=None).exists()


def test_new_keys_by_the_pages(cast: Cast, lead: Client) -> None:
    path = f"/desk/people/{cast.ben.person.id}/new-keys/"
    assert lead.post(path, {"code": cast.dana.code()}).status_code == 200, "the kind is missing"
    found = LINK.search(text(lead.post(path, {"kind": "lost", "code": cast.dana.code()})))
    assert found is not None
    ben = Client()
    assert ben.post(found[1], setup_form(text(ben.get(found[1])), "another staple of horses")).status_code == 302
    row = Invitation.objects.get()
    typed = {"spoken": words_of(row), "code": cast.dana.code()}
    page = text(lead.post(f"/desk/people/invitations/{row.id}/", typed, follow=True))
    assert "has new keys" in page
    old = Client()
    assert old.post("/desk/sign-in/", {"login": "ben", "password": cast.ben.password}).status_code == 200


def test_everybody_may_doubt_the_own_key_and_nobody_elses(cast: Cast) -> None:
    lena = cast.lena.browser()
    assert lena.get(f"/desk/people/{cast.ben.person.id}/new-keys/").status_code == 403
    assert f"/desk/people/{cast.lena.person.id}/new-keys/" in text(lena.get("/desk/account/"))
    path = f"/desk/people/{cast.lena.person.id}/new-keys/"
    found = LINK.search(text(lena.post(path, {"code": cast.lena.code()})))
    assert found is not None
    assert Invitation.objects.get().kind == "suspicion"
    assert lena.post(found[1], setup_form(text(lena.get(found[1])))).status_code == 302
    assert "Read these words" in text(lena.get("/desk/joined/"))
    assert lena.get("/desk/dossiers/").status_code == 200, "until a lead has heard the words nothing changes"


def test_a_deputy_by_the_pages(cast: Cast, lead: Client) -> None:
    ania = admitted(cast.dana, "ania", "analyst")
    path = f"/desk/people/{ania.person.id}/"
    assert ania.browser().get("/desk/").status_code == 403
    far = (today() + timedelta(days=31)).isoformat()
    assert "30 days" in text(lead.post(f"{path}deputy/", {"until": far, "code": cast.dana.code()}))
    until = (today() + timedelta(days=5)).isoformat()
    assert lead.post(f"{path}deputy/", {"until": until, "code": cast.dana.code()})["Location"] == path
    assert "Stands in for the leads" in text(lead.get(path))
    deputy = ania.browser()
    assert deputy.get("/desk/").status_code == 200
    assert deputy.get("/desk/people/invite/").status_code == 403
    assert lead.post(f"{path}deputy/end/", {"code": cast.dana.code()})["Location"] == path
    assert deputy.get("/desk/").status_code == 403
    assert lead.get(f"{path}deputy/end/").status_code == 409


def test_a_deputy_sees_a_case_and_is_not_offered_to_take_it(cast: Cast, lead: Client) -> None:
    amina = first_contact()
    ania = admitted(cast.dana, "ania", "analyst")
    deputies.name(
        person=ania.person, until=today() + timedelta(days=5), by=cast.dana.person, ring=cast.dana.ring
    )  # fmt: skip
    client, path = ania.browser(), f"/desk/cases/{amina.case.reference}/"
    page = text(client.get(path))
    assert "Case" in page
    assert f"{path}take/" not in page
    assert client.post(f"{path}take/").status_code == 403
