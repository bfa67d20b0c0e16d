"""The text of a complaint before the person: shown by a lead, read with the second word, answered by the receipt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cases import guards, records
from cases.actions import texts
from cases.dossier.agreed import digest_of
from cases.errors import NotConsented, NotReady, Refused
from cases.guards import Sight
from cases.lawyers.proposals import opened_messages
from cases.models import Case, Text
from cases.texts import own, shown
from cases.texts.shown import Answer, Shown
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.lawyers import briefed_road
from tests.factories.texts import answered, before_person, in_review, put, with_word
from vault.errors import Forged
from vault.heads import write_head
from vault.models import AuditEvent, Epoch, Grant, KeyPair

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(cast: Cast) -> Survivor:
    """Told, with facts; the draft is with the second reader."""
    amina = made.first_contact()
    made.assigned(amina, cast.ben)
    made.tell(amina)
    made.confirmed(amina, cast.ben)
    in_review(amina, cast)
    return amina


def test_a_lead_shows_the_text_and_the_person_reads_it_with_the_second_word(amina: Survivor, cast: Cast) -> None:
    second = with_word(amina)
    text = before_person(amina, cast)
    assert amina.fresh().status == Case.Status.SURVIVOR_APPROVAL
    said, answer = shown.read(text, amina.ring)
    words = shown.own_words(text, said, second)
    assert answer is None
    assert words is not None
    assert (said.forum, said.lawyer, said.language, said.filed_in) == ("LT", "Lena", "be", "en")
    assert any("Па-беларуску" in line for part in words.own for line in part.lines)
    assert any("The complainant was stopped" in line for part in words.filed for line in part.lines)
    assert digest_of(said.variant, words.filed) == said.digest


def test_the_number_alone_does_not_open_the_words(amina: Survivor, cast: Cast) -> None:
    with_word(amina)
    text = before_person(amina, cast)
    newest = Epoch.objects.filter(compartment__owner=amina.case.id, compartment__kind="account").latest("number")
    holders = set(Grant.objects.filter(epoch=newest).values_list("recipient__use", flat=True))
    assert KeyPair.Use.RECEIPT not in holders
    assert KeyPair.Use.INTAKE not in holders
    said, _ = shown.read(text, amina.ring)
    assert shown.own_words(text, said, amina.ring) is None


def test_without_a_second_word_it_is_read_aloud_or_not_at_all(amina: Survivor, cast: Cast) -> None:
    with pytest.raises(NotReady, match="no_word"):
        before_person(amina, cast)
    assert amina.fresh().status == Case.Status.LEGAL_REVIEW
    assert not Text.objects.exists()
    text = before_person(amina, cast, aloud="by telephone, in Belarusian, by Ben")
    assert answered(amina, text).state == Text.State.AGREED


def test_a_yes_needs_that_it_could_be_read(amina: Survivor, cast: Cast) -> None:
    second = with_word(amina)
    text = before_person(amina, cast)
    with pytest.raises(Refused, match="unread"):
        answered(amina, text)
    with pytest.raises(Refused, match="unread"):
        answered(amina, text, second=amina.ring)
    assert answered(amina, text, second=second).state == Text.State.AGREED
    assert amina.fresh().status == Case.Status.READY_TO_FILE
    assert amina.fresh().has_news


def test_changes_and_a_no_lead_back_to_the_draft(amina: Survivor, cast: Cast) -> None:
    second = with_word(amina)
    text = before_person(amina, cast)
    assert answered(amina, text, shown.CHANGES, words="Не дваццаць, а трыццаць.").state == Text.State.CHANGES
    assert amina.fresh().status == Case.Status.DRAFTING
    said = shown.read(text, cast.ben.ring)[1]
    assert said is not None
    assert said.words == "Не дваццаць, а трыццаць."
    Case.objects.update(status=Case.Status.LEGAL_REVIEW)
    again = before_person(amina, cast)
    assert answered(amina, again, shown.NO, second=second).state == Text.State.REFUSED


def test_a_yes_can_be_taken_back_until_it_is_filed(amina: Survivor, cast: Cast) -> None:
    second = with_word(amina)
    text = answered(amina, before_person(amina, cast), second=second)
    with pytest.raises(Refused, match="answered"):
        answered(amina, text, second=second)
    assert answered(amina, text, shown.CHANGES).state == Text.State.CHANGES
    assert amina.fresh().status == Case.Status.DRAFTING
    with pytest.raises(Refused, match="answered"):
        answered(amina, text, second=second)


def test_the_guards_look_at_the_signed_answer_and_at_no_column(amina: Survivor, cast: Cast) -> None:
    second = with_word(amina)
    text, sight = before_person(amina, cast), Sight(amina.fresh(), cast.dana.ring)
    assert guards.GUARDS["text_sent"].check(sight)
    Text.objects.update(state=Text.State.AGREED)
    assert not guards.GUARDS["text_approved"].check(sight)
    Text.objects.update(state=Text.State.SHOWN)
    answered(amina, text, second=second)
    assert guards.GUARDS["text_approved"].check(sight)


def test_nobody_answers_for_the_person(amina: Survivor, cast: Cast) -> None:
    text = before_person(amina, cast, aloud="at a meeting")
    case, ring = amina.fresh(), cast.ben.ring
    messages = opened_messages(case, ring)
    said, _ = shown.read(text, ring)
    bound = {name: getattr(said, name) for name in ("digest", "forum", "fingerprint", "variant")}
    content = {"answer": "yes", "words": "", "language": "be", "no_wait": True, "at": said.at, **bound}
    records.write_next(messages[-1], shown.TABLE, shown.ANSWER, text.id, content, ring.signer)
    write_head(case.id, messages[-1], ring.signer)
    with pytest.raises(Forged, match="another hand"):
        shown.read(Text.objects.select_related("case__receipt").get(id=text.id), cast.dana.ring)


def test_an_answer_counts_for_the_text_that_was_shown(amina: Survivor, cast: Cast) -> None:
    text = answered(amina, before_person(amina, cast, aloud="at a meeting"))
    case, ring = amina.fresh(), cast.dana.ring
    messages = opened_messages(case, ring)
    said = shown.shown_in(text, messages)
    other = {**{name: getattr(said, name) for name in Shown.__slots__}, "forum": "DE"}
    records.write_next(messages[-1], shown.TABLE, shown.SHOWN, text.id, other, ring.signer)
    write_head(case.id, messages[-1], ring.signer)
    with pytest.raises(Forged, match="another text"):
        shown.read(text, ring)


def test_a_caseworker_shows_nothing(amina: Survivor, cast: Cast) -> None:
    case = amina.fresh()
    with pytest.raises(Refused):
        texts.show(
            case=case, by=cast.ben.person, ring=cast.ben.ring, route=made.ROUTES[0], put=put(case, cast), aloud="x"
        )


def test_it_waits_for_every_sentence(amina: Survivor, cast: Cast) -> None:
    case = amina.fresh()
    written = put(case, cast)
    key = next(iter(written.lines))
    lines = {**written.lines, key: own.Line("another wording", written.lines[key].text)}
    with pytest.raises(NotReady, match="own_words"):
        texts.show(
            case=case, by=cast.dana.person, ring=cast.dana.ring, route=made.ROUTES[0], aloud="x",
            put=own.Own(written.variant, written.language, written.about, lines),
        )  # fmt: skip
    assert not Text.objects.exists()


def test_a_country_that_nobody_agreed_to(amina: Survivor, cast: Cast) -> None:
    with pytest.raises(NotConsented, match="country"):
        before_person(amina, cast, route=made.ROUTES[1], aloud="x")


def test_nothing_is_shown_in_a_safety_hold_or_without_a_mandate(cast: Cast) -> None:
    amina = made.first_contact()
    made.assigned(amina, cast.ben)
    made.tell(amina)
    made.confirmed(amina, cast.ben)
    made.drafted(amina.fresh(), cast.ben)
    Case.objects.update(status=Case.Status.LEGAL_REVIEW)
    with pytest.raises(NotReady, match="engaged"):
        before_person(amina, cast, aloud="x")
    Case.objects.update(status=Case.Status.MATCHING)
    briefed_road(amina.fresh(), amina, cast)
    Case.objects.update(status=Case.Status.SAFETY_HOLD, came_from=Case.Status.LEGAL_REVIEW)
    with pytest.raises(NotReady, match="safety_hold"):
        before_person(amina, cast, aloud="x")


def test_a_lead_takes_it_back(amina: Survivor, cast: Cast) -> None:
    text = answered(amina, before_person(amina, cast, aloud="x"))
    texts.take_back(text=text, by=cast.dana.person, ring=cast.dana.ring)
    assert amina.fresh().status == Case.Status.DRAFTING
    assert Text.objects.get().state == Text.State.TAKEN_BACK
    with pytest.raises(Refused, match="answered"):
        answered(amina, text, shown.NO)


def test_the_trail_says_when_it_was_shown_and_never_at_what_hour_it_was_answered(amina: Survivor, cast: Cast) -> None:
    answered(amina, before_person(amina, cast, aloud="x"))
    events = AuditEvent.objects.filter(action__startswith="text.").values_list("action", "actor", "detail")
    assert [(action, bool(actor)) for action, actor, _ in events] == [("text.shown", True), ("text.answered", False)]
    assert all("at" not in detail for _, _, detail in events)


NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answered_after", "is_urgent", "no_wait", "expected"),
    [
        (timedelta(hours=1), False, False, timedelta(hours=72)),
        (timedelta(hours=70), False, False, timedelta(hours=94)),
        (timedelta(hours=1), True, False, timedelta(hours=72)),
        (timedelta(hours=1), False, True, timedelta(hours=72)),
        (timedelta(hours=1), True, True, timedelta(hours=1)),
    ],
)
def test_three_days_to_read_and_one_to_think_again(
    answered_after: timedelta, is_urgent: bool, no_wait: bool, expected: timedelta
) -> None:
    said = Shown("LT", "LT", "", "", "", "", "be", "lt", NOON.isoformat(), "", is_urgent)
    answer = Answer("yes", "", "be", no_wait, (NOON + answered_after).isoformat())
    assert shown.free_from(said, answer) == NOON + expected
