"""Rows of State, TreatyStatus and Declaration -> treaties.csv."""

import csv
import io

from jurisdictions.load.export.shapes import day
from jurisdictions.load.tables import Row, Tables
from jurisdictions.load.treaties import ARTICLES, FILE, SHAPE

__all__ = ["FILE", "text"]


def text(tables: Tables) -> str:
    """The whole file, States in the order of their codes; lines end as RFC 4180 says."""
    out = io.StringIO(newline="")
    lines = csv.DictWriter(out, fieldnames=list(SHAPE), lineterminator="\r\n")
    lines.writeheader()
    for (iso2,), state in sorted(tables.rows["State"].items()):
        lines.writerow(_line(iso2, state, tables))
    return out.getvalue()


def _line(iso2: str, state: Row, tables: Tables) -> dict[str, str]:
    return {
        "iso2": iso2,
        "iso3": state["iso3"],
        "name_en": state["name"],
        **_treaties({name: tables.rows["TreatyStatus"][iso2, name] for name in ("CAT", "OPCAT", "ROME", "GENEVA")}),
        "iccpr_op1": tables.rows["TreatyStatus"][iso2, "ICCPR_OP1"]["status"],
        **{column: _declared(tables, iso2, article) for article, column in ARTICLES.items()},
        "sources": ";".join(state["sources"]),
        "as_of": day(state["checked_on"]),
        "confidence": state["confidence"],
        "notes": state["notes"],
    }


def _treaties(treaty: dict[str, Row]) -> dict[str, str]:
    return {
        "cat_signed": day(treaty["CAT"]["signed_on"]),
        "cat_action": treaty["CAT"]["action"] or "none",
        "cat_date": day(treaty["CAT"]["deposited_on"]),
        "opcat": treaty["OPCAT"]["status"],
        "opcat_date": day(treaty["OPCAT"]["deposited_on"]),
        "rome_status": treaty["ROME"]["status"],
        "rome_in_force": day(treaty["ROME"]["in_force_on"]),
        "rome_withdrawal_effective": day(treaty["ROME"]["withdrawn_on"]),
        "geneva_conventions": "yes" if treaty["GENEVA"]["status"] == "party" else "no",
    }


def _declared(tables: Tables, iso2: str, article: int) -> str:
    row = tables.rows["Declaration"].get((iso2, article))
    return str(row["value"]) if row else ""
