"""Our structural check of a PDF: what can be told from its objects without a validator of the archive standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary, Object, Stream

# Everything a document of ours must be free of.
DOCUMENT = frozenset(
    {
        "unreadable",
        "empty",
        "untagged",
        "no-language",
        "loose-font",
        "active",
        "outside",
        "attachment",
        "metadata",
        "claim",
    }
)
# A copy of a foreign document cannot promise tags, its fonts or the archive claim.
COPY = DOCUMENT - {"untagged", "loose-font", "claim", "no-language"}
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
}
TRIGGERS = ("/AA", "/OpenAction", "/JS", "/JavaScript", "/XFA", "/AcroForm")
ALWAYS_INSIDE = {"/Type0", "/Type3"}  # composed of descendants, or drawn
INFO_KEYS = {"/Title", "/Producer", "/CreationDate"}
PATH = re.compile(r"/(?:home|root|tmp|usr|var|srv|work|opt|Users)/|[A-Za-z]:\\\\|file:", re.IGNORECASE)
DAY = re.compile(r"D:\d{8}\Z")


@dataclass(frozen=True)
class Report:
    """Findings as codes (see DOCUMENT), the number of pages, and the font names found."""

    findings: frozenset[str]
    pages: int
    fonts: frozenset[str]


def examine(pdf: bytes) -> Report:
    """Look at a PDF: tags, language, embedded fonts, scripts and actions, attachments, neutral metadata."""
    try:
        with pikepdf.open(BytesIO(pdf), suppress_warnings=True) as opened:
            fonts = set(_fonts(opened))
            findings = {code for code, is_found in _findings(opened, fonts) if is_found}
            return Report(frozenset(findings), len(opened.pages), frozenset(name for name, _ in fonts))
    except pikepdf.PdfError:
        return Report(frozenset({"unreadable"}), 0, frozenset())


def _findings(pdf: pikepdf.Pdf, fonts: set[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    root = pdf.Root
    names = root.get("/Names", Dictionary())
    yield "empty", not len(pdf.pages)
    yield (
        "untagged",
        "/StructTreeRoot" not in root or not bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False)),
    )
    yield "no-language", not str(root.get("/Lang", ""))
    yield "loose-font", any(not is_embedded for _, is_embedded in fonts)
    yield "active", "/JavaScript" in names or any(_is_active(entry) for entry in pdf.objects)
    yield "outside", any(_leads_out(entry) for entry in pdf.objects)
    yield "attachment", "/EmbeddedFiles" in names or "/AF" in root or any(_is_type(o, "/Filespec") for o in pdf.objects)
    yield "metadata", not _is_neutral(pdf)
    yield "claim", b"pdfaid" not in _xmp(pdf)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    """Names of fonts and whether the program is in the file. Type 3 fonts are drawings and always inside."""
    for entry in pdf.objects:
        if _is_type(entry, "/FontDescriptor"):
            yield str(entry.get("/FontName", "")), any(f"/FontFile{n}" in entry for n in ("", "2", "3"))
        elif _is_type(entry, "/Font") and entry.get("/Subtype") not in ALWAYS_INSIDE and "/FontDescriptor" not in entry:
            yield str(entry.get("/BaseFont", "")), False


def _is_type(entry: Any, name: str) -> bool:
    return isinstance(entry, (Dictionary, Stream)) and entry.get("/Type") == name


def _is_active(entry: Any) -> bool:
    if not isinstance(entry, (Dictionary, Stream)):
        return False
    return str(entry.get("/S", "")) in ACTIVE or any(key in entry for key in TRIGGERS)


def _leads_out(entry: Any) -> bool:
    """Whether the object or an action inside it points outside the file; links inside the document are fine."""
    if not isinstance(entry, Dictionary):
        return False
    action = entry.get("/A")
    inner = action.get("/S") if isinstance(action, Dictionary) else None
    return "/URI" in (str(entry.get("/S", "")), str(inner)) or str(inner) in ACTIVE or "/URI" in entry


def _is_neutral(pdf: pikepdf.Pdf) -> bool:
    """Title, producer and a day; no person, no program path, no time of day; XMP says no more than that."""
    info = {key: str(value) for key, value in pdf.docinfo.items()} if "/Info" in pdf.trailer else {}
    created = info.get("/CreationDate", "D:20000101")
    if set(info) - INFO_KEYS or not DAY.match(created):
        return False
    xmp = _xmp(pdf).decode("utf-8", "replace")
    return not any(PATH.search(text) for text in (*info.values(), xmp)) and "creator>" not in xmp


def _xmp(pdf: pikepdf.Pdf) -> bytes:
    stream: Object | None = pdf.Root.get("/Metadata")
    return stream.read_bytes() if isinstance(stream, Stream) else b""
