"""Which button was pressed. Every button of a question page saves first."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

# Pages without questions. "talk" is the link in the bar, "person" the button below a question.
QUIET_PAGES = {"pause": "intake:pause", "person": "intake:person", "talk": "intake:person"}


@dataclass(frozen=True)
class Pressed:
    """`do`: go, back, save, pause, person, talk, skip, open ...; `language`: the one to switch to, or empty."""

    do: str
    language: str = ""

    @property
    def goes_on(self) -> bool:
        """Does it lead to the next question? Only then is anything asked that is still missing."""
        return self.do == "go"


def pressed(request: HttpRequest) -> Pressed:
    """Read the button from a posted form; a language button counts before all others."""
    language = request.POST.get("to", "")
    if language in settings.SURVIVOR_LANGUAGES:
        return Pressed("language", language)
    return Pressed(request.POST.get("do", "go"))
