"""Writing an account down for a person on the desk: the pages, what they keep, and what they refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.factories.kept import kept

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories.cast import Member

pytestmark = pytest.mark.shown

TEXT = "Мяне трымалі ў калідоры да раніцы."
BEGIN = {"way": "telephone", "interpreter": "no", "teller": "self", "consent": "yes"}
ANSWERS = {
    "ELG-01-value": "BY",
    "ELG-02-value": "LT",
    "SAF-04-value": ["family_risk"],
    "CTC-01-value": "code_only",
    "CTC-02-value": "",
}


@pytest.fixture
def as_ben(ben: Member) -> Client:
    from django.test import Client

    client = Client()
    client.cookies = kept("browser of ben", lambda: ben.browser().cookies)
    return client


def begun(client: Client, language: str = "be", **changed: str) -> str:
    """Begin and return the id in the address."""
    answer = client.post(reverse("recording:begin", args=[language]), BEGIN | changed)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].split("/")[3])


def page(name: str, row: str, *more: object) -> str:
    return reverse(f"recording:{name}", args=[row, *more])


def shown_number(client: Client, row: str) -> str:
    """The number on the page, digits only."""
    answer = client.get(page("number", row)).content.decode()
    part = answer.split('class="number"')[1].split("</p>")[0]
    return "".join(sign for sign in part.split(">", 1)[1] if sign.isdecimal())


def founded(client: Client) -> str:
    """A recording whose case is open; returns its id."""
    return kept("founded recording", lambda: _founded(client))


def _founded(client: Client) -> str:
    row = begun(client)
    client.post(page("first", row), ANSWERS)
    last = shown_number(client, row)[-6:]
    answer = client.post(page("number", row), {"do": "number", "last": last})
    assert answer["Location"] == page("sections", row)
    return row


def test_from_the_words_read_aloud_to_the_case(as_ben: Client, client: Client) -> None:
    row = begun(as_ben)
    assert as_ben.post(page("first", row), ANSWERS)["Location"] == page("number", row)
    number = shown_number(as_ben, row)
    assert len(number) == 30
    assert shown_number(as_ben, row) == number
    as_ben.post(page("number", row), {"do": "number", "last": number[-6:]})
    assert as_ben.get(page("number", row))["Location"] == page("sections", row)
    story = page("step", row, "story-1", 7)
    assert "About violence" in as_ben.get(story).content.decode()
    as_ben.post(story, {"EPI-08-shown": "1", "EPI-08-value": TEXT, "do": "go"})
    assert TEXT in as_ben.get(page("check", row)).content.decode()
    sent = as_ben.post(page("check", row), {"read_back": "yes"})
    case = as_ben.get(sent["Location"]).content.decode()
    assert "told by telephone in Belarusian, written down by Ben, caseworker, read back to the person" in case
    assert as_ben.post(page("check", row), {"read_back": "yes"})["Location"] == sent["Location"]
    own = client.post("/be/back/", {"code": number}, follow=True).content.decode()
    assert "Ваш расказ запісаў для вас чалавек з нашай каманды" in own
    assert "Ben" not in own


def test_the_words_are_read_in_the_language_of_the_talk(as_ben: Client) -> None:
    for language, words in (("be", "Гэта для вас бясплатна"), ("ru", "Для вас это бесплатно"), ("ar", "هذا مجاني لكم")):
        assert words in as_ben.get(reverse("recording:begin", args=[language])).content.decode()
    assert as_ben.get(reverse("recording:begin", args=["pl"])).status_code == 404


def test_without_the_yes_nothing_begins_and_what_was_chosen_stays(as_ben: Client) -> None:
    from cases.models import Recording

    answer = as_ben.post(reverse("recording:begin", args=["be"]), BEGIN | {"consent": "no"})
    assert "Without their yes nothing may be written down" in answer.content.decode()
    assert any("telephone" in line and "checked" in line for line in answer.content.decode().splitlines())
    assert not Recording.objects.exists()


def test_for_somebody_else_it_is_asked_whether_they_agree(as_ben: Client) -> None:
    answer = as_ben.post(reverse("recording:begin", args=["be"]), BEGIN | {"teller": "family"})
    assert "Ask this first" in answer.content.decode()
    begun(as_ben, teller="family", agrees="agrees")


def test_a_way_that_needs_an_address_says_so_and_keeps_the_rest(as_ben: Client) -> None:
    row = begun(as_ben)
    answer = as_ben.post(page("first", row), ANSWERS | {"CTC-01-value": "email"})
    assert answer.status_code == 422
    assert "This way needs an address or a number." in answer.content.decode()
    assert as_ben.get(page("number", row))["Location"] == page("first", row)


@pytest.mark.parametrize("typed", ["", "000000x", "12", "𝟙" * 70, "‮"])
def test_wrong_last_digits_open_no_case(as_ben: Client, typed: str) -> None:
    from cases.models import Case

    row = begun(as_ben)
    as_ben.post(page("first", row), ANSWERS)
    answer = as_ben.post(page("number", row), {"do": "number", "last": typed})
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_no_number_needs_their_word_and_then_nobody_has_one(as_ben: Client) -> None:
    from cases.models import Case

    row = begun(as_ben)
    as_ben.post(page("first", row), ANSWERS)
    assert as_ben.post(page("number", row), {"do": "none"}).status_code == 422
    as_ben.post(page("number", row), {"do": "none", "knows": "yes"})
    case = Case.objects.get()
    assert "They wanted no number" in as_ben.get(f"/desk/cases/{case.reference}/").content.decode()


def test_two_sends_of_the_number_page_open_one_case(as_ben: Client) -> None:
    from cases.models import Case

    row = begun(as_ben)
    as_ben.post(page("first", row), ANSWERS)
    form = {"do": "number", "last": shown_number(as_ben, row)[-6:]}
    assert [as_ben.post(page("number", row), form).status_code for _ in range(2)] == [302, 302]
    assert Case.objects.count() == 1


def test_what_arrives_locked_is_given_back(as_ben: Client, ben: Member) -> None:
    row = founded(as_ben)
    story = page("step", row, "story-1", 7)
    as_ben.post("/desk/lock/")
    answer = as_ben.post(story, {"EPI-08-shown": "1", "EPI-08-value": TEXT, "do": "go"})
    assert answer["Location"].startswith("/desk/unlock/")
    back = as_ben.post("/desk/unlock/", {"password": ben.password, "code": ben.code()}).content.decode()
    assert TEXT in back
    assert f'action="{story}"' in back


def test_another_window_is_shown_and_the_typed_text_stays(as_ben: Client) -> None:
    row = founded(as_ben)
    story = page("step", row, "story-1", 7)
    seen = as_ben.get(story).content.decode().split('name="seen" value="')[1].split('"')[0]
    as_ben.post(story, {"EPI-08-shown": "1", "EPI-08-value": "першае", "do": "go", "seen": seen})
    answer = as_ben.post(story, {"EPI-08-shown": "1", "EPI-08-value": TEXT, "do": "go", "seen": seen})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "першае" in shown
    assert TEXT in shown
    newer = shown.split('name="seen" value="')[1].split('"')[0]
    as_ben.post(story, {"EPI-08-shown": "1", "EPI-08-value": TEXT, "do": "go", "seen": newer})
    assert TEXT in as_ben.get(story).content.decode()


def test_days_that_are_over_give_the_typed_words_back(as_ben: Client) -> None:
    from cases.models import Recording
    from vault.models import today

    row = founded(as_ben)
    Recording.objects.update(expires_on=today() - timedelta(days=1))
    answer = as_ben.post(page("step", row, "story-1", 7), {"EPI-08-shown": "1", "EPI-08-value": TEXT})
    assert (answer.status_code, TEXT in answer.content.decode()) == (410, True)
    answer = as_ben.post(page("step", row, "story-1", 7), {"EPI-08-shown": "1", "EPI-08-value": TEXT})
    assert (answer.status_code, TEXT in answer.content.decode()) == (404, True)
    assert as_ben.get(page("sections", row)).status_code == 404


@pytest.mark.parametrize("text", ["x" * 1_000_001, "нуль\0 знак", "‮справа", "👩‍👩‍👧", "\ud800"])
def test_hostile_text_is_cleaned_or_said_and_never_lost(as_ben: Client, text: str) -> None:
    row = founded(as_ben)
    story = page("step", row, "story-1", 7)
    answer = as_ben.post(story, {"EPI-08-shown": "1", "EPI-08-value": text.encode(errors="replace"), "do": "save"})
    assert answer.status_code in (302, 400, 413, 422)


def test_every_section_can_be_asked_on_the_desk(as_ben: Client) -> None:
    from cases.statement import catalogue

    row = founded(as_ben)
    listed = as_ben.get(page("sections", row)).content.decode()
    for section in catalogue.sections():
        if section.id in ("first", "after", "files", "identity"):
            continue
        assert section.id == "end" or section.title["en"] in listed.replace("&#x27;", "'"), section.id
        pages = section.pages or section.card_pages
        key = section.id if section.pages else f"{section.id}-1"
        for number in range(1, len(pages) + 1):
            assert as_ben.get(page("step", row, key, number)).status_code in (200, 302), (key, number)


def test_strange_addresses_are_not_there(as_ben: Client) -> None:
    row = founded(as_ben)
    for slug, number in (("story-9", 1), ("story", 99), ("files", 1), ("first", 1), ("nothing", 1), ("you-1", 1)):
        assert as_ben.get(page("step", row, slug, number)).status_code == 404, slug


def test_a_card_is_taken_out_and_sealed_answers_are_not_repeated(as_ben: Client) -> None:
    row = founded(as_ben)
    as_ben.post(page("step", row, "story-1", 7), {"EPI-08-shown": "1", "EPI-08-value": TEXT})
    as_ben.post(page("step", row, "story-1", 10), {"EPI-10-shown": "1", "EPI-10-value": "here"})
    assert TEXT in as_ben.get(page("part", row, "story-1")).content.decode()
    as_ben.post(page("part", row, "story-1"))
    assert TEXT not in as_ben.get(page("check", row)).content.decode()


def test_erasing_leaves_nothing_of_it(as_ben: Client) -> None:
    from cases.models import Case, Recording

    row = founded(as_ben)
    assert as_ben.post(page("discard", row))["Location"] == reverse("recording:all")
    assert (Recording.objects.count(), Case.objects.count()) == (0, 1)
    assert as_ben.get(page("discard", row)).status_code == 405


def test_later_is_an_answer_and_nothing_is_not_sent(as_ben: Client) -> None:
    row = founded(as_ben)
    answer = as_ben.post(page("check", row), {"read_back": "no"})
    assert answer["Location"] == page("sections", row)
    as_ben.post(page("step", row, "wishes", 1), {"WSH-01-shown": "1", "do": "later"})
    assert "they will tell it later" in as_ben.get(page("sections", row)).content.decode()


def test_more_is_written_down_from_the_case(as_ben: Client) -> None:
    from cases.models import Case, Recording

    row = founded(as_ben)
    case = Case.objects.get()
    assert (
        reverse("recording:more", args=[case.reference])
        in as_ben.get(f"/desk/cases/{case.reference}/").content.decode()
    )
    as_ben.post(page("discard", row))
    assert as_ben.post(reverse("recording:more", args=[case.reference]), {"way": "no"}).status_code == 200
    answer = as_ben.post(reverse("recording:more", args=[case.reference]), {"way": "meeting", "interpreter": "yes"})
    assert answer["Location"] == page("sections", str(Recording.objects.get().id))
    listed = as_ben.get(answer["Location"]).content.decode()
    assert "at a meeting, with an interpreter" in listed


def test_a_name_that_means_several_states_is_asked_once_more(as_ben: Client) -> None:
    row = begun(as_ben, "en")
    typed = ANSWERS | {"ELG-02-value": "", "ELG-02-other": "Korea"}
    assert as_ben.post(page("first", row), typed)["Location"] == page("first", row)
    assert "A name can mean several" in as_ben.get(page("first", row)).content.decode()
    assert as_ben.post(page("first", row), typed)["Location"] == page("number", row)
