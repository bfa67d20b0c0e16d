"""An hour at the database: whatever is written there by SQL, nobody reads more and nothing false is believed."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from cases import building
from cases.actions.dossiers import request_dossier
from cases.errors import CaseError
from cases.models import Case, Dossier
from people.models import Person
from tests.attack import sql
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.complaint import drafted
from vault import worker
from vault.envelope.seeds import new_seed, public_of
from vault.errors import VaultError
from vault.keyring import Keyring
from vault.models import Epoch, KeyPair

pytestmark = pytest.mark.django_db

PURPOSE = {"purpose": "assessment"}
EPOCHS = "SELECT e.id FROM vault_epoch e JOIN vault_compartment c ON c.id = e.compartment_id WHERE c.owner = %s"
NEWEST = f"{EPOCHS} AND c.kind = %s ORDER BY e.number DESC"


def account_page(member: Member, case: Case) -> tuple[int, str]:
    """The reading view as a member gets it, with a purpose given."""
    browser = member.browser()
    browser.post(f"/desk/cases/{case.reference}/account/open/", PURPOSE)
    browser.post(f"/desk/cases/{case.reference}/account/unfold/", {"place": "1-1"})
    answer = browser.get(f"/desk/cases/{case.reference}/account/")
    return answer.status_code, answer.content.decode()


def opened_epochs(ring: Keyring, case: Case) -> list[str]:
    """The compartments of a case that a keyring opens."""
    found = []
    for epoch in Epoch.objects.filter(compartment__owner=case.id).select_related("compartment"):
        try:
            ring.open(epoch)
        except VaultError:
            continue
        found.append(epoch.compartment.kind)
    return found


def epoch_of(case: Case, kind: str) -> UUID:
    """The newest epoch of a compartment."""
    found = sql.ask(NEWEST, case.id, kind)[0][0]
    return found if isinstance(found, UUID) else UUID(found)


def requested_anew(survivor: Survivor, cast: Cast) -> Dossier:
    """A request by people whose rows are read from the database now."""
    worker.ensure()
    ben, lena = (Person.objects.get(id=one.person.id) for one in (cast.ben, cast.lena))
    drafted(survivor.fresh(), cast.ben)
    return request_dossier(
        case=survivor.fresh(), by=ben, ring=cast.ben.ring, route=made.ROUTES[0], lawyer=lena, reason="yes to Lithuania"
    )


def test_the_control_reads(told: Case, ben: Member) -> None:
    status, page = account_page(ben, told)
    assert (status, made.STORY[:40] in page) == (200, True)


def test_an_assignment_written_in_opens_nothing(told: Case, cast: Cast) -> None:
    sql.copied(
        "cases_assignment", "case_id = %s", told.id, id=sql.plain(uuid4()), person_id=sql.plain(cast.chloe.person.id)
    )
    status, page = account_page(cast.chloe, told)
    assert (status, made.STORY[:40] in page) == (403, False)
    assert opened_epochs(cast.chloe.ring, told) == []


def test_a_grant_readdressed_to_somebody_else_opens_nothing(told: Case, cast: Cast) -> None:
    sql.run(
        f"UPDATE vault_grant SET recipient_id = %s WHERE recipient_id = %s AND epoch_id IN ({EPOCHS})",
        cast.chloe.person.pair_id, cast.ben.person.pair_id, told.id,
    )  # fmt: skip
    assert opened_epochs(cast.chloe.ring, told) == []


def test_a_grant_copied_to_another_case_opens_nothing(told: Case, other: Survivor, ben: Member) -> None:
    mine, theirs = epoch_of(told, "account"), epoch_of(other.case, "account")
    sql.copied(
        "vault_grant", "epoch_id = %s AND recipient_id = %s", mine, ben.person.pair_id, id=sql.plain(uuid4()),
        epoch_id=sql.plain(theirs),
    )  # fmt: skip
    assert opened_epochs(ben.ring, other.case) == []


def test_a_record_moved_from_another_case_stops_the_page(told: Case, other: Survivor, ben: Member) -> None:
    mine, theirs = epoch_of(told, "account"), epoch_of(other.case, "account")
    sql.run("UPDATE vault_sealedvalue SET epoch_id = %s WHERE epoch_id = %s", mine, theirs)
    assert account_page(ben, told)[0] == 409


@pytest.mark.parametrize("column", ["kem_public", "sign_public"])
def test_a_lawyers_key_that_was_swapped_gets_no_dossier(
    column: str, told: Case, amina: Survivor, cast: Cast, fixed_routes: list[dict[str, Any]]
) -> None:
    made.confirmed(amina, cast.ben)
    public = public_of(new_seed())
    value = public.kem if column == "kem_public" else public.sign
    sql.run(f"UPDATE vault_keypair SET {column} = %s WHERE id = %s", value, cast.lena.person.pair_id)
    with pytest.raises((CaseError, VaultError)):
        requested_anew(amina, cast)
    assert not Dossier.objects.exists()


def test_a_whole_key_of_the_thief_under_the_lawyers_name_gets_no_dossier(
    told: Case, amina: Survivor, cast: Cast, fixed_routes: list[dict[str, Any]]
) -> None:
    made.confirmed(amina, cast.ben)
    public = public_of(new_seed())
    sql.run(
        "UPDATE vault_keypair SET kem_public = %s, sign_public = %s, fingerprint = %s WHERE id = %s", public.kem,
        public.sign, public.fingerprint, cast.lena.person.pair_id,
    )  # fmt: skip
    with pytest.raises((CaseError, VaultError)):
        requested_anew(amina, cast)
    assert not Dossier.objects.exists()


def test_the_swapped_leads_key_gets_no_new_case(cast: Cast) -> None:
    public = public_of(new_seed())
    sql.run(
        "UPDATE vault_keypair SET kem_public = %s, sign_public = %s, fingerprint = %s WHERE use = %s", public.kem,
        public.sign, public.fingerprint, KeyPair.Use.LEADS,
    )  # fmt: skip
    with pytest.raises(VaultError):
        made.first_contact()
    assert not Case.objects.exists()


def test_an_approval_written_in_builds_nothing(
    told: Case, amina: Survivor, cast: Cast, fixed_routes: list[dict[str, Any]]
) -> None:
    made.confirmed(amina, cast.ben)
    dossier = made.requested(amina, cast.ben, cast.lena)
    sql.run(
        "UPDATE cases_dossier SET state = %s, decided_by_id = %s, decided_at = requested_at WHERE id = %s", "approved",
        cast.dana.person.id, dossier.id,
    )  # fmt: skip
    building.build(dossier.id)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.trouble, dossier.file_id) == ("failed", "not_released_share", None)


def test_share_a_copied_as_share_b_builds_nothing(
    told: Case, amina: Survivor, cast: Cast, fixed_routes: list[dict[str, Any]]
) -> None:
    made.confirmed(amina, cast.ben)
    dossier = made.requested(amina, cast.ben, cast.lena)
    sql.copied(
        "vault_grant", f"epoch_id IN ({EPOCHS}) AND share = 'a' AND is_release", dossier.id, id=sql.plain(uuid4()),
        share="b", giver_id=sql.plain(cast.dana.person.pair_id),
    )  # fmt: skip
    sql.run("UPDATE cases_dossier SET state = 'approved' WHERE id = %s", dossier.id)
    building.build(dossier.id)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.file_id) != ("ready", None)
    assert dossier.file_id is None


def test_a_consent_taken_from_another_account_is_not_believed(
    told: Case, amina: Survivor, cast: Cast, fixed_routes: list[dict[str, Any]]
) -> None:
    """Amina agreed to nothing; the agreement of another survivor is copied over her answer."""
    refusing = made.first_contact()
    made.assigned(refusing, cast.ben)
    no = {"CNS-02": {"value": [], "lang": "be"}, "CNS-03": {"value": "no", "lang": "be"}}
    case = made.tell(refusing, {**made.SECTIONS, "consent": no})
    (yes,) = sql.ask(
        "SELECT v.blob, v.signature FROM vault_sealedvalue v WHERE v.field = 'consent' AND v.epoch_id = %s",
        epoch_of(told, "account"),
    )
    sql.run(
        "UPDATE vault_sealedvalue SET blob = %s, signature = %s WHERE field = 'consent' AND epoch_id = %s",
        bytes(yes[0]), bytes(yes[1]), epoch_of(case, "account"),
    )  # fmt: skip
    assert account_page(cast.ben, case)[0] == 409
    with pytest.raises(VaultError):
        request_dossier(
            case=case, by=cast.ben.person, ring=cast.ben.ring, route=made.ROUTES[0], lawyer=cast.lena.person, reason="x"
        )


def test_a_reply_written_in_does_not_pass_for_the_survivors(told: Case, amina: Survivor, ben: Member) -> None:
    made.write(amina, "Так, калі ласка.")
    (row,) = sql.ask("SELECT id FROM cases_message WHERE case_id = %s AND number = 1", told.id)
    forged = uuid4()
    sql.copied("cases_message", "id = %s", row[0], id=sql.plain(forged), number=2)
    sql.copied("vault_sealedvalue", "row = %s", row[0], id=sql.plain(uuid4()), row=sql.plain(forged))
    answer = ben.browser().get(f"/desk/cases/{told.reference}/letters/")
    assert answer.status_code == 409
    assert "калі ласка" not in answer.content.decode()


def test_a_role_written_in_gives_no_key(told: Case, other: Survivor, cast: Cast) -> None:
    """Ben's row says lead now; the pages believe the row, the keys do not."""
    sql.run("UPDATE people_person SET role = 'lead' WHERE id = %s", cast.ben.person.id)
    cast.ben.person.refresh_from_db()
    status, page = account_page(cast.ben, other.fresh())
    assert status in (403, 409)
    assert made.STORY[:40] not in page
    assert opened_epochs(cast.ben.ring, other.case) == []
