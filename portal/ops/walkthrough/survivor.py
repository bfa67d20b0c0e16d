"""The survivor's part: five answers, the number, the longer account, files, sending, and coming back."""

from __future__ import annotations

from pathlib import Path

from portal.ops.walkthrough.browser import Stuck, Walker
from portal.ops.walkthrough.story import Story

GO = "main button[name=do][value=go]"
ON = f"{GO}, main button[name=do][value=open]"  # a hard page has a notice with a button of its own before it
MOST_PAGES = 60  # of one section or card; more would mean that it leads nowhere


def first_contact(walker: Walker, story: Story, *, urgent: str = "family_risk", goes_on: bool = True) -> str:
    """From the start page to the sent five answers; returns the receipt code as 30 digits.

    urgent: what is ticked about danger; "none" leads past the page of help. goes_on: "Send and tell more".
    """
    walker.go(f"/{story.language}/")
    walker.press("main a.go")
    walker.press("main a.go")
    for value in ("BY", "LT", urgent):
        _choose(walker, value)
    if urgent != "none":
        walker.expect("/help/")
        walker.press("main a.go")
    if story.contact:
        walker.page.fill("input[name=CTC-02-value]", story.contact)
    _choose(walker, "signal" if story.contact else "code_only")
    walker.page.check("main input[value=yes]")
    walker.press(GO)
    walker.expect("/number/")
    code = "".join(walker.page.inner_text("main .code").split())
    if len(code) != 30 or not code.isdigit():
        raise Stuck("survivor: the number page shows no number of 30 digits")
    walker.press(f"main button[name=do][value={'more' if goes_on else 'send'}]")
    walker.expect("/parts/" if goes_on else "/sent/")
    return code


def tell(walker: Walker, story: Story) -> None:
    """Fill the sections: name, the episodes with own words, consents."""
    walker.go(f"/{story.language}/parts/you/")
    _go_on_to(walker, "LNG-04-value")
    walker.page.fill("input[name=LNG-04-value]", story.name)
    walker.press(GO)
    walker.go(f"/{story.language}/parts/story/")
    _choose(walker, "write_here")
    for number, words in enumerate(filter(None, (story.account, story.second)), start=1):
        walker.expect("/story/cards/")
        walker.press(f"main a[href$='/parts/story-{number}/'] >> nth=0")
        _episode(walker, story, words)
        walker.go(f"/{story.language}/parts/story/cards/")
    walker.go(f"/{story.language}/parts/consent/")
    _go_on_to(walker, "CNS-02-value")
    _choose(walker, "lt")
    _choose(walker, "yes")


def leave_empty(walker: Walker, story: Story) -> None:
    """Open every section of the list that was not begun, go through all its pages, and answer nothing."""
    walker.go(f"/{story.language}/parts/")
    links = walker.page.query_selector_all("main .tasks .is-none a")
    for path in [link.get_attribute("href") or "" for link in links]:
        walker.go(path)
        for _ in range(MOST_PAGES):
            if walker.path.endswith(("/cards/", "/answers/", "/files/")):
                break
            walker.press(ON)
        else:
            raise Stuck(f"survivor: {path} leads nowhere")


def attach(walker: Walker, files: list[tuple[Path, str]], language: str = "be") -> None:
    """Add files with a word about each."""
    for path, name in files:
        walker.go(f"/{language}/files/")
        walker.page.set_input_files("input[type=file]", path)
        walker.page.fill("input[name=EVD-02-name]", name)
        walker.press("main button[name=do][value=add]")
        if name not in walker.text:
            raise Stuck("survivor: the file is not in the list of received ones")


def send(walker: Walker, language: str = "be") -> None:
    """Check and send."""
    walker.go(f"/{language}/check/")
    walker.page.check("input[name=SND-02-value][value=yes]")
    walker.press("main button[name=do][value=send]")
    walker.expect("/thanks/")


def enter(walker: Walker, code: str, language: str = "be") -> None:
    """Enter the code as a person writes it, from the first page."""
    walker.go(f"/{language}/")
    walker.press("main a[href$='/back/']")
    walker.page.fill("#code", " ".join(code[start : start + 5] for start in range(0, 30, 5)))
    walker.press("main button.go")
    walker.expect("/page/")


def write(walker: Walker, words: str) -> None:
    """Write a letter from the own page."""
    walker.press("main a[href$='/page/letter/']")
    walker.page.fill("main textarea", words)
    walker.press("main button.go")
    walker.expect("/page/")


def come_back(walker: Walker, code: str, story: Story) -> None:
    """Enter the code, read the reply, answer it."""
    enter(walker, code, story.language)
    if story.letter not in walker.text:
        raise Stuck("survivor: the team's letter is not on the page")
    write(walker, story.reply)


def add(walker: Walker, story: Story) -> None:
    """From the own page: add to the account that was sent, and send the addition."""
    walker.press("main a[href$='/parts/']")
    walker.press("main a[href$='/parts/wishes/']")
    _go_on_to(walker, "WSH-03-value")
    walker.page.fill("textarea[name=WSH-03-value]", story.wish)
    walker.press(GO)
    send(walker, story.language)


def take_back(walker: Walker, scope: str) -> None:
    """From the own page: take one permission back, in two presses; what stands beside it is new and has a day."""
    walker.press("main a[href$='/page/permissions/']")
    button = f"main button[name=scope][value='{scope}']"
    said = walker.page.locator(f"main [id='{walker.page.get_attribute(button, 'aria-describedby')}'] .small")
    before = said.all_inner_texts()
    walker.press(button)
    after = said.all_inner_texts()
    if len(after) != 1 or after == before or not any(sign.isdigit() for sign in after[0]):
        raise Stuck("survivor: the page does not say on which day the permission was taken back")


def _episode(walker: Walker, story: Story, words: str) -> None:
    _go_on_to(walker, "EPI-02-day")
    _date(walker, "EPI-02", "12", story.anchor)
    _date(walker, "EPI-03", "14", "")
    walker.page.check("input[value=police_station]")
    walker.page.check("input[value=temporary_detention]")
    walker.press(GO)
    _go_on_to(walker, "EPI-06-text")
    walker.page.fill("[name=EPI-06-text]", story.place)
    walker.press(GO)
    _go_on_to(walker, "EPI-08-value")
    walker.page.fill("textarea[name=EPI-08-value]", words)
    walker.press(GO)


def _go_on_to(walker: Walker, field: str) -> None:
    """Leave pages empty, and open a hard one, until a field is there."""
    while walker.page.locator(f"[name={field}]").count() == 0:
        walker.press(ON)


def _date(walker: Walker, question: str, day: str, anchor: str) -> None:
    for part, text in (("day", day), ("month", "8"), ("year", "2020"), ("anchor", anchor)):
        walker.page.fill(f"input[name={question}-{part}]", text)
    exact = walker.page.locator(f"input[name={question}-precision][value=exact]")
    walker.page.locator("details", has=exact).locator("summary").click()
    exact.check()
    walker.press(GO)


def _choose(walker: Walker, value: str) -> None:
    walker.page.check(f"main input[value={value}]")
    walker.press(GO)
