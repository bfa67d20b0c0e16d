"""A time stamping authority is asked for a hash alone, and what it answers is verified before it is believed."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from cases.dossier.authority import Authority, NoToken
from tests.factories.packages import verify, zipped
from tests.factories.time_authority import answering, authority

pytestmark = pytest.mark.slow

DIGEST = hashlib.sha256(b"a salted manifest").digest()
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def ask(address: bytes, root: bytes | None = None) -> Authority:
    return Authority(address.decode(), root or authority().root)


def test_it_gets_a_hash_and_a_nonce_and_gives_a_token_of_its_time() -> None:
    with answering(authority(), AT) as seen:
        token = ask(seen[0]).stamp(DIGEST)
    assert token.at == AT
    request = tsp.TimeStampReq.load(seen[1]).native
    assert request["message_imprint"] == {
        "hash_algorithm": {"algorithm": "sha256", "parameters": None}, "hashed_message": DIGEST,
    }  # fmt: skip
    assert {key for key, value in request.items() if value is not None} == {
        "version", "message_imprint", "nonce", "cert_req",
    }  # fmt: skip


def test_a_token_that_was_kept_is_verified_again() -> None:
    der = authority().token(DIGEST, AT)
    assert ask(b"http://127.0.0.1:9/").verified(der, DIGEST).at == AT
    for bad in (der[:-1], der + b"x", b"", b"\x30\x00", der[:-9] + bytes([der[-9] ^ 1]) + der[-8:]):
        with pytest.raises(NoToken, match="answer"):
            ask(b"http://127.0.0.1:9/").verified(bad, DIGEST)
    with pytest.raises(NoToken, match="answer"):
        ask(b"http://127.0.0.1:9/").verified(der, bytes(32))


def test_nobody_there_is_offline() -> None:
    with pytest.raises(NoToken, match="offline"):
        ask(b"http://127.0.0.1:9/").stamp(DIGEST)


@pytest.mark.parametrize("status", [302, 403, 500])
def test_an_answer_that_is_none_in_http_is_offline_and_no_redirect_is_followed(status: int) -> None:
    with answering(authority(), status=status) as seen, pytest.raises(NoToken, match="offline"):
        ask(seen[0]).stamp(DIGEST)
    assert len(seen) == 2


@pytest.mark.parametrize("body", [b"", b"<html>", b"\x30\x80\x00\x00", b"x" * 70_000])
def test_an_answer_that_is_no_token_is_refused(body: bytes) -> None:
    with answering(authority(), body=body) as seen, pytest.raises(NoToken, match="answer"):
        ask(seen[0]).stamp(DIGEST)


def test_an_answer_that_drips_in_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(authority(), drip=100) as seen:
        assert ask(seen[0]).stamp(DIGEST)
        monkeypatch.setattr("cases.dossier.authority.SECONDS", 0.05)
        with pytest.raises(NoToken, match="offline"):
            ask(seen[0]).stamp(DIGEST)


def test_a_token_by_another_authority_is_refused() -> None:
    with answering(authority("Stranger")) as seen, pytest.raises(NoToken, match="answer"):
        ask(seen[0]).stamp(DIGEST)


def test_a_token_over_another_hash_and_an_answer_of_yesterday_are_refused() -> None:
    _, other = authority().stamper().request_cms(bytes(32), "sha256")
    with answering(authority(), body=authority().stamper().request_tsa_response(other).dump()) as seen:
        for _ in range(2):
            with pytest.raises(NoToken, match="answer"):
                ask(seen[0]).stamp(DIGEST)


def test_a_refusal_is_a_refusal() -> None:
    rejected = bytes.fromhex("3005300302 0102")  # a status without a token, which the library takes for a broken answer
    with answering(authority(), body=rejected) as seen, pytest.raises(NoToken, match="answer"):
        ask(seen[0]).stamp(DIGEST)


def test_a_token_from_outside_the_days_of_the_certificate_is_refused() -> None:
    with answering(authority(), datetime(2025, 6, 1, tzinfo=UTC)) as seen, pytest.raises(NoToken, match="answer"):
        ask(seen[0]).stamp(DIGEST)


def test_a_file_without_a_certificate_is_no_authority() -> None:
    with pytest.raises(ValueError, match="Insufficient data"):
        Authority("http://127.0.0.1:9/", b"nothing")


def by_openssl(folder: Path, request: bytes) -> bytes:
    """An answer of the authority that comes with openssl, which writes other attributes than ours."""
    key = authority().key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(key)
    (folder / "cert.pem").write_bytes(authority().certificate.public_bytes(Encoding.PEM))
    (folder / "serial").write_text("01")
    (folder / "ts.cnf").write_text(
        f"[tsa]\ndefault_tsa = t\n[t]\nserial = {folder}/serial\nsigner_cert = {folder}/cert.pem\n"
        f"certs = {folder}/cert.pem\nsigner_key = {folder}/key.pem\nsigner_digest = sha256\n"
        "default_policy = 1.2.3.4.1\ndigests = sha256, sha512\nordering = yes\ntsa_name = yes\n"
        "ess_cert_id_chain = no\ness_cert_id_alg = sha256\n"
    )
    (folder / "request").write_bytes(request)
    command = [
        "openssl",
        "ts",
        "-reply",
        "-queryfile",
        folder / "request",
        "-config",
        folder / "ts.cnf",
        "-section",
        "t",
    ]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_the_authority_of_openssl_is_understood_by_us_and_by_the_verifier(tmp_path: Path) -> None:
    stamper = authority().stamper()
    _, request = stamper.request_cms(DIGEST, "sha256")
    answer = tsp.TimeStampResp.load(by_openssl(tmp_path, request.dump()))
    der = answer["time_stamp_token"].dump()
    token = ask(b"http://127.0.0.1:9/").verified(der, DIGEST)
    assert abs(token.at - datetime.now(UTC)) < timedelta(minutes=5)


def test_openssl_verifies_a_token_that_lies_in_a_package(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(b"a salted manifest")
    (tmp_path / "manifest.tsr").write_bytes(authority().token(DIGEST, AT))
    (tmp_path / "root.pem").write_bytes(authority().root)
    command = ["openssl", "ts", "-verify", "-data", tmp_path / "manifest.json", "-in", tmp_path / "manifest.tsr",
               "-token_in", "-CAfile", tmp_path / "root.pem"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_the_verifier_takes_what_openssl_answers(tmp_path: Path) -> None:
    """Also the whole answer, of which the token is a part: some keep that."""
    manifest = b'{"format": "dossier-package/2", "built_on": "2026-01-02", "files": []}'
    _, request = authority().stamper().request_cms(hashlib.sha256(manifest).digest(), "sha256")
    (tmp_path / "answer.tsr").write_bytes(by_openssl(tmp_path, request.dump()))
    (tmp_path / "root.pem").write_bytes(authority().root)
    (tmp_path / "p.zip").write_bytes(zipped([("manifest.json", manifest)]))
    said = verify(tmp_path / "p.zip", "--token", f"{tmp_path}/answer.tsr", "--tsa-certificate", f"{tmp_path}/root.pem")
    assert "[ok] Time stamp answer.tsr: this manifest existed on" in said.text
