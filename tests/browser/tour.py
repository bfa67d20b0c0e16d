"""Walks past every page that exists, so that a test can look at each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cases.statement import catalogue
from intake import about
from portal.ops.walkthrough import desk, exhibits
from portal.ops.walkthrough.browser import Stuck, Walker
from tests.factories.chosen import CHOSEN
from tests.factories.walk import where

Look = Callable[[str], None]  # told the name of the page that is open

PLAIN = [
    "", "leaving/", "safe/", "kept/", "tor/", "person/", "pause/", "help/", "about/", "where/", "erased/", "closed/",
    "ended/", "back/", "nowhere/", "files/advice/", "way/1/",
]  # fmt: skip
STATES = (
    "states/",
    "states/compare/?s=LT&s=PL&s=DE",
    "states/map/",
    "states/map/?show=rome",
    "states/what-if/",
    "states/LT/",
    "states/BY/",
    "states/law/changes/",
    "states/law/changes/?first=2020-08-14&then=2026-11-22&state=LT",
    "states/law/checks/?state=LT",
    "states/law/values/LT/",
    "states/law/proposals/",
    "moved/",
)
GO = "main button[name=do][value=go]"
SECTIONS = [each.id for each in catalogue.sections() if each.id not in ("first", "files", "end", "after")]
MAKE = """[...new Set([...document.querySelectorAll('main *')].map(
    each => each.tagName + (each.type || '') + (each.tagName == 'A' ? '' : each.className)))].sort().join()"""
PAGES_OF_A_SURVIVOR, PAGES_WITHOUT_ACCOUNT = 150, 40  # fewer would mean that the tour lost its way
MOST_PAGES = 60  # of one section or card; more would mean that it leads nowhere
DATES = {"day": "12", "month": "8", "year": "2020"}
OPEN_ALL = "document.querySelectorAll('main details').forEach(each => each.open = true)"


def survivor(
    walker: Walker,
    language: str,
    folder: Path,
    look: Look,
    *,
    each_question: bool = True,
    sections: Sequence[str] = SECTIONS,
) -> str:
    """Every page of a survivor in one language, from the language choice to the closed number; returns the code.

    each_question: look at each page of questions, not only at the first of each make. sections: those to fill in.
    """
    walker.page.goto(walker.base + "/")
    look("languages")
    for path in PLAIN:
        walker.page.goto(f"{walker.base}/{language}/{path}")
        look(path or "start")
    for slug in pages_about():
        walker.page.goto(f"{walker.base}/{language}/about/{slug}/")
        look(f"about: {slug}")
    code = _first(walker, language, look)
    if language in catalogue.LANGUAGES:
        at_questions = look if each_question else _once(walker, look)
        _sections(walker, language, at_questions, sections)
        _files(walker, language, folder, look, at_questions)
        _send(walker, language, look)
        _two_windows(walker, language, look)
    else:
        walker.page.goto(f"{walker.base}/{language}/parts/")
        look("told in other languages")
    _own_page(walker, language, look)
    _out(walker, language, code, look)
    return code


def pages_about() -> list[str]:
    """The pages about us."""
    return [each.slug for each in about.contents().pages]


def _once(walker: Walker, look: Look) -> Look:
    """Look at a page only when none of the same make was looked at before."""
    seen: set[str] = set()

    def at(name: str) -> None:
        make = str(walker.page.evaluate(MAKE))
        if make not in seen:
            seen.add(make)
            look(name)

    return at


def _first(walker: Walker, language: str, look: Look) -> str:
    walker.page.goto(f"{walker.base}/{language}/q/1/")
    for number, value in enumerate(("BY", "LT", "family_risk", "signal"), start=1):
        look(f"question {number}")
        walker.page.check(f"main input[value={value}]")
        if value == "signal":
            walker.page.fill("main input[name=CTC-02-value]", "+370 600 00 000")
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


def _sections(walker: Walker, language: str, look: Look, sections: Sequence[str]) -> None:
    walker.page.goto(f"{walker.base}/{language}/parts/")
    look("parts, empty")
    for section in sections:
        _pages(walker, language, section, look)
        if walker.path.endswith("/cards/"):
            _pages(walker, language, f"{section}-1", look)
            walker.page.goto(f"{walker.base}/{language}/parts/{section}/cards/")
            look(f"{section}, one card")
    walker.page.goto(f"{walker.base}/{language}/parts/story-1/remove/")
    look("remove a card")
    walker.page.goto(f"{walker.base}/{language}/parts/")
    look("parts, started")


def _pages(walker: Walker, language: str, key: str, look: Look) -> None:
    """Every page of a section or card in turn, each filled in, up to its cards or its answers."""
    walker.page.goto(f"{walker.base}/{language}/parts/{key}/")
    for number in range(1, MOST_PAGES):
        look(f"{key} {number}")
        if walker.path.endswith(("/cards/", "/answers/")):
            return
        if "/way/" in walker.path or "/help/" in walker.path:  # what an answer calls for stands between two questions
            walker.press("main a.go, main a.button[href*='/parts/']")
            continue
        _answer(walker)
    raise Stuck(f"tour: {key} leads nowhere")


def _answer(walker: Walker) -> None:
    """Give whatever the page asks for something to hold, choose what opens more, and go on."""
    walker.page.evaluate(OPEN_ALL)
    for field in walker.page.query_selector_all("main form textarea, main form input[type=text]"):
        field.fill(DATES.get((field.get_attribute("name") or "").rpartition("-")[2], "Слова"))
    for question, code in CHOSEN.items():
        for row in walker.page.query_selector_all(f"main input[name={question}-value][value={code}]"):
            row.check()
    walker.press(f"{GO}, main button[name=do][value=open]")


def _files(walker: Walker, language: str, folder: Path, look: Look, at_questions: Look) -> None:
    walker.page.goto(f"{walker.base}/{language}/files/")
    look("files, none")
    walker.page.set_input_files("input[type=file]", exhibits.photograph(folder / "photo.jpg"))
    walker.press("main button[name=do][value=add]")
    look("files, one")
    _pages(walker, language, "files", at_questions)
    _pages(walker, language, "files-1", at_questions)
    walker.page.goto(f"{walker.base}/{language}/files/")
    (folder / "note.jpg").write_text("not a picture")
    walker.page.set_input_files("input[type=file]", folder / "note.jpg")
    _click(walker, "main button[name=do][value=add]")
    look("error: lying extension")


def _send(walker: Walker, language: str, look: Look) -> None:
    walker.page.goto(f"{walker.base}/{language}/check/")
    look("check")
    walker.press("main button[name=do][value=send]")
    look("thanks")


def _two_windows(walker: Walker, language: str, look: Look) -> None:
    """Add to what was sent, in two windows: both answers are shown; one of them is sent as a second version."""
    path = f"{walker.base}/{language}/{where('WSH-03')}"
    walker.page.goto(path)
    other = walker.page.context.new_page()
    other.goto(path)
    for page, words in ((other, "Другое акно"), (walker.page, "Гэтае акно")):
        page.fill("main textarea", words)
        with page.expect_navigation():
            page.click(GO)
    other.close()
    look("two answers")
    walker.press("main button[name=do][value=both]")
    walker.page.goto(f"{walker.base}/{language}/page/")
    look("page, with a draft")
    walker.press("main form[action$='/extend/'] button")
    look("draft kept on")
    walker.page.goto(f"{walker.base}/{language}/check/")
    walker.press("main button[name=do][value=send]")


def _own_page(walker: Walker, language: str, look: Look) -> None:
    own = f"{walker.base}/{language}/page/"
    walker.page.goto(own)
    look("page")
    walker.page.goto(f"{own}opened/")
    look("who opened the account")
    walker.page.goto(f"{own}letter/")
    look("letter")
    walker.page.fill("main textarea", "Ліст")
    walker.press("main button.go")
    look("page with a letter")
    for place, button in (("permissions/", "details[open] button[name=scope] >> nth=0"), ("erase/", "form button")):
        walker.page.goto(f"{own}{place}")
        look(place)
        for fold in walker.page.query_selector_all("main details.fold summary"):
            fold.click()
        walker.press(f"main {button}")
        look(f"{place}, done")
    walker.page.goto(own)
    look("page, all asked")


def _out(walker: Walker, language: str, code: str, look: Look) -> None:
    """What is said when a page has lost its visit, when a number is wrong, and when it is closed for good."""
    own = f"{walker.base}/{language}/page/"
    walker.page.goto(f"{own}letter/")
    walker.page.fill("main textarea", "Ліст")
    walker.page.context.clear_cookies()
    _click(walker, GO)
    look("error: signed out while writing")
    walker.page.goto(f"{walker.base}/{language}/back/")
    walker.page.fill("#code", code[:-1] + str((int(code[-1]) + 1) % 10))
    _click(walker, "main button.go")
    look("error: wrong code")
    walker.page.fill("#code", code)
    walker.press("main button.go")
    walker.page.goto(f"{own}end/")
    look("end")
    walker.page.fill("#number", "1")
    _click(walker, "main form button")
    look("error: not this number")
    walker.page.fill("#number", code)
    walker.press("main form button")
    look("ended")


def _click(walker: Walker, selector: str) -> None:
    """Press a button that leads to a page about a problem."""
    with walker.page.expect_navigation():
        walker.page.click(selector)


def staff(walker: Walker, reference: str, look: Look) -> None:
    """Every page of a caseworker around one case."""
    for path in ("", "?view=mine", *STATES, "approvals/"):
        walker.page.goto(f"{walker.base}/desk/{path}")
        look(f"desk {path}")
    for path in (
        "",
        "account/",
        "letters/",
        "facts/",
        "routes/",
        "what-if/",
        "dossiers/1/",
        "trail/",
    ):
        walker.page.goto(f"{walker.base}/desk/cases/{reference}/{path}")
        look(f"case {path}")
    walker.page.goto(f"{walker.base}/desk/cases/{reference}/account/")
    walker.page.check("input[name=purpose][value=assessment]")
    walker.press("main form button.go")
    look("account, opened")
    desk.unfold(walker)
    look("account, unfolded")
    walker.page.goto(f"{walker.base}/desk/cases/{reference}/sentences/uj-en/")  # opens the account too, unasked
    look("case sentences")
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
    _admin(walker, look)
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


def _admin(walker: Walker, look: Look) -> None:
    """Each register, one row of each, and the lists."""
    for path in ("", "person/", "state/", "state/LT/", "lettertemplate/", "crisisnumber/", "crisisnumber/new/"):
        walker.go(f"/desk/admin/{path}")
        look(f"admin {path}")
    for path in ("person/", "lettertemplate/", "crisisnumber/", "lists/"):
        walker.go(f"/desk/admin/{path}")
        walker.press("main th a >> nth=0" if path != "lists/" else "main li a >> nth=0")
        look(f"admin {path}, one of them")


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
