"""Every date and status on every State's page is that of the files."""

import csv
import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from jurisdictions.assess.texts import in_words
from jurisdictions.load import REFERENCE
from tests.integration.jurisdictions.showing import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.shown]

STATUS = {
    "party": "party",
    "signatory": "signed only",
    "none": "not a party",
    "withdrawn": "withdrawn",
    "denounced": "denounced",
}
ARTICLES = {
    "cat_art20_opt_out": (
        "Inquiries of the Committee (art. 20)",
        {"yes": "opted out", "no": "not opted out", "unknown": "unknown"},
    ),
    "cat_art21": (
        "Complaints between States (art. 21)",
        {"yes": "accepted", "no": "not accepted", "unknown": "unknown"},
    ),
    "cat_art22": ("Complaints of persons (art. 22)", {"yes": "accepted", "no": "not accepted", "unknown": "unknown"}),
}
STARTS = {"cat": date(1987, 6, 26), "opcat": date(2006, 6, 22)}


def day(text: str) -> str:
    """An ISO day as it is read aloud."""
    return in_words(date.fromisoformat(text))


def since(treaty: str, deposited: str) -> str:
    """Thirty days after the deposit, and never before the treaty itself (CAT art. 27, OPCAT art. 28)."""
    return f"In force since {in_words(max(date.fromisoformat(deposited) + timedelta(30), STARTS[treaty]))}"


def of_cat(row: dict[str, str]) -> tuple[str, list[str]]:
    """Status and days of the Convention."""
    status = "party" if row["cat_date"] else "signed only" if row["cat_signed"] else "not a party"
    days = [f"Signed {day(row['cat_signed'])}"] if row["cat_signed"] else []
    if row["cat_date"]:
        days += [f"{row['cat_action'].capitalize()} {day(row['cat_date'])}", since("cat", row["cat_date"])]
    return status, days


def of_opcat(row: dict[str, str]) -> tuple[str, list[str]]:
    """Status and days of the Optional Protocol."""
    days = [f"Deposit {day(row['opcat_date'])}", since("opcat", row["opcat_date"])] if row["opcat_date"] else []
    return STATUS[row["opcat"]], days


def of_rome(row: dict[str, str]) -> tuple[str, list[str]]:
    """Status and days of the Rome Statute."""
    days = [f"In force since {day(row['rome_in_force'])}"] if row["rome_in_force"] else []
    if row["rome_withdrawal_effective"]:
        days.append(f"Until {day(row['rome_withdrawal_effective'])}")
    return STATUS[row["rome_status"]], days


def expected(row: dict[str, str]) -> dict[str, tuple[str, list[str]]]:
    """What the table of treaties has to say, by the name of the line."""
    found = {
        "Convention against Torture": of_cat(row),
        "Optional Protocol to the Convention against Torture": of_opcat(row),
        "Rome Statute": of_rome(row),
        "First Optional Protocol to the ICCPR": (STATUS[row["iccpr_op1"]], []),
        "Geneva Conventions of 1949": ("party" if row["geneva_conventions"] == "yes" else "not a party", []),
    }
    found |= {name: (said[row[column]], []) for column, (name, said) in ARTICLES.items() if row[column]}
    return found


def table(text: str) -> dict[str, tuple[str, list[str]]]:
    """What the table of treaties says."""
    part = text[text.index('id="treaties"') : text.index("</article>")]
    found = {}
    for name, status, days in re.findall(
        r'<th scope="row">([^<]*)</th><td data-label="Status">(.*?)</td><td data-label="Days"[^>]*>(.*?)</td>',
        part,
        re.S,
    ):
        said = [words(each).replace(" unverified", "").strip() for each in days.split("<br>")]
        found[unescape(name)] = (words(status).replace(" unverified", ""), [each for each in said if each])
    return found


def test_the_treaties_of_all_199_states(loaded):
    with (REFERENCE / "treaties.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 199
    wrong = {}
    for row in rows:
        shown = table(page(reverse("jurisdictions:state", args=[row["iso2"]])))
        if shown != expected(row):
            wrong[row["iso2"]] = (shown, expected(row))
    assert wrong == {}


def test_the_grounds_and_the_practice_of_all_48_national_files(loaded):
    conditions: list[dict[str, Any]] = json.loads((REFERENCE / "conditions.json").read_text(encoding="utf-8"))
    for file in sorted((REFERENCE / "national_law").glob("*.json")):
        law = json.loads(file.read_text(encoding="utf-8"))
        said = unescape(words(page(reverse("jurisdictions:state", args=[file.stem]))))
        assert f"Checked {day(law['last_reviewed'])}." in said, file.stem
        for basis in (row for row in conditions if row["iso2"] == file.stem):
            assert in_force(basis["in_force_from"]) in said, (file.stem, basis["base"])
            assert " ".join(basis["provision"].split()).rstrip(".") in said, (file.stem, basis["base"])
        for year in strongest([row for row in conditions if row["iso2"] == file.stem]):
            assert year in said, file.stem


def in_force(text: str | None) -> str:
    """How the page says since when; a bare year is no day."""
    if text is None:
        return "Since when it is in force was not found."
    if len(text) == 10:
        return f"In force since {day(text)}."
    return f"In force since {text}; the day is not confirmed."


def strongest(rows: list[dict[str, Any]]) -> list[str]:
    """The year of an open file, where there is one, as the first sentences say it."""
    years = [row["practice_belarus"]["year"] for row in rows if row["practice_belarus"]["state"] == "open_file"]
    return [f"has been open since {min(years)}."] if years else []


def test_a_glance_says_the_stages_of_the_file(loaded):
    conditions: list[dict[str, Any]] = json.loads((REFERENCE / "conditions.json").read_text(encoding="utf-8"))
    said = {
        "none": "nobody there",
        "presence": "suspect there",
        "residence": "suspect living there",
        "nationality": "suspect a national",
        "unknown": "not known",
    }
    for iso2 in ("LT", "PL", "CH", "SE", "US"):
        text = page(reverse("jurisdictions:state", args=[iso2]))
        glance = text[text.index('id="glance"') : text.index('id="grounds"')]
        rows = [row for row in conditions if row["iso2"] == iso2]
        for stage, label in (("file", "To file"), ("open", "To open"), ("try", "To try")):
            cells = re.findall(rf'<td data-label="{label}">(.*?)</td>', glance, re.S)
            wanted = [said[row["suspect_link"][stage]] for row in rows]
            assert [words(cell).replace(" unverified", "") for cell in cells] == wanted


def test_each_link_on_the_page_leads_to_a_part_of_it(loaded):
    for iso2 in ("LT", "FJ"):
        text = page(reverse("jurisdictions:state", args=[iso2]))
        assert set(re.findall(r'href="#([^"]+)"', text)) - {"main"} <= set(re.findall(r'id="([^"]+)"', text))


def test_the_state_leads_to_comparison_and_to_what_if(loaded):
    text = page(reverse("jurisdictions:state", args=["LT"]))
    assert f'href="{reverse("jurisdictions:compare")}?s=LT"' in text
    assert f'href="{reverse("jurisdictions:what-if")}"' in text
    assert '<option value="LT" selected>' in page(reverse("jurisdictions:compare") + "?s=LT")
