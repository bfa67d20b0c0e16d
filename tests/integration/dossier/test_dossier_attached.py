"""The exhibits as data inside the main document: what they say, what they never say, and nothing else gets in."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from pypdf import PdfReader

from cases.dossier.build import build
from cases.dossier.check import examine
from cases.dossier.context import FiledExhibit
from cases.dossier.errors import RenderFailed
from cases.dossier.inputs import Complainant, Lawyer
from cases.dossier.render import DOCUMENT, Rendered, render_complaint, require
from cases.dossier.sign import sign_document
from tests.factories.dossier import account, exhibit, make_input
from tests.factories.signers import signing
from tests.integration.dossier.reading import by_pypdf

INDEX, MANIFEST = NAMES = ["exhibit-index.csv", "exhibit-manifest.json"]
DAY = "2026-11-22"


def inside(pdf: bytes) -> dict[str, bytes]:
    """The files in a PDF, as another library reads them."""
    return {name: bodies[0] for name, bodies in PdfReader(BytesIO(pdf)).attachments.items()}


@pytest.mark.shown
def test_both_name_each_original_and_each_copy_with_its_hash(bundle: dict[str, bytes], complaint: bytes) -> None:
    found = inside(complaint)
    assert sorted(found) == NAMES
    listed = json.loads(found[MANIFEST])
    assert (listed["format"], listed["reference"]) == ("dossier-exhibits/1", "D-7QK4MT-1")
    assert listed["data_sha256"] == json.loads(bundle["manifest.json"])["data_sha256"]
    assert [row["exhibit"] for row in listed["exhibits"]] == ["E-001", "E-002"]
    for row in listed["exhibits"]:
        for name, digest in (("original", "original_sha256"), ("filed", "filed_sha256")):
            assert hashlib.sha256(bundle[row[name]]).hexdigest() == row[digest]
        assert row["bytes"] == len(bundle[row["original"]])
        bound = PdfReader(BytesIO(bundle[f"volumes/V-{row['volume']:02d}_D-7QK4MT-1.pdf"])).pages[row["page"] - 1]
        assert row["exhibit"] in bound.extract_text()
    table = list(csv.DictReader(StringIO(found[INDEX].decode("ascii"))))
    assert table == [{key: str(value) for key, value in row.items()} for row in listed["exhibits"]]


@pytest.mark.shown
def test_they_are_data_of_this_document_and_of_its_day(complaint: bytes) -> None:
    with pikepdf.open(BytesIO(complaint)) as pdf:
        listed = pdf.Root.Names.EmbeddedFiles.Names
        assert [str(name) for name in listed[::2]] == sorted(NAMES)  # a name tree that readers search must be in order
        for each in listed[1::2]:
            assert each.AFRelationship == Name.Data
            assert each.objgen in {one.objgen for one in pdf.Root.AF}
            params = each.EF.F.Params
            assert {str(params.CreationDate), str(params.ModDate)} == {"D:20261122000000Z"}


@pytest.mark.shown
def test_only_the_main_document_has_files_in_it(bundle: dict[str, bytes]) -> None:
    holders = [name for name, body in bundle.items() if name.endswith(".pdf") and inside(body)]
    assert [name for name in holders if not name.startswith("originals/")] == ["01_complaint_D-7QK4MT-1.pdf"]


def test_no_word_of_a_person_is_in_them() -> None:
    mark = "Znichka"
    data = make_input(
        exhibits=(exhibit(1, f"{mark}.jpg", "image/jpeg", b"x"), exhibit(2, f"=HYPERLINK({mark})", "text/plain", b"y")),
        complainant=Complainant(mark, "full"),
        lawyer=Lawyer(mark, mark),
        case_reference=mark,
    )
    filed = tuple(FiledExhibit(f"E-00{n}", f"E-00{n}_sheet.pdf", "0" * 64, 1, mark) for n in (1, 2))
    made = build(data, filed).attached
    assert [each.name for each in made] == NAMES
    assert not any(mark in each.text + each.about for each in made)
    assert '"filed_as": "sheet"' in made[1].text


def test_sixty_exhibits_are_listed_in_print_and_as_data(tmpfs: Path) -> None:
    """The whole way of 400 files is a proof of its own, tests/proofs/many_exhibits.py."""
    labels = [f"E-{number:03d}" for number in range(1, 61)]
    given = tuple(exhibit(number, f"{number}.jpg", "image/jpeg", str(number).encode()) for number in range(1, 61))
    filed = tuple(
        FiledExhibit(label, f"{label}_picture.pdf", f"{number:064x}", 2) for number, label in enumerate(labels)
    )
    document = build(make_input(exhibits=given, account=account("Коратка."), facts=(), elements=()), filed)
    made = render_complaint(document, tmpfs=tmpfs)
    table = list(csv.DictReader(StringIO(inside(made.body)[INDEX].decode())))
    assert [row["exhibit"] for row in table] == labels
    assert [row["original_sha256"] for row in table] == [each.sha256 for each in given]
    assert [int(row["volume"]) for row in table] == [1] * 49 + [2] * 11
    printed = by_pypdf(made.body)
    assert [label for label in labels if label not in printed] == []
    assert f"volume {table[-1]['volume']}, page {table[-1]['page']}" in printed


def test_without_an_exhibit_there_is_nothing() -> None:
    assert build(make_input(exhibits=())).attached == ()


def changed(pdf: bytes, change: Callable[[Pdf], object]) -> bytes:
    body = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(body)
    return body.getvalue()


def first(pdf: Pdf) -> pikepdf.Object:
    found: pikepdf.Object = pdf.Root.Names.EmbeddedFiles.Names[1]
    return found


def another(pdf: Pdf) -> None:
    pdf.attachments["more.csv"] = b"more"


def on_a_page(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"more", Type=Name.EmbeddedFile)
    there = Dictionary(UF=String("more.csv"), EF=Dictionary(F=stream))
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=there)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def of_another_kind(pdf: Pdf) -> None:
    first(pdf).AFRelationship = Name.Source


def beside(pdf: Pdf) -> None:
    pdf.Root.AF = Array([first(pdf)])


CHANGES = {each.__name__: each for each in (another, on_a_page, of_another_kind, beside)}


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_a_file_that_nobody_asked_for_is_found(complaint: bytes, what: str) -> None:
    assert "attachment" not in examine(complaint).findings
    assert "attachment" in examine(changed(complaint, CHANGES[what])).findings


def test_another_content_under_the_same_name_is_found(complaint: bytes) -> None:
    def rewrite(pdf: Pdf) -> None:
        first(pdf).EF.F.write(b"exhibit\r\nE-001\r\n")

    is_so, was = examine(changed(complaint, rewrite)), examine(complaint)
    assert "attachment" not in is_so.findings
    require({"findings": [], "files": was.files}, DOCUMENT, was.files)
    for files, expected in ((is_so.files, was.files), (was.files, {}), ({}, was.files)):
        with pytest.raises(RenderFailed, match="check-attachment"):
            require({"findings": [], "files": files}, DOCUMENT, expected)


def test_no_document_is_signed_with_files_that_it_was_not_made_with(bundle: dict[str, bytes], tmpfs: Path) -> None:
    signed = bundle["01_complaint_D-7QK4MT-1.pdf"]
    plain = signed[: signed.index(b"%%EOF") + 6]
    files = examine(plain).files
    with pytest.raises(RenderFailed, match="check-attachment"):
        sign_document(Rendered(plain, 1), signing(), day=DAY, tmpfs=tmpfs)
    assert examine(sign_document(Rendered(plain, 1, files), signing(), day=DAY, tmpfs=tmpfs).body).files == files
