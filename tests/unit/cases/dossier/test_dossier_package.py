"""The bundle streams, is the same every time, and refuses an original that is not the original."""

import hashlib
import json
import zipfile
from io import BytesIO

import pytest

from cases.dossier.errors import PackageFailed
from cases.dossier.inputs import DossierInput
from cases.dossier.package import Part, account_part, original_part, write_package
from tests.factories.dossier import make_input, originals


def parts(data: DossierInput):
    yield Part("01_complaint.pdf", "complaint", [b"%PDF-", b"", b"body"])
    yield account_part(data)
    for exhibit in data.exhibits:
        body = originals()[exhibit.label]
        yield original_part(exhibit, (body[at : at + 1000] for at in range(0, len(body), 1000)))


def written(data: DossierInput) -> tuple[bytes, object]:
    blocks: list[bytes] = []
    package = write_package(data, parts(data), blocks.append)
    return b"".join(blocks), package


def test_the_same_input_gives_the_same_bytes():
    first, package = written(make_input())
    second, _ = written(make_input())
    assert first == second
    assert package.sha256 == hashlib.sha256(first).hexdigest()
    assert (package.size, package.name) == (len(first), "D-7QK4MT-1.zip")


def test_originals_are_byte_identical_and_entries_are_stored_with_a_fixed_date():
    data = make_input()
    body, _ = written(data)
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert archive.testzip() is None
        assert archive.read("originals/E-001.jpg") == originals()["E-001"]
        assert archive.read("originals/E-002.pdf") == originals()["E-002"]
        assert {(info.date_time, info.compress_type) for info in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)
        }


def test_sums_and_manifest_agree_with_the_files():
    data = make_input()
    body, _ = written(data)
    with zipfile.ZipFile(BytesIO(body)) as archive:
        sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
        assert set(sums) == set(archive.namelist()) - {"SHA256SUMS"}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["data_sha256"] == data.digest()
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]}.items() <= sums.items()
    assert (manifest["template"], manifest["status"]) == ("UJ-EN 1", "DRAFT, not for filing")


def test_the_account_as_typed_lies_beside_its_print():
    data = make_input()
    text = b"".join(account_part(data).chunks).decode()
    assert json.loads(text)["account"][0]["answers"][4]["value"] == data.account[0].answers[4].value
    assert "жніўня" in text


def test_a_changed_original_stops_the_package():
    data = make_input()
    with pytest.raises(PackageFailed, match="original-differs"):
        write_package(data, [original_part(data.exhibits[0], [b"other"])], lambda block: None)


def test_two_files_of_one_name_stop_the_package():
    same = [Part("a", "x", [b"1"]), Part("a", "x", [b"2"])]
    with pytest.raises(PackageFailed, match="name-twice"):
        write_package(make_input(), same, lambda block: None)


def test_no_file_name_comes_from_a_person():
    data = make_input()
    body, _ = written(data)
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert not any("IMG_0412" in name or "даведка" in name for name in archive.namelist())
