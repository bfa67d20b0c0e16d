"""A survivor without a mouse: Tab, Enter, Space, arrows and what is typed. Script is off."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

from portal.ops.walkthrough.browser import PHONE, Stuck, Walker

MOST_TABS = 400  # of one page; more would mean that the focus goes round
# Where the focus is; whether its ring is drawn, and some of it stands in the window with nothing above it (2.4.11).
FOCUS = """() => {
  const at = document.activeElement, drawn = at.matches('.choice input') ? at.nextElementSibling : at;
  const box = drawn.getBoundingClientRect(), style = getComputedStyle(drawn);
  const has_ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const x = (box.left + box.right) / 2;
  const tops = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2].map(y => document.elementFromPoint(x, y));
  const is_open = tops.some(top => top && (drawn.contains(top) || top.contains(drawn)));
  return {tag: at.tagName, name: at.name || '', value: at.value || '', href: at.getAttribute('href') || '',
          type: at.type || '', is_out: at.matches('[tabindex="-1"]'), is_seen: has_ring && is_open};
}"""


class Keyboard:
    """Presses keys on the pages of one language. Every stop of the focus on the way must be seen."""

    def __init__(self, chromium: Browser, base: str, language: str) -> None:
        self.walker = Walker(chromium, base, "keyboard", PHONE)
        self.language = language
        # Heard from the start: the browser needs a moment until it hands its dialogs over, and a key may be faster.
        self.walker.page.on("filechooser", lambda _dialog: None)

    @property
    def page(self) -> Page:
        """The tab."""
        return self.walker.page

    def close(self) -> None:
        """Close the browser; a foreign host that was asked for is a failure."""
        self.walker.close()

    # -- keys --------------------------------------------------------------------------------------------------

    def reach(self, *, name: str = "", value: str = "", href: str = "") -> None:
        """Press Tab until the focus stands on a field or button of that name and value, or on such a link."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(FOCUS)
            if at["tag"] == "BODY":
                continue
            if at["is_out"] or not at["is_seen"]:
                raise Stuck(f"keyboard: at {self.walker.path} the focus is not to be seen: {at}")
            if (href and at["href"].endswith(href)) or (name and at["name"] == name and value in ("", at["value"])):
                return
        raise Stuck(f"keyboard: {name}{href} {value} is not reached at {self.walker.path}")

    def press(self, key: str = "Enter") -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.walker.look()

    def follow(self, href: str) -> None:
        """Reach a link and press Enter."""
        self.reach(href=href)
        self.press()

    def button(self, value: str, name: str = "do") -> None:
        """Reach a button and press Space."""
        self.reach(name=name, value=value)
        self.press("Space")

    def choose(self, name: str, value: str) -> None:
        """Choose one row: Tab to the group, then arrows; Space ticks the row that the focus came to."""
        self.reach(name=name)
        self.page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if self.page.evaluate(FOCUS)["value"] == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise Stuck(f"keyboard: {name} has no row {value}")

    def tick(self, name: str, value: str) -> None:
        """Tab to a box and press Space."""
        self.reach(name=name, value=value)
        self.page.keyboard.press("Space")

    def type(self, name: str, words: str) -> None:
        """Tab to a field and type."""
        self.reach(name=name)
        self.page.keyboard.insert_text(words)

    # -- the way -----------------------------------------------------------------------------------------------

    def first_contact(self) -> str:
        """From the start page to the number and past it; returns its digits."""
        self.walker.go(f"/{self.language}/")
        self.follow("/leaving/")
        self.follow("/q/1/")
        for question, value in (("ELG-01", "BY"), ("ELG-02", "LT")):
            self.choose(f"{question}-value", value)
            self.button("go")
        self.tick("SAF-04-value", "none")
        self.button("go")
        self.choose("CTC-01-value", "code_only")
        self.button("go")
        self.tick("CNS-01-value", "yes")
        self.button("go")
        code = "".join(self.page.inner_text("main .code").split())
        self.type("last", code[-6:])
        self.press()  # Enter compares, and sends nothing
        self.walker.expect("/number/")
        self.button("send")
        self.walker.expect("/sent/")
        return code

    def tell(self, words: str) -> None:
        """One section with a card: choose to write, begin the episode, pass the notice, write."""
        self.follow("/parts/")
        self.follow("/parts/story/")
        self.choose("EPI-00-value", "write_here")
        self.button("go")
        self.follow("/parts/story-1/")
        self.type("EPI-01-value", "Жнівень")
        self.press()  # Enter in a line goes on
        while not self.page.locator("[name=EPI-08-value]").count():
            has_notice = self.page.locator("main button[value=open]").count()
            self.button("open" if has_notice else "go")
        self.type("EPI-08-value", words)
        self.button("go")
        self.walker.go(f"/{self.language}/parts/story/cards/")

    def attach(self, path: Path) -> None:
        """Choose a file: Tab reaches the field, Enter asks the system for its dialog; then the button by keyboard."""
        self.follow("/parts/")
        self.follow("/files/")
        self.reach(name="EVD-02-file")
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(path)
        self.button("add")
        if self.page.locator("main .files li").count() != 1:
            raise Stuck("keyboard: the file is not in the list of received ones")
        self.button("go")

    def send(self) -> None:
        """Check and send."""
        self.follow("/check/")
        self.choose("SND-02-value", "yes")
        self.button("send")
        self.walker.expect("/thanks/")

    def come_back(self, code: str) -> None:
        """Leave by the button at the top, type the address again, enter the number, write a letter."""
        self.walker.go(f"/{self.language}/")
        self.follow("/back/")
        self.type("code", code)
        self.button("go")
        self.walker.expect("/page/")
        self.follow("/page/letter/")
        self.type("letter", "Добры дзень.")
        self.button("go")
        self.walker.expect("/page/")
