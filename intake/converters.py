"""Path parts of the survivor's pages."""

from django.conf import settings


class LanguageConverter:
    """One of the survivor's languages; any other path part is no page."""

    regex = "|".join(settings.SURVIVOR_LANGUAGES)

    def to_python(self, value: str) -> str:
        """The language as it stands in the path."""
        return value

    def to_url(self, value: str) -> str:
        """The language as it stands in the path."""
        return value
