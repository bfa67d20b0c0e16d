"""Hostile text, files and programs: inert on the page, killed when they do not stop, never the end of a dossier."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from time import monotonic

import pikepdf
import pytest
from pypdf import PdfReader

from cases.dossier import html, sandbox
from cases.dossier.assemble import assemble
from cases.dossier.build import build
from cases.dossier.check import examine
from cases.dossier.errors import RenderFailed
from cases.dossier.exhibits import prepare_exhibit
from cases.dossier.html import Archival
from cases.dossier.inputs import AccountSection, Answer, DossierInput, FactSentence, Lawyer
from cases.dossier.render import render_complaint
from cases.dossier.sandbox import Limits, run
from cases.dossier.variant import find
from tests.factories import hostile_pdf, signers
from tests.factories.dossier import account, exhibit, make_input, photograph
from tests.integration.dossier.reading import by_pypdf

DAY = "2026-11-22"


def test_addresses_in_text_are_printed_and_never_fetched(canary, tmpfs):
    address, hits = canary
    hostile = (
        f'<img src="{address}/i"><link rel=stylesheet href="{address}/c"><a rel=attachment href="file:///etc/hostname">'
        f'<style>@import "{address}/s";</style><image href="{address}/v"/> {{{{ 1|add:1 }}}} {{% include "x" %}}'
    )
    data = make_input(
        account=account(hostile),
        lawyer=Lawyer(hostile, hostile),
        facts=(FactSentence(hostile, "account", hostile),),
        route={
            "forum_name": hostile,
            "provision": hostile,
            "reasons": [{"effect": "+", "text": hostile, "source": hostile}],
        },
    )
    pdf = render_complaint(build(data), tmpfs=tmpfs).body
    assert hits == []
    reader = PdfReader(BytesIO(pdf))
    assert not reader.attachments
    assert f"{address}/i" in by_pypdf(pdf).replace(" ", "")
    assert "{{1|add:1}}" in by_pypdf(pdf).replace(" ", "")


# WeasyPrint leaves its colour profile to the collector; in the child that does not matter.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{}/i">', '<link rel=stylesheet href="{}/c">', '<style>@import "{}/s"</style>',
        "<p style=\"background: url('{}/b')\">x", '<object data="{}/o"></object>', '<img src="file:///etc/hostname">',
        '<link rel=attachment href="file:///etc/hostname">', '<img src="data:image/png;base64,AAAA">',
    ],
)  # fmt: skip
def test_even_markup_of_our_own_making_cannot_load_anything(canary, markup):
    address, hits = canary
    page = markup.replace("{}", address)
    with pytest.raises(RenderFailed, match="fetch"):
        html.markup_to_pdf(f"<html lang=en><title>t</title><body>{page}</body></html>", Archival.YES, {})
    assert hits == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_relative_address_leads_nowhere():
    markup = '<html lang=en><title>t</title><body><img src="x.png"></body></html>'
    pdf = html.markup_to_pdf(markup, Archival.YES, {})
    assert not PdfReader(BytesIO(pdf)).pages[0].images


def test_hostile_text_is_inert(tmpfs):
    lines = {
        "<h1>not markup</h1> &lt;b&gt;": "<h1>not markup</h1> &lt;b&gt;",
        "nul\x00 and \ud800 half": "nul[U+0000] and [U+D800] half",
        "\u202eturned\u202c": "[U+202E]turned[U+202C]",
        "z" + "\u0301\u0302\u0303" * 400: "[marks cut]",
        "\u2028\u2029\x0b\x0cend": "end",
    }
    pdf = render_complaint(
        build(make_input(account=account("\n\n".join(lines)), facts=(), elements=())), tmpfs=tmpfs
    ).body
    text = by_pypdf(pdf)
    assert [shown for shown in lines.values() if shown not in text] == []


@pytest.mark.parametrize("words", ["x" * 500_000, "слова " * 84_000], ids=["one word", "one paragraph"])
def test_half_a_million_characters_are_cut_with_a_note(words, tmpfs):
    made = render_complaint(build(make_input(account=account(words), facts=(), elements=())), tmpfs=tmpfs)
    assert made.pages > 30
    assert f"the whole text has {len(words)} characters" in by_pypdf(made.body)


def test_hostile_text_in_every_field_still_makes_a_dossier(tmpfs):
    evil = "<script>alert(1)</script>\x00\u202e\ud800" + "Щ" * 6_000
    answers = tuple(Answer(evil, evil, evil, evil, value, "be", own) for value, own in ((evil, False), (None, True)))
    data = make_input(
        account=(AccountSection(evil, evil, 1, DAY, "be", answers),),
        facts=(FactSentence(evil, "public", evil, evil, note=evil),),
        confirmed={},
    )
    assert render_complaint(build(data), tmpfs=tmpfs).pages > 5


def test_two_processes_make_identical_bytes_before_signing(package, tmpfs, tmp_path):
    script = (
        "import sys\nfrom pathlib import Path\nfrom tests.factories.dossier import make_input, originals\n"
        "from tests.factories.signers import given\nfrom cases.dossier.assemble import assemble\n"
        "signing = given(sys.argv[3], sys.argv[4])\nout = open(sys.argv[1], 'wb')\n"
        "assemble(make_input(), lambda e: [originals()[e.label]], out.write,\n"
        "         signing=signing, tmpfs=Path(sys.argv[2]))\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "again"), str(tmpfs), *signers.texts("")]
    subprocess.run(command, check=True, cwd=sandbox.ROOT)
    first, second = before_signing(package), before_signing((tmp_path / "again").read_bytes())
    assert first == second
    assert len(first) == 10


def before_signing(package: bytes) -> dict[str, bytes]:
    """The files that do not come of the signing, and the signed ones up to what the signature added."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        bodies = {name: archive.read(name) for name in archive.namelist()}
    signed = {entry["name"] for entry in json.loads(bodies["manifest.json"])["files"] if "signature" in entry}
    assert len(signed) == 2
    return {
        name: body[: body.index(b"%%EOF")] if name in signed else body
        for name, body in bodies.items()
        if not name.startswith(("manifest", "SHA256SUMS"))
    }


@pytest.mark.parametrize("kind", sorted(hostile_pdf.BROKEN))
def test_a_broken_pdf_becomes_a_sheet_or_is_mended(kind, tmpfs):
    body = hostile_pdf.BROKEN[kind]()
    record = exhibit(3, "hostile.pdf", "application/pdf", body)
    limits = Limits(cpu_seconds=20, memory_mib=768, wall_seconds=60)
    prepared = prepare_exhibit(
        record, body, reference="D-1", built_on=DAY, tmpfs=tmpfs, words=find("UJ-EN"), limits=limits
    )
    text = by_pypdf(prepared.body)
    assert record.sha256[:8] in text
    if prepared.filed.note:
        assert prepared.filed.file_name == "E-003_sheet.pdf"
        assert "could not be converted" in text
    else:
        assert kind == "cut"


@pytest.mark.parametrize("body", [b"", b"\xff\xd8\xff", b"GIF89a", photograph()[:700], hostile_pdf.armed()])
def test_a_broken_picture_becomes_a_sheet(body, tmpfs):
    record = exhibit(4, "hostile.jpg", "image/jpeg", body)
    prepared = prepare_exhibit(record, body, reference="D-1", built_on=DAY, tmpfs=tmpfs, words=find("UJ-EN"))
    assert prepared.filed.file_name == "E-004_sheet.pdf"
    assert prepared.filed.pages == 1


def test_an_armed_pdf_is_filed_disarmed(tmpfs):
    record = exhibit(5, "armed.pdf", "application/pdf", hostile_pdf.armed())
    prepared = prepare_exhibit(
        record, hostile_pdf.armed(), reference="D-1", built_on=DAY, tmpfs=tmpfs, words=find("UJ-EN")
    )
    assert prepared.filed.note == ""
    assert hostile_pdf.CANARY.encode() not in prepared.body
    assert "drawn as pictures, because fonts are not in the original file" in by_pypdf(prepared.body)
    assert "loose-font" not in examine(prepared.body).findings
    assert is_drawn(prepared.body)


def is_drawn(body: bytes) -> bool:
    """Does the last page hold a picture with dark marks on white?"""
    with pikepdf.open(BytesIO(body)) as opened:
        form = next(iter(opened.pages[-1].resources.XObject.values()))
        picture = pikepdf.PdfImage(form.Resources.XObject.Picture).as_pil_image().convert("L")
    darkest, brightest = picture.getextrema()
    return darkest < 80 and brightest > 240


def test_one_bad_exhibit_does_not_stop_the_bundle(tmpfs):
    bad = exhibit(9, "bad.pdf", "application/pdf", b"MZ")
    blocks: list[bytes] = []
    assemble(make_input(exhibits=(bad,)), lambda e: [b"MZ"], blocks.append, signing=signers.signing(), tmpfs=tmpfs)
    with zipfile.ZipFile(BytesIO(b"".join(blocks))) as archive:
        assert archive.read("originals/E-009.pdf") == b"MZ"
        assert "sheet only" in by_pypdf(archive.read("01_complaint_D-7QK4MT-1.pdf"))


def heavy() -> list[bytes]:
    """A complaint that takes far more than a second of processor time."""
    document = build(make_input(account=account("слова " * 16_000), facts=(), elements=()))
    return [json.dumps({**document.to_plain(), "foot": ""}).encode()]


def test_a_dossier_without_any_exhibit_is_whole_and_names_none(tmpfs):
    blocks: list[bytes] = []
    data = make_input(exhibits=())
    assemble(data, lambda _: [], blocks.append, signing=signers.signing(), tmpfs=tmpfs)
    with zipfile.ZipFile(BytesIO(b"".join(blocks))) as archive:
        names = archive.namelist()
        text = by_pypdf(archive.read(f"01_complaint_{data.reference}.pdf"))
    assert [name for name in names if name.startswith(("E-", "volumes/", "originals/E-"))] == []
    assert "Annex A4" not in text
    assert "E-001" not in text


def test_too_much_processor_time_ends_the_child(tmpfs):
    with pytest.raises(RenderFailed, match="cpu"):
        run("complaint", heavy(), day=DAY, tmpfs=tmpfs, limits=Limits(cpu_seconds=1))


def test_too_much_memory_ends_the_child(tmpfs):
    with pytest.raises(RenderFailed, match=r"memory|crashed|broken"):
        run("complaint", heavy(), day=DAY, tmpfs=tmpfs, limits=Limits(memory_mib=190))


def test_too_much_time_by_the_clock_ends_the_child(tmpfs):
    began = monotonic()
    with pytest.raises(RenderFailed, match="timeout"):
        run("complaint", heavy(), day=DAY, tmpfs=tmpfs, limits=Limits(wall_seconds=0.5))
    assert monotonic() - began < 5


def test_an_answer_without_end_is_not_taken(tmpfs):
    light = [json.dumps({**build(make_input()).to_plain(), "foot": ""}).encode()]
    with pytest.raises(RenderFailed, match="answer"):
        run("complaint", light, day=DAY, tmpfs=tmpfs, limits=Limits(answer_bytes=10_000))


def test_errors_hold_codes_and_never_content(tmpfs):
    with pytest.raises(RenderFailed) as caught:
        run("complaint", [b'{"secret words": '], day=DAY, tmpfs=tmpfs, limits=Limits())
    assert str(caught.value) == "broken"
    with pytest.raises(RenderFailed, match=r"crashed|broken"):
        run("no such job", [b"secret words"], day=DAY, tmpfs=tmpfs, limits=Limits())


def test_the_child_leaves_nothing_behind(tmpfs: Path):
    data: DossierInput = make_input()
    render_complaint(build(data), tmpfs=tmpfs)
    assert [path for path in tmpfs.rglob("*") if path.is_file()] == []


ESCAPES = """
import os, socket, sys, threading
from cases.dossier.render_child import confine

def refused(act):
    try:
        act()
    except PermissionError:
        return True

port = int(sys.argv[1])
out = socket.socket()  # opened before: it must not be of use either
confine(20, 1024)
acts = {
    "socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "unix": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
    "connect": lambda: out.connect(("127.0.0.1", port)),
    "name": lambda: socket.create_connection(("127.0.0.1", port)),
    "fork": os.fork,
    "program": lambda: os.execv("/bin/true", ["true"]),
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "signal": lambda: os.kill(os.getppid(), 0),
}
print(*[name for name, act in acts.items() if not refused(act)], "|", end=" ")
threading.Thread(target=print, args=("threads go on",)).start()
"""


def test_the_child_reaches_no_network_and_no_other_process(canary):
    address, hits = canary
    command = [sys.executable, "-c", ESCAPES, address.rpartition(":")[2]]
    said = subprocess.run(command, cwd=sandbox.ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "| threads go on\n"
    assert hits == []
