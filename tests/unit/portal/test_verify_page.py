"""The public page of the verifier: for a technician, in five languages, with nothing of what this site is about."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client

from portal import verify
from tests.factories.packages import VERIFIER

pytestmark = pytest.mark.shown


@pytest.fixture
def page() -> str:
    """The page, without a session and without a database."""
    answer = Client().get("/verify/")
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_it_is_there_in_five_languages(page: str) -> None:
    assert [each["language"] for each in verify.texts()] == ["en", "ru", "pl", "lt", "de"]
    for text in verify.texts():
        assert f'<section id="{text["language"]}" lang="{text["language"]}">' in page
        assert text["title"] in page
    assert len({tuple(sorted(text)) for text in verify.texts()}) == 1
    assert len({len(text["paragraphs"]) for text in verify.texts()}) == 1


def test_it_leads_to_the_program_and_says_its_hash(page: str) -> None:
    assert "/verify/verify_package.py" in page
    assert page.count(hashlib.sha256(VERIFIER.read_bytes()).hexdigest()) == 5


def test_it_says_the_fingerprint_of_the_keys_or_that_there_is_none(page: str, settings: object) -> None:
    assert page.count(settings.PACKAGE_FINGERPRINT[:8]) == 5
    settings.PACKAGE_FINGERPRINT = ""
    assert "This site does not state a fingerprint" in Client().get("/verify/").content.decode()


def test_it_says_nothing_of_what_packages_are_about(page: str) -> None:
    assert not [word for word in ("torture", "survivor", "пыт", "Belarus", "Бел", "complaint") if word in page]
    assert "<script" not in page
    assert "<form" not in page


def test_it_takes_nothing() -> None:
    assert Client().post("/verify/").status_code in (403, 405)
