"""What must hold of the data of a dossier for filing, whoever looks: the worker looks again before it seals."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from cases.dossier import final
from cases.dossier.agreed import digest
from cases.dossier.annex_inputs import Translated
from cases.dossier.build import build
from cases.dossier.errors import PackageFailed
from cases.dossier.inputs import Answer, DossierInput, FactSource, Filing
from cases.dossier.variant import Variant
from tests.factories.dossier import make_input


class TestOverTheData:
    """What needs no key is looked at again by the worker, over what it has built."""

    @pytest.fixture
    def data(self) -> DossierInput:
        """An invented input, cleared, with a yes to its words."""
        from cases.dossier.inputs import Cleared
        from cases.dossier.points import all_points
        from cases.dossier.variant import find

        plain = make_input()
        points = all_points(find(plain.variant), plain.route, plain.facts)
        cleared = tuple(Cleared(each.key, each.digest, "Lena", "2026-11-02", "read") for each in points)
        data = replace(plain, cleared=cleared)
        return replace(data, filing=Filing(digest(data), "2026-11-01", "2026-11-04", "be"))

    def test_it_holds(self, data: DossierInput) -> None:
        assert list(final.unmet(data)) == []

    @pytest.mark.parametrize("variant", ["UJ-EN", "LT", "PL", "DE", "ICC"])
    def test_the_yes_stands_in_the_record_of_consents_and_no_mark_of_a_draft(
        self, data: DossierInput, variant: str
    ) -> None:
        document, draft = (build(replace(data, variant=variant, filing=each)) for each in (data.filing, None))
        assert len(document.consent) == len(draft.consent) + 1
        assert "2026" in document.consent[-1][4]
        assert document.draft == ""
        assert draft.draft
        assert draft.draft not in json.dumps(document.to_plain(), ensure_ascii=False)
        assert document.declaration[-1] != draft.declaration[-1]

    def test_a_draft_is_asked_nothing(self, data: DossierInput) -> None:
        final.require(replace(data, filing=None, facts=()), [])

    def test_2_other_words(self, data: DossierInput) -> None:
        other = replace(data, facts=(*data.facts[1:], replace(data.facts[0], text="Something else happened.")))
        assert list(final.unmet(other)) == ["approval"]
        with pytest.raises(PackageFailed, match="release-approval"):
            final.require(other, [])

    def test_2_another_authority(self, data: DossierInput) -> None:
        assert "approval" in final.unmet(replace(data, variant="DE"))

    @pytest.mark.parametrize("changed", [{"built_on": "2026-11-09"}, {"reference": "D-OTHER-7"}, {"audit_head": None}])
    def test_2_another_day_or_number_are_the_same_words(self, data: DossierInput, changed: dict[str, Any]) -> None:
        assert list(final.unmet(replace(data, **changed))) == []

    def test_5_a_sentence_without_its_source(self, data: DossierInput) -> None:
        lost = replace(data.facts[0], source="account", where="¶ 99", sources=(FactSource("account", "¶ 99"),))
        facts = (lost, *data.facts[1:])
        assert "facts_sourced" in final.unmet(replace(data, facts=facts))

    def test_6_an_answer_that_is_sealed_for_two(self, data: DossierInput) -> None:
        answer = Answer("PRP-02", "q", "q", "what only two may open", None, "be", True)
        section = replace(data.account[0], answers=(*data.account[0].answers, answer))
        assert "sealed" in final.unmet(replace(data, account=(section, *data.account[1:])))

    def test_6_an_answer_that_no_catalogue_knows(self, data: DossierInput) -> None:
        answer = Answer("XXX-01", "q", "q", "v", None, "be", False)
        section = replace(data.account[0], answers=(*data.account[0].answers, answer))
        assert "sealed" in final.unmet(replace(data, account=(section, *data.account[1:])))

    def test_7_an_exhibit_that_was_not_packed(self, data: DossierInput) -> None:
        with pytest.raises(PackageFailed, match="release-exhibits"):
            final.require(data, [])

    def test_8_a_translation_without_its_certificate(self, data: DossierInput) -> None:
        translated = replace(data, translation=(Translated("story", 1, "EPI-08", "en", "They stopped me."),))
        assert list(final.unmet(translated)) == ["certificate"]

    def test_9_a_variant_that_is_silent_about_other_proceedings(
        self, data: DossierInput, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        find = Variant.find
        monkeypatch.setattr(Variant, "find", lambda v, key: [] if key == "sections" else find(v, key))
        assert not final.has_parallel(data)

    def test_a_point_that_no_lawyer_has_cleared(self, data: DossierInput) -> None:
        assert "points" in final.unmet(replace(data, cleared=data.cleared[1:]))
