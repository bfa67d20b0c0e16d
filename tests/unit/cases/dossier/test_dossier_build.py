"""The document: numbered through, sourced, three voices apart, nothing said where nothing is known."""

from dataclasses import replace
from itertools import chain

import pytest

from cases.dossier.build import TOTAL, build
from cases.dossier.context import FiledExhibit
from cases.dossier.document import Document
from cases.dossier.errors import BadInput, RenderFailed
from cases.dossier.inputs import AuditHead, Complainant, DossierInput, FactSentence, Lawyer
from tests.factories.dossier import FACTS, ROUTE, account, make_input, own_words

FILED = (
    FiledExhibit("E-001", "E-001_picture.pdf", "a" * 64, 2),
    FiledExhibit("E-002", "E-002_sheet.pdf", "b" * 64, 1, "could not be converted"),
)


def paras(document: Document):
    groups = chain.from_iterable(section.groups for section in document.sections)
    return list(chain.from_iterable(group.paras for group in groups))


def titles(document: Document):
    return [section.title for section in document.sections]


def section(document: Document, title: str):
    return next(s for s in document.sections if s.title == title)


def text_of(part) -> str:
    return " ".join(para.text for group in part.groups for para in group.paras)


def test_paragraphs_are_numbered_through_and_each_has_a_source():
    document = build(make_input(), FILED)
    assert [para.number for para in paras(document)] == [str(n) for n in range(1, len(paras(document)) + 1)]
    assert all(para.source and all(para.source) for para in paras(document))
    assert [s.number for s in document.sections] == [str(n) for n in range(1, len(document.sections) + 1)]


def test_sections_without_data_are_left_out():
    bare = make_input(account=(), facts=(), elements=(), exhibits=(), consent=(), public_sources=(), confirmed={})
    document = build(bare)
    assert "Displacement" not in titles(document)
    assert "Evidence" not in titles(document)
    assert "Context" not in titles(document)
    assert [annex.code for annex in document.annexes] == ["A8"]
    assert "remember" not in text_of(section(document, "Facts"))


def test_no_word_of_the_account_is_quoted_in_the_main_document():
    told = " ".join(text_of(s) for s in build(make_input(), FILED).sections)
    sentences = [s.strip() for s in own_words().replace("\n", " ").split(".") if len(s.strip()) > 20]
    assert not any(s in told for s in sentences)
    assert "set out in the complainant’s own words in annex B1, paragraphs 1 to 12" in told


def test_annex_b1_holds_every_paragraph_as_typed():
    document = build(make_input(), FILED)
    entry = next(e for part in document.account for e in part.entries if e.own_words)
    assert "\n\n".join(words.text for words in entry.words) == own_words().strip()
    assert [words.label for words in entry.words] == [f"¶ {n}" for n in range(1, 13)]
    assert (entry.lang, entry.direction) == ("be", "ltr")


def test_chosen_answers_stand_in_both_languages():
    entry = next(e for e in build(make_input()).account[0].entries if e.question_id == "EPI-28")
    assert (entry.words[0].text, entry.value_en, entry.question_en) == (
        "Адпусцілі", "Released", "How did this episode end?",
    )  # fmt: skip


def test_the_complaint_argues_and_the_note_warns():
    document = build(make_input())
    argued = text_of(section(document, "Jurisdiction"))
    against = ROUTE["reasons"][2]["text"]
    assert ROUTE["reasons"][0]["text"] in argued
    assert against not in argued
    noted = " ".join(para.text for group in document.note.groups for para in group.paras)
    assert all(text in noted for text in (against, *ROUTE["next_steps"], *ROUTE["cautions"], *ROUTE["missing"]))


def test_reasons_carry_their_source_and_unverified_ones_are_marked():
    marks = {para.text: para for para in paras(build(make_input()))}
    sure, unsure = (marks[ROUTE["reasons"][n]["text"]] for n in (0, 1))
    assert sure.source == ("counsel", "R-01", "confidence: high")
    assert ("R-01", ROUTE["reasons"][0]["source"]) in {(row[0], row[2]) for row in build(make_input()).sources}
    assert (sure.mark, unsure.mark) == ("", "unverified")
    listed = marks["Still to be confirmed by counsel before filing: limitation."]
    assert listed.mark == "unverified"


def test_the_complaint_speaks_of_the_complainant_and_leaves_consent_to_its_annex():
    reasons = [
        {"code": "victim_here", "effect": "+", "text": "The survivor lives here.", "provision": "Other Code, art. 1"},
        {"code": "consent_given", "effect": "+", "text": "The survivor agreed."},
    ]
    argued = section(build(make_input(route={**ROUTE, "reasons": reasons})), "Jurisdiction").groups[0].paras
    assert [para.text for para in argued[1:-2]] == ["The complainant lives here."]
    assert argued[1].source == ("counsel", "Other Code, art. 1")


def test_conclusions_are_in_the_voice_of_counsel_only():
    document = build(make_input())
    for title in ("Jurisdiction", "Legal qualification"):
        voices = {para.voice for group in section(document, title).groups for para in group.paras}
        assert voices == {"counsel"}
    assert "counsel" not in {para.voice for group in section(document, "Facts").groups for para in group.paras}


def test_what_an_exhibit_shows_says_so():
    fact = FactSentence("A record bears a date.", "exhibit", "E-002", "facts", note="page 1")
    para = next(p for p in paras(build(make_input(facts=(fact,)))) if p.text == fact.text)
    assert para.source == ("E-002 shows", "page 1")
    assert para.voice == "exhibit"


def test_public_findings_that_counsel_has_not_read_are_marked():
    context = section(build(make_input()), "Context").groups[0].paras
    assert {(para.mark, para.source[-1]) for para in context} == {("unverified", "counsel to read the original")}


def test_the_chronology_is_in_order_and_says_no_more_than_the_source():
    facts = (
        FactSentence("Later.", "account", "¶ 2", on="2021-02"),
        FactSentence("Earlier.", "account", "¶ 1", on="2020-08-12"),
    )
    lines = build(make_input(facts=facts)).chronology
    assert [(line.when, line.text) for line in lines[:2]] == [
        ("12 August 2020", "Earlier."),
        ("February 2021", "Later."),
    ]
    assert lines[2].text == "First account sent (version 1)."


def test_the_exhibit_index_has_both_hashes():
    first, second = build(make_input(), FILED).exhibits
    assert "".join(first.original_hash).replace(" ", "") == make_input().exhibits[0].sha256
    assert "".join(first.filed_hash).replace(" ", "") == "a" * 64
    assert (first.filed, second.filed, second.note) == ("stamped copy", "sheet only", "could not be converted")


@pytest.mark.parametrize("naming", ["full", "name_sealed", "pseudonym", "org_only", "not_sure"])
def test_each_way_of_naming_has_its_sentence(naming):
    document = build(make_input(complainant=Complainant("A.", naming)))
    assert "A." in text_of(section(document, "Complainant and representation"))
    assert "A." in next(pair.text for pair in document.cover.pairs if pair.label == "Complainant")


def test_without_a_name_nothing_is_made_up():
    document = build(make_input(complainant=Complainant("", "pseudonym")))
    assert "No name for this complaint has been chosen yet." in text_of(
        section(document, "Complainant and representation")
    )
    assert "The complainant gave a first account" in text_of(section(document, "Summary"))


def test_the_cover_letter_holds_no_fact_about_the_violence():
    letter = build(make_input()).letter
    words = " ".join((letter.opening, *letter.paragraphs, *letter.protection, *(pair.text for pair in letter.pairs)))
    assert "torture" not in words.lower()
    assert "Only through" not in words
    assert "Contact with the complainant only through counsel." in letter.protection


def test_the_colophon_names_template_and_data():
    data = make_input()
    colophon = build(data).colophon
    assert data.digest()[:8] in colophon
    assert "Template UJ-EN 3." in colophon
    assert build(data).draft == "DRAFT, not for filing"


def test_the_colophon_names_the_audit_head_of_that_day_if_there_is_one():
    assert "Audit head" not in build(make_input()).colophon
    digest = bytes(range(32)).hex()
    data = make_input(audit_head=AuditHead(41, digest))
    colophon = build(data).colophon
    assert colophon.split("Audit head 41: ")[1].replace(" ", "") == f"{digest}."
    assert data.digest() != make_input().digest()
    assert data.digest() == make_input(audit_head=AuditHead(41, digest)).digest()
    assert DossierInput.from_bytes(data.to_bytes()) == data


@pytest.mark.parametrize(("number", "digest"), [(0, "00" * 32), (1, "00" * 31), (1, "no digest")])
def test_what_is_no_audit_head_is_refused(number, digest):
    with pytest.raises(BadInput):
        AuditHead(number, digest)


def test_equal_input_makes_an_equal_document():
    assert build(make_input(), FILED) == build(make_input(), FILED)


def test_confirmed_complaints_and_suspects_are_told_without_names():
    facts = {
        **FACTS,
        "complaints": [{"country": "PL", "date": "2022-06-01", "result": "refused"}, {"result": "unknown"}],
        "suspects": [{"id": "P-001", "office": "other", "last_seen": {"country": "CH", "date": "2026-05-01"}}],
    }
    document = build(make_input(confirmed=facts))
    assert "A complaint was made in Poland on 1 June 2022; the result stated is “refused”." in text_of(
        section(document, "Other proceedings")
    )
    assert "Person P-001 is a person described in the account; last reported in Switzerland." in text_of(
        section(document, "Persons responsible")
    )


def test_addresses_are_printed_once():
    document = build(make_input(lawyer=Lawyer("Adv. R. Example", "Address for service: with counsel")))
    assert text_of(section(document, "Complainant and representation")).count("Address for service") == 1


def test_far_too_much_text_is_refused_not_cut():
    answers = tuple(replace(account("x" * 100_000)[0].answers[4], question_id=f"Q-{n}") for n in range(16))
    much = (replace(account()[0], answers=answers),)
    assert sum(len(answer.value) for answer in answers) > TOTAL
    with pytest.raises(RenderFailed, match="too-long"):
        build(make_input(account=much, facts=(), elements=()))


def test_an_answer_over_the_limit_ends_with_a_note():
    document = build(make_input(account=account("Слова. " * 20_000), facts=(), elements=()))
    words = next(e for e in document.account[0].entries if e.own_words).words
    assert words[-1].text == "[Cut here by the printer: the whole text has 140000 characters.]"


def test_the_document_is_plain_strings_for_the_templates():
    def leaves(value):
        if isinstance(value, dict):
            return [leaf for each in value.values() for leaf in leaves(each)]
        if isinstance(value, list):
            return [leaf for each in value for leaf in leaves(each)]
        return [value]

    assert {type(leaf) for leaf in leaves(build(make_input(), FILED).to_plain())} <= {str, bool}
