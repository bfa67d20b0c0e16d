"""What can go wrong on the way to a dossier. Texts are codes: content never travels in an error."""


class DossierError(Exception):
    """Base. `code` is a short word for the log and the screen of staff."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadInput(DossierError):
    """The data for a dossier has a wrong shape; the code names the field, never its value."""


class RenderFailed(DossierError):
    """A document could not be rendered: timeout, killed, memory, fetch, too-long, fonts, check-..., broken."""


class ExhibitUnusable(DossierError):
    """A file could not be turned into a safe copy: unreadable, encrypted, pages, pixels, type, broken."""


class PackageFailed(DossierError):
    """The package could not be written: original-differs, name-twice."""
