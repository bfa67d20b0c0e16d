"""What the attackers find: a told case on which Ben works, and another on which Chloe works.

Imports of models stay inside: this file is read before Django's settings are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.models import Case
    from tests.factories.cast import Cast, Member, Survivor


@pytest.fixture
def fixed_routes(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Two routes whatever the facts."""
    from tests.factories import cast as made

    monkeypatch.setattr("cases.actions.facts.assess_routes", lambda facts, on, language="en": made.ROUTES)
    return made.ROUTES


@pytest.fixture
def told(amina: Survivor, ben: Member) -> Case:
    """Amina's account with one file, taken by Ben."""
    from tests.factories import cast as made
    from tests.factories.kept import kept

    def tell() -> Case:
        made.assigned(amina, ben)
        return made.tell(amina, files=(("act.pdf", "application/pdf", b"%PDF-1.4\n" + b"x" * 70_000),))

    return kept("told with an act", tell)


@pytest.fixture
def other(cast: Cast) -> Survivor:
    """Another survivor, whose case Chloe took."""
    from tests.factories import cast as made

    survivor = made.first_contact()
    made.assigned(survivor, cast.chloe)
    made.tell(survivor)
    return survivor
