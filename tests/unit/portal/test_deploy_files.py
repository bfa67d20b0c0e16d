"""The files of a team's deployment, held against requirements, settings, set-up and documentation."""

import re
import tomllib
from typing import Any

import pytest
import yaml

from portal.environment import BASE_DIR, ROOMS
from portal.management.commands.make_secrets import SECRETS
from portal.ops import gunicorn_conf, lock
from portal.ops.services import CLAMD_SETTINGS

COMPOSE: dict[str, Any] = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (BASE_DIR / "Dockerfile").read_text()
SETUP = (BASE_DIR / "portal/ops/setup.sh").read_text()
NGINX = (BASE_DIR / "docs/deploy/nginx.conf").read_text()
GUIDE = (BASE_DIR / "docs/deploy/README.md").read_text()
SETTINGS = (BASE_DIR / "portal/settings.py").read_text() + (BASE_DIR / "portal/environment.py").read_text()
OURS = ("web", "worker", "scheduler", "tables")
UID = "10001"


def packages(text: str, pattern: str) -> set[str]:
    found = re.search(pattern, text, re.DOTALL)
    assert found is not None
    return set(found[1].replace("\\", " ").split())


def test_every_service_of_the_plan_is_there() -> None:
    assert set(SERVICES) == {"proxy", "web", "worker", "scheduler", "tables", "postgres", "redis", "clamd"}


def test_versions_are_those_that_the_tests_and_the_documents_name() -> None:
    with (BASE_DIR / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    assert DOCKERFILE.count("FROM ") == 1
    assert "FROM python:3.11-slim-bookworm" in DOCKERFILE
    assert project["project"]["requires-python"] == ">=3.11"
    assert SERVICES["postgres"]["image"] == "postgres:15"
    assert SERVICES["redis"]["image"] == "redis:7"
    assert "postgresql-15" in SETUP
    assert "PostgreSQL 15, Redis 7" in GUIDE
    assert set(lock.pinned("requirements")) >= {"django", "celery", "gunicorn", "redis", "psycopg", "whitenoise"}


def test_no_image_is_named_without_a_version() -> None:
    images = [service["image"] for service in SERVICES.values() if service.get("image") != "portal"]
    assert all(re.fullmatch(r"[a-z/]+:\d[\d.]*", image) for image in images)


def test_the_image_holds_the_system_packages_that_the_set_up_installs_to_run() -> None:
    image = packages(DOCKERFILE, r"--no-install-recommends(.*?)&&")
    here = packages(SETUP, r"run_packages=\((.*?)\)")
    assert image == here - {"python3-venv", "redis-tools"}  # the base image brings Python; Redis has a container


def test_the_image_holds_every_room_and_no_test_or_state() -> None:
    copied = set(re.findall(r"^COPY (\S+) ", DOCKERFILE, re.MULTILINE))
    assert copied == {*ROOMS, "templates", "static", "locale", "manage.py", "requirements.txt"}
    allowed = {line[1:] for line in (BASE_DIR / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert allowed == copied
    assert "--require-hashes" in DOCKERFILE
    assert f"USER {UID}:{UID}" in DOCKERFILE


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_hardened(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"] == {"core": 0}
    assert "privileged" not in service
    assert any(place.startswith("/tmp") for place in service["tmpfs"])
    if name != "clamd":
        assert "cap_add" not in service
        assert "user" in service or name in OURS


def test_only_the_proxy_has_a_port_and_no_inner_network_has_a_way_out() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert SERVICES["proxy"]["ports"] == ["443:8443"]
    inner = {name for name, network in COMPOSE["networks"].items() if (network or {}).get("internal")}
    assert inner == {"between", "inside"}
    for name in ("worker", "scheduler", "tables", "postgres", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]
    assert "inside" not in SERVICES["proxy"]["networks"]
    assert set(SERVICES["web"]["networks"]) == inner


@pytest.mark.parametrize("name", OURS)
def test_our_processes_keep_plaintext_and_keys_in_memory(name: str) -> None:
    service = SERVICES[name]
    assert service["image"] == "portal"
    assert any(entry.startswith("/run/portal:mode=0700") and f"uid={UID}" in entry for entry in service["tmpfs"])
    assert "PORTAL_TMPFS_DIR=/run/portal/memory" in DOCKERFILE
    assert "PORTAL_PROFILE=production" in DOCKERFILE


def test_secrets_are_files_each_given_only_to_those_who_need_it() -> None:
    declared = set(COMPOSE["secrets"])
    assert all(entry["file"].endswith(f"/{name}") for name, entry in COMPOSE["secrets"].items())
    used = {name: set(service.get("secrets", ())) for name, service in SERVICES.items()}
    assert set().union(*used.values()) == declared
    assert declared >= set(SECRETS)
    for name_of_secret in ("worker_delegate", "package_keys", "document_signer"):
        assert [name for name in used if name_of_secret in used[name]] == ["worker"]
    assert [name for name in used if "tls_key" in used[name]] == ["proxy"]
    assert [name for name in used if "postgres_password" in used[name]] == ["postgres"]
    # whoever owns the tables serves nobody, and whoever serves does not own them
    assert [name for name in used if "database_owner_url" in used[name]] == ["tables"]
    assert [name for name in used if "database_url" in used[name]] == ["web", "worker", "scheduler"]
    text = (BASE_DIR / "docker-compose.yml").read_text().lower()
    assert not re.search(r"(password|secret|key)\w*\s*[:=]\s*[\"']?[0-9a-z]{12,}", text)


def test_a_worker_that_wants_the_time_still_has_no_way_out() -> None:
    more = yaml.safe_load((BASE_DIR / "docs/deploy/time.yml").read_text())
    assert "networks" not in more["services"]["worker"]
    assert more["services"]["web"] == more["services"]["worker"], "who releases for filing knows that the time is said"
    relay = more["services"]["time"]
    assert relay["networks"] == ["inside", "authority"]
    assert (relay["read_only"], relay["cap_drop"], "ports" in relay) == (True, ["ALL"], False)
    assert relay["security_opt"] == ["no-new-privileges:true"]
    conf = (BASE_DIR / "docs/deploy/time.conf.template").read_text()
    assert conf.count("proxy_pass ") == 1
    assert "proxy_pass ${PORTAL_TIME_AUTHORITY};" in conf
    assert all(line in conf for line in ("access_log off;", "client_max_body_size 1k;", "location / { return 404; }"))


def test_the_role_of_the_portal_gets_its_rights_after_each_migration() -> None:
    steps = SERVICES["tables"]["command"][2].split(" && ")
    app = SERVICES["tables"]["command"][2].split("--app ")[1].split()[0]
    loads = ["load_jurisdictions", "load_letters", "load_crisis"]
    assert [step.split()[2] for step in steps] == ["migrate", "database_roles", *loads]
    assert "--apply --password-file /run/secrets/postgres_app_password" in steps[1]
    assert SERVICES["tables"]["environment"]["DATABASE_URL_FILE"] == "/run/secrets/database_owner_url"
    assert f"postgres://{app}:" in (BASE_DIR / "portal/management/commands/make_secrets.py").read_text()
    assert app != SERVICES["postgres"]["environment"]["POSTGRES_USER"]


def test_redis_has_a_password_and_no_snapshot() -> None:
    redis = (BASE_DIR / "docs/deploy/redis.conf").read_text()
    assert "aclfile /run/secrets/redis_users" in redis
    assert "appendonly yes" in redis
    assert 'save ""' in redis
    assert SERVICES["redis"]["secrets"] == ["redis_users"]


def test_the_proxy_buffers_nothing_compresses_nothing_and_logs_nothing() -> None:
    for line in (
        "proxy_request_buffering off;",
        "proxy_buffering off;",
        "proxy_max_temp_file_size 0;",
        "access_log off;",
        "error_log stderr emerg;",
        "gzip off;",
        "server_tokens off;",
        "proxy_set_header X-Forwarded-Proto https;",
        'proxy_set_header X-Forwarded-For "";',
    ):
        assert line in NGINX
    listens = re.search(r"listen (\d+) ssl", NGINX)
    assert listens is not None
    assert SERVICES["proxy"]["ports"][0].endswith(f":{listens[1]}")
    assert "proxy_pass http://web:8000;" in NGINX
    assert SERVICES["web"]["environment"]["PORTAL_BIND"].endswith(":8000")


def test_the_proxy_lets_the_application_refuse_what_is_a_little_too_large(settings: object) -> None:
    limit = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert limit is not None
    assert int(limit[1]) * 2**20 >= settings.UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 2**20
    stream = re.search(r"StreamMaxLength (\d+)M", (BASE_DIR / "docs/deploy/clamd.conf").read_text())
    assert stream is not None
    assert int(stream[1]) * 2**20 >= settings.UPLOAD_LIMIT


def test_clamd_unpacks_in_memory_where_the_web_process_can_see_it() -> None:
    clamd = (BASE_DIR / "docs/deploy/clamd.conf").read_text()
    assert "\nTemporaryDirectory /run/scanner\n" in clamd
    assert "TCPSocket" not in clamd
    assert COMPOSE["volumes"]["scanner"]["driver_opts"]["type"] == "tmpfs"
    users = {name for name, service in SERVICES.items() if "scanner:/run/scanner" in service.get("volumes", [])}
    assert users == {"web", "clamd"}
    web = SERVICES["web"]["environment"]
    assert f"LocalSocket {web['PORTAL_CLAMD'].removeprefix('unix:')}\n" in clamd
    assert f"./docs/deploy/clamd.conf:{web['PORTAL_CLAMD_CONF']}:ro" in SERVICES["web"]["volumes"]


def test_a_private_clamd_is_as_careful_as_the_one_of_a_team() -> None:
    clamd = (BASE_DIR / "docs/deploy/clamd.conf").read_text()
    same = ("StreamMaxLength", "ReadTimeout", "MaxScanTime", "MaxScanSize", "AlertExceedsMax", "AlertEncrypted")
    assert all(f"\n{name} {CLAMD_SETTINGS[name]}\n" in clamd for name in same)


def test_the_scanner_answers_before_the_portal_loses_patience(settings: object) -> None:
    assert int(CLAMD_SETTINGS["MaxScanTime"]) < settings.CLAMD_SECONDS * 1000


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_the_code_reads_and_the_guide_explains(name: str) -> None:
    ops = "".join(path.read_text() for path in (BASE_DIR / "portal/ops").glob("*.py"))
    for variable in SERVICES[name]["environment"]:
        base = variable.removesuffix("_FILE")
        assert f'"{base}"' in SETTINGS + ops, variable
        assert variable in GUIDE or variable == "PORTAL_BIND"
    for variable in re.findall(r"^\| `(PORTAL_\w+)", GUIDE, re.MULTILINE):
        assert f'"{variable}"' in SETTINGS + ops or variable in (BASE_DIR / "docker-compose.yml").read_text()


def test_gunicorn_keeps_no_log_of_requests_and_nothing_on_a_disk() -> None:
    assert gunicorn_conf.accesslog is None
    assert gunicorn_conf.logconfig_dict["loggers"]["gunicorn.access"]["handlers"] == []
    assert gunicorn_conf.logconfig_dict["handlers"]["console"]["filters"] == ["discreet"]
    assert gunicorn_conf.worker_tmp_dir == "/dev/shm"
    assert gunicorn_conf.umask == 0o077
    assert gunicorn_conf.control_socket_disable
    assert gunicorn_conf.limit_request_line <= 4094


def test_the_documents_say_what_was_not_run() -> None:
    assert "None of it was run" in GUIDE
