"""The pages of notes: long ones, too long ones, locked ones, two at once; nothing that was typed is lost."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.notes import notes_of, save_note, versions_of
from cases.models import Case
from tests.factories.cast import Cast, Member

pytestmark = pytest.mark.shown
LIMIT = 200_000
LONG = ("Ён казаў пра калідор і пра дзверы.\n" * LIMIT)[: LIMIT - 1] + "я"


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the last form of a page."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.rpartition("<form")[2])
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def text_in(page: str) -> str:
    """What stands in the text field of a page."""
    return unescape(page.rpartition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0])


def test_a_note_of_200000_letters_is_kept_whole_and_one_letter_more_is_said(
    told: Case, as_ben: Client, ben: Member
) -> None:
    where = at("notes", told.reference)
    page = as_ben.get(where).content.decode()
    assert "maxlength" not in page.rpartition("<form")[2]
    answer = as_ben.post(where, fields(page) | {"text": LONG.replace("\n", "\r\n")}, follow=True)
    assert "The note is sealed with the case." in answer.content.decode()
    (note,) = notes_of(told, ben.ring)
    assert note.text == LONG
    assert LONG[-30:] in as_ben.get(at("note", told.reference, note.id)).content.decode()
    assert LONG[-30:] not in as_ben.get(at("case", told.reference)).content.decode()
    refused = as_ben.post(where, {"text": LONG + "!"}).content.decode()
    assert "This has 200001 characters, and at most 200000 fit in one note." in refused
    assert text_in(refused) == LONG + "!"
    assert len(notes_of(told, ben.ring)) == 1


def test_what_was_typed_when_the_screen_locked_comes_back_whole(told: Case, ben: Member) -> None:
    client, where = ben.browser(), at("notes", told.reference)
    sent = fields(client.get(where).content.decode()) | {"text": LONG}
    client.post("/desk/lock/")
    assert client.post(where, sent)["Location"] == "/desk/unlock/"
    assert notes_of(told, ben.ring) == []
    given_back = client.post("/desk/unlock/", {"password": ben.password, "code": ben.code()}).content.decode()
    assert "The screen was locked when you sent this" in given_back
    again = fields(given_back)
    assert again == sent
    assert client.post(where, again)["Location"] == where
    assert [each.text for each in notes_of(told, ben.ring)] == [LONG]


def test_two_people_change_one_note_and_both_texts_are_shown(told: Case, as_ben: Client, cast: Cast) -> None:
    note, ben, dana = uuid4(), cast.ben, cast.dana
    save_note(case=told, by=ben.person, ring=ben.ring, note_id=note, text="пачатак", seen=0)
    where = at("note", told.reference, note)
    seen = fields(as_ben.get(where).content.decode())
    save_note(case=told, by=dana.person, ring=dana.ring, note_id=note, text="як піша Дана", seen=1)
    answer = as_ben.post(where, seen | {"text": "як піша Бэн"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Somebody changed this note meanwhile", "як піша Дана", "Dana", 'value="both"'):
        assert words in page
    assert text_in(page) == "як піша Бэн"
    assert [each.version for each in versions_of(told, ben.ring, note)] == [1, 2]
    assert as_ben.post(where, fields(page) | {"text": "як піша Бэн", "do": "both"}).status_code == 302
    assert [each.text for each in versions_of(told, ben.ring, note)] == [
        "пачатак",
        "як піша Дана",
        "як піша Дана\n\nяк піша Бэн",
    ]
    assert "пачатак" in as_ben.get(where + "?version=1").content.decode()
    too_much = as_ben.post(where, {"text": "я" * LIMIT, "seen": "3", "do": "both"}).content.decode()
    assert "at most 200000 fit in one note" in too_much
    assert text_in(too_much) == "я" * LIMIT


def test_sending_twice_makes_one_note_and_changed_words_make_a_choice(told: Case, as_ben: Client, ben: Member) -> None:
    where = at("notes", told.reference)
    sent = fields(as_ben.get(where).content.decode()) | {"text": "адна"}
    for _ in range(2):
        assert as_ben.post(where, sent).status_code == 302
    assert as_ben.post(where, sent | {"text": "дзве"}).status_code == 409
    assert [each.text for each in notes_of(told, ben.ring)] == ["адна"]
    assert "Nothing is written here yet." in as_ben.post(where, {"text": " \n"}).content.decode()


def test_a_note_of_another_case_is_not_there(told: Case, as_ben: Client) -> None:
    assert as_ben.get(at("note", told.reference, uuid4())).status_code == 404
