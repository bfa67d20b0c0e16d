"""A time stamping authority (RFC 3161): it gets a hash and nothing else, and what it answers is verified before use."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException, HTTPResponse
from time import monotonic
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from asn1crypto import cms, tsp, x509
from asn1crypto.pem import detect, unarmor
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

SECONDS = 15
LARGEST = 64 * 1024  # bytes of an answer
# What the libraries raise on a strange answer; one of them formats a wrong nonce in a way that fails itself.
BAD_ANSWER = (SignatureValidationError, ValueError, KeyError, TypeError, IndexError, AttributeError)


class NoToken(Exception):
    """The authority gave no token that holds; the code says why: offline, refused, answer."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Token:
    """A token that was verified. der: the TimeStampToken as `openssl ts -verify -token_in` reads it."""

    der: bytes
    at: datetime


class Authority(TimeStamper):
    """One authority. url: where it answers. certificate: PEM or DER of what its certificate is proved by."""

    def __init__(self, url: str, certificate: bytes) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = url
        self.roots = list(certificates(certificate))
        self._opener = _opener()

    def stamp(self, digest: bytes) -> Token:
        """A verified token over a SHA-256 digest. Raises NoToken."""
        try:
            token = asyncio.run(self.async_timestamp(digest, "sha256"))
        except BAD_ANSWER as error:
            raise NoToken("answer") from error
        except OSError as error:
            raise NoToken("offline" if isinstance(error, Offline) else "refused") from error
        return self.verified(token.dump(), digest)

    def verified(self, der: bytes, digest: bytes) -> Token:
        """A stored token, if it is over this SHA-256 digest and by this authority. Raises NoToken("answer")."""
        try:
            signed = cms.ContentInfo.load(der, strict=True)["content"]
            info = signed["encap_content_info"]["content"].parsed
            self._require(signed, info, digest)
            return Token(der, info["gen_time"].native)
        except BAD_ANSWER as error:
            raise NoToken("answer") from error

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """As the library asks for one to put into a signature; verified too. Raises NoToken or what stamp() handles."""
        token = await super().async_timestamp(message_digest, md_algorithm)
        await self._validate(token["content"], message_digest)
        return token

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send a request. Raises Offline, or ValueError for what is no answer."""
        headers = {"Content-Type": "application/timestamp-query", "User-Agent": "timestamp"}
        request = Request(self.url, req.dump(), headers, method="POST")  # noqa: S310 - http(s), see portal.checks
        try:
            with self._opener.open(request, timeout=SECONDS) as response:
                body = _read(response)
        except HTTPError as error:
            error.close()
            raise Offline from error
        except (OSError, HTTPException) as error:
            raise Offline from error
        return tsp.TimeStampResp.load(body, strict=True)

    def _require(self, signed: cms.SignedData, info: tsp.TSTInfo, digest: bytes) -> None:
        asyncio.run(self._validate(signed, digest))

    async def _validate(self, signed: cms.SignedData, digest: bytes) -> None:
        """Raise ValueError unless signature, imprint, use and chain to one of our roots hold at the token's time."""
        at = signed["encap_content_info"]["content"].parsed["gen_time"].native
        context = ValidationContext(trust_roots=self.roots, moment=at, allow_fetching=False)
        found = await validate_tst_signed_data(signed, context, {"sha256": digest}.__getitem__)
        if not (found["intact"] and found["valid"] and found["trust_problem_indic"] is None):
            raise ValueError


def _read(response: HTTPResponse) -> bytes:
    """The whole answer. Raises ValueError for a large one, Offline for one that drips in without end."""
    until, body = monotonic() + SECONDS, b""
    while block := response.read1(LARGEST):
        body += block
        if len(body) > LARGEST:
            raise ValueError
        if monotonic() > until:
            raise Offline
    return body


class Offline(URLError):
    """The authority was not reached, or said no in HTTP."""

    def __init__(self) -> None:
        super().__init__("offline")


class _NoRedirect(HTTPRedirectHandler):
    """Who is asked stands in the settings; nobody else is."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """Follow nothing."""


def certificates(text: bytes) -> Iterable[x509.Certificate]:
    """The certificates of a file in PEM or DER. Raises ValueError when there is none."""
    if not detect(text):
        return [x509.Certificate.load(text, strict=True)]
    return [x509.Certificate.load(der) for _, _, der in unarmor(text, multiple=True)]


def imprint(manifest: bytes) -> bytes:
    """What leaves the house: SHA-256 of the manifest, whose salt keeps it from confirming a guess."""
    return hashlib.sha256(manifest).digest()


def _opener() -> OpenerDirector:
    """No proxy but the one that the environment names, no redirect."""
    return build_opener(_NoRedirect, ProxyHandler())
