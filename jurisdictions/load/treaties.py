"""treaties.csv -> rows of State, TreatyStatus and Declaration."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from jurisdictions.load.files import Folder
from jurisdictions.load.shapes import CONFIDENCE, DAY_TEXT, URL_TEXT, Check, one_of, text, when
from jurisdictions.load.tables import Row, Tables

FILE = "treaties.csv"
ISO_3166 = frozenset(
    (Path(__file__).resolve().parent.parent / "reference" / "iso3166.txt").read_text(encoding="ascii").split()
)


def _or_empty(inner: Check) -> Check:
    def check(key: str, value: str) -> Iterator[tuple[str, str, str]]:
        if value:
            yield from inner(key, value)

    return check


_links = when(
    lambda value: all(not list(URL_TEXT("", link)) for link in value.split(";")), "is not a list of web addresses"
)
_answer = one_of("yes", "no", "unknown", "")
SHAPE: dict[str, Check] = {
    "iso2": when(lambda value: value in ISO_3166, "is not a two-letter code of ISO 3166-1"),
    "iso3": when(lambda value: re.fullmatch("[A-Z]{3}", value), "is not a three-letter code"),
    "name_en": text(),
    "cat_signed": _or_empty(DAY_TEXT),
    "cat_action": one_of("ratification", "accession", "succession", "none"),
    "cat_date": _or_empty(DAY_TEXT),
    "cat_art20_opt_out": _answer,
    "cat_art21": _answer,
    "cat_art22": _answer,
    "opcat": one_of("party", "signatory", "none"),
    "opcat_date": _or_empty(DAY_TEXT),
    "rome_status": one_of("party", "signatory", "withdrawn", "none"),
    "rome_in_force": _or_empty(DAY_TEXT),
    "rome_withdrawal_effective": _or_empty(DAY_TEXT),
    "iccpr_op1": one_of("party", "denounced", "none"),
    "geneva_conventions": one_of("yes", "no"),
    "sources": _links,
    "as_of": DAY_TEXT,
    "confidence": CONFIDENCE,
    "notes": text(empty=True),
}
# Own entry into force of the treaty, and the thirty days after a deposit (CAT art. 27, OPCAT art. 28).
STARTS = {"CAT": date(1987, 6, 26), "OPCAT": date(2006, 6, 22)}
WAIT = timedelta(days=30)
# Which column of the file speaks about which field of which treaty; used to place UNVERIFIED[...] and TO CHECK[...].
COLUMNS = {
    "CAT": {"cat_action": "status", "cat_date": "deposited_on", "cat_signed": "signed_on"},
    "OPCAT": {"opcat": "status", "opcat_date": "deposited_on"},
    "ROME": {"rome_status": "status", "rome_in_force": "in_force_on", "rome_withdrawal_effective": "withdrawn_on"},
    "ICCPR_OP1": {"iccpr_op1": "status"},
    "GENEVA": {"geneva_conventions": "status"},
}
ARTICLES = {20: "cat_art20_opt_out", 21: "cat_art21", 22: "cat_art22"}
DOUBT = re.compile(r"(?:UNVERIFIED|TO CHECK)\[([^\]]*)\]")
CORE = re.compile(r"CAT core: (high|medium|low)")


def read(folder: Folder, tables: Tables) -> None:
    """Add the rows of treaties.csv to the tables; problems are noted in the folder."""
    seen: set[str] = set()
    for place, row in folder.rows(FILE, tuple(SHAPE)):
        faults = [*_cells(row), *_sense(row)]
        faults += [(key, row[key], "stands there twice") for key in ("iso2", "iso3", "name_en") if row[key] in seen]
        seen |= {row["iso2"], row["iso3"], row["name_en"]}
        for key, value, what in faults:
            folder.add(FILE, f"{place} {row['iso2']}.{key}", value, what)
        if not faults:
            _add(row, tables)


def _cells(row: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for key, check in SHAPE.items():
        yield from check(key, row[key])


def _sense(row: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """What single cells cannot say: a status and its dates belong together, and dates run forward."""
    party = row["cat_action"] != "none"
    if party != bool(row["cat_date"]):
        yield "cat_date", row["cat_date"], "does not fit cat_action"
    for column in ARTICLES.values():
        if party != bool(row[column]):
            yield column, row[column], "does not fit cat_action"
    if row["opcat_date"] and row["opcat"] != "party":
        yield "opcat_date", row["opcat_date"], "does not fit opcat"
    if (row["rome_status"] in {"party", "withdrawn"}) != bool(row["rome_in_force"]):
        yield "rome_in_force", row["rome_in_force"], "does not fit rome_status"
    if row["rome_status"] == "withdrawn" and not row["rome_withdrawal_effective"]:
        yield "rome_withdrawal_effective", "", "is missing for a State that has withdrawn"
    yield from _order(row, "cat_signed", "cat_date")
    yield from _order(row, "rome_in_force", "rome_withdrawal_effective")


def _order(row: dict[str, str], first: str, then: str) -> Iterator[tuple[str, str, str]]:
    if row[first] and row[then] and row[then] < row[first]:
        yield then, row[then], f"is before {first}"


def _add(row: dict[str, str], tables: Tables) -> None:
    doubts = _doubts(row["notes"])
    tables.put(
        "State",
        {"iso2": row["iso2"], "iso3": row["iso3"], "name": row["name_en"], "notes": row["notes"]}
        | _provenance(row, row["confidence"], sorted(doubts)),
    )
    for treaty, values in _statuses(row).items():
        fields = [name for column, name in COLUMNS[treaty].items() if column in doubts or "all" in doubts]
        confidence = _core(row) if treaty == "CAT" else row["confidence"]
        tables.put("TreatyStatus", _status(row, treaty, values) | _provenance(row, confidence, fields))
    for article, column in ARTICLES.items():
        if row[column]:
            fields = ["value"] if column in doubts or "all" in doubts else []
            own = {"state_id": row["iso2"], "article": article, "value": row[column]}
            tables.put("Declaration", own | _provenance(row, row["confidence"], fields))


def _doubts(notes: str) -> set[str]:
    return {name.strip() for names in DOUBT.findall(notes) for name in names.split(",")}


def _core(row: dict[str, str]) -> str:
    """The notes grade status and date of the Convention against Torture apart from the rest of the row."""
    found = CORE.search(row["notes"])
    return found[1] if found else row["confidence"]


def _provenance(row: dict[str, str], confidence: str, unverified: list[str]) -> Row:
    return {
        "sources": row["sources"].split(";"),
        "confidence": confidence,
        "checked_on": date.fromisoformat(row["as_of"]),
        "unverified": unverified,
    }


def _statuses(row: dict[str, str]) -> dict[str, Row]:
    cat = "party" if row["cat_action"] != "none" else "signatory" if row["cat_signed"] else "none"
    action = "" if row["cat_action"] == "none" else row["cat_action"]
    rome = {"in_force_on": _day(row["rome_in_force"]), "withdrawn_on": _day(row["rome_withdrawal_effective"])}
    return {
        "CAT": {"status": cat, "action": action, "signed_on": _day(row["cat_signed"])}
        | _deposit("CAT", row["cat_date"]),
        "OPCAT": {"status": row["opcat"]} | _deposit("OPCAT", row["opcat_date"]),
        "ROME": {"status": row["rome_status"]} | rome,
        "ICCPR_OP1": {"status": row["iccpr_op1"]},
        "GENEVA": {"status": "party" if row["geneva_conventions"] == "yes" else "none"},
    }


def _status(row: dict[str, str], treaty: str, values: Row) -> Row:
    empty = {"action": "", "signed_on": None, "deposited_on": None, "in_force_on": None, "withdrawn_on": None}
    return {"state_id": row["iso2"], "treaty": treaty} | empty | values


def _deposit(treaty: str, text_: str) -> Row:
    day = _day(text_)
    return {"deposited_on": day, "in_force_on": max(day + WAIT, STARTS[treaty]) if day else None}


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
