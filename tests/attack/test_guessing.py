"""A lawyer with a browser guesses addresses: what is not hers is not there, and looks like what never was."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from cases.models import Case, Dossier
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor

pytestmark = pytest.mark.django_db

PARTS = ["", "package/"]
ACTS = ["received/", "trouble/"]


@pytest.fixture
def package(told: Case, amina: Survivor, cast: Cast, fixed_routes: list[dict[str, Any]]) -> Dossier:
    made.confirmed(amina, cast.ben)
    return made.delivered(made.requested(amina, cast.ben, cast.lena), cast.lena, b"%PDF-1.4\n" + b"x" * 70_000)


def test_a_dossier_of_a_colleague_is_as_absent_as_one_that_never_was(package: Dossier, cast: Cast) -> None:
    tomas = cast.tomas.browser()
    for part in PARTS:
        real = tomas.get(f"/desk/dossiers/{package.id}/{part}")
        never = tomas.get(f"/desk/dossiers/{uuid4()}/{part}")
        assert real.status_code == never.status_code == 404
        assert real.content == never.content
        assert dict(real.headers) == dict(never.headers)
    for part in ACTS:
        assert tomas.post(f"/desk/dossiers/{package.id}/{part}").status_code == 404
    package.refresh_from_db()
    assert package.state == Dossier.State.READY
    assert package.delivered_at is None


def test_cases_exhibits_and_approvals_are_not_for_lawyers_whatever_they_guess(package: Dossier, cast: Cast) -> None:
    lena, case = cast.lena.browser(), package.case
    guesses = [
        f"/desk/cases/{case.reference}/",
        f"/desk/cases/{case.reference}/account/",
        f"/desk/cases/{case.reference}/letters/",
        f"/desk/cases/{case.reference}/exhibits/{case.exhibits.get().id}/",
        f"/desk/approvals/{package.id}/",
        "/desk/",
    ]
    assert [lena.get(path).status_code for path in guesses] == [403] * len(guesses)


def test_ids_and_references_do_not_count(cast: Cast) -> None:
    """Neighbours in time are no neighbours in their names."""
    cases = [made.first_contact().case for _ in range(8)]
    ids = [case.id.int for case in cases]
    references = [case.reference for case in cases]
    assert ids != sorted(ids) or references != sorted(references)
    assert len({case.id.bytes[:4] for case in cases}) == len(cases)
    assert all(case.id.version == 4 for case in cases)
