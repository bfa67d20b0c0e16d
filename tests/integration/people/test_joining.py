"""Coming in: a link that works once, own keys, six words, and a lead who gives the keys of the role and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cases import keys as case_keys
from people import factors, joining, signing_in, spoken
from people.alarms import waiting
from people.errors import Refused, WrongWords
from people.handing import hand_on, holders
from people.models import Invitation, Person, SealedTOTPDevice
from people.recipients import recipient_of
from tests.factories.cast import Cast, Member, first_contact
from tests.factories.intruder import overwrite
from tests.factories.newcomers import PASSWORD, admitted, again, invited, joined, words_of
from vault.directory import new_pair
from vault.envelope.seeds import new_seed
from vault.errors import NoGrant, Unstated
from vault.models import AuditEvent, Grant, KeyPair
from vault.rotation import replace_team_key

KEYS = {
    "caseworker": {"intake", "caseworkers"},
    "lead": {"root", "leads", "intake"},
    "lawyer": set(),
    "analyst": set(),
    "administrator": set(),
}


def keys_on(member: Member) -> set[str]:
    """The organisation keys that open for a member."""
    found = set()
    for use in ("root", "leads", "caseworkers", "intake"):
        try:
            found.add(member.ring.team(use).pair.use)
        except NoGrant:
            continue
    return found


@pytest.mark.parametrize("role", sorted(KEYS))
def test_whoever_is_admitted_holds_the_keys_of_the_role(cast: Cast, role: str) -> None:
    eva = admitted(cast.dana, role=role)
    assert again(eva).is_active
    assert recipient_of(again(eva), {role}).role == role
    hand_on(cast.ben.ring)  # no lead has the caseworkers' key: a caseworker's session hands it on
    assert keys_on(eva) == KEYS[role]


def test_nobody_is_admitted_to_both_sides(cast: Cast) -> None:
    admitted(cast.dana, "eva", "caseworker")
    admitted(cast.dana, "olga", "lead")
    holders = {
        use: set(
            Grant.objects.filter(
                epoch__compartment__owner__in=KeyPair.objects.filter(use=use).values("id")
            ).values_list("recipient", flat=True)
        )
        for use in ("leads", "caseworkers")
    }
    assert holders["leads"] & holders["caseworkers"] == {KeyPair.objects.get(use="recovery").id}


def test_a_new_lead_opens_older_cases(cast: Cast) -> None:
    amina = first_contact()
    assert case_keys.open_latest(amina.case, "account", admitted(cast.dana, role="lead").ring)


def test_retired_keys_that_hold_shares_reach_whoever_comes_later(cast: Cast) -> None:
    """By those who hold them: a lead the leads', a caseworker the caseworkers'."""
    older = {use: KeyPair.objects.get(use=use) for use in ("leads", "caseworkers")}
    cast_root = cast.dana.ring.team("root").signer
    for use in older:
        replace_team_key(use, list(holders(use)), cast_root, ring=cast.dana.ring)
    eva, olga = admitted(cast.dana, "eva"), admitted(cast.dana, "olga", "lead")
    assert olga.ring.team_of(older["leads"])
    with pytest.raises(NoGrant):
        eva.ring.team_of(older["caseworkers"])
    hand_on(cast.ben.ring)
    assert eva.ring.team_of(older["caseworkers"])
    for member, use in ((eva, "leads"), (olga, "caseworkers")):
        with pytest.raises(NoGrant):
            member.ring.team_of(older[use])


def test_the_link_holds_32_bytes_and_the_database_only_their_digest(dana: Member) -> None:
    row, token = invited(dana)
    assert len(token) == 43
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert token not in str(cursor.fetchall()), table
    assert joining.find(token) == row


@pytest.mark.parametrize("wrong", ["", "A" * 43, "x"])
def test_a_guessed_token_finds_nothing(dana: Member, wrong: str) -> None:
    row, token = invited(dana)
    assert joining.find(wrong) is None
    assert joining.find(row.token_hash) is None
    with pytest.raises(Refused):
        joining.join(token=token[:-1] + ("A" if token[-1] != "A" else "B"), password=PASSWORD, secret=bytes(20))
    assert not Person.objects.filter(login="eva").exists()


def test_a_link_works_once(dana: Member) -> None:
    _, token = invited(dana)
    joined(token)
    with pytest.raises(Refused, match="link"):
        joined(token)
    assert Person.objects.filter(login="eva").count() == 1


def test_a_link_ends_after_72_hours(dana: Member) -> None:
    row, token = invited(dana)
    assert row.expires_at - row.made_at == pytest.approx(timedelta(hours=72), abs=timedelta(seconds=5))
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(Refused, match="link"):
        joined(token)
    invited(dana)  # the login is free again


def test_a_withdrawn_link_ends(dana: Member) -> None:
    row, token = invited(dana)
    joining.withdraw(invitation=row, by=dana.person)
    with pytest.raises(Refused, match="link"):
        joined(token)


def test_withdrawing_takes_the_unadmitted_person_and_the_key_along(dana: Member) -> None:
    row, member = joined(invited(dana)[1])
    pair = member.person.pair
    joining.withdraw(invitation=row, by=dana.person)
    assert not Person.objects.filter(login="eva").exists()
    assert not KeyPair.objects.filter(id=pair.id).exists()
    assert not SealedTOTPDevice.objects.filter(name__startswith="new").exists()
    with pytest.raises(Refused):
        joining.withdraw(invitation=row, by=dana.person)


@pytest.mark.parametrize("login", ["ben", "eva", "EVA "])
def test_a_login_belongs_to_one_person(dana: Member, login: str) -> None:
    invited(dana)
    with pytest.raises(Refused, match="login_taken"):
        invited(dana, login)


def test_only_leads_and_administrators_invite_and_only_leads_admit(cast: Cast) -> None:
    for who in (cast.ben, cast.lena):
        with pytest.raises(Refused):
            invited(who)
    admin = admitted(cast.dana, "ada", "administrator")
    row, _ = joined(invited(admin)[1])
    with pytest.raises(Refused):
        joining.admit(invitation=row, by=admin.person, ring=admin.ring, typed=words_of(row), role="caseworker")


def test_before_the_admission_nobody_signs_in_and_nothing_is_sealed_to_the_key(dana: Member) -> None:
    row, eva = joined(invited(dana)[1])
    assert signing_in.check("eva", PASSWORD) is None
    with pytest.raises(Unstated):
        recipient_of(eva.person, {"caseworker"})
    assert not Grant.objects.filter(recipient=eva.person.pair).exists()
    joining.admit(invitation=row, by=dana.person, ring=dana.ring, typed=words_of(row), role="caseworker")
    found = signing_in.check("eva", PASSWORD)
    assert found is not None
    assert factors.check_code(found[0], Member(found[0], PASSWORD, eva.totp).code(), found[1]) is not None


def test_wrong_words_admit_nobody_and_raise_an_alarm(dana: Member) -> None:
    row, eva = joined(invited(dana)[1])
    other = " ".join(spoken.words_of(dana.person.pair))
    with pytest.raises(WrongWords):
        joining.admit(invitation=row, by=dana.person, ring=dana.ring, typed=other, role="caseworker")
    assert not again(eva).is_active
    assert [(alarm.code, alarm.subject) for alarm in waiting()] == [("spoken_code", eva.person.id)]
    assert AuditEvent.objects.filter(action="person.not_recognised", subject=eva.person.id).exists()


def test_a_slip_of_the_pen_is_no_alarm(dana: Member) -> None:
    row, _ = joined(invited(dana)[1])
    with pytest.raises(spoken.NotWords):
        joining.admit(invitation=row, by=dana.person, ring=dana.ring, typed="six words", role="caseworker")
    assert waiting() == []


@pytest.mark.parametrize("swap", ["halves", "pair of the invitation", "pair of both"])
def test_a_key_swapped_between_joining_and_admission_shows(dana: Member, swap: str) -> None:
    """Somebody who writes to the database puts the own key in Eva's place; Eva reads out what her screen said."""
    row, eva = joined(invited(dana)[1])
    said, own = words_of(row), new_pair(new_seed(), "person")
    if swap == "halves":
        target = KeyPair.objects.get(id=eva.person.pair_id)
        KeyPair.objects.filter(id=own.id).delete()
        overwrite(target, kem_public=own.kem_public, sign_public=own.sign_public, fingerprint=bytes(own.fingerprint))
    else:
        Invitation.objects.filter(id=row.id).update(pair=own)
    if swap == "pair of both":
        Person.objects.filter(id=eva.person.id).update(pair=own)
    with pytest.raises(WrongWords):
        joining.admit(invitation=row, by=dana.person, ring=dana.ring, typed=said, role="caseworker")
    assert not again(eva).is_active


def test_a_person_whose_pair_was_swapped_alone_is_not_admitted(dana: Member) -> None:
    row, eva = joined(invited(dana)[1])
    said = words_of(row)
    Person.objects.filter(id=eva.person.id).update(pair=new_pair(new_seed(), "person"))
    with pytest.raises(Refused, match="changed"):
        joining.admit(invitation=row, by=dana.person, ring=dana.ring, typed=said, role="caseworker")


@pytest.mark.parametrize("model", [Person, Invitation])
def test_a_role_raised_in_the_database_is_not_what_the_lead_says(dana: Member, model: type) -> None:
    row, eva = joined(invited(dana)[1])
    model.objects.filter(login="eva").update(role="lead")
    for said in ("caseworker", "lead"):
        with pytest.raises(Refused, match="another_role"):
            joining.admit(invitation=row, by=dana.person, ring=dana.ring, typed=words_of(row), role=said)
    assert not again(eva).is_active


def test_a_caseworker_row_that_calls_itself_lead_admits_nobody_and_gets_nothing(cast: Cast) -> None:
    row, _ = joined(invited(cast.dana)[1])
    Person.objects.filter(login="ben").update(role="lead")
    ben = Person.objects.get(login="ben")
    with pytest.raises(NoGrant):
        joining.admit(invitation=row, by=ben, ring=cast.ben.ring, typed=words_of(row), role="caseworker")
    with pytest.raises(Unstated):
        recipient_of(ben, {"lead", "caseworker"})


def test_a_row_set_to_joined_by_hand_has_no_key_to_admit(dana: Member) -> None:
    row, _ = invited(dana)
    Invitation.objects.filter(id=row.id).update(state="joined")
    with pytest.raises(Refused, match="not_joined"):
        joining.admit(invitation=row, by=dana.person, ring=dana.ring, typed=" ".join(["acid"] * 6), role="caseworker")


def test_what_happened_is_on_record_without_token_or_words(dana: Member) -> None:
    row, token = invited(dana)
    row, _ = joined(token)
    words = words_of(row)
    joining.admit(invitation=row, by=dana.person, ring=dana.ring, typed=words, role="caseworker")
    events = AuditEvent.objects.filter(action__in=["person.invited", "person.joined", "person.admitted"])
    told = str(list(events.values()))
    assert token not in told
    assert words not in told
    assert events.filter(action="person.admitted", subject=row.person_id, actor=dana.person.id).exists()
