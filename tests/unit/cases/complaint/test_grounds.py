"""What may be cited: numbers that move, sources that do not, and what becomes of those that are gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from cases.access import Account, OpenedVersion
from cases.complaint import grounds as module
from cases.complaint.checked import count, rows_of
from cases.complaint.draft import Draft, Sentence, Source, may_rest_on, revived, variants
from cases.complaint.grounds import Grounds, until
from cases.complaint.page import choices_of_topics
from cases.complaint.typed import NoSuchSource, sources_in
from cases.complaint.words import GONE, TOPICS
from cases.dossier import public
from cases.dossier.topics import TOPICS as KNOWN
from cases.exhibits import ExhibitRecord
from cases.statement import catalogue

FACTS = {"acts": [{"country": "BY", "from": "2020-08-12", "to": "2020-08-14"}]}
FIRST = {
    "story-1": {"EPI-08": "Першы дзень.\n\nДругі дзень.", "EPI-04": ["street"]},
    "story-2": {"EPI-08": "Праз месяц.", "EPI-04": ["police_station"]},
}
FILES = (("a.pdf", "application/pdf"), ("b.jpg", "image/jpeg"))


def version(number: int, sections: dict[str, dict[str, Any]]) -> OpenedVersion:
    told = {key: {name: {"value": value, "lang": "be"} for name, value in answers.items()} for key, answers in
            sections.items()}  # fmt: skip
    return OpenedVersion(uuid4(), number, catalogue.VERSION, "be", date(2026, 11, 29), told)


def files() -> list[ExhibitRecord]:
    return [
        ExhibitRecord(uuid4(), number, name, kind, 9, "a" * 64, "2026-11-29")
        for number, (name, kind) in enumerate(FILES, start=1)
    ]


def account(*sections: dict[str, dict[str, Any]]) -> Account:
    return Account([version(number, each) for number, each in enumerate(sections)], files())


def grounds(told: Account, *corrections: int) -> Grounds:
    return Grounds.of(told, corrections, FACTS)


TOLD = account({}, FIRST)
GROUNDS = grounds(TOLD)


def texts(found: Grounds) -> dict[str, str]:
    return {each.code: each.text for each in found.places}


def test_paragraphs_and_answers_off_a_list_have_numbers_of_their_own() -> None:
    found = texts(GROUNDS)
    assert {code: found[code] for code in ("¶ 1", "¶ 2", "¶ 3")} == {
        "¶ 1": "Першы дзень.",
        "¶ 2": "Другі дзень.",
        "¶ 3": "Праз месяц.",
    }
    assert [each.where for each in GROUNDS.places if each.code.startswith("A")] == [
        "EPI-04 (1/2)",
        "EPI-04 (2/2)",
    ]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("¶ 1", ["¶ 1"]),
        ("¶1, 2; §3", ["¶ 1", "¶ 2", "¶ 3"]),
        ("a1,А 2", ["A 1", "A 2"]),  # the second letter is Cyrillic
        ("E-001/7, е-2/1, E-1", ["E-001/7", "E-002/1", "E-001"]),
        ("o-1", ["O-001"]),
        ("¶ 1, ¶ 1", ["¶ 1"]),
        (" , ", []),
        ("", []),
    ],
)
def test_what_is_typed_names_sources(typed: str, codes: list[str]) -> None:
    assert [GROUNDS.cite(each).code for each in sources_in(typed, GROUNDS)] == codes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("¶ 4", "place"),
        ("¶ 0", "place"),
        ("A 9", "place"),
        ("E-3", "exhibit"),
        ("E-1/0", "zero"),
        ("E-2/2", "page"),
        ("O-99", "public"),
        ("¶ 1 to 3", "code"),
        ("the third", "code"),
        ("¶ -1", "code"),
        ("¶ " + "9" * 400, "code"),
        ("١", "code"),
        ("<img src=file:///etc/passwd>", "code"),
    ],
)
def test_what_names_none_is_said(typed: str, code: str) -> None:
    with pytest.raises(NoSuchSource) as caught:
        sources_in(typed, GROUNDS)
    assert caught.value.code == code
    assert caught.value.words


def test_a_source_stays_what_it_is_when_the_account_grows_and_its_number_moves() -> None:
    [source] = sources_in("¶ 3", GROUNDS)
    more = replace(TOLD, versions=[*TOLD.versions, version(2, {"story-1": {"EPI-08": "Дадатак."}})])
    cited = grounds(more).cite(source)
    assert (cited.is_here, cited.code, cited.place.text) == (True, "¶ 4", "Праз месяц.")
    assert texts(grounds(until(more, 1))) == texts(GROUNDS), "what an older page showed can be worked out again"
    assert texts(grounds(more).as_of(until(more, 1))) == texts(GROUNDS)


def test_an_answer_that_was_corrected_is_a_source_no_more_and_an_addition_changes_nothing() -> None:
    kept, changed = sources_in("¶ 3, ¶ 1", GROUNDS)
    newer = replace(TOLD, versions=[*TOLD.versions, version(2, {"story-1": {"EPI-08": "Інакш."}})])
    assert grounds(newer).cite(changed).is_here
    corrected = grounds(newer, 2)
    assert corrected.cite(kept).is_here
    assert (corrected.cite(changed).why, corrected.cite(changed).place.by) == ("corrected", 2)
    with pytest.raises(NoSuchSource) as caught:
        sources_in("¶ 1", corrected)
    assert (caught.value.code, caught.value.version) == ("corrected", 2)


def test_another_text_at_the_same_place_is_not_taken_for_it() -> None:
    paragraph, answer = sources_in("¶ 1, A 1", GROUNDS)
    other = account({}, {"story-1": {"EPI-08": "Іншае.\n\nДругі дзень.", "EPI-04": ["home"]}})
    assert [grounds(other).cite(each).why for each in (paragraph, answer)] == ["no_place", "no_place"]


def test_what_a_copy_does_not_reach_yet_is_not_called_gone() -> None:
    later = replace(TOLD, versions=[*TOLD.versions, version(2, {"story-3": {"EPI-08": "Потым."}})])
    [source] = sources_in("¶ 4", grounds(later))
    assert GROUNDS.cite(source).why == "newer"


def test_an_exhibit_is_known_by_its_id_and_not_by_its_number() -> None:
    whole, page = sources_in("E-001, E-002/1", GROUNDS)
    assert GROUNDS.cite(page).where == "E-002/1"
    assert grounds(replace(TOLD, exhibits=files())).cite(whole).why == "no_exhibit"
    gone = grounds(replace(TOLD, exhibits=TOLD.exhibits[:1]))
    assert [gone.cite(each).why for each in (whole, page)] == ["", "no_exhibit"]
    assert GROUNDS.cite(replace(page, page=2)).why == "no_page"


def test_a_public_source_that_left_the_list_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    [source] = sources_in("O-001", GROUNDS)
    assert GROUNDS.cite(source).where == "O-001"
    rest = [each for each in public._known() if each["address"] != source.address]
    monkeypatch.setattr(public, "_known", lambda: rest)
    assert grounds(TOLD).cite(source).why == "no_public"


def test_public_sources_keep_their_numbers_whatever_is_cited() -> None:
    everything = {address.id: address.address for address, _ in public.sources_for(FACTS, public.addresses())}
    for facts in (FACTS, {}):
        for label, address in everything.items():
            found = {each.address: each.id for each in public.public_context(facts, {address}).sources}
            assert address in found
            assert facts is not FACTS or found[address] == label


def test_a_provision_is_its_own_words() -> None:
    cited = GROUNDS.cite(Source("provision", words="StPO, art. 158"))
    assert (cited.is_here, cited.where) == (True, "StPO, art. 158")


@pytest.mark.parametrize(
    ("voice", "typed", "is_right"),
    [
        ("person", "¶ 1, A 1", True),
        ("person", "¶ 1, O-001", False),
        ("exhibit", "E-001/1", True),
        ("exhibit", "¶ 1", False),
        ("counsel", "¶ 1, E-001/1, O-001", True),
        ("judge", "¶ 1", False),
    ],
)
def test_the_voices_are_kept_apart(voice: str, typed: str, is_right: bool) -> None:
    assert may_rest_on(voice, sources_in(typed, GROUNDS)) is is_right


def sentences(*typed: str, voice: str = "person", topic: str = "facts") -> Draft:
    made = (
        Sentence(str(number), f"Sentence {number}.", topic, voice, sources=tuple(sources_in(each, GROUNDS)))
        for number, each in enumerate(typed)
    )
    return Draft("UJ-EN", 1, tuple(made))


def test_each_sentence_needs_a_living_source_of_the_kind_of_its_voice() -> None:
    assert count(sentences("¶ 1", "¶ 2"), GROUNDS).is_sourced
    assert not count(Draft("UJ-EN"), GROUNDS).is_sourced, "nothing is not sourced"
    assert count(sentences("¶ 1", ""), GROUNDS).without == 1
    assert count(sentences("¶ 1", voice="exhibit"), GROUNDS).without == 1
    assert count(sentences("¶ 1, E-001/1", voice="counsel"), grounds(replace(TOLD, exhibits=[]))).without == 1


def test_a_draft_goes_to_json_and_back_and_is_numbered_by_topic() -> None:
    first, second = sentences("¶ 1", topic="harm"), sentences("¶ 2", topic="arrest")
    one, other = first.sentences[0], replace(second.sentences[0], id="other")
    draft = first.with_sentence(other)
    assert revived("UJ-EN", 1, draft.to_json()) == draft
    assert [(row.number, row.sentence.id) for row in rows_of(draft, GROUNDS)] == [(1, "other"), (2, one.id)]


def test_a_sentence_moves_within_its_topic_alone() -> None:
    draft = sentences("¶ 1", "¶ 2", "¶ 3")
    draft = draft.with_sentence(replace(draft.sentences[1], topic="harm"))
    assert [each.id for each in draft.moved("0", 1).ordered] == ["2", "0", "1"]
    for sentence_id, steps in (("0", -1), ("2", 1), ("1", 1), ("1", -1), ("nobody", 1), ("0", 7)):
        assert draft.moved(sentence_id, steps) == draft


def test_every_topic_and_every_loss_has_words() -> None:
    assert set(TOPICS) == set(KNOWN) == {code for code, _ in choices_of_topics()}
    assert set(GONE) == {
        module.CORRECTED, module.NEWER, module.NO_PLACE, module.NO_EXHIBIT, module.NO_PAGE, module.NO_PUBLIC,
    }  # fmt: skip
    assert variants()[0] == "UJ-EN"
