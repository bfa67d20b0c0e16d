"""The whole road in real Chromium, and every page on the way looked at."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from portal.ops.walkthrough import desk
from portal.ops.walkthrough.road import Road
from portal.ops.walkthrough.story import invented
from tests.browser import tour
from tests.browser.looking import Looker, View
from tests.servers import Site

PHONE, WIDE = View(360, 740), View(1280, 900)
NIGHT = View(1280, 900, "dark")


@pytest.fixture(scope="module", autouse=True)
def road(site: Site, chromium: Browser, members: dict, tmp_path_factory: pytest.TempPathFactory) -> Road:
    """A road that was walked up to a request that waits for a lead; first of all, while the queue holds one case."""
    made = Road(site.url, chromium, members, invented(), tmp_path_factory.mktemp("road"))
    made.first_half()
    return made


@pytest.fixture(scope="module")
def package(road: Road) -> zipfile.ZipFile:
    """What the lawyer has downloaded at the end of the road."""
    road.release()
    return zipfile.ZipFile(io.BytesIO(road.deliver().read_bytes()))


@pytest.mark.parametrize(("language", "view"), [("be", PHONE), ("ru", NIGHT)], ids=["be", "ru"])  # en: make prove
def test_every_page_of_a_survivor_is_accessible_neutral_and_fits(
    chromium: Browser, site: Site, language: str, view: View, tmp_path: Path
) -> None:
    looker = Looker(chromium, site, view)
    sections = tour.SECTIONS if language == "be" else ("story", "health")  # make prove looks at every page of each
    tour.survivor(looker.walker, language, tmp_path, looker, each_question=False, sections=sections)
    assert looker.found == []
    assert len(looker.seen) > (50 if language == "be" else 35)


@pytest.mark.parametrize("view", [PHONE, WIDE], ids=["360", "1280"])
def test_every_page_of_the_desk_is_accessible_and_fits(
    chromium: Browser, site: Site, road: Road, members: dict, view: View
) -> None:
    looker = Looker(chromium, site, view)
    tour.doors(looker.walker, members["chloe" if view is PHONE else "marek"], looker)
    case = Looker(chromium, site, view)
    desk.sign_in(case.walker, members["ben"])
    tour.staff(case.walker, road.reference, case)
    second = Looker(chromium, site, view)
    desk.sign_in(second.walker, members["dana"])
    tour.lead(second.walker, second)
    assert looker.found + case.found + second.found == []


def test_the_package_holds_the_account_and_only_embedded_fonts(package: zipfile.ZipFile, tmp_path: Path) -> None:
    package.extractall(tmp_path)
    complaint = next(tmp_path.glob("01_complaint_*.pdf"))
    text = plain(
        flowing(subprocess.run(["pdftotext", complaint, "-"], capture_output=True, text=True, check=True).stdout)
    )
    for sentence in re.split(r"(?<=[.!?])\s+", plain(f"{invented().account} {invented().second}")):
        assert sentence in text
    for pdf in tmp_path.rglob("*.pdf"):
        if pdf.parent == tmp_path:
            subprocess.run(["qpdf", "--check", pdf], check=True, capture_output=True)
            fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout
            assert all(line.split()[-5] == "yes" for line in fonts.splitlines()[2:]), pdf.name


def test_the_original_keeps_its_position_and_the_filed_copy_has_none(package: zipfile.ZipFile) -> None:
    assert sorted(name.rpartition(".")[2] for name in package.namelist() if "/E-" in name) == ["jpg", "pdf", "png"]
    originals = [name for name in package.namelist() if name.endswith(".jpg")]
    assert len(originals) == 1
    assert Image.open(io.BytesIO(package.read(originals[0]))).getexif().get_ifd(0x8825)
    copies = [package.read(name) for name in package.namelist() if name.startswith("E-") and "picture" in name]
    assert len(copies) == 2
    assert all(mark not in copies[0] for mark in (b"Exif", b"GPS", b"Invented Phone", b"invented photograph"))


def test_the_lawyer_sees_one_dossier_and_no_case(
    chromium: Browser, site: Site, package: zipfile.ZipFile, road: Road, members: dict
) -> None:
    looker = Looker(chromium, site, WIDE)
    desk.sign_in(looker.walker, members["lena"])
    tour.lawyer(looker.walker, looker)
    assert looker.found == []
    for path in ("/desk/", f"/desk/cases/{road.reference}/", "/desk/approvals/"):
        assert looker.walker.page.goto(site.url + path).status in (403, 404)


def flowing(text: str) -> str:
    """The text of a PDF without the lines of more than one page, so that a sentence goes on over the end of a page."""
    pages = [[re.sub(r"^\d+ / \d+$", "", line.strip()) for line in page.splitlines()] for page in text.split("\f")]
    on = Counter(line for page in pages for line in set(page))
    return "\n".join(line for page in pages for line in page if on[line] == 1)


def plain(text: str) -> str:
    """White space and soft hyphens normalised."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()
