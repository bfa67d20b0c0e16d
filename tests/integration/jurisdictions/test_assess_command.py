"""manage.py assess_routes: JSON out, exit codes, errors that name the key."""

import json
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from jurisdictions import stored
from jurisdictions.assess import FactsError, assess_routes
from jurisdictions.load import parse
from jurisdictions.load.tables import KEYS
from jurisdictions.snapshot import build
from tests.unit.jurisdictions.test_parse import WHOLE

ON = "2026-11-22"
pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A facts file of an invented person."""
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(WHOLE), encoding="utf-8")
    return path


def run(*arguments: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("assess_routes", *arguments, stdout=out)
    return out.getvalue()


def test_the_routes_are_printed_as_json_best_first(loaded, facts):
    routes = json.loads(run("--facts", str(facts), "--on", ON, "--json"))
    assert len(routes) == 147
    assert (routes[0]["forum"], routes[0]["verdict"]) == ("LT", "open")
    assert routes == assess_routes(WHOLE, date.fromisoformat(ON))


def test_without_json_one_line_a_route(loaded, facts):
    lines = run("--facts", str(facts), "--on", ON).splitlines()
    assert len(lines) == 147
    assert lines[0].startswith("open         LT   torture")


@pytest.mark.parametrize(
    ("content", "on", "named"),
    [
        ('{"act": []}', ON, "act:"),
        ('{"acts": [{"country": "Belarus"}]}', ON, "acts[0].country"),
        ('{"acts": [{"from": "2020-02-30"}]}', ON, "acts[0].from"),
        ('{"acts": [], "acts": []}', ON, "acts stands twice"),
        ("{", ON, "--facts"),
        ("[]", ON, "facts:"),
        ("{}", "22.11.2026", "--on"),
        ("{}", "2026-11-31", "--on"),
        ('{"acts": [{"country": "XX"}]}', ON, "acts[0].country: 'XX' is not a country code"),
        ('{"victim": {"residence_now": "Vilnius"}}', ON, "victim.residence_now"),
        ('{"acts": [{"from": "2020-08-14", "to": "2020-08-09"}]}', ON, "acts[0].to: '2020-08-09' is before from"),
        ('{"acts": [{"from": "2026-11-23"}]}', ON, "acts[0].from: '2026-11-23' is after the day of the assessment"),
        ('{"displacement": {"date": "2027-01-01"}}', ON, "displacement.date"),
        ('{"suspects": [{"last_seen": {"country": "CH", "when": "2026-05-01"}}]}', ON, "suspects[0].last_seen.when"),
        ('{"suspects": [{"office": "president"}]}', ON, "suspects[0].office"),
    ],
)
def test_wrong_input_exits_2_and_names_the_key(loaded, facts, content, on, named):
    facts.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        run("--facts", str(facts), "--on", on)
    assert caught.value.returncode == 2
    assert named in str(caught.value)


def test_a_facts_file_that_is_not_there_or_not_text_exits_2(loaded, tmp_path):
    with pytest.raises(CommandError) as caught:
        run("--facts", str(tmp_path / "none.json"), "--on", ON)
    assert caught.value.returncode == 2
    (tmp_path / "bytes.json").write_bytes(b"\xff\x00")
    with pytest.raises(CommandError) as caught:
        run("--facts", str(tmp_path / "bytes.json"), "--on", ON)
    assert caught.value.returncode == 2


def test_without_reference_data_the_command_says_what_to_run(facts):
    with pytest.raises(CommandError, match="load_jurisdictions"):
        run("--facts", str(facts), "--on", ON)


def test_the_routes_are_those_of_the_law_as_it_stood_when_that_is_asked(loaded, facts):
    """The situation before the ICC was opened in March 2026: under the law of 2020 there is no such route."""
    now = json.loads(run("--facts", str(facts), "--on", ON, "--json"))
    then = json.loads(run("--facts", str(facts), "--on", ON, "--law-of", "2020-08-14", "--json"))
    assert "ICC" in {route["forum"] for route in now}
    assert "ICC" not in {route["forum"] for route in then}
    assert {route["forum"] for route in then} < {route["forum"] for route in now}
    with pytest.raises(CommandError, match="--law-of"):
        run("--facts", str(facts), "--on", ON, "--law-of", "2020")


@pytest.mark.slow
def test_the_process_itself_ends_with_2_and_no_traceback(facts):
    facts.write_text('{"victim": {"residence_now": "Vilnius"}}', encoding="utf-8")
    command = [sys.executable, "manage.py", "assess_routes", "--facts", str(facts), "--on", "yesterday"]
    ended = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    assert "--on" in ended.stderr


def test_the_database_gives_the_same_snapshot_as_the_files(loaded):
    tables = parse()
    assert stored.read() == build({name: tables.of(name) for name in KEYS})


def test_one_assessment_reads_the_database_once(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        assess_routes(WHOLE, date.fromisoformat(ON))
    reference = stored.read()
    with django_assert_max_num_queries(0):
        assess_routes(WHOLE, date.fromisoformat(ON), reference)


def test_wrong_facts_are_refused_before_the_database_is_read(django_assert_max_num_queries):
    with django_assert_max_num_queries(0), pytest.raises(FactsError):
        assess_routes({"wrong": 1}, date.fromisoformat(ON))
