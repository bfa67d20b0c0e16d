"""Pages for what went wrong."""

import pytest
from django.test import Client
from django.utils import translation

from portal import views
from tests.factories.walk import TOPIC

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_site(settings: object) -> None:
    settings.ROOT_URLCONF = "tests.factories.pages"


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("kind", [400, 403, 404, 413, 500])
@pytest.mark.parametrize("side", ["be", "ru", "en", "ar", "desk"])
def test_each_failure_has_a_calm_page_in_the_language_of_the_path(visitor: Client, kind: int, side: str) -> None:
    response = visitor.get(f"/{side}/fails/{kind}/")
    text = response.content.decode()
    assert response.status_code == kind
    assert f'<html lang="{"en" if side == "desk" else side}"' in text
    assert "Marker" not in text
    assert "<h1>" in text
    assert not TOPIC.search(text.split("<title>")[1].split("</title>")[0])
    assert ('href="/exit/?l=' in text) == (side != "desk")
    assert ('href="/desk/sign-in/"' in text) == (side == "desk")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["be", "ru"])
def test_no_english_is_left_on_a_survivors_page(visitor: Client, language: str) -> None:
    problems = [p for p in vars(views).values() if isinstance(p, views.Problem)]
    assert len(problems) == 8
    for what in problems:
        with translation.override("en"):
            english = str(what.heading), str(what.text)
        with translation.override(language):
            assert not {str(what.heading), str(what.text)} & set(english)


@pytest.mark.parametrize("side", ["be", "ru", "en", "desk"])
def test_titles_are_neutral(visitor: Client, side: str) -> None:
    title = visitor.get(f"/{side}/nowhere/").content.decode().split("<title>")[1].split("</title>")[0]
    with translation.override(side if side != "desk" else "en"):
        survivor = f"{translation.gettext('Error')}: {translation.gettext('Form')}"
    assert title == ("Error - Workspace" if side == "desk" else survivor)


def test_a_page_comes_even_when_templates_are_broken(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "render", lambda *_, **__: 1 / 0)
    response = visitor.get("/be/fails/500/")
    assert response.status_code == 500
    assert b"Something went wrong" in response.content


def test_a_form_that_is_too_old_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/form/", {"a": "Marker"})
    assert response.status_code == 403
    assert b"open for too long" in response.content
    assert b"Marker" not in response.content


def test_too_much_text_is_413_and_nothing_else(settings: object) -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get("/be/form/").content.decode().strip()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200
    response = client.post("/be/form/", {"csrfmiddlewaretoken": token, "a": "Marker" * 200})
    assert response.status_code == 413
    assert b"Marker" not in response.content
