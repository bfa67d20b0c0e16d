"""What a browser sends from the form of supposed facts."""

import json
from typing import Any

PARTS = ("act", "nationality", "suspect", "complaint", "agreed")
BEFORE = {
    "acts": [
        {
            "country": "BY",
            "from": "2020-08-09",
            "to": "2020-08-14",
            "crime_facts": ["torture_by_officials", "custody", "pattern"],
        }
    ],
    "victim": {"nationalities": [{"country": "BY"}], "residence_now": "LT", "residence_at_acts": "BY"},
    "consents": {"countries": ["CH", "LT"]},
}
IN_VILNIUS = {
    "act-0-country": "BY",
    "act-0-first": "2020-08-09",
    "act-0-last": "2020-08-14",
    "act-0-crime_facts": ["torture_by_officials", "custody", "pattern"],
    "nationality-0-country": "BY",
    "person-residence_now": "LT",
    "person-residence_at_acts": "BY",
    "agreed-0-country": "CH",
    "agreed-1-country": "LT",
}
SEEN_IN_ZURICH = {
    "suspect-0-id": "P-001",
    "suspect-0-nationality": "BY",
    "suspect-0-seen_country": "CH",
    "suspect-0-certainty": "reported",
}


def sent(*fields: dict[str, Any], before: Any = None, do: str = "start") -> dict[str, Any]:
    """The form with these fields. before: the facts that it carries along."""
    found: dict[str, Any] = {}
    for part in PARTS:
        found |= {f"{part}-TOTAL_FORMS": "2", f"{part}-INITIAL_FORMS": "0"}
        found |= {f"{part}-MIN_NUM_FORMS": "0", f"{part}-MAX_NUM_FORMS": "20"}
    for more in fields:
        found |= more
    return found | {"do": do, "before": "" if before is None else json.dumps(before)}
