"""The part of a signature that touches a PDF: make room for it, and look at what was signed. Done in the child.

The key is never here: the child hands out a file with a hole, the worker signs the digest and fills the hole.
"""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.status import SignatureCoverageLevel

from cases.dossier.check import examine_parts
from cases.dossier.errors import RenderFailed

FIELD = "Signature"
ROOM = 48 * 1024  # hexadecimal digits for a chain of certificates and a time stamp
DIGEST = "sha256"


class NeutralWriter(IncrementalPdfFileWriter):
    """Adds to a PDF without a word about itself: the library would put its name, the time and a new XMP there."""

    def _update_meta(self) -> None:
        """Leave title, producer, day and XMP as they are."""


def hole(parts: list[bytes]) -> list[bytes]:
    """Job "hole": a PDF and the ISO time of signing in; the PDF with room for a signature and where that is, out."""
    writer = NeutralWriter(BytesIO(parts[0]))
    steps = PdfCMSEmbedder().write_cms(field_name=FIELD, writer=writer)
    next(steps)
    at = datetime.fromisoformat(parts[1].decode())
    room = SignatureObject(at, subfilter=SigSeedSubFilter.PADES, bytes_reserved=ROOM)
    steps.send(SigObjSetup(sig_placeholder=room))
    prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    place = [prepared.reserved_region_start, prepared.reserved_region_end]
    return [output.getvalue(), json.dumps(place).encode()]


def signed(parts: list[bytes]) -> list[bytes]:
    """Job "signed": a signed PDF in; the structural report, and what is wrong with its one signature as a list, out."""
    return [*examine_parts(parts), json.dumps(faults(parts[0])).encode()]


def faults(pdf: bytes) -> list[str]:
    """Codes: none, several, coverage, changed, invalid. Whose certificate it is must be asked elsewhere."""
    try:
        found = list(PdfFileReader(BytesIO(pdf)).embedded_regular_signatures)
    except (PdfError, ValueError) as error:
        raise RenderFailed("check-unreadable") from error
    if len(found) != 1:
        return ["several" if found else "none"]
    signature = found[0]
    signature.compute_integrity_info()
    is_intact, is_valid = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, "data", signature.compute_digest()
    )
    is_whole = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    # the library calls a signature valid over a file that was changed: both are asked
    wrong = {"coverage": not is_whole, "changed": not is_intact, "invalid": not is_valid}
    return [code for code, is_so in wrong.items() if is_so]
