"""The certificate of a translation: what the signed sheet says, written down beside its revision."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases import access
from cases.actions import certifying, translating
from cases.errors import CaseError, NotReady
from cases.forms_certifying import CertificateForm
from cases.views import purposes
from cases.views.fetch import fetch_case, opens, refused
from people.permissions import Permission, staff
from people.requests import StaffRequest

NOT_READY = {
    "translation": gettext_lazy("There is no translation yet that could be certified."),
    "stale": gettext_lazy("The translation was changed meanwhile. Compare the sheet with it, then do this again."),
    "paper": gettext_lazy("This paper is not among those of the lawyer any more."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.READ_ACCOUNT)
@opens
def write(request: StaffRequest, reference: str, number: int, language: str) -> HttpResponseBase:
    """Write down what the translator signed; the digests of both texts are taken when it is sealed."""
    case = fetch_case(request, reference, Permission.READ_ACCOUNT)
    version = case.versions.filter(number=number).exclude(language=language).first()
    if version is None or language not in translating.LANGUAGES:
        raise Http404
    purpose = purposes.purpose_of(request, case)
    if purpose is None:
        return purposes.ask(request, case)
    ring = request.keyring
    now, found = translating.translation(case, ring, version, language), certifying.certificates(case, ring, language)
    context = {
        "case": case, "version": version, "language": language, "now": now,
        "there": next((each for each in found if each.version == version.number), None),
    }  # fmt: skip
    labels = certifying.labels(case, ring)
    form = CertificateForm(labels, request.POST or None, initial={"seen": now.revision if now else 0})
    if not form.is_valid():
        return render(request, "desk/certifying.html", context | {"form": form})
    account = access.open_account(case, by=request.person, ring=ring, purpose=purpose)
    try:
        certifying.certify(
            case=case, version=version, account=account, by=request.person, ring=ring, language=language,
            word=form.word, seen=form.cleaned_data["seen"],
        )  # fmt: skip
    except NotReady as error:
        messages.warning(request, NOT_READY.get(error.code, error.code))
        return HttpResponseRedirect(request.path)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("The certificate is sealed with the case."))
    return HttpResponseRedirect(reverse("cases:account", args=[case.reference]))
