"""Files as nobody should send them: each is kept byte for byte or refused in words, and leaves no trace in logs."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.actions import drafting
from cases.actions.opening import receipt_keyring
from cases.exhibits import ExhibitRecord
from cases.models import Case, DraftExhibit
from portal.ops.services import Clamd
from tests.factories.walk import Walk, fields_of
from tests.servers import HARMFUL, SIGNATURE
from vault import files
from vault.envelope import receipt
from vault.keyring import Keyring

KIB, MIB = 2**10, 2**20
JPEG = b"\xff\xd8\xff\xe0"
SCRIPTED = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\ntrailer<</Root 1 0 R>>"
)
VIDEO = b"\x00\x00\x00\x14ftypmp42\x00\x00\x00\x00isom" + b"\x00\x00\xff\xffmdat" + b"v" * 500  # says 64 KiB, has less
FORM = "multipart/form-data; boundary=edge"
DATED = "scanned, nothing found, signatures without a date"


def ring_of(walk: Walk) -> tuple[Case, Keyring]:
    from django.conf import settings

    case = Case.objects.get()
    code = receipt.parse(walk.digits)
    return case, receipt_keyring(case, receipt.derive(code, settings.DEPLOYMENT_SALT).seed)


def records(walk: Walk) -> list[ExhibitRecord]:
    case, ring = ring_of(walk)
    return drafting.load_draft(case, ring).exhibits


def stored(walk: Walk) -> bytes:
    """The bytes of the only file, opened with the number."""
    case, ring = ring_of(walk)
    row = DraftExhibit.objects.get()
    compartment = drafting.keys.find_compartment(case, drafting.keys.DRAFT)
    assert compartment is not None
    stream = files.open_stream(files.find_key(row.file, ring.latest(compartment)))
    try:
        return b"".join(stream.chunks())
    finally:
        stream.close()


def add(walk: Walk, body: bytes, name: str = "двор.jpg", chosen: str = "") -> str:
    sent = {"EVD-02-file": SimpleUploadedFile(name, body), "EVD-02-name": chosen, "do": "add"}
    return str(walk.post("files/", sent, follow=True).content.decode())


SIZES = [edge + step for edge in (64 * KIB, MIB) for step in (-1, 0, 1)]


@pytest.mark.parametrize("size", [1, 2, *SIZES])
def test_what_comes_out_is_what_went_in(inside: Walk, silence: Any, size: int) -> None:
    body = (JPEG + bytes(range(256)) * (size // 256 + 1))[:size] if size > 3 else b"xy"[:size]
    assert "Файл атрыманы." in add(inside, body, "двор.jpg" if size > 3 else "двор.txt")
    assert stored(inside) == body
    [record] = records(inside)
    assert (record.size, record.sha256) == (size, hashlib.sha256(body).hexdigest())
    assert silence.holds("двор")


def test_a_file_of_nothing_is_refused(inside: Walk, silence: Any) -> None:
    page = add(inside, b"", chosen="Двор")
    assert "Гэты файл пусты." in page
    assert fields_of(page)["EVD-02-name"] == ["Двор"]
    assert records(inside) == []


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        (SCRIPTED, "план.pdf", "application/pdf"),
        (VIDEO, "двор.mp4", "video/mp4"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"h" * 99, "IMG_1.HEIC", "image/heic"),
        (b"OggS\x00" + b"o" * 99, "голас.ogg", "audio/ogg"),
        ("Мяне спынілі".encode(), "запіс.txt", "text/plain"),
    ],
    ids=["a PDF with a script", "a video whose end is missing", "HEIC", "OGG", "text"],
)
def test_it_is_kept_as_it_is_and_never_opened(inside: Walk, silence: Any, body: bytes, name: str, kind: str) -> None:
    page = add(inside, body, name)
    assert "Файл атрыманы." in page
    assert "не адпавядае" not in page
    assert stored(inside) == body
    assert [record.content_type for record in records(inside)] == [kind]
    assert silence.holds(name.partition(".")[0])


def test_a_bomb_in_an_archive_is_kept_unopened_and_said_to_be_not_scanned(
    inside: Walk, scanned: Clamd, silence: Any
) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(120 * MIB))
    assert "Файл атрыманы." in add(inside, bomb.getvalue(), "двор.zip")
    assert stored(inside) == bomb.getvalue()
    assert [record.scan for record in records(inside)] == ["not scanned: too large"]
    assert silence.holds("двор")


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_a_harmful_file_is_kept_out_said_plainly_and_a_way_round_is_offered(
    inside: Walk, scanned: Clamd, silence: Any, language: str
) -> None:
    add(inside, JPEG + b"earlier", chosen="Ранейшы")
    inside.language = language
    page = add(inside, b"%PDF-1.7 " + HARMFUL, "ліст.pdf", "Ліст з пагрозай")
    assert f"({SIGNATURE}.UNOFFICIAL)" in page
    way = {"be": "здымак экрана", "ru": "снимок экрана", "en": "screenshot"}[language]
    person = {"be": "Расказаць чалавеку", "ru": "Рассказать человеку", "en": "Tell a person"}[language]
    assert way in page
    assert page.count(person) >= 2
    assert fields_of(page)["EVD-02-name"] == ["Ліст з пагрозай"]
    assert [record.name for record in records(inside)] == ["Ранейшы"]
    assert silence.holds("ліст", "пагроз", SIGNATURE)


def test_a_clean_file_says_so_in_its_sealed_custody(inside: Walk, scanned: Clamd) -> None:
    add(inside, JPEG + b"clean")
    [record] = records(inside)
    assert [(each["event"], each["by"]) for each in record.custody] == [
        ("received", "survivor"),
        ("hashed, sha-256", "portal"),
        (DATED, "portal"),
    ]
    assert record.is_clean


def test_without_a_scanner_the_custody_says_not_scanned(inside: Walk) -> None:
    page = add(inside, JPEG + b"unknown")
    assert [record.scan for record in records(inside)] == ["not scanned"]
    assert not records(inside)[0].is_clean
    assert "Файл атрыманы." in page


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("д" * 4000 + ".jpg", "д" * 100),
        ("../../etc/двор.jpg", "двор.jpg"),
        ("C:\\Users\\Амiна\\двор.jpg", "двор.jpg"),
        ("двор\u202egpj.exe", "двор"),
        ("двор<script>.jpg", "двор&lt;script&gt;.jpg"),
        ("дв\x00ор\r\n.jpg", "дв"),
    ],
    ids=["4 000 characters", "slashes", "backslashes", "turned round", "markup", "null and line ends"],
)
def test_a_name_that_means_harm_is_a_name(inside: Walk, silence: Any, name: str, shown: str) -> None:
    escaped = name.replace("\\", "\\\\").replace("\r", "%0D").replace("\n", "%0A")
    body = (
        (
            f'--edge\r\nContent-Disposition: form-data; name="do"\r\n\r\nadd\r\n--edge\r\n'
            f'Content-Disposition: form-data; name="EVD-02-file"; filename="{escaped}"\r\n\r\n'
        ).encode()
        + JPEG
        + b"harmless\r\n--edge--\r\n"
    )
    answer = inside.client.post(inside.path("files/"), body, content_type=FORM, secure=True, follow=True)
    page = answer.content.decode()
    assert "Файл атрыманы." in page
    assert shown in page
    [record] = records(inside)
    assert len(record.name) <= 120
    assert not set(record.name) & set("\u202e\x00\r\n/\\")
    assert silence.holds("двор", "ддд")


def test_a_lying_ending_is_said_and_the_content_counts(inside: Walk) -> None:
    page = add(inside, SCRIPTED, "двор.jpg")
    assert "Назва файла не адпавядае яго зместу." in page
    assert [record.content_type for record in records(inside)] == ["application/pdf"]


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_before_choosing_it_is_said_what_is_taken_and_what_a_file_can_tell(inside: Walk, language: str) -> None:
    inside.language = language
    page = inside.read("files/")
    assert all(
        kind in page for kind in ("JPEG", "HEIC", "PNG", "PDF", "MP4", "3GP", "OGG", "M4A", "DOCX", "ODT", "TXT", "ZIP")
    )
    assert page.index(f'href="/{language}/files/advice/"') < page.index('type="file"')
    advice = inside.read("files/advice/")
    assert {"be": "Фота пашкоджанняў", "ru": "Фото повреждений", "en": "A photo of injuries"}[language] in advice
    assert f'href="/{language}/files/"' in advice
