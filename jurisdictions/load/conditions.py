"""conditions.json, joined with the bases of the national files -> rows of JurisdictionBasis."""

from collections.abc import Iterator
from datetime import date

from jurisdictions.load.files import Folder
from jurisdictions.load.law import CRIME, KIND, ternary
from jurisdictions.load.shapes import (
    CONFIDENCE,
    DAY_OR_YEAR,
    TERNARY,
    URL_TEXT,
    Fault,
    integer,
    list_of,
    nullable,
    one_of,
    record,
    text,
)
from jurisdictions.load.tables import Row, Tables
from jurisdictions.vocabulary import EXTRA, UNVERIFIED

FILE = "conditions.json"
LINK = one_of("none", "presence", "residence", "nationality", "unknown")
BASE = record(
    {
        "iso2": text(),
        "base": integer(0, 99),
        "crime": CRIME,
        "basis": KIND,
        "provision": text(),
        "in_force_from": nullable(DAY_OR_YEAR),
        "applies_to_earlier_acts": TERNARY,
        "victim_link": record(
            {
                "kind": one_of("none", "nationality", "residence", "refugee_or_residence"),
                "when": one_of("acts", "filing", None),
                "min_years": nullable(integer(1, 30)),
            }
        ),
        "suspect_link": record({"file": LINK, "open": LINK, "try": LINK}),
        "extra": list_of(one_of(*EXTRA), unique=True),
        "double_criminality": TERNARY,
        "subsidiarity": TERNARY,
        "territorial_state_must_be_party": TERNARY,
        "gatekeeper": record(
            {
                "grade": one_of("none", "prosecutor", "prosecutor_general", "attorney_general", "minister", "unknown"),
                "stage": one_of("open", "prosecute", "unknown"),
            }
        ),
        "discretion": one_of("mandatory", "discretionary", "mixed", "unknown"),
        "victim_trigger": record({"private_prosecution": TERNARY, "court_review_of_refusal": TERNARY}),
        "limitation": record(
            {
                "kind": one_of("none", "years", "unknown"),
                "years": nullable(integer(1, 99)),
                "starts": one_of("act", "unknown"),
            }
        ),
        "practice_belarus": record(
            {
                "state": one_of("open_file", "indictment", "filed_stalled", "none_found"),
                "year": nullable(integer(1990, 2100)),
            }
        ),
        "safety": record({"level": one_of("normal", "check_first", "restricted"), "reason": text(empty=True)}),
        "confidence": CONFIDENCE,
        "unverified": list_of(one_of(*UNVERIFIED), unique=True),
        "why": text(),
        "sources": list_of(URL_TEXT, unique=True),
    }
)


def read(folder: Folder, tables: Tables, bases: dict[tuple[str, int], Row], focus: str) -> None:
    """Add one row for each base; each base of a national file must stand here once, and the other way round."""
    seen: set[tuple[str, int]] = set()
    content = folder.json(FILE, list_of(BASE))
    if content is None:
        return  # its shape is wrong: which bases are missing would only be noise
    for index, row in enumerate(content):
        key = (row["iso2"], row["base"])
        place = f"[{index}] {row['iso2']}/{row['base']}"
        faults = list(_sense(row, bases.get(key), twice=key in seen))
        for name, value, what in faults:
            folder.add(FILE, f"{place}.{name}", value, what)
        seen.add(key)
        if not faults:
            tables.put("JurisdictionBasis", _basis(row, bases[key], focus, tables.rows["NationalLaw"][key[:1]]))
    for iso2, number in sorted(set(bases) - seen):
        folder.add(FILE, f"{iso2}/{number}", None, f"is missing: national_law/{iso2}.json has this base")


def _sense(row: Row, base: Row | None, *, twice: bool) -> Iterator[Fault]:
    if base is None:
        yield "base", row["base"], "is not a base of a readable national file"
        return
    if twice:
        yield "base", row["base"], "stands there twice"
    for name in ("crime", "basis", "provision"):
        if row[name] != base[name]:
            yield name, row[name], f"differs from national_law/{row['iso2']}.json"
    if (row["limitation"]["kind"] == "years") != (row["limitation"]["years"] is not None):
        yield "limitation.years", row["limitation"]["years"], "does not fit limitation.kind"
    if (row["practice_belarus"]["state"] == "none_found") != (row["practice_belarus"]["year"] is None):
        yield "practice_belarus.year", row["practice_belarus"]["year"], "does not fit practice_belarus.state"
    if row["victim_link"]["kind"] == "none" and row["victim_link"]["when"] is not None:
        yield "victim_link.when", row["victim_link"]["when"], "does not fit victim_link.kind"


def _basis(row: Row, base: Row, focus: str, law: Row) -> Row:
    earliest, latest = reading(row["in_force_from"])
    return {
        "state_id": row["iso2"],
        "number": row["base"],
        "crime": row["crime"],
        "kind": row["basis"],
        "provision": row["provision"],
        "in_force_from": row["in_force_from"] or "",
        "in_force_earliest": earliest,
        "in_force_latest": latest,
        "applies_to_earlier_acts": ternary(row["applies_to_earlier_acts"]),
        "extra": row["extra"],
        "double_criminality": ternary(row["double_criminality"]),
        "subsidiarity": ternary(row["subsidiarity"]),
        "territorial_party": ternary(row["territorial_state_must_be_party"]),
        "discretion": row["discretion"],
        "practice_about_id": focus,
        "why": row["why"],
        "sources": row["sources"],
        "confidence": row["confidence"],
        "unverified": row["unverified"],
        "checked_on": law["checked_on"],
        **_links(row),
        **_objects(row),
        **_file(base),
    }


def _links(row: Row) -> Row:
    victim, suspect = row["victim_link"], row["suspect_link"]
    return {
        "victim_link": victim["kind"],
        "victim_link_when": victim["when"] or "",
        "victim_link_years": victim["min_years"],
        "suspect_file": suspect["file"],
        "suspect_open": suspect["open"],
        "suspect_try": suspect["try"],
    }


def _objects(row: Row) -> Row:
    return {
        "gatekeeper": row["gatekeeper"]["grade"],
        "gatekeeper_stage": row["gatekeeper"]["stage"],
        "private_prosecution": ternary(row["victim_trigger"]["private_prosecution"]),
        "court_review": ternary(row["victim_trigger"]["court_review_of_refusal"]),
        "limitation": row["limitation"]["kind"],
        "limitation_years": row["limitation"]["years"],
        "limitation_starts": row["limitation"]["starts"],
        "practice": row["practice_belarus"]["state"],
        "practice_year": row["practice_belarus"]["year"],
        "safety": row["safety"]["level"],
        "safety_reason": row["safety"]["reason"],
    }


def _file(base: Row) -> Row:
    return {
        "file_note": base["note"],
        "file_presence": base["presence_required"],
        "file_double_criminality": ternary(base["double_criminality"]),
        "file_subsidiarity": ternary(base["subsidiarity"]),
        "file_consent": ternary(base["executive_consent"]),
    }


def reading(value: str | None) -> tuple[date | None, date | None]:
    """Earliest and latest day that a text may mean: a day is itself, a year its first and last day, null nothing."""
    if value is None:
        return None, None
    if len(value) == 4:
        return date(int(value), 1, 1), date(int(value), 12, 31)
    return date.fromisoformat(value), date.fromisoformat(value)
