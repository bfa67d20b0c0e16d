"""Every page of the desk in Chromium: axe, both widths, both colour schemes, no script, no style in a page.

The case comes from the survivor's pages and goes all the way to the lawyer, without script, on the portal of `site`.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page

from portal.ops.walkthrough import desk
from portal.ops.walkthrough.browser import WIDE, Walker
from portal.ops.walkthrough.road import Road
from portal.ops.walkthrough.story import invented
from tests.servers import Site

VIEWS = [(360, 740, "light"), (1280, 900, "dark")]
LONG = "Словы, якія нельга згубіць. " * 7142 + "Тут стаіць апошняе."  # a note of almost 200 000 letters
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def road(site: Site, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Road:
    """A case with an account, letters, facts and a dossier that waits for a lead."""
    people = site.founded["people"]
    members = {one["login"]: desk.Member(one["login"], one["password"], one["totp"]) for one in people}
    walk = Road(site.url, chromium, members, invented(), tmp_path_factory.mktemp("desk"))
    walk.first_half()
    return walk


@pytest.fixture(scope="module")
def cookies_of(road: Road, chromium: Browser) -> Callable[[str], Any]:
    """A function that signs a member in, once, and returns the cookies."""

    @cache
    def sign_in(login: str) -> Any:
        walker = Walker(chromium, road.base, login, WIDE)
        desk.sign_in(walker, road.members[login])
        found = walker.page.context.storage_state()
        walker.close()
        return found

    return sign_in


@pytest.fixture
def tab(road: Road, chromium: Browser, cookies_of: Callable[[str], Any]) -> Iterator[Callable[[str], Page]]:
    """A function that opens a tab for a member, or for nobody. Whatever the policy refuses is a failure."""
    contexts, refused = [], []

    def open_tab(login: str = "") -> Page:
        state = cookies_of(login) if login else None
        context = chromium.new_context(base_url=road.base, storage_state=state)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert not refused


def look(page: Page) -> None:
    """No serious axe finding and no sideways scrolling, on a phone and on a desk, by day and by night."""
    page.wait_for_load_state()
    for width, height, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, (page.url, width)
        found = Axe().run(page).response["violations"]
        assert not [rule["id"] for rule in found if rule["impact"] in SERIOUS], (page.url, width, found)
    assert re.search(r" - Workspace$", page.title())


def visit(page: Page, *paths: str) -> None:
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, (path, answer.status)
        look(page)


def test_pages_before_signing_in(tab: Callable[[str], Page]) -> None:
    page = tab("")
    visit(page, "/desk/sign-in/")
    page.click("main button")
    look(page)
    assert "There is a problem" in page.inner_text("main")


def test_pages_of_a_caseworker(tab: Callable[[str], Page], road: Road) -> None:
    page, case = tab("ben"), f"/desk/cases/{road.reference}/"
    visit(
        page,
        "/desk/",
        "/desk/?view=mine",
        "/desk/approvals/",
        "/desk/states/",
        "/desk/states/compare/?s=LT&s=PL&s=DE",
        "/desk/states/map/",
        "/desk/states/what-if/",
        "/desk/states/LT/",
        "/desk/states/law/changes/?first=2020-08-14&then=2026-11-22&state=LT",
        "/desk/states/law/checks/",
        "/desk/states/law/values/LT/",
        "/desk/states/law/proposals/",
        "/desk/moved/",
        "/desk/tasks/",
        case,
        case + "letters/?template=first",
        case + "notes/",
        case + "tasks/",
        case + "flags/",
        case + "care/",
        case + "consents/",
    )
    visit(page, case + "account/")
    page.check("input[name=purpose][value=assessment]")
    page.click("main form button.go")
    look(page)
    while page.query_selector("main button[name=place]"):
        page.click("main button[name=place] >> nth=0")
    look(page)
    assert invented().account.split("\n")[0] in page.inner_text("main")
    visit(
        page,
        case + "facts/",
        case + "sentences/uj-en/",
        case + "routes/",
        case + "what-if/",
        case + "dossiers/1/",
        case + "trail/",
    )
    visit(page, "/desk/search/")
    page.fill("input[name=words]", road.reference)
    page.check("input[name=place][value=all]")
    page.check("input[name=purpose][value=assessment]")
    page.keyboard.press("Enter")
    look(page)
    assert road.reference in page.inner_text("main h2 a")
    page.goto(case + "routes/")
    page.click("main a[href*='/dossier/'] >> nth=0")
    with page.expect_navigation():
        page.click("main form button.go")
    look(page)


def test_pages_of_the_own_account(tab: Callable[[str], Page]) -> None:
    account = "/desk/account/"
    own = [account + part for part in ("", "password/", "mail/", "authenticator/", "recovery-codes/", "passkeys/add/")]
    for login in ("ben", "lena"):
        visit(tab(login), *own, "/desk/passkey/")
    page = tab("ben")
    page.goto(account + "password/")
    page.click("main button.go")
    look(page)
    assert "There is a problem" in page.inner_text("main")


def test_pages_of_a_lead(tab: Callable[[str], Page], road: Road) -> None:
    page = tab("dana")
    visit(page, "/desk/approvals/", f"/desk/cases/{road.reference}/", "/desk/trail/")
    page.click("main a[href$='/trail/'] >> nth=0")
    look(page)
    page.goto("/desk/approvals/")
    page.click("main a[href*='/desk/approvals/']")
    look(page)
    visit(page, *(f"/desk/recovery/{each}" for each in ("", "rehearsal/", "share/", "use/")))


def give(page: Page, lead: Page, case: str) -> None:
    """A lead gives the case to the member of a page, who accepts it."""
    visit(page, case)
    assert "ask a lead to give it to you" in page.inner_text("main")
    lead.goto(case)
    chloe = lead.locator("select[name=person] option", has_text="Chloe").get_attribute("value")
    lead.select_option("select[name=person]", chloe)
    lead.click("main button:text-is('Give')")
    look(lead)
    visit(page, "/desk/?view=mine", case)
    page.click("main button:text-is('Accept')")
    look(page)
    assert "You have accepted this case" in page.inner_text("main")


def test_a_lead_works_in_the_queue_with_the_keyboard_alone(tab: Callable[[str], Page], road: Road) -> None:
    page = tab("dana")
    visit(page, "/desk/?view=urgent", "/desk/")
    with page.expect_response("**/desk/urgent/") as asked:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert set(asked.value.json()) == {"words", "link", "address"}
    page.keyboard.press("/")
    page.keyboard.type(road.reference)
    page.keyboard.press("Enter")
    page.wait_for_url("**reference=**")
    for key in ("j", "x", "Tab"):
        page.keyboard.press(key)
    assert page.is_checked(f"input[name=case][value^='{road.reference}']")
    while page.evaluate("document.activeElement.name") != "all":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/give/")
    look(page)
    page.go_back()
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(f"**/cases/{road.reference}/")


def test_a_case_is_given_and_accepted_and_the_lock_keeps_what_was_written(
    tab: Callable[[str], Page], road: Road
) -> None:
    page, other, lead = tab("chloe"), tab("chloe"), tab("dana")
    case = f"/desk/cases/{road.reference}/"
    give(page, lead, case)
    back = page.locator("a:text-is('Give it back')").get_attribute("href") or ""
    visit(lead, back)
    visit(page, back)
    page.goto(case + "notes/")
    page.fill("textarea[name=text]", LONG)
    other.goto("/desk/")
    other.click("text=Lock now")
    look(other)
    page.click("main form button.go")
    page.fill("input[name=password]", road.members["chloe"].password)
    page.fill("input[name=code]", road.members["chloe"].code())
    page.click("main button")
    look(page)
    assert LONG[-30:] in page.inner_text("main")
    page.click("text=Send it now")
    assert "The note is sealed with the case." in page.inner_text("main")
    page.click("text=Read the whole note, or change it")
    assert page.input_value("textarea[name=text]") == LONG


def test_enter_instead_of_a_button_decides_nothing(tab: Callable[[str], Page], road: Road) -> None:
    page = tab("marek")
    page.goto("/desk/approvals/")
    page.click("main a[href*='/desk/approvals/']")
    page.fill("textarea[name=reason]", "I only look.")
    page.fill("input[name=code]", road.members["marek"].code())
    page.press("input[name=code]", "Enter")
    assert "chooses nothing" in page.inner_text("main")


@pytest.fixture(scope="module")
def package(road: Road) -> zipfile.ZipFile:
    """What the lawyer has downloaded at the end of the road."""
    road.release()
    return zipfile.ZipFile(io.BytesIO(road.deliver().read_bytes()))


def test_from_the_decision_to_the_lawyer(tab: Callable[[str], Page], road: Road, package: zipfile.ZipFile) -> None:
    assert package.testzip() is None
    page = tab("lena")
    visit(page, "/desk/dossiers/")
    page.click("main a[href^='/desk/dossiers/']")
    look(page)
    page.click("text=Something is wrong")
    look(page)
    visit(tab("ben"), f"/desk/cases/{road.reference}/dossiers/1/")
    for path in ("/desk/", f"/desk/cases/{road.reference}/", "/desk/approvals/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status in (403, 404)


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


def flowing(text: str) -> str:
    """The text of a PDF without the lines of more than one page, so that a sentence goes on over the end of a page."""
    pages = [[re.sub(r"^\d+ / \d+$", "", line.strip()) for line in page.splitlines()] for page in text.split("\f")]
    on = Counter(line for page in pages for line in set(page))
    return "\n".join(line for page in pages for line in page if on[line] == 1)


def plain(text: str) -> str:
    """White space and soft hyphens normalised."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()
