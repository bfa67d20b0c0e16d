"""From a reviewed account to a lawyer with the mandate and the brief, through the pages of everybody."""

from __future__ import annotations

from portal.ops.walkthrough import survivor
from portal.ops.walkthrough.browser import Stuck
from portal.ops.walkthrough.team import GO, Team, expect

PROFILE = "{name} працуе ў Вільні з такімі справамі."
SUMMARY = "Detained in Minsk in 2020; lives in Lithuania; writes Belarusian."
OFFICE = {"address": "Upės g. 7, LT-08128 Vilnius", "phone": "+370 5 200 0000", "mail": "office@advokate.example"}


def give_second(team: Team, case: str, lead: str, login: str) -> None:
    """A lead gives the case to a second caseworker, who accepts it: so it comes into review."""
    walker, second = team.of(lead), team.of(login)
    walker.go(f"/desk/cases/{case}/")
    option = walker.page.locator("select[name=person] option", has_text=login.capitalize()).get_attribute("value")
    walker.page.select_option("select[name=person]", option)
    walker.press(f"main form[action='/desk/cases/{case}/assign/'] button")
    second.go(f"/desk/cases/{case}/")
    second.press(f"main form[action='/desk/cases/{case}/accept/'] button")


def ask_for_lawyer(team: Team, case: str, by: str, lead: str, *, is_agreed: bool = True) -> None:
    """Two people decide that a lawyer is looked for."""
    walker = team.of(by)
    walker.go(f"/desk/cases/{case}/ask-lead/accept/")
    walker.page.fill("textarea[name=reason]", "The person agreed to Lithuania, and a file is open there.")
    walker.press(GO)
    team.decide(lead, case, "Look for a lawyer", is_agreed=is_agreed)


def record(team: Team, lead: str, name: str, language: str) -> None:
    """A lead writes the record of a lawyer and looks into the register of the bar."""
    walker = team.of(lead)
    walker.go("/desk/lawyers/")
    walker.press(f"main a:has-text('{name}')")
    walker.page.fill("input[name=states]", "LT")
    walker.page.check(f"input[name=languages][value={language}]")
    walker.page.fill("input[name=bar]", "Vilnius")
    walker.press("main form:has(input[name=bar]) button.go")
    walker.press("main form[action$='/bar/'] button")
    expect(walker, "Keep the record")


def give_office(team: Team, lawyer: str) -> None:
    """The lawyer writes where the own office is."""
    walker = team.of(lawyer)
    walker.go("/desk/office/")
    for name, text in OFFICE.items():
        walker.page.fill(f"input[name={name}]", text)
    walker.press(GO)
    expect(walker, "Kept.")


def name_lawyer(team: Team, case: str, by: str, lead: str, name: str, code: str) -> None:
    """Two people name a lawyer, the person says yes on the own page, and the case is offered. code: the person's."""
    walker = team.of(by)
    walker.go(f"/desk/cases/{case}/lawyers/")
    walker.press(f"main article:has-text('{name}') a[href$='/name/']")
    walker.page.select_option("select[name=country]", "LT")
    walker.page.fill("textarea[name=profile]", PROFILE.format(name=name))
    walker.page.select_option("select[name=language]", "be")
    walker.page.fill("textarea[name=reason]", "Admitted there, and free.")
    walker.press(GO)
    team.decide(lead, case, "Name a lawyer to the person")
    _agree(team, name, code)
    walker.go(f"/desk/cases/{case}/lawyers/offer/")
    walker.page.fill("textarea[name=summary]", SUMMARY)
    walker.press(GO)


def decline(team: Team, lawyer: str) -> None:
    """The lawyer has no time."""
    walker = team.of(lawyer)
    walker.go("/desk/dossiers/")
    walker.press("main a[href*='/desk/offers/']")
    walker.page.check("input[name=why][value=no_time]")
    walker.press("main form[action$='/decline/'] button")


def take_mandate(team: Team, lawyer: str) -> None:
    """The lawyer checks for conflicts, finds none, and takes the mandate."""
    walker = team.of(lawyer)
    walker.go("/desk/dossiers/")
    walker.press("main a[href*='/desk/offers/']")
    walker.page.fill("textarea[name=names]", "Somebody Else\nAnother Person")
    walker.press("main form:has(textarea[name=names]) button")
    expect(walker, "No conflict was found.")
    walker.press("main form[action$='/accept/'] button")


def hand_over(team: Team, case: str, by: str, lawyer: str, sentence: str) -> None:
    """The brief is handed over, and the lawyer reads it. sentence: of the account, which must stand in it."""
    walker, reader = team.of(by), team.of(lawyer)
    walker.go(f"/desk/cases/{case}/brief/")
    walker.press("main form[action$='/hand-over/'] button")
    open_brief(team, lawyer)
    if sentence not in reader.page.content():
        raise Stuck("lawyer: the account is not in the brief")


def open_brief(team: Team, lawyer: str) -> None:
    """The lawyer's page of the one brief."""
    walker = team.of(lawyer)
    walker.go("/desk/dossiers/")
    walker.press("main a[href*='/desk/briefs/']")


def take_step(team: Team, lawyer: str, step: str) -> None:
    """A step along the table that is the lawyer's own."""
    open_brief(team, lawyer)
    team.of(lawyer).press(f"main form:has(input[name=step][value={step}]) button")


def _agree(team: Team, name: str, code: str) -> None:
    walker = team.walker(f"survivor-answers-{name.lower()}", is_phone=True)
    survivor.enter(walker, code)
    walker.press("main .notice a[href$='/page/lawyer/']")
    expect(walker, name)
    walker.press("main button[name=answer][value=yes]")
    walker.close()
