"""System checks: what this deployment must not do. Production does not start while one of them objects."""

import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from cases import key_files
from cases.dossier.errors import PackageFailed
from people.mail_services import WATCHED
from portal import mail
from portal.checks_time import outside_time, time_authorities
from portal.environment import ROOMS, filesystem_of, secret_path
from vault import append_only

TAG = "portal"
KINDS_IN_MEMORY = {"tmpfs", "ramfs"}
REQUIRED_MIDDLEWARE = (  # in this order
    "portal.middleware.ResponseHeaders",
    "portal.middleware.OnePolicy",
    "portal.middleware.SplitSession",
    "portal.middleware.PathLanguage",
    "portal.middleware.BodyFirst",
    "portal.middleware.TokenCsrf",
)
MIN_MEMORY_KIB = 65536
MIN_PASSES = 3
MIN_READING = 20  # seconds
SHOWN_SECONDS = 30  # that an authenticator app shows a code
MIN_BITS, MAX_BITS = 16, 22  # more would keep an old phone busy for minutes

NEARLY_OVER = 30  # days
NO_ANSWER = Error("The database does not answer.", id="portal.E012")
GUARDED_SINCE = ("vault", "0004_append_only")

Check = Callable[..., list[CheckMessage]]


def middleware(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Our middleware is in place and in order, and nothing compresses dynamic pages (ux.md W5)."""
    listed = list(settings.MIDDLEWARE)
    places = [listed.index(name) if name in listed else -1 for name in REQUIRED_MIDDLEWARE]
    messages: list[CheckMessage] = []
    if -1 in places or places != sorted(places):
        messages.append(Error("Our middleware is missing or out of order.", id="portal.E001"))
    if any(word in name.lower() for name in listed for word in ("gzip", "brotli", "compress")):
        messages.append(
            Error("A middleware compresses dynamic pages; their length would tell secrets.", id="portal.E002")
        )
    return messages


def cookies(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Session cookies are bound to the host, out of reach of scripts and other sites, and end with the browser."""
    names = (settings.SESSION_COOKIE_NAME, settings.DESK_COOKIE_NAME)
    is_good = (
        all(name.startswith("__Host-") for name in names)
        and len(set(names)) == 2
        and settings.SESSION_COOKIE_SECURE
        and settings.SESSION_COOKIE_HTTPONLY
        and settings.SESSION_COOKIE_SAMESITE == "Strict"
        and settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
        and settings.CSRF_USE_SESSIONS
    )
    return [] if is_good else [Error("The session cookies are not as docs/threat-model.md says.", id="portal.E003")]


def uploads(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Only the sealing handler takes uploads; Django's own would write them to a disk."""
    if list(settings.FILE_UPLOAD_HANDLERS) == ["vault.uploads.SealingUploadHandler"]:
        return []
    return [Error("Uploads would not be sealed as they arrive.", id="portal.E004")]


def memory_only(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Worker keys and temporary files live on a file system that power-off empties."""
    places = {"PORTAL_TMPFS_DIR": settings.TMPFS_DIR, "the temporary directory": Path(tempfile.gettempdir())}
    return [
        Error(
            f"{name} is on {kind}, not on tmpfs.", hint="Set PORTAL_TMPFS_DIR to a folder on tmpfs.", id="portal.E005"
        )
        for name, place in places.items()
        if (kind := filesystem_of(place)) not in KINDS_IN_MEMORY
    ]


def private_folder(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """The folder in memory is ours alone: its name can be guessed, so somebody else may have made it first."""
    found = settings.TMPFS_DIR.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o077:
        return []
    return [Error("PORTAL_TMPFS_DIR is open to others.", hint="It must be ours, with mode 700.", id="portal.E013")]


def scanner(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """What clamd gets and unpacks stays in memory: its own configuration names a folder on tmpfs, and leaves nothing.

    Its folder must be one that this process sees: a scanner on another machine is asked over a line that anybody reads.
    """
    if not settings.CLAMD:
        return []
    hint = "Set TemporaryDirectory to a folder on tmpfs in the file that PORTAL_CLAMD_CONF names."
    try:
        lines = [line.split(maxsplit=1) for line in Path(settings.CLAMD_CONF).read_text().splitlines()]
    except OSError:
        return [Error("The configuration of clamd cannot be read.", hint=hint, id="portal.E018")]
    said = {parts[0]: parts[1].strip() for parts in lines if len(parts) == 2}
    place = Path(said.get("TemporaryDirectory", "/"))
    is_good = place.is_dir() and filesystem_of(place) in KINDS_IN_MEMORY and said.get("LeaveTemporaryFiles") != "yes"
    return [] if is_good else [Error("clamd would write files to a disk.", hint=hint, id="portal.E018")]


def declared_fields(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Every field of our models is declared sealed, metadata or public, and nothing else is declared."""
    return [
        Error("A model does not declare its fields, or declares others.", obj=model, id="portal.E014")
        for config in apps.get_app_configs()
        if config.name in ROOMS
        for model in config.get_models(include_auto_created=True)
        if {field.name for field in model._meta.local_fields} - set(getattr(model, "FIELDS", {}))
        or set(getattr(model, "FIELDS", {})) - {field.name for field in model._meta.get_fields()}
    ]


def debug(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Error pages with settings and variables are never shown."""
    return [Error("DEBUG shows what people wrote on error pages.", id="portal.E006")] if settings.DEBUG else []


def hosts(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Production names its hosts."""
    if settings.PRODUCTION and (not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS):
        return [Error("PORTAL_HOSTS must name the hosts, without '*'.", id="portal.E007")]
    return []


def controller(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Production names who is responsible: a privacy notice without them tells nobody whom to ask (GDPR 13(1))."""
    names = {
        "organisation": "PORTAL_ORGANISATION",
        "address": "PORTAL_ORGANISATION_ADDRESS",
        "dpo": "PORTAL_DATA_PROTECTION_CONTACT",
    }
    missing = [name for key, name in names.items() if not settings.CONTROLLER[key].strip()]
    if not settings.PRODUCTION or not missing:
        return []
    text = f"The privacy notice would name nobody: {', '.join(missing)} not set."
    return [Error(text, hint="Name the organisation, its address and whom to ask about data.", id="portal.E017")]


def ways_out(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """The pages behind the exit button are reached over HTTPS and lie neither in Belarus nor in Russia (ux.md X5)."""
    bad = []
    for language, url in settings.EXIT_URLS.items():
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or parts.hostname.endswith(WATCHED):
            bad.append(f"PORTAL_EXIT_URL_{language.upper()}")
    if not settings.PRODUCTION or not bad:
        return []
    hint = "Name a dull page of a large site over https, not under .by, .ru, .su, .бел or .рф."
    return [Error(f"The way out leads where it must not: {', '.join(bad)}.", hint=hint, id="portal.E023")]


def passwords(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Production spends at least 64 MiB and 3 passes on a password."""
    cost = settings.ARGON2
    is_weak = cost["memory_kib"] < MIN_MEMORY_KIB or cost["iterations"] < MIN_PASSES or cost["lanes"] < 1
    if settings.PRODUCTION and is_weak:
        return [Error("Argon2id is weaker than 64 MiB and 3 passes.", id="portal.E008")]
    return []


def codes(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Production takes the codes that apps show, new every 30 seconds."""
    if settings.PRODUCTION and settings.CODE_SECONDS != SHOWN_SECONDS:
        return [Error(f"A code is not one of {SHOWN_SECONDS} s.", hint="PORTAL_CODE_SECONDS", id="portal.E026")]
    return []


def floods(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Production makes a flood pay: 20 seconds or the work of a device for each form, and limits that let some pass."""
    cost = settings.FLOODS
    is_cheap = cost["reading_seconds"] < MIN_READING or not MIN_BITS <= cost["work_bits"] <= MAX_BITS
    if settings.PRODUCTION and is_cheap:
        text = f"A form costs less than {MIN_READING} s of reading, or work outside {MIN_BITS} to {MAX_BITS} bits."
        return [Error(text, hint="PORTAL_READING_SECONDS, PORTAL_WORK_BITS", id="portal.E021")]
    if min(cost[name] for name in cost if name.endswith("_per_minute")) < 1:
        return [Error("A limit lets nobody pass.", hint="PORTAL_..._PER_MINUTE is 1 or more", id="portal.E022")]
    return []


def secret_files(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Production keeps each secret in a file that only its owner reads."""
    if not settings.PRODUCTION:
        return []
    names = ("django_secret_key", "deployment", "deployment_salt", "worker_delegate", "package_keys", "document_signer")
    paths = {name: secret_path(name, settings.SECRETS_DIR) for name in names}
    return [
        Error(f"The file of the secret '{name}' can be read by others.", hint="chmod 400", id="portal.E009")
        for name, path in paths.items()
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]


def package_keys(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """A worker can sign packages, with the keys whose fingerprint people are told; in production they are brought."""
    if settings.WORKER_DELEGATE is None:
        return []
    hint = "See 'Package keys' in docs/operations.md."
    try:
        keys, signer = key_files.package_keys(), key_files.document_signer()
    except PackageFailed as error:
        return [Error(f"This worker cannot sign packages: {error.code}.", hint=hint, id="portal.E024")]
    if not signer.is_valid_at(datetime.now(UTC)):
        return [Error("The certificate that signs documents is over.", hint=hint, id="portal.E024")]
    if not signer.is_valid_at(datetime.now(UTC) + timedelta(days=NEARLY_OVER)):
        text = f"The certificate that signs documents ends within {NEARLY_OVER} days."
        return [checks.Warning(text, hint=hint, id="portal.W003")]
    if settings.PRODUCTION and (keys.is_self_made or signer.is_self_made):
        text = "Packages are signed by keys that were made here: nobody but their fingerprint says whose they are."
        return [checks.Warning(text, hint=hint, id="portal.W002")]
    return []


def root(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Production knows the organisation's root from outside its database; before the first run there is none."""
    if not settings.PRODUCTION or settings.ROOT_FINGERPRINT is not None:
        return []
    pair = apps.get_model("vault", "KeyPair")
    try:
        is_there = pair._meta.db_table in connection.introspection.table_names()
        if is_there and pair.objects.filter(use="root").exists():
            return [Error("PORTAL_ROOT_FINGERPRINT is not set: no key would be trusted.", id="portal.E010")]
    except DatabaseError:
        return [NO_ANSWER]
    return []


def demo_people(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Production has no demo people: their passwords were printed."""
    if not settings.PRODUCTION:
        return []
    person = apps.get_model("people", "Person")
    try:
        is_there = person._meta.db_table in connection.introspection.table_names()
        if is_there and person.objects.filter(is_demo=True).exists():
            return [Error("The database holds demo people.", id="portal.E011")]
    except DatabaseError:
        return [NO_ANSWER]
    return []


def embedded_database(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """A team's deployment uses PostgreSQL; SQLite is for one machine."""
    if settings.PRODUCTION and connection.vendor == "sqlite":
        return [checks.Warning("SQLite serves one machine; a team needs PostgreSQL (DATABASE_URL).", id="portal.W001")]
    return []


def audit_guarded(app_configs: Any = None, databases: Any = None, **_: Any) -> list[CheckMessage]:
    """The triggers that keep the audit trail append-only are there; asked for with --database and by `migrate`.

    A database that has not come to the migration that makes them is left alone here, or it could never be migrated.
    """
    return unguarded() if databases and GUARDED_SINCE in _migrations() else []


def unguarded() -> list[CheckMessage]:
    """One error for each trigger of the audit trail that is missing, switched off or changed."""
    try:
        names = append_only.missing(connection)
    except DatabaseError:
        return [NO_ANSWER]
    hint = "Find out who took it away, verify the audit chain, then run manage.py guard_audit as the tables' owner."
    return [Error(f"The trigger {name} is missing or changed.", hint=hint, id="portal.E015") for name in names]


def own_role(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """The portal's role on PostgreSQL neither owns the audit trail nor may change or empty it."""
    if not settings.PRODUCTION or connection.vendor != "postgresql":
        return []
    try:
        tables = append_only.changeable(connection)
    except DatabaseError:
        return [NO_ANSWER]
    hint = "Run web and worker as a role of its own; manage.py database_roles says which rights it gets."
    return [
        Error(f"The database role of the portal may change {table}.", hint=hint, id="portal.E016") for table in tables
    ]


def _migrations() -> set[tuple[str, str]]:
    try:
        return set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return set()


ALWAYS: Sequence[Check] = (
    middleware, cookies, uploads, memory_only, private_folder, scanner, declared_fields, debug, floods, audit_guarded,
    mail.check, package_keys, time_authorities,
)  # fmt: skip
DEPLOY: Sequence[Check] = (
    hosts, controller, ways_out, passwords, codes, secret_files, root, demo_people, embedded_database, own_role,
    outside_time,
)  # fmt: skip


def register_all() -> None:
    """Register every check; those of a deployment run with `check --deploy` and before production starts."""
    for check in ALWAYS:
        register(check, TAG)
    for check in DEPLOY:
        register(check, TAG, deploy=True)


def refuse_bad_start() -> None:
    """Raise ImproperlyConfigured, naming the failed checks, before a server or a worker takes work."""
    os.umask(0o077)
    found = run_checks(tags=[TAG], include_deployment_checks=settings.PRODUCTION)
    failed = [message for message in [*found, *unguarded()] if message.is_serious()]
    if failed:
        raise ImproperlyConfigured("; ".join(sorted(f"{m.id}: {m.msg}" for m in failed)))
