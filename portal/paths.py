"""What an address tells: the side of the house and the language; on the desk the browser's wish for a language."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request


def is_desk(path: str) -> bool:
    """Tell whether a path belongs to the staff's side."""
    return path == "/desk" or path.startswith("/desk/")


def language_of(path: str) -> str:
    """Name the language of a path by its first segment; English where it names none."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in settings.SURVIVOR_LANGUAGES else settings.LANGUAGE_CODE


def spoken_to(request: HttpRequest) -> str:
    """Name the language of an answer: on the desk one that the browser asks for, if the desk has it."""
    if not is_desk(request.path_info):
        return language_of(request.path_info)
    wished = get_language_from_request(request)
    return wished if wished in settings.DESK_LANGUAGES else settings.LANGUAGE_CODE
