"""A file is sealed while it arrives: no plaintext on a disk, and whatever goes wrong leaves the rest of the form."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files import uploadedfile, uploadhandler
from django.db import connection
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.test import Client, RequestFactory

from portal.middleware import BodyFirst
from portal.ops.web_worker import TooSlow
from tests.factories.cast import Cast
from tests.factories.intruder import erase, overwrite
from vault import files, purge
from vault import uploads as module
from vault.errors import Forged, NotKept
from vault.models import SealedFile, SealedValue, today
from vault.opened import Opened
from vault.uploads import Refused, SealedUpload

MIB = 2**20
MARK = b"marker-of-a-picture-" * 40


@pytest.fixture(autouse=True)
def no_other_handler(monkeypatch: pytest.MonkeyPatch, fresh_deployment: None) -> None:
    """Django's own ways to hold an upload are mined."""

    def explode(*given: object, **named: object) -> None:
        raise AssertionError("an upload left the sealing handler")

    for owner in (uploadedfile, uploadhandler):
        for name in ("TemporaryUploadedFile", "InMemoryUploadedFile"):
            monkeypatch.setattr(getattr(owner, name), "__init__", explode)
    monkeypatch.setattr(uploadhandler.TemporaryFileUploadHandler, "new_file", explode)
    monkeypatch.setattr(uploadhandler.MemoryFileUploadHandler, "new_file", explode)


def posted(*bodies: bytes, **fields: str) -> HttpRequest:
    """A request with text fields and files named f0, f1, ..."""
    sent = {}
    for place, body in enumerate(bodies):
        sent[f"f{place}"] = file = BytesIO(body)
        file.name = f"picture {place}.jpg"
    return RequestFactory().post("/", {**fields, **sent, "after": "text behind the files"})


def arriving(settings: Any) -> list[Path]:
    folder = settings.FILES_DIR / "arriving"
    return sorted(folder.iterdir()) if folder.exists() else []


def everything(settings: Any) -> bytes:
    return b"".join(path.read_bytes() for path in settings.FILES_DIR.rglob("*") if path.is_file())


def sent(request: HttpRequest, name: str = "f0") -> SealedUpload:
    upload = request.FILES[name]
    assert isinstance(upload, SealedUpload)
    return upload


def test_it_is_sealed_counted_hashed_and_its_head_is_kept(settings: Any) -> None:
    body = MARK * 700
    request = posted(body)
    upload = sent(request)
    assert (upload.size, upload.sha256) == (len(body), hashlib.sha256(body).hexdigest())
    assert upload.head == body[:8192]
    assert [path.name for path in arriving(settings)] == [upload.file_id.hex]
    assert MARK[:20] not in everything(settings)
    assert arriving(settings)[0].stat().st_mode & 0o777 == 0o600


def test_bytes_are_on_disk_before_the_whole_file_is_here(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    receive = module.SealingUploadHandler.receive_data_chunk

    def watched(self: Any, raw: bytes, start: int) -> None:
        receive(self, raw, start)
        sizes.append(arriving(settings)[0].stat().st_size)
        assert len(raw) <= 256 * 1024

    monkeypatch.setattr(module.SealingUploadHandler, "receive_data_chunk", watched)
    assert sent(posted(bytes(3 * MIB))).size == 3 * MIB
    assert len(sizes) >= 12
    assert sizes[0] < sizes[6] < sizes[-1]


def test_the_bytes_are_forced_to_disk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    upload = sent(posted(MARK))
    assert synced == [str(arriving(settings)[0])]
    assert upload.size == len(MARK)


def test_it_is_kept_at_its_place_with_folders_synced(
    settings: Any, cast: Cast, box: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = sent(posted(MARK))
    synced: list[str] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.append(os.readlink(f"/proc/self/fd/{fd}")), fsync(fd))[1])
    row = upload.keep(box, cast.ben.ring.signer)
    place = settings.FILES_DIR / row.storage_name
    assert {str(place.parent), str(settings.FILES_DIR)} <= set(synced)
    assert place.stat().st_size == row.stored_size
    assert arriving(settings) == []
    stream = files.open_stream(files.find_key(row, cast.chloe.ring.open(box.epoch)))
    assert b"".join(stream.chunks()) == MARK
    stream.close()


def test_the_hour_of_an_upload_is_in_no_date_that_we_can_set(settings: Any, cast: Cast, box: Opened) -> None:
    row = sent(posted(MARK)).keep(box, cast.ben.ring.signer)
    place = settings.FILES_DIR / row.storage_name
    midnight = datetime.combine(today(), datetime.min.time(), UTC).timestamp()
    for path in (place, place.parent, settings.FILES_DIR, settings.FILES_DIR / "arriving"):
        assert path.stat().st_mtime == midnight, path.name


def test_what_is_not_kept_goes_with_the_request(settings: Any, cast: Cast, box: Opened) -> None:
    request = posted(MARK, MARK)
    kept = sent(request).keep(box, cast.ben.ring.signer)
    assert len(arriving(settings)) == 1
    request.close()
    assert arriving(settings) == []
    assert (settings.FILES_DIR / kept.storage_name).exists()


def test_an_empty_file_arrives_as_an_empty_file(settings: Any) -> None:
    request = posted(b"", words="mine")
    assert (sent(request).size, sent(request).sha256) == (0, hashlib.sha256(b"").hexdigest())
    assert request.POST["words"] == "mine"
    request.close()
    assert arriving(settings) == []


@pytest.mark.parametrize("size", [25 * MIB + 1, 26 * MIB])
def test_a_file_above_the_limit_is_refused_and_the_form_stays(settings: Any, size: int) -> None:
    request = posted(bytes(size), b"a small one", words="mine")
    assert request.POST.dict() == {"words": "mine", "after": "text behind the files"}
    assert list(request.FILES) == ["f1"]
    assert request.refused_uploads == [Refused("f0", "too_large")]  # type: ignore[attr-defined]
    assert len(arriving(settings)) == 1


def test_a_file_of_exactly_the_limit_is_taken(settings: Any) -> None:
    request = posted(bytes(25 * MIB))
    assert sent(request).size == 25 * MIB
    assert not hasattr(request, "refused_uploads")


class FullDisk:
    """A target that has room for so many bytes."""

    def __init__(self, target: Any, room: int) -> None:
        self.target, self.room = target, room

    def write(self, data: bytes) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return int(self.target.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.target, name)


@pytest.mark.parametrize("room", [0, 71, 200 * 1024, MIB, 3 * MIB], ids=["at-once", "head", "early", "later", "end"])
def test_a_full_disk_refuses_the_file_and_keeps_the_form(
    settings: Any, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    fdopen = os.fdopen
    monkeypatch.setattr(module.os, "fdopen", lambda *given, **named: FullDisk(fdopen(*given, **named), room))
    request = posted(bytes(3 * MIB), words="mine")
    assert request.POST.dict() == {"words": "mine", "after": "text behind the files"}
    assert list(request.FILES) == []
    assert [each.reason for each in request.refused_uploads] == ["no_space"]  # type: ignore[attr-defined]
    assert arriving(settings) == []


@pytest.mark.parametrize("call", ["open", "fsync"])
def test_no_room_for_the_name_or_the_last_byte(settings: Any, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def full(*given: object, **named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (settings.FILES_DIR / "arriving").mkdir()
    monkeypatch.setattr(module.os, call, full)
    request = posted(MARK, words="mine")
    assert request.POST["words"] == "mine"
    assert [each.reason for each in request.refused_uploads] == ["no_space"]  # type: ignore[attr-defined]
    monkeypatch.undo()
    assert list((settings.FILES_DIR / "arriving").iterdir()) == []


def test_a_disk_that_is_full_at_the_move_keeps_nothing(
    settings: Any, cast: Cast, box: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = posted(MARK)

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "replace", full)
    with pytest.raises(NotKept) as caught:
        sent(request).keep(box, cast.ben.ring.signer)
    assert "picture" not in str(caught.value)
    assert (SealedFile.objects.count(), SealedValue.objects.filter(table="file").count()) == (0, 0)
    request.close()
    assert arriving(settings) == []


class Breaking:
    """The body of a request whose sender goes away after so many bytes."""

    def __init__(self, body: bytes, length: int, end: Callable[[], bytes]) -> None:
        self.body, self.left, self.end = body, length, end

    def read(self, size: int = -1) -> bytes:
        if self.left <= 0:
            return self.end()
        piece, self.body = self.body[: min(size, self.left)], self.body[min(size, self.left) :]
        self.left -= len(piece)
        return piece

    readline = read


def torn(end: Callable[[], bytes]) -> HttpRequest:
    whole = posted(bytes(2 * MIB), words="mine")
    body = whole.read()
    request = RequestFactory().generic("POST", "/", body, content_type=whole.META["CONTENT_TYPE"])
    request._stream = Breaking(body, MIB, end)  # type: ignore[attr-defined]
    return request


def test_an_upload_that_just_ends_leaves_nothing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    monkeypatch.setattr(module, "arriving_path", lambda file_id: begun.append(file_id) or files.arriving_path(file_id))
    request = torn(lambda: b"")
    assert list(request.FILES) == []
    assert (len(begun), arriving(settings)) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_no_database_connection_is_held_while_a_file_comes_in(
    settings: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []
    receive = module.SealingUploadHandler.receive_data_chunk

    def watched(self: Any, raw: bytes, start: int) -> None:
        held.append(connection.connection)
        receive(self, raw, start)

    monkeypatch.setattr(module.SealingUploadHandler, "receive_data_chunk", watched)
    connection.ensure_connection()
    file = BytesIO(bytes(MIB))
    file.name = "a.jpg"
    answer = client.post("/be/files/", {"f0": file}, secure=True)
    assert answer.status_code in (200, 403)
    assert len(held) >= 4
    assert set(held) == {None}
    assert connection.connection is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("be", "Файл не дайшоў"), ("ru", "Файл не дошёл"), ("en", "did not arrive")]
)
def test_a_file_that_comes_too_slowly_gets_a_page_and_leaves_nothing(settings: Any, language: str, said: str) -> None:
    def slow() -> bytes:
        raise TooSlow

    request = torn(slow)
    request.path = request.path_info = f"/{language}/files/"
    answer = BodyFirst(lambda _: HttpResponse())(request)
    assert answer.status_code == 408
    assert said in answer.content.decode()  # type: ignore[attr-defined]
    request.close()
    del request
    gc.collect()
    assert arriving(settings) == []


def test_an_upload_that_breaks_with_an_error_leaves_nothing(settings: Any) -> None:
    def broken() -> bytes:
        raise OSError(errno.ECONNRESET, "reset")

    request = torn(broken)
    with pytest.raises(UnreadablePostError):
        _ = request.POST
    request.close()
    del request
    gc.collect()
    assert arriving(settings) == []


def test_the_clock_removes_what_a_dead_process_left(settings: Any, db: None) -> None:
    upload = sent(posted(MARK))
    path = arriving(settings)[0]
    assert (purge.purge(), path.exists()) == (0, True)
    os.utime(path, (time.time() - 4000,) * 2)
    assert (purge.purge(), path.exists()) == (1, False)
    upload.close()


def test_the_clock_removes_files_without_a_row_after_two_days_only(settings: Any, cast: Cast, box: Opened) -> None:
    kept = sent(posted(MARK)).keep(box, cast.ben.ring.signer)
    lost = sent(posted(MARK)).keep(box, cast.ben.ring.signer)
    erase(SealedFile.objects.filter(id=lost.id))
    path = settings.FILES_DIR / lost.storage_name
    assert (purge.purge(), path.exists()) == (0, True)
    for each in (path, settings.FILES_DIR / kept.storage_name):
        os.utime(each, (time.time() - 3 * 86400,) * 2)
    assert (purge.purge(), path.exists()) == (1, False)
    assert (settings.FILES_DIR / kept.storage_name).exists()


class TestKept:
    """What the tables say of a kept file is not believed."""

    @pytest.fixture
    def kept(self, cast: Cast, box: Opened, settings: Any) -> SealedFile:
        return sent(posted(MARK)).keep(box, cast.ben.ring.signer)

    @pytest.mark.parametrize("name", ["../secrets/deployment", "/etc/hostname", "ab/../../x", "", "arriving/x"])
    def test_a_storage_name_reaches_no_other_file(self, kept: SealedFile, box: Opened, name: str) -> None:
        overwrite(kept, storage_name=name)
        row = SealedFile.objects.get(id=kept.id)
        with pytest.raises(Forged):
            files.open_stream(files.find_key(row, box))
        with pytest.raises(Forged):
            files.remove(row)

    def test_the_bytes_of_another_file_are_forged(
        self, kept: SealedFile, cast: Cast, box: Opened, settings: Any
    ) -> None:
        other = sent(posted(MARK)).keep(box, cast.ben.ring.signer)
        name = other.storage_name
        overwrite(other, storage_name="00/" + uuid4().hex)
        overwrite(kept, storage_name=name)
        with pytest.raises(Forged):
            files.open_stream(files.find_key(SealedFile.objects.get(id=kept.id), box))

    def test_another_header_or_size_is_forged(self, kept: SealedFile, box: Opened) -> None:
        for column in ({"header_digest": bytes(32)}, {"stored_size": 10}):
            overwrite(kept, **column)
            with pytest.raises(Forged):
                files.open_stream(files.find_key(SealedFile.objects.get(id=kept.id), box))

    def test_a_cut_longer_or_missing_file_is_forged(self, kept: SealedFile, box: Opened, settings: Any) -> None:
        path = settings.FILES_DIR / kept.storage_name
        body = path.read_bytes()
        for broken in (body[:-1], body + b"\0", b""):
            path.write_bytes(broken)
            with pytest.raises(Forged):
                files.open_stream(files.find_key(kept, box))
        path.unlink()
        with pytest.raises(Forged):
            files.open_stream(files.find_key(kept, box))

    def test_a_key_moves_and_the_former_holder_has_it_no_more(self, kept: SealedFile, cast: Cast, box: Opened) -> None:
        from vault import compartments
        from vault.recipients import stated

        target = compartments.create(
            kind="other", owner=uuid4(), recipients=[stated(cast.dana.person.pair)], giver=cast.ben.ring.signer,
            purpose="test",
        )  # fmt: skip
        files.move_key(files.find_key(kept, box), target, cast.ben.ring.signer)
        with pytest.raises(Forged):
            files.find_key(kept, box)
        assert files.find_key(kept, cast.dana.ring.open(target.epoch)).size == len(MARK)

    def test_removing_takes_bytes_key_and_row(
        self, kept: SealedFile, settings: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        path = settings.FILES_DIR / kept.storage_name
        with django_capture_on_commit_callbacks(execute=True):
            files.remove(kept)
            assert path.exists()  # until the transaction is over
        assert not path.exists()
        assert (SealedFile.objects.count(), SealedValue.objects.filter(table="file").count()) == (0, 0)


class TestFromInside:
    """A package is written the same way."""

    def test_what_is_not_kept_leaves_nothing(self, settings: Any) -> None:
        from vault.writing import FileWriter

        with FileWriter() as writer:
            writer.write(MARK * 900)
            assert len(arriving(settings)) == 1
        assert arriving(settings) == []

    def test_a_disk_that_is_full_at_once_leaves_nothing(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        from vault import writing

        fdopen = os.fdopen
        monkeypatch.setattr(writing.os, "fdopen", lambda *given, **named: FullDisk(fdopen(*given, **named), 0))
        with pytest.raises(NotKept), writing.FileWriter():
            pass
        assert arriving(settings) == []
