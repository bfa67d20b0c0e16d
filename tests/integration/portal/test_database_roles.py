"""The two roles of a team's PostgreSQL, made on a private server by the commands that docker-compose.yml runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from portal.environment import BASE_DIR
from portal.management.commands.make_secrets import write_missing
from portal.ops.services import Postgres
from vault.append_only import TABLES

pytestmark = pytest.mark.slow
APP, PASSWORD = "portal_app", "correct horse"
TRY = """
import django; django.setup()
from uuid import uuid4
from vault import audit, worker
audit.record("case.seen", "case", uuid4(), by=None)
worker.ensure()
while audit.chain(worker.keyrings()[0].signer): pass
verdict = audit.verify()
print(verdict.events, verdict.pending, repr(verdict.fault))
"""


@dataclass
class Team:
    """A server, and how its commands are run as either role."""

    server: Postgres
    state: Path
    memory: Path

    def address(self, role: str) -> str:
        return self.server.url.replace("//portal@", f"//{role}@")

    def run(self, role: str, *arguments: str, **more: str) -> tuple[int, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        given = {
            "DATABASE_URL": self.address(role), "PORTAL_STATE_DIR": str(self.state),
            "PORTAL_TMPFS_DIR": str(self.memory), "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_ARGON2_MEMORY_KIB": "1024",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, *arguments], env={**kept, **given, **more}, cwd=BASE_DIR, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    def sql(self, role: str, statement: str) -> list[tuple[object, ...]]:
        folder = self.server.folder
        with psycopg.connect(host=str(folder), user=role, dbname="portal") as connected:
            cursor = connected.execute(statement)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """Migrated by the owner; the app's role made and given its rights, twice as after every update."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("team")
    (folder / "static").mkdir()
    write_missing(folder / "secrets")
    (folder / "password").write_text(PASSWORD + "\n")
    server = Postgres().start()
    made = Team(server, folder, settings.TMPFS_DIR / "team")
    try:
        assert made.run("portal", "manage.py", "migrate", "--noinput", "-v0") == (0, "")
        for _ in range(2):
            roles = ("database_roles", "--app", APP, "--apply", "--password-file", str(folder / "password"))
            assert made.run("portal", "manage.py", *roles) == (0, "done\n")
        yield made
    finally:
        server.stop()


PRODUCTION = {
    "PORTAL_PROFILE": "production", "PORTAL_HOSTS": "form.example", "PORTAL_ARGON2_MEMORY_KIB": "65536",
    "PORTAL_ORGANISATION": "Example organisation", "PORTAL_ORGANISATION_ADDRESS": "1 Example Street",
    "PORTAL_DATA_PROTECTION_CONTACT": "privacy@form.example", "PORTAL_READING_SECONDS": "20", "PORTAL_WORK_BITS": "18",
}  # fmt: skip


def test_the_app_founds_writes_chains_and_verifies_as_its_own_role(team: Team) -> None:
    code, text = team.run(APP, "manage.py", "found_organisation", "lead:dana:Dana", "caseworker:ben:Ben")
    assert code == 0, text
    code, text = team.run(APP, "-c", TRY)
    assert code == 0, text
    events, pending, fault = text.split()
    assert int(events) > 3
    assert (pending, fault) == ("0", "''")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE", "DROP TABLE {0} CASCADE",
        "ALTER TABLE {0} DISABLE TRIGGER ALL", "DROP TRIGGER {0}_stays ON {0}", "ALTER TABLE {0} OWNER TO portal_app",
        "SELECT {1} FROM {0} FOR UPDATE",
        "CREATE TRIGGER mine BEFORE INSERT ON {0} EXECUTE FUNCTION vault_append_only()",
        "SET ROLE portal", "SET session_replication_role = replica",
    ],
)  # fmt: skip
def test_the_app_can_neither_change_the_trail_nor_take_its_guards_away(team: Team, table: str, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        team.sql(APP, statement.format(table, TABLES[table]))


def test_the_app_cannot_give_itself_a_right(team: Team) -> None:
    """PostgreSQL only warns; what counts is what may be done afterwards."""
    team.sql(APP, "GRANT UPDATE ON vault_auditevent TO portal_app")
    assert team.sql(APP, "SELECT has_table_privilege('vault_auditevent', 'UPDATE')") == [(False,)]


def test_the_app_empties_no_table_and_writes_no_migrations(team: Team) -> None:
    for statement in ("TRUNCATE cases_case CASCADE", "DELETE FROM django_migrations", "CREATE TABLE public.mine ()"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            team.sql(APP, statement)
    team.sql(APP, "UPDATE cases_case SET team = team")


def test_the_server_keeps_no_password_but_what_verifies_it(team: Team) -> None:
    ((kept, is_super),) = team.sql("portal", f"SELECT rolpassword, rolsuper FROM pg_authid WHERE rolname = '{APP}'")
    assert str(kept).startswith("SCRAM-SHA-256$")
    assert PASSWORD not in str(kept)
    assert is_super is False


def test_production_starts_as_the_app_and_not_as_the_owner(team: Team) -> None:
    start = ("-c", "import portal.wsgi; print('serving')")
    root = {"PORTAL_ROOT_FINGERPRINT": "00" * 32}
    assert team.run(APP, *start, **PRODUCTION, **root) == (0, "serving\n")
    code, text = team.run("portal", *start, **PRODUCTION, **root)
    assert code == 1
    assert text.count("portal.E016") == len(TABLES)


def test_production_does_not_start_without_a_trigger(team: Team) -> None:
    start = ("-c", "import portal.wsgi; print('serving')")
    team.sql("portal", "DROP TRIGGER vault_auditlink_no_truncate ON vault_auditlink")
    code, text = team.run(APP, *start)
    assert code == 1
    assert "portal.E015: The trigger vault_auditlink_no_truncate is missing or changed." in text
    code, text = team.run("portal", "manage.py", "migrate", "--noinput")
    assert code == 1
    assert "portal.E015" in text
    assert team.run(APP, "manage.py", "guard_audit")[0] == 1
    assert team.run("portal", "manage.py", "guard_audit") == (0, "made: vault_auditlink_no_truncate\n")
    assert team.run(APP, *start) == (0, "serving\n")


def test_without_apply_the_rights_are_only_printed(team: Team) -> None:
    code, text = team.run("portal", "manage.py", "database_roles", "--app", "somebody")
    assert code == 0
    assert 'GRANT SELECT, INSERT ON "vault_auditevent" TO somebody;' in text
    assert 'GRANT SELECT, INSERT, UPDATE, DELETE ON "cases_case" TO somebody;' in text
    assert "TRUNCATE" not in text
    assert team.sql("portal", "SELECT 1 FROM pg_roles WHERE rolname = 'somebody'") == []


@pytest.mark.parametrize("name", ["Portal", 'a"; DROP TABLE x', "", "nobody_there", "portal", "helper"])
def test_a_role_that_does_not_exist_or_owns_the_tables_gets_nothing(team: Team, name: str) -> None:
    if name == "helper":
        team.sql("portal", "CREATE ROLE helper; GRANT portal TO helper")
    code, text = team.run("portal", "manage.py", "database_roles", "--app", name, "--apply")
    assert code == 1
    assert "role" in text.lower()
