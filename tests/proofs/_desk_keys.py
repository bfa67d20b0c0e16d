"""A member of the team without a mouse: real keys, counted; every stop of the focus on the way must be seen."""

from __future__ import annotations

from collections import Counter
from typing import Any

from playwright.sync_api import Browser, Page

from portal.ops.walkthrough.browser import Stuck
from portal.ops.walkthrough.desk import Member
from tests.browser.eyes import LIGHT

MOST_TABS = 400  # of one page; more would mean that the focus goes round
# What has the focus; its ring as drawn, against the ground behind it; whether it stands in the window, not covered.
FOCUS = (
    """() => {
  const at = document.activeElement;
  if (at === document.body) return {tag: 'BODY', words: ''};
  const box = at.getBoundingClientRect(), style = getComputedStyle(at);
"""
    + LIGHT
    + """
  const [low, high] = [light(parts(style.outlineColor)), light(ground(at.parentElement))].sort((a, b) => a - b);
  const ring = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const parted = [0.1, 0.5, 0.9], across = (from, to) => parted.map(part => from + (to - from) * part);
  const spots = across(left, right).flatMap(x => across(top, bottom).map(y => [x, y]));
  const isOwn = spot => {
    const over = document.elementFromPoint(...spot);
    return over && (at.contains(over) || over.contains(at) || [...(at.labels || [])].some(each => each.contains(over)));
  };
  const open = right > left && bottom > top ? spots.filter(isOwn).length : 0;
  return {tag: at.tagName, name: at.name || '', value: at.value || '', href: at.getAttribute('href') || '',
    words: at.innerText.trim().replace(/\\s+/g, ' ').slice(0, 60), id: at.id, type: at.type || '',
    role: at.getAttribute('role') || '',
    ring, contrast: (high + 0.05) / (low + 0.05), open, path: location.pathname,
    box: [box.left, box.top, box.right, box.bottom].map(Math.round)};
}"""
)


class DeskKeys:
    """One tab of a member. tasks: keys pressed by task; letters: what was typed, apart from that."""

    def __init__(self, chromium: Browser, base: str, member: Member, size: tuple[int, int] = (1280, 900)) -> None:
        context = chromium.new_context(base_url=base, viewport={"width": size[0], "height": size[1]})
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.member = member
        self.tasks: Counter[str] = Counter()
        self.task = ""
        self.stops = 0

    # -- keys --------------------------------------------------------------------------------------------------

    def key(self, name: str) -> None:
        """Press one key."""
        self.tasks[self.task] += 1
        self.page.keyboard.press(name)

    def go(self, name: str = "Enter") -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.key(name)

    def type(self, words: str) -> None:
        """Type into the field that has the focus; the letters themselves are not counted."""
        self.page.keyboard.insert_text(words)

    def at(self) -> dict[str, Any]:
        """What has the focus. Raises Stuck where it is not to be seen."""
        found: dict[str, Any] = self.page.evaluate(FOCUS)
        if found["tag"] != "BODY":
            self.stops += 1
            if found["ring"] < 2 or found["contrast"] < 3 or not found["open"]:
                raise Stuck(f"keyboard: the focus is not to be seen: {found}")
        return found

    def reach(self, *, back: bool = False, **wanted: str) -> dict[str, Any]:
        """Press Tab until the focus stands where all that is named fits; href and words fit by their end or start."""
        for _ in range(MOST_TABS):
            self.key("Shift+Tab" if back else "Tab")
            found = self.at()
            if found["tag"] != "BODY" and all(fits(name, found[name], value) for name, value in wanted.items()):
                return found
        raise Stuck(f"keyboard: {wanted} is not reached at {self.page.url}")

    def fill(self, name: str, words: str) -> None:
        """Tab to a field and type."""
        self.reach(name=name)
        self.type(words)

    # -- the way -----------------------------------------------------------------------------------------------

    def sign_in(self) -> None:
        """The address is typed; then login, password, code."""
        self.task = "sign in"
        self.page.goto("/desk/sign-in/")
        self.fill("login", self.member.login)
        self.fill("password", self.member.password)
        self.go()
        self.fill("code", self.member.code())
        self.go()

    def skip(self) -> None:
        """The first Tab shows the way past the navigation; Enter goes to the content, and Tab goes on from there."""
        self.key("Tab")
        if self.at()["href"] != "#main":
            raise Stuck("keyboard: the first stop is not the link to the content")
        self.key("Enter")
        self.key("Tab")
        inside = self.page.evaluate("document.querySelector('main').contains(document.activeElement)")
        if not inside:
            raise Stuck("keyboard: the link to the content leads elsewhere")
        self.at()

    def told(self, words: str) -> None:
        """After a form the focus stands on what came of it, which says so; Tab goes on from there."""
        found = self.at()
        if found["role"] not in ("status", "alert") or words not in self.page.inner_text(":focus"):
            raise Stuck(f"keyboard: after the form the focus is at {found}")


def fits(name: str, found: str, wanted: str) -> bool:
    """Does what was found fit? Addresses by their end, words by their beginning, the rest whole."""
    if name == "href":
        return found.endswith(wanted)
    return found.startswith(wanted) if name == "words" else found == wanted
