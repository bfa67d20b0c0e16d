"""Accepting an exhibit: what it is by its content, and what to say when it cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from cases import filetypes
from intake import layout
from intake.cleaning import one_line
from intake.fields import TextField
from vault.uploads import Refused, SealedUpload

NAME_LENGTH = 120
MEGABYTE = 2**20
KINDS = gettext_noop(
    "Photos (JPEG, PNG, HEIC), documents (PDF, DOCX, ODT, TXT), recordings (MP4, MOV, 3GP, OGG, M4A) and ZIP archives."
)
SIZE = gettext_noop(
    "Up to %(limit)s MB each, as many as you like. On a slow line it takes minutes: leave the page open."
)


class PlainFile(forms.FileField):
    """A file of any size, even empty: what is wrong with it is said in our own words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_empty_file=True, **options)
        self.has_hint = True

    def to_python(self, data: Any) -> Any:
        """Hand the sealed upload on as it is."""
        return data


class FileForm(forms.Form):
    """One file and the name that the person chooses for it."""

    file = PlainFile(label=gettext_lazy("Choose a file"))
    name = TextField(
        label=gettext_lazy("A name for it, if you like"),
        help_text=gettext_lazy("You and we see this name. Without it we keep the name of the file."),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, prefix="EVD-02", auto_id="%s")
        limit = settings.UPLOAD_LIMIT // MEGABYTE
        self.fields["file"].help_text = f"{_(KINDS)} {_(SIZE) % {'limit': limit}}"
        self.helper = layout.helper(layout.attachment("file"), layout.line("name"))


@dataclass(frozen=True)
class Arrived:
    """A file that can be kept."""

    upload: SealedUpload
    kind: filetypes.Kind
    name: str

    @property
    def has_odd_name(self) -> bool:
        """Does the name say another kind than the content?"""
        return filetypes.name_says_otherwise(self.kind, self.upload.name or "")


def arrived(request: HttpRequest, form: FileForm) -> Arrived | None:
    """The file of a valid form, or None; then the form has the reason, if a file was chosen at all."""
    upload = request.FILES.get(form["file"].html_name)
    refused = getattr(request, "refused_uploads", [])
    if refused:
        form.add_error("file", _refusal(refused[0]))
        return None
    if not isinstance(upload, SealedUpload):
        return None
    problem = _problem(upload)
    if problem:
        form.add_error("file", problem)
        return None
    return Arrived(upload, filetypes.kind_of(upload.head), _name(form, upload))


def _refusal(refused: Refused) -> str:
    if refused.reason == "harmful":
        return _(
            "Our check found a harmful program in this file (%(name)s). We did not keep it. You did nothing wrong. "
            "A screenshot or a photo of it is fine. Or press “Tell a person”: together we find a safe way."
        ) % {"name": refused.found}
    if refused.reason == "too_large":
        limit = settings.UPLOAD_LIMIT // MEGABYTE
        return _("This file is larger than %(limit)s MB. Send it in parts, or make the picture smaller.") % {
            "limit": limit
        }
    return not_kept()


def not_kept() -> str:
    """What is said when there is no room for a file now."""
    return _("The file could not be kept now. What you sent before is safe. Please try again later.")


def _problem(upload: SealedUpload) -> str:
    if not upload.size:
        return _("This file is empty. Maybe it was not fully copied. Please look at it and choose it again.")
    kind = filetypes.kind_of(upload.head)
    if filetypes.is_taken(kind):
        return ""
    return _(
        "This seems to be %(kind)s. We cannot take it like this. "
        "A screenshot, a photo or a PDF of it is fine, or a ZIP archive with it."
    ) % {"kind": kind.name}


def _name(form: FileForm, upload: SealedUpload) -> str:
    typed = one_line(form.cleaned_data.get("name") or "", NAME_LENGTH)
    return typed or one_line(upload.name or "", NAME_LENGTH) or str(_("File"))


def size_in_words(size: int) -> str:
    """A size as people read it: whole kilobytes, or megabytes with one decimal."""
    if size < MEGABYTE:
        return _("%(number)s KB") % {"number": max(1, round(size / 1024))}
    number = f"{size / MEGABYTE:.1f}"
    return _("%(number)s MB") % {"number": number if get_language() == "en" else number.replace(".", ",")}
