"""Refused unless a rule opens it: a page of the desk without a mark lets nobody in, whoever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from people.models import Role
from people.organisation import NewPerson, admit
from people.permissions import Permission, may_enter, staff
from tests.factories.cast import Cast, Member

pytestmark = pytest.mark.shown

OPEN = {"sign-in", "code", "lock", "unlock", "sign-out", "join", "joined", "first-run", "recovery-use"}
OTHERS = [Role.TRANSLATOR, Role.CLINICIAN, Role.ANALYST, Role.DATA_PROTECTION, Role.EDITOR, Role.ADMINISTRATOR]


def views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any, str | None]]:
    """Address, view and name of every page."""
    for each in resolver.url_patterns:
        address = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield address, each.callback, each.name
        else:
            yield from views(each, address)


def test_every_page_of_the_desk_names_who_may_enter_or_that_all_may() -> None:
    desk = [(view, name) for address, view, name in views(get_resolver()) if address.startswith("desk/")]
    assert len(desk) > 40
    assert {name for view, name in desk if getattr(view, "open_to_all", False)} == OPEN
    unmarked = [name for view, name in desk if name not in OPEN and not hasattr(view, "permission")]
    assert unmarked == []


def test_no_page_is_both_open_and_marked() -> None:
    for _, view, name in views(get_resolver()):
        assert not (hasattr(view, "permission") and getattr(view, "open_to_all", False)), name


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Somebody forgot the rule.")


@staff(Permission.OWN_ACCOUNT)
def marked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Come in.")


@pytest.fixture
def forgotten(settings: Any, cast: Cast) -> Client:
    """A lead in a desk that has a page without a rule."""
    client = cast.dana.browser()
    known = get_resolver().url_patterns
    pages = [path("desk/forgotten/", plain), path("desk/marked/", marked)]
    pretended = ModuleType("pretended")
    pretended.urlpatterns, pretended.handler403 = [*pages, *known], "portal.views.forbidden"
    settings.ROOT_URLCONF = pretended
    return client


def test_a_page_without_a_rule_lets_nobody_in(forgotten: Client) -> None:
    answer = forgotten.get("/desk/forgotten/")
    assert (answer.status_code, "Somebody forgot" in answer.content.decode()) == (403, False)
    assert forgotten.get("/desk/marked/").content.strip() == b"Come in."


def test_the_decision_gives_its_reason(cast: Cast) -> None:
    def decided(view: Callable[..., HttpResponse]) -> tuple[bool, str]:
        decision = may_enter(cast.lena.person, view)
        return decision.ok, decision.reason

    assert decided(plain) == (False, "No rule opens this page.")
    assert decided(marked) == (True, "")
    assert decided(staff(Permission.SEE_QUEUE)(plain)) == (False, "Not for a lawyer.")
    assert may_enter(None, marked).reason == "Sign in first."


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest, cast: Cast) -> Member:
    """Somebody who works here and on no case."""
    root = cast.dana.ring.team("root").signer
    one = admit(NewPerson("nina", "Nina", request.param), root=root, demo=False)
    return Member(one.person, one.password, one.totp)


def test_everybody_else_starts_at_the_own_account_and_sees_what_they_may(other: Member, loaded: object) -> None:
    client = Client()
    client.post("/desk/sign-in/", {"login": other.person.login, "password": other.password})
    own = "cases:cares" if other.person.role == Role.CLINICIAN else "people:account"
    assert client.post("/desk/code/", {"code": other.code()})["Location"] == reverse(own)
    page = client.get(reverse("people:account"))
    assert page.status_code == 200
    shown = page.content.decode()
    for words in ("States and routes", "News", "Your account", f"Nina, {other.person.get_role_display()}"):
        assert words in shown
    for words in ("Queue", "My cases", "Approvals"):
        assert f">{words}" not in shown
    assert client.get("/desk/states/").status_code == 200
    assert client.get("/desk/").status_code == 403


def test_every_link_of_the_navigation_opens(other: Member, loaded: object) -> None:
    client = other.browser()
    page = client.get(reverse("people:account"))
    links = [address for _, group in page.context["groups"] for _, address, _ in group]
    assert len(links) >= 3
    assert {address: client.get(address).status_code for address in links} == dict.fromkeys(links, 200)


def test_states_are_for_whoever_signed_in(loaded: object, cast: Cast) -> None:
    assert Client().get("/desk/states/")["Location"].startswith("/desk/sign-in/")
    for member in (cast.lena, cast.ben):
        assert member.browser().get("/desk/states/LT/").status_code == 200
