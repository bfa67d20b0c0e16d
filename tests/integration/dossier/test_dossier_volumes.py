"""Volumes: the same pages as the copies, behind a sheet, with a bookmark for each exhibit and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from cases.dossier.binding import plan
from cases.dossier.check import examine
from cases.dossier.context import FiledExhibit
from cases.dossier.errors import RenderFailed
from cases.dossier.render import COPY
from cases.dossier.volumes import bind
from tests.factories.dossier import make_input
from tests.integration.dossier.reading import by_pypdf

NAME = "volumes/V-01_D-7QK4MT-1.pdf"
Bodies = dict[str, Callable[[], Iterable[bytes]]]


def long(pages: int) -> bytes:
    """So many empty pages."""
    body, pdf = BytesIO(), pikepdf.Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    pdf.save(body)
    return body.getvalue()


@pytest.mark.shown
def test_the_volume_holds_what_the_copies_hold(bundle: dict[str, bytes]) -> None:
    volume = PdfReader(BytesIO(bundle[NAME]))
    copies = [PdfReader(BytesIO(body)) for name, body in sorted(bundle.items()) if name.startswith("E-")]
    pages = [page.extract_text() for copy in copies for page in copy.pages]
    assert [page.extract_text() for page in volume.pages][1:] == pages
    marks = [(each.title, volume.get_destination_page_number(each)) for each in volume.outline]  # type: ignore
    assert marks == [("Exhibits, volume 1 of 1", 0), ("E-001", 1), ("E-002", 3)]


@pytest.mark.shown
def test_its_sheet_and_the_index_say_where_each_exhibit_begins(bundle: dict[str, bytes], complaint: bytes) -> None:
    sheet = " ".join(PdfReader(BytesIO(bundle[NAME])).pages[0].extract_text().split())
    assert "Exhibits, volume 1 of 1" in sheet
    assert "E-002 3 pages with slip from page 4" in sheet
    assert "volume 1, page 4" in " ".join(by_pypdf(complaint).split())


@pytest.mark.shown
def test_it_passes_the_check_of_copies_and_stands_in_the_manifest(bundle: dict[str, bytes]) -> None:
    assert not COPY.intersection(examine(bundle[NAME]).findings)
    files = {each["name"]: each["role"] for each in json.loads(bundle["manifest.json"])["files"]}
    assert files[NAME] == "exhibits volume 1 of 1, E-001 to E-002"


def test_an_exhibit_that_is_cut_goes_on_in_the_next_volume(tmpfs: Path) -> None:
    filed = [FiledExhibit("E-001", "a", "0" * 64, 120), FiledExhibit("E-002", "b", "0" * 64, 2)]
    bodies: Bodies = {"E-001": lambda: [long(120)], "E-002": lambda: [long(2)]}
    volumes = plan(filed)
    made = [b"".join(bind(make_input(), each, len(volumes), bodies, tmpfs=tmpfs)) for each in volumes]
    assert [len(PdfReader(BytesIO(each)).pages) for each in made] == [100, 24]
    assert "pages 100 to 120 of 120" in " ".join(by_pypdf(made[1]).split())


@pytest.mark.parametrize("code", ["LT", "PL", "DE", "ICC", "UJ-EN"])
def test_a_sheet_of_more_than_one_page_is_as_long_as_the_index_takes_it(tmpfs: Path, code: str) -> None:
    """Each exhibit begins where the index says, however many there are: 97 of one page, the most that fit."""
    filed = [FiledExhibit(f"E-{number:03d}", "a", "0" * 64, 1) for number in range(1, 98)]
    bodies: Bodies = {each.label: lambda: [long(1)] for each in filed}
    [volume] = plan(filed)
    made = PdfReader(BytesIO(b"".join(bind(make_input(variant=code), volume, 1, bodies, tmpfs=tmpfs))))
    assert len(made.pages) == 100
    starts = {mark.title: made.get_destination_page_number(mark) + 1 for mark in made.outline[1:]}  # type: ignore
    assert starts == {piece.label: piece.at for piece in volume.pieces}
    listed = " ".join(" ".join(page.extract_text() for page in made.pages[:3]).split())
    assert [each.label for each in filed if each.label not in listed] == []


def test_a_sheet_that_is_longer_than_planned_stops_the_package(tmpfs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.dossier.volumes.LINES", 97)
    filed = [FiledExhibit(f"E-{number:03d}", "a", "0" * 64, 1) for number in range(1, 98)]
    bodies: Bodies = {each.label: lambda: [long(1)] for each in filed}
    with pytest.raises(RenderFailed, match="check-sheet"):
        b"".join(bind(make_input(), plan(filed)[0], 1, bodies, tmpfs=tmpfs))


def test_a_volume_is_the_same_in_two_runs(tmpfs: Path) -> None:
    filed = [FiledExhibit(label, label, "0" * 64, 3) for label in ("E-001", "E-002")]
    bodies: Bodies = {label: lambda: [long(3)] for label in ("E-001", "E-002")}
    first, second = (b"".join(bind(make_input(), plan(filed)[0], 1, bodies, tmpfs=tmpfs)) for _ in range(2))
    assert first == second


def test_a_copy_that_is_not_one_stops_the_package(tmpfs: Path) -> None:
    filed = [FiledExhibit(label, label, "0" * 64, 3) for label in ("E-001", "E-002")]
    bodies: Bodies = {label: lambda: [b"no PDF"] for label in ("E-001", "E-002")}
    with pytest.raises(RenderFailed):
        b"".join(bind(make_input(), plan(filed)[0], 1, bodies, tmpfs=tmpfs))


@pytest.mark.parametrize("code", ["LT", "PL", "DE", "ICC"])
def test_each_language_of_filing_has_its_sheet(tmpfs: Path, code: str) -> None:
    filed = [FiledExhibit(label, label, "0" * 64, 3) for label in ("E-001", "E-002")]
    bodies: Bodies = {label: lambda: [long(3)] for label in ("E-001", "E-002")}
    made = b"".join(bind(make_input(variant=code), plan(filed)[0], 1, bodies, tmpfs=tmpfs))
    words = {"LT": "tomas 1 iš 1", "PL": "tom 1 z 1", "DE": "Band 1 von 1", "ICC": "volume 1 of 1"}
    assert words[code] in " ".join(by_pypdf(made).split())
