"""New package keys and a new signer of documents, marked as self-made: for one machine, trials and development."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import token_hex

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

SELF_MADE = "self-made"
SELF_MADE_NAME = "Self-made, certified by nobody"
NAMES = ("ed25519", "mldsa65")
YEARS = 10


def new_keys() -> str:
    """The text of a new key file, marked as self-made."""
    return "\n".join([SELF_MADE, *(f"{name} {token_hex(32)}" for name in NAMES)])


def new_signer() -> str:
    """The text of a new signer file: a P-256 key and a certificate that says plainly that nobody vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SELF_MADE_NAME)])
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today)
        .not_valid_after(today + timedelta(days=YEARS * 365))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return (private + certificate.public_bytes(Encoding.PEM)).decode("ascii").strip()
