"""The bundle with every annex: what is sealed stands in the envelope alone, and tables break as they should."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from cases.dossier import annex_inputs as annex
from cases.dossier import check
from cases.dossier.assemble import assemble
from cases.dossier.build import build
from cases.dossier.errors import PackageFailed
from cases.dossier.inputs import DossierInput
from cases.dossier.render import DOCUMENT, render_complaint
from cases.dossier.render_sealed import render_envelope
from tests.factories import annexed as made
from tests.factories.annexed import PAPER, annexed
from tests.factories.dossier import originals
from tests.factories.packages import VERIFIER, Files, files_of, verify, zipped
from tests.factories.signers import signing
from tests.integration.dossier.reading import by_poppler, by_pypdf, fonts

SHEETS = ("sealed/A2_whereabouts_D-7QK4MT-1.pdf", "sealed/A5_witnesses_D-7QK4MT-1.pdf",
          "sealed/B7_identity_D-7QK4MT-1.pdf")  # fmt: skip
PAPERS = ("sealed/B3_statement_L-001_D-7QK4MT-1.pdf", "sealed/B4_power_L-002_D-7QK4MT-1.pdf")
CERTIFICATE = "originals/B2_certificate_L-003.pdf"
REFERENCE = "D-7QK4MT-1"
OPEN, MISSING = 10, 23


def bundled(data: DossierInput, tmpfs: Path, paper: bytes = PAPER) -> bytes:
    blocks: list[bytes] = []
    assemble(
        data, lambda exhibit: [originals()[exhibit.label]], blocks.append, signing=signing(), tmpfs=tmpfs,
        papers=lambda _: [paper],
    )  # fmt: skip
    return b"".join(blocks)


@pytest.fixture(scope="module")
def whole(tmpfs: Path) -> bytes:
    kinds = ("statement", "power", "certificate")
    return bundled(annexed(papers=tuple(made.paper(*each) for each in enumerate(kinds, start=1))), tmpfs)


@pytest.fixture(scope="module")
def files(whole: bytes) -> Files:
    return files_of(whole)


def told(name: str, body: bytes) -> str:
    """Everything that a file says to whoever takes it apart: pages, metadata, bookmarks, files inside, strings."""
    if not name.endswith(".pdf") or body == PAPER:
        return body.decode("utf-8", "replace")
    reader = PdfReader(BytesIO(body))
    parts = [by_pypdf(body), by_poppler(body), repr(reader.metadata), repr(reader.outline), repr(reader.xmp_metadata)]
    parts += [inner.decode("utf-8", "replace") for inside in reader.attachments.values() for inner in inside]
    with pikepdf.open(BytesIO(body)) as pdf:
        parts += [str(value) for entry in check._dictionaries(pdf) for value in entry.values() if _is_text(value)]
        parts.append(check._xmp(pdf).decode("utf-8", "replace"))
    return "\n".join(parts)


def _is_text(value: Any) -> bool:
    return isinstance(value, (str, pikepdf.String))


def test_the_envelope_is_a_folder_of_its_own_with_its_role(files: Files) -> None:
    assert {name for name in files if name.startswith("sealed/")} == {*SHEETS, *PAPERS}
    listed = {each["name"]: each for each in json.loads(files["manifest.json"])["files"]}
    for name in (*SHEETS, *PAPERS):
        assert listed[name]["role"] == "sealed envelope, hand over apart"
        assert listed[name]["sealed"] is True
    assert "sealed" not in listed[CERTIFICATE]
    assert [each for each in listed if listed[each].get("sealed") and not each.startswith("sealed/")] == []


def test_no_open_file_tells_what_is_sealed(files: Files) -> None:
    names = " ".join(files)
    for name, body in files.items():
        if not name.startswith("sealed/"):
            text = told(name, body).casefold()
            assert not [secret for secret in made.SECRET if secret.casefold() in text], name
            assert "1990-05" not in text
    assert not any(secret in names for secret in made.SECRET)
    assert made.FAMILY in told(SHEETS[2], files[SHEETS[2]]), "the search finds what is there"
    assert made.CONTACT in told(SHEETS[1], files[SHEETS[1]])


@pytest.mark.parametrize("name", SHEETS)
def test_a_sealed_sheet_is_a_document_like_the_others(files: Files, name: str, tmp_path: Path) -> None:
    body = files[name]
    assert not check.examine(body).findings & DOCUMENT
    assert set(PdfReader(BytesIO(body)).metadata or {}) <= {"/Title", "/Producer", "/CreationDate"}
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in fonts(body))
    (tmp_path / "x.pdf").write_bytes(body)
    assert subprocess.run(["qpdf", "--check", tmp_path / "x.pdf"], capture_output=True, check=False).returncode == 0
    assert len(PdfReader(BytesIO(body)).pages) == 1


def test_papers_lie_there_as_they_were_brought(files: Files) -> None:
    assert all(files[name] == PAPER for name in (*PAPERS, CERTIFICATE))


def test_another_paper_than_the_sealed_record_says_stops_the_package(tmpfs: Path) -> None:
    with pytest.raises(PackageFailed, match="original-differs"):
        bundled(annexed(exhibits=()), tmpfs, PAPER + b"!")


def test_the_sheets_are_the_same_bytes_twice_and_others_with_other_digits(tmpfs: Path) -> None:
    one, again = ([each.body for each in render_envelope(annexed(), tmpfs=tmpfs)] for _ in range(2))
    other = [each.body for each in render_envelope(annexed(salt="1b" * 32), tmpfs=tmpfs)]
    assert one == again
    assert not set(one) & set(other), "a hash of a sheet confirms no guess at what is on it"


@pytest.mark.slow
def test_the_verifier_takes_the_package_with_and_without_the_envelope(whole: bytes, tmp_path: Path) -> None:
    assert VERIFIER.exists()
    place = tmp_path / "package.zip"
    place.write_bytes(whole)
    said = verify(place)
    assert "was removed" not in said.text
    assert said.code == OPEN, "no fingerprint and no time stamp were given"
    apart = {name: body for name, body in files_of(whole).items() if not name.startswith("sealed/")}
    place.write_bytes(zipped(apart.items()))
    said = verify(place)
    assert said.code == OPEN
    assert said.text.count("belongs to the sealed envelope") == len(SHEETS) + len(PAPERS)
    del apart[CERTIFICATE]
    place.write_bytes(zipped(apart.items()))
    assert verify(place).code == MISSING


def many() -> DossierInput:
    words = "доўгае апісанне таго, што было вядома пра гэтага чалавека, "
    persons = tuple(
        annex.AccusedPerson(
            f"P-{number:03d}", "be", name=f"Выдуманы {number}", unit=words * (1 + number % 3), bases=("badge",),
            exhibits=(f"E-{number:03d}",),
        )
        for number in range(1, 61)
    )  # fmt: skip
    witnesses = tuple(annex.Witness(f"W-{number:02d}", "be", words * 30) for number in range(1, 15))
    return annexed(persons=persons, witnesses=witnesses, witness_contacts=(), exhibits=(), account=(), facts=(),
                   elements=(), translation=())  # fmt: skip


@pytest.mark.slow
def test_long_tables_repeat_their_heads_and_cut_no_row(tmpfs: Path) -> None:
    pdf = render_complaint(build(many()), tmpfs=tmpfs).body
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    of = {code: [page for page in pages if f"\n{REFERENCE} Annex {code}\n" in page[-120:]] for code in ("A2", "A5")}
    assert len(of["A2"]) > 3
    assert len(of["A5"]) > 1
    assert all("Name and variants" in page and "Exhibits" in page for page in of["A2"])
    assert all("Can speak about" in page for page in of["A5"])
    for number in range(1, 61):
        home = [page for page in of["A2"] if f"P-{number:03d}" in page]
        assert len(home) == 1
        assert f"E-{number:03d}" in home[0]
        assert f"Выдуманы {number}”" in home[0].replace("\n", " ")


@pytest.mark.slow
@pytest.mark.parametrize("code", ["LT", "PL", "DE", "ICC"])
def test_every_variant_prints_every_annex(tmpfs: Path, code: str) -> None:
    data = replace(annexed(variant=code), exhibits=())
    text = by_pypdf(render_complaint(build(data), tmpfs=tmpfs).body)
    for words in ("Прыдумка Іван", "Небылицын", *made.ARABIC.split(), "T-7", "бальніца ў Выдуманску"):
        assert words in text, words
    sheets = [each.body for each in render_envelope(data, tmpfs=tmpfs)]
    assert len(sheets) == 3
    assert made.WITNESS in by_pypdf(sheets[1])
