"""Keys about which something may be left to do, read together: the same as asking for each kind by itself."""

from __future__ import annotations

import pytest

from tests.factories.cast import Cast
from vault.directory import revoke
from vault.gone import expose, finish, finished, gone, unfinished
from vault.models import KeyPair

pytestmark = pytest.mark.django_db


def test_an_exposed_and_a_revoked_key_are_unfinished_until_nothing_is_left(cast: Cast) -> None:
    assert unfinished() == gone() - finished() == set()
    root = cast.dana.ring.team(KeyPair.Use.ROOT).signer
    expose(cast.ben.person.pair)
    revoke(cast.chloe.person.pair, root)
    both = {cast.ben.person.pair_id, cast.chloe.person.pair_id}
    assert unfinished() == gone() - finished() == both
    finish({cast.ben.person.pair_id})
    assert unfinished() == gone() - finished() == {cast.chloe.person.pair_id}


def test_a_column_that_was_set_back_hides_no_key(cast: Cast) -> None:
    expose(cast.ben.person.pair)
    KeyPair.objects.update(is_exposed=False)
    assert unfinished() == {cast.ben.person.pair_id}
