"""Our structural check of a PDF: what can be told from its objects without a validator of the archive standard."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

ACTIVE = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/Named",
}  # fmt: skip
ALWAYS_INSIDE = {"/Type0", "/Type3"}  # composed of descendants, or drawn
NESTED = 50
INFO_KEYS = {"/Title", "/Producer", "/CreationDate"}
PATH = re.compile(r"/(?:home|root|tmp|usr|var|srv|work|opt|Users)/|[A-Za-z]:\\\\|file:", re.IGNORECASE)
DAY = re.compile(r"D:\d{8}\Z")


@dataclass(frozen=True)
class Report:
    """Findings as codes (see `_findings`), the number of pages, the font names found, and the files of data inside.

    files: hex SHA-256 by name.
    """

    findings: frozenset[str]
    pages: int
    fonts: frozenset[str]
    files: Mapping[str, str] = field(default_factory=dict)


def examine(pdf: bytes) -> Report:
    """Look at a PDF: tags, language, embedded fonts, scripts and actions, attachments, neutral metadata."""
    try:
        with pikepdf.open(BytesIO(pdf), suppress_warnings=True) as opened:
            fonts = set(_fonts(opened))
            files = _data(opened)
            findings = {code for code, is_found in _findings(opened, fonts, files) if is_found}
            return Report(frozenset(findings), len(opened.pages), frozenset(name for name, _ in fonts), files)
    except pikepdf.PdfError:
        return Report(frozenset({"unreadable"}), 0, frozenset())


def examine_parts(parts: list[bytes]) -> list[bytes]:
    """Job "examine": one PDF in, its report as JSON out."""
    report = examine(parts[0])
    plain = {"findings": sorted(report.findings), "fonts": sorted(report.fonts), "files": dict(report.files)}
    return [json.dumps(plain | {"pages": report.pages}).encode()]


def _findings(pdf: pikepdf.Pdf, fonts: set[tuple[str, bool]], files: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    root = pdf.Root
    names = root.get("/Names", Dictionary())
    actions = {str(entry.get("/S", "")) for entry in _dictionaries(pdf)}
    yield "empty", not len(pdf.pages)
    yield (
        "untagged",
        "/StructTreeRoot" not in root or not bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False)),
    )
    yield "no-language", not str(root.get("/Lang", ""))
    yield "loose-font", any(not is_embedded for _, is_embedded in fonts)
    yield "active", bool(actions & ACTIVE) or "/JavaScript" in names or _has_triggers(pdf)
    yield "outside", "/URI" in actions
    yield "attachment", _has_more_files(pdf, len(files))
    yield "metadata", not _is_neutral(pdf)
    yield "claim", b"pdfaid" not in _xmp(pdf)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream of the file, also those that are written inside others."""
    for entry in pdf.objects:
        yield from _inside(entry, 0)


def _inside(entry: Any, depth: int) -> Iterator[Any]:
    if depth > NESTED or not isinstance(entry, (Array, Dictionary, Stream)):
        return
    children = entry if isinstance(entry, Array) else [entry[key] for key in entry.keys()]  # noqa: SIM118
    if not isinstance(entry, Array):
        yield entry
    for child in children:
        if isinstance(child, Object) and not child.is_indirect:
            yield from _inside(child, depth + 1)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    """Names of fonts and whether the program is in the file. Type 3 fonts are drawings and always inside."""
    for entry in _dictionaries(pdf):
        kind = entry.get("/Type")
        if kind == "/FontDescriptor":
            yield str(entry.get("/FontName", "")), any(f"/FontFile{n}" in entry for n in ("", "2", "3"))
        elif kind == "/Font" and entry.get("/Subtype") not in ALWAYS_INSIDE and "/FontDescriptor" not in entry:
            yield str(entry.get("/BaseFont", "")), False


def _has_triggers(pdf: pikepdf.Pdf) -> bool:
    """Actions that run by themselves, and forms, but for the field of one signature."""
    has_form = "/AcroForm" in pdf.Root and not _is_signature(pdf.Root.AcroForm)
    at_root = has_form or any(key in pdf.Root for key in ("/OpenAction", "/AA"))
    notes = [note for page in pdf.pages for note in page.obj.get("/Annots", ())]
    return at_root or any("/AA" in owner for owner in (*(page.obj for page in pdf.pages), *notes))


def _is_signature(form: Any) -> bool:
    """Is a form one signature that nobody sees, and nothing that can be filled in or acts?"""
    if not set(form.keys()) <= {"/Fields", "/SigFlags"} or len(form.get("/Fields", ())) != 1:
        return False
    field = form.Fields[0]
    is_plain = field.get("/FT") == "/Sig" and not {"/A", "/AA", "/Kids"} & set(field.keys())
    return is_plain and all(float(edge) == 0 for edge in field.get("/Rect", (1,)))


def _data(pdf: pikepdf.Pdf) -> dict[str, str]:
    """Hex SHA-256 by name of the files that are listed, and associated with the document as its data."""
    return {
        str(entry.UF): hashlib.sha256(entry.EF.F.read_bytes()).hexdigest()
        for entry in _listed(pdf)
        if isinstance(entry, Dictionary) and entry.get("/AFRelationship") == "/Data" and "/UF" in entry
    }


def _listed(pdf: pikepdf.Pdf) -> list[Any]:
    """Every second entry of the name tree, whose names stand before them. A tree of ours has no branches."""
    tree = pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles", Dictionary())
    return list(tree.get("/Names", Array()))[1::2]


def _has_more_files(pdf: pikepdf.Pdf, data: int) -> bool:
    """Is there a file besides those of _data, or is one of them not where it belongs?"""
    found = list(_dictionaries(pdf))
    listed, associated = ({each.objgen for each in each_of} for each_of in (_listed(pdf), pdf.Root.get("/AF", Array())))
    counts = (
        sum("/EF" in entry or entry.get("/Type") == "/Filespec" for entry in found),
        sum(entry.get("/Type") == "/EmbeddedFile" for entry in found),
        len(listed),
    )
    return any(count != data for count in counts) or listed != associated


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
