"""The verifier passes a fresh package and names the damage of an altered one, in words and by its exit code."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from cases.dossier.assemble import assemble
from cases.dossier.authority import Authority
from cases.dossier.check import examine
from cases.dossier.render import Rendered
from cases.dossier.sign import sign_document
from tests.factories import signers
from tests.factories.dossier import make_input, originals
from tests.factories.packages import (
    D1,
    NOTE,
    SIGNATURES,
    VERIFIER,
    Files,
    Said,
    altered,
    files_of,
    flip,
    signed_anew,
    verify,
    zipped,
)
from tests.factories.time_authority import answering, authority

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # the day after the invented package was built
EARLIER = datetime(2026, 3, 1, tzinfo=UTC)
WHOLE, OPEN, UNREADABLE, DANGEROUS, SIGNATURE, FILES, TIME, DOCUMENT = 0, 10, 20, 21, 22, 23, 24, 25
Check = Callable[[bytes], Said]


@pytest.fixture(scope="module")
def stamped(tmpfs: Path) -> bytes:
    """A fresh package with time stamps in its manifest and its documents."""
    made, blocks = authority(), list[bytes]()
    with answering(made, AT) as seen:
        signing = signers.signing(Authority(seen[0].decode(), made.root))
        assemble(
            make_input(), lambda exhibit: [originals()[exhibit.label]], blocks.append, signing=signing, tmpfs=tmpfs
        )  # fmt: skip
    return b"".join(blocks)


@pytest.fixture
def known(tmp_path: Path) -> list[str]:
    """What a technician got by another way: the fingerprint, and the certificate of the authority."""
    (tmp_path / "authority.pem").write_bytes(authority().root)
    return ["--fingerprint", signers.keys("").fingerprint, "--tsa-certificate", str(tmp_path / "authority.pem")]


@pytest.fixture
def check(tmp_path: Path, known: list[str]) -> Check:
    """A function that verifies a package with everything that one can know."""

    def run(package: bytes) -> Said:
        (tmp_path / "package.zip").write_bytes(package)
        return verify(tmp_path / "package.zip", *known)

    return run


def test_a_fresh_package_is_whole(check: Check, stamped: bytes) -> None:
    said = check(stamped)
    assert said.code == WHOLE, said.text
    for words in (
        "THE PACKAGE IS WHOLE. Everything was checked.", "Ed25519 signature over the manifest is right",
        "ML-DSA-65 signature over the manifest is right", "those whose fingerprint you gave",
        "existed on 2026-11-23 09:30:00 UTC", f"{D1}: signed as a whole",
        "the time stamp in its signature is of 2026-11-23",
        "DRAFT. The package says of itself: DRAFT, not for filing", "made on the organisation's own machine",
        "Never checked by this program: whether a certificate was revoked",
    ):  # fmt: skip
        assert words in said.text, said.text
    assert "[NO]" not in said.text
    assert "[??]" not in said.text


def test_a_folder_that_was_unpacked_is_whole_too(tmp_path: Path, known: list[str], stamped: bytes) -> None:
    with zipfile.ZipFile(BytesIO(stamped)) as archive:
        archive.extractall(tmp_path / "unpacked")
    before = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))
    assert verify(tmp_path / "unpacked", *known).code == WHOLE
    assert sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")) == before


def test_without_the_fingerprint_it_says_plainly_that_the_key_is_merely_the_one_in_the_package(
    tmp_path: Path, stamped: bytes
) -> None:
    (tmp_path / "package.zip").write_bytes(stamped)
    said = verify(tmp_path / "package.zip")
    assert said.code == OPEN
    assert "Whose keys these are was NOT checked: the only keys here are those in the package" in said.text
    assert signers.keys("").fingerprint in said.text.replace(" ", "")
    assert "Whether you trust its authority was not checked" in said.text
    assert "not everything was" in said.text


def test_the_note_to_counsel_may_be_left_out_of_what_is_filed(check: Check, stamped: bytes) -> None:
    said = check(altered(stamped, lambda files: files.pop(NOTE)))
    assert said.code == WHOLE
    assert f"{NOTE} is not there. It is for counsel alone" in said.text


def test_a_package_that_was_packed_anew_with_compression_is_whole(check: Check, stamped: bytes) -> None:
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(stamped).items():
            archive.writestr(name, content)
    assert check(body.getvalue()).code == WHOLE


def change_manifest(files: Files) -> None:
    files["manifest.json"] = files["manifest.json"].replace(b'"UJ-EN"', b'"UJ-LT"')


def swap(files: Files) -> None:
    first, second = "E-001_picture.pdf", "E-002_document.pdf"
    files[first], files[second] = files[second], files[first]


def sign_alone(files: Files) -> None:
    files["manifest.ed25519"] = signers.keys("stranger").sign(files["manifest.json"])["ed25519"]


def sign_all_anew(files: Files) -> None:
    """Somebody makes a package of the own, with own keys in it and everything fitting."""
    files["keys.json"] = signers.signing(name="stranger").statement()
    signed_anew(files, signers.keys("stranger"), key_fingerprint=signers.keys("stranger").fingerprint)


def only_keys(files: Files) -> None:
    files["keys.json"] = signers.signing(name="stranger").statement()


def stamp(digest_of: bytes | None, at: datetime, name: str = "Invented time") -> Callable[[Files], None]:
    def change(files: Files) -> None:
        body = files["manifest.json"] if digest_of is None else digest_of
        files["manifest.tsr"] = authority(name).token(hashlib.sha256(body).digest(), at)

    return change


def forge_stamp(files: Files) -> None:
    files["manifest.tsr"] = flip(files["manifest.tsr"], len(files["manifest.tsr"]) - 5)


def replaced(name: str, body: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[name] = body(files[name])

    return change


EXHIBIT = "originals/E-001.jpg"
ALTERED: dict[str, tuple[Callable[[Files], object], int, str]] = {
    "a flipped byte": (replaced(EXHIBIT, lambda body: flip(body, 5000)), FILES, f"{EXHIBIT} was changed."),
    "a byte too much": (replaced(EXHIBIT, lambda body: body + b"x"), FILES, f"{EXHIBIT} is larger than the"),
    "a byte too few": (replaced(EXHIBIT, lambda body: body[:-1]), FILES, f"{EXHIBIT} was changed."),
    "a removed exhibit": (lambda files: files.pop(EXHIBIT), FILES, f"{EXHIBIT} is missing."),
    "two exhibits swapped": (swap, FILES, "E-001_picture.pdf holds what belongs in E-002_document.pdf."),
    "an added file": (lambda files: files.update({"E-003_new.pdf": b"x"}), FILES, "E-003_new.pdf was added"),
    "a changed manifest": (change_manifest, SIGNATURE, "Ed25519 signature does not fit"),
    "a changed manifest, second signature": (change_manifest, SIGNATURE, "ML-DSA-65 signature does not fit"),
    "no signature": (lambda files: [files.pop(name) for name in SIGNATURES], SIGNATURE, "manifest.ed25519 is missing"),
    "one signature missing": (lambda files: files.pop("manifest.mldsa65"), SIGNATURE, "manifest.mldsa65 is"),
    "one signature foreign": (sign_alone, SIGNATURE, "Ed25519 signature does not fit"),
    "a signature cut": (replaced("manifest.mldsa65", lambda body: body[:-1]), SIGNATURE, "ML-DSA-65 signature does"),
    "foreign keys throughout": (sign_all_anew, SIGNATURE, "FOREIGN KEYS"),
    "foreign keys.json": (only_keys, SIGNATURE, "keys.json does not fit the manifest"),
    "no keys.json": (lambda files: files.pop("keys.json"), SIGNATURE, "nobody can say who signed"),
    "changed sums": (replaced("SHA256SUMS", lambda body: flip(body, 3)), FILES, "SHA256SUMS was changed"),
    "no sums": (lambda files: files.pop("SHA256SUMS"), FILES, "SHA256SUMS is missing"),
    "an old time stamp": (stamp(b"an earlier manifest", EARLIER), TIME, "is OLD: of 2026-03-01 00:00:00 UTC, before"),
    "a time stamp of another manifest": (stamp(b"another", AT), TIME, "belongs to another manifest"),
    "a time stamp from before the package": (stamp(None, EARLIER), TIME, "That cannot be"),
    "a time stamp from before the documents": (
        stamp(None, AT.replace(hour=8)), TIME, "later than that of the manifest which lists it",
    ),
    "a time stamp by somebody else": (stamp(None, AT, "Stranger"), TIME, "is not by the authority whose certificate"),
    "a forged time stamp": (forge_stamp, TIME, "does not hold"),
    "a time stamp that is none": (replaced("manifest.tsr", lambda body: b"\x30\x80" * 50), TIME, "does not hold"),
    "no manifest": (lambda files: files.pop("manifest.json"), UNREADABLE, "There is no manifest.json"),
    "a manifest that is none": (replaced("manifest.json", lambda body: b"{"), UNREADABLE, "cannot be read"),
    "a manifest without end": (replaced("manifest.json", lambda body: b"[" * 99_999), UNREADABLE, "cannot be read"),
    "a name twice in the manifest": (
        replaced("manifest.json", lambda body: body.replace(b'"E-002_document.pdf"', b'"E-001_picture.pdf"')),
        UNREADABLE, "cannot be read",
    ),
    "a name in the manifest that leads away": (
        replaced("manifest.json", lambda body: body.replace(b'"E-002_document.pdf"', b'"../../etc/passwd"')),
        UNREADABLE, "cannot be read",
    ),
    "a format of tomorrow": (
        replaced("manifest.json", lambda body: body.replace(b"package/2", b"package/3")), UNREADABLE,
        "of the format dossier-package/3; this program knows dossier-package/2",
    ),
    "a name with ../": (lambda files: files.update({"../evil": b"x"}), DANGEROUS, "DANGEROUS: ../evil would"),
    "an absolute name": (lambda files: files.update({"/etc/evil": b"x"}), DANGEROUS, "DANGEROUS: /etc/evil would be"),
    "a name with a backslash": (lambda files: files.update({"..\\evil": b"x"}), DANGEROUS, "DANGEROUS: ..\\evil would"),
    "a name on a drive": (lambda files: files.update({"C:evil": b"x"}), DANGEROUS, "DANGEROUS: C:evil would"),
    "a name that differs in case": (lambda files: files.update({D1.upper(): b"x"}), DANGEROUS, "is there twice"),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERED)
def test_an_altered_package_is_named(check: Check, stamped: bytes, what: str) -> None:
    change, code, words = ALTERED[what]
    said = check(altered(stamped, change))
    assert said.code == code, said.text
    assert words in said.text, said.text
    assert "THE PACKAGE IS NOT AS IT WAS MADE" in said.text


def test_foreign_keys_pass_only_with_the_warning_when_no_fingerprint_was_given(tmp_path: Path, stamped: bytes) -> None:
    (tmp_path / "package.zip").write_bytes(altered(stamped, sign_all_anew))
    said = verify(tmp_path / "package.zip")
    assert said.code == TIME  # the stamp is still that of the true manifest
    (tmp_path / "package.zip").write_bytes(
        altered(stamped, lambda files: (sign_all_anew(files), files.pop("manifest.tsr")))
    )
    said = verify(tmp_path / "package.zip")
    assert said.code == DOCUMENT  # and the documents bear the true certificate
    assert "NOT checked" in said.text


@pytest.mark.parametrize("length", [0.5, 0.99, 0.9999])
def test_a_cut_zip_is_named(check: Check, stamped: bytes, length: float) -> None:
    said = check(stamped[: int(len(stamped) * length)])
    assert said.code == UNREADABLE
    assert "no whole ZIP" in said.text


def test_what_is_no_zip_at_all_is_named(check: Check) -> None:
    assert check(b"%PDF-1.7").code == UNREADABLE
    assert check(b"").code == UNREADABLE


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    said = verify(tmp_path / "none.zip")
    assert (said.code, "none.zip cannot be opened" in said.text) == (UNREADABLE, True)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_named(check: Check, stamped: bytes) -> None:
    said = check(zipped([*files_of(stamped).items(), (D1, b"%PDF another")]))
    assert said.code == DANGEROUS
    assert f"the name {D1} is there twice" in said.text


def test_a_link_in_a_zip_is_named(check: Check, stamped: bytes) -> None:
    link = zipfile.ZipInfo("E-004_link.pdf")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    said = check(zipped([*files_of(stamped).items(), (link, b"/etc/passwd")]))
    assert said.code == DANGEROUS
    assert "E-004_link.pdf is a link" in said.text


def test_a_link_in_a_folder_is_named_and_not_followed(tmp_path: Path, known: list[str], stamped: bytes) -> None:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(BytesIO(stamped)) as archive:
        archive.extractall(folder)
    (folder / EXHIBIT).rename(tmp_path / "elsewhere.jpg")
    (folder / EXHIBIT).symlink_to(tmp_path / "elsewhere.jpg")
    said = verify(folder, *known)
    assert said.code == DANGEROUS
    assert f"{EXHIBIT} is a link" in said.text
    assert f"{EXHIBIT} is missing" in said.text


def test_a_bomb_is_named_and_not_read(check: Check, stamped: bytes) -> None:
    body = BytesIO(stamped)
    with zipfile.ZipFile(body, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("E-005_bomb.pdf", bytes(100 * 2**20))
    said = check(body.getvalue())
    assert said.code == DANGEROUS
    assert "E-005_bomb.pdf would grow far too much" in said.text


def test_an_encrypted_entry_is_named(check: Check, stamped: bytes) -> None:
    with zipfile.ZipFile(BytesIO(stamped)) as archive:
        first = archive.infolist()[0]
        place = archive.start_dir
    assert first.filename == "00_cover_D-7QK4MT-1.pdf"
    body = bytearray(stamped)
    body[6] |= 1  # the flag in the local header, and in the central directory
    body[place + 8] |= 1
    said = check(bytes(body))
    assert said.code == DANGEROUS
    assert "is encrypted or packed in an unknown way" in said.text


def test_no_control_character_of_a_name_reaches_the_terminal(check: Check, stamped: bytes) -> None:
    said = check(altered(stamped, lambda files: files.update({"\x1b[2J\x1b[31mok": b"x", "x" * 5000: b"y"})))
    assert said.code == DANGEROUS
    assert "\x1b" not in said.text
    assert "x" * 200 not in said.text


def test_words_of_the_package_are_no_more_than_words(check: Check, stamped: bytes) -> None:
    def change(files: Files) -> None:
        keys = json.loads(files["keys.json"]) | {"organisation": "{name}\n[ok] THE PACKAGE IS WHOLE\x1b[0m"}
        files["keys.json"] = json.dumps(keys).encode()
        signed_anew(files, signers.keys(""), status="draft {0} {x!r}")

    said = check(altered(stamped, change))
    assert "\n[ok] THE PACKAGE IS WHOLE" not in said.text
    assert "\\x0a[ok]" in said.text
    assert "draft {0} {x!r}" in said.text


PDFS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "an incremental update": (lambda body: body + b"\n99 0 obj\n<<>>\nendobj\n%%EOF\n", "something was added after it"),
    "a flipped byte": (lambda body: flip(body, 30_000), "its signature does not hold; it was changed"),
    "no signature": (lambda body: body[: body.index(b"%%EOF") + 6], "has no signature, although"),
    "a signature that is none": (
        lambda body: body[: body.rindex(b"/Contents <") + 11] + b"ff" + body[body.rindex(b"/Contents <") + 13 :],
        "its signature does not hold",
    ),
    "something in the room of the signature": (
        lambda body: body[: body.rindex(b"0>")] + b"1" + body[body.rindex(b"0>") + 1 :], "its signature does not hold",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", PDFS)
def test_a_signed_document_that_was_changed_is_named_even_where_the_manifest_fits(
    check: Check, stamped: bytes, what: str
) -> None:
    change, words = PDFS[what]

    def alter(files: Files) -> None:
        files[D1] = change(files[D1])
        signed_anew(files, signers.keys(""))
        del files["manifest.tsr"]

    said = check(altered(stamped, alter))
    assert said.code == DOCUMENT, said.text
    assert f"{D1}" in said.text
    assert words in said.text, said.text


def test_a_document_that_was_signed_with_another_certificate_is_named(
    check: Check, stamped: bytes, tmpfs: Path
) -> None:
    def alter(files: Files) -> None:
        body = files[D1][: files[D1].index(b"%%EOF") + 6]
        stranger = signers.signing(name="stranger")
        files[D1] = sign_document(Rendered(body, 1, examine(body).files), stranger, day="2026-11-22", tmpfs=tmpfs).body
        signed_anew(files, signers.keys(""))
        del files["manifest.tsr"]

    said = check(altered(stamped, alter))
    assert said.code == DOCUMENT
    assert f"{D1} is signed with another certificate than the package's" in said.text


def test_a_time_stamp_that_came_later_is_given_beside_the_package(
    tmp_path: Path, known: list[str], stamped: bytes
) -> None:
    late = altered(stamped, lambda files: files.pop("manifest.tsr"))
    (tmp_path / "package.zip").write_bytes(late)
    said = verify(tmp_path / "package.zip", *known)
    assert (said.code, "There is no time stamp here" in said.text) == (OPEN, True)
    digest = hashlib.sha256(files_of(stamped)["manifest.json"]).digest()
    (tmp_path / "manifest.tsr").write_bytes(authority().token(digest, AT))
    assert verify(tmp_path / "package.zip", *known, "--token", str(tmp_path / "manifest.tsr")).code == WHOLE
    (tmp_path / "manifest.tsr").write_bytes(authority().token(bytes(32), AT))
    assert verify(tmp_path / "package.zip", *known, "--token", str(tmp_path / "manifest.tsr")).code == TIME


def test_where_cryptography_is_not_there_it_checks_hashes_and_says_so(tmp_path: Path, stamped: bytes) -> None:
    bare = (sys.executable, "-I", "-S")
    (tmp_path / "package.zip").write_bytes(stamped)
    said = verify(tmp_path / "package.zip", python=bare)
    assert said.code == OPEN
    assert "ONLY HASHES WERE CHECKED" in said.text
    assert "signature over the manifest is right" not in said.text
    (tmp_path / "package.zip").write_bytes(altered(stamped, ALTERED["a flipped byte"][0]))
    assert verify(tmp_path / "package.zip", python=bare).code == FILES
    (tmp_path / "package.zip").write_bytes(altered(stamped, ALTERED["foreign keys throughout"][0]))
    assert (
        verify(tmp_path / "package.zip", "--fingerprint", signers.keys("").fingerprint, python=bare).code == SIGNATURE
    )


def test_hashes_only_can_be_asked_for(tmp_path: Path, stamped: bytes) -> None:
    (tmp_path / "package.zip").write_bytes(stamped)
    said = verify(tmp_path / "package.zip", "--hashes-only")
    assert (said.code, "ONLY HASHES WERE CHECKED" in said.text) == (OPEN, True)


@pytest.mark.parametrize("wrong", [["--fingerprint", "12"], ["--language", "xx"], ["--tsa-certificate", "/dev/null/x"]])
def test_wrong_arguments_have_a_code_of_their_own(tmp_path: Path, wrong: list[str]) -> None:
    command = [sys.executable, "-I", str(VERIFIER), str(tmp_path), *wrong]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


def test_a_fingerprint_may_be_grouped_and_in_capitals(tmp_path: Path, stamped: bytes) -> None:
    (tmp_path / "package.zip").write_bytes(stamped)
    whole = signers.keys("").fingerprint.upper()
    grouped = " ".join(whole[at : at + 8] for at in range(0, 64, 8))
    assert "those whose fingerprint you gave" in verify(tmp_path / "package.zip", "--fingerprint", grouped).text


def test_a_large_package_is_read_in_little_memory(tmp_path: Path, stamped: bytes) -> None:
    files = files_of(stamped)
    size = 300 * 2**20
    manifest = json.loads(files["manifest.json"])
    manifest["files"].append({"name": "E-009_large.bin", "bytes": size, "sha256": zeros(size)})
    folder = tmp_path / "unpacked"
    for inside in ("originals", "volumes"):
        (folder / inside).mkdir(parents=True)
    for name, body in files.items():
        (folder / name).write_bytes(body)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with (folder / "E-009_large.bin").open("wb") as target:
        target.truncate(size)
    script = (
        "import runpy, sys\nsys.argv = sys.argv[1:]\n"
        "try:\n    runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit:\n    print(open('/proc/self/status').read())\n"
    )
    command = [sys.executable, "-I", "-c", script, str(VERIFIER), str(folder), "--language", "en"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "E-009_large.bin" not in text  # it was read and is right
    assert "E-001" not in text
    peak = int(text.split("VmHWM:")[1].split()[0])
    assert peak < 80 * 1024


def zeros(size: int) -> str:
    """SHA-256 of that many zeros."""
    digest, block = hashlib.sha256(), bytes(2**20)
    for _ in range(size // len(block)):
        digest.update(block)
    return digest.hexdigest()
