"""What a page about one recording works with, and who gets there: the member who writes it down, nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from cases.actions import recording
from cases.drafted import DraftContent, DraftSection
from cases.errors import DraftExpired
from cases.hands import How
from cases.models import Recording
from cases.statement import catalogue
from cases.views.fetch import opens
from intake.again import is_text
from intake.cleaning import clean
from people.permissions import Permission, staff
from people.requests import StaffRequest

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Sheet:
    """One recording, opened with the keys of the member who writes it down."""

    request: StaffRequest
    row: Recording
    content: DraftContent

    @property
    def how(self) -> How:
        """How the person tells it."""
        return recording.how_of(self.content)

    @property
    def language(self) -> str:
        """The language in which the longer questions are shown: of the conversation, else English."""
        return self.how.language if self.how.language in catalogue.LANGUAGES else "en"

    @property
    def asked_of(self) -> DraftContent:
        """What was told, without how."""
        return replace(self.content, sections={k: v for k, v in self.content.sections.items() if k != recording.HOW})

    def load(self) -> DraftContent:
        """What stands there now."""
        return recording.load(self.row, by=self.request.person, ring=self.request.keyring)

    def write(self, key: str, answers: dict[str, Any], version: int) -> None:
        """Seal a section. Raises cases.errors.Conflict."""
        recording.save_section(
            recording=self.row, by=self.request.person, ring=self.request.keyring, section=key, answers=answers,
            seen_version=version,
        )  # fmt: skip

    def saved(self, key: str) -> DraftSection:
        """A section as it was saved last."""
        return self.content.sections.get(key, DraftSection())


def with_recording(view: View) -> View:
    """Hand the view a Sheet. A colleague's recording is not there; one that is over gives typed words back."""

    @staff(Permission.RECORD_ACCOUNT)
    @opens
    @wraps(view)
    def found(request: StaffRequest, recording_id: UUID, **kwargs: Any) -> HttpResponseBase:
        row = Recording.objects.select_related("case").filter(id=recording_id, person=request.person).first()
        if row is None:
            return gone(request, 404)
        if row.is_sent and row.case is not None:
            return redirect("cases:case", row.case.reference)
        try:
            content = recording.load(row, by=request.person, ring=request.keyring)
            return view(request, Sheet(request, row, content), **kwargs)
        except DraftExpired:
            return gone(request, 410)

    return found


def gone(request: StaffRequest, status: int) -> HttpResponse:
    """It was sent, erased or never there: what was typed is shown once more, and kept nowhere. Raises Http404."""
    typed = [clean(text).text for name, texts in request.POST.lists() for text in texts if text and is_text(name)]
    if status == 404 and not typed:
        raise Http404
    return render(request, "desk/recording/gone.html", {"typed": typed}, status=status)
