"""Rendering a survivor's page: its frame, its notes, its problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.visit import Visit

Text = str | Promise

NOTES: dict[str, Text] = {
    "saved": _("Saved."),
    "taken_out": _(
        "Your text had characters that cannot be kept. We took them out and saved the rest. Please look at it."
    ),
    "signed_out": _("Your page was closed after an hour without use. Nothing that was saved is lost."),
    "thanks": _("Thank you for telling us. It is saved."),
    "told_later": _("Noted: you will tell this to a person. Nothing more is needed here."),
    "added": _("The file was received."),
    "other_kind": _("The name of the file says something else than its content. We keep the file as it is."),
    "removed": _("The file was removed."),
    "card_removed": _("It was taken out."),
    "lawyer_answered": _("Your answer is noted. We write to you what comes next."),
    "talk_answered": _("Your answer is noted. The team tells your lawyer."),
    "text_answered": _("Your answer is noted and signed with your number."),
    "letter": _("Your letter was sent."),
    "sent_before": _("Your first answers were sent already. Nothing of them was changed."),
    "waits_as_letter": _("What you typed waits here as a letter. You can send it, if something is different now."),
    "stopped": _("It is stopped, as far as it can be. The team sees this at once."),
    "taken_back": _("You took it back. The team sees this at once."),
    "erasing": _("We have your request to erase everything."),
    "extended": _("The 14 days of your draft begin anew today."),
    "which": _("Perhaps you mean one of these names. You can choose one, or just go on: your words are kept."),
    "word_set": _("Your second word is set. What you send from now on can be read here again with it."),
    "word_removed": _("The second word is removed. What you sent cannot be read here any more."),
    "correcting": _("Change what you like. What you sent first is kept, and the change is sent as a new version."),
    "after_told": _("We have your answer."),
    "cleaned": _("It had characters that cannot be kept. We took them out. The rest arrived as you wrote it."),
    "same_digits": _("The digits are the same. Nothing is sent yet."),
    "not_sent_yet": _("This is your number from today. Nothing was sent with it yet."),
}


@dataclass(frozen=True)
class Problem:
    """One line of the summary: what is wrong or what can be done, and where."""

    text: Text
    href: str


@dataclass(frozen=True)
class Frame:
    """What stands around the content. `has_form`: the page is one form, so its links save what was typed.

    back: a path, or "form" when the form brings its own back button.
    """

    language: str
    tongues: list[tuple[str, str, str]]
    notes: list[Text]
    has_form: bool = False
    back: str = ""
    problems: Sequence[Problem] = field(default_factory=tuple)


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    has_form: bool = False,
    back: str = "",
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page inside its frame. With problems the title begins with the word for "Error" (A1)."""
    language = str(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE))
    codes = [] if problems else Visit(request).take_notes()
    frame = Frame(
        language, tongues(request, language), [NOTES[code] for code in codes], has_form, back, tuple(problems)
    )
    return render(request, f"intake/{template}.html", {**(context or {}), "frame": frame}, status=status)


def tongues(request: HttpRequest, language: str) -> list[tuple[str, str, str]]:
    """Each language as (code, own name, path of this same page in it)."""
    path = request.path_info
    rest = path.removeprefix(f"/{language}/") if path.startswith(f"/{language}/") else ""
    return [(code, str(name), f"/{code}/{rest}") for code, name in settings.LANGUAGES]


def in_language(path: str, language: str) -> str:
    """The same page in another language; what is no page of ours becomes the start page."""
    parts = path.split("/", 2)
    if len(parts) == 3 and parts[0] == "" and parts[1] in settings.SURVIVOR_LANGUAGES:
        return f"/{language}/{parts[2]}"
    return reverse("intake:start", args=[language])
