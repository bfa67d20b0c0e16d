"""Every page of the workspace: who may, who may not (403), for whom it is not there (404), and nobody else (302)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case, Dossier
from cases.routing import route_key
from cases.urls.work import urlpatterns
from people.models import Person
from tests.attack.matrix import TABLE
from tests.factories.cast import ROUTES, Cast, Member

pytestmark = pytest.mark.shown

STAFF = {"ben": 200, "chloe": 200, "dana": 200, "lena": 403}
ON_THE_CASE = {"ben": 200, "chloe": 403, "dana": 200, "lena": 403}
LAWYER = {"ben": 403, "chloe": 403, "dana": 403, "lena": 200, "tomas": 404}
PAGES = {
    "queue": STAFF,
    "case": STAFF,
    "approvals": STAFF,
    "moved": STAFF,
    "account": ON_THE_CASE,
    "letters": ON_THE_CASE,
    "facts": {**ON_THE_CASE, "ben": 302, "dana": 302},  # first the purpose
    "routes": ON_THE_CASE,
    "route": ON_THE_CASE,
    "what-if": ON_THE_CASE,
    "ask-dossier": ON_THE_CASE,
    "progress": ON_THE_CASE,
    "approval": ON_THE_CASE,
    "exhibit": ON_THE_CASE,
    "unassign": ON_THE_CASE,
    "remove-person": {"ben": 403, "chloe": 403, "dana": 200, "lena": 403},
    "dossiers": {**LAWYER, "tomas": 200},
    "dossier": LAWYER,
    "package": LAWYER,
}
ACTS = {
    "assign": {"ben": 403, "chloe": 403, "dana": 302, "lena": 403},
    "open-account": ON_THE_CASE,  # without a purpose: asked for one
    "unfold": ON_THE_CASE,  # likewise
    "again": {"chloe": 403, "lena": 403},
    "accept": {"ben": 302, "chloe": 403, "dana": 409, "lena": 403},
    "decline": {"ben": 409, "chloe": 403, "dana": 409, "lena": 403},
    "acknowledge": {**LAWYER, "lena": 302},
    "trouble": LAWYER,
    "moved-seen": {"ben": 302, "chloe": 403, "dana": 302, "lena": 403},
    "take": {"ben": 302, "chloe": 403, "dana": 302, "lena": 403},  # last: whoever takes the case is on it then
}
OF_A_CASE = {"case", "take", "assign", "account", "open-account", "exhibit", "letters", "facts", "routes", "route"}
OF_A_CASE |= {"unfold", "what-if", "ask-dossier", "progress", "again", "accept", "decline", "unassign", "moved-seen"}


def address(name: str, dossier: Dossier) -> str:
    case = dossier.case
    arguments = {
        "exhibit": [case.reference, case.exhibits.get().id],
        "ask-dossier": [case.reference, route_key(ROUTES[0])],
        "route": [case.reference, route_key(ROUTES[0])],
        "progress": [case.reference, dossier.number],
        "again": [case.reference, dossier.number],
        "remove-person": [case.assignments.get().person_id],
        "unassign": [case.reference, case.assignments.get().person_id],
    }
    if name in ("queue", "approvals", "dossiers", "moved"):
        return reverse(f"cases:{name}")
    default = [case.reference] if name in OF_A_CASE else [dossier.id]
    return reverse(f"cases:{name}", args=arguments.get(name, default))


def test_no_page_is_forgotten_here() -> None:
    """Each is here, or at least in the table of who may go where; nothing stands here that is gone."""
    names, here = {pattern.name for pattern in urlpatterns}, set(PAGES) | set(ACTS)
    assert here <= names
    assert names <= here | {name.removeprefix("cases:") for name, _method in TABLE}


@pytest.mark.parametrize("login", ["ben", "chloe", "dana", "lena", "tomas"])
def test_pages(login: str, cast: Cast, package: Dossier) -> None:
    client = getattr(cast, login).browser()
    found = {name: client.get(address(name, package)) for name, expected in PAGES.items() if login in expected}
    for answer in found.values():
        b"".join(answer) if answer.streaming else None
    assert {name: answer.status_code for name, answer in found.items()} == {
        name: expected[login] for name, expected in PAGES.items() if login in expected
    }


@pytest.mark.parametrize("login", ["ben", "chloe", "dana", "lena", "tomas"])
def test_acts(login: str, cast: Cast, package: Dossier) -> None:
    client = getattr(cast, login).browser()
    expected = {name: rule[login] for name, rule in ACTS.items() if login in rule}
    assert {name: client.post(address(name, package)).status_code for name in expected} == expected


@pytest.mark.parametrize("name", sorted(PAGES | ACTS))
def test_nobody_enters_without_signing_in(name: str, package: Dossier) -> None:
    method = "post" if name in ACTS else "get"
    answer = getattr(Client(), method)(address(name, package))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/sign-in/")


@pytest.mark.parametrize("name", sorted(ACTS))
def test_acts_are_never_done_by_a_link(name: str, package: Dossier, cast: Cast) -> None:
    client = cast.lena.browser() if name in ("acknowledge", "trouble") else cast.dana.browser()
    assert client.get(address(name, package)).status_code == 405


def test_another_team_finds_nothing(cast: Cast, package: Dossier) -> None:
    Case.objects.update(team="North")
    Person.objects.filter(login__in=["chloe", "dana"]).update(team="South")
    for member in (cast.chloe, cast.dana):
        client = member.browser()
        found = {name: client.get(address(name, package)).status_code for name in OF_A_CASE & set(PAGES)}
        assert set(found.values()) == {404}, found
        assert client.get(address("approval", package)).status_code == 404
        assert package.case.reference not in client.get("/desk/").content.decode()


def test_an_unknown_reference_is_not_there(as_ben: Client) -> None:
    assert as_ben.get("/desk/cases/ZZZ-ZZZ/").status_code == 404


def test_the_assignment_ends_the_access(as_ben: Client, ben: Member, package: Dossier) -> None:
    package.case.assignments.update(ended_on="2026-01-01")
    assert as_ben.get(address("letters", package)).status_code == 403


def test_every_answer_is_never_stored(as_ben: Client, package: Dossier) -> None:
    for name in PAGES:
        answer = as_ben.get(address(name, package))
        b"".join(answer) if answer.streaming else None
        assert answer["Cache-Control"] == "no-store", name


def test_titles_are_neutral(as_ben: Client, package: Dossier) -> None:
    for name in ("queue", "case", "account", "letters", "routes", "progress", "approval"):
        page = as_ben.get(address(name, package)).content.decode()
        title = page.split("<title>")[1].split("</title>")[0].lower()
        assert title.endswith("- workspace")
        assert not [word for word in ("tortur", "victim", "crime", "belarus", "survivor") if word in title]


def test_no_page_carries_a_style_or_a_script_of_its_own(as_ben: Client, package: Dossier) -> None:
    ours = re.compile(r'<script src="/static/desk-[a-z]+[.]js" defer></script>')
    for name in ("queue", "case", "account", "letters", "routes", "progress", "approval", "approvals"):
        page = ours.sub("", as_ben.get(address(name, package)).content.decode())
        assert not [mark for mark in ("<script", "style=", "<style", " onclick", "javascript:") if mark in page], name
