"""What the tests about lawyers share: Lena with the mandate and the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cases.models import Case, Proposal
    from tests.factories.cast import Cast, Survivor


@pytest.fixture
def brief(reviewed: Case, amina: Survivor, cast: Cast) -> Proposal:
    """Lena has the brief of Amina's case; Ben and Chloe work on it."""
    from cases.models import Approval
    from tests.factories import cast as made
    from tests.factories.kept import kept
    from tests.factories.lawyers import ask, briefed_road, decide

    def make() -> Proposal:
        made.given(amina, cast.chloe, cast.dana)
        decide(ask(amina.fresh(), cast.ben, Approval.Kind.ACCEPT), cast.dana)
        return briefed_road(amina.fresh(), amina, cast)

    return kept("Lena has the brief", make)
