"""The catalogue keeps its own rules."""

import json
import re

import pytest

from cases.statement import catalogue, vocab
from cases.statement.catalogue import LANGUAGES, Question

ALL = [question for section in catalogue.SECTIONS for question in section.questions]
EXPECTED = {
    "SAF-04", "ELG-01", "ELG-02", "CTC-01", "CTC-02", "CNS-01", "EPI-02", "EPI-03", "EPI-04", "EPI-05", "EPI-06",
    "EPI-07", "EPI-08", "LNG-04", "CNS-02", "CNS-03", "EVD-02", "SND-02",
}  # fmt: skip


def texts(question: Question) -> list[str]:
    found = [question.text, question.why, question.hint, question.tick, question.fold]
    found += [group.title for group in question.groups]
    found += [question.own_words.label] if question.own_words else []
    found += [question.notice.title, *question.notice.lines] if question.notice else []
    return [text[language] for text in found if text for language in LANGUAGES]


def test_it_has_the_questions_of_this_version_and_the_marks_for_a_talk() -> None:
    assert {question.id for question in ALL if question.type != "mark"} == EXPECTED
    assert [question.id for question in ALL if question.type == "mark"] == ["TEL-01", "TEL-02", "TEL-03", "TEL-04"]


def test_the_first_contact_has_five_answers_and_an_address() -> None:
    assert set(catalogue.FIRST_CONTACT) == {"ELG-01", "ELG-02", "SAF-04", "CTC-01", "CTC-02", "CNS-01"}


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_each_question_says_who_sees_it_what_for_and_where_it_is_sealed(question: Question) -> None:
    assert question.seen_by
    assert question.purpose
    assert question.compartment in catalogue.COMPARTMENTS


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_every_code_that_a_question_names_is_in_its_list(question: Question) -> None:
    named = {*question.likely, *question.apart, *question.left_out, *(c for g in question.groups for c in g.codes)}
    named |= set(question.own_words.codes) if question.own_words else set()
    assert named <= set(vocab.codes(question.options) if question.options else ())
    assert set(question.said) <= set(vocab.codes(vocab.SAID))


def test_identity_holds_names_and_ways_of_contact_and_nothing_else_does() -> None:
    assert {question.id for question in ALL if question.compartment == "identity"} == {"CTC-01", "CTC-02", "LNG-04"}


def test_own_words_come_before_the_list_of_what_was_done() -> None:
    pages = [question.id for question in catalogue.section("story").pages]
    assert pages.index("EPI-08") < pages.index("EPI-07")


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_no_text_calls_anybody_guilty(question: Question) -> None:
    assert not [text for text in texts(question) if re.search("guilty|виновн|вінават", text, re.IGNORECASE)]


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)
def test_no_text_uses_a_straight_apostrophe(question: Question) -> None:
    assert not [text for text in texts(question) if "'" in text]


def test_the_first_contact_says_nothing_of_violence() -> None:
    words = re.compile("tortur|violen|пытк|насил|катаван|гвалт", re.IGNORECASE)
    assert not [text for each in catalogue.section("first").questions for text in texts(each) if words.search(text)]


def test_a_question_is_found_with_its_section() -> None:
    assert catalogue.section_of("EPI-08").id == "story"
    with pytest.raises(KeyError):
        catalogue.question("EPI-99")


def test_a_text_without_one_language_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    raw = json.loads((catalogue.DATA / f"catalogue-{catalogue.VERSION}.json").read_text(encoding="utf-8"))
    del raw["sections"][0]["questions"][0]["text"]["be"]
    (tmp_path / f"catalogue-{catalogue.VERSION}.json").write_text(json.dumps(raw), encoding="utf-8")
    monkeypatch.setattr(catalogue, "DATA", tmp_path)
    with pytest.raises(catalogue.BadCatalogue, match="ELG-01"):
        catalogue.read(catalogue.VERSION)


@pytest.mark.parametrize(("field", "value"), [("type", "drawing"), ("compartment", "open"), ("required", "X")])
def test_an_unknown_type_or_compartment_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path, field: str, value: str
) -> None:
    raw = json.loads((catalogue.DATA / f"catalogue-{catalogue.VERSION}.json").read_text(encoding="utf-8"))
    raw["sections"][2]["questions"][0][field] = value
    (tmp_path / f"catalogue-{catalogue.VERSION}.json").write_text(json.dumps(raw), encoding="utf-8")
    monkeypatch.setattr(catalogue, "DATA", tmp_path)
    with pytest.raises(catalogue.BadCatalogue, match="EPI-02"):
        catalogue.read(catalogue.VERSION)
