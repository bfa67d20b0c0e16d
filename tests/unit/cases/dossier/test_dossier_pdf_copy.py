"""A copied PDF shows the same pages and holds nothing else."""

from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from cases.dossier import check, exhibit_pdf
from cases.dossier.errors import ExhibitUnusable
from tests.factories import hostile_pdf
from tests.factories.dossier import CAMERA, scan

FORBIDDEN = {
    "/AA", "/OpenAction", "/AcroForm", "/Names", "/Metadata", "/PieceInfo", "/Annots", "/Thumb", "/Alternates", "/Ref",
    "/JS", "/JavaScript", "/URI", "/Launch", "/EmbeddedFiles", "/Filespec", "/OCProperties", "/Properties",
}  # fmt: skip


def copied(body: bytes) -> bytes:
    pdf, _ = exhibit_pdf.rebuild(body)
    result = BytesIO()
    pdf.save(result)
    return result.getvalue()


def unpacked(body: bytes) -> bytes:
    """The file with every general coding undone, so that a search finds what is there."""
    with pikepdf.open(BytesIO(body)) as pdf:
        result = BytesIO()
        pdf.save(
            result,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return result.getvalue()


def test_the_armed_file_is_armed():
    assert hostile_pdf.CANARY.encode() in unpacked(hostile_pdf.armed())
    assert {"active", "outside", "attachment", "metadata"} <= check.examine(hostile_pdf.armed()).findings


def test_nothing_of_the_arms_is_left_in_the_copy():
    copy = copied(hostile_pdf.armed())
    assert hostile_pdf.CANARY.encode() not in unpacked(copy)
    assert not {"active", "outside", "attachment"} & check.examine(copy).findings
    with pikepdf.open(BytesIO(copy)) as pdf:
        keys = {key for entry in check._dictionaries(pdf) for key in entry.keys()}  # noqa: SIM118
    assert not keys & FORBIDDEN


def test_the_words_and_both_pictures_are_still_there():
    page = PdfReader(BytesIO(copied(hostile_pdf.armed()))).pages[0]
    assert "Visible words" in page.extract_text()
    assert [image.image.size for image in page.images] == [(1600, 1200), (1600, 1200)]


def test_cameras_are_gone_from_pictures_inside():
    assert CAMERA.encode() in hostile_pdf.armed()
    copy = unpacked(copied(hostile_pdf.armed()))
    assert CAMERA.encode() not in copy
    assert b"Exif" not in copy


def test_a_page_keeps_what_it_inherits():
    page = PdfReader(BytesIO(copied(hostile_pdf.inherited()))).pages[0]
    assert (page.rotation, tuple(page.mediabox[2:])) == (90, (612, 792))
    assert "Visible words" in page.extract_text()


def test_embedded_fonts_are_taken_over():
    report = check.examine(copied(scan()))
    assert "loose-font" not in report.findings
    assert report.pages == 2
    assert "Бальніца выдала гэтую даведку" in PdfReader(BytesIO(copied(scan()))).pages[0].extract_text()


def test_fonts_that_are_missing_are_noted():
    assert exhibit_pdf.rebuild(scan())[1] == ("document 2",)
    assert len(exhibit_pdf.rebuild(hostile_pdf.armed())[1]) == 2


def test_a_file_that_anybody_may_open_is_copied_in_the_clear():
    copy = copied(hostile_pdf.locked("", "owner"))
    with pikepdf.open(BytesIO(copy)) as pdf:
        assert not pdf.is_encrypted
    assert "Visible words" in PdfReader(BytesIO(copy)).pages[0].extract_text()


def test_a_form_that_draws_itself_is_copied_once():
    assert check.examine(copied(hostile_pdf.looped_form())).pages == 1


def test_a_glyph_with_the_name_of_an_action_stays():
    copy = copied(hostile_pdf.drawn_font())
    with pikepdf.open(BytesIO(copy)) as pdf:
        font = pdf.pages[0].obj.Resources.Font.AA
        assert b"400 400 re" in font.CharProcs.A.read_bytes()
    assert "active" not in check.examine(copy).findings


def test_a_cut_file_is_mended_where_it_can_be():
    assert check.examine(copied(hostile_pdf.BROKEN["cut"]())).pages == 1


@pytest.mark.parametrize("kind", sorted(set(hostile_pdf.BROKEN) - {"double bomb", "cut"}))
def test_a_broken_file_is_unusable_and_nothing_worse(kind):
    with pytest.raises(ExhibitUnusable):
        exhibit_pdf.rebuild(hostile_pdf.BROKEN[kind]())
