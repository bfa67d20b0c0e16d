"""A draft of facts in the hands of whoever writes to the database, or kept a key that was taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cases import records, work
from cases.actions import mandates
from cases.complaint import rooms as places
from cases.lawyers import rooms
from cases.models import Case, Proposal
from tests.attack import sql
from tests.attack.test_heads import put_back, rows_of, work_of
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.complaint import FACTS, draft_of, drafted, saved, sentence
from tests.factories.lawyers import briefed_road, fresh
from vault.errors import VaultError
from vault.heads import write_head

pytestmark = pytest.mark.django_db
TEXTS = [text for text, _ in FACTS]
OF_DRAFTS = '"table" = \'complaint\' AND "row" = %s'


@pytest.fixture
def case(told: Case, amina: Survivor, cast: Cast, fixed_routes: object) -> Case:
    """Ben has written two sentences."""
    made.confirmed(amina, cast.ben)
    drafted(amina.fresh(), cast.ben)
    return amina.fresh()


@pytest.fixture
def brief(case: Case, amina: Survivor, cast: Cast) -> Proposal:
    """Lena has the brief, and the draft lies in it."""
    Case.objects.filter(id=case.id).update(status=Case.Status.MATCHING)
    return briefed_road(amina.fresh(), amina, cast)


def page(cast: Cast, case: Case) -> Any:
    return cast.ben.browser().get(f"/desk/cases/{case.reference}/sentences/uj-en/")


def require_refused(cast: Cast, case: Case) -> None:
    """It does not open, is said to be broken, and shows no sentence."""
    with pytest.raises(VaultError):
        draft_of(case, cast.ben)
    answer = page(cast, case)
    assert answer.status_code == 409
    assert TEXTS[0] not in answer.content.decode()
    with pytest.raises(VaultError):
        saved(case, cast.ben, sentence("On top of it."))


def test_the_control_reads(case: Case, cast: Cast) -> None:
    answer = page(cast, case)
    assert (answer.status_code, TEXTS[0] in answer.content.decode()) == (200, True)


def test_a_row_swapped_between_two_cases_is_refused(case: Case, cast: Cast, other: Survivor) -> None:
    drafted(other.fresh(), cast.chloe)
    columns = "SELECT blob, signature, signer_id FROM vault_sealedvalue"
    (mine, theirs) = (
        sql.ask(f"{columns} WHERE {OF_DRAFTS} AND version = 2", each)[0] for each in (case.id, other.case.id)
    )
    for values, owner in ((theirs, case.id), (mine, other.case.id)):
        given = [bytes(each) if isinstance(each, memoryview) else each for each in values]
        changed = "UPDATE vault_sealedvalue SET blob = %s, signature = %s, signer_id = %s"
        sql.run(f"{changed} WHERE {OF_DRAFTS} AND version = 2", *given, owner)
    require_refused(cast, case)


def test_a_row_renamed_to_the_other_case_is_refused(case: Case, cast: Cast, other: Survivor) -> None:
    drafted(other.fresh(), cast.chloe)
    sql.run(f"DELETE FROM vault_sealedvalue WHERE {OF_DRAFTS}", case.id)
    sql.run(f'UPDATE vault_sealedvalue SET "row" = %s WHERE {OF_DRAFTS}', case.id, other.case.id)
    with pytest.raises(VaultError):
        draft_of(case, cast.ben)


def test_an_older_version_does_not_come_back_by_deleting_the_newest(case: Case, cast: Cast) -> None:
    sql.run(f"DELETE FROM vault_sealedvalue WHERE {OF_DRAFTS} AND version = 2", case.id)
    require_refused(cast, case)


def test_nor_with_its_head(case: Case, cast: Cast) -> None:
    kept = rows_of(work_of(case))
    saved(case, cast.ben, sentence("A third one.", *draft_of(case, cast.ben).sentences[0].sources))
    put_back(work_of(case), kept)
    require_refused(cast, case)


def test_nor_by_emptying_the_brief_in_which_the_newest_lies(brief: Proposal, cast: Cast) -> None:
    newest = records.newest_version(places.TABLE, "UJ-EN", brief.case_id)
    sql.run(f"DELETE FROM vault_sealedvalue WHERE {OF_DRAFTS} AND version = %s", brief.case_id, newest)
    require_refused(cast, brief.case)


def test_a_lawyer_who_kept_the_key_writes_nothing_after_giving_the_mandate_back(brief: Proposal, cast: Cast) -> None:
    lena, case = cast.lena, brief.case
    kept, ring = rooms.opened(brief, lena.ring)[-1], lena.ring
    mandates.give_back(proposal=fresh(brief), by=lena.person, ring=lena.ring, reason="no time")
    assert page(cast, case).status_code == 200, "the next member who looks carries it over"
    draft = draft_of(case, cast.ben)
    forged = replace(draft, sentences=(replace(draft.sentences[0], text="As the other side wants it."),))
    records.write_next(kept, places.TABLE, "UJ-EN", case.id, forged.to_json(), ring.signer)
    write_head(brief.id, kept, ring.signer)
    require_refused(cast, case)


def test_a_draft_by_another_lawyer_than_the_one_with_the_mandate_is_refused(brief: Proposal, cast: Cast) -> None:
    case, opened = brief.case, rooms.opened(brief, cast.ben.ring)[-1]
    draft = draft_of(case, cast.ben)
    records.write_next(opened, places.TABLE, "UJ-EN", case.id, draft.to_json(), cast.tomas.ring.signer)
    write_head(brief.id, opened, cast.ben.ring.signer)
    require_refused(cast, case)


def test_no_lawyer_writes_into_the_teams_own_records(case: Case, cast: Cast) -> None:
    opened = work.opened(case, cast.ben.ring)[-1]
    draft = draft_of(case, cast.ben)
    records.write_next(opened, places.TABLE, "UJ-EN", case.id, draft.to_json(), cast.lena.ring.signer)
    write_head(opened.epoch.compartment_id, opened, cast.ben.ring.signer)
    require_refused(cast, case)
