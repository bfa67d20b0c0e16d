"""A member writes an account down: the case is founded once, and shows for good in whose hand it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from cases import access, hands, keys
from cases.actions import recording
from cases.actions.assigning import accept, end_assignment
from cases.actions.drafting import save_section
from cases.actions.erasing import approve_erasing, request_erasing
from cases.actions.opening import find_case, receipt_keyring
from cases.actions.telling import send_account
from cases.errors import Conflict, DraftExpired, NothingToSend, Refused
from cases.hands import YES, How
from cases.limits import limits_of
from cases.models import Case, Recording
from people.models import Role
from tests.attack.joined import admitted
from tests.factories import recorded as made
from tests.factories.cast import FIRST, STORY, Cast, Member, Survivor, assigned
from tests.factories.together import together
from vault.envelope.receipt import ReceiptCode, ReceiptKeys, derive, new_code
from vault.errors import NoGrant
from vault.models import AuditEvent, Compartment, Grant, SealedValue, today


def account(case: Case, member: Member) -> access.Account:
    return access.open_account(case, by=member.person, ring=member.ring, purpose="assessment")


def outdated(row: Recording) -> None:
    Recording.objects.filter(id=row.id).update(expires_on=today() - timedelta(days=1))


def test_what_was_written_down_is_read_and_says_by_whom(ben: Member) -> None:
    found = account(made.told(ben), ben)
    assert [(each.number, each.recorded.by if each.recorded else None) for each in found.versions] == [
        (0, ben.person.id),
        (1, ben.person.id),
    ]
    assert found.answer("EPI-08") == {"value": STORY, "lang": "be"}
    first, told = (each.recorded for each in found.versions)
    assert first is not None
    assert told is not None
    assert (first.how.read_back, told.how) == ("", How("telephone", "be", has_interpreter=False, read_back=YES))


def test_an_account_of_the_own_hand_says_so(amina: Survivor, ben: Member) -> None:
    case = assigned(amina, ben)
    assert hands.hands_of(case, ben.ring).newest is None
    assert not hands.hands_of(case, ben.ring).is_recorder(ben.ring)


def test_the_member_is_asked_to_take_the_case_and_the_team_holds_it(ben: Member, chloe: Member, dana: Member) -> None:
    case = made.told(ben)
    assert [(each.person_id, each.accepted_on) for each in case.assignments.all()] == [(ben.person.id, None)]
    assert account(case, dana).answer("EPI-08") is not None
    accept(case=case, by=ben.person, ring=ben.ring)
    assert account(case, ben).answer("EPI-08") is not None


def test_what_is_sealed_stays_sealed_even_from_whoever_wrote_it_down(ben: Member) -> None:
    case = made.told(ben)
    assert account(case, ben).answer("EPI-10") is None
    with pytest.raises(NoGrant):
        keys.open_latest(case, keys.SEALED, ben.ring)


def test_the_person_comes_back_with_the_number_and_adds_in_the_own_hand(ben: Member) -> None:
    code = new_code()
    case = made.told(ben, code=code)
    ring = receipt_keyring(case, number_keys(code).seed)
    assert find_case(number_keys(code)) == case
    newest = hands.hands_of(case, ring).newest
    assert newest is not None
    assert newest.number == 1
    answers = {"EPI-08": {"value": "яшчэ", "lang": "be"}}
    save_section(case=case, receipt=ring, section="story", answers=answers, seen_version=0)
    send_account(case=case, receipt=ring, language="be")
    assert [each.recorded is None for each in account(case, ben).versions] == [False, False, True]


def test_without_a_number_the_case_has_all_its_parts_and_nobody_comes_back(ben: Member) -> None:
    with_number, without = made.told(ben), made.told(ben, has_number=False)
    assert shape(with_number) == shape(without)
    found = hands.hands_of(without, ben.ring)
    assert (found.has_number, hands.hands_of(with_number, ben.ring).has_number) == (False, True)
    assert limits_of(without, ben.ring).lines[0].strong == "They wanted no number"


def test_sending_twice_makes_one_version_and_founding_twice_one_case(ben: Member) -> None:
    row = made.begun(ben)
    case = made.founded(row, ben)
    again = recording.found_case(recording=row, by=ben.person, ring=ben.ring, code=new_code())
    assert (again, Case.objects.count()) == (case, 1)
    made.saved(row, ben, "story-1", made.TOLD["story-1"])
    sent = [recording.send(recording=row, by=ben.person, ring=ben.ring, is_read_back=False) for _ in range(2)]
    assert sent[0] == sent[1]
    assert case.versions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_found_one_case(ben: Member) -> None:
    row, ring, code = made.begun(ben), ben.ring, new_code()
    made.saved(row, ben, "first", FIRST, 1)
    calls = [lambda: recording.found_case(recording=row, by=ben.person, ring=ring, code=code)] * 2
    together(*calls)
    assert Case.objects.count() == 1
    assert Recording.objects.get().case == Case.objects.get()


def test_after_sending_only_the_case_holds_what_was_told(ben: Member) -> None:
    made.told(ben)
    assert not Compartment.objects.filter(kind=recording.KIND).exists()
    assert not SealedValue.objects.filter(table="draft").exists()


def test_without_the_yes_nothing_is_kept(ben: Member) -> None:
    no = {"CNS-01": {"value": None, "lang": "be"}}
    with pytest.raises(Refused, match="consent"):
        recording.begin(by=ben.person, ring=ben.ring, how=made.HOW, answers=no, who=made.HERSELF)
    assert not Recording.objects.exists()


def test_who_tells_it_alone_is_nothing_to_send(ben: Member) -> None:
    row = made.begun(ben)
    made.founded(row, ben)
    with pytest.raises(NothingToSend):
        recording.send(recording=row, by=ben.person, ring=ben.ring, is_read_back=True)
    with pytest.raises(Refused, match="no_case"):
        recording.send(recording=made.begun(ben), by=ben.person, ring=ben.ring, is_read_back=True)


def test_after_the_last_day_it_is_erased_and_the_case_stays(ben: Member) -> None:
    row = made.begun(ben)
    case = made.founded(row, ben)
    outdated(row)
    assert recording.expire_recordings() == 1
    assert (Recording.objects.count(), Compartment.objects.filter(kind=recording.KIND).count()) == (0, 0)
    assert account(case, ben).answer("ELG-01") is not None


def test_a_use_begins_the_days_anew_and_an_outdated_one_says_so_once(ben: Member) -> None:
    row = made.begun(ben)
    Recording.objects.filter(id=row.id).update(expires_on=today())
    row.refresh_from_db()
    recording.load(row, by=ben.person, ring=ben.ring)
    row.refresh_from_db()
    assert row.expires_on == today() + timedelta(days=14)
    outdated(row)
    row.refresh_from_db()
    with pytest.raises(DraftExpired):
        recording.load(row, by=ben.person, ring=ben.ring)
    assert not Recording.objects.exists()


def test_two_windows_do_not_overwrite_each_other(ben: Member) -> None:
    row = made.begun(ben)
    made.saved(row, ben, "story-1", made.TOLD["story-1"])
    with pytest.raises(Conflict):
        made.saved(row, ben, "story-1", {"EPI-08": {"value": "іншае", "lang": "be"}})


def test_another_member_neither_opens_nor_sends_nor_erases_it(ben: Member, chloe: Member, dana: Member) -> None:
    row = made.begun(ben)
    made.founded(row, ben)
    for other in (chloe, dana):
        with pytest.raises(Refused):
            recording.load(row, by=other.person, ring=other.ring)
        with pytest.raises(Refused):
            recording.send(recording=row, by=other.person, ring=other.ring, is_read_back=True)
        with pytest.raises(Refused):
            recording.discard(row, by=other.person)
    holders = Grant.objects.filter(epoch__compartment__kind=recording.KIND).values_list("recipient", flat=True)
    assert list(holders) == [ben.person.pair_id]


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.ADMINISTRATOR, Role.DATA_PROTECTION])
def test_others_record_nothing(cast: Cast, role: Role) -> None:
    other = admitted(cast, "vera", role)
    with pytest.raises(Refused):
        made.begun(other)
    with pytest.raises(Refused):
        made.begun(cast.lena)


def test_who_has_left_the_case_sends_nothing_more(ben: Member) -> None:
    row = made.begun(ben)
    case = made.founded(row, ben)
    accept(case=case, by=ben.person, ring=ben.ring)
    end_assignment(case=case, person=ben.person, by=ben.person, ring=ben.ring)
    made.saved(row, ben, "story-1", made.TOLD["story-1"])
    with pytest.raises(NoGrant):
        recording.send(recording=row, by=ben.person, ring=ben.ring, is_read_back=True)


def test_erasing_the_case_erases_what_was_not_sent(ben: Member, dana: Member) -> None:
    row = made.begun(ben)
    case = made.founded(row, ben)
    asked = request_erasing(case=case, by=ben.person, ring=ben.ring, why="survivor_asked")
    approve_erasing(erasure=asked, by=dana.person, ring=dana.ring, reference=case.reference)
    assert not Recording.objects.exists()
    assert not Compartment.objects.filter(kind=recording.KIND).exists()


def test_the_trail_names_the_member_and_not_the_person(ben: Member) -> None:
    case = made.told(ben)
    actions = dict(AuditEvent.objects.filter(subject=case.id).values_list("action", "actor"))
    assert actions["case.recorded"] == actions["account.recorded"] == ben.person.id
    assert "case.opened" not in actions


def test_limits_count_what_was_said_through_a_member(ben: Member) -> None:
    assert limits_of(made.told(ben), ben.ring).countries == ["LT"]


def shape(case: Case) -> list[tuple[object, ...]]:
    """The parts of a case with their grants, without what is random."""
    grants = Grant.objects.filter(epoch__compartment__owner=case.id)
    rows = grants.values_list("epoch__compartment__kind", "epoch__number", "share", "recipient__use")
    return sorted(map(tuple, rows))


def number_keys(code: ReceiptCode) -> ReceiptKeys:
    return derive(code, settings.DEPLOYMENT_SALT)


def more(case: Case, member: Member) -> Recording:
    return recording.begin_more(case=case, by=member.person, ring=member.ring, how=made.HOW)


def test_the_recorder_writes_more_down_and_a_permission_is_taken_back_by_word(ben: Member) -> None:
    case = made.told(ben, has_number=False)
    row = more(case, ben)
    assert more(case, ben) == row
    no = {"CNS-02": {"value": None, "said": "unsaid", "lang": "be"}, "CNS-03": {"value": "no", "lang": "be"}}
    made.saved(row, ben, "consent", no)
    version = recording.send(recording=row, by=ben.person, ring=ben.ring, is_read_back=True)
    assert version.number == 2
    limits = limits_of(case, ben.ring)
    assert (limits.countries, limits.shares_with_lawyers, limits.has_number) == ([], False, False)


def test_nobody_else_writes_more_down_for_them(ben: Member, dana: Member, amina: Survivor) -> None:
    with pytest.raises(Refused, match="recorder"):
        more(made.told(ben), dana)
    with pytest.raises(Refused, match="recorder"):
        more(assigned(amina, ben), ben)
