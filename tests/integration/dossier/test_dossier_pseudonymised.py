"""The pseudonymised package of every variant: whatever a reader of it can look into holds nothing that identifies."""

import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from cases.dossier.assemble import assemble
from cases.dossier.inputs import DossierInput
from cases.dossier.pseudonym.fields import pseudonymised
from tests.factories.dossier import CAMERA, originals
from tests.factories.pseudonym import VALUES, WHO, leaks, rich_input
from tests.factories.signers import signing
from tests.integration.dossier.reading import piped

VARIANTS = ("DE", "ICC", "LT", "PL", "UJ-EN")
STAMPS = {
    "DE": "pseudonymisierte Fassung", "ICC": "pseudonymised copy", "LT": "pseudonimizuota kopija",
    "PL": "kopia spseudonimizowana", "UJ-EN": "pseudonymised copy",
}  # fmt: skip
VERIFIER = Path(__file__).parents[3] / "static" / "verify" / "verify_package.py"
Bundle = dict[str, bytes]


def never(exhibit):
    """The originals of a pseudonymised dossier, which nobody may ask for."""
    raise AssertionError(exhibit.label)


def packed(data: DossierInput, opened, tmpfs) -> bytes:
    blocks: list[bytes] = []
    assemble(data, opened, blocks.append, signing=signing(), tmpfs=tmpfs)
    return b"".join(blocks)


def unpacked(package: bytes) -> Bundle:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def bundles(tmpfs) -> dict[str, Bundle]:
    """The files of each variant by name."""
    return {code: unpacked(packed(pseudonymised(rich_input(code), WHO)[0], never, tmpfs)) for code in VARIANTS}


def strings_of(item, *, is_top: bool = True) -> list[str]:
    """Every string and name directly in a PDF object; what it refers to is an object of its own."""
    if isinstance(item, pikepdf.Object) and item.is_indirect and not is_top:
        return []
    if isinstance(item, pikepdf.String | pikepdf.Name):
        return [str(item)]
    if isinstance(item, pikepdf.Array):
        return [text for each in item for text in strings_of(each, is_top=False)]
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return [text for key, each in item.items() for text in (str(key), *strings_of(each, is_top=False))]
    return []


def inside(pdf: bytes) -> str:
    """Everything that is text in a PDF: pages by two programs, XMP, all strings of all objects, and attached files."""
    reader = PdfReader(BytesIO(pdf))
    texts = [page.extract_text() for page in reader.pages]
    texts += [piped(["pdftotext", "-", "-"], pdf).decode(), piped(["pdftotext", "-raw", "-", "-"], pdf).decode()]
    with pikepdf.open(BytesIO(pdf)) as opened:
        for item in opened.objects:
            texts += strings_of(item)
        metadata = opened.Root.get("/Metadata")
        texts += [metadata.read_bytes().decode()] if metadata is not None else []
        for name, spec in opened.attachments.items():
            texts += [name, spec.description, spec.get_file().read_bytes().decode()]
    return "\n".join(texts)


def searched(bundle: Bundle) -> dict[str, dict[str, list[str]]]:
    """By file what was found in it, its name too."""
    found = {}
    for name, body in bundle.items():
        text = inside(body) if body.startswith(b"%PDF") else body.decode("utf-8", "replace")
        if name.endswith(".json"):
            text += json.dumps(json.loads(body), ensure_ascii=False)
        there = leaks(f"{name}\n{text}")
        if there:
            found[name] = there
    return found


def images(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return sum(
            isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image for item in opened.objects
        )


@pytest.mark.slow
@pytest.mark.parametrize("code", VARIANTS)
def test_nothing_that_identifies_is_in_any_file(bundles, code):
    assert searched(bundles[code]) == {}


@pytest.mark.slow
def test_the_search_finds_all_of_it_in_the_full_package(tmpfs):
    """The search itself can fail: the same case in full has every kind of value."""
    blank = {"account": rich_input().account, "papers": (), "certificates": (), "identity": None}
    full = unpacked(packed(rich_input(**blank), lambda each: [originals()[each.label]], tmpfs))
    found = searched(full)
    main = found["01_complaint_D-7QK4MT-1.pdf"]
    assert set(VALUES) - set(main) <= {"contacts"}  # a link breaks over lines
    assert set(found["originals/B1_first_account.json"]) == set(VALUES)


@pytest.mark.slow
@pytest.mark.parametrize("code", VARIANTS)
def test_no_original_and_no_picture_of_an_exhibit_is_in_it(bundles, code):
    bundle = bundles[code]
    assert not [name for name in bundle if name.startswith("originals") or "B1" in name]
    for name, body in bundle.items():
        assert CAMERA.encode() not in body
        if body.startswith(b"%PDF"):
            assert images(body) == 0, name
        else:
            with pytest.raises(OSError, match="cannot identify"):
                Image.open(BytesIO(body))
    assert {name for name in bundle if name.startswith("E-")} == {"E-001_sheet.pdf", "E-002_sheet.pdf"}


@pytest.mark.slow
@pytest.mark.parametrize("code", VARIANTS)
def test_every_document_says_what_it_is(bundles, code):
    """On the cover, in the head of each page, on the stamp of a sheet, in the letter, and in the name of the file."""
    bundle, stamp = bundles[code], STAMPS[code]
    for name, body in bundle.items():
        if body.startswith(b"%PDF"):
            pages = [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(body)).pages]
            assert stamp in pages[0], name
            if name.startswith("01"):
                assert all(stamp in page for page in pages[1:])
        if name.startswith(("00", "01", "02", "volumes")):
            assert name.endswith("_pseudonymised.pdf")


@pytest.mark.slow
def test_the_manifest_says_which_rendering_it_is_and_gives_no_hash_of_an_original(bundles):
    manifest = json.loads(bundles["LT"]["manifest.json"])
    assert manifest["rendering"] == "pseudonymised"
    listed = {entry["name"]: entry for entry in manifest["files"]}
    assert "derived_from" not in listed["E-001_sheet.pdf"]
    whole = b"".join(body for body in bundles["LT"].values())
    for exhibit in rich_input().exhibits:
        assert exhibit.sha256.encode() not in whole


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ru", "pl", "lt", "de"])
def test_the_verifier_accepts_it_and_says_what_it_is(bundles, tmp_path, language):
    for name, body in bundles["DE"].items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)
    command = [sys.executable, str(VERIFIER), str(tmp_path), "--language", language]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 10, done.stdout  # nobody gave a fingerprint
    assert "[NO]" not in done.stdout
    assert re.search("(?i)pseudon|псевдоним", done.stdout)


@pytest.mark.slow
def test_the_same_data_give_the_same_bytes_before_signing(tmpfs):
    data, _ = pseudonymised(rich_input("PL"), WHO)
    one, other = (unpacked(packed(data, never, tmpfs))["E-001_sheet.pdf"] for _ in range(2))
    assert one == other


@pytest.mark.slow
def test_no_time_is_finer_than_the_day(bundles):
    for body in bundles["UJ-EN"].values():
        if body.startswith(b"%PDF"):
            info = PdfReader(BytesIO(body)).metadata or {}
            days = [str(value) for key, value in info.items() if "Date" in key]
            assert all(re.fullmatch(r"D:\d{8}(000000Z?)?", day) for day in days), days


@pytest.mark.slow
def test_a_dossier_without_anything_to_replace_is_made_too(tmpfs):
    data, counts = pseudonymised(replace(rich_input(), account=(), facts=(), exhibits=()), WHO)
    assert unpacked(packed(data, never, tmpfs))
    assert "document" not in counts
