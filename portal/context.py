"""What every template may know about the site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, object]:
    """Give templates `site`: name, languages [(code, own name)], those of the desk, language, exit_path, exit_url,
    is_production.

    exit_path is ours and clears the session; exit_url is the dull page that it leads to, for the script.
    """
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "site": {
            "name": settings.SITE_NAME,
            "languages": settings.LANGUAGES,
            "desk_languages": [(code, name) for code, name in settings.LANGUAGES if code in settings.DESK_LANGUAGES],
            "language": language,
            "exit_path": "/exit/",
            "exit_url": settings.EXIT_URLS.get(language, settings.EXIT_URLS[settings.LANGUAGE_CODE]),
            "is_production": settings.PRODUCTION,
        }
    }
