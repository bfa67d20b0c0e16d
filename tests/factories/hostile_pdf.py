"""PDF files with everything in them that must not reach a filed copy, and broken ones."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.factories.dossier import photograph

CANARY = "CANARY-7d1f"
TEXT = (
    b"BT /F1 24 Tf 72 700 Td (Visible words) Tj ET q 200 0 0 150 72 400 cm /Im1 Do Q q 200 0 0 150 300 400 cm /Im2 Do Q"
)


def saved(pdf: Pdf, **options: object) -> bytes:
    body = BytesIO()
    pdf.save(body, **options)
    return body.getvalue()


def plain_pdf() -> Pdf:
    """One page with a base font and two photographs, one of them coded twice."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    page = pdf.pages[0].obj
    twice = pdf.make_stream(b"")
    twice.write(zlib.compress(photograph()), filter=Array([Name.FlateDecode, Name.DCTDecode]), decode_parms=None)
    for stream in (once := pdf.make_stream(b""), twice):
        stream.Type, stream.Subtype, stream.Width, stream.Height = Name.XObject, Name.Image, 1600, 1200
        stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
    once.write(photograph(), filter=Name.DCTDecode)
    page.Resources = Dictionary(
        Font=Dictionary(F1=pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))),
        XObject=Dictionary(Im1=once, Im2=twice),
    )
    page.Contents = pdf.make_stream(TEXT)
    return pdf


@cache
def armed() -> bytes:
    """Scripts, actions, links, forms, attachments, metadata, private data, layers, an outside stream."""
    pdf = plain_pdf()
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{CANARY}')"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String(CANARY))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), pdf.make_indirect(script)])))
    pdf.attachments[f"{CANARY}.txt"] = CANARY.encode()
    pdf.docinfo["/Author"] = CANARY
    pdf.Root.Metadata = pdf.make_stream(f"<x>{CANARY}</x>".encode(), Type=Name.Metadata, Subtype=Name.XML)
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String(f"/bin/{CANARY}")))
    page.PieceInfo = Dictionary(X=Dictionary(Private=String(CANARY)))
    page.Metadata = pdf.make_stream(CANARY.encode())
    page.Thumb = pdf.make_stream(CANARY.encode())
    link = Dictionary(S=Name.URI, URI=String(f"http://127.0.0.1:9/{CANARY}"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=link, Contents=String(CANARY))
    page.Annots = Array([pdf.make_indirect(note)])
    image = page.Resources.XObject.Im1
    image.Metadata = pdf.make_stream(CANARY.encode())
    image.Alternates = Array([Dictionary(Image=pdf.make_stream(CANARY.encode()))])
    form = pdf.make_stream(b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Ref = Dictionary(F=String(f"{CANARY}.pdf"), Page=0)
    form.PieceInfo = Dictionary(P=String(CANARY))
    outside = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    outside.F = String(f"http://127.0.0.1:9/{CANARY}")
    page.Resources.XObject.Fm1, page.Resources.XObject.Fm2 = form, outside
    page.Resources.Properties = Dictionary(MC0=Dictionary(Type=Name.OCG, Name=String(CANARY)))
    return saved(pdf)


@cache
def inherited() -> bytes:
    """A turned page that takes its box, turn and resources from its parents."""
    pdf = plain_pdf()
    page, parent = pdf.pages[0].obj, pdf.Root.Pages
    for key in ("/MediaBox", "/Resources"):
        parent[key] = page[key]
        del page[key]
    parent.Rotate = 90
    return saved(pdf)


@cache
def locked(user: str, owner: str = "o") -> bytes:
    """An encrypted file; without a user password everybody may open it."""
    return saved(plain_pdf(), encryption=pikepdf.Encryption(owner=owner, user=user, R=6))


@cache
def looped_form() -> bytes:
    """A form that draws itself."""
    pdf = plain_pdf()
    resources = pdf.pages[0].obj.Resources
    form = pdf.make_stream(b"/Fm1 Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(Fm1=form))
    resources.XObject.Fm1 = form
    pdf.pages[0].obj.Contents = pdf.make_stream(TEXT + b" /Fm1 Do")
    return saved(pdf)


@cache
def drawn_font() -> bytes:
    """A font of drawings with a glyph called A, a name that elsewhere means an action."""
    pdf = plain_pdf()
    glyphs = Dictionary(A=pdf.make_stream(b"500 0 d0 0 0 400 400 re f"))
    pdf.pages[0].obj.Resources.Font.AA = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=glyphs, Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.A])),
            FirstChar=65, LastChar=65, Widths=[500],
        )
    )  # fmt: skip
    pdf.pages[0].obj.Contents = pdf.make_stream(TEXT + b" BT /AA 40 Tf 72 100 Td (A) Tj ET")
    return saved(pdf)


def _deep() -> bytes:
    pdf = plain_pdf()
    body = saved(pdf)
    return body.replace(b"/Resources", b"/Deep " + b"[" * 20_000 + b"]" * 20_000 + b"/Resources", 1)


def _bomb() -> bytes:
    pdf = plain_pdf()
    zeros = zlib.compress(bytes(256 * 2**20), 9)
    stream = pdf.make_stream(b"")
    stream.write(zlib.compress(zeros, 9), filter=Array([Name.FlateDecode, Name.FlateDecode]))
    pdf.pages[0].obj.Contents = stream
    return saved(pdf)


def _no_pages() -> bytes:
    return saved(Pdf.new())


def _page_loop() -> bytes:
    pdf = plain_pdf()
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages])
    pdf.Root.Pages.Count = 5
    return saved(pdf)


def _pages(count: int) -> bytes:
    """So many pages that nobody would file them as one exhibit."""
    body, pdf = BytesIO(), pikepdf.Pdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(595, 842))
    pdf.save(body)
    return body.getvalue()


BROKEN: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "not a pdf": lambda: b"MZ" + bytes(500),
    "cut": lambda: armed()[: len(armed()) // 3],
    "header only": lambda: b"%PDF-1.7\n",
    "no pages": _no_pages,
    "three thousand pages": lambda: _pages(3_000),
    "password": lambda: locked("secret"),
    "page loop": _page_loop,
    "nested arrays": _deep,
    "double bomb": _bomb,
}
