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
from portal.ops.walkthrough import desk, exhibits, mandate, survivor
from portal.ops.walkthrough.desk import Member
from portal.ops.walkthrough.story import Story, invented
from portal.ops.walkthrough.team import GO, Team
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
    return Team(chromium, portal.url, members, shots)


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
    team.close()


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
    for name, language in (("Tomas", "lt"), ("Lena", "be")):
        mandate.record(team, "dana", name, language)


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
    ben = team.of("ben")
    desk.read_account(ben, case, STORY)
    desk.confirm_facts(ben, case)
    mandate.give_second(team, case, "dana", "chloe")
    for lead, is_agreed in (("marek", False), ("dana", True)):
        mandate.ask_for_lawyer(team, case, "ben", lead, is_agreed=is_agreed)
    ben.go(f"/desk/cases/{case}/")
    assert "Looking for a lawyer" in ben.text


def _lawyers(team: Team, case: str, code: str) -> None:
    """Tomas is named, agreed to, and declines; Lena is named, agreed to, checks and takes the mandate."""
    mandate.name_lawyer(team, case, "ben", "marek", "Tomas", code)
    mandate.decline(team, "tomas")
    mandate.name_lawyer(team, case, "ben", "marek", "Lena", code)
    mandate.take_mandate(team, "lena")


def _brief(team: Team, case: str) -> None:
    """Ben hands the brief over; Lena reads it and asks; Ben answers."""
    ben, lena = team.of("ben"), team.of("lena")
    mandate.hand_over(team, case, "ben", "lena", STORY.account.split("\n")[0][:40])
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
    mandate.open_brief(team, "lena")
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
