"""What the desk's tests share: a told case with Ben, fixed routes, and browsers that are signed in.

Imports of models stay inside: this file is read before Django's settings are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from cases.models import Case, Dossier
    from tests.factories.cast import Cast, Member, Survivor

PDF = b"%PDF-1.4\n" + b"x" * 70_000


@pytest.fixture(autouse=True)
def routes(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Two routes whatever the facts: the reference data has tests of its own."""
    from tests.factories import cast as made

    monkeypatch.setattr("cases.actions.facts.assess_routes", lambda facts, on, language="en": made.ROUTES)
    return made.ROUTES


@pytest.fixture
def told(amina: Survivor, ben: Member) -> Case:
    """Amina's account with one file; Ben took the case before it came."""
    from tests.factories import cast as made
    from tests.factories.kept import kept

    def tell() -> Case:
        made.assigned(amina, ben)
        return made.tell(amina, files=(("Акт Іванова.pdf", "application/pdf", PDF),))

    return kept("told with a file", tell)


@pytest.fixture
def reviewed(told: Case, amina: Survivor, ben: Member) -> Case:
    """The same with confirmed facts, and the facts of the complaint written."""
    from tests.factories import cast as made
    from tests.factories.complaint import drafted
    from tests.factories.kept import kept

    def review() -> Case:
        made.confirmed(amina, ben)
        drafted(amina.fresh(), ben)
        return amina.fresh()

    return kept("reviewed", review)


@pytest.fixture
def request_made(reviewed: Case, amina: Survivor, ben: Member, lena: Member) -> Dossier:
    """Ben has asked for a dossier for Lena."""
    from tests.factories import cast as made
    from tests.factories.kept import kept

    return kept("requested", lambda: made.requested(amina, ben, lena))


@pytest.fixture
def package(request_made: Dossier, lena: Member) -> Dossier:
    """A package that lies ready for Lena."""
    from tests.factories import cast as made

    return made.delivered(request_made, lena, PDF)


@pytest.fixture
def as_ben(ben: Member) -> Client:
    """Ben's browser."""
    return signed_in(ben)


@pytest.fixture
def as_chloe(chloe: Member) -> Client:
    """Chloe's browser: she works here, not on this case."""
    return signed_in(chloe)


@pytest.fixture
def as_dana(dana: Member) -> Client:
    """Dana's browser: a lead."""
    return signed_in(dana)


@pytest.fixture
def as_lena(lena: Member) -> Client:
    """Lena's browser: the lawyer."""
    return signed_in(lena)


@pytest.fixture
def as_tomas(cast: Cast) -> Client:
    """Another lawyer's browser."""
    return signed_in(cast.tomas)


def signed_in(member: Member) -> Client:
    """A browser in which this member has signed in; what signing in leaves behind is kept."""
    from django.test import Client

    from tests.factories.kept import kept

    client = Client()
    client.cookies = kept(f"browser of {member.person.login}", lambda: member.browser().cookies)
    return client
