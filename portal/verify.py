"""The public page of the verifier, for whoever is handed a package: a prosecutor's technician, who knows no portal.

It is in the languages of the bodies that packages are filed with, not in those of this site, and says nothing of what a
package is about.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.environment import BASE_DIR

PROGRAM = BASE_DIR / "static" / "verify" / "verify_package.py"
TEXTS = Path(__file__).parent / "data" / "verify.json"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What it is, where it is, whose keys sign here. No session is begun and nothing is counted."""
    fingerprint = settings.PACKAGE_FINGERPRINT
    grouped = " ".join(fingerprint[at : at + 8] for at in range(0, len(fingerprint), 8))
    return render(None, "public/verify.html", {"texts": texts(), "sha256": digest(), "fingerprint": grouped})


@cache
def texts() -> list[dict[str, Any]]:
    """The page in each language, English first."""
    found: list[dict[str, Any]] = json.loads(TEXTS.read_text(encoding="utf-8"))
    return found


@cache
def digest() -> str:
    """SHA-256 of the program, for whoever got it from somewhere else."""
    return hashlib.sha256(PROGRAM.read_bytes()).hexdigest()
