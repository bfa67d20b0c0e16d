"""The secret files of a new deployment."""

import stat
from pathlib import Path

import pytest

from cases.dossier.keys import read_keys
from cases.dossier.signer import read_signer
from portal.management.commands.make_secrets import FINGERPRINT, SECRETS, write_missing, write_servers
from tests.factories import signers


@pytest.fixture(autouse=True)
def _no_named_files(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*SECRETS, FINGERPRINT):
        monkeypatch.delenv(f"PORTAL_{name.upper()}_FILE", raising=False)


def test_every_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    assert write_missing(folder) == [*SECRETS, FINGERPRINT]
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in SECRETS} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / "deployment").write_text("old")
    assert "deployment" not in write_missing(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in SECRETS}
    assert write_missing(tmp_path) == []
    assert {name: (tmp_path / name).read_bytes() for name in SECRETS} == before
    assert before["deployment"] == b"old"


def test_the_keys_that_are_made_say_that_they_are_self_made_and_fit_their_fingerprint(tmp_path: Path) -> None:
    write_missing(tmp_path)
    keys, signer = (
        read_keys((tmp_path / "package_keys").read_text()),
        read_signer((tmp_path / "document_signer").read_bytes()),
    )
    assert keys.is_self_made
    assert signer.is_self_made
    assert (tmp_path / FINGERPRINT).read_text().strip() == keys.fingerprint


def test_keys_that_an_organisation_brought_get_their_fingerprint_and_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "package_keys").write_text(signers.brought_keys())
    write_missing(tmp_path)
    keys = read_keys((tmp_path / "package_keys").read_text())
    assert not keys.is_self_made
    assert (tmp_path / FINGERPRINT).read_text().strip() == keys.fingerprint


def test_what_is_no_key_file_gets_no_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "package_keys").write_text("hunter2")
    assert FINGERPRINT not in write_missing(tmp_path)
    assert not (tmp_path / FINGERPRINT).exists()


def test_two_deployments_share_nothing(tmp_path: Path) -> None:
    write_missing(tmp_path / "a")
    write_missing(tmp_path / "b")
    assert all((tmp_path / "a" / name).read_bytes() != (tmp_path / "b" / name).read_bytes() for name in SECRETS)


def test_a_secret_with_a_file_of_its_own_is_written_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_DEPLOYMENT_FILE", str(tmp_path / "mounted"))
    write_missing(tmp_path / "secrets")
    assert (tmp_path / "mounted").exists()
    assert not (tmp_path / "secrets" / "deployment").exists()


def test_passwords_of_servers_are_made_once_and_fit_their_addresses(tmp_path: Path) -> None:
    of_postgres = ["postgres_password", "database_owner_url", "postgres_app_password", "database_url"]
    assert write_servers(tmp_path) == [*of_postgres, "redis_users", "redis_url"]
    owner, owner_url, app, app_url = ((tmp_path / name).read_text().strip() for name in of_postgres)
    assert owner_url == f"postgres://portal:{owner}@postgres:5432/portal"
    assert app_url == f"postgres://portal_app:{app}@postgres:5432/portal"
    assert owner != app
    users = (tmp_path / "redis_users").read_text()
    assert users.startswith("user default off\n")
    broker = (tmp_path / "redis_url").read_text().split(":")[2].split("@")[0]
    assert f">{broker} " in users
    assert write_servers(tmp_path) == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
