"""The database itself refuses to change the audit trail, whoever writes the SQL."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories.cast import Cast
from tests.factories.roles import own_role
from vault import append_only, audit, worker
from vault.countersigning import countersign
from vault.directory import revoke
from vault.models import AuditBatch, AuditEvent, AuditLink, Countersignature, KeyPair, Revocation

MODELS = {model._meta.db_table: model for model in (AuditEvent, AuditBatch, AuditLink, Countersignature, Revocation)}


@pytest.fixture
def rows(cast: Cast) -> None:
    """One row at least in each table."""
    audit.record("case.seen", "case", uuid4(), by=cast.ben.person.id)
    audit.chain(worker.ensure().signer)
    revoke(cast.lena.person.pair, cast.dana.ring.signer)
    assert countersign(cast.dana.ring.signer) is not None


def run(statement: str) -> int:
    """How many rows a statement touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def test_every_table_of_the_trail_is_named() -> None:
    assert set(MODELS) == set(append_only.TABLES)
    assert {name: model._meta.pk.column for name, model in MODELS.items()} == append_only.TABLES


@pytest.mark.parametrize("table", append_only.TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {key} = {key}",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE {key} = (SELECT MAX({key}::text)::{type} FROM {table})",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
        "TRUNCATE {table} CASCADE",
        "TRUNCATE vault_keypair, {table} CASCADE",
    ],
)
def test_nothing_changes_or_empties_it(rows: None, table: str, statement: str) -> None:
    """Statements that only one of the two databases knows are refused by the other as an error of syntax."""
    before = list(MODELS[table].objects.order_by("pk").values())
    key = append_only.TABLES[table]
    kind = "bigint" if "id" not in key or table == "vault_auditevent" else "uuid"
    with pytest.raises(DatabaseError):
        run(statement.format(table=table, key=key, type=kind))
    assert before
    assert list(MODELS[table].objects.order_by("pk").values()) == before


@pytest.mark.parametrize("table", append_only.TABLES)
def test_the_refusal_names_the_table(rows: None, table: str) -> None:
    """As the error of a constraint, which callers that insert the same row twice expect."""
    with pytest.raises(IntegrityError, match=f"append only: {table}"):
        run(f"DELETE FROM {table}")


def test_a_row_is_not_replaced_by_its_place_in_the_file(rows: None) -> None:
    """SQLite numbers rows of its own accord; PostgreSQL has no such column and refuses the statement."""
    (row,) = Countersignature.objects.all()
    names = "id, batch_id, signer_id, signature, pq_public, pq_signature, made_on"
    with pytest.raises(DatabaseError):
        run(
            f"INSERT OR REPLACE INTO vault_countersignature (rowid, {names}) "
            f"SELECT rowid, '{'0' * 32}', batch_id, signer_id, signature, pq_public, pq_signature, made_on "
            "FROM vault_countersignature"
        )
    assert list(Countersignature.objects.values_list("id", flat=True)) == [row.id]


@pytest.mark.parametrize("role", ["origin", "replica"])
def test_a_session_that_calls_itself_a_replica_is_refused_too(rows: None, role: str) -> None:
    if connection.vendor == "postgresql":
        run(f"SET LOCAL session_replication_role = {role}")
    with pytest.raises(IntegrityError):
        run("DELETE FROM vault_auditlink")


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda each: each._meta.db_table)
def test_our_own_classes_cannot_change_it_either(rows: None, model: type) -> None:
    for act in (lambda: model.objects.all().delete(), lambda: model.objects.get(pk=model.objects.first().pk).save()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_the_portal_as_a_role_of_its_own_may_only_add(cast: Cast, rows: None) -> None:
    """On PostgreSQL: the right is missing before any trigger is asked. Everything that the chain needs is there."""
    with own_role():
        for verb in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE", "DROP TABLE {0} CASCADE"):
            for table, key in append_only.TABLES.items():
                if connection.vendor == "postgresql":
                    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
                        run(verb.format(table, key))
        audit.record("case.seen", "case", uuid4(), by=cast.ben.person.id)
        assert audit.chain(worker.ensure().signer) > 0
        assert audit.verify().fault == ""


@pytest.mark.django_db
def test_a_trigger_that_says_something_else_is_missing() -> None:
    """Switched off, emptied or made for fewer cases."""
    name, text = next(iter(append_only.triggers(connection.vendor, "vault_auditevent").items()))
    if connection.vendor == "postgresql":
        spoilt = [
            f"ALTER TABLE vault_auditevent DISABLE TRIGGER {name}",
            f"ALTER TABLE vault_auditevent ENABLE TRIGGER {name}",
            f"DROP TRIGGER {name} ON vault_auditevent; {text.replace('DELETE OR UPDATE', 'DELETE')}",
        ]
    else:
        spoilt = [f"DROP TRIGGER {name}", f"DROP TRIGGER {name}; {text.replace(' BEGIN', ' WHEN 0 BEGIN')}"]
    for statements in spoilt:
        append_only.guard(connection)
        assert append_only.missing(connection) == []
        for statement in statements.split("; ", 1):
            run(statement)
        assert append_only.missing(connection) == [name]


@pytest.mark.django_db
def test_a_function_that_lets_everything_pass_is_missing_everywhere() -> None:
    if connection.vendor == "postgresql":
        run(
            "CREATE OR REPLACE FUNCTION vault_append_only() RETURNS trigger LANGUAGE plpgsql "
            "AS $$BEGIN RETURN NULL; END$$"
        )
        assert len(append_only.missing(connection)) == 2 * len(append_only.TABLES)
    append_only.guard(connection)
    assert append_only.missing(connection) == []


def test_a_revocation_stays(cast: Cast, rows: None) -> None:
    assert Revocation.objects.get().pair == cast.lena.person.pair
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyPair.objects.get(id=cast.lena.person.pair_id).revocation.delete()
