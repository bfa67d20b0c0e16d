"""The pages on changes of the law: what changed, what is to be checked, and a proposal from its form to a signature."""

import re
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from jurisdictions import stored
from jurisdictions.history import differences, entries
from jurisdictions.load import load
from jurisdictions.load.tables import KEYS
from jurisdictions.load.values import VALUES, read_key
from jurisdictions.models import Declaration, JurisdictionBasis, Proposal
from jurisdictions.provenance import values
from jurisdictions.review import Ground, Who, propose, sign, value_of
from jurisdictions.review_forms import ProposalForm
from tests.factories.cast import Cast
from tests.integration.jurisdictions.showing import page, words
from tests.integration.jurisdictions.test_load_command import edit

pytestmark = [pytest.mark.django_db, pytest.mark.shown]
FORM = {"source": "https://treaties.un.org/iv-9", "reason": "Read there today.", "confidence": "high"}


def address(name: str, *args: object, **query: object) -> str:
    """The address of a page of this room."""
    return reverse(f"jurisdictions:{name}", args=args) + "?" + "&".join(f"{key}={it}" for key, it in query.items())


def signed(place, value, law_from=None):
    """A change that Edda proposed and Lena signed."""
    ground = Ground("https://law.invalid", "The act of that year.", "high", law_from)
    made = propose(place=place, value=value, ground=ground, by=Who("Edda", "edda"))
    return sign(proposal_id=made.pk, by=Who("Lena", "lena"))


def test_the_law_as_it_stood_on_14_august_2020(loaded):
    then, now = stored.read_as_it_stood(date(2020, 8, 14)), stored.read()
    assert then.treaties["SD", "CAT"].status == "signatory"
    assert now.treaties["SD", "CAT"].status == "party"
    assert {situation.slug for situation in now.situations} - {situation.slug for situation in then.situations}
    assert {(it.state_id, it.number) for it in now.bases} > {(it.state_id, it.number) for it in then.bases}
    assert not [it for it in then.bases if it.in_force_earliest and it.in_force_earliest > date(2020, 8, 14)]
    assert not [event for event in then.events if event.year > 2020]
    assert len(then.names) == 199


def test_the_law_as_it_stands_today_is_what_is_read_every_day(loaded):
    today = timezone.now().date()
    then, now = stored.read_as_it_stood(today), stored.read()
    assert then.names == now.names
    assert {key: it.status for key, it in then.treaties.items()} == {key: it.status for key, it in now.treaties.items()}
    assert len(then.bases) == len(now.bases)


def test_a_change_with_a_day_counts_from_that_day_only(loaded):
    place = ("JurisdictionBasis", ("LT", 0), "victim_trigger")
    signed(place, {"private_prosecution": "no", "court_review": "no"}, date(2024, 3, 1))
    assert JurisdictionBasis.objects.get(state="LT", number=0).court_review == "no"
    found = differences(date(2024, 2, 29), date(2024, 3, 1), "LT")
    assert [(it.value, it.then, it.now) for it in found] == [("court review", "yes", "no")]
    later = differences(date(2024, 3, 1), date(2025, 3, 1), "LT")
    assert "court review" not in {it.value for it in later}


def test_what_the_portal_held_on_a_day_comes_from_the_history(loaded, folder):
    edit(folder / "national_law" / "LT.json", lambda content: content["authority"].update(city="Kaunas"))
    for name in KEYS:
        apps.get_model("jurisdictions", name).history.update(history_date=datetime(2026, 1, 5, 12, tzinfo=UTC))
    load(folder)
    assert stored.read_as_recorded(date(2026, 1, 4)).names == {}
    assert stored.read_as_recorded(date(2026, 1, 5)).laws["LT"].authority_city == "Vilnius"
    assert stored.read_as_recorded(timezone.now().date()).laws["LT"].authority_city == "Kaunas"


def test_without_days_the_page_shows_the_last_year(loaded):
    text = page(address("changes"))
    assert "Icc lithuania belarus" in words(text) or "icc-lithuania-belarus" in words(text)
    assert "199 rows: States" in words(text)


def test_the_page_of_one_state_shows_values_then_and_now_and_who_signed(loaded):
    signed(("Declaration", ("LT", 22), "value"), {"value": "unknown"})
    text = words(page(address("changes", first="2020-08-14", then=timezone.now().date(), state="LT")))
    assert "proposed by Edda (edda), signed by Lena (lena): The act of that year." in text
    assert "rows: States" not in text
    assert ">GH<" not in page(address("changes", state="LT"))


@pytest.mark.parametrize(
    "days", [{"first": "2021-01-02", "then": "2021-01-01"}, {"first": "yesterday"}, {"state": "QQ"}]
)
def test_wrong_days_are_said_and_nothing_is_compared(loaded, days):
    text = page(address("changes", **days))
    assert 'class="problem"' in text
    assert "Written here between them" not in text


def test_every_entry_names_its_old_and_new_value(loaded):
    begun = timezone.now()
    signed(("Declaration", ("LT", 22), "value"), {"value": "yes"})
    (entry,) = [it for it in entries(begun, timezone.now()) if it.row.startswith("Complaints of persons")]
    assert ("value", "no", "yes") in entry.lines


def test_the_work_list_is_narrowed_and_has_pages(loaded):
    everything = words(page(address("checks")))
    total = int(re.search(r"(\d+) to check", everything)[1])
    assert total > 500
    assert "Page 1 of" in everything
    narrowed = words(page(address("checks", state="LT", why="unverified")))
    assert int(re.search(r"(\d+) to check", narrowed)[1]) < 60
    assert "Afghanistan: " not in narrowed
    assert "/desk/states/AF/" not in page(address("checks", state="LT", why="unverified"))
    assert "Propose" not in narrowed.replace("proposes", "").replace("Proposals", "")
    assert words(page(address("checks", state="QQ", why="nonsense"))).count("to check.") == 1


def test_an_editor_proposes_on_the_page_and_a_lawyer_signs_there(loaded, cast: Cast):
    lead, lawyer = cast.dana.browser(), cast.lena.browser()
    form = lead.get(address("propose", "Declaration", "LT/22", "value"))
    assert "Lithuania: the declaration" in words(form.content.decode())
    answer = lead.post(address("propose", "Declaration", "LT/22", "value"), {**FORM, "value_value": "yes"})
    made = Proposal.objects.get()
    assert answer["Location"] == reverse("jurisdictions:proposal", args=[made.pk])
    assert "another lawyer or lead signs it" in words(lead.get(answer["Location"]).content.decode())
    assert lead.post(reverse("jurisdictions:sign", args=[made.pk])).status_code == 409
    assert Declaration.objects.get(state="LT", article=22).value == "no"
    assert "Sign it" in lawyer.get(answer["Location"]).content.decode()
    assert lawyer.post(reverse("jurisdictions:sign", args=[made.pk])).status_code == 302
    assert Declaration.objects.get(state="LT", article=22).value == "yes"
    assert "signed by Lena on" in words(lawyer.get(reverse("jurisdictions:proposals")).content.decode())


def test_a_proposal_without_a_source_or_that_the_files_cannot_say_stays_in_its_form(loaded, cast: Cast):
    lead = cast.dana.browser()
    where = address("propose", "TreatyStatus", "LT/ROME", "standing")
    answer = lead.post(where, {"value_status": "withdrawn", "value_in_force_on": "2003-08-01"})
    assert "Source" in re.search(r'role="alert".*?</div>', answer.content.decode(), re.S)[0]
    left = {**FORM, "value_status": "withdrawn", "value_in_force_on": "2003-08-01"}
    assert "is missing for a State that has withdrawn" in lead.post(where, left).content.decode()
    assert not Proposal.objects.exists()


def test_a_refusal_is_shown_with_its_reason(loaded, cast: Cast):
    place, ground = ("Declaration", ("LT", 22), "value"), Ground("https://law.invalid", "Read.", "low")
    made = propose(place=place, value={"value": "no"}, ground=ground, by=Who("Edda", "edda"))
    lawyer = cast.lena.browser()
    assert "wrong" in lawyer.post(reverse("jurisdictions:refuse", args=[made.pk])).content.decode()
    lawyer.post(reverse("jurisdictions:refuse", args=[made.pk]), {"reason": "Not an official text."})
    assert "Not an official text." in words(
        lawyer.get(reverse("jurisdictions:proposal", args=[made.pk])).content.decode()
    )


@pytest.mark.parametrize(
    "path",
    [
        "Nothing/LT/value",
        "Declaration/LT/value",
        "Declaration/LT/99/value",
        "Declaration/LT/22/other",
        "NationalLaw/FJ/authority",
    ],
)
def test_a_value_that_is_not_there_is_404(loaded, cast: Cast, path):
    assert cast.dana.browser().get(f"/desk/states/law/propose/{path}/").status_code == 404


@pytest.mark.parametrize("kind", ["TreatyStatus/LT/CAT", "NationalLaw/LT", "Practice/LT/0", "JurisdictionBasis/LT/0"])
def test_every_value_of_a_row_has_a_form_that_gives_it_back_unchanged(loaded, cast: Cast, kind):
    name, _, key = kind.partition("/")
    for field in VALUES[name]:
        place = (name, read_key(name, key), field)
        stands = value_of(place)
        blank = ProposalForm(place, stands)
        posted = {each.html_name: each.initial if each.initial is not None else "" for each in blank}
        form = ProposalForm(place, stands, {**posted, **FORM})
        assert form.is_valid(), (place, form.errors)
        assert form.value() == stands


def test_every_value_of_a_state_is_on_a_page_with_its_source_and_its_reviewer(loaded, cast: Cast):
    signed(("Declaration", ("LT", 22), "value"), {"value": "yes"}, date(2024, 3, 1))
    text = cast.dana.browser().get(address("values", "LT")).content.decode()
    said = words(text)
    assert "signed by Lena; the law since 2024-03-01" in said
    assert "Until 29 February 2024: Value: no." in said
    assert text.count("/desk/states/law/propose/") == len(values("LT")) > 80
    assert "checked 22 November 2026" in said


@pytest.mark.parametrize("iso2", ["FJ", "VA", "TW"])
def test_a_state_without_a_national_file_has_its_values_too(loaded, iso2):
    assert "confidence, checked" in words(page(address("values", iso2)))


def test_the_page_of_a_state_says_what_is_signed_and_leads_to_its_values(loaded):
    assert "Confirmed by an admitted lawyer: not yet." in page(address("state", "LT"))
    signed(("Declaration", ("LT", 22), "value"), {"value": "yes"})
    text = page(address("state", "LT"))
    assert "1 value is signed by Lena; the rest by nobody yet." in text
    assert reverse("jurisdictions:values", args=["LT"]) in text
