"""Who signs the invented packages: keys and a certificate of their own, the same in one run."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from cases.dossier.authority import Authority
from cases.dossier.keys import PackageKeys, read_keys
from cases.dossier.new_keys import new_keys, new_signer
from cases.dossier.sign import Signing
from cases.dossier.signer import DocumentSigner, read_signer

ORGANISATION = "Invented organisation"
SALT = bytes(range(32))


@cache
def texts(name: str) -> tuple[str, str]:
    """What stands in the two secret files of this name."""
    return new_keys(), new_signer()


@cache
def keys(name: str) -> PackageKeys:
    """The package keys of this name."""
    return read_keys(texts(name)[0])


@cache
def signer(name: str) -> DocumentSigner:
    """The signer of documents of this name."""
    return read_signer(texts(name)[1].encode())


def brought_keys() -> str:
    """A key file as an organisation brings it: no mark."""
    return "\n".join(texts("brought")[0].splitlines()[1:])


def brought_signer(until: datetime = datetime(2036, 1, 1)) -> str:
    """A certificate, valid until that day, that an authority of the organisation issued; its key and the chain too."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root, name = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in ("Invented authority", ORGANISATION)
    )
    chain = [_certificate(name, root, key, root_key, until), _certificate(root, root, root_key, root_key, until)]
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return b"".join([private, *(each.public_bytes(Encoding.PEM) for each in chain)]).decode()


def _certificate(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey, until: datetime
) -> x509.Certificate:
    is_root = name == issuer
    return (
        x509.CertificateBuilder(issuer, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .sign(by, hashes.SHA256())
    )


def given(package_keys: str, document_signer: str) -> Signing:
    """What signs with the keys of another process."""
    return Signing(ORGANISATION, read_keys(package_keys), read_signer(document_signer.encode()))


def signing(*authorities: Authority, name: str = "", at: datetime | None = None) -> Signing:
    """What signs a package. at: the hour of its clock; none: now."""
    clock = (lambda: at) if at else (lambda: datetime.now(UTC).replace(microsecond=0))
    return Signing(ORGANISATION, keys(name), signer(name), authorities, clock)
