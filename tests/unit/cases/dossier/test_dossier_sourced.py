"""Each sentence rests on something that the dossier holds: a paragraph, an answer, a page of an exhibit, a report."""

from dataclasses import replace

import pytest

from cases.dossier.annexes import account as annex_b1
from cases.dossier.build import build
from cases.dossier.context import Material
from cases.dossier.errors import BadInput
from cases.dossier.inputs import DossierInput, FactSentence, FactSource
from cases.dossier.paragraphs import number_account
from cases.dossier.sourced import Ground, without_source
from tests.factories.dossier import account, make_input

PAGES = {"E-001": 1, "E-002": 2}


def on(*sources: tuple[str, str], voice: str = "person") -> FactSentence:
    kind, where = sources[0]
    return FactSentence("The gate was green.", kind, where, voice=voice, sources=tuple(FactSource(*s) for s in sources))


@pytest.mark.parametrize(
    ("kind", "where", "is_here"),
    [
        ("account", "¶ 1", True),
        ("account", "¶ 12", True),
        ("account", "¶ 13", False),
        ("account", "¶ 0", False),
        ("account", "¶ 1 to 12", True),
        ("account", "¶ 1 to 13", False),
        ("account", "¶ 3 to 2", False),
        ("account", "EPI-04", True),
        ("account", "episode 2, EPI-04", True),
        ("account", "EPI-04 (1 of 1)", True),
        ("account", "EPI-04 (1/1)", True),
        ("account", "EPI-04 (2/2)", False),
        ("account", "EPI-05", False),
        ("account", "somewhere", False),
        ("exhibit", "E-001", True),
        ("exhibit", "E-001/1", True),
        ("exhibit", "E-001/2", False),
        ("exhibit", "E-002/2", True),
        ("exhibit", "E-002/0", False),
        ("exhibit", "E-003/1", False),
        ("exhibit", "¶ 1", False),
        ("public", "O-001", True),
        ("public", "O-009", False),
        ("provision", "Convention against Torture, art. 1", True),
    ],
)
def test_a_source_is_here_or_it_is_not(kind: str, where: str, is_here: bool):
    found = without_source([on((kind, where))], Ground.of(make_input(), PAGES))
    assert found == (() if is_here else (1,))


def test_pages_that_nobody_has_counted_are_believed_and_page_nought_is_not():
    ground = Ground.of(make_input())
    assert without_source([on(("exhibit", "E-002/900")), on(("exhibit", "E-002/0"))], ground) == (2,)


def test_one_source_that_is_gone_is_enough_to_name_the_sentence():
    both = on(("account", "¶ 1"), ("public", "O-009"), voice="counsel")
    assert without_source([on(("account", "¶ 1")), both], Ground.of(make_input())) == (2,)


def test_what_is_taken_out_of_a_dossier_leaves_its_sentences_without_a_source():
    data = make_input()
    facts = [on(("account", "¶ 1")), on(("exhibit", "E-002/1"), voice="exhibit"), on(("public", "O-001"))]
    assert without_source(facts, Ground.of(data)) == ()
    assert without_source(facts, Ground.of(replace(data, exhibits=data.exhibits[:1]))) == (2,)
    assert without_source(facts, Ground.of(replace(data, account=account("")))) == (1,)
    assert without_source(facts, Ground.of(replace(data, public_sources=()))) == (3,)


def test_a_sentence_goes_to_bytes_and_back_with_its_voice_and_all_sources():
    fact = on(("account", "¶ 1"), ("exhibit", "E-001/1"), ("provision", "StPO, art. 158"), voice="counsel")
    again = DossierInput.from_bytes(make_input(facts=(fact,)).to_bytes())
    assert again.facts == (fact,)


def test_an_input_of_before_the_voices_is_still_read():
    plain = make_input().to_bytes().replace(b',"sources":[]', b"").replace(b',"voice":""', b"")
    assert b'"voice"' not in plain
    old = DossierInput.from_bytes(plain)
    assert [fact.spoken for fact in old.facts] == ["person"] * len(old.facts)
    assert all(fact.rests_on == (FactSource(fact.source, fact.where),) for fact in old.facts)


def test_no_other_voice_and_no_nameless_place_comes_in():
    with pytest.raises(BadInput):
        FactSource("account", " ")
    with pytest.raises(BadInput):
        FactSentence("x", "account", "¶ 1", voice="judge")


def test_the_three_voices_are_told_apart_in_print_and_every_source_stands_in_the_margin():
    facts = (
        on(("account", "¶ 1"), ("account", "EPI-04")),
        on(("exhibit", "E-001/1"), voice="exhibit"),
        on(("public", "O-001"), ("provision", "StPO, art. 158"), voice="counsel"),
    )
    document = build(make_input(facts=facts))
    section = next(each for each in document.sections if each.title == "Facts")
    printed = [para for group in section.groups for para in group.paras if para.text == "The gate was green."]
    assert [(para.voice, para.source) for para in printed] == [
        ("fact", ("account, ¶ 1", "account, EPI-04")),
        ("exhibit", ("E-001/1 shows",)),
        ("counsel", ("counsel", "O-001", "StPO, art. 158")),
    ]


def test_an_answer_that_was_sent_again_stands_in_its_own_version_alone():
    first = account("Адзін.\n\nДва.")[0]
    second = replace(account("Тры.")[0], version=2, sent_on="2026-11-20")
    parts = annex_b1(Material(make_input(account=(first, second)), ()))
    assert [each.version for each in number_account((first, second))] == [1, 1, 2]
    told = [[w.text for e in part.entries if e.own_words for w in e.words] for part in parts]
    assert told == [["Адзін.", "Два."], ["Тры."]]
