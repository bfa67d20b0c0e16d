"""The five answers of the first contact, one page each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.statement import vocab
from cases.statement.asked import is_asked
from cases.statement.catalogue import Question
from intake import ways, wizard
from intake.again import ENDED, again, keeps_words, typed_words
from intake.buttons import QUIET_PAGES, Pressed, pressed
from intake.floods import passes
from intake.forms import QuestionForm, form_for
from intake.pages import Problem, show
from intake.problems import problems_of
from intake.views.leave import forgetting
from intake.views.turn import too_many
from intake.visit import Visit

CALM = frozenset({"none"})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def first(request: HttpRequest, lang: str, number: int) -> HttpResponse:
    """One page of the first contact."""
    pages = wizard.first_pages()
    if not 1 <= number <= len(pages):
        raise Http404
    visit = Visit(request)
    if visit.case_id is not None:
        return _sent_before(request, lang, visit)
    if visit.is_outdated:
        return _outdated(request, lang, visit)
    if request.method == "POST":
        return _save(request, lang, visit, number, pages[number - 1])
    if many := too_many(request, visit):
        return many
    passes.give(visit)  # the time to read begins here
    visit.be_at(request.path)
    forms = [form_for(question, lang, visit.answers.get(question.id)) for question in pages[number - 1]]
    return _show(request, lang, number, forms)


def _sent_before(request: HttpRequest, lang: str, visit: Visit) -> HttpResponse:
    """A page from before the sending cannot change what was sent; what was typed on it waits as a letter."""
    if request.method != "POST":
        return redirect("intake:sent", lang)
    visit.note("sent_before")
    if not (words := typed_words(request)):
        return redirect("intake:sent", lang)
    visit.put_aside("\n\n".join(words))
    visit.note("waits_as_letter")
    return redirect("intake:letter", lang)


def _outdated(request: HttpRequest, lang: str, visit: Visit) -> HttpResponse:
    """A visit without a number ends after a day; what was being typed is shown once more."""
    visit.erase()
    return again(request, ENDED) if request.method == "POST" else redirect("intake:start", lang)


def _show(
    request: HttpRequest, lang: str, number: int, forms: list[QuestionForm], problems: list[Problem] | None = None
) -> HttpResponse:
    total = len(wizard.first_pages())
    forms[0].caption = _("Question %(number)s of %(total)s") % {"number": number, "total": total}
    for form in forms[1:]:
        form.is_second = True
    is_consent = forms[0].question.id == wizard.CONSENT_TO_READ
    context = {"forms": forms, "is_consent": is_consent, "is_first_contact": True}
    return show(request, "question", context, has_form=True, back="form", problems=problems or [])


def _save(request: HttpRequest, lang: str, visit: Visit, number: int, questions: list[Question]) -> HttpResponse:
    button = pressed(request)
    if button.do == "erase":
        visit.leave()
        return forgetting(redirect("intake:erased", lang))
    forms = [form_for(question, lang, visit.answers.get(question.id), request.POST) for question in questions]
    if not all(form.is_valid() for form in forms):
        return _show(request, lang, number, forms, problems_of(forms))
    visit.keep({form.question.id: form.answer() for form in forms})
    if button.goes_on and (problems := _missing(forms, lang)):
        return _show(request, lang, number, forms, problems)
    if any(form.taken_out for form in forms):
        visit.note("taken_out")
        return redirect("intake:first", button.language or lang, number)
    if button.goes_on and any(form.asks_which for form in forms):
        visit.note("which")
        return redirect("intake:first", lang, number)
    return redirect(_after(button, lang, number, visit))


def _missing(forms: list[QuestionForm], lang: str) -> list[Problem]:
    """What the first contact cannot do without: an address for the chosen channel, and the consent to read."""
    answers = {form.question.id: form.answer() for form in forms}
    for form in forms:
        if form.question.required == "C" and is_asked(form.question, answers) and not form.answer()["value"]:
            return _no_address(form, answers[forms[0].question.id]["value"], lang)
        if form.question.id == wizard.CONSENT_TO_READ and not form.answer()["value"]:
            form.add_error("value", _("To send this, we need your yes."))
            return [*problems_of([form]), Problem(_("Or stop here, and we erase your answers."), "#erase")]
    return []


def _no_address(form: QuestionForm, channel: str, lang: str) -> list[Problem]:
    name = vocab.label("contact_channel", channel, lang)
    form.add_error("value", _("This way needs an address or a number: %(channel)s") % {"channel": name})
    other = _("Or choose to come back here with your number: then nothing is needed.")
    return [*problems_of([form]), Problem(other, "#CTC-01-value")]


def _after(button: Pressed, lang: str, number: int, visit: Visit) -> str:
    """Where a button leads after its page was saved."""
    if button.language:
        return _path(button.language, number)
    if button.do == "back":
        return _path(lang, number - 1) if number > 1 else reverse("intake:leaving", args=[lang])
    if button.do in QUIET_PAGES:
        return reverse(QUIET_PAGES[button.do], args=[lang])
    return _onwards(lang, number, visit)


def _path(lang: str, number: int) -> str:
    return reverse("intake:first", args=[lang, number])


def _onwards(lang: str, number: int, visit: Visit) -> str:
    """The next page; help after an urgent tick and advice after a risky country come between, once each."""
    pages = wizard.first_pages()
    target = _path(lang, number + 1) if number < len(pages) else reverse("intake:number", args=[lang])
    return ways.between(visit, _between(pages[number - 1][0].id, visit), target, lang)


def _between(question_id: str, visit: Visit) -> list[str]:
    """The pages that the answer to a question calls for."""
    value = visit.answers[question_id].get("value")
    found = ways.of_answers({question_id: visit.answers[question_id]})
    if question_id == "SAF-04" and set(value or []) - CALM:
        return ["help", *found]
    if question_id == "ELG-02" and value in wizard.RISKY_COUNTRIES:
        return ["safe", *found]
    return found
