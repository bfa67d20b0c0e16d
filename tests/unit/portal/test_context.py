"""What templates know about the site, and what an address tells."""

import pytest
from django.http import HttpRequest
from django.utils import translation

from portal.context import site
from portal.paths import is_desk, language_of, spoken_to


@pytest.mark.parametrize("language", ["be", "ru", "en", "ar"])
def test_the_way_out_leads_to_a_page_in_the_same_language(settings: object, language: str) -> None:
    with translation.override(language):
        known = site(HttpRequest())["site"]
    assert known["language"] == language
    assert known["exit_url"] == settings.EXIT_URLS[language]
    assert [code for code, _ in known["languages"]] == settings.SURVIVOR_LANGUAGES


def test_the_way_out_is_never_a_host_in_belarus_or_russia(settings: object) -> None:
    from urllib.parse import urlsplit

    for url in settings.EXIT_URLS.values():
        assert urlsplit(url).scheme == "https"
        assert not (urlsplit(url).hostname or "").endswith((".by", ".ru", ".su", ".бел", ".рф"))


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/be/", "be"),
        ("/be", "be"),
        ("/ru/q/1/", "ru"),
        ("/ar/q/1/", "ar"),
        ("/", "en"),
        ("/uk/", "en"),
        ("/desk/be/", "en"),
        ("//be/", "be"),
    ],
)
def test_the_first_part_of_a_path_names_the_language(path: str, language: str) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize(
    ("path", "desk"), [("/desk/", True), ("/desk", True), ("/desk/x", True), ("/desks/", False), ("/be/desk/", False)]
)
def test_the_desk_is_one_folder(path: str, desk: bool) -> None:
    assert is_desk(path) is desk


@pytest.mark.parametrize(
    ("path", "wish", "language"),
    [
        ("/desk/", "", "en"),
        ("/desk/", "be-BY,ru;q=0.8", "be"),
        ("/desk/", "ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("/desk/", "ar", "en"),
        ("/desk/", "lt,be;q=0.4", "be"),
        ("/desk/", "x" * 5000, "en"),
        ("/ru/", "be", "ru"),
        ("/", "be", "en"),
    ],
)
def test_a_wish_of_the_browser_counts_on_the_desk_alone(path: str, wish: str, language: str) -> None:
    request = HttpRequest()
    request.path_info, request.META["HTTP_ACCEPT_LANGUAGE"] = path, wish
    assert spoken_to(request) == language
