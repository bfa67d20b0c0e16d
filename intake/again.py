"""When something stops a form: the words that were typed are shown again, with a way to go on.

Nothing of it is logged. The page carries everything that was posted, so that one click sends it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_SESSION_KEY
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.errors import DraftExpired
from cases.models import Case
from cases.statement import catalogue
from intake import left
from intake.cleaning import clean
from intake.floods import passes
from intake.pages import Problem, show
from intake.visit import Visit
from vault.errors import NotKept, Unstated

View = Callable[..., HttpResponse]

QUESTIONS = catalogue.at(catalogue.VERSION).questions
SPOKEN = frozenset(
    {"other", "text", "town", "from", "to", "anchor", "day", "month", "year", "name", "letter", "code", "last"}
)
MOST_NUMBER = 300  # characters of a number that is shown again
SPOKEN_TYPES = frozenset({"short", "long", "contact"})
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "number", "word", "former", "pass", "work"})
NEEDS_NUMBER = frozenset(
    {
        "parts", "step", "cards", "parted", "remove", "files", "check", "page", "letter",
        "permissions", "permissions-history", "after", "erase", "end", "extend", "word", "own", "own-part",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """Why a page could not do its work, and what it offers.

    text: what is said below the heading; with_words: what is added when somebody had typed something.
    asks_number: the receipt code opens the way again. forgets_version: nothing that the page had seen is there now.
    """

    heading: str | Promise
    text: str | Promise
    with_words: str | Promise
    status: int
    button: str | Promise
    asks_number: bool = False
    forgets_version: bool = False


NOT_KEPT = Reason(
    _("This could not be kept now"),
    _("What you sent before is safe. Please try again, or come back later with your number."),
    _("Your words are below."),
    503,
    _("Try again"),
)
ENDED = Reason(
    _("This page was open for too long"),
    _("Nothing of this step was saved yet."),
    _("Your words are below. You can go on with them."),
    403,
    _("Go on with these words"),
)
SIGNED_OUT = Reason(
    _("Please enter your number again"),
    _("Your page was closed, for example after an hour without use. What was saved is not lost."),
    _("Your words are below."),
    403,
    _("Save these words"),
    asks_number=True,
)
WRONG_NUMBER = Reason(
    _("This number did not open your page"),
    _("Please look at the number once more."),
    _("Your words are below."),
    403,
    _("Save these words"),
    asks_number=True,
)
MANY_NUMBERS = Reason(
    _("Please wait half a minute"),
    _(
        "Very many numbers are being entered at this moment. Yours was not looked at yet. "
        "Please press the button once more in half a minute."
    ),
    _("Your words are below."),
    429,
    _("Save these words"),
    asks_number=True,
)
DRAFT_GONE = Reason(
    _("The days of your draft are over"),
    _("What was not sent is erased after 14 days without use, as we said. What you sent before is safe."),
    _("The words that you have just typed are below. You can begin a new draft with them."),
    410,
    _("Begin anew"),
    forgets_version=True,
)
DISTURBED = Reason(
    _("Your page cannot be opened now"),
    _("Something in it is not as it was sent, so nothing of it is shown. The team is told and looks into it. "
      "Please come back in a day or two with your number."),
    _("Your words are below; they were not saved."),
    409,
    _("Try again"),
)  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """One posted value: shown in a box when it is a person's text, hidden when it is a code."""

    name: str
    value: str
    is_text: bool


def carried(request: HttpRequest, reason: Reason) -> list[Carried]:
    """Everything that was posted but the token and the number."""
    skipped = NOT_CARRIED | ({"seen"} if reason.forgets_version else set())
    return [
        Carried(name, clean(str(value)).text, bool(value) and is_text(name))
        for name, values in request.POST.lists()
        if name not in skipped
        for value in values
    ]


def is_text(name: str) -> bool:
    """Does a form field of this name hold a person's own text? All others hold codes of choices."""
    question_id, _dash, part = name.rpartition("-")
    if part != "value":
        return part in SPOKEN
    return question_id in QUESTIONS and QUESTIONS[question_id].type in SPOKEN_TYPES


def typed_words(request: HttpRequest) -> list[str]:
    """The texts among what was posted, as they can be kept."""
    texts = [clean(str(each)).text for name, values in request.POST.lists() if is_text(name) for each in values]
    return [text for text in texts if text.strip()]


def again(request: HttpRequest, reason: Reason) -> HttpResponse:
    """The page with the typed words and one button that sends them again to the same address."""
    rows = carried(request, reason)
    context = {
        "reason": reason,
        "texts": [row for row in rows if row.is_text],
        "codes": [row for row in rows if not row.is_text],
        "path": request.path,
        "pass": passes.give(Visit(request)) if reason.asks_number or "pass" in request.POST else None,
        "number": clean(request.POST.get("number", "")).text[:MOST_NUMBER] if reason is MANY_NUMBERS else "",
        "had_file": bool(request.FILES or getattr(request, "refused_uploads", [])),
    }
    return show(request, "again", context, problems=[Problem(reason.heading, "#main")], status=reason.status)


def lost_form(request: HttpRequest) -> HttpResponse:
    """For a form whose visit has ended or whose token does not fit: the words, and how to go on.

    A visit that was left on purpose shows nothing any more; whoever sends its form again sees the first page.
    """
    if left.was_left(request.POST.get("csrfmiddlewaretoken", "")):
        return redirect("intake:start", getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE))
    name = request.resolver_match.url_name if request.resolver_match else None
    return again(request, SIGNED_OUT if name in NEEDS_NUMBER else ENDED)


def keeps_words(view: View) -> View:
    """Turn a full disk, a locked database or an expired draft into a page that shows the typed words again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
            store(request)
        except DraftExpired:
            return again(request, DRAFT_GONE)
        except (UpdateError, Case.DoesNotExist):  # ended in another window, or erased, while this form was on its way
            request.session.flush()
            return again(request, ENDED)
        except (OSError, DatabaseError, NotKept, Unstated):
            return not_kept(request)
        return response

    return guarded


def store(request: HttpRequest) -> None:
    """Save the session now, while a failure can still be told with the typed words; a new form token goes with it."""
    session: Any = request.session
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE") and CSRF_SESSION_KEY not in session:
        session[CSRF_SESSION_KEY] = request.META["CSRF_COOKIE"]
    if session.modified and not session.is_empty():
        session.save()
        session.modified = False  # the middleware tells the browser a new key


def not_kept(request: HttpRequest) -> HttpResponse:
    """Nothing could be stored: say so. The session is left as it lies in the table."""
    response = again(request, NOT_KEPT)
    request.session.modified = False
    return response
