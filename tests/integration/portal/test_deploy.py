"""`manage.py check --deploy` and the start of a server, in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from portal.environment import BASE_DIR, folder
from portal.management.commands.make_secrets import write_missing, write_once
from tests.factories import signers

pytestmark = pytest.mark.slow


@pytest.fixture
def production(tmp_path: Path, settings: object) -> dict[str, str]:
    """The environment of a right production deployment on the database that this run tests with."""
    (tmp_path / "static").mkdir()
    folder(tmp_path / "secrets")
    write_once(tmp_path / "secrets" / "package_keys", signers.brought_keys())
    write_once(tmp_path / "secrets" / "document_signer", signers.brought_signer())
    write_missing(tmp_path / "secrets")
    memory = settings.TMPFS_DIR / f"production-{tmp_path.name}"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = {"DATABASE_URL": os.environ["DATABASE_URL"]} if "DATABASE_URL" in os.environ else {}
    return (
        kept
        | given
        | {
            "PORTAL_PROFILE": "production",
            "PORTAL_HOSTS": "form.example",
            "PORTAL_ORGANISATION": "Example organisation",
            "PORTAL_ORGANISATION_ADDRESS": "1 Example Street",
            "PORTAL_DATA_PROTECTION_CONTACT": "privacy@form.example",
            "PORTAL_STATE_DIR": str(tmp_path),
            "PORTAL_TMPFS_DIR": str(memory),
            "PORTAL_ROOT_FINGERPRINT": "00" * 32,
        }
    )


@pytest.fixture
def disk(pytestconfig: pytest.Config) -> str:
    """A private folder that is not in memory, as /tmp may be."""
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("disk")
    folder.chmod(0o700)
    return str(folder)


def run(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, *arguments], env=environment, cwd=BASE_DIR, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def check(environment: dict[str, str]) -> tuple[int, str]:
    return run(environment, "manage.py", "check", "--deploy", "--fail-level", "WARNING")


@pytest.mark.parametrize("name", ["package_keys", "document_signer"])
def test_keys_that_were_made_here_are_a_warning_and_missing_ones_stop_it(
    production: dict[str, str], tmp_path: Path, name: str
) -> None:
    (tmp_path / "secrets" / name).unlink()
    (tmp_path / "secrets" / "package_fingerprint").unlink()
    assert "portal.E024" in check(production)[1]
    write_missing(tmp_path / "secrets")
    assert "portal.W002" in check(production)[1]


def test_a_worker_with_other_keys_than_people_were_told_does_not_start(production: dict[str, str]) -> None:
    code, text = check(production | {"PORTAL_PACKAGE_FINGERPRINT": "00" * 32})
    assert (code, "other-keys" in text) == (1, True)


def test_a_fingerprint_may_be_told_in_groups(production: dict[str, str], tmp_path: Path) -> None:
    whole = (tmp_path / "secrets" / "package_fingerprint").read_text().strip()
    grouped = " ".join(whole[at : at + 8] for at in range(0, 64, 8)).upper()
    script = "import portal.wsgi; from django.conf import settings; print(settings.PACKAGE_FINGERPRINT)"
    assert run(production | {"PORTAL_PACKAGE_FINGERPRINT": grouped}, "-c", script) == (0, f"{whole}\n")


def test_the_web_server_does_not_load_what_only_a_worker_needs(production: dict[str, str]) -> None:
    script = "import sys, portal.wsgi, portal.urls; print([n for n in ('pyhanko', 'aiohttp') if n in sys.modules])"
    assert run(production, "-c", script) == (0, "[]\n")


def serve(environment: dict[str, str]) -> tuple[int, str]:
    return run(environment, "-c", "import portal.wsgi; print('serving')")


@pytest.mark.django_db  # so that it runs on each database
def test_a_right_production_profile_is_clean(production: dict[str, str]) -> None:
    code, text = check(production)
    if connection.vendor == "sqlite":
        assert code == 1
        assert text.count("portal.W") == text.count("WARNINGS") == 1
        assert "portal.W001" in text
        assert "System check identified 1 issue (5 silenced)" in text
    else:
        assert (code, text) == (0, "System check identified no issues (5 silenced).\n")


def test_a_right_production_profile_starts(production: dict[str, str]) -> None:
    assert serve(production) == (0, "serving\n")


def test_before_the_first_run_it_starts_without_a_root(production: dict[str, str]) -> None:
    assert serve(production | {"PORTAL_ROOT_FINGERPRINT": ""}) == (0, "serving\n")


@pytest.mark.parametrize(
    ("name", "value", "id_"),
    [
        ("PORTAL_HOSTS", "*", "portal.E007"),
        ("PORTAL_HOSTS", "", "portal.E007"),
        ("PORTAL_ORGANISATION", "", "portal.E017"),
        ("PORTAL_ARGON2_MEMORY_KIB", "19456", "portal.E008"),
        ("PORTAL_ARGON2_ITERATIONS", "1", "portal.E008"),
        ("PORTAL_TMPFS_DIR", "{disk}", "portal.E005"),
        ("PORTAL_CODE_SECONDS", "10", "portal.E026"),
    ],
)
def test_a_wrong_one_does_not_start(production: dict[str, str], disk: str, name: str, value: str, id_: str) -> None:
    code, text = serve(production | {name: value.format(disk=disk)})
    assert code == 1
    assert id_ in text
    assert "serving" not in text


def test_the_check_names_everything_that_is_wrong(production: dict[str, str], disk: str) -> None:
    wrong = {
        "PORTAL_HOSTS": "*", "PORTAL_ORGANISATION": "", "PORTAL_ARGON2_ITERATIONS": "1", "PORTAL_TMPFS_DIR": disk,
        "PORTAL_CODE_SECONDS": "10",
    }  # fmt: skip
    code, text = check(production | wrong)
    assert code == 1
    named = [f"portal.E{number}" for number in ("005", "007", "008", "017", "026")]
    assert [each for each in named if each not in text] == []


def test_a_worker_does_not_start_with_temporary_files_on_a_disk(production: dict[str, str], disk: str) -> None:
    environment = production | {"PORTAL_TMPFS_DIR": disk, "REDIS_URL": "redis+socket:///nowhere"}
    code, text = run(environment, "-m", "celery", "--quiet", "-A", "portal", "worker", "--pool", "solo")
    assert code != 0
    assert "portal.E005" in text


@pytest.mark.parametrize("name", ["django_secret_key", "deployment", "deployment_salt"])
def test_a_missing_secret_stops_everything_and_is_named(production: dict[str, str], tmp_path: Path, name: str) -> None:
    (tmp_path / "secrets" / name).unlink()
    code, text = run(production, "manage.py", "check")
    assert code != 0
    assert f"'{name}'" in text
    assert "make_secrets" in text


def test_an_unknown_profile_stops_everything(production: dict[str, str]) -> None:
    code, text = run(production | {"PORTAL_PROFILE": "prod"}, "manage.py", "check")
    assert code != 0
    assert "PORTAL_PROFILE" in text


def test_no_core_file_can_be_written(production: dict[str, str]) -> None:
    show = "import portal.wsgi, resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    assert run(production, "-c", show) == (0, "(0, 0)\n")


def test_temporary_files_of_a_server_and_of_what_it_starts_are_in_memory(production: dict[str, str]) -> None:
    show = (
        "import portal.wsgi, tempfile, subprocess, sys; print(tempfile.gettempdir());"
        "subprocess.run([sys.executable, '-c', 'import tempfile; print(tempfile.gettempdir())'])"
    )
    code, text = run(production, "-c", show)
    assert code == 0
    assert set(text.split()) == {production["PORTAL_TMPFS_DIR"] + "/tmp"}
