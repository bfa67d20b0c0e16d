"""After sending (T11): what happens now, by when, by whom; how the person is; and the history of permissions."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from cases import urgency
from cases.access import open_account
from cases.asked import asked_of
from cases.limits import limits_of
from cases.models import Case, StatementVersion
from cases.statement.days import day_in_words
from tests.factories.cast import Cast, Survivor, assigned, tell
from tests.factories.intruder import erase
from tests.factories.walk import Walk, fields_of, text_of
from vault.errors import Forged
from vault.models import SealedValue, today

pytestmark = pytest.mark.shown


@pytest.fixture
def returned(cast: Cast, amina: Survivor) -> Walk:
    walk = Walk("en")
    walk.fill("back/", {"code": amina.code.digits})
    return walk


def say(walk: Walk, feels: str, **more: Any) -> Any:
    return walk.fill("after/", {"SND-03-value": feels, **more})


class TestHowAreYou:
    """Asked after the code, of whoever likes; "not well" shows help and tells the team."""

    @pytest.mark.parametrize("language", settings.SURVIVOR_LANGUAGES)
    def test_it_is_asked_after_sending_in_each_language(self, cast: Cast, language: str) -> None:
        walk = Walk(language)
        walk.answer_all()
        walk.send()
        assert f'href="/{language}/after/"' in walk.read("sent/")
        assert f'href="/{language}/after/"' in walk.read("thanks/")
        answer = walk.get("after/")
        assert "SND-03-value" in fields_of(answer.content.decode()) or "SND-03-value" in answer.content.decode()
        assert len(answer.content) <= 14 * 1024
        assert say(walk, "ok")["Location"] == f"/{language}/page/"

    @pytest.mark.parametrize("feels", ["not_well", "want_call"])
    def test_the_team_is_told_and_answers_within_one_working_day(
        self, returned: Walk, amina: Survivor, cast: Cast, feels: str
    ) -> None:
        case = assigned(amina, cast.ben)
        Case.objects.update(has_news=False, answer_day=None)
        say(returned, feels)
        words = {"not_well": "not well", "want_call": "they want a call"}[feels]
        assert words in [each.strong for each in limits_of(amina.fresh(), cast.ben.ring).lines]
        assert (amina.fresh().has_news, amina.fresh().answer_day) == (True, urgency.working_day(today(), 1))
        page = cast.ben.browser().get(f"/desk/cases/{case.reference}/").content.decode()
        assert f"How they were: <strong>{words}</strong>" in page
        assert "said how they are after sending" in page

    def test_not_well_shows_help_first(self, returned: Walk) -> None:
        assert say(returned, "not_well")["Location"] == "/en/help/"
        assert 'href="/en/page/"' in returned.read("help/")

    def test_all_right_hurries_nobody(self, returned: Walk, amina: Survivor) -> None:
        before = amina.fresh().answer_day
        say(returned, "ok")
        assert amina.fresh().answer_day == before

    def test_a_promise_for_an_earlier_day_stays(self, returned: Walk, amina: Survivor) -> None:
        Case.objects.update(answer_day=today())
        say(returned, "not_well")
        assert amina.fresh().answer_day == today()

    def test_it_is_sealed_with_the_account(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        say(returned, "tired", **{"SND-04-value": "yes", "SND-04-other": "шмат пытанняў"})
        account = open_account(amina.fresh(), by=cast.dana.person, ring=cast.dana.ring, purpose="reply")
        assert account.answer("SND-03")["value"] == "tired"  # type: ignore[index]
        assert account.answer("SND-04")["other"] == "шмат пытанняў"  # type: ignore[index]

    def test_the_own_page_says_what_it_answers_and_not_what_was_said(self, returned: Walk) -> None:
        say(returned, "tired")
        page = text_of(returned.read("page/"))
        assert "We have your answer." in page
        assert "Rest, if you can." in page
        assert "You told us how you are" in page
        assert "Tired" not in returned.read("page/")

    def test_nothing_answered_is_nothing_sent(self, returned: Walk) -> None:
        assert returned.fill("after/", {})["Location"] == "/en/page/"
        assert StatementVersion.objects.count() == 1

    def test_another_language_and_a_pause_keep_what_was_chosen(self, returned: Walk) -> None:
        for given in ({"to": "ru"}, {"do": "pause"}):
            returned.fill("after/", {"SND-03-value": "tired"} | given)
            assert fields_of(returned.read("after/"))["SND-03-value"] == ["tired"]
        assert StatementVersion.objects.count() == 1

    def test_nobody_answers_without_a_number(self, cast: Cast) -> None:
        assert Walk("en").get("after/")["Location"] == "/en/back/"
        assert Walk("en").post("after/", {"SND-03-value": "ok"}).status_code == 403

    def test_a_row_that_is_none_is_refused(self, returned: Walk) -> None:
        assert returned.post("after/", {"SND-03-value": "x" * 4000, "do": "go"}).status_code == 200
        assert StatementVersion.objects.count() == 1


class TestPermissions:
    """Given when and in which wording, taken back when, given again when."""

    YES: dict[str, Any] = {"consent": {"CNS-03": {"value": "yes", "lang": "be"}}}  # noqa: RUF012

    def lines(self, walk: Walk) -> list[list[tuple[str, str]]]:
        acts = walk.get("page/permissions/history/").context["acts"]
        return [[(str(label), str(outcome)) for label, outcome in act["lines"]] for act in acts]

    def test_the_first_yes_is_there(self, returned: Walk) -> None:
        assert self.lines(returned) == [[("Reading what you write and answering you", "Yes")]]
        act = returned.get("page/permissions/history/").context["acts"][0]
        assert (act["languages"], act["wording"], act["is_draft"]) == ("Беларуская", "2026-12", True)

    def test_given_taken_back_and_given_again(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        lawyer, day = "Sharing the case with a partner lawyer", day_in_words(today(), "en")
        tell(amina, self.YES)
        returned.fill("page/permissions/", {"scope": "CNS-03"})
        assert f"Taken back , {day} {lawyer}" in text_of(returned.read("page/permissions/"))
        tell(amina, self.YES)
        assert self.lines(returned)[:3] == [[(lawyer, "Yes")], [(lawyer, "Taken back")], [(lawyer, "Yes")]]
        assert f"Yes , {day} {lawyer}" in text_of(returned.read("page/permissions/"))
        assert limits_of(amina.fresh(), cast.dana.ring).shares_with_lawyers

    @pytest.mark.parametrize(
        ("scope", "value", "outcome"),
        [
            ("CNS-02", ["lt", "pl"], "yes"),
            ("CNS-02", ["not_sure"], "later"),
            ("CNS-05", "no", "no"),
            ("CNS-05", "ask_later", "later"),
            ("CNS-14", "never", "no"),
            ("CNS-14", "via_lawyer", "no"),
            ("CNS-14", "direct", "yes"),
        ],
    )
    def test_which_countries_is_not_said_only_whether(
        self, amina: Survivor, scope: str, value: Any, outcome: str
    ) -> None:
        tell(amina, {"consent": {scope: {"value": value, "lang": "ru"}}})
        sent = asked_of(amina.fresh(), amina.ring).sent[-1]
        assert sent.said == {scope: [outcome, "ru"]}

    def test_not_wanting_to_say_is_not_decided(self, amina: Survivor) -> None:
        tell(amina, {"consent": {"CNS-05": {"value": None, "said": "unsaid", "lang": "ru"}}})
        assert asked_of(amina.fresh(), amina.ring).sent[-1].said == {"CNS-05": ["later", "ru"]}

    def test_an_unreviewed_wording_is_stored_as_such_and_the_desk_says_so(
        self, amina: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tell(amina, self.YES)
        again = "Ask again before filing: "
        assert any(each.before == again for each in limits_of(amina.fresh(), cast.dana.ring).lines)
        monkeypatch.setattr("cases.statement.catalogue.REVIEWED", frozenset({("2026-12", "be")}))
        tell(amina, self.YES)
        assert asked_of(amina.fresh(), amina.ring).sent[-1].reviewed == ("be",)
        assert [each.before for each in limits_of(amina.fresh(), cast.dana.ring).lines].count(again) == 0

    def test_taken_out_of_the_database_it_is_missed(self, amina: Survivor) -> None:
        erase(SealedValue.objects.filter(table="asked", field="sent"))
        with pytest.raises(Forged):
            asked_of(amina.fresh(), amina.ring)

    @pytest.mark.parametrize("language", settings.SURVIVOR_LANGUAGES)
    def test_w1_it_is_small_with_every_permission_twice(self, amina: Survivor, language: str) -> None:
        every = {f"CNS-{n:02d}": {"value": "yes", "lang": "be"} for n in (3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15)}
        tell(amina, {"consent": every})
        walk = Walk(language)
        walk.fill("back/", {"code": amina.code.digits})
        walk.fill("page/permissions/", {"scope": "CNS-01"})
        tell(amina, {"consent": every})
        for place in ("page/permissions/", "page/permissions/history/", "page/permissions/history/?from=2", "page/"):
            answer = walk.get(place)
            assert (answer.status_code, len(answer.content) <= 14 * 1024) == (200, True), (place, len(answer.content))
