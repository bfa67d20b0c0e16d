"""manage.py assess_routes --facts FILE --on DAY [--law-of DAY] [--json]"""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jurisdictions import stored
from jurisdictions.assess import STAFF_LANGUAGES, FactsError, assess_routes
from jurisdictions.models import State

WRONG = 2  # exit code for wrong input

SHAPE = """
The facts file holds one JSON object. All keys are optional; an absent key means unknown.

  {"acts": [{"country": "AA", "from": "2020-08-09", "to": "2020-08-14", "crime_facts": ["torture_by_officials"]}],
   "victim": {"nationalities": [{"country": "AA", "from": "2015-03-01"}], "residence_now": "AA",
              "residence_at_acts": "AA", "refugee": true, "age_now": 31},
   "displacement": {"forced": true, "crossed_into": "AA", "date": "2021-02-03"},
   "suspects": [{"id": "P-001", "office": "other", "nationality": "AA",
                 "last_seen": {"country": "AA", "date": "2026-05-01", "certainty": "reported"}}],
   "complaints": [{"country": "AA", "date": "2022-06-01", "result": "refused"}],
   "consents": {"countries": ["AA"], "icc": true},
   "languages": ["be"], "flags": ["WANTED_CHECKED", "LOCATION_CHECKED"]}

Nothing that has happened may lie after DAY. The two flags say that a member checked wanted lists and location: before
that, States where filing may endanger the survivor are held back.
"""


class Command(BaseCommand):
    """Rank the routes for one facts file; a wrong key, code or date exits 2 and is named."""

    help = "Rank the routes for the facts in FILE on a day, best first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--facts, --on, --language, --law-of, --json."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = SHAPE
        parser.add_argument("--facts", type=Path, required=True, metavar="FILE")
        parser.add_argument("--on", required=True, metavar="DAY", help="the day of the assessment, YYYY-MM-DD")
        parser.add_argument("--language", choices=STAFF_LANGUAGES, default="en", help="the language of the reasons")
        parser.add_argument("--law-of", metavar="DAY", help="under the law as it stood on that day, not as it is now")
        parser.add_argument("--json", action="store_true", help="print the whole list as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the routes."""
        on, facts = _day("--on", options["on"]), _facts(options["facts"])
        law_of = _day("--law-of", options["law_of"]) if options["law_of"] else None
        if not State.objects.exists():
            raise CommandError("No reference data: run manage.py load_jurisdictions first.")
        try:
            reference = stored.read_as_it_stood(law_of) if law_of else None
            routes = assess_routes(facts, on, reference, options["language"])
        except FactsError as error:
            raise CommandError(str(error), returncode=WRONG) from error
        if options["json"]:
            self.stdout.write(json.dumps(routes, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_line(route) for route in routes))


def _day(name: str, value: str) -> date:
    try:
        if len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise CommandError(f"{name}: {value!r} is not a date YYYY-MM-DD", returncode=WRONG)


def _facts(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except OSError as error:
        raise CommandError(f"--facts: {error.strerror}", returncode=WRONG) from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"--facts: is not strict JSON: {error}", returncode=WRONG) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice would silently lose a fact."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"key {key} stands twice")
        found[key] = value
    return found


def _line(route: dict[str, Any]) -> str:
    stages = " ".join(f"{name}={verdict}" for name, verdict in route["stages"].items())
    marks = "".join(f"{flag}  " for flag in route["flags"])
    return f"{route['verdict']:<12} {route['forum']:<4} {route['crime']:<24} {stages}  {marks}{route['order_reason']}"
