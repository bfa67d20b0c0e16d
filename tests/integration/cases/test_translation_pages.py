"""A translation that a member types by hand: beside the original, sealed, versioned, never a certified one."""

from __future__ import annotations

import pytest
from django.test import Client

from cases.actions import translating
from cases.errors import Refused
from cases.models import Case
from tests.factories.cast import STORY, Cast, Member, Survivor
from tests.factories.walk import text_of
from vault.errors import NoGrant
from vault.models import AuditEvent, SealedValue

pytestmark = pytest.mark.shown

PLACE, STORY_EN = "a yard behind the shop", "They stopped me in the evening."


def at(case: Case, tail: str = "account/") -> str:
    return f"/desk/cases/{case.reference}/{tail}"


def page(client: Client, case: Case, tail: str = "account/") -> str:
    return text_of(client.get(at(case, tail)).content.decode())


WRITE = "account/1/translation/en/"


@pytest.fixture
def reader(as_ben: Client, told: Case) -> Client:
    """Ben, who has given a purpose."""
    as_ben.post(at(told, "account/open/"), {"purpose": "assessment"})
    return as_ben


def boxes(client: Client, case: Case) -> dict[str, str]:
    """The name of each box by what is asked."""
    form = client.get(at(case, WRITE)).context["form"]
    return {item.key: name for name, item in form.items.items()}


def test_it_stands_beside_the_original_with_who_and_when_and_what_it_is_not(reader: Client, told: Case) -> None:
    names = boxes(reader, told)
    assert set(names) == {"you/LNG-04", "story/EPI-06"}, "what is folded is not there"
    assert "Folded, and so not here" in page(reader, told, WRITE)
    answer = reader.post(at(told, WRITE), {names["story/EPI-06"]: PLACE, "seen": "0"})
    assert answer["Location"] == at(told) + "?beside=en#version-1"
    html = reader.get(at(told) + "?beside=en").content.decode()
    shown = text_of(html)
    assert f'<p class="said" lang="en" dir="auto">{PLACE}</p>' in html
    assert "Beside the original: English, by hand, for orientation, not certified; Ben, " in shown
    assert PLACE not in page(reader, told)
    assert "Read beside English" in page(reader, told)
    [event] = AuditEvent.objects.filter(action="account.translated")
    assert event.detail == {"version": 1}
    assert "wrote a translation for orientation" in page(reader, told, "")


def test_a_violent_part_is_translated_after_it_was_unfolded_and_folded_again_with_its_translation(
    reader: Client, told: Case
) -> None:
    reader.post(at(told, "account/unfold/"), {"place": "1-1"})
    names = boxes(reader, told)
    sent = {names["story/EPI-08"]: STORY_EN, names["story/EPI-06"]: PLACE, "seen": "0"}
    reader.post(at(told, WRITE), sent)
    assert STORY_EN in page(reader, told, "account/?beside=en")
    reader.post(at(told, "account/open/"), {"purpose": "reply"})
    for tail in ("account/?beside=en", WRITE):
        shown = page(reader, told, tail)
        assert STORY_EN not in shown
        assert STORY[:30] not in shown
    names = boxes(reader, told)
    reader.post(at(told, WRITE), {names["story/EPI-06"]: PLACE + "!", "seen": "1"})
    reader.post(at(told, "account/unfold/"), {"place": "1-1"})
    shown = page(reader, told, "account/?beside=en")
    assert STORY_EN in shown, "what was folded stays as it was"
    assert PLACE + "!" in shown


def test_two_who_translate_at_once_both_see_both(reader: Client, told: Case, as_dana: Client) -> None:
    name = boxes(reader, told)["story/EPI-06"]
    as_dana.post(at(told, "account/open/"), {"purpose": "assessment"})
    as_dana.post(at(told, WRITE), {name: "her words", "seen": "0"})
    answer = reader.post(at(told, WRITE), {name: "his words", "seen": "0"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "his words" in shown
    assert "her words" in shown
    assert 'name="seen" value="1"' in shown
    reader.post(at(told, WRITE), {name: "his words", "seen": "1"})
    assert "his words" in page(reader, told, "account/?beside=en")
    assert SealedValue.objects.filter(table=translating.TABLE).count() == 2, "the older one stays"


def test_what_is_too_long_comes_back_whole_and_nothing_new_is_no_version(
    reader: Client, told: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, long = boxes(reader, told)["story/EPI-06"], "x" * (translating.LIMIT + 1)
    shown = reader.post(at(told, WRITE), {name: long, "seen": "0"}).content.decode()
    assert "There is a problem" in shown
    assert long in shown
    for _twice in range(2):
        reader.post(at(told, WRITE), {name: PLACE, "seen": "0"})
    assert SealedValue.objects.filter(table=translating.TABLE).count() == 1


@pytest.mark.parametrize(
    "tail", ["account/1/translation/xx/", "account/1/translation/be/", "account/9/translation/en/"]
)
def test_there_is_none_into_its_own_language_nor_of_another_version(reader: Client, told: Case, tail: str) -> None:
    assert reader.get(at(told, tail)).status_code == 404


def test_it_needs_a_purpose_and_leads_back(as_ben: Client, told: Case) -> None:
    asked = as_ben.get(at(told, WRITE)).content.decode()
    assert f'name="to" value="{at(told, WRITE)}"' in asked
    assert not AuditEvent.objects.filter(action="account.opened").exists()


def test_only_the_team_on_the_case_opens_or_writes_it(told: Case, cast: Cast, amina: Survivor, ben: Member) -> None:
    words = {"case": told, "version": told.versions.get(number=1), "language": "en", "texts": {"a": "b"}, "seen": 0}
    with pytest.raises(Refused):
        translating.save_translation(by=cast.chloe.person, ring=cast.chloe.ring, **words)
    with pytest.raises(Refused):
        translating.save_translation(by=ben.person, ring=ben.ring, **{**words, "language": "xx"})
    translating.save_translation(by=ben.person, ring=ben.ring, **words)
    with pytest.raises(NoGrant):
        translating.translations(told, amina.ring)
    [value] = SealedValue.objects.filter(table=translating.TABLE)
    assert value.epoch.compartment.kind == "work"
