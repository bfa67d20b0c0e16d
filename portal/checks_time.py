"""System checks of who says the time of a package."""

import ipaddress
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.checks import CheckMessage, Error

from portal.environment import SELF_MADE_TIME


def time_authorities(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """A time stamping authority is named by http(s), at most two are, and each has its certificate."""
    listed = settings.TIME_AUTHORITIES
    bad = [url for url, file in listed if urlsplit(url).scheme not in {"http", "https"} or not Path(file).is_file()]
    if not bad:
        return []
    hint = "PORTAL_TIME_AUTHORITY_URL is http or https, PORTAL_TIME_AUTHORITY_CERTIFICATE a file with the certificate."
    return [Error("A time stamping authority has no address or no certificate.", hint=hint, id="portal.E025")]


def outside_time(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """In production the time is said by somebody else: neither by an address on this machine nor by our own maker."""
    if not settings.PRODUCTION:
        return []
    own = [url for url, file in settings.TIME_AUTHORITIES if _is_here(url) or _is_self_made(Path(file))]
    if not own:
        return []
    hint = "Name an authority that others trust; see 'Time stamps' in docs/operations.md."
    return [
        Error("The time of packages would be said by this machine: it proves nothing.", hint=hint, id="portal.E027")
    ]


def _is_here(url: str) -> bool:
    host = (urlsplit(url).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost") or host == socket.gethostname():
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _is_self_made(file: Path) -> bool:
    """Is it a certificate of portal.ops.authority?"""
    try:
        found = x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError):
        return False
    names = (name.value for each in found for name in each.subject.get_attributes_for_oid(NameOID.COMMON_NAME))
    return any(str(name).startswith(SELF_MADE_TIME) for name in names)
