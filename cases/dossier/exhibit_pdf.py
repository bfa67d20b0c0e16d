"""PDF exhibits rebuilt by an allow-list: a new file that takes over page content and nothing else. Runs in the child.

SCHEMA says which keys of which kind of object are copied; what is not listed does not exist in the copy. So there are
no scripts, actions, annotations, forms, attachments, metadata, layers, tags or references to outside files in it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from cases.dossier.errors import ExhibitUnusable
from cases.dossier.jpeg import strip_jp2, strip_jpeg

DRAWN, LOOSE = "drawn", "loose"  # codes of notes on fonts that are not in the original file
PAGES = 2_000
DEPTH = 60
DRAWING = 64 * 2**20  # bytes of drawing instructions of one page or form
LETTER = (0, 0, 612, 792)  # what readers assume when a page says nothing

# kind -> key -> kind of the value. "plain": numbers, names, strings and arrays of them.
FONT = ("Type Subtype BaseFont FirstChar LastChar Widths Name FontBBox FontMatrix DW W DW2 W2 CIDToGIDMap:stream "
        "CIDSystemInfo:flat FontDescriptor:descriptor Encoding:encoding ToUnicode:stream DescendantFonts:fonts "
        "CharProcs:map-stream Resources:resources")  # fmt: skip
SCHEMA: dict[str, str] = {
    "page": "MediaBox CropBox Rotate UserUnit Resources:resources Group:group",
    "resources": "Font:map-font XObject:map-xobject ExtGState:map-state ColorSpace:map-colour Pattern:map-pattern "
    "Shading:map-shading ProcSet",
    "font": FONT,
    "descriptor": "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading "
    "CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet FontFile:stream FontFile2:stream "
    "FontFile3:stream CIDSet:stream Style:flat",
    "encoding": "Type BaseEncoding Differences CMapName CIDSystemInfo:flat WMode UseCMap:encoding",
    "flat": "Registry Ordering Supplement Panose",
    "stream": "Length1 Length2 Length3 Subtype Type CMapName CIDSystemInfo:flat WMode",
    "form": "Type Subtype FormType BBox Matrix Resources:resources Group:group",
    "image": "Type Subtype Width Height ColorSpace:colour BitsPerComponent Intent ImageMask Mask:mask Decode "
    "Interpolate SMask:image SMaskInData Matte",
    "group": "Type S CS:colour I K",
    "state": "Type LW LC LJ ML D RI OP op OPM Font:fonts BG:function BG2:function UCR:function UCR2:function "
    "TR:function TR2:function FL SM SA BM SMask:softmask CA ca AIS TK",
    "softmask": "Type S G:form BC TR:function",
    "pattern": "Type PatternType PaintType TilingType BBox XStep YStep Resources:resources Matrix Shading:shading "
    "ExtGState:state",
    "shading": "ShadingType ColorSpace:colour Background BBox AntiAlias Domain Matrix Function:function Coords Extend "
    "BitsPerCoordinate BitsPerComponent BitsPerFlag Decode VerticesPerRow",
    "function": "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Functions:function Bounds",
    "profile": "N Alternate:colour Range",
    "colourinfo": "WhitePoint BlackPoint Gamma Matrix Range Subtype Colorants:map-colour Process:process",
    "process": "ColorSpace:colour Components",
    "filter": "K EndOfLine EncodedByteAlign Columns Rows EndOfBlock BlackIs1 DamagedRowsBeforeError Predictor Colors "
    "BitsPerComponent EarlyChange ColorTransform JBIG2Globals:stream",
}  # fmt: skip
KEYS: dict[str, dict[str, str]] = {
    kind: {name: of or "plain" for name, _, of in (entry.partition(":") for entry in listing.split())}
    for kind, listing in SCHEMA.items()
}
ITEM = {"fonts": "font", "map-colour": "colour"}
PLAIN_ARRAYS = {"mask", "map-font", "map-xobject", "resources"}
COMPOSED = {"/Type0", "/Type3"}
PICTURES: dict[str, Callable[[bytes], bytes]] = {"/DCTDecode": strip_jpeg, "/JPXDecode": strip_jp2}
GENERAL = ("Flate", "LZW", "ASCII85", "ASCIIHex", "RunLength", "CCITTFax", "JBIG2")
FILTERS = {*(f"/{name}Decode" for name in GENERAL), *PICTURES}
INLINE_JPEG = re.compile(rb"\bBI\b[^>]{0,400}/DCT")


def rebuild(original: bytes, redraw: Callable[[Pdf], Pdf] | None = None) -> tuple[Pdf, tuple[str, ...]]:
    """A new PDF with the content of the pages of `original`, and notes for the slip.

    redraw: makes another PDF of a copy whose fonts are not inside; None leaves them to the reader's program.
    Raises ExhibitUnusable: unreadable, encrypted, empty, pages, depth, length, inline, filter, jpeg, jpx.
    """
    with _source(original) as source:
        copier = _Copier()
        for page in source.pages:
            copier.page(page)
        if copier.loose_fonts and redraw:
            return redraw(copier.target), copier.notes(DRAWN)
        return copier.target, copier.notes(LOOSE)


def count_pages(original: bytes) -> int:
    """How many pages a PDF has. Raises ExhibitUnusable: unreadable, encrypted, empty, pages, depth."""
    with _source(original) as source:
        return len(source.pages)


def one_page(original: bytes, number: int) -> Pdf:
    """A new PDF with the content of one page, counted from 1. Raises ExhibitUnusable as rebuild() does, and "page"."""
    with _source(original) as source:
        if not 0 < number <= len(source.pages):
            raise ExhibitUnusable("page")
        copier = _Copier()
        copier.page(source.pages[number - 1])
        return copier.target


@contextmanager
def _source(original: bytes) -> Iterator[Pdf]:
    """The original, open; whatever its parser says becomes a code. Raises ExhibitUnusable."""
    try:
        with pikepdf.open(BytesIO(original), suppress_warnings=True) as source:
            count = len(source.pages)
            if not 0 < count <= PAGES:
                raise ExhibitUnusable("pages" if count else "empty")
            yield source
    except pikepdf.PasswordError as error:
        raise ExhibitUnusable("encrypted") from error
    except (pikepdf.PdfError, zlib.error) as error:
        raise ExhibitUnusable("unreadable") from error
    except RecursionError as error:
        raise ExhibitUnusable("depth") from error


class _Copier:
    """Copies objects by kind into a new file, each object once, so that loops end."""

    def __init__(self) -> None:
        self.target = Pdf.new()
        self.done: dict[tuple[int, int, str], Any] = {}
        self.loose_fonts: set[str] = set()
        self.depth = 0

    def page(self, page: pikepdf.Page) -> None:
        """Append a copy of a page: its boxes, resources and content."""
        fresh = self._keyed(_flattened(page), "page", Dictionary(Type=Name.Page))
        fresh.MediaBox = fresh.get("/MediaBox") or Array(LETTER)
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, Array) else [contents]
        fresh.Contents = Array([self._content(stream) for stream in streams if isinstance(stream, Stream)])
        self.target.pages.append(pikepdf.Page(self.target.make_indirect(fresh)))

    def copy(self, value: Any, kind: str) -> Any:
        """A copy of `value` as an object of this kind; None when it is not one."""
        key = (*value.objgen, kind) if isinstance(value, Object) and value.is_indirect else None
        if key and key in self.done:
            return self.done[key]
        self.depth += 1
        if self.depth > DEPTH:
            raise ExhibitUnusable("depth")
        try:
            return self._by_kind(value, kind, key)
        finally:
            self.depth -= 1

    def _by_kind(self, value: Any, kind: str, key: tuple[int, int, str] | None) -> Any:
        if kind == "plain" or not isinstance(value, (Array, Dictionary, Stream)):
            return _plain(value)
        if isinstance(value, Array):
            return _plain(value) if kind in PLAIN_ARRAYS else self._array(value, ITEM.get(kind, kind))
        kind = _refined(value, kind)
        if kind not in KEYS and not kind.startswith("map-"):
            return None
        fresh: Any = self.target.make_stream(b"") if isinstance(value, Stream) else Dictionary()
        if key:
            self.done[key] = fresh = fresh if isinstance(value, Stream) else self.target.make_indirect(fresh)
        if kind in {"form", "pattern"} and isinstance(value, Stream):
            _drawable(value)
        self._note(value, kind)
        self._keyed(value, kind, fresh)
        if isinstance(value, Stream):
            self._body(value, fresh)
        return fresh

    def _array(self, value: Array, kind: str) -> Array:
        copies = [self.copy(item, kind) for item in value]
        return Array([item for item in copies if item is not None])

    def _keyed(self, value: Any, kind: str, fresh: Any) -> Any:
        """Fill `fresh` with the allowed keys of a dictionary or stream."""
        allowed = KEYS.get(kind)
        for name in list(value.keys()):
            wanted = allowed.get(name[1:]) if allowed is not None else kind.removeprefix("map-")
            copied = self.copy(value[name], wanted) if wanted else None
            if copied is not None:
                fresh[name] = copied
        return fresh

    def _content(self, stream: Stream) -> Stream:
        _drawable(stream)
        fresh = self.target.make_stream(b"")
        self._body(stream, fresh)
        return fresh

    def _body(self, value: Stream, fresh: Stream) -> None:
        """Take over the bytes of a stream as they are coded; picture codings lose their hidden parts."""
        filters = _listed(value.get("/Filter"))
        parameters = [self.copy(entry, "filter") for entry in _listed(value.get("/DecodeParms"))]
        body = value.read_raw_bytes()
        if any(str(name) not in FILTERS for name in filters):
            raise ExhibitUnusable("filter")
        if filters and str(filters[-1]) in PICTURES:
            body = PICTURES[str(filters[-1])](self._decoded(body, filters[:-1], parameters[:-1]))
            filters, parameters = filters[-1:], parameters[-1:] if len(parameters) == len(filters) else []
        fresh.write(body, filter=Array(filters) if filters else None, decode_parms=_parameters(parameters, filters))

    def _decoded(self, body: bytes, filters: list[Any], parameters: list[Any]) -> bytes:
        """Undo the general codings that stand before a picture coding."""
        if not filters:
            return body
        coded = self.target.make_stream(b"")
        coded.write(body, filter=Array(filters), decode_parms=_parameters(parameters, filters))
        return coded.read_bytes()

    def _note(self, value: Any, kind: str) -> None:
        if kind == "descriptor" and not any(f"/FontFile{n}" in value for n in ("", "2", "3")):
            self.loose_fonts.add(str(value.get("/FontName", "")))
        elif kind == "font" and "/FontDescriptor" not in value and value.get("/Subtype") not in COMPOSED:
            self.loose_fonts.add(str(value.get("/BaseFont", "")))

    def notes(self, on_fonts: str) -> tuple[str, ...]:
        """Remarks for the slip, as codes; on_fonts: which one when fonts are missing."""
        texts = [f"document {len(self.target.pages)}"]
        if self.loose_fonts:
            texts.append(on_fonts)
        return tuple(texts)


def _drawable(stream: Stream) -> None:
    """Refuse drawing instructions of absurd length, and those with a JPEG in their midst, which cannot be cleaned."""
    content = stream.read_bytes()
    if len(content) > DRAWING:
        raise ExhibitUnusable("length")
    if INLINE_JPEG.search(content):
        raise ExhibitUnusable("inline")


def _flattened(page: pikepdf.Page) -> Dictionary:
    """The page with the keys it inherits from its parents."""
    found = Dictionary()
    node: Any = page.obj
    for _ in range(DEPTH):
        for key in KEYS["page"]:
            if f"/{key}" in node and f"/{key}" not in found:
                found[f"/{key}"] = node[f"/{key}"]
        node = node.get("/Parent")
        if not isinstance(node, Dictionary):
            break
    return found


def _plain(value: Any, depth: int = 0) -> Any:
    """Numbers, names, strings, and arrays of them. Dictionaries and streams have no place here."""
    if depth > DEPTH:
        raise ExhibitUnusable("depth")
    if isinstance(value, (Dictionary, Stream)):
        return None
    if isinstance(value, Array):
        copies = [_plain(item, depth + 1) for item in value]
        return Array([item for item in copies if item is not None])
    return _loose(value)


def _loose(value: Any) -> Any:
    """A scalar that belongs to no file."""
    if isinstance(value, Name):
        return Name(str(value))
    return String(bytes(value)) if isinstance(value, String) else value


def _refined(value: Any, kind: str) -> str:
    """Kinds that depend on the object itself."""
    if kind == "xobject":
        return {"/Image": "image", "/Form": "form"}.get(str(value.get("/Subtype")), "none")
    if kind == "mask":
        return "image"
    if kind == "colour":
        if "/FunctionType" in value:
            return "function"
        return ("profile" if "/N" in value else "stream") if isinstance(value, Stream) else "colourinfo"
    return kind


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return [_loose(item) for item in value] if isinstance(value, Array) else [_loose(value)]


def _parameters(parameters: list[Any], filters: list[Any]) -> Array | None:
    known = [entry for entry in parameters if entry is not None]
    if not known or len(parameters) != len(filters):
        return None
    return Array([Dictionary() if entry is None else entry for entry in parameters])
