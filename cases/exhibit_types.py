"""The kinds of files that are kept as exhibits, by content type: what they are called and how they are filed."""

from __future__ import annotations

from typing import NamedTuple


def _(text: str) -> str:
    """Mark words for the catalogues. Django's own marker asks for its settings, which the closed child has not."""
    return text


class Type(NamedTuple):
    """words: for staff in their language, in print in English. suffix: of a file name that we give. copy: how a printed
    copy is called, if any.

    apart: why there is only a sheet in print, for kinds that cannot be printed.
    """

    words: str
    suffix: str
    copy: str = ""
    apart: str = ""


RECORDING = "It is a recording, which cannot be printed. No transcript of it has been made here."
LOCKED_UP = "It is an archive. It was not opened: what it holds is not listed here."
OFFICE = "It is a document of an office program. Such files are not opened here, because they can carry programs."
HEIC = "It is a picture in the format of some telephones, which is not converted here."

TYPES = {
    "image/jpeg": Type(_("picture (JPEG)"), "jpg", copy="picture"),
    "image/png": Type(_("picture (PNG)"), "png", copy="picture"),
    "image/heic": Type(_("picture (HEIC)"), "heic", apart=HEIC),
    "application/pdf": Type(_("document (PDF)"), "pdf", copy="document"),
    "text/plain": Type(_("plain text (TXT)"), "txt", copy="text"),
    "video/mp4": Type(_("video or sound (MP4)"), "mp4", apart=RECORDING),
    "video/quicktime": Type(_("video (MOV)"), "mov", apart=RECORDING),
    "video/3gpp": Type(_("video or sound (3GP)"), "3gp", apart=RECORDING),
    "audio/mp4": Type(_("sound (M4A)"), "m4a", apart=RECORDING),
    "audio/ogg": Type(_("sound (OGG)"), "ogg", apart=RECORDING),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Type(
        _("text document (DOCX)"), "docx", apart=OFFICE
    ),
    "application/vnd.oasis.opendocument.text": Type(_("text document (ODT)"), "odt", apart=OFFICE),
    "application/zip": Type(_("archive or office document (ZIP)"), "zip", apart=LOCKED_UP),
}
