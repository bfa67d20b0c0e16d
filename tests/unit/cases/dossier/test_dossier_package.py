"""The bundle streams, is the same every time, and refuses an original that is not the original."""

import hashlib
import json
import zipfile
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey

from cases.dossier.errors import PackageFailed
from cases.dossier.inputs import DossierInput
from cases.dossier.package import Part, account_part, original_part, write_package
from tests.factories import signers
from tests.factories.dossier import make_input, originals
from tests.factories.signers import SALT, signing


def parts(data: DossierInput):
    yield Part("01_complaint.pdf", "complaint", [b"%PDF-", b"", b"body"])
    yield account_part(data)
    for exhibit in data.exhibits:
        body = originals()[exhibit.label]
        yield original_part(exhibit, (body[at : at + 1000] for at in range(0, len(body), 1000)))


def written(data: DossierInput) -> tuple[bytes, object]:
    blocks: list[bytes] = []
    package = write_package(data, parts(data), blocks.append, signing=signing(), salt=SALT)
    return b"".join(blocks), package


def test_the_same_input_gives_the_same_bytes_up_to_the_signature_that_is_random():
    first, package = written(make_input())
    second, _ = written(make_input())
    assert first[: first.index(b"manifest.mldsa65")] == second[: second.index(b"manifest.mldsa65")]
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
        assert set(sums) == set(archive.namelist()) - {"SHA256SUMS", "manifest.ed25519", "manifest.mldsa65"}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["data_sha256"] == data.digest()
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]}.items() <= sums.items()
    assert (manifest["template"], manifest["status"]) == ("UJ-EN 3", "DRAFT, not for filing")


def test_the_account_as_typed_lies_beside_its_print():
    data = make_input()
    text = b"".join(account_part(data).chunks).decode()
    assert json.loads(text)["account"][0]["answers"][4]["value"] == data.account[0].answers[4].value
    assert "жніўня" in text


def test_a_changed_original_stops_the_package():
    data = make_input()
    with pytest.raises(PackageFailed, match="original-differs"):
        write_package(data, [original_part(data.exhibits[0], [b"other"])], drop, signing=signing(), salt=SALT)


def test_two_files_of_one_name_stop_the_package():
    same = [Part("a", "x", [b"1"]), Part("a", "x", [b"2"])]
    with pytest.raises(PackageFailed, match="name-twice"):
        write_package(make_input(), same, drop, signing=signing(), salt=SALT)


@pytest.mark.parametrize("salt", [b"", b"x" * 31, b"x" * 33])
def test_without_a_whole_salt_there_is_no_package(salt):
    with pytest.raises(PackageFailed, match="salt"):
        write_package(make_input(), [], drop, signing=signing(), salt=salt)


def test_the_same_data_with_another_salt_has_another_hash():
    first, second = (
        write_package(make_input(), [], drop, signing=signing(), salt=bytes([byte]) * 32).imprint for byte in (1, 2)
    )
    assert first != second


def test_manifest_and_signatures_come_last_and_hold():
    body, package = written(make_input())
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert archive.namelist()[-5:] == [
            "keys.json",
            "manifest.json",
            "SHA256SUMS",
            "manifest.ed25519",
            "manifest.mldsa65",
        ]
        manifest, stated = archive.read("manifest.json"), json.loads(archive.read("keys.json"))
        ed25519, mldsa65 = archive.read("manifest.ed25519"), archive.read("manifest.mldsa65")
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(stated["ed25519"])).verify(ed25519, manifest)
    MLDSA65PublicKey.from_public_bytes(bytes.fromhex(stated["mldsa65"])).verify(mldsa65, manifest)
    assert hashlib.sha256(manifest).digest() == package.imprint
    assert json.loads(manifest)["key_fingerprint"] == stated["fingerprint"] == signing().keys.fingerprint
    assert (stated["origin"], stated["organisation"]) == ("self-made", "Invented organisation")


def test_no_private_half_is_in_the_package():
    body, _ = written(make_input())
    text, pem = signers.texts("")
    secrets = [bytes.fromhex(line.split()[1]) for line in text.splitlines() if " " in line]
    assert len(secrets) == 2
    assert not any(secret in body or secret.hex().encode() in body for secret in secrets)
    assert b"PRIVATE KEY" in pem.encode()
    assert b"PRIVATE KEY" not in body


def drop(block: bytes) -> None:
    """Keep nothing."""


def test_no_file_name_comes_from_a_person():
    data = make_input()
    body, _ = written(data)
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert not any("IMG_0412" in name or "даведка" in name for name in archive.namelist())
