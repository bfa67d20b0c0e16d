"""Walks past every page that exists, so that a test can look at each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from portal.ops.walkthrough import desk, exhibits
from portal.ops.walkthrough.browser import Walker

Look = Callable[[str], None]  # told the name of the page that is open

PLAIN = ["", "leaving/", "safe/", "kept/", "tor/", "person/", "pause/", "erased/", "closed/", "back/", "nowhere/"]
GO = "main button[name=do][value=go]"


def survivor(walker: Walker, language: str, folder: Path, look: Look) -> str:
    """Every page of a survivor in one language, from the language choice to the letter; returns the code."""
    walker.page.goto(walker.base + "/")
    look("languages")
    for path in PLAIN:
        walker.page.goto(f"{walker.base}/{language}/{path}")
        look(path or "start")
    code = _first(walker, language, look)
    _sections(walker, language, look)
    _files(walker, language, folder, look)
    _end(walker, language, code, look)
    return code


def _first(walker: Walker, language: str, look: Look) -> str:
    walker.page.goto(f"{walker.base}/{language}/q/1/")
    for number, value in enumerate(("BY", "LT", "family_risk", "code_only"), start=1):
        look(f"question {number}")
        walker.page.check(f"main input[value={value}]")
        walker.press(GO)
        if value == "family_risk":
            look("help")
            walker.press("main a.go")
    look("question 5")
    walker.press(GO)
    look("error: nothing ticked")
    walker.page.check("main input[value=yes]")
    walker.press(GO)
    look("number")
    code = "".join(walker.page.inner_text("main .code").split())
    walker.press("main button[name=do][value=more]")
    walker.page.goto(f"{walker.base}/{language}/sent/")
    look("sent")
    return code


def _sections(walker: Walker, language: str, look: Look) -> None:
    walker.page.goto(f"{walker.base}/{language}/parts/")
    look("parts, empty")
    for section, last in (("you", 1), ("story", 7), ("consent", 2)):
        for step in range(1, last + 1):
            walker.page.goto(f"{walker.base}/{language}/parts/{section}/{step}/")
            look(f"{section} {step}")
            _answer(walker)
    walker.page.goto(f"{walker.base}/{language}/parts/")
    look("parts, started")


def _answer(walker: Walker) -> None:
    """Give whatever the page asks for something to hold."""
    for field in walker.page.query_selector_all("main form textarea, main form input[type=text]"):
        name = field.get_attribute("name") or ""
        field.fill({"day": "12", "month": "8", "year": "2020"}.get(name.rpartition("-")[2], "Слова"))
    button = walker.page.query_selector(f"{GO}, main button[name=do][value=open]")
    if button:
        with walker.page.expect_navigation():
            button.click()


def _files(walker: Walker, language: str, folder: Path, look: Look) -> None:
    walker.page.goto(f"{walker.base}/{language}/parts/files/")
    look("files, none")
    walker.page.set_input_files("input[type=file]", exhibits.photograph(folder / "photo.jpg"))
    walker.press("main button[name=do][value=add]")
    look("files, one")
    (folder / "note.jpg").write_text("not a picture")
    walker.page.set_input_files("input[type=file]", folder / "note.jpg")
    with walker.page.expect_navigation():
        walker.page.click("main button[name=do][value=add]")
    look("error: lying extension")


def _end(walker: Walker, language: str, code: str, look: Look) -> None:
    walker.page.goto(f"{walker.base}/{language}/check/")
    look("check")
    walker.press("main button[name=do][value=send]")
    look("thanks")
    walker.page.goto(f"{walker.base}/{language}/page/")
    look("page")
    walker.page.goto(f"{walker.base}/{language}/page/opened/")
    look("who opened the account")
    walker.page.goto(f"{walker.base}/{language}/page/letter/")
    look("letter")
    walker.page.fill("main textarea", "Ліст")
    walker.press("main button.go")
    look("page with a letter")
    walker.page.goto(f"{walker.base}/{language}/close/")
    walker.page.goto(f"{walker.base}/{language}/back/")
    walker.page.fill("main input[type=text]", code[:-1] + str((int(code[-1]) + 1) % 10))
    with walker.page.expect_navigation():
        walker.page.click("main button.go")
    look("error: wrong code")


def staff(walker: Walker, reference: str, look: Look) -> None:
    """Every page of a caseworker around one case."""
    for path in ("", "?person=me", "states/", "states/LT/", "states/BY/", "approvals/"):
        walker.page.goto(f"{walker.base}/desk/{path}")
        look(f"desk {path}")
    for path in ("", "account/", "letters/", "facts/", "routes/", "dossiers/1/", "trail/"):
        walker.page.goto(f"{walker.base}/desk/cases/{reference}/{path}")
        look(f"case {path}")
    walker.page.goto(f"{walker.base}/desk/cases/{reference}/account/")
    walker.page.check("input[name=purpose][value=assessment]")
    walker.press("main form button.go")
    look("account, opened")
    walker.page.goto(f"{walker.base}/desk/cases/{reference}/routes/")
    walker.press("main a[href*='/dossier/'] >> nth=0")
    look("ask for a dossier")


def lead(walker: Walker, look: Look) -> None:
    """What waits for a second person, and its page."""
    walker.page.goto(f"{walker.base}/desk/approvals/")
    look("approvals of a lead")
    walker.press("main a[href*='/desk/approvals/'] >> nth=0")
    look("approval")
    walker.go("/desk/trail/")
    look("audit trail")
    walker.press("main a[href$='/trail/'] >> nth=0")
    look("trail of a person")
    _people(walker, look)
    for path in ("", "rehearsal/", "share/", "use/"):
        walker.go(f"/desk/recovery/{path}")
        look(f"recovery {path}")


def _people(walker: Walker, look: Look) -> None:
    """Everybody, the form and the link of an invitation, the page behind it, one person and each act about a person."""
    walker.go("/desk/people/")
    look("people")
    walker.press("main a[href='/desk/people/invite/']")
    look("invite")
    walker.page.fill("[name=name]", "Ania")
    walker.page.fill("[name=login]", "ania")
    walker.page.select_option("[name=role]", "analyst")
    walker.press("main button")
    look("link of an invitation")
    walker.go("/desk/people/")
    walker.press("main th a >> nth=0")
    look("one person")
    person = walker.path
    for act in ("suspend", "new-keys", "remove"):
        walker.go(f"{person}{act}/")
        look(f"{act} a person")


def lawyer(walker: Walker, look: Look) -> None:
    """The lawyer's list and one dossier."""
    walker.page.goto(f"{walker.base}/desk/dossiers/")
    look("dossiers")
    walker.press("main a[href^='/desk/dossiers/'] >> nth=0")
    look("dossier")


def doors(walker: Walker, member: desk.Member, look: Look) -> None:
    """Sign-in, second factor, wrong password, lock."""
    walker.page.goto(f"{walker.base}/desk/sign-in/")
    look("sign-in")
    walker.page.fill("input[name=login]", member.login)
    walker.page.fill("input[name=password]", "not the password")
    with walker.page.expect_navigation():
        walker.page.click("main button")
    look("sign-in, refused")
    walker.page.fill("input[name=login]", member.login)
    walker.page.fill("input[name=password]", member.password)
    walker.press("main button")
    look("code")
    walker.page.fill("input[name=code]", member.code())
    walker.press("main button")
    walker.press("form[action='/desk/lock/'] button")
    look("unlock")
