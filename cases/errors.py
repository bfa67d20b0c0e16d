"""What an action may refuse. Texts hold codes; pages say it in the person's language."""


class CaseError(Exception):
    """Base of the errors below; `code` names the reason."""

    def __init__(self, code: str = "") -> None:
        super().__init__(code or type(self).__name__)
        self.code = code


class Conflict(CaseError):
    """Another tab saved this section meanwhile. `theirs` is what stands there now, `version` its number."""

    def __init__(self, theirs: dict[str, dict[str, object]], version: int) -> None:
        super().__init__("conflict")
        self.theirs = theirs
        self.version = version


class DraftExpired(CaseError):
    """The draft was not used for the days that were promised, and is erased."""


class NothingToSend(CaseError):
    """There is no draft with anything in it."""


class NotConsented(CaseError):
    """The survivor has not agreed to this; `code` names the missing consent."""


class NotReady(CaseError):
    """Something the step needs is not there; `code` says what."""


class Refused(CaseError):
    """This person may not do this; `code` says why."""
