"""Triggers that refuse to change, delete or empty the audit trail, countersignatures and revocations."""

from django.db import migrations

from vault import append_only

# A migration that changes one of these tables on SQLite makes it anew, without its triggers: it must guard it again.
TABLES = ["vault_auditevent", "vault_auditbatch", "vault_auditlink", "vault_countersignature", "vault_revocation"]


def guard(apps, schema_editor):
    """Make the triggers of this database's vendor."""
    append_only.guard(schema_editor.connection, TABLES)


def unguard(apps, schema_editor):
    """Take them away again."""
    append_only.unguard(schema_editor.connection, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ("vault", "0003_keys_that_hold"),
    ]

    operations = [migrations.RunPython(guard, unguard)]
