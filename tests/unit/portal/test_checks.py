"""What a deployment must not do, and that each check says so."""

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from socket import gethostname

import pytest
from django.core.checks import CheckMessage, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from people.models import Person
from portal import checks
from portal.ops import authority
from portal.ops.services import Clamd
from tests.factories import signers
from tests.factories.roles import own_role
from tests.factories.time_authority import authority as invented
from vault import append_only
from vault.models import KeyPair


def ids(found: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in found]


def test_this_deployment_is_in_order() -> None:
    assert [check(None) for check in checks.ALWAYS] == [[] for _ in checks.ALWAYS]


@pytest.mark.parametrize(
    "lines",
    ["", "TemporaryDirectory {disk}\n", "TemporaryDirectory /nowhere\n", "#TemporaryDirectory {memory}\n",
     "TemporaryDirectory {memory}\nLeaveTemporaryFiles yes\n"],
    ids=["not said", "a disk", "elsewhere", "said in a comment", "left there"],
)  # fmt: skip
def test_a_scanner_that_would_write_to_a_disk_is_an_error(
    settings: object, pytestconfig: pytest.Config, tmp_path: Path, lines: str
) -> None:
    conf, disk = tmp_path / "clamd.conf", pytestconfig.cache.mkdir("disk")  # tmp_path may lie in memory
    conf.write_text(lines.format(disk=disk, memory=settings.TMPFS_DIR))
    settings.CLAMD, settings.CLAMD_CONF = "unix:/x", str(conf)
    assert ids(checks.scanner()) == ["portal.E018"]


def test_a_scanner_whose_configuration_cannot_be_read_is_an_error(settings: object, tmp_path: Path) -> None:
    settings.CLAMD, settings.CLAMD_CONF = "unix:/x", str(tmp_path / "none")
    assert ids(checks.scanner()) == ["portal.E018"]


def test_a_private_scanner_is_in_order(settings: object, tmp_path: Path) -> None:
    server = Clamd(tmp_path / "clamd", settings.TMPFS_DIR)
    server.configure()
    settings.CLAMD, settings.CLAMD_CONF = server.address, str(server.conf)
    assert checks.scanner() == []


@pytest.mark.parametrize("name", checks.REQUIRED_MIDDLEWARE)
def test_a_missing_middleware_is_an_error(settings: object, name: str) -> None:
    settings.MIDDLEWARE = [entry for entry in settings.MIDDLEWARE if entry != name]
    assert ids(checks.middleware()) == ["portal.E001"]


def test_a_wrong_order_is_an_error(settings: object) -> None:
    settings.MIDDLEWARE = list(reversed(settings.MIDDLEWARE))
    assert ids(checks.middleware()) == ["portal.E001"]


def test_compression_of_dynamic_pages_is_an_error(settings: object) -> None:
    settings.MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *settings.MIDDLEWARE]
    assert ids(checks.middleware()) == ["portal.E002"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_COOKIE_NAME", "sessionid"),
        ("DESK_COOKIE_NAME", "__Host-s"),
        ("SESSION_COOKIE_SECURE", False),
        ("SESSION_COOKIE_HTTPONLY", False),
        ("SESSION_COOKIE_SAMESITE", "Lax"),
        ("SESSION_EXPIRE_AT_BROWSER_CLOSE", False),
        ("CSRF_USE_SESSIONS", False),
    ],
)
def test_a_weaker_cookie_is_an_error(settings: object, name: str, value: object) -> None:
    setattr(settings, name, value)
    assert ids(checks.cookies()) == ["portal.E003"]


def test_djangos_own_upload_handlers_are_an_error(settings: object) -> None:
    settings.FILE_UPLOAD_HANDLERS = [
        *settings.FILE_UPLOAD_HANDLERS,
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]
    assert ids(checks.uploads()) == ["portal.E004"]


def test_a_folder_on_a_disk_is_an_error(settings: object) -> None:
    settings.TMPFS_DIR = Path(__file__).parent
    found = checks.memory_only()
    assert ids(found) == ["portal.E005"]
    assert "PORTAL_TMPFS_DIR" in found[0].msg


def test_a_temporary_directory_on_a_disk_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(Path(__file__).parent))
    assert ids(checks.memory_only()) == ["portal.E005"]


def test_a_folder_in_memory_that_others_can_enter_is_an_error(settings: object) -> None:
    settings.TMPFS_DIR.chmod(0o755)
    try:
        assert ids(checks.private_folder()) == ["portal.E013"]
    finally:
        settings.TMPFS_DIR.chmod(0o700)


def test_debug_is_an_error(settings: object) -> None:
    settings.DEBUG = True
    assert ids(checks.debug()) == ["portal.E006"]


def test_a_field_that_nobody_declared_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = dict(Person.FIELDS)
    monkeypatch.setattr(Person, "FIELDS", {name: kind for name, kind in declared.items() if name != "login"})
    assert ids(checks.declared_fields()) == ["portal.E014"]
    monkeypatch.setattr(Person, "FIELDS", declared | {"ghost": "public"})
    assert ids(checks.declared_fields()) == ["portal.E014"]


# --- production ----------------------------------------------------------------------------------------------------


@pytest.fixture
def production(settings: object) -> object:
    settings.PRODUCTION = True
    settings.ALLOWED_HOSTS = ["form.example"]
    settings.ARGON2 = {"memory_kib": 65536, "iterations": 3, "lanes": 1}
    settings.FLOODS = settings.FLOODS | {"reading_seconds": 20, "work_bits": 18}
    settings.ROOT_FINGERPRINT = bytes(32)
    return settings


@pytest.mark.parametrize("hosts", [[], ["*"], ["form.example", "*"]])
def test_production_names_its_hosts(production: object, hosts: list[str]) -> None:
    assert checks.hosts() == []
    production.ALLOWED_HOSTS = hosts
    assert ids(checks.hosts()) == ["portal.E007"]


@pytest.mark.parametrize(
    "given", [{"reading_seconds": 0}, {"reading_seconds": 19}, {"work_bits": 8}, {"work_bits": 30}]
)
def test_production_makes_a_flood_pay_and_no_phone_suffer(production: object, given: dict[str, int]) -> None:
    assert checks.floods() == []
    production.FLOODS = production.FLOODS | given
    assert ids(checks.floods()) == ["portal.E021"]


@pytest.mark.parametrize("name", ["sends_per_minute", "tries_per_minute", "visits_per_minute"])
def test_a_limit_that_lets_nobody_pass_is_an_error(settings: object, name: str) -> None:
    settings.FLOODS = settings.FLOODS | {name: 0}
    assert ids(checks.floods()) == ["portal.E022"]


@pytest.mark.parametrize("name", ["organisation", "address", "dpo"])
@pytest.mark.parametrize("nothing", ["", "  "])
def test_production_names_who_is_responsible_for_the_data(production: object, name: str, nothing: str) -> None:
    assert checks.controller() == []
    production.CONTROLLER = production.CONTROLLER | {name: nothing}
    found = checks.controller()
    assert ids(found) == ["portal.E017"]
    assert found[0].msg.count("PORTAL_") == 1
    production.PRODUCTION = False
    assert checks.controller() == []


@pytest.mark.parametrize("weak", [{"memory_kib": 65535}, {"iterations": 2}, {"lanes": 0}])
def test_production_refuses_weak_argon2(production: object, weak: dict[str, int]) -> None:
    assert checks.passwords() == []
    production.ARGON2 = production.ARGON2 | weak
    assert ids(checks.passwords()) == ["portal.E008"]


@pytest.mark.parametrize("seconds", [10, 60])
def test_production_takes_no_codes_but_those_that_apps_show(production: object, seconds: int) -> None:
    assert checks.codes() == []
    production.CODE_SECONDS = seconds
    assert ids(checks.codes()) == ["portal.E026"]


def test_production_refuses_secrets_that_others_read(production: object, tmp_path: Path) -> None:
    production.SECRETS_DIR = tmp_path
    secret = tmp_path / "deployment_salt"
    secret.write_text("00")
    secret.chmod(0o400)
    assert checks.secret_files() == []
    secret.chmod(0o440)
    assert ids(checks.secret_files()) == ["portal.E009"]


@pytest.mark.django_db
def test_production_refuses_a_root_that_only_the_database_knows(production: object) -> None:
    production.ROOT_FINGERPRINT = None
    assert checks.root() == []  # before the first run
    KeyPair.objects.create(use="root", kem_public=bytes(1216), sign_public=bytes(32), fingerprint=bytes(32))
    assert ids(checks.root()) == ["portal.E010"]
    production.ROOT_FINGERPRINT = bytes(32)
    assert checks.root() == []


@pytest.mark.django_db
def test_production_refuses_demo_people(production: object) -> None:
    assert checks.demo_people() == []
    pair = KeyPair.objects.create(use=KeyPair.Use.PERSON, kem_public=b"", sign_public=b"", fingerprint=b"")
    Person.objects.create(login="ben", name="Ben", role="caseworker", pair=pair, is_demo=True)
    assert ids(checks.demo_people()) == ["portal.E011"]


@pytest.mark.django_db
def test_production_on_sqlite_is_warned(production: object) -> None:
    assert ids(checks.embedded_database()) == (["portal.W001"] if connection.vendor == "sqlite" else [])


@pytest.mark.django_db
def test_a_bad_deployment_does_not_start(production: object) -> None:
    with own_role():
        checks.refuse_bad_start()
        production.ARGON2 = {"memory_kib": 8, "iterations": 1, "lanes": 1}
        production.ALLOWED_HOSTS = ["*"]
        with pytest.raises(ImproperlyConfigured, match=r"portal\.E007.*portal\.E008"):
            checks.refuse_bad_start()


@pytest.mark.django_db
def test_a_role_that_may_change_the_audit_trail_is_an_error_in_production(production: object) -> None:
    """The tests' own role owns the tables; on SQLite there are no roles, and W001 says what that is good for."""
    is_postgres = connection.vendor == "postgresql"
    assert len(checks.own_role()) == (len(append_only.TABLES) if is_postgres else 0)
    assert set(ids(checks.own_role())) == ({"portal.E016"} if is_postgres else set())
    with own_role():
        assert checks.own_role() == []
    production.PRODUCTION = False
    assert checks.own_role() == []


@pytest.mark.django_db
def test_an_audit_trail_without_its_triggers_is_an_error_before_each_start() -> None:
    names = [name for table in append_only.TABLES for name in append_only.triggers(connection.vendor, table)]
    assert checks.unguarded() == []
    append_only.unguard(connection)
    found = run_checks(tags=[checks.TAG], databases=["default"])
    assert sorted(names) == sorted(message.msg.split()[2] for message in found)
    assert set(ids(found)) == {"portal.E015"}
    with pytest.raises(ImproperlyConfigured, match=r"portal\.E015"):
        checks.refuse_bad_start()
    assert ids(checks.audit_guarded()) == []  # without --database nothing asks the database
    call_command("guard_audit", stdout=StringIO())
    assert checks.unguarded() == []


@pytest.mark.django_db
def test_a_database_before_the_migration_of_the_triggers_can_be_migrated() -> None:
    append_only.unguard(connection)
    MigrationRecorder(connection).record_unapplied(*checks.GUARDED_SINCE)
    assert checks.audit_guarded(databases=["default"]) == []
    with pytest.raises(ImproperlyConfigured, match=r"portal\.E015"):
        checks.refuse_bad_start()


@pytest.mark.django_db
def test_the_embedded_profile_is_not_held_to_productions_rules(settings: object) -> None:
    settings.ARGON2 = {"memory_kib": 8, "iterations": 1, "lanes": 1}
    settings.PRODUCTION = False
    assert ids([c for c in run_checks(tags=[checks.TAG], include_deployment_checks=True) if c.is_serious()]) == []


@pytest.mark.parametrize(
    "url", ["http://be.wikipedia.org/", "https://yandex.ru/", "https://пошта.бел/", "https://x.xn--p1ai/", "https:///a"]
)
def test_a_way_out_into_the_wrong_hands_is_an_error(settings: object, url: str) -> None:
    settings.PRODUCTION = True
    assert checks.ways_out() == []
    settings.EXIT_URLS = {**settings.EXIT_URLS, "be": url}
    (found,) = checks.ways_out()
    assert (found.id, "PORTAL_EXIT_URL_BE" in found.msg) == ("portal.E023", True)


@pytest.mark.parametrize("name", ["PACKAGE_KEYS", "DOCUMENT_SIGNER"])
def test_a_worker_that_cannot_sign_is_an_error_and_a_web_server_need_not(
    settings: object, tmp_path: Path, name: str
) -> None:
    assert checks.package_keys() == []
    setattr(settings, name, tmp_path / "none")
    assert ids(checks.package_keys()) == ["portal.E024"]
    getattr(settings, name).write_text("hunter2")
    found = checks.package_keys()
    assert ids(found) == ["portal.E024"]
    assert "hunter2" not in str(found)
    settings.WORKER_DELEGATE = None
    assert checks.package_keys() == []


@pytest.mark.parametrize(("days", "found"), [(-1, "portal.E024"), (10, "portal.W003"), (40, None)])
def test_a_certificate_whose_days_are_over_stops_a_worker_and_one_that_nears_its_end_is_a_warning(
    settings: object, tmp_path: Path, days: int, found: str | None
) -> None:
    (tmp_path / "signer").write_text(signers.brought_signer(datetime.now() + timedelta(days=days)))
    settings.DOCUMENT_SIGNER = tmp_path / "signer"
    assert ids(checks.package_keys()) == ([found] if found else [])


def test_production_warns_of_keys_that_were_made_here(production: object) -> None:
    assert ids(checks.package_keys()) == ["portal.W002"]


@pytest.mark.parametrize("name", ["package_keys", "document_signer"])
def test_production_refuses_signing_keys_that_others_read(production: object, tmp_path: Path, name: str) -> None:
    production.SECRETS_DIR = tmp_path
    (tmp_path / name).write_text("00")
    (tmp_path / name).chmod(0o404)
    assert ids(checks.secret_files()) == ["portal.E009"]


@pytest.mark.parametrize(
    "listed",
    [("http://time.example/", "/nowhere"), ("ftp://time.example/", ""), ("time.example", ""), ("http://x/", "")],
)
def test_an_authority_without_address_or_certificate_is_an_error(settings: object, listed: tuple[str, str]) -> None:
    settings.TIME_AUTHORITIES = [listed]
    assert ids(checks.time_authorities()) == ["portal.E025"]


def test_an_authority_with_both_is_in_order(settings: object, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("x")
    settings.TIME_AUTHORITIES = [("https://time.example/tsr", str(tmp_path / "root.pem"))]
    assert checks.time_authorities() == []


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:3000/", "http://localhost/", "http://time.localhost./", "http://[::1]/", "http://0.0.0.0/",
     f"http://{gethostname()}/"],
)  # fmt: skip
def test_an_authority_on_this_machine_is_an_error_in_production(settings: object, url: str) -> None:
    settings.TIME_AUTHORITIES = [("https://time.example/tsr", "none"), (url, "none")]
    assert checks.outside_time() == []
    settings.PRODUCTION = True
    assert ids(checks.outside_time()) == ["portal.E027"]


@pytest.mark.slow
def test_our_own_authority_is_an_error_in_production_under_any_address(settings: object, tmp_path: Path) -> None:
    settings.PRODUCTION = True
    settings.TIME_AUTHORITIES = [("https://time.example/tsr", str(tmp_path / "root.pem"))]
    (tmp_path / "root.pem").write_bytes(invented().root)
    assert checks.outside_time() == [], "anybody else's"
    authority.kept(tmp_path)
    assert ids(checks.outside_time()) == ["portal.E027"]


def test_a_relay_to_an_authority_outside_is_in_order(settings: object) -> None:
    settings.PRODUCTION, settings.TIME_AUTHORITIES = True, [("http://time:8080/", "none")]
    assert checks.outside_time() == []
