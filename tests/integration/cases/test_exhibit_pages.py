"""The viewer of exhibits: folded, opened on record, drawn page by page in a child, with notes and what they bear on."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from cases import said_of_exhibits, viewing
from cases.actions import drafting
from cases.dossier.sandbox import Limits
from cases.models import Case, Exhibit
from cases.views.purposes import READING_SECONDS
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.dossier import photograph
from tests.factories.hostile_pdf import CANARY, locked, plain_pdf, saved
from tests.factories.kept import kept
from tests.factories.walk import text_of
from vault.files import stored_path
from vault.models import AuditEvent, SealedFile, SealedValue

pytestmark = pytest.mark.shown

NOTE = "На здымку сцяна, нічога болей."


def two_pages() -> bytes:
    pdf = plain_pdf()
    pdf.add_blank_page(page_size=(300, 600))
    return saved(pdf)


KINDS: dict[str, tuple[str, Any]] = {
    "photo": ("image/jpeg", lambda: photograph(800, 600)),
    "paper": ("application/pdf", two_pages),
    "text": ("text/plain", "Першы радок\n<b>другі</b>".encode),
    "video": ("video/mp4", lambda: b"\0\0\0\x18ftypmp42" + bytes(100)),
    "broken": ("application/pdf", lambda: b"%PDF-1.4\n" + b"x" * 500),
    "bomb": ("image/png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "locked": ("application/pdf", lambda: locked("secret")),
}


@pytest.fixture
def case(amina: Survivor, ben: Member) -> Case:
    """An account with one file of each kind; Ben works on it."""

    def tell() -> Case:
        made.assigned(amina, ben)
        ring, case = amina.ring, amina.fresh()
        for name, (kind, body) in KINDS.items():
            upload = made.sealed_upload(name, body())
            drafting.attach(case=case, receipt=ring, upload=upload, name=f"{name}-{CANARY}", content_type=kind)
        for key, author in (("files-1", "doctor"), ("files-2", "state")):
            said = {"EVD-05": {"value": author, "lang": "be"}}
            drafting.save_section(case=case, receipt=ring, section=key, answers=said, seen_version=0)
        return made.tell(amina)

    return kept("told with files of each kind", tell)


@pytest.fixture
def reader(as_ben: Client, case: Case) -> Client:
    """Ben, who has given a purpose."""
    as_ben.post(f"/desk/cases/{case.reference}/account/open/", {"purpose": "assessment"})
    return as_ben


def row(case: Case, name: str) -> Exhibit:
    return case.exhibits.get(number=list(KINDS).index(name) + 1)


def at(case: Case, name: str, tail: str = "view/") -> str:
    return f"/desk/cases/{case.reference}/exhibits/{row(case, name).id}/{tail}"


def opened(client: Client, case: Case, name: str) -> str:
    assert client.post(at(case, name, "open/")).status_code == 302
    answer = client.get(at(case, name))
    assert answer.status_code == 200
    return text_of(answer.content.decode())


def drawn(client: Client, case: Case, name: str, page: int = 1, large: str = "") -> Image.Image:
    answer = client.get(at(case, name, f"pages/{page}/{large}"))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "no-store")
    return Image.open(BytesIO(answer.content))


def openings() -> list[tuple[Any, Any]]:
    return [(each.subject, each.detail) for each in AuditEvent.objects.filter(action="exhibit.opened")]


def test_it_is_folded_until_opened_and_the_opening_stands_in_its_custody_once(reader: Client, case: Case) -> None:
    before = text_of(reader.get(at(case, "photo")).content.decode())
    assert "It may show injuries" in before
    assert "<img" not in reader.get(at(case, "photo")).content.decode()
    assert CANARY not in before
    assert reader.get(at(case, "photo", "pages/1/")).status_code == 404
    assert openings() == []
    page = opened(reader, case, "photo")
    reader.post(at(case, "photo", "open/"))
    drawn(reader, case, "photo")
    assert openings() == [(row(case, "photo").id, {"purpose": "assessment", "how": "viewed"})]
    assert "looked at without a download: assessing routes, by caseworker" in page
    assert reader.get(at(case, "paper", "pages/1/")).status_code == 404, "each is opened on its own"


def test_a_picture_is_grey_and_small_first_and_carries_nothing_but_pixels(reader: Client, case: Case) -> None:
    opened(reader, case, "photo")
    small, large = drawn(reader, case, "photo"), drawn(reader, case, "photo", large="?large")
    assert (small.mode, max(small.size)) == ("L", 560)
    assert (large.mode, max(large.size)) == ("RGB", 800)
    assert not large.getexif()


def test_a_paper_is_shown_page_by_page(reader: Client, case: Case) -> None:
    page = opened(reader, case, "paper")
    assert "Page 1 of 2" in page
    assert "Next page" in page
    assert "Page before" not in page
    second = text_of(reader.get(at(case, "paper") + "?page=2&large").content.decode())
    assert "Page 2 of 2" in second
    assert "Next page" not in second
    image = drawn(reader, case, "paper", 2, "?large")
    assert (image.height, round(image.width / image.height, 2)) == (1700, 0.5)
    assert reader.get(at(case, "paper", "pages/3/")).status_code == 404
    for number in ("0", "-1", "x", "9" * 12, "３"):
        assert "Page " in text_of(reader.get(at(case, "paper") + f"?page={number}").content.decode())


def test_a_text_is_shown_as_text(reader: Client, case: Case) -> None:
    opened(reader, case, "text")
    page = reader.get(at(case, "text")).content.decode()
    assert "Першы радок\n&lt;b&gt;другі&lt;/b&gt;" in page
    assert "<img" not in page


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("video", "Video and sound are not played here"),
        ("broken", "It cannot be read"),
        ("bomb", "It cannot be read"),
        ("locked", "protected by a password"),
    ],
)
def test_what_cannot_be_shown_is_said_and_the_original_is_offered(
    reader: Client, case: Case, name: str, words: str
) -> None:
    page = opened(reader, case, name)
    assert words in page
    assert "Download the original" in page
    assert reader.get(at(case, name, "pages/1/")).status_code == 404


def test_a_file_that_takes_too_long_breaks_nothing(reader: Client, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewing, "LIMITS", Limits(wall_seconds=0.01))
    assert "too much time or memory" in opened(reader, case, "photo")
    monkeypatch.setattr(viewing, "MOST_BYTES", 10)
    assert "too large to be drawn here" in opened(reader, case, "photo")


def test_nothing_drawn_stays_on_the_disk(reader: Client, case: Case) -> None:
    opened(reader, case, "paper")
    drawn(reader, case, "paper", 1, "?large")
    places = [Path(settings.TMPFS_DIR), Path(settings.STATE_DIR)]
    kept_files = {
        path for place in places for path in place.rglob("*") if path.is_file() and "secrets" not in path.parts
    }
    assert not [path for path in kept_files if path.read_bytes()[:3] == b"\xff\xd8\xff"]


def test_changed_bytes_are_never_drawn(reader: Client, case: Case) -> None:
    file = SealedFile.objects.get(exhibit=row(case, "photo"))
    reader.post(at(case, "photo", "open/"))
    path = stored_path(file.storage_name)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(bytes(body))
    assert reader.get(at(case, "photo")).status_code == 409
    assert reader.get(at(case, "photo", "pages/1/")).status_code == 409


def test_it_needs_a_purpose_closes_with_it_and_leads_back(
    as_ben: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = as_ben.get(at(case, "photo")).content.decode()
    assert f'name="to" value="{at(case, "photo")}"' in asked
    assert "Why do you open it?" in as_ben.post(at(case, "photo", "open/")).content.decode()
    given = {"purpose": "reply", "to": at(case, "photo")}
    assert as_ben.post(f"/desk/cases/{case.reference}/account/open/", given)["Location"] == at(case, "photo")
    opened(as_ben, case, "photo")
    later = time.time() + READING_SECONDS + 1
    monkeypatch.setattr("cases.views.purposes.time.time", lambda: later)
    monkeypatch.setattr("people.signing_in.is_idle", lambda request: False)
    assert as_ben.get(at(case, "photo", "pages/1/")).status_code == 404


def test_what_one_member_opened_no_other_sees_and_no_case_shows_anothers(
    reader: Client, case: Case, cast: Cast, as_dana: Client, as_chloe: Client
) -> None:
    opened(reader, case, "photo")
    assert as_dana.get(at(case, "photo", "pages/1/")).status_code == 404
    assert as_chloe.get(at(case, "photo", "pages/1/")).status_code == 403
    other = made.first_contact()
    made.assigned(other, cast.ben)
    reader.post(f"/desk/cases/{other.case.reference}/account/open/", {"purpose": "reply"})
    for tail in ("view/", "pages/1/"):
        wrong = f"/desk/cases/{other.case.reference}/exhibits/{row(case, 'photo').id}/{tail}"
        assert reader.get(wrong).status_code == 404


def test_a_note_on_a_page_is_sealed_and_stands_on_that_page_with_its_writer(
    reader: Client, case: Case, amina: Survivor
) -> None:
    opened(reader, case, "paper")
    answer = reader.post(at(case, "paper", "notes/"), {"text": NOTE, "page": "2"})
    assert answer["Location"] == at(case, "paper") + "?page=2#notes"
    assert NOTE not in reader.get(at(case, "paper")).content.decode()
    second = text_of(reader.get(at(case, "paper") + "?page=2").content.decode())
    assert NOTE in second
    assert "Ben, " in second
    [value] = SealedValue.objects.filter(table=said_of_exhibits.NOTES[0])
    assert (value.epoch.compartment.kind, NOTE.encode() in bytes(value.blob)) == ("work", False)


@pytest.mark.parametrize("text", ["", "x" * (said_of_exhibits.NOTE_LIMIT + 1)])
def test_a_note_that_cannot_be_taken_comes_back_whole(reader: Client, case: Case, text: str) -> None:
    for _folded_then_open in range(2):
        page = reader.post(at(case, "photo", "notes/"), {"text": text, "page": "1"}).content.decode()
        assert "There is a problem" in page
        assert text in page
        reader.post(at(case, "photo", "open/"))
    assert not SealedValue.objects.filter(table=said_of_exhibits.NOTES[0]).exists()


def test_what_exhibits_bear_on_is_said_on_the_page_of_the_case(reader: Client, case: Case) -> None:
    reader.get(f"/desk/cases/{case.reference}/account/")
    opened(reader, case, "photo")
    reader.post(at(case, "photo", "bears/"), {"kind": "photo", "elements": ["T1", "H7"]})
    assert "Severe pain or suffering account + photo" in text_of(page_of(reader, case))
    assert "Persecution on a forbidden ground photo" in text_of(page_of(reader, case))
    reader.post(at(case, "paper", "bears/"), {"kind": "paper", "elements": ["T1"]})
    assert "Severe pain or suffering several independent" in text_of(page_of(reader, case))
    reader.post(at(case, "paper", "bears/"), {"kind": "paper"})
    assert "Severe pain or suffering account + photo" in text_of(page_of(reader, case))
    wrong = reader.post(at(case, "paper", "bears/"), {"kind": "gun", "elements": ["T9"]}).content.decode()
    assert "There is a problem" in wrong


def page_of(client: Client, case: Case) -> str:
    return client.get(f"/desk/cases/{case.reference}/").content.decode()
