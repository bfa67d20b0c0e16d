"""The split session: what it holds is sealed under a key that only the browser's cookie has.

The cookie is 32 random bytes. The table finds the row by a hash of them, and the sealing key is derived from them, so
a copied database opens no session. The unlocked seed lies in a column of its own, which the clock empties.
"""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import connection
from django.utils import timezone

from vault import plain
from vault.envelope.aead import open_value, seal_value
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.models import SealedSession

SEEN, MADE = "_seen", "_made"  # seconds, only inside the sealed content
HOLDER = "_holder"  # whose desk session this is
DESK_SECONDS = 12 * 3600  # a desk session without use


class SessionStore(SessionBase):
    """Django's session interface over sealed rows. `is_desk` sessions also show when they were last used."""

    is_desk = False

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._seed: bytes | None = None
        self._is_seed_new = False

    @property
    def seed(self) -> bytes | None:
        """The unlocked seed of this session, or None when there is none or it was dropped."""
        self._content()
        return self._seed

    @seed.setter
    def seed(self, seed: bytes | None) -> None:
        self._content()
        self._seed, self._is_seed_new = seed, True
        self.modified = True

    def belongs_to(self, holder: UUID) -> None:
        """Write down whose session this is, so that the holder can see and end it. Desk sessions only."""
        self[HOLDER] = str(holder)

    @property
    def idle_seconds(self) -> float:
        """Seconds since this session was last saved."""
        return time.time() - float(self.get(SEEN, time.time()))

    def load(self) -> dict[str, Any]:
        """Open the row of this key; a missing, foreign or outdated row is an empty session."""
        key = self._lookup() if self.session_key else ""
        row = plain.first(SealedSession, ("blob", "seed_blob"), "lookup", key) if key else None
        blob, seed_blob = row or (None, None)
        try:
            content: dict[str, Any] | None = json.loads(self._open(bytes(blob), "content")) if blob else None
            seed = self._open(bytes(seed_blob), "seed") if seed_blob else None
        except EnvelopeError:
            content = None
        if content is None or self._is_outdated(content):
            self._session_key = None
            return {}
        self._seed = seed
        return content

    def exists(self, session_key: str) -> bool:
        """Is there a row for a cookie value?"""
        return SealedSession.objects.filter(lookup=lookup_of(session_key)).exists()

    def create(self) -> None:
        """Take a new random key and save an empty row under it."""
        self._session_key = token_urlsafe(32)
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Seal and store. Raises CreateError or UpdateError as Django's middleware expects."""
        if self.session_key is None:
            self.create()
            return
        content = dict(self._content(is_new=must_create))
        content[SEEN] = time.time()
        content.setdefault(MADE, content[SEEN])
        self._write(content, must_create)

    def delete(self, session_key: str | None = None) -> None:
        """Forget a session; the rows are overwritten by the database (secure_delete on SQLite)."""
        key = session_key or self.session_key
        if key:
            SealedSession.objects.filter(lookup=lookup_of(key)).delete()

    def clear(self) -> None:
        """Empty the session and drop the seed."""
        super().clear()
        self._seed, self._is_seed_new = None, True

    @classmethod
    def clear_expired(cls) -> None:
        """Drop idle seeds and outdated rows; the scheduler calls this every few minutes."""
        now = timezone.now()
        idle = now - timedelta(seconds=settings.IDLE_SECONDS)
        SealedSession.objects.filter(seen_at__lt=idle).update(seed_blob=None)
        SealedSession.objects.filter(seen_at__lt=now - timedelta(seconds=DESK_SECONDS)).delete()
        SealedSession.objects.filter(expires_on__lt=now.date()).delete()

    def _content(self, *, is_new: bool = False) -> dict[str, Any]:
        """The content of this session; its row is loaded at the first call unless there cannot be one yet."""
        found: dict[str, Any] = self._get_session(no_load=is_new)  # type: ignore[attr-defined]
        return found

    def _write(self, content: dict[str, Any], must_create: bool) -> None:
        """Store everything; a seed that this request did not change is left as it is, for it may be locked by now."""
        now, ops, holder = timezone.now(), connection.ops, content.get(HOLDER)
        fields: dict[str, Any] = {
            "blob": self._seal(json.dumps(content).encode(), "content"),
            "expires_on": ops.adapt_datefield_value(now.date() + timedelta(days=1)),
            "seen_at": ops.adapt_datetimefield_value(now) if self.is_desk else None,
            "made_at": ops.adapt_datetimefield_value(datetime.fromtimestamp(content[MADE], UTC))
            if self.is_desk
            else None,
            "holder": plain.native(UUID(holder)) if self.is_desk and holder else None,
        }
        if must_create or self._is_seed_new:
            fields["seed_blob"] = self._seal(self._seed, "seed") if self._seed else None
        if must_create:
            self._insert(fields)
        elif not plain.update(SealedSession, fields, "lookup", self._lookup()):
            raise UpdateError

    def _insert(self, fields: dict[str, Any]) -> None:
        row = {"lookup": self._lookup(), "seed_blob": None, **fields}
        if not plain.insert_unless_there(SealedSession, tuple(row), tuple(row.values())):
            raise CreateError

    def _is_outdated(self, content: dict[str, Any]) -> bool:
        longest = DESK_SECONDS if self.is_desk else settings.VISIT_SECONDS
        return time.time() - float(content.get(SEEN, 0)) > longest

    def _key(self, use: str) -> bytes:
        secret = (self.session_key or "").encode()
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=pack("session", use)).derive(secret)

    def _seal(self, plaintext: bytes, use: str) -> bytes:
        return seal_value(self._key(use), plaintext, pack("session", settings.DEPLOYMENT, use))

    def _open(self, blob: bytes, use: str) -> bytes:
        return open_value(self._key(use), blob, pack("session", settings.DEPLOYMENT, use))

    def _lookup(self) -> str:
        return lookup_of(self.session_key or "")


def lookup_of(session_key: str) -> str:
    """The primary key of the row that a cookie value opens: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(pack("session lookup", session_key)).hexdigest()
