"""A dossier with 400 exhibits is built whole in bounded memory, bound, listed and signed, and the verifier passes it.

From the survivor's files to the lawyer's download, through the sealed checkpoints of a worker; once from the beginning,
once from the checkpoints of an attempt that ended in the middle.
"""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from threading import Event, Thread

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from bench.dossier_render import _family, _mib
from cases import building
from cases.actions.dossiers import approve
from cases.actions.packages import open_package, package_facts
from cases.checkpoints import Checkpoints
from cases.dossier.binding import PAGES
from cases.dossier.errors import RenderFailed
from cases.models import Dossier
from tests.factories import cast as made
from tests.factories.cast import Cast
from tests.factories.packages import verify

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 400
MOST_MIB = 500  # of this process and all its children, beyond what it had before
UNSTAMPED = 10  # the verifier's exit code where nothing is wrong and no authority gave the time


def picture(number: int) -> bytes:
    body = BytesIO()
    Image.new("RGB", (320, 240), (number % 256, number // 2, 90)).save(body, "JPEG")
    return body.getvalue()


def page(number: int) -> bytes:
    body, pdf = BytesIO(), pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(300 + number, 400))
    pdf.save(body, deterministic_id=True)
    return body.getvalue()


def files() -> Iterator[tuple[str, str, bytes]]:
    """In turns a photograph, a document, a text, and a recording that gets a sheet; no two are the same."""
    for number in range(MANY):
        yield (
            (f"{number}.jpg", "image/jpeg", picture(number)),
            (f"{number}.pdf", "application/pdf", page(number)),
            (f"{number}.txt", "text/plain", f"Invented note {number}.".encode()),
            (f"{number}.ogg", "audio/ogg", b"OggS" + number.to_bytes(4, "big")),
        )[number % 4]


class Peak:
    """The most MiB that a process and its children have at once within a block."""

    def __enter__(self) -> Peak:
        self.most, self._over = 0.0, Event()
        self._watcher = Thread(target=self._watch)
        self.before = self._now()
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            self.most = max(self.most, self._now())

    @staticmethod
    def _now() -> float:
        return sum(map(_mib, _family(int(Path("/proc/self").resolve().name))))


@pytest.fixture
def released(cast: Cast) -> Dossier:
    """Amina's account with all the files; Ben has asked, Dana has approved."""
    amina = made.first_contact()
    made.tell(amina, files=tuple(files()))
    made.assigned(amina, cast.ben)
    made.confirmed(amina, cast.ben)
    asked = made.requested(amina, cast.ben, cast.lena)
    approve(dossier=asked, by=cast.dana.person, ring=cast.dana.ring, reason="Fits.")
    return asked


def test_four_hundred_exhibits_reach_the_lawyer_whole(
    released: Dossier, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops_in_the_middle(released, monkeypatch)
    with Peak() as memory:
        building.build(released.id)
    released = Dossier.objects.select_related("case", "lawyer", "file").get(id=released.id)
    assert (released.state, released.trouble) == (Dossier.State.READY, "")
    assert memory.most - memory.before < MOST_MIB
    package = tmp_path / "package.zip"
    fingerprint = fetched(released, cast, package)
    said = verify(package, "--fingerprint", fingerprint)
    assert said.code == UNSTAMPED, said.text
    with zipfile.ZipFile(package) as archive:
        is_whole(archive)


def stops_in_the_middle(released: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt that ends after half of the exhibits."""
    keep = Checkpoints.keep_exhibit

    def keep_some(notes: Checkpoints, number: int, prepared: object) -> None:
        keep(notes, number, prepared)  # type: ignore[arg-type]
        if number == MANY // 2:
            raise RenderFailed("ended")

    with monkeypatch.context() as patched:
        patched.setattr(Checkpoints, "keep_exhibit", keep_some)
        building.build(released.id)
    released.refresh_from_db()
    assert (released.state, released.trouble) == (Dossier.State.APPROVED, "render_ended")


def fetched(dossier: Dossier, cast: Cast, target: Path) -> str:
    """The package as the lawyer downloads it, piece by piece; returns the fingerprint that the page names."""
    _, size, stream = open_package(dossier=dossier, by=cast.lena.person, ring=cast.lena.ring)
    with target.open("wb") as output:
        for chunk in stream.chunks():
            output.write(chunk)
    stream.close()
    assert target.stat().st_size == size
    return str(package_facts(dossier, cast.lena.ring)["fingerprint"])


def is_whole(archive: zipfile.ZipFile) -> None:
    """Every exhibit is there as it came and as it is filed, bound once, and listed everywhere."""
    labels = [f"E-{number:03d}" for number in range(1, MANY + 1)]
    names = archive.namelist()
    originals = {name.split("/")[1].split(".")[0]: name for name in names if name.startswith("originals/E-")}
    assert sorted(originals) == labels
    for (_, _, body), label in zip(files(), labels, strict=True):
        assert archive.read(originals[label]) == body
    listed = [each for each in json.loads(archive.read("manifest.json"))["files"] if each["name"].startswith("E-")]
    assert [each["exhibit"] for each in listed] == labels
    complaint = PdfReader(BytesIO(archive.read(next(name for name in names if name.startswith("01_")))))
    rows = list(csv.DictReader(StringIO(complaint.attachments["exhibit-index.csv"][0].decode())))
    assert [row["exhibit"] for row in rows] == labels
    for row, entry in zip(rows, listed, strict=True):
        assert row["filed_sha256"] == entry["sha256"] == hashlib.sha256(archive.read(row["filed"])).hexdigest()
    text = " ".join(each.extract_text() for each in complaint.pages)
    assert [label for label in labels if label not in text] == []
    are_bound(archive, rows)


def are_bound(archive: zipfile.ZipFile, rows: list[dict[str, str]]) -> None:
    """No volume is too thick, and each exhibit begins where the index says."""
    volumes = [name for name in archive.namelist() if name.startswith("volumes/")]
    assert len(volumes) > 4
    for number, name in enumerate(volumes, start=1):
        bound = PdfReader(BytesIO(archive.read(name)))
        assert len(bound.pages) <= PAGES
        mine = [row for row in rows if int(row["volume"]) == number]
        starts = {each.title: bound.get_destination_page_number(each) + 1 for each in bound.outline[1:]}  # type: ignore
        assert starts == {row["exhibit"]: int(row["page"]) for row in mine}
