"""The reference data of the database as one frozen value for the rules: as it is, as it stood, as it was recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from jurisdictions import models
from jurisdictions.load.current import current
from jurisdictions.load.signed import read_back
from jurisdictions.load.tables import KEYS, Tables
from jurisdictions.snapshot import Reference, build
from jurisdictions.stood import Row, stood

KINDS = (
    models.State,
    models.TreatyStatus,
    models.NationalLaw,
    models.JurisdictionBasis,
    models.Situation,
    models.CrimeTreaty,
    models.Practice,
)


@transaction.atomic
def read() -> Reference:
    """Read everything an assessment needs, once, in one transaction."""
    return build({kind.__name__: list(kind._default_manager.values()) for kind in KINDS})


def read_as_it_stood(day: date) -> Reference:
    """The law as it stood on a day, as far as we know it today; what has no day is marked as unverified."""
    return build(rows_as_they_stood(day))


def read_as_recorded(day: date) -> Reference:
    """What this portal held at the end of a day (UTC), right or wrong; empty before the first load."""
    return build(rows_as_recorded(day))


@transaction.atomic
def rows_as_they_stood(day: date) -> dict[str, list[Row]]:
    """Rows by model name: values that became the law after that day are taken back first."""
    tables = current()
    later = models.Proposal.objects.filter(state=models.Proposal.State.SIGNED, law_from__gt=day)
    newest_first = list(later.order_by("-law_from", "-decided_on", "-pk"))
    if newest_first:
        tables = read_back(tables, newest_first)
    return stood(_rows(tables), day)


@transaction.atomic
def rows_as_recorded(day: date) -> dict[str, list[Row]]:
    """Rows by model name, from the history of changes."""
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC) - timedelta(microseconds=1)
    return {name: [_plain(row) for row in getattr(models, name).history.as_of(end)] for name in KEYS}


def _plain(row: object) -> Row:
    fields = row._meta.concrete_fields  # type: ignore[attr-defined]
    return {field.attname: getattr(row, field.attname) for field in fields}


def _rows(tables: Tables) -> dict[str, list[Row]]:
    return {name: tables.of(name) for name in KEYS}
