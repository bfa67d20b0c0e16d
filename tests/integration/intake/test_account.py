"""The longer account: sections, questions, two windows, checking, sending."""

import re
from typing import Any

import pytest

from cases.access import open_account
from cases.models import Case, StatementVersion
from cases.statement import catalogue
from tests.factories.cast import Cast
from tests.factories.walk import Walk, fields_of, text_of, where

pytestmark = pytest.mark.shown

WORDS = "Мяне спынілі вечарам, калі я вяртаўся ад сястры.\n\nДалей цяжка пісаць па парадку."
OTHER = "У аддзяленні быў доўгі калідор."


def tell(walk: Walk, words: str = WORDS) -> None:
    walk.fill(where("LNG-04"), {"LNG-04-value": "Лён"})
    walk.fill(where("EPI-02"), {"EPI-02-day": "9", "EPI-02-month": "жніўня", "EPI-02-year": "2020"})
    walk.fill(where("EPI-03"), {"EPI-03-precision": "~forgotten"})
    walk.fill(where("EPI-04"), {"EPI-04-value": ["street", "prison"]})
    walk.fill(where("EPI-05"), {"EPI-05-value": "akrestsina_tsip"})
    walk.fill(where("EPI-06"), {"EPI-06-town": "Мінск"})
    walk.fill(walk.open_words(), {"EPI-08-value": words})
    walk.fill(where("EPI-07"), {"EPI-07-value": ["avtozak"]})
    walk.fill(where("CNS-02"), {"CNS-02-value": ["lt", "pl"]})
    walk.fill(where("CNS-03"), {"CNS-03-value": "yes"})


def test_o4_the_list_shows_how_far_each_section_is(inside: Walk) -> None:
    assert states(inside) == dict.fromkeys(states(inside), "none")
    for page in catalogue.section("status").pages:
        inside.fill(where(page[0].id), {})
    inside.fill(where("EPI-02"), {"EPI-02-year": "2020"})
    inside.fill(where("CNS-02"), {}, do="person")
    found = states(inside)
    assert (found.pop("status"), found.pop("story"), found.pop("consent")) == ("done", "some", "person")
    assert set(found.values()) == {"none"}


def states(walk: Walk) -> dict[str, str]:
    """How far each section of the list is."""
    rows = re.findall(r'<li class="is-(\w+)">.*?<a href="/\w+/(?:parts/)?(\w+)/"', walk.read("parts/"))
    return {section: state for state, section in rows}


def test_a_section_goes_on_where_it_was_left(inside: Walk) -> None:
    inside.fill(where("EPI-01"), {"EPI-01-value": "Жнівень"})
    inside.fill(where("EPI-02"), {"EPI-02-year": "2020"})
    assert inside.get("parts/story-1/")["Location"] == f"/be/{where('EPI-03')}"
    assert inside.get("parts/story/")["Location"] == f"/be/{where('EPI-00')}"


def test_t2_a_notice_with_three_equal_ways_comes_before_the_own_words(inside: Walk) -> None:
    page = inside.read(where("EPI-08"))
    assert re.findall(r'<button class="button" name="do" value="(\w+)"', page) == ["open", "skip", "person"]
    assert "EPI-08-value" not in page
    assert inside.post(where("EPI-08"), {"do": "open"})["Location"] == f"/be/{where('EPI-08')}"
    assert "EPI-08-value" in inside.read(where("EPI-08"))


def test_t2_skipping_goes_on_and_telling_a_person_marks_the_section(inside: Walk) -> None:
    assert inside.post(where("EPI-08"), {"do": "skip"})["Location"] == f"/be/{where('EPI-07')}"
    inside.fill(where("EPI-07"), {}, do="person")
    assert "раскажу чалавеку" in inside.read("parts/")


def test_the_facility_page_is_passed_over_when_no_facility_was_named(inside: Walk) -> None:
    assert inside.fill(where("EPI-04"), {"EPI-04-value": ["street"]})["Location"] == f"/be/{where('EPI-06')}"
    assert inside.get(where("EPI-05"))["Location"] == f"/be/{where('EPI-06')}"
    assert inside.fill(where("EPI-04"), {"EPI-04-value": ["prison"]})["Location"] == f"/be/{where('EPI-05')}"


@pytest.mark.parametrize("button", ["save", "pause", "talk", "person", "back"])
def test_every_button_saves_first(inside: Walk, button: str) -> None:
    inside.fill(inside.open_words(), {"EPI-08-value": WORDS}, do=button)
    assert fields_of(inside.read(where("EPI-08")))["EPI-08-value"] == [WORDS]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_l2_switching_the_language_keeps_what_was_typed(inside: Walk, language: str) -> None:
    answer = inside.fill(inside.open_words(), {"EPI-08-value": WORDS, "to": language})
    assert answer["Location"] == f"/{language}/{where('EPI-08')}"
    page = inside.client.get(answer["Location"], secure=True).content.decode()
    assert fields_of(page)["EPI-08-value"] == [WORDS]
    assert f'<html lang="{language}"' in page


def test_l2_in_the_first_contact_nothing_is_validated_on_the_way(walk: Walk) -> None:
    answer = walk.fill("q/4/", {"CTC-01-value": "signal", "to": "ru"})
    assert answer["Location"] == "/ru/q/4/"
    page = walk.client.get("/ru/q/4/", secure=True).content.decode()
    assert fields_of(page)["CTC-01-value"] == ["signal"]


def test_l3_an_answer_keeps_the_language_of_its_page(inside: Walk, cast: Cast) -> None:
    inside.fill(where("LNG-04"), {"LNG-04-value": "Лён"})
    inside.language = "ru"
    inside.fill(where("LNG-04"), {})
    inside.fill(where("CNS-03"), {"CNS-03-value": "yes"})
    inside.fill("check/", {}, do="send")
    account = open_account(Case.objects.get(), by=cast.dana.person, ring=cast.dana.ring, purpose="assessment")
    assert account.answer("LNG-04") == {"value": "Лён", "lang": "be"}
    assert account.answer("CNS-03") == {"value": "yes", "lang": "ru"}


def test_the_account_is_checked_and_sent(inside: Walk, cast: Cast) -> None:
    tell(inside)
    assert re.search(r"Эпізод 1 ?: 7 адказаў", text_of(inside.read("check/")))
    page = text_of("".join(inside.read(f"parts/{key}/answers/") for key in ("you", "story-1", "consent")))
    for shown in ("Лён", "9 жніўня 2020", "Не памятаю", "Мінск, Акрэсціна: ЦІП", "Літва", "Мяне спынілі вечарам"):
        assert shown in page
    assert inside.fill("check/", {"SND-02-value": "yes"}, do="send")["Location"] == "/be/thanks/"
    assert "Ваш расказ прыйшоў" in inside.read("thanks/")
    account = open_account(Case.objects.get(), by=cast.dana.person, ring=cast.dana.ring, purpose="assessment")
    assert account.answer("EPI-08") == {"value": WORDS, "lang": "be"}
    assert account.answer("EPI-03") == {"value": None, "said": "forgotten", "lang": "be"}
    assert account.answer("EPI-02")["value"]["month"] == 8
    assert account.answer("SND-02") == {"value": "yes", "lang": "be"}


def test_a_long_text_is_not_repeated_whole_on_the_check_page(inside: Walk) -> None:
    inside.fill(inside.open_words(), {"EPI-08-value": "слова " * 200 + "апошняе"})
    page = inside.read("parts/story-1/answers/")
    assert "слова слова" in page
    assert "апошняе" not in page


def test_an_empty_answer_is_shown_as_not_given(inside: Walk) -> None:
    inside.fill(where("CNS-03"), {})
    assert "Без адказу: " in inside.read("parts/consent/answers/")


def test_nothing_written_means_nothing_to_send(inside: Walk) -> None:
    page = inside.read("check/")
    assert "Дасылаць няма чаго." in page
    assert 'value="send"' not in page
    assert inside.post("check/", {"do": "send"})["Location"] == "/be/check/"
    assert StatementVersion.objects.count() == 1


def test_sending_the_account_twice_makes_one_version(inside: Walk) -> None:
    tell(inside)
    fields = fields_of(inside.read("check/")) | {"do": "send"}
    assert [inside.post("check/", fields)["Location"] for _ in range(2)] == ["/be/thanks/"] * 2
    assert StatementVersion.objects.count() == 2


def test_adding_later_takes_nothing_back_by_leaving_a_page_empty(inside: Walk, cast: Cast) -> None:
    tell(inside)
    inside.fill("check/", {}, do="send")
    inside.fill(where("CNS-02"), {})
    inside.fill(where("CNS-03"), {"CNS-03-value": "no"})
    inside.fill("check/", {}, do="send")
    account = open_account(Case.objects.get(), by=cast.dana.person, ring=cast.dana.ring, purpose="assessment")
    assert sorted(account.answer("CNS-02")["value"]) == ["lt", "pl"]
    assert account.answer("CNS-03") == {"value": "no", "lang": "be"}


def test_r5_two_windows_with_different_words_show_both(inside: Walk) -> None:
    place = inside.open_words()
    first = fields_of(inside.read(place))
    second = fields_of(inside.read(place))
    inside.post(place, first | {"EPI-08-value": WORDS, "do": "go"})
    answer = inside.post(place, second | {"EPI-08-value": OTHER, "do": "go"})
    assert answer.status_code == 409
    page = text_of(answer.content.decode())
    assert "Мяне спынілі вечарам" in page
    assert OTHER in page
    assert fields_of(inside.read(place))["EPI-08-value"] == [WORDS]


@pytest.mark.parametrize(("button", "kept"), [("ours", OTHER), ("theirs", WORDS), ("both", f"{WORDS}\n\n{OTHER}")])
def test_r5_the_person_keeps_either_or_both(inside: Walk, button: str, kept: str) -> None:
    place = inside.open_words()
    seen = fields_of(inside.read(place))
    inside.post(place, seen | {"EPI-08-value": WORDS, "do": "go"})
    conflict = inside.post(place, seen | {"EPI-08-value": OTHER, "do": "go"})
    inside.post(place, fields_of(conflict.content.decode()) | {"do": button})
    assert fields_of(inside.read(place))["EPI-08-value"] == [kept]


def test_r5_two_windows_on_two_questions_do_not_disturb_each_other(inside: Walk) -> None:
    first = fields_of(inside.read(where("EPI-02")))
    second = fields_of(inside.read(where("EPI-06")))
    assert inside.post(where("EPI-02"), first | {"EPI-02-year": "2020", "do": "go"}).status_code == 302
    assert inside.post(where("EPI-06"), second | {"EPI-06-town": "Мінск", "do": "go"}).status_code == 302
    assert fields_of(inside.read(where("EPI-02")))["EPI-02-year"] == ["2020"]
    assert fields_of(inside.read(where("EPI-06")))["EPI-06-town"] == ["Мінск"]


def test_r5_the_same_answer_in_two_windows_is_no_conflict(inside: Walk) -> None:
    seen = fields_of(inside.read(where("LNG-04")))
    answers: list[Any] = [inside.post(where("LNG-04"), seen | {"LNG-04-value": "Лён", "do": "go"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]


def test_r5_ticks_of_two_windows_are_joined(inside: Walk) -> None:
    seen = fields_of(inside.read(where("EPI-04")))
    inside.post(where("EPI-04"), seen | {"EPI-04-value": ["home"], "do": "go"})
    conflict = inside.post(where("EPI-04"), seen | {"EPI-04-value": ["street"], "do": "go"})
    inside.post(where("EPI-04"), fields_of(conflict.content.decode()) | {"do": "both"})
    assert sorted(fields_of(inside.read(where("EPI-04")))["EPI-04-value"]) == ["home", "street"]


@pytest.mark.parametrize(
    "place", ["parts/story/0/", "parts/story/99/", "files/1/", "parts/first/", "parts/x/1/", "q/6/"]
)
def test_there_are_no_other_pages(inside: Walk, place: str) -> None:
    assert inside.get(place).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("be", "пытан"), ("ru", "вопрос"), ("en", "question")])
def test_o5_l6_what_was_not_given_is_one_folded_line_with_a_way_to_each(cast: Any, language: str, words: str) -> None:
    walk = Walk(language)
    walk.begin()
    page = walk.read("parts/story-1/answers/")
    fold = page[page.index('<details class="fold">') :].split("</details>")[0]
    links = re.findall('<a href="([^"]+)"', fold)
    assert len(links) > 15
    assert re.search(rf"<summary>[^<]*\b{len(links)} {words}", fold)
    walk.fill(where("EPI-03"), {"EPI-03-precision": "~forgotten"})
    after = walk.read("parts/story-1/answers/")
    dated = re.findall('<a href="([^"]+)"', after[after.index('<dl class="answers">') :].split("</dl>")[0])
    assert dated == [walk.path(where("EPI-03"))]
    assert len(re.findall('<a href="([^"]+)"', after.split('<details class="fold">')[1].split("</details>")[0])) == (
        len(links) - 1
    )


def test_o7_a_date_asks_three_fields_and_folds_the_rest(inside: Walk) -> None:
    page = inside.read(where("EPI-02"))
    folds = re.findall('<details class="fold"( open)?><summary>([^<]+)', page)
    assert folds == [("", "Наколькі гэта дакладна?"), ("", "Час дня, калі памятаеце")]
    assert page.index('value="~forgotten"') < page.index("<details", page.index('name="EPI-02-day"'))
    inside.fill(where("EPI-02"), {"EPI-02-year": "2020", "EPI-02-precision": "year"})
    assert '<details class="fold" open>' in inside.read(where("EPI-02"))
