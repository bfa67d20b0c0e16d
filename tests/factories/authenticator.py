"""A token that speaks WebAuthn: P-256, no attestation. It answers what a page asks, as a browser would hand it on."""

from __future__ import annotations

import hashlib
import json
import os
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

ORIGIN = "http://testserver"
HOST = "testserver"
PRESENT_AND_VERIFIED, HAS_KEY = 0x05, 0x40
QUESTION = re.compile(r'data-question="([^"]*)"')


def web(body: bytes) -> str:
    """Base64 for addresses, without padding."""
    return urlsafe_b64encode(body).rstrip(b"=").decode()


def question(page: bytes) -> dict[str, Any]:
    """What the page asks a passkey."""
    found = QUESTION.search(page.decode())
    assert found, "the page asks no passkey"
    asked: dict[str, Any] = json.loads(unescape(found[1]))
    return asked


@dataclass
class Token:
    """One credential of one token. origin, host: where its browser is."""

    origin: str = ORIGIN
    host: str = HOST
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(32))
    count: int = 0

    def makes(self, asked: dict[str, Any]) -> str:
        """The answer to a registration."""
        credential = b"\0" * 16 + len(self.id).to_bytes(2, "big") + self.id + self.public_key
        body = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._data(HAS_KEY) + credential})
        parts = {"clientDataJSON": self._client(asked, "webauthn.create"), "attestationObject": body}
        return self._answer(parts)

    def answers(self, asked: dict[str, Any]) -> str:
        """The answer to a use."""
        self.count += 1
        client, data = self._client(asked, "webauthn.get"), self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": data, "signature": signature})

    @property
    def public_key(self) -> bytes:
        """The public half in COSE form."""
        numbers = self.key.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        return cbor2.dumps({1: 2, 3: -7, -1: 1, **point})

    def _client(self, asked: dict[str, Any], kind: str) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _data(self, flags: int = 0) -> bytes:
        place = hashlib.sha256(self.host.encode()).digest()
        return place + bytes([PRESENT_AND_VERIFIED | flags]) + self.count.to_bytes(4, "big")

    def _answer(self, parts: dict[str, bytes]) -> str:
        response = {name: web(body) for name, body in parts.items()}
        return json.dumps({"id": web(self.id), "rawId": web(self.id), "type": "public-key", "response": response})


def give_passkey(client: Client, code: str, name: str = "blue token") -> Token:
    """Add a passkey on the pages of whoever is signed in."""
    token = Token()
    assert client.post("/desk/account/passkeys/add/", {"name": name, "code": code}).status_code == 302
    asked = question(client.get("/desk/account/passkeys/make/").content)
    answer = client.post("/desk/account/passkeys/make/", {"passkey": token.makes(asked)})
    assert answer.status_code == 302, answer.content.decode()
    return token
