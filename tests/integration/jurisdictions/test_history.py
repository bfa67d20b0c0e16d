"""Every change of the law leaves its row in the history, whoever made it; the files come back from the tables."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from jurisdictions.load import REFERENCE, load
from jurisdictions.load.tables import KEYS
from jurisdictions.models import LawChange, LawVersion, NationalLaw, Practice, TreatyStatus
from tests.integration.jurisdictions.test_load_command import edit

pytestmark = pytest.mark.django_db


def test_the_first_load_writes_one_entry_for_every_row(loaded):
    for name in KEYS:
        model = apps.get_model("jurisdictions", name)
        entries = model.history.all()
        assert entries.count() == model.objects.count()
        assert set(entries.values_list("history_type", "history_change_reason")) == {("+", "import")}


def test_a_second_load_writes_no_history_and_no_change(loaded):
    load()
    assert TreatyStatus.history.count() == TreatyStatus.objects.count()
    assert LawVersion.objects.get().number == 1


def test_what_an_import_changes_and_removes_is_in_the_history_with_the_old_value(loaded, folder):
    def change(content):
        content["practice"].pop()
        content["authority"]["city"] = "Kaunas"

    edit(folder / "national_law" / "LT.json", change)
    load(folder)
    cities = NationalLaw.history.filter(state_id="LT").order_by("history_id").values_list("history_type")
    assert [kind for (kind,) in cities] == ["+", "~"]
    newest = NationalLaw.history.filter(state_id="LT").first()
    assert [(delta.field, delta.old, delta.new) for delta in newest.diff_against(newest.prev_record).changes] == [
        ("authority_city", "Vilnius", "Kaunas")
    ]
    gone = Practice.history.filter(history_type="-").get()
    assert (gone.state_id, gone.position, gone.history_change_reason) == ("LT", 6, "import")
    assert set(LawChange.objects.filter(number=2).values_list("iso2", "how")) == {("LT", "import")}


def test_rows_that_were_loaded_before_there_was_a_history_get_a_first_entry(loaded):
    TreatyStatus.history.all().delete()
    load()
    assert TreatyStatus.history.count() == TreatyStatus.objects.count()
    assert set(TreatyStatus.history.values_list("history_change_reason")) == {("before the history",)}


def test_the_history_gives_a_row_as_it_was_recorded(loaded, folder):
    edit(folder / "national_law" / "LT.json", lambda content: content["authority"].update(city="Kaunas"))
    load(folder)
    first, second = NationalLaw.history.filter(state_id="LT").order_by("history_id")
    between = first.history_date + (second.history_date - first.history_date) / 2
    assert NationalLaw.history.as_of(between).get(state_id="LT").authority_city == "Vilnius"
    assert NationalLaw.history.as_of(timezone.now()).get(state_id="LT").authority_city == "Kaunas"
    assert not NationalLaw.history.as_of(first.history_date - timedelta(days=1)).exists()


def test_the_export_gives_the_same_files_back(loaded, tmp_path):
    call_command("export_jurisdictions", str(tmp_path), stdout=io.StringIO())
    assert (tmp_path / "treaties.csv").read_bytes() == (REFERENCE / "treaties.csv").read_bytes()
    names = ["conditions.json", "situations.json", *(f"national_law/{p.name}" for p in REFERENCE.glob("*/*.json"))]
    assert len(names) == 50
    for name in names:
        assert read(tmp_path / name) == read(REFERENCE / name), name
    assert not load(tmp_path)


def test_the_export_of_an_empty_table_and_into_a_wrong_place_is_refused(db, tmp_path, settings):
    with pytest.raises(CommandError, match="load_jurisdictions"):
        call_command("export_jurisdictions", str(tmp_path))
    load()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="file"):
        call_command("export_jurisdictions", str(tmp_path / "file"))


def test_the_rows_of_the_exported_table_are_those_of_the_file(loaded, tmp_path):
    call_command("export_jurisdictions", str(tmp_path), stdout=io.StringIO())
    with (tmp_path / "treaties.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 199


def read(path: Path) -> object:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))
