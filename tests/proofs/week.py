"""A week of a team in Chromium without script: forty accounts arrive, one goes all the way to a brief.

Three caseworkers, two leads, two lawyers. On the way: a refused approval, a lawyer who declines and another who takes
the mandate, a person who takes everything back, a safety hold that two people lift. PICTURES=folder keeps a picture of
every page, to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.walkthrough import desk, exhibits, survivor
from portal.ops.walkthrough.browser import PHONE, WIDE, Walker
from portal.ops.walkthrough.desk import Member
from portal.ops.walkthrough.story import Story, invented
from tests.browser.looking import chromium, play
from tests.servers import last_object

__all__ = ["chromium", "play"]  # fixtures

PEOPLE = (
    "lead:dana:Dana:North", "lead:marek:Marek:North", "caseworker:ben:Ben:North", "caseworker:chloe:Chloe:North",
    "caseworker:yana:Yana:North", "lawyer:lena:Lena", "lawyer:tomas:Tomas",
)  # fmt: skip
ARRIVING = 40
WHOLE = 3  # of them tell the whole account
STORY = replace(invented(), second="")
DANGER, CALM, URGENT = "removal", "none", "family_risk"
GO = "main form button.go"


class Team:
    """Everybody's browser, each signed in once."""

    def __init__(self, browser: Browser, portal: Deployment, members: dict[str, Member], shots: Path | None) -> None:
        self.browser, self.base, self.members, self.shots = browser, portal.url, members, shots
        self.walkers: dict[str, Walker] = {}

    def of(self, login: str) -> Walker:
        """The browser of a member."""
        if login not in self.walkers:
            self.walkers[login] = self.walker(login)
            desk.sign_in(self.walkers[login], self.members[login])
        return self.walkers[login]

    def walker(self, name: str, *, is_phone: bool = False) -> Walker:
        """A browser of its own."""
        return Walker(self.browser, self.base, name, PHONE if is_phone else WIDE, self.shots)

    def decide(self, lead: str, reference: str, kind: str, *, is_agreed: bool = True) -> None:
        """A lead reads what is asked about a case, and decides with a fresh code."""
        walker = self.of(lead)
        walker.go("/desk/approvals/")
        walker.press(f"main a[href*='/desk/approvals/asked/']:has-text('{kind}'):has-text('{reference}')")
        walker.page.fill("textarea[name=reason]", "I have read it.")
        walker.page.fill("input[name=code]", self.members[lead].code())
        walker.press(f"main button[name=decision][value={'agree' if is_agreed else 'refuse'}]")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A portal with an organisation of seven people."""
    deployment = Deployment(tmp_path_factory.mktemp("week"), settings={**HURRIED, "PORTAL_ARGON2_MEMORY_KIB": "1024"})
    deployment.prepare()
    yield deployment
    deployment.stop()
    deployment.remove()


@pytest.fixture(scope="module")
def team(portal: Deployment, play: Playwright, chromium: Browser) -> Team:
    """The people, with their credentials."""
    people = last_object(portal.manage("found_organisation", "--json", *PEOPLE))["people"]
    portal.manage("worker_key")
    portal.start()
    members = {one["login"]: Member(one["login"], one["password"], one["totp"]) for one in people}
    shots = Path(os.environ["PICTURES"]) if os.environ.get("PICTURES") else None
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
    return Team(chromium, portal, members, shots)


def arrive(team: Team, number: int, urgent: str, story: Story | None = None) -> str:
    """One person sends the five answers, and the whole account when there is a story; returns the number."""
    walker = team.walker(f"survivor-{number}", is_phone=True)
    code = survivor.first_contact(walker, story or STORY, urgent=urgent, goes_on=story is not None)
    if story is not None:
        survivor.tell(walker, story)
        survivor.send(walker)
    walker.close()
    return code


def reference_of(team: Team, login: str) -> str:
    """Take the most urgent case that nobody works on."""
    return desk.take(team.of(login))


def test_a_week(team: Team, tmp_path: Path) -> None:
    held = arrive(team, 0, DANGER)
    told = [arrive(team, number, URGENT, STORY) for number in range(1, 1 + WHOLE)]
    for number in range(1 + WHOLE, ARRIVING):
        arrive(team, number, CALM)
    dana = team.of("dana")
    dana.go("/desk/")
    assert str(ARRIVING) in dana.page.inner_text("nav a[href='/desk/'] >> nth=0")
    _lift_hold(team, held)
    _records(team)
    case, other = reference_of(team, "ben"), reference_of(team, "chloe")
    codes = _by_case(team, told, {"ben": case, "chloe": other})
    _review(team, case)
    _lawyers(team, case, codes[case])
    _brief(team, case)
    _signed(team, case, tmp_path)
    _withdrawn(team, other, codes[other])
    for walker in team.walkers.values():
        walker.close()


def _lift_hold(team: Team, code: str) -> None:
    """The P0 case is held from the start: Ben writes why it may go on, Dana agrees."""
    ben = team.of("ben")
    reference = reference_of(team, "ben")
    ben.go(f"/desk/cases/{reference}/")
    assert "Safety first" in ben.text
    ben.go(f"/desk/cases/{reference}/hold/")
    ben.page.fill("textarea[name=note]", "The hearing was moved; a lawyer is with them.")
    ben.press("main form[action$='/hold/note/'] button")
    dana = team.of("dana")
    dana.go("/desk/holds/")
    dana.press(f"main tr:has-text('{reference}') a[href*='/desk/holds/']")
    dana.page.fill("textarea[name=reason]", "Agreed.")
    dana.page.fill("input[name=code]", team.members["dana"].code())
    dana.press("main button[name=decision][value=agree]")
    ben.go(f"/desk/cases/{reference}/")
    assert "Answered" in ben.text
    walker = team.walker("survivor-held", is_phone=True)
    survivor.enter(walker, code)
    walker.close()


def _records(team: Team) -> None:
    """Dana writes the records of both lawyers and looks into the register of the bar."""
    dana = team.of("dana")
    for name, language in (("Tomas", "lt"), ("Lena", "be")):
        dana.go("/desk/lawyers/")
        dana.press(f"main a:has-text('{name}')")
        dana.page.fill("input[name=states]", "LT")
        dana.page.check(f"input[name=languages][value={language}]")
        dana.page.fill("input[name=bar]", "Vilnius")
        dana.press("main form:has(input[name=bar]) button.go")
        dana.press("main form[action$='/bar/'] button")
        assert "Keep the record" in dana.text


def _by_case(team: Team, codes: list[str], cases: dict[str, str]) -> dict[str, str]:
    """Which number belongs to which case: each caseworker writes, and the person who finds the letter is that one."""
    for login, reference in cases.items():
        desk.write_letter(team.of(login), reference, replace(STORY, letter=f"Прывітанне, {reference}."))
    found: dict[str, str] = {}
    for place, code in enumerate(codes):
        walker = team.walker(f"finder-{place}", is_phone=True)
        survivor.enter(walker, code)
        found |= {reference: code for reference in cases.values() if reference in walker.text}
        walker.close()
    assert set(found) == set(cases.values())
    return found


def _review(team: Team, case: str) -> None:
    """Ben reads and confirms, Dana brings in Chloe, Marek refuses once, Dana agrees."""
    ben, dana, chloe = team.of("ben"), team.of("dana"), team.of("chloe")
    desk.read_account(ben, case, STORY)
    desk.confirm_facts(ben, case)
    dana.go(f"/desk/cases/{case}/")
    option = dana.page.locator("select[name=person] option", has_text="Chloe").get_attribute("value")
    dana.page.select_option("select[name=person]", option)
    dana.press(f"main form[action='/desk/cases/{case}/assign/'] button")
    chloe.go(f"/desk/cases/{case}/")
    chloe.press(f"main form[action='/desk/cases/{case}/accept/'] button")
    for lead, is_agreed in (("marek", False), ("dana", True)):
        ben.go(f"/desk/cases/{case}/ask-lead/accept/")
        ben.page.fill("textarea[name=reason]", "The person agreed to Lithuania, and a file is open there.")
        ben.press(GO)
        team.decide(lead, case, "Look for a lawyer", is_agreed=is_agreed)
    ben.go(f"/desk/cases/{case}/")
    assert "Looking for a lawyer" in ben.text


def _lawyers(team: Team, case: str, code: str) -> None:
    """Tomas is named, agreed to, and declines; Lena is named, agreed to, checks and takes the mandate."""
    for name, takes_it in (("Tomas", False), ("Lena", True)):
        _named(team, case, name, code)
        lawyer = team.of(name.lower())
        lawyer.go("/desk/dossiers/")
        lawyer.press("main a[href*='/desk/offers/']")
        if not takes_it:
            lawyer.page.check("input[name=why][value=no_time]")
            lawyer.press("main form[action$='/decline/'] button")
            continue
        lawyer.page.fill("textarea[name=names]", "Somebody Else\nAnother Person")
        lawyer.press("main form:has(textarea[name=names]) button")
        assert "No conflict was found." in lawyer.text
        lawyer.press("main form[action$='/accept/'] button")


def _named(team: Team, case: str, name: str, code: str) -> None:
    ben = team.of("ben")
    ben.go(f"/desk/cases/{case}/lawyers/")
    ben.press(f"main article:has-text('{name}') a[href$='/name/']")
    ben.page.select_option("select[name=country]", "LT")
    ben.page.fill("textarea[name=profile]", f"{name} працуе ў Вільні з такімі справамі.")
    ben.page.select_option("select[name=language]", "be")
    ben.page.fill("textarea[name=reason]", "Admitted there, and free.")
    ben.press(GO)
    team.decide("marek", case, "Name a lawyer to the person")
    walker = team.walker(f"survivor-answers-{name.lower()}", is_phone=True)
    survivor.enter(walker, code)
    walker.press("main .notice a[href$='/page/lawyer/']")
    assert name in walker.text
    walker.press("main button[name=answer][value=yes]")
    walker.close()
    ben.go(f"/desk/cases/{case}/lawyers/offer/")
    ben.page.fill("textarea[name=summary]", "Detained in Minsk in 2020; lives in Lithuania; writes Belarusian.")
    ben.press(GO)


def _brief(team: Team, case: str) -> None:
    """Ben hands the brief over; Lena reads it and asks; Ben answers."""
    ben, lena = team.of("ben"), team.of("lena")
    ben.go(f"/desk/cases/{case}/brief/")
    ben.press("main form[action$='/hand-over/'] button")
    lena.go("/desk/dossiers/")
    lena.press("main a[href*='/desk/briefs/']")
    assert STORY.account.split("\n")[0][:40] in lena.page.content()
    lena.page.fill("textarea[name=text]", "Is the twelfth of August certain?")
    lena.press("main form:has(textarea[name=text]) button")
    ben.go(f"/desk/cases/{case}/")
    assert "look at what is new in the brief" in ben.text.lower()
    ben.go(f"/desk/cases/{case}/brief/")
    ben.page.fill("textarea[name=text]", "The person says so; the paper says the thirteenth.")
    ben.press("main form:has(textarea[name=text]) button")


def _signed(team: Team, case: str, folder: Path) -> None:
    """Lena brings the statement that the person signed; Ben sees it with its custody."""
    lena, ben = team.of("lena"), team.of("ben")
    lena.go("/desk/dossiers/")
    lena.press("main a[href*='/desk/briefs/']")
    lena.go(f"{lena.path.split('#')[0]}papers/")
    lena.page.check("input[name=kind][value=statement]")
    lena.page.set_input_files("input[type=file]", exhibits.paper(folder / "signed.pdf", "signed and invented"))
    lena.press("main form:has(input[type=file]) button.go")
    assert "signed.pdf" in lena.text
    ben.go(f"/desk/cases/{case}/papers/")
    assert "signed.pdf" in ben.text


def _withdrawn(team: Team, case: str, code: str) -> None:
    """A person takes everything back; the work stops at once, and two people close the case."""
    walker = team.walker("survivor-withdraws", is_phone=True)
    survivor.enter(walker, code)
    walker.press("main a[href$='/page/permissions/']")
    walker.press("main button[name=scope][value=CNS-01]")
    walker.close()
    chloe = team.of("chloe")
    chloe.go(f"/desk/cases/{case}/")
    assert "Withdrawn" in chloe.text
    chloe.go(f"/desk/cases/{case}/ask-lead/close/")
    chloe.page.fill("textarea[name=reason]", "They took everything back.")
    chloe.page.fill("textarea[name=letter]", "Мы спынілі працу, як вы прасілі.")
    chloe.press(GO)
    team.decide("dana", case, "Close the case")
    chloe.go(f"/desk/cases/{case}/")
    assert "Closed" in chloe.text
