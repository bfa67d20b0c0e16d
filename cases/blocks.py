"""What an open risk flag forbids beside what a safety hold does."""

from __future__ import annotations

from cases.errors import NotReady
from cases.flag_rules import rules
from cases.flags import found_in
from cases.models import Case
from vault.keyring import Keyring


def require_free(case: Case, ring: Keyring, what: str) -> None:
    """Raise NotReady("flag_media") or NotReady("flag_questions") while an open flag blocks it; Forged, NoGrant.

    what: cases.flag_rules.MEDIA or QUESTIONS.
    """
    known = rules()
    if any(what in known[code].blocks for code in found_in(case, ring).codes if code in known):
        raise NotReady(f"flag_{what}")
