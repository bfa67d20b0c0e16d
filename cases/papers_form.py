"""The form with which a paper is brought, and what to say of a file that cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import filetypes
from cases.models import Paper
from people.forms import DeskForm
from vault.uploads import Refused, SealedUpload

NAME_LENGTH = 120
MEGABYTE = 2**20


class PlainFile(forms.FileField):
    """A file of any size, even empty: what is wrong with it is said in our own words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_empty_file=True, **options)

    def to_python(self, data: Any) -> Any:
        """Hand the sealed upload on as it is."""
        return data


class PaperForm(DeskForm):
    """One paper: what it is, the file, a name for it."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Paper.Kind.choices, widget=forms.RadioSelect())
    file = PlainFile(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("A PDF, a photo, a text or a recording, up to 25 MB. It is sealed while it arrives."),
    )
    name = forms.CharField(
        label=gettext_lazy("A name for it, if you like"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("Sealed like the paper. Without it, the name of the file is kept."),
    )


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that can be kept."""

    upload: SealedUpload
    content_type: str
    name: str


def arrived(request: HttpRequest, form: PaperForm) -> Arrived | None:
    """The file that came with a valid form, or None; then the form says why."""
    upload = request.FILES.get("file")
    refused = getattr(request, "refused_uploads", [])
    if refused:
        form.add_error("file", _refusal(refused[0]))
    elif not isinstance(upload, SealedUpload):
        form.add_error("file", _("Choose a file first."))
    elif problem := _problem(upload):
        form.add_error("file", problem)
    else:
        name = " ".join((form.cleaned_data["name"] or upload.name or _("Paper")).split())
        return Arrived(upload, filetypes.kind_of(upload.head).content_type or "", name[:NAME_LENGTH])
    return None


def not_kept() -> str:
    """What is said when there is no room for a file now."""
    return _("The file could not be kept now. What was kept before is safe. Try again later.")


def _refusal(refused: Refused) -> str:
    if refused.reason == "harmful":
        return _("The scanner found a harmful program in this file (%(name)s). It was not kept.") % {
            "name": refused.found
        }
    if refused.reason == "too_large":
        return _("This file is larger than %(limit)s MB. Scan it with fewer dots, or bring it in parts.") % {
            "limit": settings.UPLOAD_LIMIT // MEGABYTE
        }
    return not_kept()


def _problem(upload: SealedUpload) -> str:
    if not upload.size:
        return _("This file is empty. Look whether it was copied whole, and choose it again.")
    if filetypes.is_taken(filetypes.kind_of(upload.head)):
        return ""
    return _("This kind of file is not taken. Bring it as a PDF, a picture, a text or a ZIP archive.")
