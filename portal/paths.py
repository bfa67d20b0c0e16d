"""What an address alone tells: the side of the house and the language."""

from django.conf import settings


def is_desk(path: str) -> bool:
    """Tell whether a path belongs to the staff's side."""
    return path == "/desk" or path.startswith("/desk/")


def language_of(path: str) -> str:
    """Name the language of a path by its first segment; English where it names none."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in settings.SURVIVOR_LANGUAGES else settings.LANGUAGE_CODE
