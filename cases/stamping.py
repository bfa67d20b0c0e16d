"""Time stamps that come later: a package does not wait for an authority; its stamp is fetched when it can be.

Only the hash of a salted manifest is kept and sent; see docs/adr/0011.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from cases.dossier.authority import Authority, NoToken, Token
from cases.models import Dossier, Stamp
from cases.signing import authorities
from vault import audit
from vault.models import today

log = logging.getLogger(__name__)
AT_ONCE = 50  # of one authority; the others have their turn ten minutes later


def ask(dossier: Dossier, imprint: bytes, tokens: Sequence[Token | None]) -> None:
    """Note which stamps a package waits for; with no authority configured, the first that will be."""
    missing = [place for place, token in enumerate(tokens or [None], 1) if token is None]
    Stamp.objects.bulk_create(Stamp(dossier=dossier, place=place, imprint=imprint) for place in missing)


def fetch() -> int:
    """Ask for every stamp that is waited for and keep what holds; returns how many came."""
    return sum(_fetch_from(place, authority) for place, authority in enumerate(authorities(), 1))


def _fetch_from(place: int, authority: Authority) -> int:
    """Whoever does not answer once is not asked again in this round."""
    came = 0
    for row in Stamp.objects.filter(place=place, token=None).order_by("asked_on", "id")[:AT_ONCE]:
        try:
            token = authority.stamp(bytes(row.imprint))
        except NoToken as error:
            log.warning("time stamping authority %s: %s", place, error.code)
            break
        came += _keep(row, token)
    return came


def _keep(row: Stamp, token: Token) -> int:
    kept = Stamp.objects.filter(id=row.id, token=None).update(token=token.der, got_on=today())
    if kept:
        audit.record("dossier.stamped", "dossier", row.dossier_id, by=None)
    return kept
