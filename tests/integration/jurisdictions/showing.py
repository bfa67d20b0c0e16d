"""Reads a page on States as its view renders it."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import RequestFactory
from django.urls import resolve

ENDLESS = {"meta", "link", "input", "br", "img", "rect", "path", "line", "use"}


class Closed(HTMLParser):
    """Fails on a tag that is not closed in its order, and on style or script in the markup."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        """Remember what is open."""
        if tag not in ENDLESS:
            self.open.append(tag)
        assert tag != "script"
        assert not {name for name, _ in attrs} & {"style", "onclick"}

    def handle_endtag(self, tag: str) -> None:
        """The innermost one closes first."""
        if tag not in ENDLESS:
            assert self.open.pop() == tag


def page(path: str, posted: dict[str, Any] | None = None) -> str:
    """The page at an address, or what it answers when a form is sent."""
    view, args, kwargs = resolve(path.split("?")[0])
    factory = RequestFactory()
    request = factory.get(path) if posted is None else factory.post(path, posted)
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    response = view(request, *args, **kwargs)
    assert response.status_code == 200
    text: str = response.content.decode()
    parser = Closed()
    parser.feed(text)
    assert parser.open == []
    return text


def words(text: str) -> str:
    """The text of a page without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def names(text: str) -> list[str]:
    """The States in the rows of a table, in their order."""
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)', text)
