"""Time stamps that came after a package, for its lawyer: public words of an authority over a hash that is sealed."""

from __future__ import annotations

from asn1crypto import cms

from cases.actions.packages import package_facts, require_receiver
from cases.dossier.token_names import token_name
from cases.errors import NotReady
from cases.hold import require_no_hold
from cases.models import Dossier, Stamp
from cases.permission import is_stopped
from people.models import Person
from vault import audit
from vault.errors import Forged
from vault.keyring import Keyring


def open_stamp(*, dossier: Dossier, by: Person, ring: Keyring, place: int) -> tuple[str, bytes]:
    """A stamp as (file name, bytes), if it is over the manifest of this package.

    Raises Refused; NotReady: package, safety_hold, taken_back, stamp; vault.errors.Forged for one of something else.
    """
    require_receiver(dossier, by)
    require_no_hold(dossier.case_id)
    if is_stopped(dossier.id):
        raise NotReady("taken_back")
    row = Stamp.objects.filter(dossier=dossier, place=place, token__isnull=False).first()
    if row is None or row.token is None:
        raise NotReady("stamp")
    token = bytes(row.token)
    if imprint_in(token).hex() != package_facts(dossier, ring).get("imprint"):
        raise Forged(f"stamp {row.id}: of another manifest")
    audit.record("dossier.stamp_downloaded", "dossier", dossier.id, by=by.id)
    return token_name(place), token


def imprint_in(token: bytes) -> bytes:
    """The hash that a time stamp is over. Raises Forged for what is none."""
    try:
        content = cms.ContentInfo.load(token, strict=True)["content"]["encap_content_info"]["content"]
        return bytes(content.parsed["message_imprint"]["hashed_message"].native)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Forged("a stamp that is none") from error
