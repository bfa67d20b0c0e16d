"""Somebody who writes to the database for an hour: any row, any column, keys of their own, nobody else's keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models

from vault import append_only
from vault.compartments import DOMAIN, grant_info
from vault.directory import new_pair, state
from vault.envelope.encoding import pack
from vault.envelope.seeds import new_seed
from vault.envelope.suite import seal_to
from vault.models import Compartment, Epoch, EraseShare, Grant, KeyPair, Statement, today
from vault.opened import Opened, open_epoch
from vault.signers import Signer


def overwrite(row: models.Model, /, **columns: Any) -> None:
    """Set columns of one row by SQL; no code of the project sees it."""
    meta, quoted = type(row)._meta, connection.ops.quote_name
    fields = [meta.get_field(name) for name in columns]
    settings = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    values = [
        field.get_db_prep_save(_id(value), connection) for field, value in zip(fields, columns.values(), strict=True)
    ]
    values.append(meta.pk.get_db_prep_save(row.pk, connection))
    with as_owner(meta.db_table), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {quoted(meta.db_table)} SET {settings} WHERE {quoted(meta.pk.column)} = %s", values)
        assert cursor.rowcount == 1


def erase(rows: models.QuerySet[Any]) -> None:
    """Delete rows by SQL, without what the models would delete with them."""
    with as_owner(rows.model._meta.db_table):
        rows._raw_delete(rows.db)


@contextmanager
def as_owner(table: str) -> Iterator[None]:
    """Take the triggers of an append-only table away and put them back, as whoever owns the tables can."""
    if table not in append_only.TABLES:
        yield
        return
    settle()
    append_only.unguard(connection, [table])
    yield
    settle()
    append_only.guard(connection, [table])


def settle() -> None:
    """Let PostgreSQL check waiting foreign keys now: a table with some waiting cannot get or lose triggers."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def copied(row: models.Model, /, **changed: Any) -> Any:
    """Insert a copy of a row under another id, with some columns changed."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    names = {row._meta.get_field(name).attname: _id(value) for name, value in changed.items()}
    made = type(row)(**(values | {"id": uuid4()} | names))
    made.save(force_insert=True)
    return made


def put_back(row: models.Model) -> None:
    """Restore a row as it was when it was read, whatever is there now."""
    erase(type(row)._default_manager.filter(pk=row.pk))
    type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}).save(
        force_insert=True
    )


class Intruder:
    """Has a key pair in the table and a use for it, and no statement by the root."""

    def __init__(self, use: str = KeyPair.Use.PERSON) -> None:
        self.seed = new_seed()
        self.pair = new_pair(self.seed, use)

    @property
    def signer(self) -> Signer:
        """Signs with the intruder's own key."""
        return Signer(self.pair, self.seed)

    def gives(
        self, epoch: Epoch, secret: bytes, to: KeyPair, share: str = "whole", purpose: str = "first contact"
    ) -> Grant:
        """Insert a grant that is whole in itself: sealed to that key, signed by the intruder."""
        row = Grant(epoch=epoch, recipient=to, share=share, giver=self.pair, purpose=purpose)
        row.sealed = seal_to(bytes(to.kem_public), secret, grant_info(row))
        row.signature = self.signer.sign(DOMAIN, pack(grant_info(row), row.sealed))
        row.save()
        return row

    def opens_epoch(self, compartment: Compartment, *readers: KeyPair) -> Opened:
        """Insert the next epoch of a compartment under a secret of the intruder's own, granted to its readers."""
        newest = compartment.epochs.order_by("-number").first()
        epoch = Epoch.objects.create(compartment=compartment, number=newest.number + 1 if newest else 1)
        EraseShare.objects.create(epoch=epoch, share=bytes(32))
        for reader in readers:
            self.gives(epoch, bytes(32), reader)
        return open_epoch(epoch, bytes(32))

    def states(self, pair: KeyPair, *, use: str, holder: UUID | None = None, role: str = "", **days: date) -> Statement:
        """Insert a directory statement that the intruder has signed."""
        since, until = days.get("since", today() - timedelta(days=1)), days.get("until")
        return state(
            pair=pair, holder=holder, use=use, role=role, from_on=since, until_on=until, signer=self.signer
        )  # fmt: skip


def _id(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value
