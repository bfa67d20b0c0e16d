"""The button of the next step of a case, and the address of the second choice."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Approval, Case
from cases.steps import Step


class Button(NamedTuple):
    """A link that is drawn as a button."""

    words: str | Promise
    address: str


# The page of a step: the words of the button, and the name of the address, which takes the reference of the case.
PAGES: dict[str, tuple[str | Promise, str]] = {
    "letters": (_("Write the answer"), "cases:letters"),
    "facts": (_("Confirm the facts"), "cases:facts"),
    "routes": (_("Look at the routes"), "cases:routes"),
    "hold": (_("Look at the hold"), "cases:hold"),
    "erasing": (_("Ask a lead to erase it"), "cases:ask-erasing"),
    "ask": (_("Write the questions"), "cases:questions"),
    "ways": (_("See the ways on"), "cases:ways"),
    "lawyers": (_("Look at the lawyers"), "cases:lawyers"),
    "offer": (_("Write the offer"), "cases:offer-case"),
    "brief": (_("Look at the brief"), "cases:brief"),
    "texts": (_("Look at the text"), "cases:texts"),
}
KINDS: dict[str, tuple[str | Promise, str]] = {
    "match": (_("Ask a lead to agree"), Approval.Kind.ACCEPT),
    "close": (_("Close the case"), Approval.Kind.CLOSE),
}


def button(case: Case, step: Step) -> Button | None:
    """The button of the step itself; None where the page draws a form instead, or nothing is to be done."""
    return _button(case, step, step.page)


def other(case: Case, step: Step) -> str:
    """The address of the second choice, "" without one."""
    found = _button(case, step, step.other_page)
    return found.address if found else ""


def _button(case: Case, step: Step, page: str) -> Button | None:
    if page in PAGES:
        words, name = PAGES[page]
        return Button(words, reverse(name, args=[case.reference]))
    if page in KINDS:
        words, kind = KINDS[page]
        return Button(words, reverse("cases:ask-lead", args=[case.reference, kind]))
    if page == "agreement" and step.asking:
        return Button(_("Read the request"), reverse("cases:agreement", args=[step.asking]))
    return _of_dossier(case, page)


def _of_dossier(case: Case, page: str) -> Button | None:
    newest = case.dossiers.first() if page in ("dossier", "approval") else None
    if newest is None:
        return None
    if page == "approval":
        return Button(_("Read the request"), reverse("cases:approval", args=[newest.id]))
    return Button(_("See how far it is"), reverse("cases:progress", args=[case.reference, newest.number]))
