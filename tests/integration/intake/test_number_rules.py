"""What is left of the rules R1 to R8: what a finder sees, a lost number, the Back button, equal work for wrong ones."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection

from cases.access import open_account
from cases.actions.assigning import assign
from cases.actions.letters import write_from_team
from cases.models import Case
from tests.factories.cast import STORY, Cast, Survivor, tell
from tests.factories.walk import Walk, fields_of, text_of, where
from vault.envelope.receipt import new_code

pytestmark = pytest.mark.shown

WORDS = "Я вяртаўся ад сястры."
OWN_PAGES = (
    "page/", "parts/", "check/", "page/permissions/", "page/permissions/history/", "page/opened/", "page/own/",
    "page/word/", "page/erase/", "page/end/", "page/letter/", "after/", where("SAF-02"), where("ELG-05"), "help/",
)  # fmt: skip


def entered(survivor: Survivor, language: str = "be") -> Walk:
    walk = Walk(language)
    walk.fill("back/", {"code": survivor.code.digits})
    return walk


def tables() -> str:
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [
                bytes(cell) if isinstance(cell, memoryview) else cell for row in cursor.fetchall() for cell in row
            ]
    return " ".join(repr(cell) for cell in found)


class TestFound:
    """R3, O5: who finds the number sees letters, days and what can be done; nothing that was told, no answer."""

    @pytest.fixture
    def told(self, cast: Cast, amina: Survivor) -> Survivor:
        extra = {
            "you": {"LNG-04": {"value": "Аміна", "lang": "be"}, "ELG-05": {"value": "now_under18", "lang": "be"}},
            "story-1": {"EPI-08": {"value": STORY, "lang": "be"}},
            "safety": {"SAF-02": {"value": "transit", "lang": "be"}},
            "consent": {"CNS-02": {"value": ["lt"], "lang": "be"}},
        }
        tell(amina, extra)
        assign(case=amina.fresh(), person=cast.ben.person, by=cast.ben.person, ring=cast.ben.ring)
        write_from_team(case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, text="Добры дзень", language="be")
        return amina

    @pytest.mark.parametrize("place", OWN_PAGES)
    def test_r3_nothing_that_was_told_is_on_any_page(self, told: Survivor, place: str) -> None:
        page = entered(told).read(place)
        for words in ("сястры", "Аміна", "калідор", "Літв"):
            assert words not in page, place
        assert not re.search(
            r'checked[^>]*value="(transit|now_under18)"|value="(transit|now_under18)"[^>]*checked', page
        )

    def test_r3_the_letter_is_there_and_the_way_to_close_the_number(self, told: Survivor) -> None:
        page = entered(told).read("page/")
        assert "Добры дзень" in page
        assert 'href="/be/page/end/"' in page

    def test_o6_who_answered_before_is_told_so_and_not_what(self, told: Survivor) -> None:
        assert "Вы ўжо адказвалі на гэта." in entered(told).read(where("SAF-02"))
        assert "Вы ўжо адказвалі на гэта." not in entered(told).read(where("SAF-03"))

    def test_r3_no_table_holds_the_number(self, told: Survivor) -> None:
        entered(told)
        found = tables()
        assert told.code.digits not in found
        for group in (told.code.digits[:10], told.code.digits[10:20]):
            assert group not in found


class TestLost:
    """R6: no questions about a life; whoever lost the number begins anew and says so."""

    def test_r6_nothing_is_asked_and_the_way_is_there(self, walk: Walk) -> None:
        page = walk.read("back/")
        assert set(fields_of(page)) - {"csrfmiddlewaretoken", "pass", "work"} == {"code"}
        assert "Я не памятаю нумара" in page or "згуб" in page
        assert 'href="/be/"' in page

    def test_r6_beginning_anew_needs_nothing_of_the_first_time(self, amina: Survivor) -> None:
        walk = Walk("be").begin()
        assert walk.digits != amina.code.digits
        assert Case.objects.count() == 2
        assert amina.fresh().versions.count() == 1


class TestBackButton:
    """A page from the history, sent again: nothing twice, nothing lost."""

    def test_the_number_page_sent_again_makes_no_second_case(self, walk: Walk) -> None:
        walk.answer_all()
        old = fields_of(walk.read("number/")) | {"do": "send", "last": ""}
        walk.post("number/", old)
        assert walk.post("number/", old)["Location"] == "/be/sent/"
        assert Case.objects.count() == 1

    def test_an_answer_sent_again_after_the_account_is_a_draft_and_the_account_stays(
        self, inside: Walk, cast: Cast
    ) -> None:
        place = inside.open_words()
        old = fields_of(inside.read(place)) | {"EPI-08-value": WORDS, "do": "save"}
        inside.post(place, old)
        inside.fill("check/", {}, do="send")
        inside.post(place, old | {"EPI-08-value": WORDS + " І яшчэ."})
        assert WORDS + " І яшчэ." in inside.read(place)
        account = open_account(Case.objects.get(), by=cast.dana.person, ring=cast.dana.ring, purpose="reply")
        assert account.answer("EPI-08")["value"] == WORDS  # type: ignore[index]

    def test_the_check_page_sent_again_sends_once(self, inside: Walk) -> None:
        inside.fill(where("EPI-04"), {"EPI-04-value": ["street"]})
        old = fields_of(inside.read("check/")) | {"do": "send"}
        inside.post("check/", old)
        inside.post("check/", old)
        assert [each.number for each in Case.objects.get().versions.all()] == [0, 1]


class TestWrong:
    """R8: the same answer and the same work, whatever is wrong about the number."""

    def test_r8_unknown_and_known_cost_one_derivation_each(
        self, walk: Walk, amina: Survivor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from intake import guests

        derived: list[Any] = []
        real = guests.derive
        monkeypatch.setattr(guests, "derive", lambda code, salt: derived.append(code) or real(code, salt))
        for code in (new_code(), amina.code):
            Walk("be").fill("back/", {"code": code.digits})
        assert len(derived) == 2

    def test_r8_many_wrong_ones_lock_nobody_out(self, amina: Survivor) -> None:
        for _ in range(12):
            assert Walk("be").fill("back/", {"code": new_code().digits}).status_code == 400
        assert "Location" in entered(amina).get("back/").headers or entered(amina).get("page/").status_code == 200

    def test_r8_unknown_closed_and_erased_get_one_answer(self, walk: Walk, amina: Survivor) -> None:
        from cases.actions.ending import close_access

        close_access(case=amina.fresh(), receipt=amina.ring)
        answers = [walk.fill("back/", {"code": code.digits}) for code in (new_code(), amina.code)]
        pages = [re.sub(r'value="[^"]*"|\d{30}', "", answer.content.decode()) for answer in answers]
        assert (answers[0].status_code, text_of(pages[0])) == (answers[1].status_code, text_of(pages[1]))
