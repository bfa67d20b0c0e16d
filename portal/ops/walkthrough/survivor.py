"""The survivor's part: five answers, the number, the longer account, files, sending, and coming back."""

from __future__ import annotations

from pathlib import Path

from portal.ops.walkthrough.browser import Stuck, Walker
from portal.ops.walkthrough.story import Story

GO = "main button[name=do][value=go]"


def first_contact(walker: Walker, story: Story) -> str:
    """From the start page to the sent five answers; returns the receipt code as 30 digits."""
    walker.go("/be/")
    walker.press("main a.go")
    walker.press("main a.go")
    _choose(walker, "BY")
    _choose(walker, "LT")
    _choose(walker, "family_risk")
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
    walker.press("main button[name=do][value=more]")
    return code


def tell(walker: Walker, story: Story) -> None:
    """Fill the sections: name, one episode, own words, consents."""
    walker.go("/be/parts/you/")
    _go_on_to(walker, "LNG-04-value")
    walker.page.fill("input[name=LNG-04-value]", story.name)
    walker.press(GO)
    walker.go("/be/parts/story/")
    _choose(walker, "write_here")
    walker.expect("/cards/")
    walker.press("main a.go")
    walker.expect("/story-1/")
    _episode(walker, story)
    walker.go("/be/parts/consent/")
    _go_on_to(walker, "CNS-02-value")
    _choose(walker, "lt")
    _choose(walker, "yes")


def attach(walker: Walker, files: list[tuple[Path, str]]) -> None:
    """Add files with a word about each."""
    for path, name in files:
        walker.go("/be/files/")
        walker.page.set_input_files("input[type=file]", path)
        walker.page.fill("input[name=EVD-02-name]", name)
        walker.press("main button[name=do][value=add]")
        if name not in walker.text:
            raise Stuck("survivor: the file is not in the list of received ones")


def send(walker: Walker) -> None:
    """Check and send."""
    walker.go("/be/check/")
    walker.page.check("input[name=SND-02-value][value=yes]")
    walker.press("main button[name=do][value=send]")
    walker.expect("/thanks/")


def come_back(walker: Walker, code: str, story: Story) -> None:
    """Enter the code as a person writes it, read the reply, answer it."""
    walker.go("/be/back/")
    walker.page.fill("main input[type=text]", " ".join(code[start : start + 5] for start in range(0, 30, 5)))
    walker.press("main button.go")
    walker.expect("/page/")
    if story.letter not in walker.text:
        raise Stuck("survivor: the team's letter is not on the page")
    walker.go("/be/page/letter/")
    walker.page.fill("main textarea", story.reply)
    walker.press("main button.go")


def _episode(walker: Walker, story: Story) -> None:
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
    walker.page.fill("textarea[name=EPI-08-value]", story.account)
    walker.press(GO)


def _go_on_to(walker: Walker, field: str) -> None:
    """Leave pages empty, and open a hard one, until a field is there."""
    while walker.page.locator(f"[name={field}]").count() == 0:
        walker.press(f"{GO}, main button[name=do][value=open]")


def _date(walker: Walker, question: str, day: str, anchor: str) -> None:
    for part, text in (("day", day), ("month", "8"), ("year", "2020"), ("anchor", anchor)):
        walker.page.fill(f"input[name={question}-{part}]", text)
    walker.page.check(f"input[name={question}-precision][value=exact]")
    walker.press(GO)


def _choose(walker: Walker, value: str) -> None:
    walker.page.check(f"main input[value={value}]")
    walker.press(GO)
