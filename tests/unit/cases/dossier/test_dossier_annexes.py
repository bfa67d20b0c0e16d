"""Annexes on people, places, papers and rights: what is there is printed, what is not makes nothing."""

from dataclasses import replace

import pytest

from cases.dossier import annex_inputs as annex
from cases.dossier.annex_papers import file_name
from cases.dossier.build import build
from cases.dossier.context import Material
from cases.dossier.envelope import sealed_sheets
from cases.dossier.errors import RenderFailed
from cases.dossier.final import is_open
from cases.dossier.latin import in_latin
from cases.dossier.passages import CLOSE, OPEN, SPOKEN, to_markup
from cases.dossier.sealed_set import found_in_open, sealed_values, without_names
from cases.dossier.variant import find
from cases.statement import vocab
from tests.factories import annexed as made
from tests.factories.annexed import annexed
from tests.factories.dossier import make_input

VARIANTS = ("DE", "ICC", "LT", "PL", "UJ-EN")
NEW = ("A2", "A5", "A6", "B2", "B3", "B4", "B8", "B9")


def rows(code: str, data: object = None) -> list[tuple[str, ...]]:
    """The rows of an annex as text, its passages unmarked."""
    sheets = {sheet.code: sheet for sheet in build(data or annexed()).sheets}
    return [tuple(map(plain, row)) for block in sheets[code].blocks for row in block.rows] if code in sheets else []


def plain(text: str) -> str:
    for mark in (OPEN, SPOKEN, CLOSE):
        text = text.replace(mark, "|")
    return text


@pytest.mark.parametrize("code", VARIANTS)
def test_every_annex_has_a_title_in_the_order_of_the_list(code):
    document = build(annexed(variant=code))
    codes = [each.code for each in document.annexes]
    assert codes == ["A1", "A2", "A3", "A4", "A5", "A6", "A8", "B1", "B2", "B3", "B4", "B5", "B6", "B8", "B9"]
    assert all(each.title for each in document.annexes)


@pytest.mark.parametrize("code", VARIANTS)
def test_without_content_there_is_no_annex(code):
    document = build(make_input(variant=code))
    assert not {each.code for each in document.annexes} & set(NEW)
    assert (document.sheets, document.translation, document.certificates) == ((), (), ())
    assert sealed_sheets(Material(make_input(variant=code), ())) == ()


@pytest.mark.parametrize("field", ["persons", "witnesses", "episodes"])
def test_cards_that_say_nothing_make_no_row_and_no_annex(field):
    bare = {
        "persons": annex.AccusedPerson("P-001", "be"), "witnesses": annex.Witness("W-01", "be"),
        "episodes": annex.Episode(1, "be"),
    }  # fmt: skip
    assert build(make_input(**{field: (bare[field],)})).sheets == ()


def test_a_person_has_a_code_words_and_how_sure_the_complainant_is():
    first, second, third = rows("A2")
    assert first == (
        "P-001", "“|be|Прыдумка Іван|”, also “|be|Prydumka Ivan|”, in Latin letters Prydumka Ivan",
        "GUBOPiK: Main Directorate for Combating Organised Crime and Corruption (Interior Ministry); "
        "“|be|3-і аддзел|”; “|be|капітан|”",
        "used violence; gave orders; episode 1",
        "badge or name plate; name in a document; certainty given by the complainant: “sure”; independent sources: 2",
        "E-001",
    )  # fmt: skip
    assert second[1] == "unconfirmed: “|ru|Небылицын|”, in Latin letters Nebylitsyn"
    assert second[3] == "watched and did nothing; episodes 1 and 2"
    assert third[:3] == ("P-003", "a group", "Another service; “|be|невядомая служба|”")


@pytest.mark.parametrize("code", VARIANTS)
def test_a_name_from_leaked_data_alone_stands_nowhere_without_its_mark(code):
    data = annexed(variant=code)
    document = str(build(data).to_plain())
    assert document.count("Небылицын") == 1
    mark = find(code).say("persons.unconfirmed", name="")
    assert mark in document
    known = annexed(variant=code, persons=(replace(data.persons[1], bases=("leak", "badge")),))
    assert mark not in str(build(known).to_plain())


def test_witnesses_are_codes_and_what_they_can_speak_about():
    first, second = rows("A5")
    assert first == ("W-01", "“|be|W-01 бачыла ўсё, W-01 можна спытаць пра камеру|”")
    assert second == ("W-02", f"“|ar|{made.ARABIC}|”")


def test_what_was_translated_stands_in_the_language_of_filing():
    told = (annex.Witness("W-01", "be", "бачыла камеру", "saw the cell, as Аксана said"),)
    assert rows("A5", annexed(witnesses=told)) == [("W-01", "“saw the cell, as W-01 said”")]


def test_episodes_have_days_as_exact_as_they_were_given():
    assert rows("A6") == [
        ("1", "12 August 2020 – 14 August 2020", "Minsk, Akrestsina: TsIP (centre for isolation of offenders)",
         "Temporary detention (IVS, TsIP); “|be|Мінск|”", "Minsk", "Belarus"),
        ("2", "November 2020", "another police department; “|be|аддзел у Выдуманску|”", "", "", "Belarus"),
    ]  # fmt: skip


def test_papers_say_where_they_are():
    assert [row[:3] + row[5:] for row in rows("B3")] == [
        ("L-001", "signed statement", "20 November 2026", "in the sealed envelope")
    ]
    assert [row[0] for row in rows("B4")] == ["L-002"]
    kept = annexed(papers=(made.paper(2, "power", has_file=False),), mandate=None)
    assert rows("B4", kept)[0][5] == "kept by counsel, shown on request"
    names = [file_name(made.paper(number, kind), "D-1") for number, kind in ((2, "power"), (3, "certificate"))]
    assert names == ["sealed/B4_power_L-002_D-1.pdf", "originals/B2_certificate_L-003.pdf"]


def test_a_mandate_names_the_client_as_the_complaint_does():
    block = next(sheet for sheet in build(annexed()).sheets if sheet.code == "B4").blocks[0]
    said = {pair.label: pair.text for pair in block.pairs}
    assert said["Mandate since"] == "10 November 2026"
    assert said["Client"] == "A. (pseudonym chosen by the complainant)"


def test_medical_findings_are_a_summary():
    sheet = next(each for each in build(annexed()).sheets if each.code == "B8")
    assert [pair.text for pair in sheet.blocks[0].pairs] == [
        "examined by the Istanbul Protocol", "highly consistent with what was told", "E-002",
    ]  # fmt: skip
    assert rows("B8") == [("1", "hospital", "“|be|бальніца ў Выдуманску|”")]
    assert rows("B8", annexed(medical=annex.Medical("none", "", (annex.Care(1, "be", ("refused",)),)))) == []


def test_requests_rest_on_answers_and_legal_aid_stands_apart():
    aid, rest = next(each for each in build(annexed()).sheets if each.code == "B9").blocks
    assert [row[1] for row in aid.rows] == ["WSH-02", "REP-06"]
    assert [row[1] for row in rest.rows] == ["CNS-14", "LNG-06", "LNG-07", "WSH-01", "WSH-03", "WSH-06"]
    assert "мама" not in str(rest), "own words stay in annex B1"


@pytest.mark.parametrize("code", VARIANTS)
def test_the_open_documents_hold_nothing_of_the_envelope(code):
    text = plain(str(build(annexed(variant=code)).to_plain()))
    for secret in made.SECRET:
        assert secret not in text, secret
    assert "12 May 1990" not in text


@pytest.mark.parametrize("code", VARIANTS)
def test_the_envelope_holds_it_and_its_files_have_names_that_nobody_typed(code):
    sheets = sealed_sheets(Material(annexed(variant=code), ()))
    assert [each.name for each in sheets] == [
        "sealed/A2_whereabouts_D-7QK4MT-1.pdf",
        "sealed/A5_witnesses_D-7QK4MT-1.pdf",
        "sealed/B7_identity_D-7QK4MT-1.pdf",
    ]  # fmt: skip
    where, witness, person = (plain(str(each)) for each in sheets)
    assert made.SEEN_AT in where
    assert made.WITNESS in witness
    assert made.CONTACT in witness
    for value in (made.FAMILY, made.LATIN, made.BIRTH_PLACE, made.NUMBER):
        assert value in person
    assert len({each.control for each in sheets}) == 3


def test_the_letter_says_what_is_sealed():
    assert any(
        "annexes A2, A5, B3, B4 and B7 are in a sealed envelope" in text for text in build(annexed()).letter.paragraphs
    )
    assert not any("sealed envelope" in text for text in build(make_input()).letter.paragraphs)


def test_the_number_on_a_sealed_sheet_comes_from_the_random_digits():
    one, other = (sealed_sheets(Material(annexed(salt=salt), ())) for salt in ("1" * 64, "2" * 64))
    assert all(a.control != b.control for a, b in zip(one, other, strict=True))


def test_a_sealed_value_in_an_open_field_is_found_and_stops_a_release():
    assert found_in_open(annexed()) == ()
    assert is_open(annexed())
    for secret in (made.CONTACT.upper(), made.FAMILY, made.WITNESS, made.SEEN_AT, made.NUMBER):
        leaking = annexed(needs=(annex.Need("WSH-03", "", f"Не пішыце: {secret}, і ўсё", "be"),))
        assert found_in_open(leaking) == ("needs",), secret
        assert not is_open(leaking)
    assert sealed_values(make_input()) == frozenset()


def test_a_first_name_and_a_place_of_birth_are_looked_for_in_no_text():
    who = annex.Identity("Узорная", "Марыя", birth_place="Мінск")
    named = annexed(identity=who, witness_contacts=(annex.WitnessContact("W-01", "be", "Вера"),))
    told = annex.Need("WSH-03", "", "Марыя жыла ў Мінску, у Мінск прыехала вера", "be")
    assert found_in_open(replace(named, needs=(told,))) == ()


@pytest.mark.parametrize(("text", "wanted"), [
    ("Спытайце Вольгу Сведкавую.", "Спытайце W-01."),
    ("вольга сведкавая была там", "W-01 была там"),
    ("Нічога пра яе.", "Нічога пра яе."),
])  # fmt: skip
def test_a_name_gives_way_to_its_code_in_other_cases_too(text, wanted):
    assert without_names(text, [("Вольга Сведкавая", "W-01")]) == wanted


def test_a_passage_from_the_right_says_so():
    assert to_markup(f"{OPEN}ar{SPOKEN}x{CLOSE}") == '<span lang="ar" dir="rtl">x</span>'


@pytest.mark.parametrize(("name", "language", "wanted"), [
    ("Ігар Ёлкін", "be", "Ihar Iolkin"),
    ("Игорь Ёлкин", "ru", "Igor Elkin"),
    ("СВЯТЛАНА Ў", "be", "SVIATLANA U"),
    ("Жук-Шчур", "be", "Zhuk-Shchur"),
    ("Prydumka", "be", ""),
    ("محمد", "ar", ""),
    ("Іван 2-і", "be", "Ivan 2-i"),
])  # fmt: skip
def test_names_stand_in_latin_letters_as_passports_have_them(name, language, wanted):
    assert in_latin(name, language) == wanted


HOSTILE = "<script>alert(1)</script>\u202e\ue000en\ue001" + "х" * 5_000


def test_what_strangers_typed_is_cut_and_made_harmless_in_every_cell():
    lang = 'be"><b>'
    data = annexed(
        persons=(annex.AccusedPerson("P-001", lang, name=HOSTILE, unit=HOSTILE, rank=HOSTILE, other_agency=HOSTILE),),
        witnesses=(annex.Witness("W-01", lang, HOSTILE),), witness_contacts=(),
        episodes=(annex.Episode(1, lang, town=HOSTILE, other_facility=HOSTILE),),
        medical=annex.Medical("ip", "", (annex.Care(1, lang, ("hospital",), HOSTILE),)),
        needs=(annex.Need("WSH-03", "", HOSTILE, lang),), identity=None, whereabouts=(),
    )  # fmt: skip
    for sheet in build(data).sheets:
        for cell in (cell for block in sheet.blocks for row in block.rows for cell in row):
            assert len(cell) < 2_500
            assert not {"\u202e", OPEN, SPOKEN} & set(cell)


def test_a_translation_without_end_is_refused():
    long = tuple(annex.Translated("episode-1", 1, "EPI-08", "en", "x" * 100_000) for _ in range(16))
    with pytest.raises(RenderFailed, match="too-long"):
        build(annexed(translation=long))


def test_what_is_not_known_makes_nothing():
    person = annex.AccusedPerson("P-001", "be", kind="unknown", agency="unknown", rank="капітан", roles=("unknown",))
    place = annex.Episode(1, "be", "2020", facility="unknown", places=("unknown",))
    data = annexed(persons=(person,), episodes=(place,))
    assert rows("A2", data) == [("P-001", "", "“|be|капітан|”", "", "", "")]
    assert rows("A6", data) == [("1", "2020", "", "", "", "")]


@pytest.mark.parametrize("code", ["DE", "LT", "PL"])
@pytest.mark.parametrize(("table", "lists"), [("agencies", "agency"), ("place_types", "place_type"),
                                              ("person_roles", "perp_role"), ("person_bases", "id_basis")])  # fmt: skip
def test_every_answer_of_the_form_has_words_in_the_language_of_filing(code, table, lists):
    assert set(vocab.codes(lists)) - set(find(code).table(table)) <= {"unknown"}
