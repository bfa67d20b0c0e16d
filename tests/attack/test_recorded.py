"""Whose words these are: nobody writes in the name of the person, and nobody reads what a colleague writes down."""

from __future__ import annotations

import pytest

from cases import access, hands, keys, records
from cases.actions import recording
from cases.actions.telling import new_epochs
from cases.limits import limits_of
from cases.models import Case, StatementVersion
from cases.statement import catalogue
from cases.told import Section, seal_told
from tests.attack import sql
from tests.factories import cast as made
from tests.factories import recorded
from tests.factories.cast import Member, Survivor
from vault.errors import Forged, NoGrant, VaultError
from vault.heads import write_head
from vault.models import Epoch
from vault.places import Place

CONSENT: dict[str, Section] = {"consent": {"CNS-02": {"value": ["de"], "lang": "be"}}}


def open_account(case: Case, member: Member) -> access.Account:
    return access.open_account(case, by=member.person, ring=member.ring, purpose="assessment")


def written_in(case: Case, member: Member, *, says_how: bool) -> None:
    """A further version as a member with a key to the case and no scruples writes it, with a new head."""
    opened = new_epochs(case, member.ring)
    number = case.versions.count()
    version = StatementVersion.objects.create(case=case, number=number, catalogue=catalogue.VERSION, language="be")
    seal_told(CONSENT, version, opened, member.ring.signer)
    if says_how:
        hands.note(version, opened[keys.MESSAGES], recorded.HOW, member.ring.signer)
    write_head(case.id, opened[keys.MESSAGES], member.ring.signer)


@pytest.mark.parametrize("says_how", [True, False])
def test_whoever_works_on_a_case_writes_no_word_into_a_survivors_own_account(
    amina: Survivor, ben: Member, says_how: bool
) -> None:
    case = made.assigned(amina, ben)
    written_in(case, ben, says_how=says_how)
    for read in (lambda: open_account(case, ben), lambda: limits_of(case, ben.ring)):
        with pytest.raises(Forged):
            read()


def test_nobody_becomes_a_recorder_later(amina: Survivor, ben: Member) -> None:
    case = made.assigned(amina, ben)
    messages = keys.open_whole(case, keys.MESSAGES, ben.ring)
    founding = hands.founding_record(case.receipt, ben.person.pair)
    records.write(messages[-1], Place(*hands.FOUNDING, case.id, 2), founding, ben.ring.signer)
    write_head(case.id, messages[-1], ben.ring.signer)
    written_in(case, ben, says_how=True)
    with pytest.raises(Forged, match="another hand"):
        open_account(case, ben)


def test_the_recorder_cannot_claim_that_the_person_wrote_it(ben: Member) -> None:
    case = recorded.told(ben)
    written_in(case, ben, says_how=False)
    with pytest.raises(Forged, match="not signed by this case's receipt"):
        open_account(case, ben)


def test_the_recorder_cannot_take_away_that_it_was_written_down(ben: Member) -> None:
    case = recorded.told(ben)
    newest = case.versions.get(number=1)
    sql.run('DELETE FROM vault_sealedvalue WHERE "table" = %s AND "row" = %s', "recorded", newest.id)
    messages = keys.open_whole(case, keys.MESSAGES, ben.ring)
    write_head(case.id, messages[-1], ben.ring.signer)
    with pytest.raises(Forged):
        open_account(case, ben)


def test_a_lead_does_not_write_in_the_recorders_name(ben: Member, dana: Member) -> None:
    case = recorded.told(ben)
    written_in(case, dana, says_how=True)
    with pytest.raises(Forged, match="recorder"):
        open_account(case, ben)


def test_a_colleague_who_writes_to_the_database_opens_no_recording(ben: Member, chloe: Member) -> None:
    row = recorded.begun(ben)
    recorded.saved(row, ben, "story-1", recorded.TOLD["story-1"])
    sql.run("UPDATE cases_recording SET person_id = %s WHERE id = %s", chloe.person.id, row.id)
    row.refresh_from_db()
    with pytest.raises(VaultError):
        recording.load(row, by=chloe.person, ring=chloe.ring)
    for epoch in Epoch.objects.filter(compartment__owner=row.id):
        with pytest.raises(NoGrant):
            chloe.ring.open(epoch)
