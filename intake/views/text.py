"""The text of a complaint before the person: whose it is, both languages to read, and three equal answers."""

from __future__ import annotations

from collections.abc import Iterator
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases.actions import texts
from cases.actions.second_word import try_word, word_of
from cases.dossier.agreed import Part
from cases.errors import Refused
from cases.models import Case, Text
from cases.statement import states
from cases.statement.days import day_in_words
from cases.texts import shown
from cases.texts.shown import ANSWERS, CHANGES, NO, YES, Answer, Shown, Words
from intake.cleaning import clean
from intake.guests import Guest, with_case
from intake.pages import Problem
from intake.pages import show as page
from intake.pieces import Piece, cut, paged
from intake.views.own import ring_of_word
from intake.views.word import ALL_TRIES, no_more_tries, wrong_word
from vault.keyring import Keyring

LENGTH = 5000  # characters of what should be changed
SAID: dict[str, Promise] = {
    YES: gettext_lazy("You said yes to this text."),
    CHANGES: gettext_lazy("You asked for changes."),
    NO: gettext_lazy("You said no to this text."),
}
TONGUES: dict[str, Promise] = {
    "en": gettext_lazy("in English"),
    "lt": gettext_lazy("in Lithuanian"),
    "pl": gettext_lazy("in Polish"),
    "de": gettext_lazy("in German"),
}
COURT = gettext_lazy("the International Criminal Court")
OWN, FILED = "own", "filed"


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def text(request: HttpRequest, lang: str, guest: Guest, text_id: UUID) -> HttpResponse:
    """One text: to whom it would go, where to read it, and the answer; until it is filed the answer can change."""
    row = _fetch(guest.case, text_id)
    if row is None:
        return redirect("intake:page", lang)
    if request.method != "POST":
        guest.visit.be_at(request.path)
        return _show(request, lang, guest, row)
    if request.POST.get("do") == "open":
        return _open(request, lang, guest, row)
    return _answer(request, lang, guest, row)


@require_http_methods(["GET", "HEAD"])
@with_case
def read(request: HttpRequest, lang: str, guest: Guest, text_id: UUID, which: str) -> HttpResponse:
    """The words page by page. which: in the person's language, or as they would be filed."""
    row = _fetch(guest.case, text_id)
    words = _words(guest, row, shown.read(row, guest.ring)[0]) if row is not None else None
    if row is None or words is None:
        return redirect("intake:text", lang, text_id)
    if which not in (OWN, FILED):
        raise Http404
    said = shown.read(row, guest.ring)[0]
    guest.visit.be_at(request.path)
    parts, tongue = (words.own, said.language) if which == OWN else (words.filed, said.filed_in)
    at = Paginator(paged(_pieces(parts, tongue)), 1).get_page(request.GET.get("from"))
    context = {
        "text_id": text_id, "is_own": which == OWN, "tongue": TONGUES.get(said.filed_in, said.filed_in),
        "pieces": at.object_list[0] if at.object_list else [], "number": at.number, "count": at.paginator.num_pages,
        "later": at.next_page_number() if at.has_next() else None,
        "earlier": at.previous_page_number() if at.has_previous() else None,
    }  # fmt: skip
    return page(request, "text_read", context, back=reverse("intake:text", args=[lang, text_id]))


def waiting(case: Case, lang: str, ring: Keyring) -> list[dict[str, Any]]:
    """The texts for the own page: where each is read, to which place it would go, in which language, if it waits."""
    return [_waiting(row, shown.read(row, ring)[0], lang) for row in shown.open_texts(case)]


def _waiting(row: Text, said: Shown, lang: str) -> dict[str, Any]:
    return {
        "path": reverse("intake:text", args=[lang, row.id]), "waits": row.state == Text.State.SHOWN,
        "place": _place(said.forum, lang), "tongue": TONGUES.get(said.filed_in, said.filed_in),
    }  # fmt: skip


def _fetch(case: Case, text_id: UUID) -> Text | None:
    return next((each for each in shown.open_texts(case) if each.id == text_id), None)


def _open(request: HttpRequest, lang: str, guest: Guest, row: Text) -> HttpResponse:
    """Open it with the second word."""
    try:
        ring = try_word(case=guest.case, receipt=guest.ring, word=request.POST.get("word", ""))
    except Refused:
        return _show(request, lang, guest, row, wrong=no_more_tries(), status=ALL_TRIES)
    if ring is None:
        return _show(request, lang, guest, row, wrong=wrong_word())
    guest.visit.keep_second(ring.derived(bytes))
    return redirect("intake:text", lang, row.id)


def _answer(request: HttpRequest, lang: str, guest: Guest, row: Text) -> HttpResponse:
    said, act, typed = (request.POST.get(name, "") for name in ("answer", "act", "words"))
    words = clean(typed).text.strip()
    if said == CHANGES and not words:
        problem = Problem(_("Please write what should be changed, in your own words."), "#words")
        return _show(request, lang, guest, row, problems=[problem])
    if len(words) > LENGTH:
        problem = Problem(_("This is too long for one answer. You can write the rest in a letter."), "#words")
        return _show(request, lang, guest, row, typed=typed, problems=[problem])
    if said in ANSWERS and not guest.visit.is_done(act):
        _say(guest, row, said, words, lang, no_wait=request.POST.get("no_wait") == "yes")
        guest.visit.mark_done([act])
    is_open = _fetch(guest.case, row.id) is not None
    return redirect("intake:text", lang, row.id) if is_open else redirect("intake:page", lang)


def _say(guest: Guest, row: Text, said: str, words: str, lang: str, *, no_wait: bool) -> None:
    try:
        texts.answer(
            text=row, receipt=guest.ring, answer=said, words=words, language=lang, no_wait=no_wait,
            second=ring_of_word(guest),
        )  # fmt: skip
    except Refused:  # answered in another tab, taken back meanwhile, or unread: the page says what stands
        return
    guest.visit.note("text_answered")


def _show(
    request: HttpRequest, lang: str, guest: Guest, row: Text, *, typed: str = "", wrong: str = "",
    problems: list[Problem] | None = None, status: int = 400,
) -> HttpResponse:  # fmt: skip
    said, answer = shown.read(row, guest.ring)
    is_open = _words(guest, row, said) is not None
    faults = [*(problems or []), *([Problem(wrong, "#word")] if wrong else [])]
    context = {
        "act": token_hex(8), "text_id": row.id, "shown": said, "typed": typed, "wrong": wrong, "is_open": is_open,
        "place": _place(said.forum, lang), "tongue": TONGUES.get(said.filed_in, said.filed_in),
        "has_word": word_of(guest.case, guest.ring) is not None, "may_agree": is_open or bool(said.aloud),
        "said": SAID[answer.answer] if answer else "", "has_agreed": row.state == Text.State.AGREED,
        **_when(said, answer, lang),
    }  # fmt: skip
    back = reverse("intake:page", args=[lang])
    return page(request, "text", context, back=back, problems=faults, status=status if faults else 200)


def _when(said: Shown, answer: Answer | None, lang: str) -> dict[str, str]:
    """The first day on which it may be filed: after this answer, or after a yes of today."""
    asked = answer or Answer(YES, "", lang, no_wait=False, at=timezone.now().isoformat())
    return {"free_on": day_in_words(timezone.localdate(shown.free_from(said, asked)), lang)}


def _words(guest: Guest, row: Text, said: Shown) -> Words | None:
    """The words, while this visit remembers the second word and it opens them."""
    ring = ring_of_word(guest)
    return shown.own_words(row, said, ring) if ring else None


def _pieces(parts: tuple[Part, ...], tongue: str) -> Iterator[Piece]:
    for part in parts:
        title = part.title
        for lines in cut(list(part.lines)):
            yield Piece(title, lines, tongue, is_voice=True)
            title = ""


def _place(forum: str, lang: str) -> str:
    return states.name(forum, lang) if len(forum) == 2 else str(COURT)
