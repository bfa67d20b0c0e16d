"""Notes, sealed in `work`: each change is a version that stays, two people at once lose nothing, nobody else writes."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from cases.actions.notes import notes_of, save_note, versions_of
from cases.errors import Conflict, Refused
from cases.models import Case
from tests.factories.cast import Cast, Member, Survivor, assigned
from tests.factories.intruder import erase, overwrite
from tests.factories.kept import kept
from tests.factories.together import together
from vault.errors import Forged, NoGrant, VaultError
from vault.models import AuditEvent, SealedValue

FIRST, SECOND = "Яна просіць пісаць увечары.", "Яна просіць пісаць раніцай."


@pytest.fixture
def case(amina: Survivor, ben: Member) -> Case:
    return kept("taken by ben", lambda: assigned(amina, ben))


def save(case: Case, member: Member, note: UUID, text: str, seen: int = 0) -> int:
    return save_note(case=case, by=member.person, ring=member.ring, note_id=note, text=text, seen=seen)


def test_a_change_is_a_version_and_the_older_one_stays(case: Case, ben: Member, dana: Member) -> None:
    note, other = uuid4(), uuid4()
    assert [save(case, ben, note, FIRST), save(case, ben, note, FIRST), save(case, dana, note, SECOND, 1)] == [1, 1, 2]
    save(case, ben, other, "другая")
    versions = versions_of(case, dana.ring, note)
    assert [(each.version, each.text, each.by) for each in versions] == [
        (1, FIRST, ben.person.id),
        (2, SECOND, dana.person.id),
    ]
    assert {each.text for each in notes_of(case, ben.ring)} == {SECOND, "другая"}
    events = AuditEvent.objects.filter(action__startswith="note.").order_by("id")
    assert [each.action for each in events] == ["note.written", "note.changed", "note.written"]
    assert not {FIRST, SECOND} & {str(value) for each in events for value in each.detail.values()}


def test_nobody_but_the_people_on_the_case_writes_and_not_even_the_person_reads(
    case: Case, cast: Cast, amina: Survivor
) -> None:
    save(case, cast.ben, uuid4(), FIRST)
    for member in (cast.chloe, cast.lena):
        with pytest.raises(Refused):
            save(case, member, uuid4(), "чужое")
    for ring in (amina.ring, cast.chloe.ring):
        with pytest.raises(NoGrant):
            notes_of(case, ring)
    assert len(notes_of(case, cast.dana.ring)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_change_it_at_once_lose_nothing(amina: Survivor, cast: Cast) -> None:
    case, note = assigned(amina, cast.ben), uuid4()
    save(case, cast.ben, note, "пачатак")
    rings = {member.person.login: member.ring for member in (cast.ben, cast.dana)}
    results = together(
        *(
            lambda member=member, text=text: save_note(
                case=case, by=member.person, ring=rings[member.person.login], note_id=note, text=text, seen=1
            )
            for member, text in ((cast.ben, FIRST), (cast.dana, SECOND))
        )
    )
    (lost,) = [each for each in results if isinstance(each, Conflict)]
    assert 2 in results
    assert lost.version == 2
    assert lost.theirs["note"]["text"] == versions_of(case, cast.ben.ring, note)[-1].text
    assert len(versions_of(case, cast.ben.ring, note)) == 2


class TestForged:
    """What a database writer does to a note shows, and nothing of it is read."""

    @pytest.fixture
    def note(self, case: Case, ben: Member) -> UUID:
        note = uuid4()
        save(case, ben, note, FIRST)
        save(case, ben, note, SECOND, 1)
        return note

    def test_the_newest_version_taken_out(self, case: Case, ben: Member, note: UUID) -> None:
        erase(SealedValue.objects.filter(row=note, version=2))
        with pytest.raises(Forged):
            notes_of(case, ben.ring)
        with pytest.raises(Forged):
            save(case, ben, note, "далей", 1)

    def test_versions_that_changed_places_and_another_hand(self, case: Case, cast: Cast, note: UUID) -> None:
        first, second = SealedValue.objects.filter(row=note).order_by("version")
        overwrite(second, signer=cast.dana.person.pair)
        with pytest.raises(VaultError):
            versions_of(case, cast.ben.ring, note)
        overwrite(second, signer=cast.ben.person.pair, version=3)
        overwrite(first, version=2)
        with pytest.raises(Forged):
            versions_of(case, cast.ben.ring, note)
