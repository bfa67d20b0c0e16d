"""What an act on people may refuse. Texts hold codes; pages say it in words."""


class PeopleError(Exception):
    """Base of the errors below; `code` names the reason, see people.wording.REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(PeopleError):
    """This may not be done now, or not by this person."""


class WrongWords(PeopleError):
    """The words that were heard do not belong to the key that is in the database."""

    def __init__(self) -> None:
        super().__init__("spoken_code")
