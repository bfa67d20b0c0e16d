"""Templates to PDF. Runs in the child. Nothing but our own stylesheet and the picture of an exhibit can be loaded."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from weasyprint import CSS, HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from cases.dossier import tagged_languages
from cases.dossier.errors import RenderFailed
from cases.dossier.passages import to_markup

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "dossier"
IMAGES = {"image/jpeg", "image/png"}


class Archival(Enum):
    """YES declares PDF/A-3a. NO is for pages that will carry foreign content, which nobody can vouch for."""

    YES = "pdf/a-3a"
    NO = None


class OnlyOurs(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves the assets it was given and aborts the whole document on anything else, whatever the scheme."""

    def __init__(self, assets: dict[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.assets = assets

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in self.assets:
            raise FatalURLFetchingError("fetch")
        body, kind = self.assets[url]
        return URLFetcherResponse(url, body, {"Content-Type": kind})


def to_pdf(
    template: str,
    values: dict[str, Any],
    archival: Archival,
    assets: dict[str, tuple[bytes, str]] | None = None,
    files: Iterable[Attachment] = (),
) -> bytes:
    """Render a template of templates/dossier with plain values to PDF bytes, with files inside.

    assets: address ("asset:...") -> bytes and content type. Raises RenderFailed("fetch") when the page asks for more.
    """
    return markup_to_pdf(to_html(template, values), archival, assets or {}, files)


def to_html(template: str, values: dict[str, Any]) -> str:
    """A template with its values: everything escaped, passages in other languages marked as such."""
    markup = engine().get_template(template).render(Context(values, use_l10n=False, use_tz=False))
    return to_markup(markup)


def markup_to_pdf(
    markup: str, archival: Archival, assets: dict[str, tuple[bytes, str]], files: Iterable[Attachment] = ()
) -> bytes:
    """As to_pdf, from markup. The base address is empty, so relative addresses lead nowhere."""
    tagged_languages.install()
    try:
        page = HTML(string=markup, url_fetcher=OnlyOurs(assets))
        pdf: bytes = page.write_pdf(
            stylesheets=[style()],
            pdf_variant=archival.value,
            pdf_tags=archival is Archival.YES,
            attachments=list(files),
        )
    except FatalURLFetchingError as error:
        raise RenderFailed("fetch") from error
    return pdf


def complaint(parts: list[bytes]) -> list[bytes]:
    """Job "complaint": the main document from JSON values, with the files of data that are attached to it."""
    values = json.loads(parts[0])
    return [to_pdf("complaint.html", values, Archival.YES, files=attachments(values["attached"], values["built_on"]))]


def attachments(files: list[dict[str, str]], day: str) -> list[Attachment]:
    """Files of data as WeasyPrint takes them, all of one ISO day."""
    made = datetime.fromisoformat(day)
    return [
        Attachment(
            string=each["text"], name=each["name"], description=each["about"], created=made, modified=made,
            relationship="Data",
        )
        for each in files
    ]  # fmt: skip


def cover(parts: list[bytes]) -> list[bytes]:
    """Job "cover": the cover letter from JSON values."""
    return [to_pdf("letter.html", json.loads(parts[0]), Archival.YES)]


def note(parts: list[bytes]) -> list[bytes]:
    """Job "note": the note to counsel from JSON values."""
    return [to_pdf("note.html", json.loads(parts[0]), Archival.YES)]


def sealed(parts: list[bytes]) -> list[bytes]:
    """Job "sealed": a document of the sealed envelope from JSON values."""
    return [to_pdf("sealed.html", json.loads(parts[0]), Archival.YES)]


def sheet(parts: list[bytes]) -> list[bytes]:
    """Job "sheet": the page that stands for a file which could not be converted."""
    return [to_pdf("exhibit.html", json.loads(parts[0]), Archival.YES)]


def form(parts: list[bytes]) -> list[bytes]:
    """Job "form": a form to sign from JSON values."""
    return [to_pdf("form.html", json.loads(parts[0]), Archival.YES)]


@cache
def style() -> CSS:
    """The style sheet, read once: it takes as long as drawing a page."""
    return CSS(string=(TEMPLATES / "dossier.css").read_text(encoding="utf-8"), url_fetcher=OnlyOurs({}))


@cache
def engine() -> Engine:
    """An engine of its own: escaping on, only these templates, no settings of the portal."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True, debug=False)
