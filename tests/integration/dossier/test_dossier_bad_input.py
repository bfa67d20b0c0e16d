"""What people and files bring without any ill will, or with some: it is printed or named, and nothing is fetched."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from cases.dossier.build import build
from cases.dossier.exhibits import Prepared, prepare_exhibit
from cases.dossier.inputs import Complainant, Lawyer, PublicSource
from cases.dossier.render import render_complaint, render_cover
from cases.dossier.variant import find
from tests.factories.dossier import account, exhibit, make_input
from tests.integration.dossier.reading import by_poppler, by_pypdf, piped

DAY = "2026-11-22"
FILE, SCRIPT = "<img src=file:///etc/passwd>", "javascript:alert(document.domain)"
MIXED = "Сказаў «لا أعرف الطريق» і пайшоў далей."
WORD, NAME = "Щ" * 300, "Wawrzyniec Nepomucen " * 14 + "Żółcik"  # without a blank, and with blanks
Canary = tuple[str, list[str]]


@pytest.fixture(scope="module")
def pages(tmpfs: Path) -> tuple[bytes, bytes]:
    """Complaint and cover letter of a case in which all of it stands, in the answers and in every name."""
    words = "\n\n".join((FILE, f'<a href="{SCRIPT}">{SCRIPT}</a>', MIXED))
    data = make_input(
        account=account(words),
        complainant=Complainant(WORD, "full"),
        lawyer=Lawyer(NAME, f"{NAME}, {SCRIPT}"),
        exhibits=(exhibit(1, f"{WORD}.jpg", "image/jpeg", b"x"),),
        public_sources=(PublicSource("O-001", FILE, SCRIPT, DAY),),
    )
    document = build(data)
    complaint = render_complaint(document, tmpfs=tmpfs)
    return complaint.body, render_cover(document, complaint, address=data.lawyer.line, tmpfs=tmpfs).body


def letters(text: str) -> str:
    """The text without blanks, hyphens and ends of lines."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_an_image_of_a_local_file_is_printed_as_the_text_it_is(pages: tuple[bytes, bytes]) -> None:
    text = by_pypdf(pages[0])
    assert letters(FILE) in letters(text)
    assert "root:x:" not in text
    assert not any(page.images for page in PdfReader(BytesIO(pages[0])).pages)


def test_a_link_with_a_script_is_printed_and_leads_nowhere(pages: tuple[bytes, bytes]) -> None:
    assert letters(by_pypdf(pages[0])).count(letters(SCRIPT)) >= 3
    for pdf in pages:
        with pikepdf.open(BytesIO(pdf)) as opened:
            written = b" ".join(
                each.unparse(resolved=True) for each in opened.objects if not isinstance(each, pikepdf.Stream)
            )
        assert b"/Link" in written or pdf is pages[1]  # what is looked through holds the links of the contents
        assert not re.search(rb"/URI|/JavaScript|/JS\b", written)


def test_a_name_of_three_hundred_stays_on_the_page(pages: tuple[bytes, bytes]) -> None:
    assert len(WORD) == len(NAME) == 300
    for pdf in pages:
        boxes = piped(["pdftotext", "-bbox", "-", "-"], pdf).decode()
        width = float(re.search(r'page width="([\d.]+)"', boxes)[1])  # type: ignore[index]
        right = [float(each) for each in re.findall(r'xMax="([\d.]+)"', boxes)]
        left = [float(each) for each in re.findall(r'xMin="([\d.]+)"', boxes)]
        assert max(right) < width - 20
        assert min(left) > 20
    assert letters(NAME) in letters(by_pypdf(pages[1]))


def test_arabic_inside_a_belarusian_line_keeps_the_order_of_both(pages: tuple[bytes, bytes]) -> None:
    for read in (by_pypdf, by_poppler):
        text = read(pages[0])
        line = text[text.index("Сказаў") :][:80]
        assert line.index("Сказаў") < line.index("пайшоў")
        assert {"لا", "أعرف", "الطريق"} <= set(re.findall(r"[\u0600-\u06ff]+", line))


def prepared(body: bytes, kind: str, tmpfs: Path) -> Prepared:
    record = exhibit(7, "brought", kind, body)
    return prepare_exhibit(record, body, reference="D-1", built_on=DAY, tmpfs=tmpfs, words=find("UJ-EN"))


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "text/plain"])
def test_a_drawing_with_links_is_no_picture_and_fetches_nothing(canary: Canary, tmpfs: Path, kind: str) -> None:
    address, hits = canary
    drawing = (
        f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/'
        f'2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{address}/i"/><text>&x;</text>'
        f'<a href="{address}/a"><script href="{address}/s"/></a><style>@import "{address}/c";</style></svg>'
    ).encode()
    made = prepared(drawing, kind, tmpfs)
    assert hits == []
    text = by_pypdf(made.body)
    assert "root:x:" not in text
    if kind == "text/plain":
        assert letters(f"{address}/i") in letters(text)
    else:
        assert made.filed.file_name == "E-007_sheet.pdf"


def test_a_photograph_of_two_hundred_megapixels_is_filed_reduced_and_says_so(tmpfs: Path) -> None:
    body = BytesIO()
    Image.new("L", (20_000, 10_000), 90).save(body, "JPEG", quality=30)
    made = prepared(body.getvalue(), "image/jpeg", tmpfs)
    assert (made.filed.file_name, made.filed.note) == ("E-007_picture.pdf", "")
    [size] = {image.image.size for page in PdfReader(BytesIO(made.body)).pages for image in page.images}  # type: ignore[union-attr]
    assert max(size) <= 3_200
    assert "reduced" in by_pypdf(made.body)


def test_one_that_cannot_be_decoded_in_parts_is_a_sheet(tmpfs: Path) -> None:
    body = BytesIO()
    Image.new("1", (20_000, 10_000)).save(body, "PNG")
    made = prepared(body.getvalue(), "image/png", tmpfs)
    assert made.filed.file_name == "E-007_sheet.pdf"
    assert "the picture is too large" in by_pypdf(made.body)
