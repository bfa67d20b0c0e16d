"""Cards, conditions, lines that follow an answer, help, danger: what the sections of the account do together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.access import open_account
from cases.models import Case, DraftExhibit, StatementVersion
from intake import wizard
from tests.factories.walk import Walk, fields_of, text_of, where

if TYPE_CHECKING:
    from cases.access import OpenedVersion
    from tests.factories.cast import Cast

pytestmark = pytest.mark.shown

FIRST, SECOND, THIRD = "Першы раз, каля крамы.", "Другі раз, у жніўні.", "Трэці раз, на вакзале."
APART = "Пра гэта толькі некалькі слоў."
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200


def tell_episode(walk: Walk, card: int, words: str) -> None:
    """Name an episode and write its own words."""
    place = where("EPI-08", card)
    walk.fill(where("EPI-01", card), {"EPI-01-value": f"Эпізод пра {card}"})
    walk.post(place, {"do": "open"})
    walk.fill(place, {"EPI-08-value": words})


def sent(walk: Walk, cast: Cast) -> OpenedVersion:
    """Send the account and open its newest version as a lead."""
    assert walk.fill("check/", {}, do="send")["Location"].endswith("/thanks/")
    case = Case.objects.get()
    return open_account(case, by=cast.dana.person, ring=cast.dana.ring, purpose="assessment").versions[-1]


def listed(walk: Walk) -> set[str]:
    """The sections of the list."""
    return set(re.findall(r'<li class="is-\w+">.*?<a href="/\w+/(?:parts/)?(\w+)/"', walk.read("parts/")))


def attach(walk: Walk) -> Any:
    file = SimpleUploadedFile("a.png", PNG)
    return walk.post("files/", {"EVD-02-file": file, "EVD-02-name": "", "do": "add"})


class TestEpisodes:
    """Each episode is a card with a number of its own."""

    def test_two_are_told_and_stand_apart(self, inside: Walk, cast: Cast) -> None:
        tell_episode(inside, 1, FIRST)
        tell_episode(inside, 2, SECOND)
        cards = text_of(inside.read("parts/story/cards/"))
        assert "Эпізод пра 1" in cards
        assert "Эпізод пра 2" in cards
        told = sent(inside, cast).sections
        assert told["story-1"]["EPI-08"]["value"] == FIRST
        assert told["story-2"]["EPI-08"]["value"] == SECOND

    def test_the_second_is_taken_out_after_one_question_and_not_sent(self, inside: Walk, cast: Cast) -> None:
        tell_episode(inside, 1, FIRST)
        tell_episode(inside, 2, SECOND)
        page = inside.read("parts/story-2/remove/")
        assert "Эпізод пра 2" in page
        assert fields_of(inside.read(where("EPI-08", 2)))["EPI-08-value"] == [SECOND]  # asking takes nothing away
        assert inside.post("parts/story-2/remove/", {"do": "remove"})["Location"] == "/be/parts/story/cards/"
        assert "Эпізод пра 2" not in inside.read("parts/story/cards/")
        told = sent(inside, cast).sections
        assert {key for key in told if key.startswith("story")} == {"story-1"}
        assert SECOND not in str(told)

    def test_a_number_that_was_taken_out_is_not_given_again(self, inside: Walk) -> None:
        tell_episode(inside, 1, FIRST)
        tell_episode(inside, 2, SECOND)
        inside.post("parts/story-2/remove/", {"do": "remove"})
        assert 'href="/be/parts/story-3/"' in inside.read("parts/story/cards/")

    def test_what_is_asked_once_cannot_be_taken_out(self, inside: Walk) -> None:
        assert inside.post("parts/you/remove/", {"do": "remove"}).status_code == 404
        assert inside.post("parts/story/remove/", {"do": "remove"}).status_code == 404

    def test_words_that_come_back_after_the_account_was_sent_are_kept(self, inside: Walk) -> None:
        tell_episode(inside, 1, FIRST)
        tell_episode(inside, 2, SECOND)
        waiting = fields_of(inside.read(where("EPI-08", 2))) | {"EPI-08-value": THIRD, "do": "save"}
        inside.fill("check/", {}, do="send")
        assert inside.post(where("EPI-08", 2), waiting).status_code == 302
        assert fields_of(inside.read(where("EPI-08", 2)))["EPI-08-value"] == [THIRD]


class TestSealed:
    """What is kept apart is not repeated (O5)."""

    @pytest.fixture
    def apart(self, inside: Walk) -> Walk:
        for question, given in (("EPI-10", {"EPI-10-value": "here"}), ("EPI-11", {"EPI-11-value": APART})):
            inside.post(where(question), {"do": "open"})
            inside.fill(where(question), given)
        return inside

    def test_the_answers_page_says_that_there_is_something_and_not_what(self, apart: Walk) -> None:
        page = inside_answers(apart)
        assert APART not in page
        assert page.count("Вы тут нешта напісалі") == 2
        assert APART not in apart.read("check/")
        assert APART not in apart.read("parts/story/cards/")

    def test_it_can_still_be_changed_on_its_own_page(self, apart: Walk) -> None:
        assert fields_of(apart.read(where("EPI-11")))["EPI-11-value"] == [APART]

    def test_it_reaches_no_account_that_one_person_opens(self, apart: Walk, cast: Cast) -> None:
        assert APART not in str(sent(apart, cast).sections)


def inside_answers(walk: Walk) -> str:
    return walk.read("parts/story-1/answers/")


class TestLines:
    """A line that follows an answer is said once, on whatever page comes next."""

    LINES: ClassVar = {
        "WSH-02": ("not_believed", "Тут не трэба нічога даказваць."),  # then a question
        "ELG-08": ("yes", "не шукайце гэтага чалавека"),  # then the answers of the section
        "EPI-00": ("voice", "Запіс можна даслаць файлам"),  # then the cards
    }

    @pytest.mark.parametrize("question", ["WSH-02", "ELG-08", "EPI-00"])
    def test_it_is_on_the_next_page_and_gone_then(self, inside: Walk, question: str) -> None:
        code, line = self.LINES[question]
        following = inside.fill(where(question), {f"{question}-value": code})["Location"]
        assert line in inside.client.get(following, secure=True).content.decode()
        assert line not in inside.client.get(following, secure=True).content.decode()

    def test_it_is_on_the_notice_before_a_hard_page_too(self, inside: Walk) -> None:
        inside.post(where("EPI-10"), {"do": "open"})
        following = inside.fill(where("EPI-10"), {"EPI-10-value": "not_now"})["Location"]
        page = inside.client.get(following, secure=True).content.decode()
        assert 'value="open"' in page
        assert "Да гэтага можна вярнуцца, калі захочаце." in page

    def test_two_choices_with_one_line_say_it_once(self, inside: Walk) -> None:
        following = inside.fill(where("CSQ-07"), {"CSQ-07-value": ["custody", "relatives_detained"]})["Location"]
        assert inside.client.get(following, secure=True).content.decode().count("мы не перадаём імёнаў") == 1

    def test_another_choice_says_nothing(self, inside: Walk) -> None:
        following = inside.fill(where("WSH-02"), {"WSH-02-value": ["~unknown"]})["Location"]
        assert 'class="notice"' not in inside.client.get(following, secure=True).content.decode()


def health(walk: Walk) -> None:
    """Agree to health data and pass the notice before the question about sleep and thoughts."""
    walk.fill(where("CNS-13"), {"CNS-13-value": "yes"})
    walk.post(where("CSQ-02"), {"do": "open"})


class TestHelp:
    """Thoughts of dying show the page of help before the next question, once in a visit (C6)."""

    def test_it_comes_once_and_leads_back_to_the_next_question(self, inside: Walk) -> None:
        health(inside)
        assert inside.fill(where("CSQ-02"), {"CSQ-02-value": ["sleep", "dying"]})["Location"] == "/be/help/"
        assert f'href="/be/{where("CSQ-03")}"' in inside.read("help/")
        assert inside.fill(where("CSQ-02"), {})["Location"] == f"/be/{where('CSQ-03')}"
        assert fields_of(inside.read(where("CSQ-02")))["CSQ-02-value"] == ["sleep", "dying"]

    def test_other_answers_do_not_show_it(self, inside: Walk) -> None:
        health(inside)
        assert inside.fill(where("CSQ-02"), {"CSQ-02-value": ["sleep"]})["Location"] == f"/be/{where('CSQ-03')}"


class TestConditions:
    """What was answered elsewhere opens and closes sections and questions."""

    def test_what_the_first_contact_said_is_known_and_not_sent_again(self, inside: Walk, cast: Cast) -> None:
        inside.fill(where("LNG-04"), {"LNG-04-value": "Лён"})
        told = sent(inside, cast).sections
        assert set(told) == {"you", "end"}
        assert not {"ELG-01", "ELG-02", "CTC-01"} & {question for answers in told.values() for question in answers}

    @pytest.mark.parametrize(("home", "is_open"), [("LT", True), ("BY", False)])
    def test_leaving_is_asked_of_who_lives_elsewhere(self, walk: Walk, home: str, is_open: bool) -> None:
        walk.answer_all(ELG_02_value=home)
        walk.send("more")
        walk.fill(where("SAF-02"), {"SAF-02-value": "safe_abroad"})  # else nothing but safety would be listed
        assert ("leaving" in listed(walk)) is is_open

    def test_a_section_with_answers_stays_in_the_list(self, inside: Walk) -> None:
        assert "identity" not in listed(inside)
        inside.fill(where("CNS-02"), {"CNS-02-value": ["lt"]})
        inside.fill(where("IDN-01"), {"IDN-01-value": "Імя"})
        inside.fill(where("CNS-02"), {"CNS-02-value": []})
        assert "identity" in listed(inside)

    def test_a_consent_taken_back_keeps_its_answers_from_view_and_from_sending(self, inside: Walk, cast: Cast) -> None:
        health(inside)
        inside.fill(where("CSQ-02"), {"CSQ-02-value": ["sleep"]})
        assert "CSQ-02" in inside.read(where("CSQ-02"))
        inside.fill(where("CNS-13"), {"CNS-13-value": "no"})
        assert inside.get(where("CSQ-02")).status_code == 302
        inside.fill(where("CSQ-05"), {})
        told = sent(inside, cast).sections["health"]
        assert "CSQ-02" not in told
        assert "CSQ-05" in told

    def test_words_are_shown_and_sent_though_another_answer_made_them_needless(self, inside: Walk, cast: Cast) -> None:
        tell_episode(inside, 1, FIRST)
        inside.fill(where("EPI-00"), {"EPI-00-value": "person"})
        assert FIRST in inside_answers(inside)
        assert sent(inside, cast).sections["story-1"]["EPI-08"]["value"] == FIRST

    def test_words_typed_while_another_window_made_them_needless_are_kept(self, inside: Walk) -> None:
        place = inside.open_words()
        waiting = fields_of(inside.read(place)) | {"EPI-08-value": FIRST, "do": "save"}
        inside.fill(where("EPI-00"), {"EPI-00-value": "person"})
        assert inside.post(place, waiting).status_code == 302
        assert fields_of(inside.read(place))["EPI-08-value"] == [FIRST]


class TestDanger:
    """In Belarus or Russia only the safety section is listed, and no file is taken (S2)."""

    @pytest.mark.parametrize("country", ["belarus", "russia"])
    def test_only_safety_is_listed(self, inside: Walk, country: str) -> None:
        inside.fill(where("SAF-02"), {"SAF-02-value": country})
        assert listed(inside) == {wizard.SAFETY}
        inside.fill(where("SAF-02"), {"SAF-02-value": "safe_abroad"})
        assert len(listed(inside)) > 10

    @pytest.mark.parametrize("goes_on", [True, False], ids=["at once", "later, with the number"])
    def test_the_country_of_the_first_contact_counts(self, walk: Walk, goes_on: bool) -> None:
        walk.answer_all(ELG_02_value="BY")
        walk.send("more" if goes_on else "send")
        assert listed(walk) == {wizard.SAFETY}

    @pytest.mark.parametrize("place", ["parts/story/", "parts/story/cards/", where("EPI-08"), where("LNG-04")])
    def test_the_address_of_another_section_leads_back_to_the_list(self, inside: Walk, place: str) -> None:
        inside.fill(where("SAF-02"), {"SAF-02-value": "russia"})
        answer = inside.get(place)
        while answer["Location"] != "/be/parts/":
            answer = inside.client.get(answer["Location"], secure=True)
        inside.fill(where("SAF-02"), {"SAF-02-value": "safe_abroad"})
        assert inside.get("parts/story/cards/").status_code == 200

    def test_words_of_a_page_that_was_open_before_are_kept(self, inside: Walk) -> None:
        place = inside.open_words()
        seen = fields_of(inside.read(place))
        inside.fill(where("SAF-02"), {"SAF-02-value": "belarus"})
        inside.post(place, seen | {"EPI-08-value": FIRST, "do": "go"})
        inside.fill(where("SAF-02"), {"SAF-02-value": "safe_abroad"})
        assert fields_of(inside.read(place))["EPI-08-value"] == [FIRST]

    def test_a_file_posted_from_there_is_not_kept_after_sending_either(self, inside: Walk) -> None:
        inside.fill(where("SAF-02"), {"SAF-02-value": "belarus"})
        inside.fill("check/", {"do": "send"})
        attach(inside)
        assert not DraftExhibit.objects.exists()
        assert 'type="file"' not in inside.read("files/")
        inside.fill(where("SAF-02"), {"SAF-02-value": "safe_abroad"})
        assert 'type="file"' in inside.read("files/")

    def test_the_page_of_files_says_why_and_takes_none(self, inside: Walk) -> None:
        attach(inside)
        inside.fill(where("SAF-02"), {"SAF-02-value": "belarus"})
        page = inside.read("files/")
        assert 'type="file"' not in page
        assert 'value="add"' not in page
        assert 'href="/be/parts/safety/"' in page[page.index('class="notice"') :]
        assert "a.png" in page
        assert attach(inside)["Location"] == "/be/files/"
        assert DraftExhibit.objects.count() == 1

    def test_a_file_can_be_taken_out_there_too(self, inside: Walk) -> None:
        attach(inside)
        inside.fill(where("SAF-02"), {"SAF-02-value": "belarus"})
        found = re.search(r'name="remove" value="([^"]+)"', inside.read("files/"))
        assert found
        inside.post("files/", {"remove": found.group(1)})
        assert not DraftExhibit.objects.exists()


class TestTogether:
    """Several questions of one page, in two windows (R5)."""

    PLACE = where("LNG-05")

    @pytest.fixture
    def conflict(self, inside: Walk) -> tuple[Walk, str]:
        seen = fields_of(inside.read(self.PLACE))
        inside.post(self.PLACE, seen | {"LNG-04-value": "Лён", "LNG-05-value": "neutral", "do": "go"})
        answer = inside.post(self.PLACE, seen | {"LNG-04-value": "Алесь", "LNG-05-value": "they", "do": "go"})
        assert answer.status_code == 409
        return inside, answer.content.decode()

    def test_both_stand_on_one_page(self, inside: Walk) -> None:
        assert where("LNG-04") == self.PLACE
        fields = fields_of(inside.read(self.PLACE))
        assert {"LNG-04-shown", "LNG-05-shown"} <= set(fields)

    def test_all_that_differs_is_shown(self, conflict: tuple[Walk, str]) -> None:
        page = text_of(conflict[1])
        assert all(words in page for words in ("Лён", "Нейтральна", "Алесь", "У множным ліку"))
        assert not re.search(r'class="button"[^>]* value="both"', conflict[1])  # one choice cannot be two

    @pytest.mark.parametrize(("button", "name", "form"), [("ours", "Алесь", "they"), ("theirs", "Лён", "neutral")])
    def test_the_person_keeps_one_window_whole(
        self, conflict: tuple[Walk, str], button: str, name: str, form: str
    ) -> None:
        walk, page = conflict
        walk.post(self.PLACE, fields_of(page) | {"do": button})
        kept = fields_of(walk.read(self.PLACE))
        assert (kept["LNG-04-value"], kept["LNG-05-value"]) == ([name], [form])

    def test_texts_alone_are_joined(self, inside: Walk) -> None:
        seen = fields_of(inside.read(self.PLACE))
        inside.post(self.PLACE, seen | {"LNG-04-value": "Лён", "LNG-05-value": "they", "do": "go"})
        answer = inside.post(self.PLACE, seen | {"LNG-04-value": "Алесь", "LNG-05-value": "they", "do": "go"})
        inside.post(self.PLACE, fields_of(answer.content.decode()) | {"do": "both"})
        kept = fields_of(inside.read(self.PLACE))
        assert kept["LNG-05-value"] == ["they"]
        assert kept["LNG-04-value"] == ["Лён\n\nАлесь"]


class TestEnd:
    """The last words stand on the check page."""

    def test_last_words_alone_are_an_account(self, inside: Walk, cast: Cast) -> None:
        assert inside.fill("check/", {"SND-01-value": FIRST}, do="go")["Location"] == "/be/parts/"
        assert fields_of(inside.read("check/"))["SND-01-value"] == [FIRST]
        assert sent(inside, cast).sections["end"]["SND-01"]["value"] == FIRST

    def test_last_words_that_are_too_long_are_shown_again_and_nothing_is_sent(self, inside: Walk) -> None:
        inside.fill(where("LNG-04"), {"LNG-04-value": "Лён"})
        answer = inside.fill("check/", {"SND-01-value": "слова " * 20_000}, do="send")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Ёсць праблема" in page
        assert fields_of(page)["SND-01-value"] == ["слова " * 20_000]
        assert StatementVersion.objects.count() == 1


class TestFiles:
    """What is said about a file belongs to that file."""

    def test_what_was_said_about_a_removed_file_does_not_pass_to_the_next(self, inside: Walk) -> None:
        attach(inside)
        inside.fill(where("EVD-05"), {"EVD-05-value": "doctor"})
        found = re.search(r'name="remove" value="([^"]+)"', inside.read("files/"))
        assert found
        inside.post("files/", {"remove": found.group(1)})
        attach(inside)
        assert inside.get(where("EVD-05")).status_code == 404
        assert "EVD-05-value" not in fields_of(inside.read(where("EVD-05", 2)))
