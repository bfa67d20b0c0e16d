"""What stands in the frame of a page: headings, buttons, labels, heads of tables; without names and codes."""

from __future__ import annotations

import re
from html.parser import HTMLParser

FRAME = {"title", "h1", "h2", "h3", "button", "th", "label", "legend", "summary", "caption", "nav", "option"}
AS_IT_IS = {"bdi", "pre", "code"}  # references, hashes, commands
TYPED = {"own-name", "ref"}  # classes of names that somebody typed, and of codes
EMPTY = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "source"}
WORD = re.compile(r"[A-Za-z]{3,}")
# Signs and names that every language writes so; all capitals are codes and references.
KNOWN = {"Enter", "English"}


class Frame(HTMLParser):
    """Collects the Latin words of a page's frame that no element gives another language."""

    def __init__(self, names: set[str]) -> None:
        """names: of people and things, which stay as they are."""
        super().__init__()
        self.known = KNOWN | names
        self.open: list[tuple[str, bool]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and whether its text is somebody else's; take what its attributes say."""
        given = dict(attrs)
        if tag not in EMPTY:
            is_apart = tag in AS_IT_IS or bool(TYPED & set((given.get("class") or "").split()))
            self.open.append((tag, is_apart or (tag != "html" and ("lang" in given or "dir" in given))))
        for name in ("aria-label", "data-label", "placeholder"):
            self._take(given.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and what was left open in it."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take a text of the frame."""
        inside = {tag for tag, _ in self.open}
        if inside & FRAME and not any(is_apart for _, is_apart in self.open):
            self._take(data)

    def _take(self, text: str) -> None:
        self.words += [word for word in WORD.findall(text) if not word.isupper() and word not in self.known]


def latin_words(page: str, names: set[str]) -> list[str]:
    """Words in Latin letters in the frame of a page."""
    frame = Frame(names)
    frame.feed(page)
    return frame.words
