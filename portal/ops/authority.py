"""A time stamping authority of our own (RFC 3161), on this machine: for `make run`, the walkthrough and tests.

It proves nothing to anybody: whoever runs it can say any time. Its certificate says so in its name, and production
refuses it (portal.E027). The web server never loads this module.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from portal.environment import SELF_MADE_TIME

ROOT, OWN = "root.pem", "own.pem"  # own: the key, then its certificate
YEARS, LONGEST = 3, 64 * 1024  # of a certificate; bytes of a request
USES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Made:
    """An authority. root: PEM of the certificate that proves its own."""

    root: bytes
    certificate: x509.Certificate
    key: RSAPrivateKey = field(repr=False)

    def stamper(self, at: datetime | None = None) -> DummyTimeStamper:
        """What answers requests. at: the time that it says; None is now."""
        certificate = asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))
        plain = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(certificate, asn1_keys.PrivateKeyInfo.load(plain), fixed_dt=at)

    def answer(self, asked: bytes, at: datetime | None = None) -> bytes:
        """The DER of an answer to the DER of a request. Raises ValueError for what is none."""
        answered: bytes = self.stamper(at).request_tsa_response(tsp.TimeStampReq.load(asked, strict=True)).dump()
        return answered


def make(name: str, span: Span) -> Made:
    """A new root and what it certifies. span: from when until when both are valid."""
    root_key, key = (generate_private_key(65537, 2048) for _ in range(2))
    root = _certificate(f"{name}, root", f"{name}, root", root_key, root_key, span, is_root=True)
    own = _certificate(name, f"{name}, root", key, root_key, span, is_root=False)
    return Made(root.public_bytes(Encoding.PEM), own, key)


def kept(folder: Path) -> Made:
    """The authority of a folder, made there anew when there is none, or when it is over within a day."""
    found = _read(folder) if (folder / ROOT).is_file() and (folder / OWN).is_file() else None
    now = datetime.now(UTC)
    if found is not None and found.certificate.not_valid_after_utc > now + timedelta(days=1):
        return found
    made = make(SELF_MADE_TIME, (now - timedelta(days=1), now + timedelta(days=366 * YEARS)))
    key = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(folder / OWN, key + made.certificate.public_bytes(Encoding.PEM))
    _write(folder / ROOT, made.root)
    return made


def serve(made: Made, port: int) -> ThreadingHTTPServer:
    """Listen on 127.0.0.1; the caller says serve_forever()."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.connection.settimeout(10)
            size = self.headers.get("Content-Length", "")
            try:
                answered = made.answer(self.rfile.read(max(0, min(int(size), LONGEST))))
            except (ValueError, TypeError):
                self.send_error(400)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answered)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main(folder: Path, port: int) -> None:
    """Serve until a signal comes."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    serve(kept(folder), port).serve_forever()


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def _read(folder: Path) -> Made | None:
    """What lies there, or None for what is damaged."""
    try:
        pem = (folder / OWN).read_bytes()
        key, certificate = load_pem_private_key(pem, password=None), x509.load_pem_x509_certificate(pem)
    except ValueError:
        return None
    return Made((folder / ROOT).read_bytes(), certificate, key) if isinstance(key, RSAPrivateKey) else None


def _write(path: Path, content: bytes) -> None:
    """For its owner alone, whole or not at all."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)


def _certificate(
    name: str, issuer: str, key: RSAPrivateKey, by: RSAPrivateKey, span: Span, *, is_root: bool
) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, issuer)]
    wanted = {"key_cert_sign", "crl_sign"} if is_root else {"digital_signature", "content_commitment"}
    usage = x509.KeyUsage(**{use: use in wanted for use in USES})
    builder = (
        x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1] - timedelta(hours=0 if is_root else 1))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    if not is_root:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(by, hashes.SHA256())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
