"""The five variants as PDF: what the law of each asks for is on the page, and the page is whole."""

import json
import re
import subprocess
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from cases.dossier import check
from cases.dossier.assemble import prepare_all
from cases.dossier.build import build
from cases.dossier.inputs import AccountSection, Answer
from cases.dossier.render import DOCUMENT, render_complaint, render_cover, render_note
from cases.dossier.variant import find
from tests.factories.dossier import FACTS, account, make_input, originals
from tests.integration.dossier.reading import by_pypdf, fonts

VARIANTS = ("DE", "ICC", "LT", "PL", "UJ-EN")
TOLD = "أخذوني من الشارع ولم يُظهروا أي وثيقة. كان ذلك في ١٢ آب."
ARABIC = AccountSection(
    "e", "ما حدث", 1, "2026-11-18", "ar",
    (Answer("EPI-08", "احكِ بكلماتك ما حدث.", "Tell in your own words what happened.", TOLD, None, "ar", True),),
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmpfs: Path) -> dict[str, tuple[bytes, bytes, bytes, bytes]]:
    """Complaint, cover letter, first exhibit and note to counsel of each variant, from one invented case.

    Its account is in Belarusian, and a section of it in Arabic.
    """
    found = {}
    for code in VARIANTS:
        data = make_input(variant=code, account=(*account(), ARABIC))
        prepared = prepare_all(data, lambda exhibit: [originals()[exhibit.label]], tmpfs=tmpfs)
        document = build(data, tuple(each.filed for each in prepared))
        complaint = render_complaint(document, tmpfs=tmpfs)
        cover = render_cover(document, complaint, address=data.lawyer.line, fingerprint="ab" * 32, tmpfs=tmpfs)
        note = render_note(document, tmpfs=tmpfs)
        found[code] = (complaint.body, cover.body, prepared[0].body, note.body)
    return found


def read(pdf: bytes) -> str:
    """The text without line ends, soft hyphens and hard blanks."""
    text = re.sub(r"[\u2010\u00ad]\s*\n?\s*", "", by_pypdf(pdf)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("code", VARIANTS)
def test_what_the_variant_says_its_law_demands_is_on_the_page(made, code):
    text = read(made[code][0])
    for demand in find(code).texts.get("demands", ()):
        for shown in demand["shown"]:
            assert shown.replace("\u00a0", " ") in text, (demand["law"], shown)


def test_pl_has_what_article_119_asks_for(made):
    text = read(made["PL"][0])
    assert "Organ: Prokuratura Krajowa. Dotyczy: podejrzenia popełnienia przestępstwa" in text  # authority, case
    assert "Osoba zawiadamiająca i pokrzywdzona występuje tu jako A." in text  # who
    assert "Adres do doręczeń: Example Street 1, 01100 Vilnius, Lithuania." in text  # address
    assert "nie podaje numeru telefonu ani adresu poczty elektronicznej" in text  # or the statement
    assert "na podstawie art. 304 § 1 k.p.k. zawiadamiam o podejrzeniu popełnienia przestępstwa" in text  # content
    assert "Uzasadnienie: stan faktyczny" in text  # reasons
    assert "Miejscowość, data Adv. R. Example, pełnomocnik" in text  # date, signature
    for article in ("art. 303", "art. 113 k.k.", "art. 118a § 2 k.k.", "art. 246 i 247 k.k.", "art. 110 § 1 k.k."):
        assert article in text
    assert "sześciu tygodni" in text


def test_lt_has_what_article_166_asks_for(made):
    text = read(made["LT"][0])
    assert "Adresatas: Lietuvos Respublikos generalinė prokuratūra." in text
    assert "Pareiškėjas (-a) čia vadinamas (-a) A." in text
    assert "veikos padarytos Baltarusijoje nuo 2020 m. rugpjūčio 12 d. iki 2020 m. rugpjūčio 14 d." in text
    assert "pradėti ikiteisminį tyrimą dėl šiame pareiškime nurodytų veikų (BPK 166 straipsnis)" in text
    assert "Nr. 01-2-00062-20" in text
    assert "BK 100-3 str." in text
    assert "Vieta, data Adv. R. Example, atstovas (-ė)" in text


def test_de_names_offence_place_time_evidence_and_request(made):
    text = read(made["DE"][0])
    assert "Der Generalbundesanwalt beim Bundesgerichtshof, Karlsruhe." in text
    assert "§ 7 Abs. 1 Nr. 5 VStGB" in text
    assert "§ 1 Satz 1 VStGB" in text
    assert "§ 153f" in text
    assert "in Belarus zwischen dem 12. August 2020 und dem 14. August 2020 begangen" in text
    assert "Beweismittel E-001 ging am 18. November 2026" in text
    assert "ein Ermittlungsverfahren einzuleiten" in text
    assert "den Eingang der Anzeige schriftlich zu bestätigen" in text
    assert "Ort, Datum Adv. R. Example, anwaltliche Vertretung" in text


def test_icc_leads_with_the_displacement(made):
    text = read(made["ICC"][0])
    summary = text[text.index("II Summary", text.index("I Introduction and sender", 900)) :]
    displaced = summary.index("left the country under coercion on 3 February 2021 and crossed into Lithuania")
    assert displaced < summary.index("amount to torture")
    assert displaced < summary.index("first account in")
    assert "conduct from 1 May 2020 onwards" in text
    assert "jurisdiction under art. 12(2)(a)" in text
    assert "The border crossed was that of Lithuania" in text
    for element in ("V.1 Attack", "V.2 Civilian population", "V.3 Policy", "V.4 Widespread or systematic",
                    "V.5 Knowledge"):  # fmt: skip
        assert element.replace(" ", "") in text.replace(" ", "")
    assert text.index("Deportation (Rome Statute, article 7(1)(d))") < text.index(
        "Torture as a crime against humanity (R"
    )


def test_icc_says_when_the_border_was_another_one(tmpfs):
    crossed = {**FACTS, "displacement": {"forced": True, "crossed_into": "UA", "date": "2021-02-03"}}
    early = {**crossed, "acts": [{**FACTS["acts"][0], "from": "2020-03-01"}]}
    said = [para.text for s in build(make_input(variant="ICC", confirmed=early)).sections for g in s.groups
            for para in g.paras]  # fmt: skip
    assert any("The open situation is Lithuania/Belarus" in text and "into Ukraine" in text for text in said)
    assert any("lie before 1 May 2020" in text for text in said)
    assert not any("was that of Lithuania, the referring State" in text for text in said)


def test_uj_en_rests_on_the_convention(made):
    text = read(made["UJ-EN"][0])
    assert "Convention against Torture, art. 4, 5(2), 6, 7" in text
    for article in (
        "an offence (art. 4)",
        "not extradited (art. 5(2))",
        "an inquiry (art. 6)",
        "not extradite (art. 7)",
    ):
        assert article in text


@pytest.mark.parametrize("code", VARIANTS)
def test_the_page_is_whole(made, code, tmp_path):
    for pdf in made[code]:
        assert not check.examine(pdf).findings & DOCUMENT
        assert all("Noto" in row[0] and row[-5:-2] == ["yes", "yes", "yes"] for row in fonts(pdf))
        path = tmp_path / "x.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert done.returncode == 0
        assert "WARNING" not in done.stdout + done.stderr


@pytest.mark.parametrize("code", VARIANTS)
def test_the_cover_is_one_page_and_says_draft_in_the_language(made, code):
    with pikepdf.open(BytesIO(made[code][0])) as pdf:
        language = str(pdf.Root.Lang)
    assert language == find(code).language
    text = read(made[code][0])
    assert find(code).say("draft") in text
    assert find(code).say("colophon.review") in text
    pages = PdfReader(BytesIO(made[code][0])).pages
    assert find(code).say("labels.contents") in pages[1].extract_text()


@pytest.mark.parametrize(("code", "words"), [
    ("LT", ("Įrodymas E-001", "Pirminės bylos SHA-256", "1 puslapis iš 1", "vaizdas (JPEG)")),
    ("PL", ("Dowód E-001", "SHA-256 oryginału", "strona 1 z 1", "obraz (JPEG)")),
    ("DE", ("Beweismittel E-001", "SHA-256 des Originals", "Seite 1 von 1", "Bild (JPEG)")),
])  # fmt: skip
def test_slips_and_stamps_speak_the_language_of_filing(made, code, words):
    text = read(made[code][2])
    for word in words:
        assert word in text
    assert "Exhibit" not in text


@pytest.mark.parametrize(("code", "words"), [
    ("LT", "Atstovaudamas (-a) nukentėjusiam asmeniui"), ("PL", "Działając w imieniu osoby pokrzywdzonej"),
    ("DE", "Namens und in Vollmacht der anzeigeerstattenden Person"), ("ICC", "We act for the person"),
])  # fmt: skip
def test_the_letter_speaks_the_language_of_filing(made, code, words):
    text = read(made[code][1])
    assert words in text
    assert find(code).say("labels.key_fingerprint") in text


ABOUT_THE_FILE = {"PDF:PDFVersion", "PDF:Linearized", "PDF:PageCount", "PDF:Language", "PDF:TaggedPDF", "XMP:Part",
                  "XMP:Conformance"}  # fmt: skip
NEUTRAL = {"PDF:Title": "D-7QK4MT-1", "XMP:Title": "D-7QK4MT-1", "PDF:Producer": f"WeasyPrint {version('weasyprint')}",
           "XMP:Producer": f"WeasyPrint {version('weasyprint')}", "PDF:CreateDate": "2026:11:22 00:00:00",
           "XMP:CreateDate": "2026:11:22"}  # fmt: skip


@pytest.mark.parametrize("code", VARIANTS)
def test_metadata_say_the_reference_the_day_and_the_program_and_nothing_else(made, code, tmp_path):
    for pdf in made[code]:
        path = tmp_path / "x.pdf"
        path.write_bytes(pdf)
        shown = subprocess.run(["exiftool", "-j", "-G", "-a", path], capture_output=True, check=True).stdout
        found = {key: value for key, value in json.loads(shown)[0].items() if key.split(":")[0] in ("PDF", "XMP")}
        said = {key: value for key, value in found.items() if key not in ABOUT_THE_FILE}
        assert said.items() <= NEUTRAL.items()
        assert said["PDF:Title"] == "D-7QK4MT-1"


@pytest.mark.parametrize("code", VARIANTS)
def test_an_arabic_account_can_be_read_out_of_each(made, code):
    pdf = made[code][0]
    assert "أخذوني من الشارع ولم يُظهروا أي وثيقة" in by_pypdf(pdf)
    assert any("Arabic" in row[0] for row in fonts(pdf))
    assert not any("DejaVu" in row[0] for row in fonts(pdf))
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in fonts(pdf))
