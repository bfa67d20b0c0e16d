"""A dossier for filing that was fetched, and is recalled because a word was taken back."""

from __future__ import annotations

from typing import Any

import pytest

from cases.actions import withdrawing
from cases.actions.packages import open_package
from cases.actions.recalling import answer_recall, answer_to
from cases.errors import NotReady, Refused
from cases.models import Dossier, Text
from cases.texts import shown
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.filed import agreed, asked, online, told
from tests.factories.texts import answered

__all__ = ["agreed", "asked", "online", "told"]  # fixtures


class TestRecall:
    @pytest.fixture
    def fetched(self, asked: Dossier, cast: Cast) -> Dossier:
        """The lawyer has it."""
        ready = made.delivered(asked, cast.lena, b"%PDF-1.4")
        open_package(dossier=ready, by=cast.lena.person, ring=cast.lena.ring)[2].close()
        return Dossier.objects.get(id=asked.id)

    def test_a_yes_that_is_taken_back_recalls_what_was_fetched(
        self, fetched: Dossier, agreed: Survivor, cast: Cast
    ) -> None:
        answered(agreed, Text.objects.select_related("case__receipt").get(), shown.CHANGES)
        fetched.refresh_from_db()
        assert fetched.recalled_on is not None
        with pytest.raises(NotReady, match="taken_back"):
            open_package(dossier=fetched, by=cast.lena.person, ring=cast.lena.ring)

    def test_so_does_a_permission_and_the_lawyer_answers(self, fetched: Dossier, agreed: Survivor, cast: Cast) -> None:
        withdrawing.withdraw(case=agreed.fresh(), receipt=agreed.ring, scopes=["CNS-03"], language="be")
        fetched.refresh_from_db()
        assert fetched.recalled_on is not None
        who: dict[str, Any] = {"dossier": fetched, "by": cast.lena.person, "ring": cast.lena.ring}
        with pytest.raises(Refused, match="answer"):
            answer_recall(**who, answer="maybe", words="")
        answer_recall(**who, answer="destroyed", words="Shredded.")
        assert answer_to(fetched, cast.lena.ring)["answer"] == "destroyed"
        with pytest.raises(Refused, match="another_lawyer"):
            answer_recall(**{**who, "by": cast.tomas.person}, answer="destroyed", words="")

    def test_what_was_not_recalled_is_not_answered(self, fetched: Dossier, cast: Cast) -> None:
        with pytest.raises(NotReady, match="package"):
            answer_recall(dossier=fetched, by=cast.lena.person, ring=cast.lena.ring, answer="destroyed", words="")
