"""Visits that were left on purpose: what such a browser sends once more is not shown again (ux.md X7).

A page that answered a form stays in the history together with what was posted; Back and "send again" bring that to us
after the way out too. `again` would show the words, as it does for a visit that was lost by accident. So the secret of
the left visit's forms is remembered until its day is over, as a sealed row without content that looks like any session.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import CreateError
from django.middleware import csrf

from vault.session import SessionStore

NAME = "left "  # no cookie begins so: session keys have no space


def remember(session: Any) -> None:
    """Remember that this visit was left; one without a form has nothing to show again."""
    secret = session.get(csrf.CSRF_SESSION_KEY)
    if not secret:
        return
    try:
        SessionStore(NAME + secret).save(must_create=True)
    except CreateError:  # it was left in another window too
        return


def was_left(token: str) -> bool:
    """Does the token of a posted form belong to a visit that was left?"""
    try:
        csrf._check_token_format(token)  # type: ignore[attr-defined]
    except csrf.InvalidTokenFormat:
        return False
    is_masked = len(token) == csrf.CSRF_TOKEN_LENGTH
    secret = csrf._unmask_cipher_token(token) if is_masked else token  # type: ignore[attr-defined]
    return SessionStore().exists(NAME + secret)
