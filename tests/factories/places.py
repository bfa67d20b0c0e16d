"""The survivor's pages by what opens them."""

from __future__ import annotations

from cases.statement import catalogue
from intake import about, wizard
from tests.factories.walk import where

ANYBODY = (
    "", "leaving/", "safe/", "kept/", "tor/", "person/", "pause/", "help/", "erased/", "closed/", "ended/", "back/",
    "nowhere/", "way/1/", "files/advice/", "about/", *(f"about/{each.slug}/" for each in about.contents().pages),
)  # fmt: skip
FIRST_CONTACT = ("q/1/", "q/2/", "q/3/", "q/4/", "q/5/", "number/")
OWN = (
    "sent/", "parts/", "page/", "page/letter/", "page/opened/", "page/permissions/", "page/erase/", "page/end/",
    "page/permissions/history/", "page/word/", "page/own/", "after/",
)  # fmt: skip
QUESTIONS = tuple(
    where(page[0].id)
    for section in wizard.told_here()
    for page in (*section.pages, *section.card_pages)
    if page[0].type != "file"
)
ABOUT_A_FILE = tuple(where(page[0].id) for page in catalogue.section(wizard.FILES).file_pages if page[0].type != "file")
ACCOUNT = (
    "files/", "check/", "thanks/", *QUESTIONS, *ABOUT_A_FILE,
    *(f"parts/{each.id}/cards/" for each in wizard.told_here() if each.card),
    *(f"parts/{each.id}/answers/" for each in wizard.told_here()),
    *(f"parts/{each.id}-1/{page}/" for each in wizard.told_here() if each.card for page in ("answers", "remove")),
)  # fmt: skip
NOT_TOGETHER = frozenset(
    {where("CMP-04"), where("REP-08"), where("CTC-08")}
)  # asked of whoever made no complaint, writes for another, or chose e-mail


def inside(language: str) -> tuple[str, ...]:
    """What a number opens in a language: the longer account is told in some of them."""
    return (*OWN, *ACCOUNT) if language in catalogue.LANGUAGES else OWN
