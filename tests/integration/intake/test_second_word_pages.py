"""The second word on the pages: setting it, reading with it, correcting; and what a finder of the number sees."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.conf import settings

from cases.access import open_account
from cases.models import Draft
from intake import visit, words
from tests.factories.cast import Cast, Survivor, assigned, tell
from tests.factories.walk import Walk, fields_of, text_of
from vault.envelope.second import plain
from vault.models import AuditEvent, KeyPair, SealedSession

pytestmark = pytest.mark.shown

WORD = "зялёны сад ля ракі"
LONG = "Тут было так: " + "вельмі доўгі дзень. " * 400
TOLD: dict[str, Any] = {
    "story-1": {
        "EPI-08": {"value": "двор за крамай", "lang": "be"},
        "EPI-06": {"value": {"town": "Мінск", "text": "двор"}, "lang": "be"},
        "EPI-10": {"value": "yes", "lang": "be"},
    },
    "wishes": {"WSH-01": {"value": ["justice"], "lang": "be"}},
}


@pytest.fixture
def returned(walk: Walk, amina: Survivor) -> Walk:
    walk.fill("back/", {"code": amina.code.digits})
    return walk


@pytest.fixture
def reader(returned: Walk, amina: Survivor) -> Walk:
    """Amina has set a word, sent her account, and opened it with the word."""
    set_word(returned)
    tell(amina, TOLD)
    returned.post("page/own/", {"do": "open", "word": WORD})
    return returned


def set_word(walk: Walk, word: str = WORD, **more: str) -> Any:
    return walk.post("page/word/", {"do": "set", "word": word, **more})


class TestSetting:
    """Calm, honest, and undone with one press."""

    def test_the_own_page_leads_there_and_it_says_what_it_is(self, returned: Walk) -> None:
        assert 'href="/be/page/word/"' in returned.read("page/")
        page = Walk("en")
        page.client.cookies = returned.client.cookies
        said = text_of(page.read("page/word/"))
        for words_there in ("Nobody can restore it", "no second word is safer", "sent before stays closed"):
            assert words_there in said

    def test_the_offered_words_are_good_and_new_each_time(self, returned: Walk) -> None:
        offers = {returned.get("page/word/").context["offer"] for _ in range(3)}
        assert len(offers) == 3
        assert set_word(returned, offers.pop())["Location"] == "/be/page/word/"
        assert KeyPair.objects.filter(use=KeyPair.Use.SECOND).count() == 1

    @pytest.mark.parametrize("word", ["", "сад", "1234567"])
    def test_a_short_word_is_a_clear_error(self, returned: Walk, word: str) -> None:
        answer = set_word(returned, word)
        assert answer.status_code == 400
        assert 'href="#word"' in answer.content.decode()
        assert not KeyPair.objects.filter(use=KeyPair.Use.SECOND).exists()

    def test_a_word_that_was_typed_is_on_no_page_and_in_no_log(self, returned: Walk, silence: Any) -> None:
        for answer in (set_word(returned), set_word(returned, WORD), returned.post("page/own/", {"word": WORD + "х"})):
            assert WORD not in answer.content.decode()
        assert silence.holds(WORD)

    def test_another_word_needs_the_one_before(self, returned: Walk) -> None:
        set_word(returned)
        for former in ("", "нешта іншае зусім"):
            assert set_word(returned, "іншая доўгая фраза", former=former).status_code == 400
        assert set_word(returned, "іншая доўгая фраза", former=WORD.upper()).status_code == 302
        assert returned.post("page/own/", {"word": WORD}).status_code == 400
        assert returned.post("page/own/", {"word": "іншая доўгая фраза"}).status_code == 302

    def test_removing_is_one_press_without_the_word(self, reader: Walk) -> None:
        assert reader.post("page/word/", {"do": "remove"})["Location"] == "/be/page/word/"
        assert not KeyPair.objects.filter(use=KeyPair.Use.SECOND).exists()
        assert "двор за крамай" not in reader.read("page/own/1/story-1/")

    def test_the_page_says_since_when_so_that_a_word_of_somebody_else_shows(self, returned: Walk) -> None:
        set_word(returned)
        assert returned.get("page/word/").context["since"]

    def test_the_check_page_names_it_before_sending(self, returned: Walk, amina: Survivor) -> None:
        from cases.actions.drafting import save_section

        save_section(
            case=amina.fresh(), receipt=amina.ring, section="story-1", answers=TOLD["story-1"], seen_version=0
        )  # fmt: skip
        assert 'href="/be/page/word/"' in returned.read("check/")


class TestReading:
    """With number and word."""

    def test_own_words_are_there_in_their_language(self, reader: Walk) -> None:
        assert 'href="/be/page/own/1/story-1/"' in reader.read("page/own/")
        page = reader.read("page/own/1/story-1/")
        assert '<div class="voice" lang="be" dir="auto"><p>двор за крамай</p></div>' in page
        assert "Мінск" in page

    def test_what_is_apart_is_not_repeated(self, reader: Walk) -> None:
        page = reader.get("page/own/1/story-1/")
        assert page.context["has_apart"]
        asked = [piece.title for piece in page.context["pieces"]]
        assert len(asked) == 2

    def test_a_number_alone_opens_nothing(self, reader: Walk, amina: Survivor) -> None:
        finder = Walk("be")
        finder.fill("back/", {"code": amina.code.digits})
        places = ("page/own/", "page/own/1/story-1/", "page/", "parts/", "check/", "page/word/", "parts/story/cards/")
        for place in places:
            page = finder.read(place)
            assert "двор за крамай" not in page, place
            assert "Мінск" not in page, place

    def test_wrong_words_get_one_answer_and_then_none_until_tomorrow(self, reader: Walk) -> None:
        answers = [reader.post("page/own/", {"word": f"не тое слова {n}"}) for n in range(20)]
        assert {answer.status_code for answer in answers} == {400}
        assert len({text_of(answer.content.decode()) for answer in answers}) == 1
        assert reader.post("page/own/", {"word": WORD}).status_code == 429
        assert AuditEvent.objects.filter(action="second_word.wrong").count() == 20

    def test_without_a_word_the_page_says_so(self, returned: Walk) -> None:
        assert 'name="word"' not in returned.read("page/own/")
        assert returned.post("page/own/", {"word": WORD}).status_code == 400

    def test_it_is_closed_by_a_button_and_by_a_quarter_of_an_hour(
        self, reader: Walk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert reader.post("page/own/", {"do": "hide"})["Location"] == "/be/page/"
        assert 'name="word"' in reader.read("page/own/")
        reader.post("page/own/", {"word": WORD})
        now = time.time()
        monkeypatch.setattr(visit.time, "time", lambda: now + visit.SECOND_SECONDS + 1)
        assert 'name="word"' in reader.read("page/own/")

    def test_the_session_in_the_database_says_nothing_of_it(self, reader: Walk, amina: Survivor) -> None:
        seed = reader.client.session["second"]["seed"]
        rows = b"".join(bytes(row.blob) + bytes(row.seed_blob or b"") for row in SealedSession.objects.all())
        assert bytes.fromhex(seed) not in rows
        assert seed.encode() not in rows

    @pytest.mark.parametrize("place", ["9/story-1/", "1/story-7/", "1/x/", "0/first/"])
    def test_what_is_not_there_is_not_there(self, reader: Walk, place: str) -> None:
        assert reader.get(f"page/own/{place}").status_code == 404

    def test_w1_a_long_account_comes_in_small_pages_and_whole(self, returned: Walk, amina: Survivor) -> None:
        set_word(returned)
        tell(amina, {"story-1": {"EPI-08": {"value": LONG, "lang": "be"}}})
        returned.post("page/own/", {"word": WORD})
        found, number = [], 1
        while number:
            page = returned.get(f"page/own/1/story-1/?from={number}")
            assert len(page.content) <= 14 * 1024
            found += [line for piece in page.context["pieces"] for line in piece.lines]
            number = page.context["later"]
        assert " ".join(" ".join(found).split()) == " ".join(LONG.split())


class TestCorrecting:
    """A correction is a new version; staff see both."""

    def test_both_versions_are_there_for_staff(self, reader: Walk, amina: Survivor, cast: Cast) -> None:
        answer = reader.post("page/own/1/story-1/", {"do": "correct"})
        assert answer["Location"] == "/be/parts/story-1/answers/"
        assert "двор за крамай" in reader.read("parts/story-1/answers/")
        place = where_of(reader, "EPI-08")
        reader.fill(place, {"EPI-08-value": "двор за школай"})
        reader.fill("check/", {}, do="send")
        case = assigned(amina, cast.ben)
        account = open_account(case, by=cast.ben.person, ring=cast.ben.ring, purpose="reply")
        said = [each.sections["story-1"]["EPI-08"]["value"] for each in account.versions if "story-1" in each.sections]
        assert said == ["двор за крамай", "двор за школай"]
        assert account.versions[2].sections["story-1"].keys() == {"EPI-08"}, "only what was changed is said anew"
        browser = cast.ben.browser()
        page = browser.get(f"/desk/cases/{case.reference}/").content.decode()
        assert "They <strong>corrected the account</strong> with version 2" in page
        browser.post(f"/desk/cases/{case.reference}/account/open/", {"purpose": "reply"})
        browser.post(f"/desk/cases/{case.reference}/account/unfold/", {"place": "2-1"})
        reading = browser.get(f"/desk/cases/{case.reference}/account/").content.decode()
        assert reading.index("двор за школай") < reading.index("двор за крамай")
        assert "Corrects version 1" in reading

    def test_a_correction_that_changes_nothing_is_no_version(self, reader: Walk, amina: Survivor) -> None:
        reader.post("page/own/1/wishes/", {"do": "correct"})
        assert Draft.objects.exists()
        reader.fill("check/", {}, do="send")
        assert [each.number for each in amina.fresh().versions.all()] == [0, 1]
        assert not Draft.objects.exists()

    def test_a_new_episode_beside_a_correction_gets_a_number_of_its_own(self, reader: Walk) -> None:
        reader.post("page/own/1/wishes/", {"do": "correct"})
        assert reader.get("parts/story/cards/").context["new"] == "/be/parts/story-2/"

    def test_what_was_written_in_the_draft_already_stays(self, reader: Walk) -> None:
        reader.fill(where_of(reader, "EPI-08"), {"EPI-08-value": "пачаў зноў"})
        reader.post("page/own/1/story-1/", {"do": "correct"})
        assert "пачаў зноў" in reader.read("parts/story-1/answers/")

    def test_looking_begins_nothing(self, reader: Walk) -> None:
        reader.get("page/own/1/story-1/?do=correct")
        assert not Draft.objects.exists()


def where_of(walk: Walk, question: str) -> str:
    from tests.factories.walk import where

    place = where(question)
    walk.post(place, {"do": "open"})
    return place


@pytest.mark.parametrize("language", settings.SURVIVOR_LANGUAGES)
class TestLanguages:
    """Each page in each language."""

    def test_w1_pages_are_small(self, amina: Survivor, language: str) -> None:
        walk = Walk(language)
        walk.fill("back/", {"code": amina.code.digits})
        before = [walk.get(place) for place in ("page/word/", "page/own/")]
        set_word(walk)
        tell(amina, TOLD)
        asked = [walk.get(place) for place in ("page/word/", "page/own/")]
        walk.post("page/own/", {"word": WORD})
        inside = [walk.get(place) for place in ("page/own/", "page/own/1/story-1/", "page/own/1/wishes/", "page/")]
        for answer in (*before, *asked, *inside):
            assert (answer.status_code, len(answer.content) <= 14 * 1024) == (200, True), answer.request["PATH_INFO"]

    def test_there_are_128_different_words_to_offer(self, language: str) -> None:
        found = words.word_list(language)
        assert len({plain(each) for each in found}) == len(found) == 128
        assert all(plain(each).replace(" ", "").isalpha() for each in found)
        assert len(words.offer(language).split()) == words.COUNT


def test_a_form_without_the_number_asks_for_it_and_carries_no_word(walk: Walk) -> None:
    answer = walk.post("page/word/", {"do": "set", "word": WORD, "former": WORD})
    assert answer.status_code == 403
    assert WORD not in answer.content.decode()
    assert "number" in fields_of(answer.content.decode())
