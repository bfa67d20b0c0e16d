"""The pages of the steps: ways on, asking a lead, deciding, questions; what was typed stays, stale pages do nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Approval, Case
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor

pytestmark = pytest.mark.shown
WHY = "Яна згодная на Літву."


@pytest.fixture
def both(reviewed: Case, amina: Survivor, cast: Cast) -> Case:
    """A case in review."""
    from tests.factories.kept import kept

    return kept("in review", lambda: made.given(amina, cast.chloe, cast.dana))


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def text(client: Client, name: str, *args: object) -> str:
    return client.get(at(name, *args)).content.decode()


def test_one_button_and_the_second_choice_beside_it(both: Case, as_ben: Client) -> None:
    Case.objects.update(has_news=False)
    page = text(as_ben, "case", both.reference)
    assert page.count('class="button go') == 1
    assert at("ask-lead", both.reference, "accept") in page
    assert at("ways", both.reference) in page


def test_the_ways_say_what_is_missing(both: Case, as_ben: Client, as_dana: Client) -> None:
    page = text(as_ben, "ways", both.reference)
    for words in ("Look for a lawyer", "Support without complaint", "Refer elsewhere", "Close the case", "Not yet."):
        assert words in page
    assert "Look at it again" not in page
    Case.objects.update(status=Case.Status.MATCHING)
    assert at("look-again", both.reference) in text(as_dana, "ways", both.reference)


def test_asked_agreed_and_done(both: Case, as_ben: Client, as_dana: Client, dana: Member) -> None:
    where = at("ask-lead", both.reference, "accept")
    answer = as_ben.post(where, {"seen": "in_review", "reason": WHY})
    approval = Approval.objects.get()
    assert answer["Location"] == at("agreement", approval.id)
    assert "You asked; a lead is the second." in text(as_ben, "agreement", approval.id)
    assert "Look for a lawyer" in text(as_dana, "approvals")
    shown = text(as_dana, "agreement", approval.id)
    assert WHY in shown
    assert 'name="decision" value="agree">' in shown
    decision = {"reason": "I agree.", "code": dana.code(), "decision": "agree"}
    assert as_dana.post(at("agreement", approval.id), decision)["Location"] == at("approvals")
    assert Case.objects.get(id=both.id).status == Case.Status.MATCHING
    assert "I agree." in text(as_ben, "agreement", approval.id)


def test_nothing_is_decided_without_a_button_a_reason_and_a_code(both: Case, as_ben: Client, as_dana: Client) -> None:
    as_ben.post(at("ask-lead", both.reference, "accept"), {"reason": WHY})
    where = at("agreement", Approval.objects.get().id)
    for sent in (
        {"reason": "x", "code": "000000", "decision": "agree"},
        {"reason": "", "decision": "agree"},
        {"reason": "y"},
    ):
        assert as_dana.post(where, sent).status_code == 200
    assert "There is a problem" in as_dana.post(where, {"reason": "kept words"}).content.decode()
    assert Approval.objects.get().state == Approval.State.REQUESTED


def test_what_is_no_longer_so_is_said_and_the_words_are_kept(
    both: Case, amina: Survivor, as_ben: Client, as_dana: Client, dana: Member
) -> None:
    from cases.actions.withdrawing import withdraw

    as_ben.post(at("ask-lead", both.reference, "accept"), {"reason": WHY})
    withdraw(case=amina.fresh(), receipt=amina.ring, scopes=["CNS-02"], language="be")
    sent = {"reason": "these words stay", "code": dana.code(), "decision": "agree"}
    page = as_dana.post(at("agreement", Approval.objects.get().id), sent).content.decode()
    assert "This is not so any more: The person agreed to a complaint in a country." in page
    assert "these words stay" in page


def test_a_stale_page_asks_nothing(both: Case, as_ben: Client) -> None:
    answer = as_ben.post(at("ask-lead", both.reference, "accept"), {"seen": "acknowledged", "reason": WHY})
    assert answer.status_code == 409
    assert "The case has moved on since you opened this page." in answer.content.decode()
    assert not Approval.objects.exists()


def test_support_wants_a_letter_a_plan_and_a_day(both: Case, as_ben: Client) -> None:
    where = at("ask-lead", both.reference, "support")
    sent = {"reason": WHY, "letter": "Вось чаму.", "plan": "лячэнне", "language": "be", "recheck_on": "2020-01-01"}
    page = as_ben.post(where, sent).content.decode()
    assert "Choose a day after today, within two years." in page
    assert "Вось чаму." in page
    assert as_ben.post(where, sent | {"recheck_on": "2027-06-01"}).status_code == 302


def test_an_unknown_asking_is_not_there(both: Case, as_ben: Client) -> None:
    assert as_ben.get(at("ask-lead", both.reference, "nonsense")).status_code == 404
    assert as_ben.get(at("ask-lead", both.reference, "propose")).status_code == 404


def test_the_asker_takes_it_back(both: Case, as_ben: Client, as_chloe: Client) -> None:
    as_ben.post(at("ask-lead", both.reference, "accept"), {"reason": WHY})
    approval = Approval.objects.get()
    assert as_chloe.post(at("take-back", approval.id)).status_code == 409
    assert as_ben.post(at("take-back", approval.id)).status_code == 302
    assert Approval.objects.get().state == Approval.State.TAKEN_BACK


def test_questions_need_a_reason_and_keep_what_was_typed(both: Case, amina: Survivor, as_ben: Client) -> None:
    where = at("questions", both.reference)
    page = as_ben.post(where, {"question_1": "Дзе гэта было?", "language": "be"}).content.decode()
    for words in ("Say why you ask.", "Choose what the answer is needed for.", "Дзе гэта было?"):
        assert words in page
    assert "Write one question at least." in as_ben.post(where, {"language": "be"}).content.decode()
    sent = {"question_1": "Дзе гэта было?", "why_1": "трэба месца", "element_1": "H5", "language": "be"}
    assert as_ben.post(where, sent)["Location"] == at("case", both.reference)
    assert amina.fresh().status == Case.Status.AWAITING_SURVIVOR
    from cases.actions.letters import read_letters

    assert read_letters(amina.fresh(), amina.ring)[-1].text == "Дзе гэта было?\nМы пытаемся, бо: трэба месца"
