"""The whole ceremony in Chromium without script, by people who start from nothing: first run, joining, kit, recovery.

Words are read back from the page as it is printed, by pdftotext, and typed from there.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.walkthrough import desk, survivor
from portal.ops.walkthrough.browser import PHONE, WIDE, Walker
from portal.ops.walkthrough.story import Story
from tests.browser import eyes

CLOSED = "яшчэ не адкрытая"
PROOF = (4, 11, 27)


class Human(desk.Member):
    """Somebody with a browser and a phone that shows codes."""

    walker: Walker

    def start(self, secret: str) -> None:
        """Take a secret from the screen."""
        self.totp, self.used = secret, 0

    @property
    def text(self) -> str:
        """What the screen says."""
        return self.walker.text


class Ceremony:
    """An empty portal, and whoever comes to it."""

    def __init__(self, portal: Deployment, browser: Browser, folder: Path) -> None:
        self.portal, self.browser, self.folder = portal, browser, folder
        self.people: dict[str, Human] = {}
        self.papers: dict[str, list[str]] = {}

    def come(self, login: str) -> Human:
        """Somebody sits down at an own browser."""
        human = Human(login, "", "")
        human.walker = Walker(self.browser, self.portal.url, login, WIDE)
        self.people[login] = human
        return human

    def close(self) -> None:
        """Everybody leaves; no page asked a foreign host."""
        for human in self.people.values():
            human.walker.close()

    def survivors_page(self) -> str:
        """What a survivor sees on a phone."""
        walker = Walker(self.browser, self.portal.url, "survivor", PHONE)
        walker.go("/be/")
        found = walker.text
        walker.close()
        return found

    # ---- steps -----------------------------------------------------------------------------------------------------

    def first_run(self, login: str, name: str) -> None:
        """The first lead makes the organisation at the address that the command prints."""
        path = self.portal.manage("first_run").split()[-1]
        lead = self.come(login)
        lead.walker.go(path)
        look(lead.walker)
        type_lead(lead, name)
        lead.walker.press("main form button.go")
        assert "The organisation is made" in lead.text
        desk.sign_in(lead.walker, lead)

    def join(self, login: str, name: str, role: str, by: Human) -> None:
        """By invites, the newcomer makes own keys and reads six words, by types them."""
        by.walker.go("/desk/people/invite/")
        for field, typed in (("name", name), ("login", login), ("team", "North")):
            by.walker.page.fill(f"input[name={field}]", typed)
        by.walker.page.select_option("select[name=role]", role)
        by.walker.press("main form button.go")
        link = re.search(r"/desk/join/\S+", by.text)
        assert link
        self._make_keys(login, link[0])
        self._admit(login, role, by)
        desk.sign_in(self.people[login].walker, self.people[login])

    def _make_keys(self, login: str, link: str) -> None:
        newcomer = self.come(login)
        newcomer.walker.go(link)
        set_up(newcomer)
        newcomer.walker.press("main form button.go")

    def _admit(self, login: str, role: str, by: Human) -> None:
        words = " ".join(self.people[login].walker.page.locator("ol.spoken li").all_inner_texts())
        by.walker.go("/desk/people/")
        by.walker.press("main a:has-text('Hear the words')")
        by.walker.page.fill("input[name=spoken]", words)
        by.walker.page.select_option("select[name=role]", role)
        by.walker.page.fill("input[name=code]", by.code())
        by.walker.press("main form:has(input[name=spoken]) button")

    def make_kit(self, by: Human, *names: str) -> None:
        """A lead chooses custodians; two must come together."""
        by.walker.go("/desk/recovery/")
        look(by.walker)
        for name in names:
            by.walker.page.check(f"label:has-text('{name}') input[name=custodians]")
        by.walker.page.fill("input[name=code]", by.code())
        by.walker.press("main form:has(input[name=custodians]) button.go")
        assert "The kit is made" in by.text

    def print_share(self, login: str) -> None:
        """A custodian opens the own share, prints it, and types three words from the paper."""
        custodian = self.people[login]
        page = custodian.walker.page
        custodian.walker.go("/desk/")
        custodian.walker.press("text=Print your share")
        look(custodian.walker)
        page.fill("input[name=code]", custodian.code())
        custodian.walker.press("main button[value=open]")
        look(custodian.walker)
        self.papers[login] = words = self._paper(custodian)
        for place in PROOF:
            page.fill(f"input[name=word_{place}]", words[place - 1])
        custodian.walker.press("main button[value=prove]")
        assert "Your share is on paper" in custodian.text

    def _paper(self, custodian: Human) -> list[str]:
        """The words on the printed page, in the order of their numbers; nothing but the kit is on it."""
        paper = self.folder / f"{custodian.login}.pdf"
        custodian.walker.page.emulate_media(media="print")
        paper.write_bytes(custodian.walker.page.pdf(format="A4"))
        custodian.walker.page.emulate_media(media="screen")
        text = subprocess.run(["pdftotext", paper, "-"], capture_output=True, check=True, text=True).stdout
        info = subprocess.run(["pdfinfo", paper], capture_output=True, check=True, text=True).stdout
        assert re.search(r"Pages:\s+1\b", info)
        assert "Type" not in text.split("Recovery share")[0]
        assert "Lock now" not in text
        assert "Print this page" not in text
        assert self.deployment_secret("deployment") in text
        found = dict(re.findall(r"^(\d{1,2})\s+([a-z]{4,8})$", text, re.MULTILINE))
        assert sorted(map(int, found)) == list(range(1, 34))
        return [found[str(number)] for number in range(1, 34)]

    def deployment_secret(self, name: str) -> str:
        """A secret of this portal, to compare with what is printed."""
        return (self.portal.state / "secrets" / name).read_text().strip()

    def type_papers(self, human: Human, *logins: str) -> None:
        """Type the words of some papers."""
        for place, login in enumerate(logins, 1):
            human.walker.page.fill(f"textarea[name=share_{place}]", "\n".join(self.papers[login]))


def set_up(human: Human) -> None:
    """Take the six words as password and the secret into the phone; prove both."""
    page = human.walker.page
    human.password = page.inner_text("main pre.offered").strip()
    human.start(page.locator("main pre:not(.offered)").first.inner_text().replace(" ", ""))
    page.fill("input[name=password]", human.password)
    page.fill("input[name=again]", human.password)
    page.fill("input[name=code]", human.code())


def type_lead(human: Human, name: str) -> None:
    """What a new lead types, beside password and code."""
    for field, typed in (("name", name), ("login", human.login), ("team", "North")):
        human.walker.page.fill(f"input[name={field}]", typed)
    set_up(human)


def look(walker: Walker) -> None:
    """The page fits a phone and a desk, and axe finds nothing serious."""
    for size in (PHONE, WIDE):
        walker.page.set_viewport_size(size)
        assert eyes.overflow(walker.page) <= 0, (walker.path, size, eyes.too_wide(walker.page))
    assert findings(walker) == [], walker.path


def findings(walker: Walker) -> list[str]:
    """What axe finds on a copy of the page in a browser with script; the people of the ceremony have none."""
    browser = walker.page.context.browser
    assert browser is not None
    copy = browser.new_page(viewport=WIDE)
    copy.goto(walker.base + "/desk/sign-in/")
    copy.set_content(walker.page.content())
    assert copy.inner_text("h1, h2")
    found = eyes.problems(copy)
    copy.close()
    return found


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A running portal without anybody."""
    deployment = Deployment(tmp_path_factory.mktemp("empty"), settings=HURRIED | {"PORTAL_ARGON2_MEMORY_KIB": "1024"})
    deployment.prepare()
    deployment.start()
    yield deployment
    deployment.stop()
    deployment.remove()


@pytest.fixture
def ceremony(portal: Deployment, chromium: Browser, tmp_path: Path) -> Iterator[Ceremony]:
    """The empty portal and the browser of this test."""
    found = Ceremony(portal, chromium, tmp_path)
    yield found
    found.close()


def test_from_an_empty_portal_to_a_recovery(ceremony: Ceremony) -> None:
    assert CLOSED in ceremony.survivors_page()
    ceremony.first_run("dana", "Dana")
    dana = ceremony.people["dana"]
    assert "Not open for survivors yet" in dana.text
    ceremony.join("marek", "Marek", "lead", by=dana)
    marek = ceremony.people["marek"]
    ceremony.join("ben", "Ben", "caseworker", by=marek)
    ceremony.join("chloe", "Chloe", "caseworker", by=dana)
    ben = ceremony.people["ben"]
    desk_again(ben)
    assert CLOSED in ceremony.survivors_page()

    ceremony.make_kit(dana, "Marek", "Ben", "Chloe")
    for login in ("marek", "ben"):
        ceremony.print_share(login)
        assert CLOSED in ceremony.survivors_page()
    ceremony.print_share("chloe")
    assert CLOSED not in ceremony.survivors_page()
    reference = first_account(ceremony, ben)

    rehearse(ceremony, marek)
    recover(ceremony, reference)


def desk_again(human: Human) -> None:
    """Lock and unlock: a session that was just unlocked hands keys on."""
    human.walker.go("/desk/")
    human.walker.press("form[action='/desk/lock/'] button")
    human.walker.page.fill("input[name=password]", human.password)
    human.walker.page.fill("input[name=code]", human.code())
    human.walker.press("main form button.go")


def first_account(ceremony: Ceremony, caseworker: Human) -> str:
    """A survivor writes; the caseworker sees the case."""
    walker = Walker(ceremony.browser, ceremony.portal.url, "amina", PHONE)
    survivor.first_contact(walker, Story("Мяне спынілі вечарам."))
    walker.close()
    caseworker.walker.go("/desk/")
    return caseworker.walker.page.locator("main a.ref").first.inner_text().strip()


def rehearse(ceremony: Ceremony, lead: Human) -> None:
    """Two papers prove themselves, and a slip of the pen is named."""
    lead.walker.go("/desk/recovery/")
    lead.walker.press("text=Hold a rehearsal")
    look(lead.walker)
    ceremony.type_papers(lead, "ben", "chloe")
    slip = [*ceremony.papers["chloe"]]
    slip[6] = slip[6][:4] + "zz"
    lead.walker.page.fill("textarea[name=share_2]", " ".join(slip))
    lead.walker.press("main form button.go")
    assert f"Did you mean “{ceremony.papers['chloe'][6]}”?" in lead.text
    lead.walker.page.fill("textarea[name=share_2]", " ".join(ceremony.papers["chloe"]))
    lead.walker.page.fill("input[name=code]", lead.code())
    lead.walker.press("main form button.go")
    assert "Shares 1 and 2 of 3 opened the test" in lead.text


def recover(ceremony: Ceremony, reference: str) -> None:
    """Two custodians make a lead, who signs in, finds the case and is asked for a new kit."""
    nadia = ceremony.come("nadia")
    nadia.walker.go("/desk/sign-in/")
    nadia.walker.press("text=Nobody can sign in any more")
    look(nadia.walker)
    ceremony.type_papers(nadia, "marek", "ben")
    type_lead(nadia, "Nadia")
    nadia.walker.press("main form button.go")
    assert "The keys are open again" in nadia.text
    desk.sign_in(nadia.walker, nadia)
    assert "Make a new kit" in nadia.text
    nadia.walker.go(f"/desk/cases/{reference}/")
    assert reference in nadia.text
    nadia.walker.go("/desk/recovery/")
    assert "The words of the recovery kit were typed into a machine" in nadia.text
