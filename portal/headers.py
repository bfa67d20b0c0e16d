"""Headers that are the same for every answer, style sheets and scripts included. Imports nothing, for the settings."""

from collections.abc import MutableMapping

NOT_LISTED = "noindex, nofollow, noarchive"
SHARED = {
    "X-Robots-Tag": NOT_LISTED,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
}


def for_static(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Complete the headers of a style sheet or script; WhiteNoise answers before our middleware sees anything."""
    for name, value in SHARED.items():
        headers[name] = value
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
