"""A time stamping authority of our own: certificates, tokens as it would give them, and an address on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import sleep

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

FROM, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
USES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip


@dataclass(frozen=True)
class Made:
    """An authority. root: PEM of the certificate that proves its own. at: the time it says; None is now."""

    root: bytes
    certificate: x509.Certificate
    key: RSAPrivateKey = field(repr=False)

    def stamper(self, at: datetime | None = None) -> DummyTimeStamper:
        """What answers requests."""
        certificate = asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))
        plain = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(certificate, asn1_keys.PrivateKeyInfo.load(plain), fixed_dt=at)

    def token(self, digest: bytes, at: datetime) -> bytes:
        """A token over a SHA-256 digest, as if it were asked for at that time."""
        stamper = self.stamper(at)
        _, request = stamper.request_cms(digest, "sha256")
        return bytes(stamper.request_tsa_response(request)["time_stamp_token"].dump())


def authority(name: str = "Invented time") -> Made:
    """The authority of this name, the same in one run."""
    return _made(name)


@cache
def _made(name: str) -> Made:
    root_key, key = (generate_private_key(65537, 2048) for _ in range(2))
    root = _certificate(f"{name}, root", f"{name}, root", root_key, root_key, is_root=True)
    own = _certificate(name, f"{name}, root", key, root_key, is_root=False)
    return Made(root.public_bytes(Encoding.PEM), own, key)


@contextmanager
def answering(
    made: Made, at: datetime | None = None, body: bytes | None = None, status: int = 200, drip: int = 0
) -> Iterator[list[bytes]]:
    """Serve here; yields [address, each request as it came...]. body: what to answer instead. drip: bytes at a time."""
    seen: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append(asked)
            answer = body
            if answer is None:
                answer = made.stamper(at).request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            for place in range(0, len(answer), drip or len(answer) or 1):
                with suppress(OSError):  # whoever asked may have gone
                    self.wfile.write(answer[place : place + (drip or len(answer))])
                sleep(0.02 if drip else 0)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    seen.append(f"http://127.0.0.1:{server.server_port}/".encode())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(name: str, issuer: str, key: RSAPrivateKey, by: RSAPrivateKey, *, is_root: bool) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, issuer)]
    wanted = {"key_cert_sign", "crl_sign"} if is_root else {"digital_signature", "content_commitment"}
    usage = x509.KeyUsage(**{use: use in wanted for use in USES})
    builder = (
        x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(UNTIL - timedelta(days=0 if is_root else 1))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    if not is_root:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(by, hashes.SHA256())
