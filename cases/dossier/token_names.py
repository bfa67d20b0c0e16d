"""Names of time stamps. Apart from what makes them: a page needs only the name."""

from __future__ import annotations


def token_name(place: int) -> str:
    """By the place of its authority in the settings, from 1: manifest.tsr, manifest-2.tsr."""
    return "manifest.tsr" if place == 1 else f"manifest-{place}.tsr"
