"""Rows of JurisdictionBasis -> conditions.json."""

from typing import Any

from jurisdictions.load.conditions import FILE
from jurisdictions.load.export.shapes import dumped, ternary
from jurisdictions.load.tables import Row, Tables

__all__ = ["FILE", "text"]


def text(tables: Tables) -> str:
    """The whole file, in the order of State and base."""
    return dumped([_base(row) for _, row in sorted(tables.rows["JurisdictionBasis"].items())])


def _base(row: Row) -> dict[str, Any]:
    return {
        "iso2": row["state_id"],
        "base": row["number"],
        "crime": row["crime"],
        "basis": row["kind"],
        "provision": row["provision"],
        "in_force_from": row["in_force_from"] or None,
        "applies_to_earlier_acts": ternary(row["applies_to_earlier_acts"]),
        **_links(row),
        "extra": row["extra"],
        "double_criminality": ternary(row["double_criminality"]),
        "subsidiarity": ternary(row["subsidiarity"]),
        "territorial_state_must_be_party": ternary(row["territorial_party"]),
        "discretion": row["discretion"],
        **_objects(row),
        **{name: row[name] for name in ("confidence", "unverified", "why", "sources")},
    }


def _links(row: Row) -> dict[str, Any]:
    return {
        "victim_link": {
            "kind": row["victim_link"],
            "when": row["victim_link_when"] or None,
            "min_years": row["victim_link_years"],
        },
        "suspect_link": {"file": row["suspect_file"], "open": row["suspect_open"], "try": row["suspect_try"]},
    }


def _objects(row: Row) -> dict[str, Any]:
    return {
        "gatekeeper": {"grade": row["gatekeeper"], "stage": row["gatekeeper_stage"]},
        "victim_trigger": {
            "private_prosecution": ternary(row["private_prosecution"]),
            "court_review_of_refusal": ternary(row["court_review"]),
        },
        "limitation": {
            "kind": row["limitation"],
            "years": row["limitation_years"],
            "starts": row["limitation_starts"],
        },
        "practice_belarus": {"state": row["practice"], "year": row["practice_year"]},
        "safety": {"level": row["safety"], "reason": row["safety_reason"]},
    }
