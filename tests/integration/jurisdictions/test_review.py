"""A change of one value: proposed by one person, signed by another, in the history with both, safe from imports."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jurisdictions import law
from jurisdictions.checks import Wanted, checks
from jurisdictions.load import BadFile, load
from jurisdictions.models import (
    Declaration,
    JurisdictionBasis,
    LawChange,
    NationalLaw,
    Practice,
    Proposal,
    TreatyStatus,
)
from jurisdictions.review import Ground, NotDone, Who, propose, refuse, sign, value_of
from tests.integration.jurisdictions.test_load_command import edit, run

pytestmark = pytest.mark.django_db
EDITOR, LAWYER, LEAD = Who("Edda", "edda"), Who("Lena", "lena"), Who("Dana", "dana")
GROUND = Ground("https://law.invalid/article", "Read in the official text.", "high")
REVIEW = ("JurisdictionBasis", ("LT", 0), "victim_trigger")
NEW = {"private_prosecution": "no", "court_review": "no"}


def proposed(place=REVIEW, value=NEW, ground=GROUND) -> Proposal:
    return propose(place=place, value=value, ground=ground, by=EDITOR)


def base() -> JurisdictionBasis:
    return JurisdictionBasis.objects.get(state="LT", number=0)


def test_a_proposal_changes_nothing_until_it_is_signed(loaded):
    before = value_of(REVIEW)
    assert before != NEW
    made = proposed()
    assert (value_of(REVIEW), made.before) == (before, before)
    sign(proposal_id=made.pk, by=LAWYER)
    assert value_of(REVIEW) == NEW


def test_the_history_names_who_proposed_and_who_signed_and_why(loaded):
    sign(proposal_id=proposed().pk, by=LAWYER)
    newest = JurisdictionBasis.history.filter(state_id="LT", number=0).first()
    assert (newest.history_type, newest.proposed_by, newest.history_user_id) == ("~", "Edda (edda)", "Lena (lena)")
    assert newest.history_change_reason == "Read in the official text."
    changed = {delta.field for delta in newest.diff_against(newest.prev_record).changes}
    assert "court_review" in changed


def test_the_proposer_never_signs_also_not_in_the_table(loaded):
    made = proposed()
    with pytest.raises(NotDone, match="another person"):
        sign(proposal_id=made.pk, by=EDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=made.pk).update(
            state="signed", decided_by="Edda", decided_login="edda", decided_on=date(2026, 11, 29)
        )
    assert base().court_review == "yes"


def test_a_refusal_needs_a_reason_and_leaves_the_value(loaded):
    made, before = proposed(), value_of(REVIEW)
    with pytest.raises(NotDone, match="why"):
        refuse(proposal_id=made.pk, by=LAWYER, reason="  ")
    refused = refuse(proposal_id=made.pk, by=LAWYER, reason="The source is a blog.")
    assert (refused.state, refused.refusal, refused.decided_by) == ("refused", "The source is a blog.", "Lena")
    assert value_of(REVIEW) == before
    with pytest.raises(NotDone, match="meanwhile"):
        sign(proposal_id=made.pk, by=LEAD)


def test_one_proposal_waits_at_a_time_and_a_value_that_moved_meanwhile_is_not_signed(loaded):
    made = proposed()
    with pytest.raises(NotDone, match="waits already"):
        proposed()
    JurisdictionBasis.objects.filter(state="LT", number=0).update(private_prosecution="yes")
    with pytest.raises(NotDone, match="has changed"):
        sign(proposal_id=made.pk, by=LAWYER)


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("JurisdictionBasis", ("LT", 0), "victim_trigger"), {"court_review": "yes"}, "not whole"),
        (("JurisdictionBasis", ("LT", 0), "nonsense"), {}, "no such value"),
        (("JurisdictionBasis", ("LT", 99), "extra"), {"extra": []}, "no such value"),
        (("JurisdictionBasis", ("LT", 0), "extra"), {"extra": ["unheard_of"]}, "is not one of"),
        (("JurisdictionBasis", ("LT", 0), "in_force_from"), {"in_force_from": "2020-02-31"}, "neither a day"),
        (
            ("JurisdictionBasis", ("LT", 0), "limitation"),
            {"limitation": "years", "limitation_years": None, "limitation_starts": "act"},
            "does not fit",
        ),
        (
            ("TreatyStatus", ("LT", "ROME"), "standing"),
            {"status": "withdrawn", "in_force_on": "2003-08-01", "withdrawn_on": None},
            "is missing for a State that has withdrawn",
        ),
        (
            ("TreatyStatus", ("AD", "CAT"), "standing"),
            {"action": "ratification", "signed_on": "2002-08-05", "deposited_on": "2001-01-01"},
            "is before cat_signed",
        ),
    ],
)
def test_what_the_files_could_not_say_is_refused_with_the_reason(loaded, place, value, said):
    with pytest.raises(NotDone, match=said):
        proposed(place, value)
    assert not Proposal.objects.exists()


def test_a_change_of_the_law_that_is_to_come_waits_for_its_day(loaded):
    later = timezone.now().date() + timedelta(days=1)
    with pytest.raises(NotDone, match="not changed yet"):
        proposed(ground=Ground("https://law.invalid", "A bill.", "low", later))


def test_an_import_never_overwrites_what_is_signed_and_says_so(loaded):
    sign(proposal_id=proposed().pk, by=LAWYER)
    lines = run()
    assert value_of(REVIEW) == NEW
    (line,) = lines
    assert line.startswith("kept JurisdictionBasis LT/0: ")
    assert "court_review 'no', signed by Lena on" in line
    assert line.endswith("the files say 'yes'")
    assert run() == lines


def test_an_import_changes_what_stands_beside_a_signed_value(loaded, folder):
    sign(proposal_id=proposed().pk, by=LAWYER)
    edit(
        folder / "conditions.json",
        lambda rows: [row.update(subsidiarity=True) for row in rows if (row["iso2"], row["base"]) == ("LT", 0)],
    )
    assert "changed JurisdictionBasis LT/0: subsidiarity 'no' -> 'yes'" in run("--from", str(folder))
    assert (base().subsidiarity, base().court_review) == ("yes", "no")


def test_what_follows_from_a_signed_day_stays_with_it(loaded):
    place = ("TreatyStatus", ("LT", "CAT"), "standing")
    made = proposed(place, {"action": "accession", "signed_on": None, "deposited_on": "1996-02-02"})
    sign(proposal_id=made.pk, by=LAWYER)
    assert TreatyStatus.objects.get(state="LT", treaty="CAT").in_force_on == date(1996, 3, 3)
    run()
    assert TreatyStatus.objects.get(state="LT", treaty="CAT").in_force_on == date(1996, 3, 3)


def test_signing_lifts_the_mark_and_takes_confidence_and_day_and_an_import_leaves_it_so(loaded):
    place = ("Declaration", ("LT", 22), "value")
    assert Declaration.objects.get(state="LT", article=22).unverified == ["value"]
    made = proposed(place, value_of(place), Ground("https://treaties.un.org/x", "Read there.", "high"))
    sign(proposal_id=made.pk, by=LAWYER)
    for _ in range(2):
        row = Declaration.objects.get(state="LT", article=22)
        assert (row.unverified, row.confidence, row.checked_on) == ([], "high", timezone.now().date())
        assert run() == ["Nothing changed."]


def test_a_value_that_is_checked_again_leaves_an_entry_and_is_no_longer_stale(loaded):
    place = ("NationalLaw", ("LT",), "legal_aid_note")
    in_two_years = timezone.now().date() + timedelta(days=360)
    NationalLaw.objects.filter(state="LT").update(checked_on=date(2025, 1, 1))
    names = {it.field for it in checks(Wanted("LT", "stale", "NationalLaw"), in_two_years)}
    assert "legal_aid_note" in names
    entries = NationalLaw.history.filter(state_id="LT").count()
    sign(proposal_id=proposed(place, value_of(place)).pk, by=LAWYER)
    assert NationalLaw.history.filter(state_id="LT").count() == entries + 1
    assert names - {it.field for it in checks(Wanted("LT", "stale", "NationalLaw"), in_two_years)} == {"legal_aid_note"}


def test_a_list_in_which_a_signed_entry_has_moved_is_kept_whole(loaded, folder):
    place = ("Practice", ("LT", 0), "event")
    sign(proposal_id=proposed(place, value_of(place) | {"summary": "Signed words."}).pk, by=LAWYER)
    before = list(Practice.objects.filter(state="LT").values())
    edit(folder / "national_law" / "LT.json", lambda content: content["practice"].pop(0))
    assert "kept Practice LT: the whole list, because the files move an entry that a reviewer has signed" in run(
        "--from", str(folder)
    )
    assert list(Practice.objects.filter(state="LT").values()) == before


def test_files_that_lose_a_signed_row_are_refused_whole(loaded, folder):
    sign(proposal_id=proposed().pk, by=LAWYER)
    (folder / "national_law" / "LT.json").unlink()
    edit(folder / "conditions.json", lambda rows: [rows.remove(row) for row in [*rows] if row["iso2"] == "LT"])
    edit(folder / "national_law" / "PL.json", lambda content: content["authority"].update(city="Somewhere"))
    with pytest.raises(BadFile, match="LT/0"):
        load(folder)
    assert NationalLaw.objects.get(state="PL").authority_city != "Somewhere"


def test_a_signed_change_raises_the_number_of_the_law_and_names_the_state(loaded):
    before = law.number()
    made = proposed()
    assert law.number() == before
    sign(proposal_id=made.pk, by=LAWYER)
    assert law.number() == before + 1
    assert [(it.iso2, it.how) for it in law.since(before)] == [("LT", "review")]
    refuse(proposal_id=proposed(value=NEW | {"court_review": "unknown"}).pk, by=LAWYER, reason="No.")
    assert LawChange.objects.filter(how="review").count() == 1


def test_the_work_list_names_every_unverified_value_once_and_who_may_act(loaded):
    found = checks(Wanted("LT", "unverified"), date(2026, 11, 29))
    assert len(found) == len({(it.kind, it.key, it.field) for it in found})
    marks = sum(len(row.unverified) for row in JurisdictionBasis.objects.filter(state="LT"))
    assert sum(it.kind == "JurisdictionBasis" for it in found) == marks > 0
    assert all(it.who.startswith("An editor, a lawyer or a lead proposes") for it in found)
    place = next(it for it in found if it.kind == "Declaration")
    made = proposed(("Declaration", ("LT", int(place.key[3:])), "value"), {"value": "yes"})
    (again,) = [it for it in checks(Wanted("LT", "unverified", "Declaration")) if it.key == place.key]
    assert (again.proposal, again.who) == (made.pk, "A lawyer or a lead other than Edda signs or refuses.")


def test_values_over_twelve_months_are_stale_and_younger_ones_are_not(loaded):
    day = JurisdictionBasis.objects.get(state="LT", number=0).checked_on
    for age, is_stale in ((365, False), (366, True)):
        found = checks(Wanted("LT", "stale", "JurisdictionBasis"), day + timedelta(days=age))
        assert any(it.key == "LT/0" for it in found) is is_stale


def test_the_work_list_begins_where_files_are_open_and_ends_where_only_treaties_are_known(loaded):
    listed = list(dict.fromkeys(it.iso2 for it in checks(Wanted(), date(2026, 11, 29)) if it.iso2))
    with_law = set(JurisdictionBasis.objects.values_list("state_id", flat=True))
    opened = set(JurisdictionBasis.objects.filter(practice="open_file").values_list("state_id", flat=True))
    assert set(listed[: len(opened)]) == opened
    assert set(listed[: len(with_law)]) == with_law
