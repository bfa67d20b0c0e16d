"""A compartment of Ben's that Chloe may open too, and a record in it. Imports wait until the settings are read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from tests.factories.cast import Cast
    from vault.models import SealedValue
    from vault.opened import Opened


@pytest.fixture
def box(cast: Cast) -> Opened:
    """One epoch, granted to Ben and Chloe by Ben."""
    from vault import compartments
    from vault.recipients import stated

    recipients = [stated(member.person.pair, {"person"}) for member in (cast.ben, cast.chloe)]
    return compartments.create(
        kind="box", owner=uuid4(), recipients=recipients, giver=cast.ben.ring.signer, purpose="test"
    )


@pytest.fixture
def note(cast: Cast, box: Opened) -> SealedValue:
    """A record by Ben."""
    from vault.places import Place

    return box.seal(Place("note", "text", uuid4()), b"words", cast.ben.ring.signer)
