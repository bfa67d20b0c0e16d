"""Files: one at a time, with a list of what has arrived."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.access import open_account
from cases.models import Case, DraftExhibit
from tests.factories.cast import Cast
from tests.factories.walk import Walk, fields_of, text_of

JPEG = b"\xff\xd8\xff\xe0" + b"j" * 300
PDF = b"%PDF-1.7\n" + b"p" * 2000


def add(walk: Walk, name: str, body: bytes, **fields: str) -> Any:
    data = {"EVD-02-file": SimpleUploadedFile(name, body), "EVD-02-name": "", "do": "add"} | fields
    return walk.post("files/", data, follow=True)


def test_u2_after_the_upload_the_name_and_the_size_are_shown_and_nothing_of_the_content(inside: Walk) -> None:
    page = add(inside, "IMG_1.jpg", JPEG, **{"EVD-02-name": "Двор"}).content.decode()
    assert "Файл атрыманы." in page
    assert "Двор" in page
    assert "1 КБ" in page
    assert "<img" not in page
    assert "IMG_1" not in page


def test_without_a_name_the_name_of_the_file_stays(inside: Walk) -> None:
    assert "IMG_1.jpg" in add(inside, "IMG_1.jpg", JPEG).content.decode()


def test_a_name_that_says_another_kind_is_told_and_the_file_is_kept(inside: Walk) -> None:
    page = add(inside, "двор.jpg", PDF).content.decode()
    assert "Назва файла не адпавядае яго зместу." in page
    assert DraftExhibit.objects.count() == 1


def test_a_file_can_be_removed_again(inside: Walk) -> None:
    page = add(inside, "двор.jpg", JPEG).content.decode()
    row = re.search(r'name="remove" value="([^"]+)"', page)
    assert row
    answer = inside.post("files/", {"remove": row.group(1)}, follow=True).content.decode()
    assert "Файл прыбраны." in answer
    assert not DraftExhibit.objects.exists()


def test_a_file_that_comes_with_another_button_is_kept_too(inside: Walk) -> None:
    add(inside, "двор.jpg", JPEG, do="go")
    data = {"EVD-02-file": SimpleUploadedFile("план.pdf", PDF), "EVD-02-name": "", "to": "ru"}
    assert inside.post("files/", data)["Location"] == "/ru/files/"
    assert DraftExhibit.objects.count() == 2


@pytest.mark.parametrize(("button", "target"), [("go", "/be/parts/"), ("back", "/be/parts/"), ("pause", "/be/pause/")])
def test_going_on_without_a_file(inside: Walk, button: str, target: str) -> None:
    assert inside.post("files/", {"EVD-02-name": "", "do": button})["Location"] == target


def test_adding_without_a_file_asks_for_one(inside: Walk) -> None:
    page = inside.post("files/", {"EVD-02-name": "Двор", "do": "add"}).content.decode()
    assert "Спачатку выберыце файл." in page
    assert 'value="Двор"' in page


def test_talking_about_files_with_a_person_marks_the_section(inside: Walk) -> None:
    inside.post("files/", {"EVD-02-name": "", "do": "person"})
    assert "раскажу чалавеку" in inside.read("parts/")


def test_files_are_sent_with_the_account(inside: Walk, cast: Cast) -> None:
    add(inside, "двор.jpg", JPEG, **{"EVD-02-name": "Двор"})
    assert "Двор (1 КБ)" in inside.read("check/")
    assert re.search(r'<li class="is-some">[^/]*/span><a href="/be/files/"', inside.read("parts/"))
    inside.fill("check/", {}, do="send")
    account = open_account(Case.objects.get(), by=cast.dana.person, ring=cast.dana.ring, purpose="assessment")
    assert [(each.name, each.content_type, each.size) for each in account.exhibits] == [("Двор", "image/jpeg", 304)]


def test_u5_advice_on_a_photo_of_injuries_is_complete_and_no_duty(inside: Walk) -> None:
    inside.language = "en"
    advice = text_of(inside.read("files/advice/"))
    places = [
        advice.index(each)
        for each in ("Nothing here is a duty.", "A photo of injuries", "Only if you want to", "Light:", "Size:",
                     "One photo from further away", "One photo from close by", "The day:")
    ]  # fmt: skip
    assert places == sorted(places)
    assert fields_of(inside.read("files/advice/")) == {}
    assert inside.post("files/", {"EVD-02-name": "", "do": "go"})["Location"] == "/en/parts/"
