"""manage.py load_jurisdictions: idempotent, says what changed, refuses a bad file whole."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from jurisdictions.load import load
from jurisdictions.load.tables import KEYS
from jurisdictions.models import JurisdictionBasis, NationalLaw, Practice, Source, State, TreatyStatus

pytestmark = pytest.mark.django_db
WHO_CHANGED_IT = {"history_user_id", "proposed_by", "proposed_login", "decided_by", "decided_login"}


def run(*arguments: str) -> list[str]:
    """The lines that the command prints."""
    out = StringIO()
    call_command("load_jurisdictions", *arguments, stdout=out)
    return out.getvalue().splitlines()


def everything() -> dict[str, list[dict]]:
    """All rows of all tables, ids included."""
    return {name: list(apps.get_model("jurisdictions", name).objects.order_by("pk").values()) for name in KEYS}


def edit(path: Path, change) -> None:
    """Change a JSON file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_the_first_run_says_how_much_was_added():
    lines = run()
    assert "added State: 199 rows" in lines
    assert "added JurisdictionBasis: 146 rows" in lines
    assert "added Situation: icc-lithuania-belarus" in lines
    assert (State.objects.count(), NationalLaw.objects.count(), Source.objects.count()) == (199, 48, 287)


def test_the_second_run_says_that_nothing_changed_and_changes_nothing(loaded):
    before = everything()
    assert run() == ["Nothing changed."]
    assert everything() == before


def test_changed_added_and_removed_rows_are_said_field_by_field(loaded, folder):
    ids = dict(JurisdictionBasis.objects.values_list("state_id", "pk").filter(number=0))

    def change(content):
        content["practice"].pop()
        content["sources"].append({"url": "https://new.invalid/law", "title": "A new law", "used_for": ""})
        content["confidence"] = "medium"
        content["authority"]["city"] = "Kaunas"

    edit(folder / "national_law" / "LT.json", change)
    lines = run("--from", str(folder))
    assert "removed Practice: LT/6" in lines
    assert "added Source: LT/12" in lines
    assert "changed NationalLaw LT: confidence 'high' -> 'medium'" in lines
    assert "changed NationalLaw LT: authority_city 'Vilnius' -> 'Kaunas'" in lines
    assert all(len(line) < 220 for line in lines)
    assert not any("State" in line or "JurisdictionBasis" in line for line in lines)
    assert NationalLaw.objects.get(state="LT").authority_city == "Kaunas"
    assert not Practice.objects.filter(state="LT", position=6).exists()
    assert dict(JurisdictionBasis.objects.values_list("state_id", "pk").filter(number=0)) == ids


def test_a_state_that_leaves_the_files_leaves_with_all_its_rows(loaded, folder):
    (folder / "national_law" / "JP.json").unlink()
    edit(folder / "conditions.json", lambda rows: [rows.remove(row) for row in [*rows] if row["iso2"] == "JP"])
    lines = run("--from", str(folder))
    assert "removed NationalLaw: JP" in lines
    assert "removed JurisdictionBasis: JP/0, JP/1" in lines
    assert State.objects.filter(iso2="JP").exists()
    assert run("--from", str(folder)) == ["Nothing changed."]


def test_a_date_that_changes_is_said_with_both_days(loaded, folder):
    path = folder / "treaties.csv"
    row = "LT,LTU,Lithuania,,accession,1996-02-0"
    path.write_text(path.read_text(encoding="utf-8").replace(f"{row}1", f"{row}2"), encoding="utf-8")
    lines = run("--from", str(folder))
    assert lines == [
        "changed TreatyStatus LT/CAT: deposited_on 1996-02-01 -> 1996-02-02",
        "changed TreatyStatus LT/CAT: in_force_on 1996-03-02 -> 1996-03-03",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("treaties.csv", "LT,LTU,Lithuania,,accession,1996-02-01", "LT,LTU,Lithuania,,accession,1996-02-31"),
        ("national_law/LT.json", '"confidence": "high"', '"confidence": "sure"'),
        ("conditions.json", '"crime": "torture"', '"crime": "tortur"'),
        ("situations.json", '"focus": "BY"', '"focus": "QQ"'),
    ],
)
def test_a_bad_file_is_refused_whole_and_nothing_changes(loaded, folder, file, old, new):
    before = everything()
    edit(folder / "national_law" / "PL.json", lambda content: content["authority"].update(city="Somewhere"))
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        run("--from", str(folder))
    assert caught.value.returncode == 1
    assert file in str(caught.value)
    assert str(caught.value).endswith("Nothing was loaded: 1 problem.")
    assert everything() == before


def test_a_folder_that_is_not_there_is_refused(loaded, tmp_path):
    with pytest.raises(CommandError, match=r"treaties.csv"):
        run("--from", str(tmp_path / "nowhere"))
    assert State.objects.count() == 199


def test_a_failure_in_the_middle_of_writing_leaves_everything_as_it_was(loaded, folder, monkeypatch):
    before = everything()
    edit(folder / "national_law" / "LT.json", lambda content: content.update(confidence="low"))

    def fail(*arguments: object, **options: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("jurisdictions.models.LawChange._default_manager.bulk_create", fail)
    with pytest.raises(RuntimeError):
        load(folder)
    assert everything() == before


def test_every_value_keeps_source_confidence_and_day(loaded):
    assert not TreatyStatus.objects.filter(sources=[]).exists()
    for name in (
        "State",
        "TreatyStatus",
        "Declaration",
        "NationalLaw",
        "JurisdictionBasis",
        "Situation",
        "CrimeTreaty",
    ):
        model = apps.get_model("jurisdictions", name)
        assert not model.objects.exclude(confidence__in=["high", "medium", "low"]).exists()
        assert not model.objects.filter(checked_on=None).exists()


def test_every_field_of_the_room_is_declared_public_but_the_names_of_who_changed_it():
    for model in apps.get_app_config("jurisdictions").get_models():
        assert set(model.FIELDS) == {field.name for field in model._meta.get_fields() if field.concrete}
        assert {name for name, kind in model.FIELDS.items() if kind != "public"} <= WHO_CHANGED_IT
        assert "sealed" not in model.FIELDS.values()
