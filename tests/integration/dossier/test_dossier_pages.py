"""The rendered bundle, read back with poppler, pypdf, qpdf, Pillow and exiftool."""

import hashlib
import json
import subprocess
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from cases.dossier import check
from cases.dossier.render import COPY, DOCUMENT
from tests.factories.dossier import CAMERA, originals, own_words
from tests.integration.dossier.reading import by_poppler, by_pypdf, fonts, normal

PDFS = ["00_cover_D-7QK4MT-1.pdf", "01_complaint_D-7QK4MT-1.pdf", "02_note-to-counsel_D-7QK4MT-1.pdf"]
EXHIBITS = ["E-001_picture.pdf", "E-002_document.pdf"]
VOLUME = "volumes/V-01_D-7QK4MT-1.pdf"
ALL = [*PDFS, *EXHIBITS, VOLUME]


def test_the_bundle_has_the_files_of_the_list(bundle):
    assert set(bundle) == {
        *PDFS, *EXHIBITS, VOLUME, "originals/B1_first_account.json", "originals/E-001.jpg",
        "originals/E-002.pdf",
        "keys.json", "manifest.json", "SHA256SUMS", "manifest.ed25519", "manifest.mldsa65",
    }  # fmt: skip


@pytest.mark.parametrize("read", [by_poppler, by_pypdf])
def test_each_belarusian_sentence_can_be_read_out_of_the_pdf(complaint, read):
    text = read(complaint)
    whole = [normal(part) for block in own_words().split("\n\n") for part in block.split(". ")]
    sentences = [part for part in whole if len(part) > 15]
    missing = [part for part in sentences if part not in text]
    # a sentence may run over the foot of a page, where the foot line stands between its words
    assert len(sentences) > 60
    assert len(missing) <= 3
    for part in missing:
        assert all(word in text for word in part.split())


@pytest.mark.parametrize("name", ALL)
def test_all_fonts_are_embedded(bundle, name):
    rows = fonts(bundle[name])
    assert rows
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    assert all("Noto" in row[0] for row in rows)


@pytest.mark.parametrize("name", ALL)
def test_qpdf_finds_nothing_wrong(bundle, name, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(bundle[name])
    result = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert "WARNING" not in result.stdout + result.stderr


@pytest.mark.parametrize("name", PDFS)
def test_documents_pass_the_structural_check(bundle, name):
    assert not check.examine(bundle[name]).findings & DOCUMENT


@pytest.mark.parametrize("name", [*EXHIBITS, VOLUME])
def test_exhibits_pass_theirs(bundle, name):
    assert not check.examine(bundle[name]).findings & COPY


def test_metadata_are_neutral(bundle):
    for name in ALL:
        info = PdfReader(BytesIO(bundle[name])).metadata
        assert info.title == "D-7QK4MT-1"
        assert set(info) <= {"/Title", "/Producer", "/CreationDate"}
        assert str(info.get("/CreationDate", "D:20261122")) == "D:20261122"


def test_passages_carry_their_language(complaint):
    with pikepdf.open(BytesIO(complaint)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        languages = {str(entry.get("/Lang", "")) for entry in check._dictionaries(pdf) if "/Lang" in entry}
    assert {"be", "en"} <= languages


def test_bookmarks_lead_to_sections_and_annexes(complaint):
    titles = [entry.title for entry in PdfReader(BytesIO(complaint)).outline if not isinstance(entry, list)]
    assert any(title.endswith("Facts") for title in titles)
    assert [title for title in titles if title.startswith("Annex")][:2] == [
        "Annex A1. Elements and what supports them", "Annex A3. Chronology",
    ]  # fmt: skip


def test_every_page_says_that_it_is_a_draft_and_numbers_itself(complaint):
    pages = PdfReader(BytesIO(complaint)).pages
    assert all("DRAFT, not for filing" in page.extract_text() for page in pages)
    assert f"{len(pages)} / {len(pages)}" in normal(pages[-1].extract_text())


def test_the_cover_letter_counts_the_pages_of_the_complaint(bundle, complaint):
    text = by_poppler(bundle[PDFS[0]])
    assert f"Pages of the complaint {len(PdfReader(BytesIO(complaint)).pages)}" in text
    assert len(PdfReader(BytesIO(bundle[PDFS[0]])).pages) == 1


def test_the_original_keeps_its_place_and_the_copy_has_none(bundle):
    assert bundle["originals/E-001.jpg"] == originals()["E-001"]
    gps = Image.open(BytesIO(bundle["originals/E-001.jpg"])).getexif().get_ifd(0x8825)
    assert float(gps[2][0]) == 53
    for name in EXHIBITS:
        images = list({image.data for page in PdfReader(BytesIO(bundle[name])).pages for image in page.images})
        assert len(images) == 1
        assert not Image.open(BytesIO(images[0])).getexif()
        assert CAMERA.encode() not in images[0] + bundle[name]


def test_exiftool_sees_nothing_in_the_copies(bundle, tmp_path):
    for name in EXHIBITS:
        page = next(page for page in PdfReader(BytesIO(bundle[name])).pages if page.images)
        (tmp_path / "copy.jpg").write_bytes(page.images[0].data)
        shown = subprocess.run(["exiftool", "-j", "-G", tmp_path / "copy.jpg"], capture_output=True, check=True).stdout
        groups = {key.split(":")[0] for key in json.loads(shown)[0]}
        assert groups <= {"SourceFile", "ExifTool", "File", "Composite", "JFIF"}


def test_stamps_are_text_above_the_copy(bundle):
    first, second = (PdfReader(BytesIO(bundle["E-002_document.pdf"])).pages[n].extract_text() for n in (1, 2))
    assert "E-002/1" in first
    assert "page 2 of 2" in second
    assert "Старонка другая" in second
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-f", "2", "-l", "2", "-", "-"],
        input=bundle["E-002_document.pdf"], capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    stamp, content = boxes.index("E-002/1"), boxes.index("Даведка")
    assert _top(boxes, stamp) < 22 * 72 / 25.4 < _top(boxes, content)


def _top(boxes: str, at: int) -> float:
    return float(boxes[boxes.rindex("yMin=", 0, at) :].split('"')[1])


def test_the_index_names_the_hashes_of_what_lies_beside_it(bundle, complaint):
    text = by_poppler(complaint).replace(" ", "")
    for name in (*EXHIBITS, "originals/E-001.jpg", "originals/E-002.pdf"):
        digest = hashlib.sha256(bundle[name]).hexdigest()
        assert digest[:32] in text
        assert digest[32:] in text
