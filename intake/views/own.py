"""Reading again what was sent, with the second word, and beginning a correction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases import own
from cases.access import Account, OpenedVersion
from cases.actions.drafting import correct
from cases.actions.second_word import try_word, word_of
from cases.errors import Refused
from cases.statement import cards, catalogue, wording
from cases.statement.cards import Told
from cases.statement.catalogue import Question
from cases.statement.days import day_in_words
from cases.told import Section
from intake import wizard
from intake.forms import sentences
from intake.guests import Guest, with_case
from intake.pages import Problem, show
from intake.pieces import Piece, cut, paged
from intake.spots import MOST_CARDS
from intake.uploads import size_in_words
from intake.views.word import ALL_TRIES, no_more_tries, wrong_word
from vault.keyring import Keyring

VOICE = frozenset({"long", "short", "place"})


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def own_account(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """What was sent since the word was set: a list of its parts. Without the word, the field for it."""
    if request.method == "POST":
        return _post(request, lang, guest)
    guest.visit.be_at(request.path)
    account = _opened(guest)
    if account is None:
        return _ask(request, lang, guest)
    context = {
        "versions": [_version(each, lang) for each in reversed(account.versions)],
        "files": [f"{each.name} ({size_in_words(each.size)})" for each in account.exhibits],
        "has_earlier": guest.case.versions.count() > len(account.versions),
    }
    return show(request, "own", context, back=reverse("intake:page", args=[lang]))


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def own_part(request: HttpRequest, lang: str, guest: Guest, number: int, slug: str) -> HttpResponse:
    """One section or card of a version, whole, page by page; one button begins its correction."""
    account = _opened(guest)
    if account is None:
        return redirect("intake:own", lang)
    version, told = _part(account, number, slug)
    if request.method == "POST":
        return _correct(lang, guest, account, told)
    guest.visit.be_at(request.path)
    shown = Paginator(paged(_pieces(version, told, lang)), 1).get_page(request.GET.get("from"))
    context = {
        "title": _title(told, lang),
        "day": day_in_words(version.sent_on, lang),
        "pieces": shown.object_list[0] if shown.object_list else [],
        "later": shown.next_page_number() if shown.has_next() else None,
        "earlier": shown.previous_page_number() if shown.has_previous() else None,
        "has_apart": any(each.compartment != "account" for each in _asked(told)),
        "may_correct": _may_correct(told),
    }
    return show(request, "own_part", context, back=reverse("intake:own", args=[lang]))


def _post(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Open with the word, or forget it."""
    if request.POST.get("do") == "hide":
        guest.visit.forget_second()
        return redirect("intake:page", lang)
    try:
        ring = try_word(case=guest.case, receipt=guest.ring, word=request.POST.get("word", ""))
    except Refused:
        return _ask(request, lang, guest, no_more_tries(), status=ALL_TRIES)
    if ring is None:
        return _ask(request, lang, guest, wrong_word())
    guest.visit.keep_second(ring.derived(bytes))
    return redirect("intake:own", lang)


def _ask(request: HttpRequest, lang: str, guest: Guest, wrong: str = "", *, status: int = 400) -> HttpResponse:
    """The field for the word; what was typed is not shown again."""
    context = {"wrong": wrong, "is_set": word_of(guest.case, guest.ring) is not None}
    problems = [Problem(wrong, "#word")] if wrong else []
    back = reverse("intake:page", args=[lang])
    return show(request, "own_word", context, back=back, problems=problems, status=status if wrong else 200)


def _opened(guest: Guest) -> Account | None:
    """What the word opens, while this visit remembers it."""
    ring = ring_of_word(guest)
    return own.read(guest.case, guest.ring, ring) if ring else None


def ring_of_word(guest: Guest) -> Keyring | None:
    """The keyring of the second word, while this visit remembers it."""
    seed = guest.visit.second_seed()
    second = word_of(guest.case, guest.ring) if seed else None
    return second.ring_of(seed) if second and seed else None


def _version(version: OpenedVersion, lang: str) -> dict[str, Any]:
    parts = [
        {"title": _title(told, lang), "path": reverse("intake:own-part", args=[lang, version.number, told.key])}
        for told in _told(version)
        if _given(told)
    ]
    return {"day": day_in_words(version.sent_on, lang), "parts": parts}


def _told(version: OpenedVersion) -> Iterator[Told]:
    return cards.in_order(catalogue.at(version.catalogue), version.sections)


def _part(account: Account, number: int, slug: str) -> tuple[OpenedVersion, Told]:
    """The version and part that a path names. Raises Http404."""
    for version in account.versions:
        for told in _told(version):
            if (version.number, told.key) == (number, slug) and _given(told):
                return version, told
    raise Http404


def _given(told: Told) -> list[Question]:
    return [each for each in told.questions if wording.is_given(told.answers[each.id])]


def _asked(told: Told) -> Iterator[Question]:
    pages = told.section.card_pages if told.number else told.section.pages
    return chain.from_iterable(pages)


def _title(told: Told, lang: str) -> str:
    spoken = lang if lang in told.section.title else "en"
    return cards.title(told.section, told.number, told.answers, spoken) if told.number else told.section.title[spoken]


def _pieces(version: OpenedVersion, told: Told, lang: str) -> Iterator[Piece]:
    for question in _given(told):
        answer = told.answers[question.id]
        spoken = next((each for each in (lang, version.language) if each in question.text), "en")
        title, typed = sentences(question.text[spoken])[0], str(answer.get("lang") or version.language)
        is_voice = question.type in VOICE
        parts = list(cut(wording.lines(question, answer, spoken)))
        for place, lines in enumerate(parts):
            yield Piece(title if place == 0 else "", lines, typed if is_voice else spoken, is_voice)


def _may_correct(told: Told) -> bool:
    """Is this a part that the longer account asks for today?"""
    return told.section.id in {each.id for each in wizard.told_here()} - {wizard.FILES} and told.number <= MOST_CARDS


def _correct(lang: str, guest: Guest, account: Account, told: Told) -> HttpResponse:
    """Take the part, as it stands by its newest answers, into the draft, and go there."""
    if not _may_correct(told):
        raise Http404
    used = {key for version in account.versions for key in version.sections if cards.split(key)[1]}
    correct(case=guest.case, receipt=guest.ring, section=told.key, answers=_standing(account, told.key), used=used)
    guest.visit.note("correcting")
    return redirect("intake:parted", lang, told.key)


def _standing(account: Account, key: str) -> Section:
    """The newest answers of a section or card to the questions that are still asked."""
    found: Section = {}
    for version in account.versions:
        found |= {each: answer for each, answer in version.sections.get(key, {}).items() if wording.is_given(answer)}
    return {each: answer for each, answer in found.items() if each in catalogue.at(catalogue.VERSION).questions}
