"""Records put back, taken out, moved or exchanged by SQL: each stops the page, says so plainly, and the leads know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from cases import building, keys
from cases.actions import dossiers
from cases.actions.letters import write_from_team
from cases.models import Case
from people import alarms
from tests.attack import sql
from tests.factories import cast as made
from tests.factories.cast import STORY, Cast, Member, Survivor
from tests.factories.walk import Walk
from vault.models import AuditEvent

pytestmark = pytest.mark.django_db

LETTER = "Дзякуй, я пачакаю."
HEADS, VALUES = "vault_head", "vault_sealedvalue"
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def case(told: Case, amina: Survivor, cast: Cast, fixed_routes: object) -> Case:
    """The told case with a letter and confirmed facts."""
    made.write(amina, LETTER)
    return made.confirmed(amina, cast.ben)


def rows_of(owner: Any) -> Rows:
    """Everything that hangs on a head, as it stands in the tables."""
    compartment = "SELECT id FROM vault_compartment WHERE owner = %s OR id = %s"
    epoch = f"SELECT id FROM vault_epoch WHERE compartment_id IN ({compartment})"
    return {
        VALUES: read(f"SELECT * FROM {VALUES} WHERE epoch_id IN ({epoch})", owner, owner),
        HEADS: read(f"SELECT * FROM {HEADS} WHERE owner = %s", owner),
    }


def read(query: str, *values: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [sql.plain(value) for value in values])
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def put_back(owner: Any, kept: Rows) -> None:
    """Make the tables say again what they said then."""
    for table, key in ((HEADS, "owner"), (VALUES, "id")):
        for row in rows_of(owner)[table]:
            sql.run(f"DELETE FROM {table} WHERE {key} = %s", row[key])
    for table in (VALUES, HEADS):
        for row in kept[table]:
            names = ", ".join(f'"{name}"' for name in row)
            sql.run(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", *row.values())


def work_of(case: Case) -> Any:
    return keys.compartment(case, keys.WORK).id


# ---- what the attacker does. Each leaves the tables in order, as far as anybody can see who has no key. ----


def an_old_row_put_back(case: Case, other: Case, cast: Cast) -> None:
    [row] = read(f'SELECT * FROM {VALUES} WHERE "table" = \'facts\' AND "row" = %s', case.id)
    made.confirm_facts(case=case, by=cast.ben.person, ring=cast.ben.ring, facts={**made.FACTS, "languages": ["ru"]})
    sql.run(f'DELETE FROM {VALUES} WHERE "table" = \'facts\' AND version = 2 AND "row" = %s', case.id)
    assert read(f"SELECT id FROM {VALUES} WHERE id = %s", row["id"])


def an_old_head_with_all_its_rows(case: Case, other: Case, cast: Cast) -> None:
    kept = rows_of(case.id)
    write_from_team(case=case, by=cast.ben.person, ring=cast.ben.ring, text="Добры дзень", language="be")
    sql.run("DELETE FROM cases_message WHERE case_id = %s AND side = 'team'", case.id)
    put_back(case.id, kept)


def an_old_head_of_the_work_with_all_its_rows(case: Case, other: Case, cast: Cast) -> None:
    kept = rows_of(work_of(case))
    made.confirm_facts(case=case, by=cast.ben.person, ring=cast.ben.ring, facts={**made.FACTS, "languages": ["ru"]})
    put_back(work_of(case), kept)


def an_exhibit_without_its_row(case: Case, other: Case, cast: Cast) -> None:
    sql.run("DELETE FROM cases_exhibit WHERE case_id = %s", case.id)


def an_exhibit_without_its_record(case: Case, other: Case, cast: Cast) -> None:
    sql.run(f"DELETE FROM {VALUES} WHERE \"table\" = 'exhibit'")


def an_exhibit_without_either(case: Case, other: Case, cast: Cast) -> None:
    an_exhibit_without_its_row(case, other, cast)
    an_exhibit_without_its_record(case, other, cast)


def a_letter_taken_out(case: Case, other: Case, cast: Cast) -> None:
    sql.run("DELETE FROM cases_message WHERE case_id = %s", case.id)
    sql.run(f"DELETE FROM {VALUES} WHERE \"table\" = 'message'")


def a_section_moved_from_the_other_case(case: Case, other: Case, cast: Cast) -> None:
    """The ciphertext and the signature of the other's story, in the place of this one's."""
    mine, theirs = section(case), section(other)
    changed = ("blob", "signature", "signer_id")
    names = ", ".join(f"{name} = %s" for name in changed)
    sql.run(f"UPDATE {VALUES} SET {names} WHERE id = %s", *(theirs[name] for name in changed), mine["id"])


def a_row_moved_with_its_epoch(case: Case, other: Case, cast: Cast) -> None:
    """The other's record stays whole; only the version that it hangs on is named otherwise."""
    mine, theirs = section(case), section(other)
    sql.run(f"DELETE FROM {VALUES} WHERE id = %s", mine["id"])
    sql.run(f'UPDATE {VALUES} SET "row" = %s, epoch_id = %s WHERE id = %s', mine["row"], mine["epoch_id"], theirs["id"])


def section(case: Case) -> dict[str, Any]:
    query = f"SELECT * FROM {VALUES} WHERE \"table\" = 'statement' AND field = 'story' AND \"row\" = %s"
    [found] = read(query, case.versions.get(number=1).id)
    return found


def the_head_of_the_other_case(case: Case, other: Case, cast: Cast) -> None:
    [theirs] = read(f"SELECT * FROM {HEADS} WHERE owner = %s", other.id)
    sql.run(
        f"UPDATE {HEADS} SET value_id = %s, counter = %s WHERE owner = %s",
        theirs["value_id"], theirs["counter"], case.id,
    )  # fmt: skip


def a_counter_raised(case: Case, other: Case, cast: Cast) -> None:
    sql.run(f"UPDATE {HEADS} SET counter = counter + 1 WHERE owner = %s", case.id)


def a_counter_raised_in_both_places(case: Case, other: Case, cast: Cast) -> None:
    a_counter_raised(case, other, cast)
    value = f"SELECT value_id FROM {HEADS} WHERE owner = %s"
    sql.run(f"UPDATE {VALUES} SET version = version + 1 WHERE id IN ({value})", case.id)


def no_head_at_all(case: Case, other: Case, cast: Cast) -> None:
    sql.run(f"DELETE FROM {HEADS} WHERE owner = %s", case.id)


def one_bit_of_a_section(case: Case, other: Case, cast: Cast) -> None:
    row = section(case)
    edited = bytearray(row["blob"])
    edited[-20] ^= 1
    sql.run(f"UPDATE {VALUES} SET blob = %s WHERE id = %s", bytes(edited), row["id"])


ATTACKS: list[Callable[[Case, Case, Cast], None]] = [
    an_old_row_put_back, an_old_head_with_all_its_rows, an_old_head_of_the_work_with_all_its_rows,
    an_exhibit_without_its_row, an_exhibit_without_its_record, an_exhibit_without_either, a_letter_taken_out,
    a_section_moved_from_the_other_case, a_row_moved_with_its_epoch, the_head_of_the_other_case, a_counter_raised,
    a_counter_raised_in_both_places, no_head_at_all, one_bit_of_a_section,
]  # fmt: skip


@pytest.mark.shown
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_the_page_stops_and_the_leads_get_one_alarm(
    cast: Cast, case: Case, other: Survivor, attack: Callable[[Case, Case, Cast], None]
) -> None:
    assert STORY[:40] in text_of(opened(cast.ben, case))  # without the attack it opens
    attack(case, other.fresh(), cast)
    for member in (cast.ben, cast.ben, cast.dana):
        answers = [opened(member, case), facts_of(member, case)]
        stopped = [answer for answer in answers if answer.status_code == 409]
        assert stopped
        for answer in stopped:
            assert_plain(answer, case)
    [alarm] = [each for each in alarms.waiting() if each.subject == case.id]
    assert (alarm.code, alarm.reference) == ("record_broken", case.reference)
    assert "1 alarm waits." in text_of(cast.marek.browser().get("/desk/"))


def opened(member: Member, case: Case) -> Any:
    """The account, with a purpose."""
    client = member.browser()
    client.post(reverse("cases:open-account", args=[case.reference]), {"purpose": "assessment"})
    client.post(reverse("cases:unfold", args=[case.reference]), {"place": "1-1"})
    return client.get(reverse("cases:account", args=[case.reference]))


def facts_of(member: Member, case: Case) -> Any:
    return member.browser().get(reverse("cases:case", args=[case.reference]))


def text_of(answer: Any) -> str:
    return answer.content.decode()


def assert_plain(answer: Any, case: Case) -> None:
    """Words and the reference, nothing of what was told, and no id."""
    text = text_of(answer)
    assert "A record does not verify" in text
    assert case.reference in text
    for told in (STORY[:40], "Аміна", LETTER, str(case.id), case.id.hex, "Forged"):
        assert told not in text


def test_what_was_met_is_in_the_trail_of_the_case(cast: Cast, case: Case) -> None:
    sql.run(f"DELETE FROM {HEADS} WHERE owner = %s", case.id)
    opened(cast.ben, case)
    event = AuditEvent.objects.filter(action="record.broken").latest("id")
    assert (event.subject, event.actor) == (case.id, cast.ben.person.id)


def test_the_other_case_goes_on(cast: Cast, case: Case, other: Survivor) -> None:
    sql.run(f"DELETE FROM {HEADS} WHERE owner = %s", case.id)
    assert opened(cast.chloe, other.fresh()).status_code == 200


def returned(survivor: Survivor) -> Walk:
    """A browser in which the survivor has come back with the number."""
    walk = Walk("en")
    walk.fill("back/", {"code": survivor.code.digits})
    return walk


def test_the_survivor_s_own_page_stops_too_and_only_the_day_is_kept(cast: Cast, case: Case, amina: Survivor) -> None:
    sql.run(f"DELETE FROM {HEADS} WHERE owner = %s", case.id)
    answer = returned(amina).get("page/")
    assert answer.status_code == 409
    assert LETTER not in text_of(answer)
    assert "Your page cannot be opened now" in text_of(answer)
    [alarm] = alarms.waiting()
    assert (alarm.subject, alarm.at, alarm.by) == (case.id, None, None)


def test_words_that_were_being_sent_are_given_back(cast: Cast, case: Case, amina: Survivor) -> None:
    walk = returned(amina)
    act = walk.get("page/letter/").context["act"]
    sql.run(f"DELETE FROM {HEADS} WHERE owner = %s", case.id)
    answer = walk.post("page/letter/", {"letter": "Я яшчэ тут", "act": act})
    assert answer.status_code == 409
    assert "Я яшчэ тут" in text_of(answer)


def test_the_worker_raises_it_for_a_release_that_no_honest_way_makes(cast: Cast, case: Case, amina: Survivor) -> None:
    dossier = made.requested(amina, cast.ben, cast.lena)
    dossiers.approve(dossier=dossier, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.")
    sql.run(f"DELETE FROM {VALUES} WHERE \"table\" = 'dossier' AND field = 'input'")
    building.build(dossier.id)
    [alarm] = alarms.waiting()
    assert (alarm.subject, alarm.by) == (case.id, None)


def test_flags_that_do_not_fit_show_in_the_queue_and_raise_it(cast: Cast, case: Case) -> None:
    sql.run(f"DELETE FROM {HEADS} WHERE owner = %s", work_of(case))
    assert "Flags do not verify" in text_of(cast.dana.browser().get("/desk/"))
    [alarm] = alarms.waiting()
    assert alarm.subject == case.id
